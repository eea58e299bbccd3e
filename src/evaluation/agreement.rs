//! How well do two coders agree? A second coder's labels, made without sight of the first, scored as if a machine had given them.

use super::corpus::{GoldEvent, GoldMention, Item, parse};
use super::score::{ItemScore, score};
use crate::core::extraction::{
    Attribution, Casualties, Event, EventDate, Evidence, Participant, ParticipantBasis, ParticipantKind,
    Place, PlacePrecision,
};
use crate::core::text::Span;
use std::collections::HashMap;
use std::path::Path;

/// Reads a second coder's items, in the corpus format, and scores them against the first coder's items with the same ids.
/// Gives the first coder's items that both coded, with their scores.
///
/// # Errors
/// The line that is no valid item, or whose id or text the corpus does not have.
pub fn score_second_coder(file: &Path, gold: &[Item]) -> Result<(Vec<Item>, Vec<ItemScore>), String> {
    let by_id: HashMap<&str, &Item> = gold.iter().map(|item| (item.id.as_str(), item)).collect();
    let body = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let (mut items, mut scores) = (Vec::new(), Vec::new());
    for (number, line) in body.lines().enumerate() {
        let wrong = |message: String| format!("{}:{}: {message}", file.display(), number + 1);
        let second = parse(line).map_err(&wrong)?;
        let first = by_id.get(second.id.as_str()).filter(|first| first.article.text == second.article.text);
        let first =
            first.ok_or_else(|| wrong(format!("the corpus has no item {} with this text", second.id)))?;
        let events: Vec<Event> = second.events.iter().map(|event| as_predicted(event, &second)).collect();
        scores.push(score(first, &events));
        items.push(Item::clone(first));
    }
    Ok((items, scores))
}

fn as_predicted(event: &GoldEvent, item: &Item) -> Event {
    let text = &item.article.text;
    let participants = |list: &[GoldMention]| list.iter().map(|mention| participant(mention, text)).collect();
    let whole = Span::new(0, text.len());
    Event {
        id: String::new(),
        event_type: event.event_type,
        mode: event.mode,
        contexts: event.contexts.clone(),
        cameo: event.cameo.clone().unwrap_or_default(),
        actors: participants(&event.actors),
        recipients: participants(&event.recipients),
        date: EventDate {
            start: event.when.start,
            end: event.when.end,
            precision: event.when.precision,
            basis: event.when.basis,
            mention: event.when.mention,
            reason: String::new(),
        },
        place: event.place.as_ref().map(|place| Place {
            name: place.span.of(text).into(),
            country: place.country.clone(),
            admin1: None,
            latitude: place.coordinates.map(|pair| pair.0),
            longitude: place.coordinates.map(|pair| pair.1),
            geonames_id: None,
            precision: PlacePrecision::City,
            mention: place.span,
            reason: String::new(),
        }),
        status: event.status,
        attribution: event
            .by
            .as_ref()
            .map(|by| Attribution { reporter: participant(by, text), mention: by.span }),
        evidence: event
            .triggers
            .iter()
            .map(|&trigger| Evidence {
                sentence: sentence_around(whole, trigger, text),
                trigger,
                reason: String::new(),
            })
            .collect(),
        casualties: Casualties::default(),
        confidence: 1.0,
        trace: Vec::new(),
    }
}

/// The paragraph that holds the trigger; in items of a sentence or two, the whole text.
fn sentence_around(whole: Span, trigger: Span, text: &str) -> Span {
    let begin = text[..trigger.begin as usize].rfind("\n\n").map_or(0, |at| at + 2);
    let end =
        text[trigger.end as usize..].find("\n\n").map_or(whole.end as usize, |at| trigger.end as usize + at);
    Span::new(begin, end)
}

fn participant(mention: &GoldMention, text: &str) -> Participant {
    Participant {
        mention: mention.span,
        name: mention.who.clone().unwrap_or_else(|| mention.span.of(text).into()),
        kind: ParticipantKind::Group,
        country: mention.country.clone(),
        sectors: mention.sectors.clone(),
        office: None,
        wikidata_id: None,
        basis: ParticipantBasis::Named,
        reason: String::new(),
    }
}
