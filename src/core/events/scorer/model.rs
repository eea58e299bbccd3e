//! The scorer's weights: two linear classifiers with the temperature that makes their scores probabilities.

use super::features::Features;
use super::table::Table;
use crate::core::ontology::EventType;
use crate::core::syntax::ModelError;
use crate::core::syntax::blob::{Reader, Writer};

/// What a weight of 1 is stored as.
pub const SCALE: f32 = 4096.0;
const NAME: &str = "demarche scorer 3";
const NO_EVENT: u8 = 255;

/// A type, or no event.
pub type Label = Option<EventType>;

/// A linear classifier over hashed features; a softmax of its scaled scores is its belief.
#[derive(Clone, Debug, Default)]
pub struct Classifier {
    /// Weights, times [`SCALE`].
    pub weights: Table,
    /// What its classes mean.
    pub labels: Vec<Label>,
    /// Scores times this go into the softmax; learned on examples that the weights had not seen.
    pub temperature: f32,
    /// Added to the score of "no event", after the temperature.
    pub caution: f32,
}

/// How likely each label is; sums to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Belief(pub Vec<(Label, f32)>);

impl Belief {
    /// The belief in one label, 0..1.
    pub fn of(&self, label: Label) -> f32 {
        self.0.iter().find(|(known, _)| *known == label).map_or(0.0, |&(_, share)| share)
    }

    /// The likeliest label.
    pub fn best(&self) -> (Label, f32) {
        self.0
            .iter()
            .copied()
            .reduce(|best, one| if one.1 > best.1 { one } else { best })
            .unwrap_or((None, 1.0))
    }

    /// The likeliest event type.
    pub fn best_type(&self) -> Option<(EventType, f32)> {
        let types = self.0.iter().filter_map(|&(label, share)| Some((label?, share)));
        types.reduce(|best, one| if one.1 > best.1 { one } else { best })
    }
}

impl Classifier {
    /// The raw score of every class, in units of a weight of 1.
    pub fn scores(&self, features: &Features) -> Vec<f32> {
        let mut sums = vec![0i32; self.labels.len()];
        for &(_, key) in &features.0 {
            self.weights.add(key, &mut sums);
        }
        sums.into_iter().map(|sum| sum as f32 / SCALE).collect()
    }

    /// What the classifier believes.
    pub fn belief(&self, features: &Features) -> Belief {
        self.belief_of(self.scores(features))
    }

    /// What raw scores make it believe.
    pub fn belief_of(&self, scores: Vec<f32>) -> Belief {
        Belief(self.labels.iter().copied().zip(softmax(&self.calibrated(scores))).collect())
    }

    /// Scores as they go into the softmax.
    pub fn calibrated(&self, mut scores: Vec<f32>) -> Vec<f32> {
        for (score, label) in scores.iter_mut().zip(&self.labels) {
            *score *= self.temperature;
            if label.is_none() {
                *score += self.caution;
            }
        }
        scores
    }

    fn write(&self, out: &mut Writer) {
        out.f32(self.temperature);
        out.f32(self.caution);
        out.u8s(
            &self.labels.iter().map(|label| label.map_or(NO_EVENT, |label| label as u8)).collect::<Vec<_>>(),
        );
        self.weights.write(out);
    }

    fn read(input: &mut Reader) -> Result<Classifier, ModelError> {
        let (temperature, caution) = (input.f32()?, input.f32()?);
        let label = |number: u8| match number {
            NO_EVENT => Ok(None),
            number => EventType::ALL
                .get(number as usize)
                .map(|&event_type| Some(event_type))
                .ok_or(ModelError::Content("a label is no event type")),
        };
        let labels = input.u8s()?.into_iter().map(label).collect::<Result<Vec<_>, _>>()?;
        let weights = Table::read(input)?;
        if !temperature.is_finite() || !caution.is_finite() {
            return Err(ModelError::Content("the temperature of the scorer is no number"));
        }
        Ok(Classifier { weights, labels, temperature, caution })
    }
}

/// Scores as shares that sum to 1.
pub fn softmax(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

/// From the belief in what is delivered to how often it is right: a logistic curve (Platt 1999).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sureness {
    /// What the log-odds of the belief are multiplied by.
    pub slope: f32,
    /// What is added to them.
    pub shift: f32,
}

impl Default for Sureness {
    fn default() -> Self {
        Sureness { slope: 1.0, shift: 0.0 }
    }
}

impl Sureness {
    /// The log-odds of a share, bounded.
    pub fn log_odds(share: f32) -> f32 {
        let share = share.clamp(0.001, 0.999);
        (share / (1.0 - share)).ln()
    }

    /// How often that is right, 0..1.
    pub fn of(self, share: f32) -> f32 {
        1.0 / (1.0 + (-(self.slope * Self::log_odds(share) + self.shift)).exp())
    }
}

/// The classifiers and what decides on their beliefs.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// What happens between two given participants; RETREAT stands for both kinds of yielding.
    pub pair: Classifier,
    /// What a candidate event is.
    pub event: Classifier,
    /// Whether a participant is the recipient of an event: the event's type, or no.
    pub recipient: Classifier,
    /// A coded event that is held for none with this much belief is left out, 0..1.
    pub reject: f32,
    /// A deed about which the codebook is silent is proposed from this belief on, 0..1.
    pub propose: f32,
    /// An event without a recipient takes one from this belief on, 0..1.
    pub fill: f32,
    /// How sure to be of what the codebook coded.
    pub coded: Sureness,
    /// How sure to be of what the scorer proposes.
    pub proposed: Sureness,
}

impl Model {
    /// The bytes of models/scorer.bin.
    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.text(NAME);
        self.pair.write(&mut out);
        self.event.write(&mut out);
        self.recipient.write(&mut out);
        out.f32(self.reject);
        out.f32(self.propose);
        out.f32(self.fill);
        for Sureness { slope, shift } in [self.coded, self.proposed] {
            out.f32(slope);
            out.f32(shift);
        }
        out.finish()
    }

    /// Reads what [`Model::write`] wrote.
    ///
    /// # Errors
    /// Bytes that are no scorer, of another version, or damaged.
    pub fn read(file: &[u8]) -> Result<Model, ModelError> {
        let mut input = Reader::new(file)?;
        if input.text()? != NAME {
            return Err(ModelError::Content("it is no scorer; train one with `demarche train scorer`"));
        }
        let mut next = || Classifier::read(&mut input);
        let (pair, event, recipient) = (next()?, next()?, next()?);
        let (reject, propose, fill) = (input.f32()?, input.f32()?, input.f32()?);
        let mut sureness = || Ok::<_, ModelError>(Sureness { slope: input.f32()?, shift: input.f32()? });
        let (coded, proposed) = (sureness()?, sureness()?);
        if ![coded.slope, coded.shift, proposed.slope, proposed.shift].iter().all(|value| value.is_finite()) {
            return Err(ModelError::Content("the sureness of the scorer is no number"));
        }
        let model = Model { pair, event, recipient, reject, propose, fill, coded, proposed };
        let share = 0.0..=1.0;
        if ![reject, propose, fill].iter().all(|threshold| share.contains(threshold)) {
            return Err(ModelError::Content("the thresholds of the scorer are no shares"));
        }
        Ok(model)
    }
}
