//! See fuzz/checks/extract.rs.
#![no_main]

#[path = "../checks/extract.rs"]
mod extract;

use demarche::core::pipeline::Pipeline;
use std::sync::OnceLock;

static PIPELINE: OnceLock<Pipeline> = OnceLock::new();

libfuzzer_sys::fuzz_target!(|text: &str| {
    extract::check(PIPELINE.get_or_init(|| demarche::knowledge::load().expect("the knowledge loads")), text);
});
