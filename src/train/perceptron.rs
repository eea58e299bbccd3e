//! The averaged perceptron (Collins 2002; Freund and Schapire 1999) over sparse features.
//!
//! Invariant: the result depends on the order of the examples alone.

use crate::core::syntax::linear::Rows;
use rustc_hash::FxHashMap;

/// What the average of one weight needs.
#[derive(Clone, Copy)]
struct Past {
    total: f32,
    since: u32,
}

/// The weights of one feature: those that scoring reads, and apart from them what averaging needs.
#[derive(Clone, Default)]
struct Row {
    weights: Vec<(u32, f32)>,
    past: Vec<Past>,
    updates: u32,
}

/// A classifier in training.
#[derive(Default)]
pub struct Perceptron {
    index: FxHashMap<u64, u32>,
    features: Vec<u64>,
    rows: Vec<Row>,
    step: u32,
    found: Vec<u32>,
}

impl Perceptron {
    /// The score of every class.
    pub fn score(&mut self, features: &[u64], scores: &mut [f32]) {
        scores.fill(0.0);
        self.found.clear();
        // First all look-ups, then all sums: the memory works on many at once.
        self.found.extend(features.iter().filter_map(|feature| self.index.get(feature)));
        for &row in &self.found {
            for &(class, weight) in &self.rows[row as usize].weights {
                scores[class as usize] += weight;
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
                self.rows.push(Row::default());
                self.rows.len() as u32 - 1
            }) as usize;
            let row = &mut self.rows[row];
            row.updates += 1;
            row.change(truth as u32, 1.0, self.step);
            row.change(guess as u32, -1.0, self.step);
        }
    }

    /// The averaged weights as integers; features that were updated fewer than `least` times and weights that round to
    /// less than `small` are left out.
    pub fn finish(&self, least: u32, small: i16) -> Rows {
        let mut rows = Vec::with_capacity(self.rows.len());
        let steps = self.step.max(1) as f32;
        for (row, &feature) in self.rows.iter().zip(&self.features) {
            if row.updates < least {
                continue;
            }
            let average = |(&(class, weight), past): (&(u32, f32), &Past)| {
                let total = past.total + weight * (self.step - past.since) as f32;
                (class as u16, (total / steps * 256.0).round().clamp(-16000.0, 16000.0) as i16)
            };
            let mut kept: Vec<(u16, i16)> = row
                .weights
                .iter()
                .zip(&row.past)
                .map(average)
                .filter(|(_, weight)| weight.abs() >= small)
                .collect();
            kept.sort_unstable();
            if !kept.is_empty() {
                rows.push((feature, kept));
            }
        }
        rows
    }
}

impl Row {
    fn change(&mut self, class: u32, by: f32, step: u32) {
        match self.weights.iter().position(|cell| cell.0 == class) {
            Some(at) => {
                let (weight, past) = (&mut self.weights[at].1, &mut self.past[at]);
                past.total += *weight * (step - past.since) as f32;
                *weight += by;
                past.since = step;
            }
            None => {
                self.weights.push((class, by));
                self.past.push(Past { total: 0.0, since: step });
            }
        }
    }
}

/// The mean of several classifiers of one kind: what they agree on stays, what one of them found by chance shrinks. Rows of which
/// no weight reaches `small` are left out, and all smaller weights.
pub fn mean(team: &[Rows], small: i16) -> Rows {
    let mut cells: FxHashMap<u64, Vec<(u16, i32)>> = FxHashMap::default();
    let mut order = Vec::new();
    for (feature, row) in team.iter().flatten() {
        let cell = cells.entry(*feature).or_insert_with(|| {
            order.push(*feature);
            Vec::new()
        });
        for &(class, weight) in row {
            match cell.iter_mut().find(|(other, _)| *other == class) {
                Some((_, sum)) => *sum += i32::from(weight),
                None => cell.push((class, i32::from(weight))),
            }
        }
    }
    let count = team.len().max(1) as i32;
    let kept = |feature: &u64| {
        let mut row: Vec<(u16, i16)> = cells[feature]
            .iter()
            .map(|&(class, sum)| (class, (sum / count) as i16))
            .filter(|(_, weight)| weight.abs() >= small)
            .collect();
        row.sort_unstable();
        (!row.is_empty()).then_some((*feature, row))
    };
    order.iter().filter_map(kept).collect()
}

/// The first of the allowed classes with the highest score; `usize::MAX` where none is allowed.
pub fn best(scores: &[f32], allowed: impl Fn(usize) -> bool) -> usize {
    let mut best = usize::MAX;
    for (i, &score) in scores.iter().enumerate() {
        if (best == usize::MAX || score > scores[best]) && allowed(i) {
            best = i;
        }
    }
    best
}
