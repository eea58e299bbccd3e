//! The learned scorer: what it is for, on sentences of our own.

use demarche::core::extraction::{Extraction, Options};
use demarche::core::pipeline::Pipeline;
use demarche::core::text::Article;
use demarche::knowledge;

fn read(pipeline: &Pipeline, text: &str) -> Extraction {
    pipeline.extract(&Article { text: text.into(), ..Article::default() }, &Options::default())
}

#[test]
fn every_event_shows_the_opinion_of_the_scorer_and_its_confidence() {
    let pipeline = knowledge::load().unwrap();
    let events = read(&pipeline, "The Estonian government condemned Russia for the raid on Monday.").events;
    assert!(!events.is_empty());
    for event in &events {
        assert!(event.evidence.iter().all(|evidence| evidence.reason.contains("scorer: ")), "{event:?}");
        assert!((0.0..=1.0).contains(&event.confidence), "{event:?}");
    }
    assert!(events[0].confidence > 0.6, "{:?}", events[0]);
}

#[test]
fn the_same_text_gives_the_same_confidence_in_another_pipeline() {
    let text = "Iran and Oman held talks in Muscat, and Tehran promised to release two sailors.";
    let (one, other) = (knowledge::load().unwrap(), knowledge::load().unwrap());
    assert_eq!(read(&one, text), read(&other, text));
}

#[test]
fn without_a_trained_model_nothing_is_proposed_or_rejected() {
    let bare = knowledge::load_with_scorer(Default::default()).unwrap();
    let events = read(&bare, "The Estonian government condemned Russia for the raid on Monday.").events;
    assert!(events.iter().all(|event| event.confidence == 0.0));
}
