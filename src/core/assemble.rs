//! From coded sentences to the events of the article: participants written out, mentions of one deed merged with all their
//! evidence, stable ids, text order.

use super::actors::Mentions;
use super::events::attribution::Reporter;
use super::events::{CodedEvent, meetings};
use super::extraction::{
    Attribution, Casualties, Event, EventDate, Evidence, Options, Participant, ParticipantBasis,
    ParticipantKind,
};
use super::ontology::{Context, EventType, Mode, Status};
use super::syntax::Document;
use super::text::Span;
use xxhash_rust::xxh3::xxh3_64;

/// A coded event with all that the other stages found for it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What the codebook made of it.
    pub coded: CodedEvent,
    /// When.
    pub date: EventDate,
    /// Where.
    pub place: Option<super::extraction::Place>,
    /// Issues at stake, most certain first.
    pub contexts: Vec<Context>,
    /// Numbers of people harmed or held.
    pub casualties: Casualties,
    /// 0..1.
    pub confidence: f32,
}

/// The events of an article from its drafts, which stand in text order.
pub fn assemble(
    article_id: &str,
    text: &str,
    document: &Document,
    mentions: &Mentions,
    drafts: Vec<Draft>,
    options: &Options,
) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::with_capacity(drafts.len());
    let mut sentences: Vec<u32> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let sentence = draft.coded.trigger.sentence;
        let mut event = write_out(text, document, mentions, draft, options);
        let actors = &event.actors;
        event
            .recipients
            .retain(|one| !actors.iter().any(|actor| actor.name == one.name && actor.country == one.country));
        meetings::settle(&mut event);
        let same = events.iter().zip(&sentences).position(|(earlier, &earlier_sentence)| {
            same_deed(earlier, &event, earlier_sentence == sentence)
        });
        match same {
            Some(at) => merge(&mut events[at], event),
            None => {
                events.push(event);
                sentences.push(sentence);
            }
        }
    }
    events.retain(|event| wanted(event, options));
    for event in &mut events {
        event.id = identity(article_id, event);
    }
    events
}

fn write_out(text: &str, document: &Document, mentions: &Mentions, draft: Draft, options: &Options) -> Event {
    let Draft { coded, date, place, contexts, casualties, confidence } = draft;
    let sentence = &document.sentences[coded.trigger.sentence as usize];
    let participants = |list: &[u32]| {
        let mut written: Vec<Participant> = Vec::with_capacity(list.len());
        for one in list.iter().flat_map(|&index| mentions.participants(index)) {
            if !written.iter().any(|known| known.mention == one.mention && known.name == one.name) {
                written.push(one);
            }
        }
        written
    };
    let trace = if options.explain {
        let mut trace = vec![format!("type: {} from {}", coded.event_type, coded.reason)];
        trace.push(format!("status: {}", coded.status));
        trace.push(format!("date: {}", date.reason));
        trace.extend(place.as_ref().map(|place| format!("place: {}", place.reason)));
        trace
    } else {
        Vec::new()
    };
    Event {
        id: String::new(),
        event_type: coded.event_type,
        mode: coded.mode,
        contexts,
        cameo: coded.cameo.to_string(),
        actors: participants(&coded.actors),
        recipients: participants(&coded.recipients),
        status: coded.status,
        attribution: coded.speaker.and_then(|(who, mention)| {
            let reporter = match who {
                Reporter::Mention(who) => mentions.participants(who).into_iter().next(),
                Reporter::Phrase { words, plural } => Some(described(text, words, plural)),
            };
            reporter.map(|reporter| Attribution { reporter, mention })
        }),
        evidence: vec![Evidence { sentence: sentence.span, trigger: coded.span, reason: coded.reason }],
        date,
        place,
        casualties,
        confidence,
        trace,
    }
}

/// A reporter of whom the text says no more than what it calls them.
fn described(text: &str, words: Span, plural: bool) -> Participant {
    Participant {
        mention: words,
        name: words.of(text).to_owned(),
        kind: if plural { ParticipantKind::Group } else { ParticipantKind::Organization },
        country: None,
        sectors: Vec::new(),
        office: None,
        wikidata_id: None,
        basis: ParticipantBasis::Unresolved,
        reason: "who says so".to_owned(),
    }
}

/// Whether two events are one deed told twice.
fn same_deed(earlier: &Event, later: &Event, one_sentence: bool) -> bool {
    if earlier.event_type != later.event_type
        // Of the same speaker, yet each says something else.
        || later.event_type == EventType::Statement
        || (earlier.mode != later.mode && earlier.mode.is_some() && later.mode.is_some())
        || (earlier.status != later.status && !compatible(earlier.status, later.status))
    {
        return false;
    }
    let dated = |event: &Event| event.date.mention.is_some();
    if dated(earlier) && dated(later) && earlier.date.start != later.date.start && !overlaps(earlier, later) {
        return false;
    }
    if one_sentence {
        let everyone =
            |event: &Event| event.actors.iter().chain(&event.recipients).cloned().collect::<Vec<_>>();
        let meets = later.event_type == EventType::Consult && shares(&everyone(earlier), &everyone(later));
        let near = earlier.actors.first().zip(later.actors.first()).is_some_and(|(a, b)| same_one(a, b));
        let to = earlier.recipients.is_empty()
            || later.recipients.is_empty()
            || shares(&earlier.recipients, &later.recipients);
        return meets || (near && to && repeats(earlier.event_type));
    }
    same_all(&earlier.actors, &later.actors)
        && (same_all(&earlier.recipients, &later.recipients)
            || (later.recipients.is_empty() && dated(later) == dated(earlier)))
        && (earlier.mode == later.mode || one_sentence)
}

