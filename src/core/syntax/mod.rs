//! From text to trees: sentences of tokens with tags, lemmas and a Universal Dependencies tree.
//!
//! ```text
//! text → tokens → sentences → tags → tree → lemmas, morphology
//! ```

mod analyzer;
pub mod blob;
pub mod clusters;
pub mod inflection;
pub mod lemmas;
pub mod linear;
mod mend;
mod morphology;
pub mod parser;
mod relation;
pub mod tagger;
mod tags;
pub mod transition;
mod tree;
mod voice;
pub mod word;

pub use analyzer::{Analyzer, Model};
pub use blob::ModelError;
pub use relation::Deprel;
pub use tags::{Morph, Upos, Xpos};
pub use tree::{Document, Sentence, SentenceKind, Token, TokenRef};
