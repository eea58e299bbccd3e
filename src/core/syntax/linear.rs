//! A linear classifier over hashed features: sparse rows of small weights behind an open-addressed table.
//!
//! Invariant: scores are sums of integers, so they are the same on every machine.

use super::blob::{ModelError, Reader, Writer};
use wide::u16x8;

/// Features and their weights in training: each row is a feature's hash and its `(class, weight)` pairs by class.
pub type Rows = Vec<(u64, Vec<(u16, i16)>)>;

/// Weights of features for classes.
///
/// The tables are kept small, since half of the time goes into waiting for memory: keys of 16 bits apart from the places (an
/// unknown feature touches the keys only), short rows of 16-bit cells, long rows as plain lists. The other half would go into
/// branches that no processor can foresee, so there are none that depend on a single feature (see [`Linear::score`]).
#[derive(Clone, Debug, Default)]
pub struct Linear {
    classes: usize,
    /// `classes` rounded up, so that rows are added in whole registers.
    width: usize,
    /// One less than the number of slots, which is a power of two.
    mask: usize,
    /// For each slot the upper bits of its feature; 0 = empty. Behind the last the first [`WINDOW`] come again.
    keys: Vec<u16>,
    /// For each slot where its row begins: `offset << 5 | length`, or the number of a full row with [`FULL`].
    places: Vec<u32>,
    /// Short rows: `class << 9 | weight`, the weight a signed number of nine bits. [`ROOM`] empty ones stand behind the last.
    cells: Vec<u16>,
    /// Full rows: a weight for each class, `width` of them.
    full: Vec<i16>,
}

/// More features at once are not scored: 128 weights of a cell each, and a score still fits its 16 bits.
pub const MOST_FEATURES: usize = 128;
/// More classes than this have no cells.
const MOST_CLASSES: usize = 128;
/// So many slots are looked at in one go.
const WINDOW: usize = 8;
/// Room for the cells of a short row.
const ROOM: usize = 32;

/// The scores of all classes, with the room that finding them takes: make one, use it for many.
#[derive(Clone, Debug)]
pub struct Scores {
    of: [i16; MOST_CLASSES],
    /// Slots of known features, then the places of their rows: short ones from the start, full ones in `full`.
    short: [u32; MOST_FEATURES],
    full: [u32; MOST_FEATURES],
    /// The cells of the short rows, one row behind the other.
    cells: Vec<u16>,
}

impl Default for Scores {
    fn default() -> Self {
        Scores {
            of: [0; MOST_CLASSES],
            short: [0; MOST_FEATURES],
            full: [0; MOST_FEATURES],
            cells: vec![0; MOST_FEATURES * ROOM],
        }
    }
}

impl Scores {
    /// The score of each of so many classes.
    pub fn first(&self, classes: usize) -> &[i16] {
        &self.of[..classes.min(MOST_CLASSES)]
    }

    /// The score of a class; the least where there is no such class.
    pub fn of(&self, class: usize) -> i16 {
        self.of.get(class).copied().unwrap_or(i16::MIN)
    }
}

