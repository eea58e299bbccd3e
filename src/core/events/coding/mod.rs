//! From constructions to coded events: the innermost deed first, so that what is asked, promised, threatened or refused is
//! known when its governor is coded.

mod asked;
mod by_status;
mod compose;
mod content;
mod demands;
mod event;

use super::attribution::Reporter;
use super::clause;
use super::codebook::{Codebook, Operator};
use super::deeds;
use super::matching::{self, Match};
use super::parties::Parties;
use super::present::Present;
use crate::core::actors::Mentions;
use crate::core::ontology::{EventType, Mode, Status};
use crate::core::syntax::{Document, Sentence, TokenRef, Upos};
use crate::core::text::Span;
use compose::compose;
use content::{consume, supply};
use event::event;
use smol_str::SmolStr;

/// An event of one sentence, participants still as mentions.
#[derive(Clone, Debug, PartialEq)]
pub struct CodedEvent {
    /// The word of the deed.
    pub trigger: TokenRef,
    /// The predicate that carries its tense; the trigger itself or the light verb above it.
    pub anchor: TokenRef,
    /// The words of the deed, from the first to the last.
    pub span: Span,
    /// PLOVER type.
    pub event_type: EventType,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// CAMEO code.
    pub cameo: SmolStr,
    /// Indices into the article's mentions.
    pub actors: Vec<u32>,
    /// Indices into the article's mentions.
    pub recipients: Vec<u32>,
    /// Whether it happened, as far as the sentence tells.
    pub status: Status,
    /// Told as background: "had done", with a later deed in view.
    pub pluperfect: bool,
    /// Who says so, and the attributing words.
    pub speaker: Option<(Reporter, Span)>,
    /// The codebook's lines.
    pub reason: String,
    /// How much of the frame was filled; larger is better.
    pub score: f32,
    /// Every actor has a country or an international code.
    pub known_actors: bool,
    /// The word whose clause dates the deed: of a promise told in the future tense the word of saying; `None`: none does.
    pub dated_by: Option<TokenRef>,
    /// What is asked, promised, …: its dates are not the deed's own.
    pub content: Option<Span>,
    /// The trigger is a noun.
    pub noun: bool,
}

/// A construction with what it codes to, once its content is known.
struct Reading {
    found: Match,
    code: Option<(EventType, Option<Mode>)>,
    cameo: SmolStr,
    reason: String,
    operator: Option<Operator>,
    consumed: bool,
}

/// A sentence with more predicates than this is no prose.
const MOST_READINGS: usize = 200;

/// The events of one sentence.
pub fn code_sentence(
    codebook: &Codebook,
    document: &Document,
    mentions: &Mentions,
    index: u32,
) -> Vec<CodedEvent> {
    let sentence = &document.sentences[index as usize];
    if sentence.tokens.is_empty() {
        return Vec::new();
    }
    let parties = Parties::of(mentions, index, sentence);
    let (readings, at) = read(codebook, sentence, &parties);
    let mut events: Vec<CodedEvent> = readings
        .iter()
        .filter(|reading| !reading.consumed)
        .filter_map(|reading| event(codebook, sentence, &parties, index, reading).ok())
        .collect();
    demands::settle(codebook, sentence, &parties, index, &readings, &at, &mut events);
    deeds::settle(sentence, &mut events);
    events.sort_by_key(|event| event.span);
    events
}

/// A construction that held at a word, and what became of it: for the trace.
#[derive(Clone, Debug)]
pub struct Trace {
    /// Its word.
    pub trigger: u32,
    /// The codebook's lines.
    pub reason: String,
    /// "coded", or why it is no event.
    pub fate: &'static str,
}

/// All constructions that held in a sentence.
pub fn trace(codebook: &Codebook, document: &Document, mentions: &Mentions, index: u32) -> Vec<Trace> {
    let sentence = &document.sentences[index as usize];
    if sentence.tokens.is_empty() {
        return Vec::new();
    }
    let parties = Parties::of(mentions, index, sentence);
    let (readings, _) = read(codebook, sentence, &parties);
    readings
        .iter()
        .map(|reading| Trace {
            trigger: reading.found.trigger,
            reason: reading.reason.clone(),
            fate: match event(codebook, sentence, &parties, index, reading) {
                _ if reading.consumed => "part of another deed",
                Ok(_) => "coded",
                Err(why) => why,
            },
        })
        .collect()
}

/// The constructions that hold in a sentence, deepest first, and 1 + the number of the one that speaks for each word.
fn read(codebook: &Codebook, sentence: &Sentence, parties: &Parties) -> (Vec<Reading>, Vec<u32>) {
    let present = Present::of(sentence);
    let mut readings: Vec<Reading> = Vec::new();
    // 1 + index of the reading that speaks for a word.
    let mut at = vec![0u32; sentence.tokens.len()];
    for token in by_depth(sentence) {
        if readings.len() >= MOST_READINGS {
            break;
        }
        if sentence.dateline.is_some_and(|dateline| dateline.contains(sentence.token(token).span)) {
            continue;
        }
        let Some(found) = matching::best(codebook, sentence, parties, &present, token) else { continue };
        supply(codebook, sentence, parties, &present, &mut readings, &mut at, &found);
        let reading = compose(codebook, sentence, parties, &readings, &at, found);
        let number = readings.len() as u32 + 1;
        for word in [reading.found.trigger, reading.found.anchor] {
            let slot = &mut at[word as usize];
            if *slot == number {
                continue;
            }
            if *slot == 0 {
                *slot = number;
                continue;
            }
            // A light verb may be a trigger of its own; the fuller frame speaks, and one that somebody does before one that
            // nobody does.
            let rival = &mut readings[*slot as usize - 1];
            let weight = |found: &Match| (!found.actors.is_empty() || !found.parties.is_empty(), found.score);
            if weight(&rival.found) < weight(&reading.found) {
                if rival.found.anchor == word {
                    rival.consumed = true;
                }
                *slot = number;
            }
        }
        let loses = at[reading.found.anchor as usize] != number;
        readings.push(reading);
        if loses && let Some(last) = readings.last_mut() {
            last.consumed = true;
        }
    }
    consume(sentence, &mut readings);
    (readings, at)
}
/// Words that may be triggers, deepest first.
fn by_depth(sentence: &Sentence) -> Vec<u32> {
    let mut depth = vec![0u32; sentence.tokens.len()];
    let mut order = vec![sentence.root()];
    let mut i = 0;
    while i < order.len() {
        for &child in sentence.children(order[i]) {
            depth[child as usize] = depth[order[i] as usize] + 1;
            order.push(child);
        }
        i += 1;
    }
    order.retain(|&token| {
        matches!(sentence.token(token).upos, Upos::Verb | Upos::Noun | Upos::Propn | Upos::Adj)
    });
    // What follows its content as a parenthesis ("…, the general ordered") is read after it.
    order.sort_by_key(|&token| {
        let after =
            sentence.token(token).upos == Upos::Verb && clause::told_before(sentence, token).is_some();
        (after, std::cmp::Reverse(depth[token as usize]), token)
    });
    order
}
