//! The fuzzers' seeds as plain tests: what once crashed, and what shapes they start from, must pass for ever, and so must what
//! a few thousand small changes make of them. The fuzzers themselves go on from here (fuzz/Cargo.toml).

#[path = "../fuzz/checks/extract.rs"]
mod extract;
#[path = "../fuzz/checks/model.rs"]
mod model;
#[cfg(feature = "server")]
#[path = "../fuzz/checks/request.rs"]
mod request;
#[path = "../fuzz/checks/tables.rs"]
mod tables;

use demarche::core::events::scorer;
use demarche::core::syntax::blob::Writer;
use demarche::core::syntax::{Deprel, Upos, Xpos};
use std::path::{Path, PathBuf};

fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target)
}

/// The seeds of a target, in the order of their names.
fn seeds(target: &str, least: usize) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder(target)).expect("seeds");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    assert!(paths.len() >= least, "{} seeds of {target}", paths.len());
    paths.iter().map(|path| std::fs::read(path).expect("readable")).collect()
}

/// Small changes, the same in every run: bytes set, cut out, doubled, and numbers at their ends.
struct Changes(u64);

impl Changes {
    fn below(&mut self, bound: usize) -> usize {
        // xorshift64*: no more is needed of chance here.
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound.max(1)
    }

    fn change(&mut self, seed: &[u8]) -> Vec<u8> {
        let mut bytes = seed.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            let end = (at + 1 + self.below(16)).min(bytes.len());
            match self.below(5) {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..end)),
                2 => bytes.splice(at..at, seed.iter().copied().skip(at / 2).take(16)).for_each(drop),
                3 => bytes.get_mut(at..end).into_iter().flatten().for_each(|byte| *byte = 0xFF),
                _ => {
                    let value = self.below(256) as u8;
                    bytes.get_mut(at).into_iter().for_each(|byte| *byte = value);
                }
            }
        }
        bytes
    }
}

/// Every seed, and so many changed ones of each.
fn run(target: &str, least: usize, changed: usize, check: impl Fn(&[u8])) {
    let mut changes = Changes(0x5EED);
    for seed in seeds(target, least) {
        check(&seed);
        for _ in 0..changed {
            check(&changes.change(&seed));
        }
    }
}

#[test]
fn every_seed_of_extract_passes() {
    let pipeline = demarche::knowledge::load().expect("the knowledge loads");
    for seed in seeds("extract", 9) {
        let text = String::from_utf8_lossy(&seed).into_owned();
        // Whole, and cut after each character: the half sentence is where indices go wrong.
        for (end, _) in text.char_indices().chain([(text.len(), ' ')]) {
            extract::check(&pipeline, &text[..end]);
        }
    }
    run("extract", 9, 50, |bytes| extract::check(&pipeline, &String::from_utf8_lossy(bytes)));
}

#[test]
#[cfg(feature = "server")]
fn every_seed_of_request_passes() {
    run("request", 4, 2000, request::check);
}

#[test]
fn every_seed_of_tables_passes() {
    run("tables", 8, 100, tables::check);
}

#[test]
fn every_seed_of_model_passes() {
    run("model", 2, 2000, model::check);
    // The small models are models: what the changes start from is read to its end.
    let read = |name: &str| {
        let content = std::fs::read(folder("model").join(name)).expect("a seed");
        let mut file = Writer::default();
        content.iter().for_each(|&byte| file.u8(byte));
        file.finish()
    };
    demarche::core::syntax::Model::read(&read("syntax")).expect("the seed is a model of syntax");
    scorer::Model::read(&read("scorer")).expect("the seed is a scorer");
}

/// A model of syntax as small as can be, and a scorer: written anew when the format changes.
#[test]
#[ignore = "writes fuzz/corpus/model"]
fn write_the_seeds_of_model() {
    let rows = |classes: u16| {
        (0..24u64).map(move |n| (n.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1, vec![((n as u16) % classes, 3)]))
    };
    let mut out = Writer::default();
    out.u32s(&[7, 0]);
    out.u8s(&[1, 0]);
    out.u16s(&[1, 0]);
    out.u8s(&[1, 0]);
    out.u16s(&[0, 0]);
    let tags: Vec<(Xpos, Upos)> =
        Xpos::ALL.iter().copied().zip(Upos::ALL.iter().copied().cycle()).take(4).collect();
    demarche::core::syntax::tagger::Tagger::write(&tags, &rows(4).collect(), &mut out);
    out.u32(1);
    out.u8(0);
    out.u8(1);
    out.text("y");
    out.u32(1);
    out.u8(0);
    out.u8(0);
    out.text("ies");
    out.u16(0);
    out.u32(0);
    demarche::core::syntax::parser::Parser::write(&Deprel::ALL[..3], &rows(7).collect(), &mut out);
    // What stands before the content is set by the check.
    let content = |file: Vec<u8>| file[16..].to_vec();
    std::fs::write(folder("model").join("syntax"), content(out.finish())).expect("written");
    let classifier = scorer::Classifier {
        weights: scorer::Table::new(&(0..8).map(|key| (key, vec![(0, 5), (1, -3)])).collect()),
        labels: vec![None, Some(demarche::core::ontology::EventType::Consult)],
        temperature: 1.0,
        caution: 0.5,
    };
    let model = scorer::Model {
        pair: classifier.clone(),
        event: classifier.clone(),
        recipient: classifier,
        reject: 0.5,
        propose: 0.5,
        fill: 0.5,
        ..scorer::Model::default()
    };
    std::fs::write(folder("model").join("scorer"), content(model.write())).expect("written");
}
