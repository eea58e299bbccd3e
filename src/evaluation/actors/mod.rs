//! Who, measured: mentions against the gold participants, names and leaders against public lists.

pub mod leaders;
pub mod links;
pub mod names;
pub mod participants;
pub mod wikigold;
