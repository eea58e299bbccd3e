//! Trains the scorer: the pair classifier on plv_train, the event classifier on the corpus.

use super::svm::{Example, Settings};
use super::{calibration, examples};
use crate::core::events::scorer::{Classifier, Model, Sureness};
use crate::core::pipeline::Pipeline;
use crate::evaluation::corpus::Item;
use crate::evaluation::plv::Pair;

/// Where the random numbers start.
pub const SEED: u64 = 1;

/// How the pair classifier is trained.
pub fn pair_settings() -> Settings {
    Settings { cost: 0.1, least: 2, small: 0.005, seed: SEED }
}

/// How the event classifier is trained.
pub fn event_settings() -> Settings {
    Settings { cost: 0.03, least: 2, small: 0.004, seed: SEED }
}

/// How the recipient classifier is trained.
pub fn recipient_settings() -> Settings {
    Settings { cost: 0.03, least: 2, small: 0.004, seed: SEED }
}

fn joined<'e>(
    corpus: &'e [Example],
    pairs: &'e [Vec<Example>],
    use_pair: &dyn Fn(usize) -> bool,
) -> Vec<&'e Example> {
    let pairs = pairs.iter().enumerate().filter(|(number, _)| use_pair(*number));
    corpus.iter().chain(pairs.flat_map(|(_, examples)| examples)).collect()
}

/// All that the scorer learns from.
pub struct Material {
    /// The marked pairs.
    pub pairs: Vec<Example>,
    /// The cases between the participants of each pair.
    pub pair_cases: Vec<Vec<Example>>,
    /// The cases of the corpus.
    pub corpus: Vec<Example>,
    /// Choices of recipients in each pair's sentence.
    pub pair_recipients: Vec<Vec<Example>>,
    /// Choices of recipients in the corpus.
    pub recipients: Vec<Example>,
}

impl Material {
    /// Gathers it.
    pub fn new(pipeline: &Pipeline, items: &[Item], pairs: &[Pair]) -> Material {
        let numbered = || pairs.iter().enumerate().map(|(number, pair)| (number as u32, pair));
        Material {
            pairs: numbered().map(|(number, pair)| examples::of_pair(pipeline, number, pair)).collect(),
            pair_cases: numbered()
                .map(|(number, pair)| examples::of_pair_cases(pipeline, number, pair))
                .collect(),
            corpus: examples::of_corpus(pipeline, items),
            pair_recipients: numbered()
                .map(|(number, pair)| examples::recipients_of_pair(pipeline, number, pair))
                .collect(),
            recipients: examples::recipients_of_corpus(pipeline, items),
        }
    }

    /// The event classifier, from the corpus and those pairs that `use_pair` admits by their numbers.
    pub fn event_classifier(&self, use_pair: &dyn Fn(usize) -> bool) -> Classifier {
        calibration::train(&joined(&self.corpus, &self.pair_cases, use_pair), &event_settings())
    }

    /// The same from all pairs, and how sure to be of coded and of proposed events.
    pub fn event_classifier_delivered(&self, reject: f32, propose: f32) -> (Classifier, [Sureness; 2]) {
        let examples = joined(&self.corpus, &self.pair_cases, &|_| true);
        calibration::train_delivered(&examples, &event_settings(), reject, propose)
    }

    /// The recipient classifier, likewise.
    pub fn recipient_classifier(&self, use_pair: &dyn Fn(usize) -> bool) -> Classifier {
        let examples = joined(&self.recipients, &self.pair_recipients, use_pair);
        calibration::train(&examples, &recipient_settings())
    }
}

/// Trains both classifiers; the thresholds are those of `thresholds`.
pub fn train(
    pipeline: &Pipeline,
    items: &[Item],
    pairs: &[Pair],
    thresholds: Model,
    say: &dyn Fn(&str),
) -> Model {
    let material = Material::new(pipeline, items, pairs);
    let between: usize = material.pair_cases.iter().map(Vec::len).sum();
    say(&format!(
        "{} marked pairs with {between} cases, {} cases of the corpus",
        material.pairs.len(),
        material.corpus.len()
    ));
    let pair = calibration::train(&material.pairs.iter().collect::<Vec<_>>(), &pair_settings());
    say(&format!("pairs: temperature {:.2}", pair.temperature));
    let (event, [coded, proposed]) =
        material.event_classifier_delivered(thresholds.reject, thresholds.propose);
    say(&format!("events: temperature {:.2}, caution {:.2}", event.temperature, event.caution));
    let recipient = material.recipient_classifier(&|_| true);
    say(&format!(
        "{} choices of recipients: temperature {:.2}, caution {:.2}",
        material.recipients.len(),
        recipient.temperature,
        recipient.caution
    ));
    say(&format!("sureness of coded events {coded:?}, of proposed ones {proposed:?}"));
    Model { pair, event, recipient, coded, proposed, ..thresholds }
}
