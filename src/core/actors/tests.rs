//! Hand-built sentences, grouped by phenomenon.
