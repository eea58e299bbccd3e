//! models/{place,time,land}.tsv → [`Weights`]: what `demarche train place`, `train time` and `train land` learned about which place and
//! which day is an event's own, and which country a description without one is of.

use super::KnowledgeError;
use crate::core::choice::Weights;

/// Weights of the choice of a place.
///
/// # Errors
/// Names the line that does not read.
pub fn placing() -> Result<Weights, KnowledgeError> {
    read("models/place.tsv", include_str!("../../models/place.tsv"))
}

/// Weights of the choice of a time.
///
/// # Errors
/// Names the line that does not read.
pub fn dating() -> Result<Weights, KnowledgeError> {
    read("models/time.tsv", include_str!("../../models/time.tsv"))
}

/// Weights of the choice of a description's country.
///
/// # Errors
/// Names the line that does not read.
pub fn landing() -> Result<Weights, KnowledgeError> {
    read("models/land.tsv", include_str!("../../models/land.tsv"))
}

fn read(file: &str, table: &str) -> Result<Weights, KnowledgeError> {
    let mut threshold = None;
    let mut features = Vec::with_capacity(4096);
    for (i, line) in table.lines().enumerate().skip(1) {
        let fail = |problem: &str| KnowledgeError::at(file, i + 1, problem);
        let (name, number) =
            line.split_once('\t').ok_or_else(|| fail("a row is a feature and its weight"))?;
        let number: f32 = number.parse().map_err(|_| fail("a weight does not read"))?;
        if name == "threshold" {
            threshold = Some(number).filter(|share| (0.0..=1.0).contains(share));
        } else {
            features.push((name, number));
        }
    }
    let threshold = threshold.ok_or_else(|| KnowledgeError::at(file, 0, "there is no threshold in 0..1"))?;
    Ok(Weights::new(threshold, features))
}
