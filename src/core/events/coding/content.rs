//! What is asked, promised, threatened or refused: finding it under its governor, and keeping it from being a deed of its own.

use super::Reading;
use super::compose::compose;
use crate::core::events::clause;
use crate::core::events::codebook::{Codebook, Operator, Outcome};
use crate::core::events::matching::{self, Match};
use crate::core::events::parties::Parties;
use crate::core::events::present::Present;
use crate::core::ontology::EventType;
use crate::core::syntax::{Deprel, Sentence, Upos};

/// How far content is looked for through "begin to", "efforts to", "a round of".
pub(super) const THROUGH: usize = 6;

/// Where an operator's content has no reading of its own, reads it as what it is: the content of another deed.
pub(super) fn supply(
    codebook: &Codebook,
    sentence: &Sentence,
    parties: &Parties,
    present: &Present,
    readings: &mut Vec<Reading>,
    at: &mut [u32],
    found: &Match,
) {
    let entry = &codebook.entries[found.entry as usize];
    let Some(content) = found.content else { return };
    if matches!(entry.outcome, Outcome::Compose(Operator::Say)) {
        threatened(codebook, sentence, parties, present, readings, at, content);
        return;
    }
    if !matches!(entry.outcome, Outcome::Compose(operator) if !matches!(operator, Operator::Say | Operator::Deny))
        || inner(sentence, readings, at, content).is_some()
    {
        return;
    }
    let mut word = content;
    for _ in 0..3 {
        for candidate in clause::with_conjuncts(sentence, word) {
            if at[candidate as usize] != 0 {
                continue;
            }
            let Some(found) = matching::best_content(codebook, sentence, parties, present, candidate) else {
                continue;
            };
            let mut reading = compose(codebook, sentence, parties, readings, at, found);
            if reading.code.is_some() {
                reading.consumed = true;
                readings.push(reading);
                at[candidate as usize] = readings.len() as u32;
                return;
            }
        }
        match beneath(sentence, word) {
            Some(next) => word = next,
            None => return,
        }
    }
}

/// "Told them that more targets would be hit unless …": what nobody named will do, with a condition, is read too, for a threat
/// may be made of it.
pub(super) fn threatened(
    codebook: &Codebook,
    sentence: &Sentence,
    parties: &Parties,
    present: &Present,
    readings: &mut Vec<Reading>,
    at: &mut [u32],
    content: u32,
) {
    let conditional =
        sentence.children_by(content, Deprel::Advcl).any(|clause| clause::is_condition(sentence, clause));
    if at[content as usize] != 0 || !conditional || clause::logical_subject(sentence, content).is_some() {
        return;
    }
    let Some(found) = matching::best_content(codebook, sentence, parties, present, content) else { return };
    let reading = compose(codebook, sentence, parties, readings, at, found);
    if reading.code.is_some() && reading.found.actors.is_empty() {
        readings.push(reading);
        at[content as usize] = readings.len() as u32;
    }
}

/// The reading that a content word stands for, through aspect verbs, light verbs and empty nouns.
pub(super) fn inner<'r>(
    sentence: &Sentence,
    readings: &'r [Reading],
    at: &[u32],
    content: u32,
) -> Option<&'r Reading> {
    let mut word = content;
    for _ in 0..THROUGH {
        for candidate in clause::with_conjuncts(sentence, word) {
            if let Some(reading) = at[candidate as usize].checked_sub(1).map(|i| &readings[i as usize])
                && reading.code.is_some()
            {
                return Some(reading);
            }
        }
        word = beneath(sentence, word)?;
    }
    None
}

/// The word under an aspect verb, a light verb or an empty noun that may tell the deed.
pub(super) fn beneath(sentence: &Sentence, word: u32) -> Option<u32> {
    if matches!(sentence.token(word).upos, Upos::Verb | Upos::Aux) {
        sentence
            .child(word, Deprel::Xcomp)
            .or_else(|| sentence.child(word, Deprel::Ccomp))
            .or_else(|| sentence.child(word, Deprel::Obj))
    } else {
        clause::oblique(sentence, word, &["of", "to", "for", "on", "in", "at", "against"])
            .or_else(|| sentence.child(word, Deprel::Acl))
            .or_else(|| sentence.child(word, Deprel::Compound))
            .or_else(|| sentence.child(word, Deprel::Xcomp))
    }
}

/// What another event asks, threatens, promises or is made of is no event of its own.
pub(super) fn consume(sentence: &Sentence, readings: &mut [Reading]) {
    let mut eaten: Vec<(u32, u32)> = Vec::new();
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for reading in readings.iter() {
        let swallows =
            !matches!(reading.operator, Some(Operator::Say | Operator::Deny)) && reading.code.is_some();
        // "Rebels had burned the mill, an observer alleged": the deed stands beside the charge.
        let beside = matches!(reading.code, Some((EventType::Accuse, _)))
            && clause::told_before(sentence, reading.found.trigger).is_some();
        if swallows
            && !beside
            && let Some(content) = reading.found.content
        {
            eaten.push((content, reading.found.trigger));
        }
        if reading.code.is_some() && !reading.consumed {
            parts.extend(reading.found.parts.iter().map(|&part| (part, reading.found.trigger)));
        }
        if !reading.consumed {
            eaten.extend(reading.found.words.iter().map(|&word| (word, reading.found.trigger)));
        }
    }
    for reading in readings.iter_mut() {
        let trigger = reading.found.trigger;
        reading.consumed |= parts.iter().any(|&(part, by)| by != trigger && part == trigger);
        reading.consumed |= eaten.iter().any(|&(root, by)| by != trigger && below(sentence, trigger, root));
    }
}

/// Whether `word` belongs to the content under `root`, and not to a clause that only adds to it.
pub(super) fn below(sentence: &Sentence, word: u32, root: u32) -> bool {
    let mut at = word;
    for _ in 0..64 {
        if at == root {
            return true;
        }
        let token = sentence.token(at);
        let adds = match token.deprel {
            Deprel::AclRelcl | Deprel::Parataxis => true,
            Deprel::Advcl => {
                clause::is_finite(sentence, at)
                    || clause::introduced_by(sentence, at, &["after", "before", "while", "since", "despite"])
            }
            _ => false,
        };
        match token.head {
            Some(head) if !adds => at = head,
            _ => return false,
        }
    }
    false
}
