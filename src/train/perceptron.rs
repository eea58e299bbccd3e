//! The averaged perceptron (Collins 2002; Freund and Schapire 1999) over sparse features.
//!
//! Invariant: the result depends on the order of the examples alone.

use crate::core::syntax::linear::Linear;
use rustc_hash::FxHashMap;

/// One weight, with what its average needs.
#[derive(Clone, Copy)]
struct Cell {
    class: u16,
    weight: f32,
    total: f32,
    since: u32,
}

/// A classifier in training.
pub struct Perceptron {
    classes: usize,
    index: FxHashMap<u64, u32>,
    features: Vec<u64>,
    rows: Vec<Vec<Cell>>,
    updates: Vec<u32>,
    step: u32,
}

impl Perceptron {
    /// Without any knowledge.
    pub fn new(classes: usize) -> Perceptron {
        Perceptron {
            classes,
            index: FxHashMap::default(),
            features: Vec::new(),
            rows: Vec::new(),
            updates: Vec::new(),
            step: 0,
        }
    }

    /// The score of every class.
    pub fn score(&self, features: &[u64], scores: &mut [f32]) {
        scores.fill(0.0);
        for feature in features {
            if let Some(&row) = self.index.get(feature) {
                for cell in &self.rows[row as usize] {
                    scores[cell.class as usize] += cell.weight;
                }
            }
        }
    }

    /// Goes on to the next example.
    pub fn tick(&mut self) {
        self.step += 1;
    }

    /// Moves the weights of the features from `guess` towards `truth`.
    pub fn update(&mut self, features: &[u64], truth: usize, guess: usize) {
        for &feature in features {
            let row = *self.index.entry(feature).or_insert_with(|| {
                self.features.push(feature);
                self.rows.push(Vec::new());
                self.updates.push(0);
                self.rows.len() as u32 - 1
            }) as usize;
            self.updates[row] += 1;
            change(&mut self.rows[row], truth as u16, 1.0, self.step);
            change(&mut self.rows[row], guess as u16, -1.0, self.step);
        }
    }

    /// The averaged weights as integers; features that were updated fewer than `least` times and weights that round to
    /// less than `small` are left out.
    pub fn finish(&self, least: u32, small: i16) -> Linear {
        let mut rows = Vec::with_capacity(self.rows.len());
        let steps = self.step.max(1) as f32;
        for (row, cells) in self.rows.iter().enumerate() {
            if self.updates[row] < least {
                continue;
            }
            let mut kept: Vec<(u16, i16)> = cells
                .iter()
                .map(|cell| {
                    let total = cell.total + cell.weight * (self.step - cell.since) as f32;
                    (cell.class, (total / steps * 256.0).round().clamp(-16000.0, 16000.0) as i16)
                })
                .filter(|(_, weight)| weight.abs() >= small)
                .collect();
            kept.sort_unstable();
            if !kept.is_empty() {
                rows.push((self.features[row], kept));
            }
        }
        Linear::new(self.classes, &rows)
    }
}

fn change(row: &mut Vec<Cell>, class: u16, by: f32, step: u32) {
    match row.iter_mut().find(|cell| cell.class == class) {
        Some(cell) => {
            cell.total += cell.weight * (step - cell.since) as f32;
            cell.weight += by;
            cell.since = step;
        }
        None => row.push(Cell { class, weight: by, total: 0.0, since: step }),
    }
}
