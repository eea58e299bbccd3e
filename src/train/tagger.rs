//! Trains the tagger, a word at a time, each seen after the tagger's own choices for the words before.

use super::perceptron::{Perceptron, best};
use super::random::Random;
use super::syntax::{Example, Progress, Settings};
use crate::core::syntax::linear::Rows;
use crate::core::syntax::tagger;
use crate::core::syntax::word::Word;
use rustc_hash::FxHashMap;

/// Words that occur at most so often are now and then taken for unknown ones.
const RARE: u32 = 5;

/// How often each word in small letters occurs.
pub fn count_words(examples: &[Example], which: &[usize]) -> FxHashMap<u64, u32> {
    let mut counts = FxHashMap::default();
    for word in which.iter().flat_map(|&i| &examples[i].input.words) {
        *counts.entry(word.lower).or_default() += 1;
    }
    counts
}

/// The words of a sentence, some of the rare ones without their form: so that endings, company and possible tags learn to
/// carry words that the treebanks lack.
pub fn forget(
    words: &[Word],
    counts: &FxHashMap<u64, u32>,
    share: f32,
    random: &mut Random,
    out: &mut Vec<Word>,
) {
    out.clear();
    out.extend_from_slice(words);
    for word in out {
        if counts.get(&word.lower).is_some_and(|&n| n <= RARE) && random.unit() < share {
            (word.form, word.lower) = (random.bits(), random.bits());
        }
    }
}

/// Trains on the examples numbered in `which`.
pub fn train_tagger(
    examples: &[Example],
    which: &[usize],
    kinds: usize,
    passes: usize,
    settings: &Settings,
    seed: u64,
    tell: &mut dyn FnMut(Progress),
) -> Rows {
    let mut model = Perceptron::default();
    let mut random = Random::new(seed);
    let mut order = which.to_vec();
    let mut scores = vec![0f32; kinds];
    let mut found = Vec::new();
    let mut classes: Vec<u8> = Vec::new();
    let counts = count_words(examples, which);
    let mut words = Vec::new();
    for pass in 1..=passes {
        random.shuffle(&mut order);
        let (mut right, mut total) = (0usize, 0usize);
        for &i in &order {
            let example = &examples[i];
            classes.clear();
            forget(&example.input.words, &counts, settings.forget, &mut random, &mut words);
            for (at, &truth) in example.gold.iter().enumerate() {
                tagger::features(&words, &classes, at, &mut found);
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
    model.finish(2, 1)
}
