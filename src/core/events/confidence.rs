//! How sure we are of an event: a logistic function of what was seen, fitted on corpus train.

use super::coding::CodedEvent;
use crate::core::ontology::{EventType, Status};

/// What the fit looks at; `demarche codebook gold --features` writes these for refitting.
pub fn features(event: &CodedEvent, veto: f32) -> [f32; 8] {
    let composed = event.reason.contains('∘') || event.reason.contains('→');
    [
        1.0,
        event.score.min(12.0),
        f32::from(!event.recipients.is_empty()),
        f32::from(event.known_actors),
        f32::from(event.noun),
        f32::from(composed),
        veto.min(2.0),
        f32::from(
            matches!(event.event_type, EventType::Request | EventType::Reject | EventType::Agree)
                || event.status != Status::Occurred,
        ),
    ]
}

/// Weights of [`features`], in their order.
const WEIGHTS: [f32; 8] = [0.2, 0.12, 0.3, 0.5, -0.4, -0.3, -0.8, -0.3];

/// 0..1: of events at 0.8, about 80 % have a gold event of that type.
pub fn confidence(event: &CodedEvent, veto: f32) -> f32 {
    let sum: f32 = features(event, veto).iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    1.0 / (1.0 + (-sum).exp())
}
