//! Trains the tagger, a word at a time, each seen after the tagger's own choices for the words before.

use super::perceptron::{Perceptron, best};
use super::random::Random;
use super::syntax::{Example, Progress, Settings};
use crate::core::syntax::linear::Rows;
use crate::core::syntax::tagger;

/// Trains on the examples numbered in `which`.
pub fn train_tagger(
    examples: &[Example],
    which: &[usize],
    kinds: usize,
    passes: usize,
    settings: &Settings,
    tell: &mut dyn FnMut(Progress),
) -> Rows {
    let mut model = Perceptron::new();
    let mut random = Random::new(settings.seed);
    let mut order = which.to_vec();
    let mut scores = vec![0f32; kinds];
    let mut found = Vec::new();
    let mut classes: Vec<u8> = Vec::new();
    for pass in 1..=passes {
        random.shuffle(&mut order);
        let (mut right, mut total) = (0usize, 0usize);
        for &i in &order {
            let example = &examples[i];
            classes.clear();
            for (at, &truth) in example.gold.iter().enumerate() {
                tagger::features(&example.input.words, &classes, at, &mut found);
                random.drop_some(&mut found, settings.dropout);
                model.score(&found, &mut scores);
                let guess = best(&scores, |_| true);
                model.tick();
                if guess != truth as usize {
                    model.update(&found, truth as usize, guess);
                }
                total += 1;
                right += usize::from(guess == truth as usize);
                classes.push(guess as u8);
            }
        }
        let share = 100.0 * right as f64 / total.max(1) as f64;
        tell(Progress::Line(format!("tagger pass {pass}: {share:.2} % right while learning")));
    }
    model.finish(2, 16)
}
