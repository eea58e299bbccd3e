//! What: triggers, the frames they open in the tree, and the events these code to.
//!
//! ```text
//! tree → matching (frames of the codebook) → coding (inner deeds first) → status, attribution → CodedEvent
//! ```

pub mod attribution;
pub mod casualties;
pub mod clause;
pub mod codebook;
pub mod coding;
pub mod contexts;
pub mod deeds;
pub mod matching;
pub mod meetings;
pub mod notation;
pub mod parties;
pub mod present;
pub mod scorer;
pub mod speech;
pub mod statements;
pub mod status;
pub mod vetoes;
pub mod weapons;

pub use codebook::Codebook;
pub use coding::{CodedEvent, code_sentence};
pub use statements::statements;
pub use status::{is_history, with_date};
