//! Lists what goes wrong on the public date and place sets. Not a check: run it by hand with
//! `cargo test --test public_where -- --ignored --nocapture`.
#![cfg(feature = "cli")]

use demarche::evaluation::time;
use std::path::Path;

#[test]
#[ignore = "needs ../shared/data; prints"]
fn dates_that_go_wrong() {
    let calendar = demarche::knowledge::calendar().expect("reads");
    let cases = time::load(Path::new("../shared/data/time/recognizers_text")).expect("reads");
    let mut exact = 0;
    for case in &cases {
        match time::judge(&calendar, case) {
            time::Outcome::Exact => exact += 1,
            other => println!(
                "{:60} {:30} {} {:?} {other:?}",
                case.line.chars().take(60).collect::<String>(),
                case.words,
                case.on,
                case.meanings
            ),
        }
    }
    println!("{exact} of {}", cases.len());
}
