//! The gold corpus keeps its promises: enough of everything, every item where its id puts it, no templates.
#![cfg(feature = "cli")]

use demarche::core::ontology::EventType;
use demarche::evaluation::corpus::{Item, Part, load};
use demarche::evaluation::{duplicates, phenomena};
use std::collections::HashMap;
use std::path::Path;

fn corpus() -> Vec<Item> {
    load(Path::new("corpus"), &Part::ALL).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn there_is_enough_of_everything() {
    let items = corpus();
    let (articles, sentences): (Vec<&Item>, Vec<&Item>) = items.iter().partition(|item| item.is_article());
    assert!(sentences.len() >= 1_600, "{} sentences", sentences.len());
    assert!(articles.len() >= 60, "{} articles", articles.len());
    assert!(items.iter().filter(|item| item.events.is_empty()).count() >= 350);

    let events = || items.iter().flat_map(|item| &item.events);
    for &event_type in EventType::ALL.iter().filter(|&&event_type| event_type != EventType::Statement) {
        let found = events().filter(|event| event.event_type == event_type).count();
        assert!(found >= 12, "{event_type}: {found}");
        for &(mode, _) in event_type.modes() {
            let found =
                events().filter(|event| event.event_type == event_type && event.mode == Some(mode)).count();
            assert!(found >= 12, "{event_type}/{mode}: {found}");
        }
    }

    let mut tags: HashMap<&str, usize> = HashMap::new();
    items.iter().flat_map(|item| &item.tags).for_each(|tag| *tags.entry(tag).or_default() += 1);
    for tag in phenomena::TAGS {
        assert!(tags.get(tag).is_some_and(|&n| n >= 25), "{tag}: {:?}", tags.get(tag));
    }

    let mut contexts: HashMap<_, usize> = HashMap::new();
    events()
        .flat_map(|event| &event.contexts)
        .for_each(|&context| *contexts.entry(context).or_default() += 1);
    assert!(contexts.len() >= 20, "{} contexts", contexts.len());
}

#[test]
fn no_template_hides_behind_swapped_names() {
    let pairs = duplicates::near_duplicates(&corpus());
    assert!(pairs.is_empty(), "{pairs:?}");
}
