//! Any text through the whole pipeline: no panic, and every span is words of the text.

use demarche::core::extraction::Options;
use demarche::core::pipeline::Pipeline;
use demarche::core::text::Article;

pub fn check(pipeline: &Pipeline, text: &str) {
    let article = Article { text: text.to_owned(), language: "en".to_owned(), ..Article::default() };
    let options =
        Options { include_statements: true, include_negated: true, explain: true, ..Options::default() };
    for event in pipeline.extract(&article, &options).events {
        for who in event.actors.iter().chain(&event.recipients) {
            assert!(!who.mention.of(text).is_empty());
        }
        for evidence in &event.evidence {
            assert!(!evidence.trigger.of(text).is_empty() && evidence.sentence.contains(evidence.trigger));
        }
    }
}
