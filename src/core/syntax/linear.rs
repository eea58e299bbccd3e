//! A linear classifier over hashed features: sparse rows of small weights behind an open-addressed table.
//!
//! Invariant: scores are sums of integers, so they are the same on every machine.

use super::blob::{ModelError, Reader, Writer};

/// Features and their weights in training: each row is a feature's hash and its `(class, weight)` pairs by class.
pub type Rows = Vec<(u64, Vec<(u16, i16)>)>;

/// Weights of features for classes.
#[derive(Clone, Debug, Default)]
pub struct Linear {
    classes: usize,
    /// `classes` rounded up, so that rows are added in whole registers.
    width: usize,
    /// Key and place of each feature's row; a place of 0 is an empty slot. Its length is a power of two.
    slots: Vec<(u32, u32)>,
    /// Short rows: `class << 16 | weight`, the last of a row with [`LAST`] set.
    cells: Vec<u32>,
    /// Long rows: a weight for each class, `width` of them.
    full: Vec<i16>,
}

/// In a place: the row is a full one.
const FULL: u32 = 1 << 31;
/// In a cell: the row ends here.
const LAST: u32 = 1 << 31;
/// A row with so many weights is kept in full.
const LONG: usize = 16;
/// Weights are kept in the file at 256 to the unit, in memory at 32, so that sums fit 16 bits.
const SHIFT: u32 = 3;

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
    /// The table of rows in training.
    pub fn new(classes: usize, rows: &Rows) -> Linear {
        let mut out = Writer::default();
        Linear::write(classes, rows, &mut out);
        let bytes = out.finish();
        Reader::new(&bytes).and_then(|mut input| Linear::read(&mut input)).unwrap_or_default()
    }

    /// How many classes it tells apart.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// How long the list of scores must be: at least the number of classes.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Where the feature's row begins; 0 = the feature is unknown.
    #[inline]
    fn row(&self, feature: u64) -> u32 {
        let mask = self.slots.len().wrapping_sub(1);
        let key = (feature >> 32) as u32;
        let mut slot = feature as usize & mask;
        while let Some(&(found, start)) = self.slots.get(slot) {
            if start == 0 || found == key {
                return start;
            }
            slot = (slot + 1) & mask;
        }
        0
    }

    /// The score of every class: the sum of the features' weights. `scores` is [`Linear::width`] long; `rows` is room that
    /// is used again.
    pub fn score(&self, features: &[u64], rows: &mut Vec<u32>, scores: &mut [i16]) {
        scores.fill(0);
        rows.clear();
        // First all look-ups, then all sums: the memory works on many at once.
        rows.extend(features.iter().map(|&feature| self.row(feature)).filter(|&start| start != 0));
        for &start in rows.iter() {
            if start & FULL != 0 {
                let at = (start & !FULL) as usize * self.width;
                let row = self.full.get(at..at + self.width).unwrap_or(&[]);
                for (score, &weight) in scores.iter_mut().zip(row) {
                    *score = score.saturating_add(weight);
                }
                continue;
            }
            for &cell in self.cells.get(start as usize..).unwrap_or(&[]) {
                if let Some(score) = scores.get_mut((cell >> 16 & 0x7FFF) as usize) {
                    *score = score.saturating_add(cell as u16 as i16);
                }
                if cell & LAST != 0 {
                    break;
                }
            }
        }
    }

    /// Appends the table of rows: which slots are filled, as bits; their keys; the length of each row; classes; weights as
    /// bytes.
    pub fn write(classes: usize, rows: &Rows, out: &mut Writer) {
        let size = (rows.len() * 5 / 3).next_power_of_two().max(16);
        let mut slots: Vec<Option<usize>> = vec![None; size];
        for (number, (feature, row)) in rows.iter().enumerate().filter(|(_, (_, row))| !row.is_empty()) {
            let mut slot = *feature as usize & (size - 1);
            while slots[slot].is_some() {
                slot = (slot + 1) & (size - 1);
            }
            debug_assert!(row.len() < 256);
            slots[slot] = Some(number);
        }
        let bits = |slots: &[Option<usize>]| {
            slots.iter().enumerate().map(|(i, slot)| u8::from(slot.is_some()) << i).sum()
        };
        let filled: Vec<&(u64, Vec<(u16, i16)>)> =
            slots.iter().flatten().map(|&number| &rows[number]).collect();
        out.u32(classes as u32);
        out.u8s(&slots.chunks(8).map(bits).collect::<Vec<u8>>());
        out.u32s(&filled.iter().map(|row| (row.0 >> 32) as u32).collect::<Vec<_>>());
        out.u8s(&filled.iter().map(|row| row.1.len() as u8).collect::<Vec<_>>());
        out.u8s(&filled.iter().flat_map(|row| row.1.iter().map(|cell| cell.0 as u8)).collect::<Vec<_>>());
        out.i8s(&filled.iter().flat_map(|row| row.1.iter().map(|cell| pack(cell.1))).collect::<Vec<_>>());
    }

    /// Reads the table.
    pub fn read(input: &mut Reader) -> Result<Linear, ModelError> {
        let wrong = || ModelError::Content("the tables of a classifier do not fit together");
        let classes = input.u32()? as usize;
        let (bits, keys, lengths) = (input.u8s()?, input.u32s()?, input.u8s()?);
        let (class, weight) = (input.u8s()?, input.i8s()?);
        let size = bits.len() * 8;
        let total: usize = lengths.iter().map(|&length| length as usize).sum();
        // An empty slot must be left, or the search for an unknown feature would not end.
        let fits = classes <= 256
            && size.is_power_of_two()
            && keys.len() < size
            && lengths.len() == keys.len()
            && class.len() == total
            && weight.len() == total
            && class.iter().all(|&class| (class as usize) < classes)
            && !lengths.contains(&0);
        if !fits {
            return Err(wrong());
        }
        let width = classes.next_multiple_of(16);
        let long = lengths.iter().filter(|&&length| length as usize >= LONG).count();
        let mut model = Linear {
            classes,
            width,
            slots: vec![(0, 0); size],
            cells: Vec::with_capacity(total + 1),
            full: Vec::with_capacity(long * width),
        };
        model.cells.push(0);
        let mut rest = class.iter().zip(weight.iter().map(|&w| (unpack(w) + (1 << (SHIFT - 1))) >> SHIFT));
        let mut rows = keys.iter().zip(&lengths);
        for (at, slot) in model.slots.iter_mut().enumerate() {
            if bits[at / 8] >> (at % 8) & 1 == 0 {
                continue;
            }
            let (&key, &length) = rows.next().ok_or_else(wrong)?;
            let cells = rest.by_ref().take(length as usize);
            if length as usize >= LONG {
                *slot = (key, FULL | (model.full.len() / width) as u32);
                let start = model.full.len();
                model.full.resize(start + width, 0);
                cells.for_each(|(&class, weight)| model.full[start + class as usize] = weight);
            } else {
                *slot = (key, model.cells.len() as u32);
                model
                    .cells
                    .extend(cells.map(|(&class, weight)| u32::from(class) << 16 | u32::from(weight as u16)));
                if let Some(last) = model.cells.last_mut() {
                    *last |= LAST;
                }
            }
        }
        if rows.next().is_some() { Err(wrong()) } else { Ok(model) }
    }
}
