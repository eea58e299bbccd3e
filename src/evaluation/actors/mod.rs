//! Who, measured: mentions against the gold participants, names and leaders against public lists.

pub mod participants;
