//! The scorer of events: the trained model, inside the binary.

use super::KnowledgeError;
use crate::core::events::scorer::Model;

/// The trained model.
static MODEL: &[u8] = include_bytes!("../../models/scorer.bin");

/// The scorer's weights.
///
/// # Errors
/// Where the model is damaged: a defect of the build.
pub fn scorer() -> Result<Model, KnowledgeError> {
    Model::read(MODEL).map_err(|error| KnowledgeError::at("models/scorer.bin", 0, error.to_string()))
}
