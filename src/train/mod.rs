//! Trains the models in models/ from ../shared/data and corpus/train; deterministic from a seed.

pub mod calibration;
mod clusters;
pub mod examples;
mod lemmas;
mod lexicon;
pub mod manifest;
mod parser;
mod perceptron;
pub mod random;
pub mod raw;
pub mod scorer;
pub mod svm;
pub mod syntax;
mod tagger;
