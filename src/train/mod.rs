//! Trains the models in models/ from ../shared/data and corpus/train; deterministic from a seed.

pub mod calibration;
pub mod choice;
mod clusters;
pub mod examples;
mod lemmas;
mod lexicon;
pub mod manifest;
mod parser;
mod perceptron;
pub mod place;
pub mod random;
pub mod raw;
pub mod scorer;
pub mod svm;
pub mod syntax;
mod tagger;
pub mod time;
