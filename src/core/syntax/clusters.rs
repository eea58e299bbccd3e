//! Classes of words that occur in like company, learned from raw text: what a rare word has in common with known ones.

use super::Xpos;
use super::blob::{ModelError, Reader, Writer};

/// A word's classes: coarse and fine; the tag class that it, or else its like, usually has, plus 1; which tags it can have, as
/// bits of [`can_be`]. 0 where unknown.
pub type Classes = (u8, u16, u8, u16);

/// The coarse class of words that only their possible tags are known of.
const NO_COMPANY: u8 = 255;

/// The bit of a tag that a form can have, among the open classes; 0 for all other tags.
pub fn can_be(tag: Xpos) -> u16 {
    match tag {
        Xpos::VB | Xpos::VBP => 1,
        Xpos::VBZ => 2,
        Xpos::VBD => 4,
        Xpos::VBN => 8,
        Xpos::VBG => 16,
        Xpos::NN => 32,
        Xpos::NNS => 64,
        Xpos::JJ | Xpos::JJR | Xpos::JJS => 128,
        Xpos::RB | Xpos::RBR | Xpos::RBS => 256,
        _ => 0,
    }
}

/// From a word's hash to its classes.
#[derive(Clone, Debug, Default)]
pub struct Clusters {
    /// Open-addressed: key (upper half of the hash), classes; coarse class 0 = empty. Its length is a power of two.
    slots: Vec<(u32, u8, u16, u8, u16)>,
}

impl Clusters {
    /// The table of `(hash of the word in small letters, classes from 1)`; a coarse class of 0: no company is known.
    pub fn new(words: &[(u64, Classes)]) -> Clusters {
        let size = (words.len() * 2).next_power_of_two().max(16);
        let mut clusters = Clusters { slots: vec![(0, 0, 0, 0, 0); size] };
        for &(word, (coarse, fine, usual, tags)) in words {
            let mut slot = word as usize & (size - 1);
            while clusters.slots[slot].1 != 0 {
                slot = (slot + 1) & (size - 1);
            }
            clusters.slots[slot] =
                ((word >> 32) as u32, if coarse == 0 { NO_COMPANY } else { coarse }, fine, usual, tags);
        }
        clusters
    }

    /// The classes of the word with that hash.
    #[inline]
    pub fn of(&self, word: u64) -> Classes {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = word as usize & mask;
        while let Some(&(key, coarse, fine, usual, tags)) = self.slots.get(slot) {
            if coarse == 0 {
                break;
            }
            if key == (word >> 32) as u32 {
                return (if coarse == NO_COMPANY { 0 } else { coarse }, fine, usual, tags);
            }
            slot = (slot + 1) & mask;
        }
        (0, 0, 0, 0)
    }

    /// Appends the table.
    pub fn write(&self, out: &mut Writer) {
        out.u32s(&self.slots.iter().map(|slot| slot.0).collect::<Vec<_>>());
        out.u8s(&self.slots.iter().map(|slot| slot.1).collect::<Vec<_>>());
        out.u16s(&self.slots.iter().map(|slot| slot.2).collect::<Vec<_>>());
        out.u8s(&self.slots.iter().map(|slot| slot.3).collect::<Vec<_>>());
        out.u16s(&self.slots.iter().map(|slot| slot.4).collect::<Vec<_>>());
    }

    /// Reads the table.
    pub fn read(input: &mut Reader) -> Result<Clusters, ModelError> {
        let (keys, coarse, fine, usual) = (input.u32s()?, input.u8s()?, input.u16s()?, input.u8s()?);
        let tags = input.u16s()?;
        let fits = keys.len().is_power_of_two()
            && coarse.len() == keys.len()
            && fine.len() == keys.len()
            && usual.len() == keys.len()
            && tags.len() == keys.len()
            && coarse.contains(&0);
        if !fits {
            return Err(ModelError::Content("the tables of word classes do not fit together"));
        }
        let slot = |i: usize| (keys[i], coarse[i], fine[i], usual[i], tags[i]);
        Ok(Clusters { slots: (0..keys.len()).map(slot).collect() })
    }
}
