//! Makes scores into probabilities: a temperature, and a caution for "no event", that fit examples which the weights had not
//! seen (Platt 1999; Guo et al. 2017).

use super::random::Random;
use super::svm::{self, Example, Settings};
use crate::core::events::scorer::{Classifier, Label, Sureness, softmax};

/// In how many parts the examples are split.
const FOLDS: usize = 5;

/// An example that the weights had not seen: its scores, the number of its true label, what the codebook made of it.
type Unseen = (Vec<f32>, usize, Label);

/// Trains a classifier on all examples, and its temperature on parts held out in turn.
pub fn train(examples: &[&Example], settings: &Settings) -> Classifier {
    train_with(examples, settings).0
}

/// The same, and how sure to be of what is delivered under two thresholds: of coded events, of proposed ones.
pub fn train_delivered(
    examples: &[&Example],
    settings: &Settings,
    reject: f32,
    propose: f32,
) -> (Classifier, [Sureness; 2]) {
    let (classifier, unseen) = train_with(examples, settings);
    let mut delivered: [Vec<(f32, bool)>; 2] = Default::default();
    for (scores, truth, read) in &unseen {
        let belief = classifier.belief_of(scores.clone());
        let truth = classifier.labels.get(*truth).copied().flatten();
        match *read {
            Some(own) if belief.of(None) < reject => {
                delivered[0].push((belief.of(Some(own)), truth == Some(own)));
            }
            Some(_) => {}
            None => {
                let best = belief.best_type().filter(|best| best.1 >= propose);
                delivered[1].extend(best.map(|(event_type, share)| (share, truth == Some(event_type))));
            }
        }
    }
    (classifier, delivered.map(|cases| fit_sureness(&cases)))
}

/// The logistic curve over the belief's own log-odds that fits what came true, by Newton's method.
fn fit_sureness(cases: &[(f32, bool)]) -> Sureness {
    let (mut a, mut b) = (1.0f64, 0.0f64);
    for _ in 0..30 {
        // A weak pull towards the belief itself keeps few cases from running away.
        let (mut ga, mut gb, mut aa, mut ab, mut bb) = (a - 1.0, b, 1.0, 0.0, 1.0);
        for &(share, right) in cases {
            let x = f64::from(Sureness::log_odds(share));
            let p = 1.0 / (1.0 + (-(a * x + b)).exp());
            let error = p - f64::from(u8::from(right));
            let weight = p * (1.0 - p);
            ga += error * x;
            gb += error;
            aa += weight * x * x;
            ab += weight * x;
            bb += weight;
        }
        let determinant = aa * bb - ab * ab;
        if determinant.abs() < 1e-9 {
            break;
        }
        a -= (bb * ga - ab * gb) / determinant;
        b -= (aa * gb - ab * ga) / determinant;
    }
    Sureness { slope: a.clamp(0.1, 5.0) as f32, shift: b.clamp(-5.0, 5.0) as f32 }
}

fn train_with(examples: &[&Example], settings: &Settings) -> (Classifier, Vec<Unseen>) {
    let labels = svm::labels(examples);
    let folds = folds(examples, FOLDS, settings.seed);
    let mut unseen: Vec<Unseen> = Vec::with_capacity(examples.len());
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
            unseen.push((classifier.scores(&example.features), truth, example.read));
        }
    }
    let mut classifier = svm::train(examples, &labels, settings);
    (classifier.temperature, classifier.caution) = fit(&labels, &unseen);
    (classifier, unseen)
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
fn fit(labels: &[Label], unseen: &[Unseen]) -> (f32, f32) {
    let loss = |temperature: f32, caution: f32| -> f64 {
        let trial = Classifier { labels: labels.to_vec(), temperature, caution, ..Classifier::default() };
        let surprise = |(scores, truth, _): &Unseen| {
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
