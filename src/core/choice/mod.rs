//! Learned choices among a few candidates: a log-linear model over features that have names.
//!
//! Which place, and which day, is an event's own, and whose are "the soldiers"? Every candidate and "the text does not say" are described
//! in plain words; each description has a learned weight (models/{place,time,land}.tsv), and the greatest sum wins. A person can read it.

pub mod tree;

use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// Tells the features of one candidate, by its index, or of none of them.
pub type Describe<'d> = dyn Fn(Option<usize>, &mut dyn FnMut(&str)) + 'd;

/// Weights by feature, and how sure a choice must be.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    by_feature: FxHashMap<u64, f32>,
    /// The least belief that the text gives an answer at all, for an answer to be given, 0..1.
    pub threshold: f32,
}

impl Weights {
    /// Weights of named features.
    pub fn new<'n>(threshold: f32, features: impl IntoIterator<Item = (&'n str, f32)>) -> Weights {
        let by_feature = features.into_iter().map(|(name, weight)| (key(name), weight)).collect();
        Weights { by_feature, threshold }
    }

    /// The weight of a feature; 0 for one that was never learned.
    pub fn of(&self, feature: &str) -> f32 {
        self.by_feature.get(&key(feature)).copied().unwrap_or(0.0)
    }

    /// The best of `count` candidates and its share of belief, or `None` where "none of them" is believed too much. `describe` is
    /// asked for the features of each, and of `None`.
    pub fn choose(&self, count: usize, describe: &Describe) -> Option<(usize, f32)> {
        if count == 0 {
            return None;
        }
        let score = |which| {
            let mut sum = 0.0;
            describe(which, &mut |feature| sum += self.of(feature));
            sum
        };
        let mut scores: Vec<f32> = vec![score(None)];
        scores.extend((0..count).map(|i| score(Some(i))));
        let shares = shares(&scores);
        let best = (1..shares.len()).reduce(|best, i| if shares[i] > shares[best] { i } else { best })?;
        (1.0 - shares[0] >= self.threshold).then_some((best - 1, shares[best]))
    }
}

/// Scores as shares that sum to 1.
pub fn shares(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

fn key(feature: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(feature.as_bytes());
    hasher.finish()
}

/// Takes features, written one by one into a buffer that is used again.
pub struct Sink<'f> {
    /// The words of the feature at hand.
    pub buffer: String,
    /// Who wants them.
    pub take: &'f mut dyn FnMut(&str),
}

impl<'f> Sink<'f> {
    /// One that hands on to `take`.
    pub fn new(take: &'f mut dyn FnMut(&str)) -> Sink<'f> {
        Sink { buffer: String::with_capacity(64), take }
    }
}

/// Hands one feature to a [`Sink`], written as by `format!`.
macro_rules! say {
    ($sink:expr, $($part:tt)+) => {{
        use std::fmt::Write as _;
        $sink.buffer.clear();
        let _ = write!($sink.buffer, $($part)+);
        ($sink.take)(&$sink.buffer);
    }};
}
pub(crate) use say;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heavier_candidate_wins_and_doubt_gives_none() {
        let weights = Weights::new(0.5, [("none", 0.0), ("in", 2.0), ("from", -3.0)]);
        let describe = |words: &'static [&'static str]| {
            move |which: Option<usize>, take: &mut dyn FnMut(&str)| match which {
                None => take("none"),
                Some(i) => take(words[i]),
            }
        };
        assert_eq!(weights.choose(2, &describe(&["from", "in"])).map(|c| c.0), Some(1));
        assert_eq!(weights.choose(1, &describe(&["from"])), None);
        assert_eq!(weights.choose(0, &describe(&[])), None);
    }
}
