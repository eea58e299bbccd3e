//! A learned second opinion: how sure a coded event is, and what a deed may be where the codebook is silent.

pub mod candidates;
pub mod digest;
pub mod features;
pub mod lexicon;