/// Types whose repetition in one sentence is one deed, however many words report it.
fn repeats(event_type: EventType) -> bool {
    !matches!(event_type, EventType::Request | EventType::Sanction | EventType::Agree)
}

fn compatible(a: Status, b: Status) -> bool {
    matches!((a, b), (Status::Occurred, Status::Ongoing) | (Status::Ongoing, Status::Occurred))
}

fn overlaps(a: &Event, b: &Event) -> bool {
    match (a.date.start, a.date.end, b.date.start, b.date.end) {
        (Some(a0), Some(a1), Some(b0), Some(b1)) => a0 <= b1 && b0 <= a1,
        _ => true,
    }
}

fn same_one(a: &Participant, b: &Participant) -> bool {
    a.mention == b.mention
        || (a.name == b.name && a.country == b.country)
        || (a.country.is_some() && a.country == b.country && a.sectors == b.sectors)
}

fn shares(a: &[Participant], b: &[Participant]) -> bool {
    a.iter().any(|one| b.iter().any(|other| same_one(one, other)))
}

fn same_all(a: &[Participant], b: &[Participant]) -> bool {
    a.len() == b.len() && a.iter().all(|one| b.iter().any(|other| same_one(one, other)))
}

/// Takes the later mention's evidence into the earlier event, and what the earlier one lacks.
fn merge(into: &mut Event, from: Event) {
    // Of two tellings of a visit, one may only know that they met.
    let visitors = if into.mode == Some(Mode::Visit) { into.actors.clone() } else { from.actors.clone() };
    if into.mode.is_none() && from.mode.is_some() {
        into.mode = from.mode;
        into.cameo = from.cameo;
    }
    for (list, more) in [(&mut into.actors, from.actors), (&mut into.recipients, from.recipients)] {
        for one in more {
            let known = list.iter().any(|other| same_one(other, &one));
            if !known && (list.is_empty() || into.event_type == EventType::Consult) {
                list.push(one);
            }
        }
    }
    if into.event_type == EventType::Consult && into.mode == Some(Mode::Visit) {
        split_visit(into, visitors);
    }
    if into.date.mention.is_none() && from.date.mention.is_some() {
        into.date = from.date;
    }
    into.place = into.place.take().or(from.place);
    into.attribution = into.attribution.take().or(from.attribution);
    into.casualties.dead = into.casualties.dead.or(from.casualties.dead);
    into.casualties.injured = into.casualties.injured.or(from.casualties.injured);
    into.casualties.arrested = into.casualties.arrested.or(from.casualties.arrested);
    for context in from.contexts {
        if !into.contexts.contains(&context) {
            into.contexts.push(context);
        }
    }
    into.evidence.extend(from.evidence);
    into.confidence = into.confidence.max(from.confidence);
    into.trace.extend(from.trace);
}

/// Visitors are the actors of a visit, everyone else its hosts.
fn split_visit(event: &mut Event, visitors: Vec<Participant>) {
    let (actors, hosts): (Vec<_>, Vec<_>) = std::mem::take(&mut event.actors)
        .into_iter()
        .partition(|one| visitors.iter().any(|v| same_one(v, one)));
    event.actors = actors;
    for host in hosts {
        if !event.recipients.iter().any(|known| same_one(known, &host)) {
            event.recipients.push(host);
        }
    }
    let actors = &event.actors;
    event.recipients.retain(|one| !actors.iter().any(|actor| same_one(actor, one)));
}

fn wanted(event: &Event, options: &Options) -> bool {
    let asked = if event.event_type == EventType::Statement {
        options.wants_statements()
    } else {
        options.event_types.is_empty() || options.event_types.contains(&event.event_type)
    };
    asked
        && (options.include_negated || event.status != Status::Negated)
        && (options.include_historical || event.status != Status::Historical)
        && event.confidence >= options.min_confidence
}

/// An id from the content: the article, what was done, and where the text says it.
fn identity(article_id: &str, event: &Event) -> String {
    use std::fmt::Write;
    let mut key = String::with_capacity(96);
    let _ = write!(key, "{article_id}\u{1f}{}", event.event_type);
    if let Some(mode) = event.mode {
        let _ = write!(key, "-{mode}");
    }
    if let Some(evidence) = event.evidence.first() {
        let _ = write!(key, "\u{1f}{}-{}", evidence.trigger.begin, evidence.trigger.end);
    }
    for one in event.actors.iter().chain(&event.recipients) {
        let _ = write!(key, "\u{1f}{}-{}", one.mention.begin, one.mention.end);
    }
    format!("{:016x}", xxh3_64(key.as_bytes()))
}
