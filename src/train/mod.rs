//! Trains the models in models/ from ../shared/data and corpus/train; deterministic from a seed.

pub mod calibration;
pub mod choice;
pub mod clusters;
pub mod contexts;
pub mod examples;
pub mod forms;
pub mod land;
pub mod lemmas;
pub mod lexicon;
pub mod manifest;
pub mod parser;
pub mod perceptron;
pub mod place;
pub mod random;
pub mod raw;
pub mod scorer;
pub mod svm;
pub mod syntax;
pub mod tagger;
pub mod time;
