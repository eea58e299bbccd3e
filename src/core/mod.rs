//! Text in, events out: a chain of pure stages, composed only in [`pipeline`].
//!
//! ```text
//! text → syntax → actors, time, place → events → assemble
//! ```

pub mod actors;
pub mod assemble;
pub mod choice;
pub mod events;
pub mod extraction;
pub mod ontology;
pub mod phrases;
pub mod pipeline;
pub mod place;
pub mod syntax;
pub mod text;
pub mod time;
