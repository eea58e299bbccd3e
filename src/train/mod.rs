//! Trains the models in models/ from ../shared/data; deterministic from a seed.

mod lemmas;
mod perceptron;
mod random;
pub mod syntax;