/// In a place, instead of a length: the row is a full one.
const FULL: u32 = 31;
/// A row with so many weights is kept in full.
const LONG: usize = 28;
/// A cell's weights lie within this.
const LARGEST: i16 = 255;
/// Weights are kept in the file at 256 to the unit, in memory at 16.
const SHIFT: u32 = 4;
/// Instead of a slot: the feature is unknown.
const NO_SLOT: usize = usize::MAX;

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

    /// The slot of the feature; [`NO_SLOT`] where it is unknown.
    #[inline]
    fn slot(&self, feature: u64) -> usize {
        let key = key(feature);
        let mut slot = feature as usize & self.mask;
        // Nearly all searches end in the first window.
        while let Some(window) = self.keys.get(slot..slot + WINDOW).and_then(|keys| keys.try_into().ok()) {
            let window = u16x8::new(window);
            let found = window.simd_eq(u16x8::splat(key)).to_bitmask();
            let empty = window.simd_eq(u16x8::ZERO).to_bitmask();
            // What stands behind an empty slot is no part of this search.
            let found = found & empty.wrapping_sub(1);
            if found | empty != 0 {
                let at = (slot + found.trailing_zeros() as usize) & self.mask;
                return if found == 0 { NO_SLOT } else { at };
            }
            slot = (slot + WINDOW) & self.mask;
        }
        NO_SLOT
    }

    /// The score of every class: the sum of the features' weights. Features beyond [`MOST_FEATURES`] are left out.
    ///
    /// Each step treats all features alike, so that the processor neither guesses at what kind of row comes next nor waits for
    /// the memory of one row before it asks for that of the next.
    pub fn score(&self, features: &[u64], scores: &mut Scores) {
        let features = &features[..features.len().min(MOST_FEATURES)];
        let (short, full) = self.find(features, scores);
        self.add_short(short, scores);
        self.add_full(full, scores);
    }

    /// Puts the places of the known features' rows into `scores`; how many are short, how many full.
    fn find(&self, features: &[u64], scores: &mut Scores) -> (usize, usize) {
        // Loads that no decision waits for let the memory work on many at once: first the keys of all slots.
        let touch = |feature: &u64| self.keys.get(*feature as usize & self.mask).copied().unwrap_or(0);
        std::hint::black_box(features.iter().map(touch).fold(0, |all, key| all ^ key));
        let mut known = 0;
        for &feature in features {
            let slot = self.slot(feature);
            scores.short[known] = slot as u32;
            known += usize::from(slot != NO_SLOT);
        }
        let (mut short, mut full) = (0, 0);
        for i in 0..known {
            let place = self.places.get(scores.short[i] as usize).copied().unwrap_or(0);
            let is_full = usize::from(place & FULL == FULL);
            scores.short[short] = place;
            scores.full[full] = place >> 5;
            short += 1 - is_full;
            full += is_full;
        }
        (short, full)
    }

    /// Sets the scores to the sums of the short rows, which have been found.
    fn add_short(&self, rows: usize, scores: &mut Scores) {
        let mut length = 0;
        for &place in &scores.short[..rows] {
            let at = (place >> 5) as usize;
            // More is copied than the row has: always as much, so that nothing waits for its length.
            if let (Some(row), Some(room)) =
                (self.cells.get(at..at + ROOM), scores.cells.get_mut(length..length + ROOM))
            {
                room.copy_from_slice(row);
                length += (place & FULL) as usize;
            }
        }
        scores.of = [0; MOST_CLASSES];
        for &cell in scores.cells.get(..length).unwrap_or(&[]) {
            // Nine bits with their sign. 128 such weights do not overflow.
            let score = &mut scores.of[(cell >> 9) as usize];
            *score = score.wrapping_add((cell << 7) as i16 >> 7);
        }
    }

    /// Adds the full rows, which have been found.
    fn add_full(&self, rows: usize, scores: &mut Scores) {
        for &number in &scores.full[..rows] {
            let at = number as usize * self.width;
            let row = self.full.get(at..at + self.width).unwrap_or(&[]);
            for (score, &weight) in scores.of.iter_mut().zip(row) {
                *score = score.saturating_add(weight);
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
            mask: size - 1,
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
        model.keys.extend_from_within(..WINDOW);
        model.cells.resize(model.cells.len() + ROOM, 0);
        if rows.next().is_some() { Err(wrong()) } else { Ok(model) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of all lengths, those of some features long or heavy enough to be kept in full.
    fn rows(count: u64) -> Rows {
        let row = |i: u64| {
            let length = 1 + (i * 7 % 40) as u16;
            (0..length)
                .map(|class| (class * 2, ((i * 131 + u64::from(class) * 977) % 9000) as i16 - 4500))
                .collect()
        };
        (0..count).map(|i| (mix(i, 5), row(i))).collect()
    }

    #[test]
    fn scores_are_the_sums_of_the_known_features_weights() {
        let rows = rows(700);
        let model = Linear::new(100, &rows);
        assert!(!model.full.is_empty() && model.cells.len() > ROOM);
        let mut scores = Scores::default();
        for chunk in rows.chunks(86) {
            let mut features: Vec<u64> = chunk.iter().map(|row| row.0).collect();
            features.extend((0..40).map(|i| mix(i, 77)));
            let mut sums = vec![0i16; 100];
            for (class, weight) in chunk.iter().flat_map(|row| &row.1) {
                let stored = (unpack(pack(*weight)) + (1 << (SHIFT - 1))) >> SHIFT;
                sums[*class as usize] += stored;
            }
            model.score(&features, &mut scores);
            assert_eq!(scores.first(100), sums);
        }
        assert_eq!(scores.of(MOST_CLASSES), i16::MIN);
    }

    #[test]
    fn an_empty_table_and_too_many_features_do_no_harm() {
        let mut scores = Scores::default();
        Linear::default().score(&[1, 2, 3], &mut scores);
        assert_eq!(scores.first(4), [0; 4]);
        let one = vec![(9u64, vec![(1u16, 400i16)])];
        Linear::new(2, &one).score(&[9; 1000], &mut scores);
        assert_eq!(scores.first(2), [0, 25 * MOST_FEATURES as i16]);
    }
}
