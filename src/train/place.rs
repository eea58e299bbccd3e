//! What the choice of an event's place learns from: the events of the corpus that the pipeline finds, with the places around them.

use super::choice::{Choice, Example, Names, chosen};
use crate::core::events::{CodedEvent, code_sentence};
use crate::core::extraction::Place;
use crate::core::pipeline::Pipeline;
use crate::core::place::{Scene, candidates, features, place};
use crate::core::text::Span;
use crate::evaluation::corpus::{GoldEvent, GoldPlace, Item};
use crate::evaluation::score::{NEAR_KM, kilometres};

/// Of an example: the gold gives a place. Of a choice: its country is right.
const COUNTRY: u8 = 1;
/// Of an example: the gold gives coordinates. Of a choice: it lies within 161 km.
const NEAR: u8 = 2;

/// The events of corpus items that the pipeline finds and the gold has, with their candidates.
pub fn examples(pipeline: &Pipeline, items: &[Item], names: &mut Names) -> Vec<Example> {
    let mut examples = Vec::new();
    for (group, item) in items.iter().enumerate() {
        let tables = pipeline.tables();
        let text = &item.article.text;
        let document = tables.syntax.analyze(text);
        let mentions = tables.actors.find(text, &document, item.article.published);
        let places = tables.gazetteer.survey(text, &document, &mentions);
        let scene = Scene { document: &document, mentions: &mentions, places: &places, deeds: &[] };
        for index in 0..document.sentences.len() as u32 {
            let coded = code_sentence(&tables.codebook, &document, &mentions, index);
            let judged = tables.scorer.judge(&tables.codebook, &document, &mentions, index, coded);
            let deeds: Vec<_> = judged.iter().map(|judged| judged.event.trigger).collect();
            let scene = Scene { deeds: &deeds, ..scene };
            for judged in judged {
                let sentence = document.sentences[index as usize].span;
                if let Some(gold) = gold_of(item, &judged.event, sentence) {
                    examples.push(example(group, &scene, &judged.event, gold, names));
                }
            }
        }
    }
    examples
}

/// The gold event on its words, one of its type first; else one of its type in the sentence.
pub(super) fn gold_of<'i>(item: &'i Item, event: &CodedEvent, sentence: Span) -> Option<&'i GoldEvent> {
    let on = |gold: &&GoldEvent| gold.triggers.iter().any(|t| t.overlaps(event.span));
    let same = |gold: &&GoldEvent| gold.event_type == event.event_type;
    let near = |gold: &&GoldEvent| gold.triggers.iter().any(|&t| sentence.contains(t));
    let all = || item.events.iter();
    all()
        .find(|gold| on(gold) && same(gold))
        .or_else(|| all().find(on))
        .or_else(|| all().find(|gold| near(gold) && same(gold)))
}

fn example(group: usize, scene: &Scene, event: &CodedEvent, gold: &GoldEvent, names: &mut Names) -> Example {
    let candidates = candidates(scene, event);
    let mut seen = |choice| names.numbers(|take| features(scene, event, &candidates, choice, take));
    let mut choices = vec![Choice { features: seen(None), right: gold.place.is_none(), marks: 0 }];
    let mut tiers = Vec::new();
    for candidate in &candidates {
        let given = place(scene, event, candidate.mention, 1.0);
        let (country, near) = match (&gold.place, &given) {
            (Some(gold), Some(given)) => (gold.country == given.country, is_near(gold, given)),
            _ => (false, false),
        };
        let overlaps = gold.place.as_ref().is_some_and(|gold| gold.span.overlaps(candidate.mention.span));
        // Best the very words, then the same place, then one in the same country.
        tiers.push(if overlaps { 3 } else { 2 * u8::from(near && country) + u8::from(country && !near) });
        let marks = COUNTRY * u8::from(country) + NEAR * u8::from(near);
        choices.push(Choice { features: seen(Some(candidate)), right: false, marks });
    }
    let best = tiers.iter().copied().max().unwrap_or(0);
    for (choice, tier) in choices.iter_mut().skip(1).zip(tiers) {
        choice.right = best > 0 && tier == best;
    }
    if best == 0 {
        choices[0].right = true;
    }
    let located = gold.place.as_ref().is_some_and(|place| place.coordinates.is_some());
    let marks = COUNTRY * u8::from(gold.place.is_some()) + NEAR * u8::from(located);
    Example { group, choices, marks }
}

fn is_near(gold: &GoldPlace, given: &Place) -> bool {
    let given = given.latitude.zip(given.longitude);
    gold.coordinates.zip(given).is_some_and(|(gold, given)| kilometres(gold, given) <= NEAR_KM)
}

/// How often the choice is right: country and nearness of those that have a place, and places given where there is none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    placed: u32,
    located: u32,
    open: u32,
    country: u32,
    near: u32,
    given: u32,
    reachable: u32,
}

impl Tally {
    /// Counts the choices on examples that the weights had not seen.
    pub fn add(&mut self, examples: &[&Example], weights: &[f32], threshold: f32) {
        for example in examples {
            let given = chosen(example, weights, threshold);
            let has = |marks: u8, flag: u8| u32::from(marks & flag != 0);
            let (placed, located) = (has(example.marks, COUNTRY), has(example.marks, NEAR));
            self.placed += placed;
            self.located += located;
            self.open += 1 - placed;
            self.country += given.map_or(0, |choice| has(choice.marks, COUNTRY));
            self.near += given.map_or(0, |choice| located * has(choice.marks, NEAR));
            self.given += given.map_or(0, |_| 1 - placed);
            self.reachable += u32::from(example.choices.iter().any(|choice| choice.marks & COUNTRY != 0));
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |a: u32, b: u32| 100.0 * f64::from(a) / f64::from(b.max(1));
        write!(
            out,
            "country {:.1} of {} (in reach {:.1}), within 161 km {:.1}, wrongly given {:.1} of {}",
            share(self.country, self.placed),
            self.placed,
            share(self.reachable, self.placed),
            share(self.near, self.located),
            share(self.given, self.open),
            self.open
        )
    }
}
