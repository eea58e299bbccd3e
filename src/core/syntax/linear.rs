//! A linear classifier over hashed features: sparse rows of small weights behind an open-addressed table.
//!
//! Invariant: scores are sums of integers, so they are the same on every machine.

use super::blob::{ModelError, Reader, Writer};

/// Weights of features for classes.
#[derive(Clone, Debug, Default)]
pub struct Linear {
    classes: usize,
    /// Key and place of each feature's row; a place of 0 is an empty slot. Its length is a power of two.
    slots: Vec<(u32, u32)>,
    /// All rows: `class << 16 | weight`, the last of a row with [`LAST`] set in the class.
    cells: Vec<u32>,
}

const LAST: u32 = 1 << 31;

/// A weight as a byte: the root of its size, so that small weights stay exact and large ones keep their proportion.
fn pack(weight: i16) -> i8 {
    let root = f32::from(weight.unsigned_abs()).sqrt().round().min(127.0) as i8;
    if weight < 0 { -root } else { root }
}

fn unpack(byte: i8) -> i16 {
    i16::from(byte) * i16::from(byte.unsigned_abs())
}

/// Spreads a feature's parts over 64 bits.
#[inline]
pub fn mix(a: u64, b: u64) -> u64 {
    let x = (a ^ b.rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x ^ (x >> 29)
}

impl Linear {
    /// Builds the table from rows of `(feature, [(class, weight)])`, in any order.
    pub fn new(classes: usize, rows: &[(u64, Vec<(u16, i16)>)]) -> Linear {
        let size = (rows.len() * 5 / 3).next_power_of_two().max(16);
        let mut model = Linear { classes, slots: vec![(0, 0); size], cells: vec![0] };
        for (feature, row) in rows {
            if row.is_empty() {
                continue;
            }
            let start = model.cells.len() as u32;
            for (class, weight) in row {
                model.cells.push(u32::from(*class) << 16 | u32::from(*weight as u16));
            }
            if let Some(last) = model.cells.last_mut() {
                *last |= LAST;
            }
            let key = (*feature >> 32) as u32;
            let mut slot = *feature as usize & (size - 1);
            while model.slots[slot].1 != 0 {
                slot = (slot + 1) & (size - 1);
            }
            model.slots[slot] = (key, start);
        }
        model
    }

    /// How many classes it tells apart.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// Adds the weights of one feature to `scores`, which has room for every class.
    #[inline]
    pub fn add(&self, feature: u64, scores: &mut [i32]) {
        let mask = self.slots.len().wrapping_sub(1);
        let key = (feature >> 32) as u32;
        let mut slot = feature as usize & mask;
        while let Some(&(found, start)) = self.slots.get(slot) {
            if start == 0 {
                return;
            }
            if found == key {
                for &cell in self.cells.get(start as usize..).unwrap_or(&[]) {
                    if let Some(score) = scores.get_mut((cell >> 16 & 0x7FFF) as usize) {
                        *score += i32::from(cell as u16 as i16);
                    }
                    if cell & LAST != 0 {
                        return;
                    }
                }
                return;
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Appends the table: which slots are filled, as bits; their keys; the length of each row; classes; weights as bytes.
    pub fn write(&self, out: &mut Writer) {
        out.u32(self.classes as u32);
        let filled: Vec<&(u32, u32)> = self.slots.iter().filter(|slot| slot.1 != 0).collect();
        let bits =
            |slots: &[(u32, u32)]| slots.iter().enumerate().map(|(i, slot)| u8::from(slot.1 != 0) << i).sum();
        out.u8s(&self.slots.chunks(8).map(bits).collect::<Vec<u8>>());
        out.u32s(&filled.iter().map(|slot| slot.0).collect::<Vec<_>>());
        let mut lengths = Vec::new();
        let (mut classes, mut weights) = (Vec::new(), Vec::new());
        for slot in filled {
            let mut length = 0u8;
            for &cell in &self.cells[slot.1 as usize..] {
                classes.push((cell >> 16 & 0x7FFF) as u8);
                weights.push(pack(cell as u16 as i16));
                length += 1;
                if cell & LAST != 0 {
                    break;
                }
            }
            lengths.push(length);
        }
        out.u8s(&lengths);
        out.u8s(&classes);
        out.i8s(&weights);
    }

    /// Reads the table.
    pub fn read(input: &mut Reader) -> Result<Linear, ModelError> {
        let wrong = ModelError::Content("the tables of a classifier do not fit together");
        let classes = input.u32()? as usize;
        let bits = input.u8s()?;
        let keys = input.u32s()?;
        let lengths = input.u8s()?;
        let class = input.u8s()?;
        let weight = input.i8s()?;
        let size = bits.len() * 8;
        let total: usize = lengths.iter().map(|&length| length as usize).sum();
        // An empty slot must be left, or the search for an unknown feature would not end.
        let fits = size.is_power_of_two()
            && keys.len() < size
            && lengths.len() == keys.len()
            && class.len() == total
            && weight.len() == total
            && !lengths.contains(&0);
        if !fits {
            return Err(wrong);
        }
        let mut model = Linear { classes, slots: vec![(0, 0); size], cells: Vec::with_capacity(total + 1) };
        model.cells.push(0);
        model.cells.extend(
            class.iter().zip(&weight).map(|(&c, &w)| u32::from(c) << 16 | u32::from(unpack(w) as u16)),
        );
        let mut start = 1usize;
        let mut rows = keys.iter().zip(&lengths);
        for (at, slot) in model.slots.iter_mut().enumerate() {
            if bits[at / 8] >> (at % 8) & 1 == 0 {
                continue;
            }
            let Some((&key, &length)) = rows.next() else { return Err(wrong) };
            *slot = (key, start as u32);
            start += length as usize;
            model.cells[start - 1] |= LAST;
        }
        if rows.next().is_some() { Err(wrong) } else { Ok(model) }
    }
}
