//! Which words a sentence has, as a few bits: a construction that names a word which the sentence lacks need not be tried.

use super::codebook::{Filler, Relation, Slot};
use crate::core::syntax::Sentence;
use smol_str::SmolStr;

/// A word's bit, 0..=255; the same for words that differ in ASCII case only.
pub type Bit = u8;

/// The bits of a sentence's lemmas. A word whose bit is missing does not occur; one whose bit is there may.
#[derive(Clone, Copy, Debug, Default)]
pub struct Present([u64; 4]);

impl Present {
    /// Of a sentence.
    pub fn of(sentence: &Sentence) -> Present {
        let mut present = Present::default();
        for token in &sentence.tokens {
            let bit = bit(&token.lemma);
            present.0[usize::from(bit >> 6)] |= 1 << (bit & 63);
        }
        present
    }

    /// Whether all the words may occur.
    pub fn may_have(&self, words: &[Bit]) -> bool {
        words.iter().all(|bit| self.0[usize::from(bit >> 6)] >> (bit & 63) & 1 == 1)
    }
}

/// The bits of all words that a construction cannot do without.
pub fn needs(with: &[SmolStr], slots: &[Slot]) -> Box<[Bit]> {
    // A subject may be left out of an infinitive.
    let named =
        slots.iter().filter(|slot| !slot.optional && slot.relation != Relation::Subject).filter_map(|slot| {
            match &slot.filler {
                Filler::Word(word) => Some(word),
                _ => None,
            }
        });
    let mut bits: Vec<Bit> = with.iter().chain(named).map(|word| bit(word)).collect();
    bits.sort_unstable();
    bits.dedup();
    bits.into_boxed_slice()
}

fn bit(word: &str) -> Bit {
    // FNV-1a; its upper bits are the better mixed.
    let hash = word.bytes().fold(0x811C_9DC5u32, |hash, byte| {
        (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193)
    });
    (hash >> 24) as Bit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_does_not_matter_and_missing_words_are_told() {
        assert_eq!(bit("Sanction"), bit("sanction"));
        let mut present = Present::default();
        let needed = needs(&["off".into()], &[]);
        assert!(!present.may_have(&needed));
        let off = bit("off");
        present.0[usize::from(off >> 6)] |= 1 << (off & 63);
        assert!(present.may_have(&needed));
        assert!(present.may_have(&[]));
    }
}
