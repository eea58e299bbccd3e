//! Tokens a second of syntax, step by step and in all, on one core.
//!
//! Time is this thread's time on the processor where the system tells it (Linux), else the clock's. The texts are the raw articles of ../shared/data/raw, and where that is absent the articles of corpus/. Each step is run
//! several times over all texts; the fastest run counts, so that other work on the machine disturbs least.

use demarche::core::text::{segment, tokenize};
use demarche::knowledge;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

const RUNS: usize = 5;
/// Enough text for a steady figure.
const MOST_BYTES: usize = 2_000_000;

fn main() {
    let analyzer = knowledge::syntax().expect("the built-in model loads");
    let abbreviations = knowledge::abbreviations().expect("the built-in table loads");
    let texts = texts();
    let bytes: usize = texts.iter().map(String::len).sum();
    let tokens: usize = texts.iter().map(|text| tokenize(text, &abbreviations).len()).sum();
    println!("{} texts, {:.1} MB, {tokens} tokens", texts.len(), bytes as f64 / 1e6);
    let load = fastest(|| drop(black_box(knowledge::syntax())));
    println!("{:<34} {:>9.1} ms", "load the model and tables", load * 1e3);
    let line = |name: &str, seconds: f64| {
        println!(
            "{name:<34} {:>9.0} tokens/s {:>8.2} µs a token",
            tokens as f64 / seconds,
            seconds / tokens as f64 * 1e6
        );
    };
    line("tokens", fastest(|| texts.iter().for_each(|text| drop(black_box(tokenize(text, &abbreviations))))));
    let cut = |text: &String| {
        let found = tokenize(text, &abbreviations);
        drop(black_box(segment(text, &found, &abbreviations)));
    };
    line("tokens, sentences", fastest(|| texts.iter().for_each(cut)));
    line(
        "tokens, sentences, tags",
        fastest(|| texts.iter().for_each(|text| drop(black_box(analyzer.tags(text))))),
    );
    line(
        "all: trees, lemmas, morphology",
        fastest(|| texts.iter().for_each(|text| drop(black_box(analyzer.analyze(text))))),
    );
}

/// How long this thread has run, in seconds.
fn processor_seconds() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(status.split_whitespace().next()?.parse::<u64>().ok()? as f64 / 1e9)
}

/// The shortest of several runs, in seconds.
fn fastest(mut run: impl FnMut()) -> f64 {
    let clock = Instant::now();
    let now = || processor_seconds().unwrap_or_else(|| clock.elapsed().as_secs_f64());
    let time = |_| {
        let start = now();
        run();
        now() - start
    };
    (0..RUNS).map(time).fold(f64::INFINITY, f64::min)
}

fn texts() -> Vec<String> {
    let raw = Path::new("../shared/data/raw/wikinews_2019_2020.jsonl");
    let mut texts = lines(raw);
    for folder in ["corpus/train", "corpus/develop"] {
        if !texts.is_empty() {
            break;
        }
        let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut paths: Vec<_> = files.map(|file| file.path()).collect();
        paths.sort();
        paths.iter().for_each(|path| texts.extend(lines(path)));
    }
    let mut size = 0;
    texts.retain(|text| {
        size += text.len();
        size <= MOST_BYTES
    });
    texts
}

fn lines(path: &Path) -> Vec<String> {
    let content = std::fs::read_to_string(path).unwrap_or_default();
    content
        .lines()
        .filter_map(|line| {
            Some(serde_json::from_str::<serde_json::Value>(line).ok()?["text"].as_str()?.to_owned())
        })
        .collect()
}
