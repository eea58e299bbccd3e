//! How good is it? The project's gold corpus and the public sets, scored field by field.
//!
//! ```text
//! corpus  → matching → score ┐
//! plv, conll, time, place …  ┴→ tables → report (terminal, JSON, docs/evaluation.md), compare
//! ```

pub mod actors;
pub mod agreement;
pub mod conll;
pub mod conllu;
pub mod corpus;
pub mod duplicates;
pub mod gold;
pub mod matching;
pub mod news;
pub mod phenomena;
pub mod place;
pub mod plv;
#[cfg(feature = "train")]
pub mod plv_given;
pub mod public;
pub mod report;
pub mod score;
pub mod status;
pub mod syntax;
pub mod tally;
pub mod time;
