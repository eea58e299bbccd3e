//! Makes scores into probabilities: a temperature, and a caution for "no event", that fit examples which the weights had not
//! seen (Platt 1999; Guo et al. 2017).

use super::random::Random;
use super::svm::{self, Example, Settings};
use crate::core::events::scorer::{Classifier, Label, softmax};

/// In how many parts the examples are split.
const FOLDS: usize = 5;

/// Trains a classifier on all examples, and its temperature on parts held out in turn.
pub fn train(examples: &[&Example], settings: &Settings) -> Classifier {
    let labels = svm::labels(examples);
    let folds = folds(examples, FOLDS, settings.seed);
    let mut unseen: Vec<(Vec<f32>, usize)> = Vec::with_capacity(examples.len());
    for fold in 0..FOLDS {
        let part = |held: bool| -> Vec<&Example> {
            let here = examples.iter().zip(&folds).filter(|&(_, &at)| (at == fold) == held);
            here.map(|(example, _)| *example).collect()
        };
        let classifier = svm::train(&part(false), &labels, settings);
        for example in part(true) {
            // The marked pairs are all events; how often there is none, only the corpus can tell.
            if example.weight < 1.0 {
                continue;
            }
            let truth = labels.iter().position(|&label| label == example.label).unwrap_or(0);
            unseen.push((classifier.scores(&example.features), truth));
        }
    }
    let mut classifier = svm::train(examples, &labels, settings);
    (classifier.temperature, classifier.caution) = fit(&labels, &unseen);
    classifier
}

/// The part that each example belongs to; a group stays together.
pub fn folds(examples: &[&Example], count: usize, seed: u64) -> Vec<usize> {
    let mut groups: Vec<u32> = examples.iter().map(|example| example.group).collect();
    groups.sort_unstable();
    groups.dedup();
    let mut order: Vec<usize> = (0..groups.len()).collect();
    Random::new(seed).shuffle(&mut order);
    let part = |group: u32| groups.binary_search(&group).map_or(0, |at| order[at] % count);
    examples.iter().map(|example| part(example.group)).collect()
}

/// The temperature and caution under which the truth is likeliest: a search on ever finer grids.
fn fit(labels: &[Label], unseen: &[(Vec<f32>, usize)]) -> (f32, f32) {
    let loss = |temperature: f32, caution: f32| -> f64 {
        let trial = Classifier { labels: labels.to_vec(), temperature, caution, ..Classifier::default() };
        let surprise = |(scores, truth): &(Vec<f32>, usize)| {
            f64::from(
                softmax(&trial.calibrated(scores.clone())).get(*truth).copied().unwrap_or(0.0).max(1e-9),
            )
            .ln()
        };
        -unseen.iter().map(surprise).sum::<f64>()
    };
    let has_none = labels.contains(&None);
    let (mut best, mut width) = ((3.0f32, 0.0f32), (2.4f32, 1.5f32));
    for _ in 0..7 {
        let mut least = f64::INFINITY;
        let middle = best;
        for i in -3..=3 {
            for j in if has_none { -3..=3 } else { 0..=0 } {
                let trial =
                    ((middle.0 + width.0 * i as f32 / 3.0).max(0.05), middle.1 + width.1 * j as f32 / 3.0);
                let value = loss(trial.0, trial.1);
                if value < least {
                    (least, best) = (value, trial);
                }
            }
        }
        width = (width.0 / 2.0, width.1 / 2.0);
    }
    best
}
