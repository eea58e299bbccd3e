//! Deeds that the codebook may have missed: every predicate with the participants that its grammar gives it.

use super::digest::Digest;
use crate::core::events::clause;
use crate::core::events::parties::Parties;
use crate::core::syntax::{Deprel, Upos};

/// A predicate and who takes part, before anything says what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The verb or noun.
    pub trigger: u32,
    /// Mention indices of who seems to do it.
    pub actors: Vec<u32>,
    /// Mention indices of whom it seems to concern.
    pub recipients: Vec<u32>,
}

/// More predicates than this are no prose.
const MOST: usize = 60;
/// How far below a predicate a recipient is looked for.
const DEPTH: usize = 4;

/// The predicates of a sentence that have a known actor, in text order.
pub fn candidates(digest: &Digest, parties: &Parties) -> Vec<Candidate> {
    let sentence = digest.sentence;
    let mut found = Vec::new();
    for token in 0..sentence.tokens.len() as u32 {
        if found.len() >= MOST {
            break;
        }
        let candidate = match sentence.token(token).upos {
            Upos::Verb => of_verb(digest, parties, token),
            // A noun that names a participant is no deed.
            Upos::Noun | Upos::Propn if parties.at(token).is_none() => of_noun(digest, parties, token),
            _ => None,
        };
        found.extend(candidate);
    }
    found
}

fn of_verb(digest: &Digest, parties: &Parties, verb: u32) -> Option<Candidate> {
    let sentence = digest.sentence;
    let subject = clause::logical_subject(sentence, verb)?;
    let actors = known(parties, parties.collect(sentence, subject, &|_| true));
    if actors.is_empty() {
        return None;
    }
    let mut recipients = Vec::new();
    let objects: Vec<u32> = clause::logical_objects(sentence, verb).collect();
    let bases = std::iter::once(verb).chain(objects.iter().copied());
    let obliques: Vec<u32> = bases
        .flat_map(|base| sentence.children(base).iter().copied())
        .filter(|&child| matches!(sentence.token(child).deprel, Deprel::Obl | Deprel::Nmod))
        .filter(|&child| !clause::introduced_by(sentence, child, &["by"]))
        .collect();
    let inner = below(digest, verb);
    for place in objects.into_iter().chain(obliques).chain(inner) {
        recipients.extend(known(parties, parties.collect(sentence, place, &|_| true)));
        recipients.retain(|index| !actors.contains(index));
        if !recipients.is_empty() {
            break;
        }
    }
    recipients.dedup();
    Some(Candidate { trigger: verb, actors, recipients })
}

fn of_noun(digest: &Digest, parties: &Parties, noun: u32) -> Option<Candidate> {
    let sentence = digest.sentence;
    let mut subjects: Vec<u32> = sentence.children_by(noun, Deprel::NmodPoss).collect();
    subjects.extend(clause::oblique(sentence, noun, &["by"]));
    for relation in [Deprel::Amod, Deprel::Compound, Deprel::NmodDesc] {
        subjects.extend(sentence.children_by(noun, relation).filter(|&child| parties.at(child).is_some()));
    }
    subjects.extend(clause::oblique(sentence, noun, &["between", "among"]));
    let token = sentence.token(noun);
    if let Some(head) = token.head
        && sentence.token(head).upos == Upos::Verb
        && matches!(token.deprel, Deprel::Obj | Deprel::Obl)
    {
        subjects.extend(clause::logical_subject(sentence, head));
    }
    let actors = subjects
        .into_iter()
        .map(|subject| known(parties, parties.collect(sentence, subject, &|_| true)))
        .find(|list| !list.is_empty())?;
    let mut recipients = Vec::new();
    for preposition in ["against", "on", "with", "to", "of", "at", "for", "from"] {
        let place = clause::oblique(sentence, noun, &[preposition]).or_else(|| {
            let head = token.head.filter(|_| token.deprel == Deprel::Obj)?;
            clause::oblique(sentence, head, &[preposition])
        });
        let Some(place) = place else { continue };
        recipients.extend(known(parties, parties.collect(sentence, place, &|_| true)));
        recipients.retain(|index| !actors.contains(index));
        if !recipients.is_empty() {
            break;
        }
    }
    recipients.dedup();
    Some(Candidate { trigger: noun, actors, recipients })
}

/// The nouns below a predicate, nearest first, through its complements but not into clauses that only add to it.
pub(super) fn below(digest: &Digest, verb: u32) -> Vec<u32> {
    let sentence = digest.sentence;
    let mut found = Vec::new();
    let mut level = vec![verb];
    for _ in 0..DEPTH {
        let mut next = Vec::new();
        for &at in &level {
            for &child in sentence.children(at) {
                let token = sentence.token(child);
                let adds = matches!(
                    token.deprel,
                    Deprel::Nsubj
                        | Deprel::NsubjPass
                        | Deprel::AclRelcl
                        | Deprel::Parataxis
                        | Deprel::Conj
                        | Deprel::Appos
                ) || (token.deprel == Deprel::Advcl && clause::is_finite(sentence, child));
                if adds {
                    continue;
                }
                if matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron) {
                    found.push(child);
                }
                next.push(child);
            }
        }
        level = next;
    }
    found
}

fn known(parties: &Parties, mut list: Vec<u32>) -> Vec<u32> {
    list.retain(|&index| parties.is_known(index));
    list
}
