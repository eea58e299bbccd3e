//! What the codebook knows of single words, turned round for the scorer: lemma → codes and classes.

use crate::core::events::Codebook;
use crate::core::events::codebook::Outcome;
use crate::core::syntax::{Token, Upos};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// A code as a number: the type below, the mode above; operators and known non-events beyond the types.
pub type Code = u16;

/// The part of a code without its mode.
pub fn without_mode(code: Code) -> Code {
    code & 0xFF
}

const OPERATOR: Code = 0x40;
const NOTHING: Code = 0x7F;

/// Codes and classes by lemma.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    verbs: FxHashMap<SmolStr, Box<[Code]>>,
    nouns: FxHashMap<SmolStr, Box<[Code]>>,
    adjectives: FxHashMap<SmolStr, Box<[Code]>>,
    classes: FxHashMap<SmolStr, Vec<u16>>,
}

impl Lexicon {
    /// Of a codebook.
    pub fn of(codebook: &Codebook) -> Lexicon {
        let table = |words: &FxHashMap<SmolStr, Vec<u32>>| {
            words.iter().map(|(lemma, entries)| (lemma.clone(), codes(codebook, entries))).collect()
        };
        let mut classes: FxHashMap<SmolStr, Vec<u16>> = FxHashMap::default();
        for (members, name) in codebook.classes.iter().zip(&codebook.class_names) {
            // By name, not by place in the file: a class added above must not shift the others.
            let number = xxhash_rust::xxh3::xxh3_64(name.as_bytes()) as u16;
            for word in members.iter().filter(|word| !word.contains(' ')) {
                classes.entry(word.clone()).or_default().push(number);
            }
        }
        classes.values_mut().for_each(|list| list.sort_unstable());
        Lexicon {
            verbs: table(&codebook.verbs),
            nouns: table(&codebook.nouns),
            adjectives: table(&codebook.adjectives),
            classes,
        }
    }

    /// What the word may code to, in the order of their numbers; `lower` is its lemma in lower case.
    pub fn codes(&self, token: &Token, lower: &str) -> &[Code] {
        let table = match token.upos {
            Upos::Verb => &self.verbs,
            Upos::Noun | Upos::Propn => &self.nouns,
            Upos::Adj => &self.adjectives,
            _ => return &[],
        };
        table.get(token.lemma.as_str()).or_else(|| table.get(lower)).map_or(&[], |codes| codes)
    }

    /// The classes that hold the word.
    pub fn classes(&self, lower: &str) -> &[u16] {
        self.classes.get(lower).map_or(&[], Vec::as_slice)
    }
}

fn codes(codebook: &Codebook, entries: &[u32]) -> Box<[Code]> {
    let mut codes: Vec<Code> = entries
        .iter()
        .filter_map(|&entry| codebook.entries.get(entry as usize))
        .map(|entry| match entry.outcome {
            Outcome::Code(event_type, mode) => {
                event_type as Code | mode.map_or(0, |mode| mode as Code + 1) << 8
            }
            Outcome::Compose(operator) => OPERATOR + operator as Code,
            Outcome::Nothing => NOTHING,
        })
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes.into_boxed_slice()
}
