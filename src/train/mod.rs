//! Trains the models in models/ from ../shared/data; deterministic from a seed.

mod clusters;
mod lemmas;
mod lexicon;
pub mod manifest;
mod parser;
mod perceptron;
mod random;
pub mod raw;
pub mod syntax;
mod tagger;
