//! Trains learned choices (core::choice): a log-linear model over candidates and "none of them", fitted by batch gradients with signs
//! (Rprop, Riedmiller and Braun 1993), so that the result depends on the examples alone.

use super::random::Random;
use crate::core::choice::shares;
use rustc_hash::FxHashMap;

/// One event and what it may choose from. Choice 0 is none.
pub struct Example {
    /// Examples of one group never stand on both sides of a split.
    pub group: usize,
    /// None, then the candidates.
    pub choices: Vec<Choice>,
    /// What the gold has, as flags of the task.
    pub marks: u8,
}

/// One candidate.
pub struct Choice {
    /// What is seen of it, by number.
    pub features: Vec<u32>,
    /// Whether it is to be chosen; of several any.
    pub right: bool,
    /// What it would get right, as flags of the task.
    pub marks: u8,
}

/// The names of features by number.
#[derive(Default)]
pub struct Names {
    numbers: FxHashMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = self.names.len() as u32;
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }
}

impl Names {
    /// How many features.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The numbers of the features that `describe` tells, each once.
    pub fn numbers(&mut self, describe: impl FnOnce(&mut dyn FnMut(&str))) -> Vec<u32> {
        let mut list = Vec::new();
        describe(&mut |name| list.push(self.number(name)));
        list.sort_unstable();
        list.dedup();
        list
    }
}

/// How the training runs.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// What large weights cost.
    pub penalty: f32,
    /// Features of fewer examples are left out.
    pub least: u32,
    /// Rounds over all examples.
    pub rounds: usize,
}

/// Weights by feature number.
pub fn train(examples: &[&Example], count: usize, settings: &Settings) -> Vec<f32> {
    let mut often = vec![0u32; count];
    for choice in examples.iter().flat_map(|example| &example.choices) {
        choice.features.iter().for_each(|&f| often[f as usize] += 1);
    }
    let mut weights = vec![0f32; count];
    let mut steps = vec![0.05f32; count];
    let mut before = vec![0f32; count];
    let mut gradient = vec![0f32; count];
    for _ in 0..settings.rounds {
        gradient.iter_mut().zip(&weights).for_each(|(g, w)| *g = settings.penalty * w);
        for example in examples {
            let shares = shares_of(example, &weights);
            let right: f32 =
                example.choices.iter().zip(&shares).filter(|(c, _)| c.right).map(|(_, s)| s).sum();
            for (choice, share) in example.choices.iter().zip(&shares) {
                let target = if choice.right { share / right.max(1e-9) } else { 0.0 };
                choice.features.iter().for_each(|&f| gradient[f as usize] += share - target);
            }
        }
        for i in 0..count {
            if often[i] < settings.least {
                continue;
            }
            let turn = gradient[i] * before[i];
            if turn > 0.0 {
                steps[i] = (steps[i] * 1.2).min(0.5);
            } else if turn < 0.0 {
                steps[i] = (steps[i] * 0.5).max(1e-5);
                before[i] = 0.0;
                continue;
            }
            weights[i] -= steps[i] * gradient[i].signum() * f32::from(gradient[i] != 0.0);
            before[i] = gradient[i];
        }
    }
    weights
}

fn shares_of(example: &Example, weights: &[f32]) -> Vec<f32> {
    let score = |choice: &Choice| choice.features.iter().map(|&f| weights[f as usize]).sum::<f32>();
    shares(&example.choices.iter().map(score).collect::<Vec<_>>())
}

/// What is chosen from a threshold on, `None` for none.
pub fn chosen<'e>(example: &'e Example, weights: &[f32], threshold: f32) -> Option<&'e Choice> {
    let shares = shares_of(example, weights);
    let best = (1..shares.len()).reduce(|best, i| if shares[i] > shares[best] { i } else { best })?;
    (1.0 - shares[0] >= threshold).then(|| &example.choices[best])
}

/// The examples in five parts, each with weights that the other four gave.
pub fn crossed<'e>(
    examples: &'e [Example],
    count: usize,
    settings: &Settings,
) -> Vec<(Vec<&'e Example>, Vec<f32>)> {
    let groups = examples.iter().map(|example| example.group).max().map_or(0, |most| most + 1);
    let mut order: Vec<usize> = (0..groups).collect();
    Random::new(1).shuffle(&mut order);
    let part = |fold: usize, held: bool| -> Vec<&Example> {
        examples.iter().filter(|example| (order[example.group] % 5 == fold) == held).collect()
    };
    (0..5).map(|fold| (part(fold, true), train(&part(fold, false), count, settings))).collect()
}

/// The table of the weights that count for something, by name.
pub fn table(names: &Names, weights: &[f32], threshold: f32, small: f32) -> String {
    let mut rows: Vec<(&str, f32)> =
        names.names.iter().map(String::as_str).zip(weights.iter().copied()).collect();
    rows.retain(|(_, weight)| weight.abs() >= small);
    rows.sort_by(|a, b| a.0.cmp(b.0));
    let mut out = format!("feature\tweight\nthreshold\t{threshold}\n");
    for (name, weight) in rows {
        out.push_str(&format!("{name}\t{weight:.2}\n"));
    }
    out
}
