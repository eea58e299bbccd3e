//! A linear classifier over hashed features: sparse rows of small weights behind an open-addressed table.
//!
//! Invariant: scores are sums of integers, so they are the same on every machine.

use super::blob::{ModelError, Reader, Writer};

/// Features and their weights in training: each row is a feature's hash and its `(class, weight)` pairs by class.
pub type Rows = Vec<(u64, Vec<(u16, i16)>)>;

/// Weights of features for classes.
///
/// The tables are kept small, since the time goes into waiting for memory: keys of 16 bits apart from the places (an unknown
/// feature touches the keys only), short rows of 16-bit cells, long rows as plain lists.
#[derive(Clone, Debug, Default)]
pub struct Linear {
    classes: usize,
    /// `classes` rounded up, so that rows are added in whole registers.
    width: usize,
    /// For each slot the upper bits of its feature; 0 = empty. Their number is a power of two.
    keys: Vec<u16>,
    /// For each slot where its row begins: `offset << 5 | length`, or the number of a full row with [`FULL`].
    places: Vec<u32>,
    /// Short rows: `class << 9 | weight`, the weight a signed number of nine bits.
    cells: Vec<u16>,
    /// Full rows: a weight for each class, `width` of them.
    full: Vec<i16>,
}

/// In a place, instead of a length: the row is a full one.
const FULL: u32 = 31;
/// A row with so many weights is kept in full.
const LONG: usize = 28;
/// A cell's weights lie within this.
const LARGEST: i16 = 255;
/// Weights are kept in the file at 256 to the unit, in memory at 16.
const SHIFT: u32 = 4;
/// Weights in a line of the cache.
const LINE: usize = 32;

/// What a slot keeps of its feature.
fn key(feature: u64) -> u16 {
    ((feature >> 48) as u16).max(1)
}

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

    /// The slot of the feature, where it is known.
    #[inline]
    fn slot(&self, feature: u64) -> Option<usize> {
        let mask = self.keys.len().wrapping_sub(1);
        let key = key(feature);
        let mut slot = feature as usize & mask;
        loop {
            match *self.keys.get(slot)? {
                0 => return None,
                found if found == key => return Some(slot),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    /// The score of every class: the sum of the features' weights. `scores` is [`Linear::width`] long; `places` is room that
    /// is used again.
    pub fn score(&self, features: &[u64], places: &mut Vec<u32>, scores: &mut [i16]) {
        scores.fill(0);
        places.clear();
        // Loads that no decision waits for let the memory work on many at once: first the keys of all slots, then the first line
        // of every row, and only then are the rows read in earnest.
        let mask = self.keys.len().wrapping_sub(1);
        let known = |feature: &u64| self.keys.get(*feature as usize & mask).copied().unwrap_or(0);
        std::hint::black_box(features.iter().map(known).fold(0, |all, key| all ^ key));
        places.extend(features.iter().filter_map(|&feature| self.slot(feature)).map(|slot| slot as u32));
        for place in places.iter_mut() {
            *place = self.places.get(*place as usize).copied().unwrap_or(0);
        }
        let touch = |place: &u32| {
            let at = (place >> 5) as usize;
            if place & FULL == FULL {
                let line =
                    |i: usize| self.full.get(at * self.width + i * LINE).map_or(0, |&weight| weight as u16);
                line(0) ^ line(1) ^ line(2)
            } else {
                self.cells.get(at).copied().unwrap_or(0)
            }
        };
        std::hint::black_box(places.iter().map(touch).fold(0, |all, touched| all ^ touched));
        for &place in places.iter() {
            let (at, length) = ((place >> 5) as usize, (place & FULL) as usize);
            if place & FULL == FULL {
                let row = self.full.get(at * self.width..(at + 1) * self.width).unwrap_or(&[]);
                for (score, &weight) in scores.iter_mut().zip(row) {
                    *score = score.saturating_add(weight);
                }
                continue;
            }
            for &cell in self.cells.get(at..at + length).unwrap_or(&[]) {
                if let Some(score) = scores.get_mut((cell >> 9) as usize) {
                    // Nine bits with their sign.
                    *score = score.saturating_add((cell << 7) as i16 >> 7);
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
        out.u16s(&filled.iter().map(|row| key(row.0)).collect::<Vec<_>>());
        out.u8s(&filled.iter().map(|row| row.1.len() as u8).collect::<Vec<_>>());
        out.u8s(&filled.iter().flat_map(|row| row.1.iter().map(|cell| cell.0 as u8)).collect::<Vec<_>>());
        out.i8s(&filled.iter().flat_map(|row| row.1.iter().map(|cell| pack(cell.1))).collect::<Vec<_>>());
    }

    /// Reads the table.
    pub fn read(input: &mut Reader) -> Result<Linear, ModelError> {
        let wrong = || ModelError::Content("the tables of a classifier do not fit together");
        let classes = input.u32()? as usize;
        let (bits, keys, lengths) = (input.u8s()?, input.u16s()?, input.u8s()?);
        let (class, weight) = (input.u8s()?, input.i8s()?);
        let size = bits.len() * 8;
        let total: usize = lengths.iter().map(|&length| length as usize).sum();
        // An empty slot must be left, or the search for an unknown feature would not end.
        let fits = classes <= 128
            && size.is_power_of_two()
            && keys.len() < size
            && lengths.len() == keys.len()
            && class.len() == total
            && weight.len() == total
            && class.iter().all(|&class| (class as usize) < classes)
            && !keys.contains(&0)
            && !lengths.contains(&0);
        if !fits {
            return Err(wrong());
        }
        let width = classes.next_multiple_of(16);
        let mut model = Linear {
            classes,
            width,
            keys: vec![0; size],
            places: vec![0; size],
            cells: Vec::with_capacity(total),
            full: Vec::new(),
        };
        let mut rest = class.iter().zip(weight.iter().map(|&w| (unpack(w) + (1 << (SHIFT - 1))) >> SHIFT));
        let mut rows = keys.iter().zip(&lengths);
        let mut row: Vec<(u8, i16)> = Vec::new();
        for slot in 0..size {
            if bits[slot / 8] >> (slot % 8) & 1 == 0 {
                continue;
            }
            let (&key, &length) = rows.next().ok_or_else(wrong)?;
            row.clear();
            row.extend(rest.by_ref().take(length as usize).map(|(&class, weight)| (class, weight)));
            model.keys[slot] = key;
            if row.len() >= LONG || row.iter().any(|cell| cell.1.abs() > LARGEST) {
                let start = model.full.len();
                model.places[slot] = ((start / width) as u32) << 5 | FULL;
                model.full.resize(start + width, 0);
                row.iter().for_each(|&(class, weight)| model.full[start + class as usize] = weight);
            } else {
                model.places[slot] = (model.cells.len() as u32) << 5 | row.len() as u32;
                model
                    .cells
                    .extend(row.iter().map(|&(class, weight)| u16::from(class) << 9 | weight as u16 & 0x1FF));
            }
        }
        if rows.next().is_some() { Err(wrong()) } else { Ok(model) }
    }
}
