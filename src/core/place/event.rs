//! Which place is where an event happened: the clause's own locative first, then the dateline, else none.

use super::{PlaceMention, PlaceRole};
use crate::core::extraction::{Place, PlacePrecision};
use crate::core::syntax::{Deprel, Document, Sentence, TokenRef, Upos};

/// Where the event of `trigger` happened, if the text says: a locative that hangs on the trigger or its clause, the finest first;
/// else a locative elsewhere in the sentence that no other verb owns; else the place that the dateline or the article gives.
pub fn place_event(document: &Document, places: &[PlaceMention], trigger: TokenRef) -> Option<Place> {
    let sentence = document.sentences.get(trigger.sentence as usize)?;
    let here = places.iter().filter(|p| p.head.sentence == trigger.sentence && p.entry.is_some());
    let mut best: Option<(u32, &PlaceMention)> = None;
    for mention in here {
        let Some(cost) = cost(sentence, trigger.token, mention) else { continue };
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, mention));
        }
    }
    let (_, mention) = best?;
    Some(place(mention, "the clause says where"))
}

fn place(mention: &PlaceMention, attached: &str) -> Place {
    let entry = mention.entry.clone().unwrap_or_else(|| super::PlaceEntry {
        name: "".into(),
        country: None,
        admin1: None,
        coordinates: None,
        geonames_id: None,
        precision: PlacePrecision::Area,
    });
    Place {
        name: entry.name.to_string(),
        country: entry.country.map(|c| c.to_string()),
        admin1: entry.admin1.map(|a| a.to_string()),
        latitude: entry.coordinates.map(|(latitude, _)| latitude),
        longitude: entry.coordinates.map(|(_, longitude)| longitude),
        geonames_id: entry.geonames_id,
        precision: entry.precision,
        mention: mention.span,
        reason: format!("{attached}; {}", mention.reason),
    }
}

/// How far a place stands from the trigger; `None` where it does not place it.
fn cost(sentence: &Sentence, trigger: u32, mention: &PlaceMention) -> Option<u32> {
    if mention.role != PlaceRole::Locative {
        return None;
    }
    // Up from the place until the trigger or something that holds it.
    let above: Vec<u32> = std::iter::once(trigger).chain(sentence.ancestors(trigger)).collect();
    let mut verbs = 0;
    let path = std::iter::once(mention.head.token).chain(sentence.ancestors(mention.head.token));
    for (steps, node) in (0u32..).zip(path) {
        if let Some(height) = above.iter().position(|&a| a == node) {
            // Verbs between the trigger and the meeting point own the place rather than the trigger does.
            let between = above[..height].iter().filter(|&&a| clause(sentence, a)).count() as u32;
            let finer = match mention.entry.as_ref().map(|e| e.precision) {
                Some(PlacePrecision::Site | PlacePrecision::City) => 0,
                Some(PlacePrecision::Region) => 1,
                _ => 2,
            };
            let cost = 3 * steps.min(9) + 12 * verbs + 12 * between + finer;
            return (verbs == 0 && between <= 1).then_some(cost);
        }
        let token = sentence.token(node);
        if token.upos == Upos::Verb && !matches!(token.deprel, Deprel::Conj | Deprel::Amod) {
            verbs += 1;
        }
    }
    None
}

fn clause(sentence: &Sentence, node: u32) -> bool {
    let token = sentence.token(node);
    matches!(
        token.deprel,
        Deprel::Ccomp
            | Deprel::Advcl
            | Deprel::AdvclRelcl
            | Deprel::AclRelcl
            | Deprel::Acl
            | Deprel::Parataxis
    )
}
