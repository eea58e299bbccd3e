//! Finding the best construction of the codebook at a word: which slots its surroundings fill, and with whom.

use super::clause;
use super::codebook::{Codebook, Entry, Filler, Outcome, Relation, Role, Slot, TriggerClass};
use super::parties::Parties;
use super::present::Present;
use crate::core::ontology::EventType;
use crate::core::syntax::{Deprel, Sentence, Upos, Xpos};

/// A construction found at a word.
#[derive(Clone, Debug)]
pub struct Match {
    /// Index into [`Codebook::entries`].
    pub entry: u32,
    /// The verb, noun or adjective.
    pub trigger: u32,
    /// The predicate that carries tense and negation: the trigger itself, or the light verb above it.
    pub anchor: u32,
    /// Other words of the trigger: particles, fixed objects.
    pub words: Vec<u32>,
    /// Mention indices.
    pub actors: Vec<u32>,
    /// Mention indices.
    pub recipients: Vec<u32>,
    /// Mention indices of equal parties.
    pub parties: Vec<u32>,
    /// Nouns of a class that the construction names: part of the deed, no deed of their own.
    pub parts: Vec<u32>,
    /// Objects that are no participants themselves but may name one inside: "vetoed *a US resolution*".
    pub things: Vec<u32>,
    /// The head of the content.
    pub content: Option<u32>,
    /// How much of the frame is filled; larger is better.
    pub score: f32,
}

/// What surrounds a trigger, the same for verbs, nouns and adjectives.
struct Surroundings {
    /// Logical subject, or possessor and modifiers of a noun; best first.
    subjects: Vec<u32>,
    /// Logical objects, nearest first.
    objects: Vec<u32>,
    /// Words that complete the verb beside its objects: "held him *responsible*", "set them *free*".
    predicatives: Vec<u32>,
    /// Content clauses without a preposition.
    clauses: Vec<u32>,
    /// Words whose dependents after prepositions belong to the frame.
    bases: Vec<u32>,
    /// The verb's own subjects where a split list left several.
    own_subjects: Vec<u32>,
    anchor: u32,
    /// A light verb makes its subject the recipient ("faced an inquiry").
    reversed: bool,
    /// What another deed asks, promises or refuses: who does it and to whom need not be known.
    content: bool,
}

/// The best construction at `token`, if any holds.
pub fn best(
    codebook: &Codebook,
    sentence: &Sentence,
    parties: &Parties,
    present: &Present,
    token: u32,
) -> Option<Match> {
    let (class, candidates) = constructions(codebook, sentence, token)?;
    let around = around(codebook, sentence, parties, token, class);
    best_of(codebook, sentence, parties, present, token, class, candidates, &around)
}

/// The same for a word that is the content of another deed ("urged the junta to *free* 82 prisoners"): it need not tell who
/// does it, nor need its participants be of the sort that the frame wants.
pub fn best_content(
    codebook: &Codebook,
    sentence: &Sentence,
    parties: &Parties,
    present: &Present,
    token: u32,
) -> Option<Match> {
    let (class, candidates) = constructions(codebook, sentence, token)?;
    let around = Surroundings { content: true, ..around(codebook, sentence, parties, token, class) };
    best_of(codebook, sentence, parties, present, token, class, candidates, &around)
}

#[allow(clippy::too_many_arguments)]
fn best_of(
    codebook: &Codebook,
    sentence: &Sentence,
    parties: &Parties,
    present: &Present,
    token: u32,
    class: TriggerClass,
    candidates: &[u32],
    around: &Surroundings,
) -> Option<Match> {
    let mut best: Option<Match> = None;
    for &index in candidates {
        let entry = &codebook.entries[index as usize];
        if !present.may_have(&entry.needs) {
            continue;
        }
        if let Ok(found) = fit(codebook, sentence, parties, token, class, index, entry, around)
