//! The PLOVER pairs with the pair given to the scorer, as the literature does it: five folds, each answered by a classifier
//! that never saw it.

use super::corpus::Item;
use super::gold;
use super::plv::{self, Pair};
use super::report::Table;
use crate::core::events::scorer::Model;
use crate::core::ontology::EventType;
use crate::core::pipeline::Pipeline;
use crate::core::text::Article;
use crate::knowledge;
use crate::train::random::Random;
use crate::train::scorer::{self, Material};
use crate::train::svm::{self, Example};
use std::collections::BTreeMap;

/// In how many parts the pairs are split.
pub const FOLDS: usize = 5;
/// Where the random numbers of the split start.
const SEED: u64 = 20_19;

/// The part of each pair: the pairs of a root are shuffled and dealt out in turn, so that every part has its share of each.
pub fn folds(pairs: &[Pair]) -> Vec<usize> {
    let mut by_root: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, pair) in pairs.iter().enumerate() {
        by_root.entry(pair.root.as_str()).or_default().push(index);
    }
    let mut random = Random::new(SEED);
    let mut folds = vec![0; pairs.len()];
    let mut next = 0;
    for list in by_root.values_mut() {
        random.shuffle(list);
        for &index in list.iter() {
            folds[index] = next % FOLDS;
            next += 1;
        }
    }
    folds
}

/// The tables of both tasks, the scorer that answers never having seen the pair: told who it is about, and end to end.
pub fn tables(pipeline: &Pipeline, items: &[Item], pairs: &[Pair]) -> Result<Vec<Table>, String> {
    let material = Material::new(pipeline, items, pairs);
    let folds = folds(pairs);
    let mut given: Vec<Option<EventType>> = vec![None; pairs.len()];
    let mut found = given.clone();
    for fold in 0..FOLDS {
        let seen: Vec<&Example> = material
            .pairs
            .iter()
            .zip(&folds)
            .filter(|&(_, &at)| at != fold)
            .map(|(example, _)| example)
            .collect();
        let pair = svm::train(&seen, &svm::labels(&seen), &scorer::pair_settings());
        let event = material.event_classifier(&|number| folds[number] != fold);
        let recipient = material.recipient_classifier(&|number| folds[number] != fold);
        let Model { reject, propose, fill, coded, proposed, .. } = *pipeline.tables().scorer.model();
        let model = Model { pair, event, recipient, reject, propose, fill, coded, proposed };
        let blind = knowledge::load_with_scorer(model).map_err(|error| error.to_string())?;
        for number in (0..pairs.len()).filter(|&number| folds[number] == fold) {
            let classifier = &blind.tables().scorer.model().pair;
            given[number] = classifier.belief(&material.pairs[number].features).best().0;
            let article = Article { text: pairs[number].text.clone(), ..Article::default() };
            let events = blind.extract(&article, &gold::measured_options()).events;
            found[number] = plv::answer(&pairs[number], &events).map(|event| event.event_type);
        }
    }
    Ok(vec![
        plv::table(
            "PLOVER pairs (plv_train), end to end, 5-fold",
            "As end to end, but each fifth of the pairs is read with a scorer that was trained on the other four (and corpus/train). Stratified \
             by root, fixed seed.",
            pairs,
            &found,
        ),
        plv::table(
            "PLOVER pairs (plv_train), pair given, 5-fold",
            "The scorer is told source and target and names the root, as in the literature; the same five parts.",
            pairs,
            &given,
        ),
    ])
}
