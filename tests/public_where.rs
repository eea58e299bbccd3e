//! Lists what goes wrong on the public date and place sets. Not a check: run it by hand with
//! `cargo test --test public_where -- --ignored --nocapture`.
#![cfg(feature = "cli")]

use demarche::evaluation::{place, time};
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

#[test]
#[ignore = "needs ../shared/data; prints"]
fn places_that_go_wrong() {
    let pipeline = demarche::knowledge::load().expect("reads");
    for item in place::load_geovirus(Path::new("../shared/data/place/geovirus.xml")).expect("reads") {
        let given = place::found(&pipeline, &item.text);
        for wanted in &item.places {
            match given.iter().find(|m| m.span.overlaps(wanted.span)) {
                None => println!("MISSED {}", wanted.span.of(&item.text)),
                Some(m) => match &m.entry {
                    None => println!("UNSETTLED {} {}", wanted.span.of(&item.text), m.reason),
                    Some(e) => {
                        let far =
                            e.coordinates.map(|at| demarche::evaluation::score::kilometres(at, wanted.at));
                        if far.is_none_or(|far| far > 161.0) {
                            println!(
                                "FAR {} {:?} {:?} {far:?}",
                                wanted.span.of(&item.text),
                                e.name,
                                e.country
                            );
                        }
                    }
                },
            }
        }
        for m in
            given.iter().filter(|m| m.entry.is_some() && !item.places.iter().any(|w| w.span.overlaps(m.span)))
        {
            let begin = item.text.floor_char_boundary((m.span.begin as usize).saturating_sub(30));
            let end = item.text.ceil_char_boundary((m.span.end as usize + 20).min(item.text.len()));
            println!("EXTRA {} :: {} ({})", m.span.of(&item.text), &item.text[begin..end], m.reason);
        }
    }
}

#[test]
#[ignore = "needs ../shared/data; prints"]
fn links_that_go_wrong() {
    let pipeline = demarche::knowledge::load().expect("reads");
    for linked in place::load_links(Path::new("../shared/data")).expect("reads") {
        let given = place::found(&pipeline, &linked.text);
        if place::judge_link(&given, &linked) != Some(true) {
            let mention = given.iter().find(|m| m.span.overlaps(linked.span));
            println!(
                "{} {} -> {:?} :: {}",
                linked.span.of(&linked.text),
                linked.country,
                mention.map(|m| &m.entry),
                linked.text.chars().take(120).collect::<String>()
            );
        }
    }
}

#[test]
#[ignore = "needs ../shared/data; prints how long the stages take on news articles"]
fn speed() {
    use std::time::{Duration, Instant};
    let pipeline = demarche::knowledge::load().expect("reads");
    let tables = pipeline.tables();
    println!("gazetteer: {} places, {} bytes", tables.gazetteer.len(), tables.gazetteer.bytes());
    let started = Instant::now();
    demarche::knowledge::gazetteer().expect("reads");
    println!("gazetteer loads in {:?}", started.elapsed());
    let body = std::fs::read_to_string("../shared/data/raw/wikinews_2019_2020.jsonl").expect("reads");
    let (mut all, mut times, mut places) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let mut words = 0;
    for line in body.lines() {
        let item: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let text = item["text"].as_str().unwrap_or_default().to_owned();
        let published = item["date"].as_str().and_then(|date| date.parse().ok());
        let article = demarche::core::text::Article { text, published, ..Default::default() };
        let started = Instant::now();
        let read = pipeline.extract(&article, &Default::default());
        all += started.elapsed();
        words += read.token_count;
        let document = tables.syntax.analyze(&article.text);
        let mentions = tables.actors.find(&article.text, &document, published);
        let started = Instant::now();
        std::hint::black_box(tables.calendar.find(&article.text, &document, published));
        times += started.elapsed();
        let started = Instant::now();
        std::hint::black_box(tables.gazetteer.find(&article.text, &document, &mentions));
        places += started.elapsed();
    }
    println!("{words} words: pipeline {all:?}, times {times:?}, places {places:?}");
}
