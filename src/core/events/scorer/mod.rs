//! A learned second opinion: how sure a coded event is, and what a deed may be where the codebook is silent.
//!
//! ```text
//! sentence, codebook → Digest → Features (of a pair of participants, of a candidate event) → Classifier → Belief
//! ```
//!
//! Trained by `demarche train scorer`; it never changes what the codebook coded: it weighs it, and says so in the trace.

pub mod candidates;
pub mod digest;
pub mod features;
mod judge;
pub mod lexicon;
mod model;
pub mod recipient;
mod table;

pub use judge::{Case, Judged, Scorer, cases, lacks_recipient};
pub use model::{Belief, Classifier, Label, Model, SCALE, Sureness, softmax};
pub use table::{Rows, Table};
