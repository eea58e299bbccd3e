//! Any bytes as a trained model: refused, or a model that reads a sentence without a panic. Magic, version and checksum are set
//! here, for behind them nothing of the reader would be reached.

use demarche::core::events::scorer;
use demarche::core::syntax::blob::Writer;
use demarche::core::syntax::{Analyzer, Model};
use demarche::core::text::Abbreviations;

const SENTENCE: &str = "The ministers' talks in Geneva weren't held on 3 May 2024. He said so twice.";

pub fn check(content: &[u8]) {
    // As they come they are all but surely refused.
    let _ = (Model::read(content), scorer::Model::read(content));
    let mut writer = Writer::default();
    for &byte in content {
        writer.u8(byte);
    }
    let file = writer.finish();
    if let Ok(model) = Model::read(&file) {
        let document = Analyzer::new(Abbreviations::new(Vec::new()), model).analyze(SENTENCE);
        for sentence in &document.sentences {
            assert!(sentence.tokens.iter().all(|token| !token.span.of(SENTENCE).is_empty()));
        }
    }
    if let Ok(model) = scorer::Model::read(&file) {
        for classifier in [&model.pair, &model.event, &model.recipient] {
            let features = scorer::features::Features(vec![(scorer::features::Template::ALL[0], 7)]);
            assert_eq!(classifier.belief(&features).0.len(), classifier.labels.len());
        }
    }
}
