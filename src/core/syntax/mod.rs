//! From text to trees: sentences of tokens with tags, lemmas and a Universal Dependencies tree.

mod relation;
mod tags;
mod tree;

pub use relation::Deprel;
pub use tags::{Morph, Upos, Xpos};
pub use tree::{Document, Sentence, SentenceKind, Token, TokenRef};
