//! One table by itself, as a stranger may write it: read and judged, whatever stands in it.

use super::{KnowledgeError, actors, codebook};
use crate::core::events::Codebook;

/// Reads the text as the table of that path, `data/events/…` or `data/actors/…`, and forgets it. The codes of countries are
/// known; nothing else is.
///
/// # Errors
/// Names the line that does not read.
pub fn check_table(path: &str, text: &str) -> Result<(), KnowledgeError> {
    if path.starts_with("data/events/") {
        codebook::add(&mut Codebook::default(), path, text)
    } else {
        actors::check_alone(path, text)
    }
}
