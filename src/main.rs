//! Arguments → command.

fn main() {}
