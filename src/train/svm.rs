//! Linear support vector machines with squared hinge loss, one class against the rest, by dual coordinate descent
//! (Hsieh et al. 2008).
//!
//! Invariant: the result depends on the examples, their order and the seed alone.

use super::random::Random;
use crate::core::events::scorer::features::Features;
use crate::core::events::scorer::{Classifier, Label, Rows, SCALE, Table};
use rustc_hash::FxHashMap;

/// How the training runs.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// What an error costs against large weights.
    pub cost: f32,
    /// Features of fewer examples are left out.
    pub least: u32,
    /// Smaller weights are left out of the finished model.
    pub small: f32,
    /// Where the random numbers start.
    pub seed: u64,
}

const PASSES: usize = 60;
const TOLERANCE: f32 = 0.02;

/// Something to learn from.
#[derive(Clone, Debug)]
pub struct Example {
    /// Examples of one group (a sentence) never stand on both sides of a split.
    pub group: u32,
    /// What it is.
    pub label: Label,
    /// What is seen of it.
    pub features: Features,
    /// What an error on it costs, against 1 for an example of the corpus.
    pub weight: f32,
    /// What the codebook made of it.
    pub read: Label,
}

/// Examples as rows of a sparse matrix.
struct Matrix {
    start: Vec<usize>,
    cells: Vec<(u32, f32)>,
    columns: Vec<(u64, f32)>,
}

impl Matrix {
    fn of(examples: &[&Example], least: u32) -> Matrix {
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        for &(_, key) in examples.iter().flat_map(|example| &example.features.0) {
            *counts.entry(key).or_default() += 1;
        }
        let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
        let mut matrix = Matrix { start: vec![0], cells: Vec::new(), columns: Vec::new() };
        for example in examples {
            for &(template, key) in &example.features.0 {
                if counts[&key] < least {
                    continue;
                }
                let columns = &mut matrix.columns;
                let column = *numbers.entry(key).or_insert_with(|| {
                    columns.push((key, template.value()));
                    columns.len() as u32 - 1
                });
                matrix.cells.push((column, template.value()));
            }
            matrix.start.push(matrix.cells.len());
        }
        matrix
    }

    fn row(&self, i: usize) -> &[(u32, f32)] {
        &self.cells[self.start[i]..self.start[i + 1]]
    }
}

/// The labels of examples, each once, in order.
pub fn labels(examples: &[&Example]) -> Vec<Label> {
    let mut labels: Vec<Label> = examples.iter().map(|example| example.label).collect();
    labels.sort_unstable();
    labels.dedup();
    labels
}

/// Trains a classifier; its temperature is 1 until [`super::calibration`] sets it.
pub fn train(examples: &[&Example], labels: &[Label], settings: &Settings) -> Classifier {
    let matrix = Matrix::of(examples, settings.least);
    let norms: Vec<f32> =
        (0..examples.len()).map(|i| matrix.row(i).iter().map(|(_, value)| value * value).sum()).collect();
    let diagonals: Vec<f32> =
        examples.iter().map(|example| 0.5 / (settings.cost * example.weight.max(0.01))).collect();
    let mut rows: Vec<Vec<(u8, i16)>> = vec![Vec::new(); matrix.columns.len()];
    for (class, &label) in labels.iter().enumerate() {
        let weights = one_class(&matrix, &norms, &diagonals, &|i| examples[i].label == label, settings.seed);
        for ((row, weight), (_, value)) in rows.iter_mut().zip(weights).zip(&matrix.columns) {
            if weight.abs() >= settings.small {
                let stored = (weight * value * SCALE).round().clamp(-16000.0, 16000.0) as i16;
                if stored != 0 {
                    row.push((class as u8, stored));
                }
            }
        }
    }
    let rows: Rows =
        matrix.columns.iter().map(|&(key, _)| key).zip(rows).filter(|(_, row)| !row.is_empty()).collect();
    Classifier { weights: Table::new(&rows), labels: labels.to_vec(), temperature: 1.0, caution: 0.0 }
}

fn one_class(
    matrix: &Matrix,
    norms: &[f32],
    diagonals: &[f32],
    is: &dyn Fn(usize) -> bool,
    seed: u64,
) -> Vec<f32> {
    let mut weights = vec![0f32; matrix.columns.len()];
    let mut alphas = vec![0f32; norms.len()];
    let signs: Vec<f32> = (0..norms.len()).map(|i| if is(i) { 1.0 } else { -1.0 }).collect();
    let mut order: Vec<usize> = (0..norms.len()).collect();
    let mut random = Random::new(seed);
    for _ in 0..PASSES {
        random.shuffle(&mut order);
        let (mut most, mut least) = (f32::NEG_INFINITY, f32::INFINITY);
        for &i in &order {
            let row = matrix.row(i);
            let sum: f32 = row.iter().map(|&(column, value)| weights[column as usize] * value).sum();
            let gradient = signs[i] * sum - 1.0 + diagonals[i] * alphas[i];
            let projected = if alphas[i] > 0.0 || gradient < 0.0 { gradient } else { 0.0 };
            most = most.max(projected);
            least = least.min(projected);
            if projected.abs() > 1e-9 {
                let old = alphas[i];
                alphas[i] = (old - gradient / (norms[i] + diagonals[i])).max(0.0);
                let step = (alphas[i] - old) * signs[i];
                for &(column, value) in row {
                    weights[column as usize] += step * value;
                }
            }
        }
        if most - least < TOLERANCE {
            break;
        }
    }
    weights
}
