//! The fuzzers' seeds as plain tests: what once crashed, and what shapes they start from, must pass for ever.

use demarche::core::extraction::Options;
use demarche::core::text::Article;

#[test]
fn every_seed_of_extract_passes() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus/extract");
    let pipeline = demarche::knowledge::load().expect("the knowledge loads");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).expect("seeds") {
        let bytes = std::fs::read(entry.expect("an entry").path()).expect("readable");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        // Whole, and cut after each character: the half sentence is where indices go wrong.
        for (end, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let article =
                Article { text: text[..end].to_owned(), language: "en".to_owned(), ..Article::default() };
            for event in pipeline.extract(&article, &Options { explain: true, ..Options::default() }).events {
                assert!(event.actors.iter().all(|actor| !actor.mention.of(&article.text).is_empty()));
            }
        }
        read += 1;
    }
    assert!(read >= 9, "{read} seeds");
}
