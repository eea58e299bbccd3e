//! The weights of hashed features, sparse: for each feature the classes that it speaks for or against.
//!
//! Invariant: scores are sums of integers, so they are the same on every machine.

use crate::core::syntax::ModelError;
use crate::core::syntax::blob::{Reader, Writer};
use rustc_hash::FxHashMap;

/// Features and their weights: a feature's key and its `(class, weight)` pairs by class.
pub type Rows = Vec<(u64, Vec<(u8, i16)>)>;

/// How many bits tell which keys may be known: a quarter of them would be set by 250,000 rows.
const KNOWN_BITS: usize = 1 << 20;

/// Sparse rows behind a hash table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// A bit for the lower part of each known key: most features of a sentence are unknown, and this says so from the
    /// nearest memory.
    known: Vec<u64>,
    rows: FxHashMap<u64, (u32, u32)>,
    cells: Vec<(u8, i16)>,
}

impl Table {
    /// Of rows in any order.
    pub fn new(rows: &Rows) -> Table {
        let mut table = Table::default();
        for (key, row) in rows {
            let start = table.cells.len() as u32;
            table.cells.extend_from_slice(row);
            table.rows.insert(*key, (start, table.cells.len() as u32));
            table.mark(*key);
        }
        table
    }

    fn mark(&mut self, key: u64) {
        if self.known.is_empty() {
            self.known = vec![0; KNOWN_BITS / 64];
        }
        let bit = key as usize % KNOWN_BITS;
        self.known[bit / 64] |= 1 << (bit % 64);
    }

    fn may_know(&self, key: u64) -> bool {
        let bit = key as usize % KNOWN_BITS;
        self.known.get(bit / 64).is_some_and(|bits| bits >> (bit % 64) & 1 == 1)
    }

    /// Adds the weights of one feature to `scores`.
    #[inline]
    pub fn add(&self, key: u64, scores: &mut [i32]) {
        if !self.may_know(key) {
            return;
        }
        let Some(&(start, end)) = self.rows.get(&key) else { return };
        for &(class, weight) in self.cells.get(start as usize..end as usize).unwrap_or(&[]) {
            if let Some(score) = scores.get_mut(class as usize) {
                *score += i32::from(weight);
            }
        }
    }

    /// Appends the table, rows by key.
    pub fn write(&self, out: &mut Writer) {
        let mut keys: Vec<u64> = self.rows.keys().copied().collect();
        keys.sort_unstable();
        let cells = |key: &u64| {
            let (start, end) = self.rows[key];
            &self.cells[start as usize..end as usize]
        };
        out.u32s(&keys.iter().map(|key| (key >> 32) as u32).collect::<Vec<_>>());
        out.u32s(&keys.iter().map(|&key| key as u32).collect::<Vec<_>>());
        out.u8s(&keys.iter().map(|key| cells(key).len() as u8).collect::<Vec<_>>());
        out.u8s(&keys.iter().flat_map(&cells).map(|cell| cell.0).collect::<Vec<_>>());
        out.i16s(&keys.iter().flat_map(cells).map(|cell| cell.1).collect::<Vec<_>>());
    }

    /// Reads what [`Table::write`] wrote.
    pub fn read(input: &mut Reader) -> Result<Table, ModelError> {
        let (high, low, lengths) = (input.u32s()?, input.u32s()?, input.u8s()?);
        let (classes, weights) = (input.u8s()?, input.i16s()?);
        let total: usize = lengths.iter().map(|&length| length as usize).sum();
        if high.len() != low.len()
            || high.len() != lengths.len()
            || classes.len() != total
            || weights.len() != total
        {
            return Err(ModelError::Content("the rows of the scorer do not fit together"));
        }
        let mut table = Table { cells: classes.into_iter().zip(weights).collect(), ..Table::default() };
        table.rows.reserve(high.len());
        let mut start = 0u32;
        for ((high, low), length) in high.into_iter().zip(low).zip(lengths) {
            let key = u64::from(high) << 32 | u64::from(low);
            table.rows.insert(key, (start, start + u32::from(length)));
            table.mark(key);
            start += u32::from(length);
        }
        Ok(table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_damage_is_refused() {
        let table = Table::new(&vec![(7, vec![(0, 5), (2, -3)]), (1 << 40, vec![(1, 9)])]);
        let mut out = Writer::default();
        table.write(&mut out);
        let bytes = out.finish();
        let read = Table::read(&mut Reader::new(&bytes).unwrap()).unwrap();
        let mut scores = [0; 3];
        for key in [7, 1 << 40, 8] {
            read.add(key, &mut scores);
        }
        assert_eq!(scores, [5, 9, -3]);
        let mut short = Writer::default();
        short.u32s(&[1]);
        short.u32s(&[1, 2]);
        for _ in 0..2 {
            short.u8s(&[]);
        }
        short.i16s(&[]);
        let short = short.finish();
        assert!(Table::read(&mut Reader::new(&short).unwrap()).is_err());
    }
}
