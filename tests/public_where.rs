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

#[test]
#[ignore = "prints the tree, dates and places of the sentence in the variable TEXT"]
fn tree() {
    let text = std::env::var("TEXT").expect("TEXT");
    let on = std::env::var("ON").ok().and_then(|on| on.parse().ok());
    let pipeline = demarche::knowledge::load().expect("reads");
    let tables = pipeline.tables();
    let document = tables.syntax.analyze(&text);
    for (s, sentence) in document.sentences.iter().enumerate() {
        for (i, t) in sentence.tokens.iter().enumerate() {
            let head = t.head.map_or("-".to_owned(), |h| h.to_string());
            println!(
                "{s}.{i}\t{}\t{}\t{}\t{}\t{head}\t{}",
                t.span.of(&text),
                t.lemma,
                t.upos.name(),
                t.xpos.name(),
                t.deprel.name()
            );
        }
    }
    let mentions = tables.actors.find(&text, &document, on);
    for mention in &mentions.list {
        println!("{} = {:?}", mention.span.of(&text), mention.identity);
    }
    let times = tables.calendar.find(&text, &document, on);
    for time in &times {
        println!("{} = {:?}", time.span.of(&text), time.value);
    }
    for place in tables.gazetteer.find(&text, &document, &mentions) {
        println!("{} = {:?} {:?} {}", place.span.of(&text), place.entry, place.role, place.reason);
    }
}
