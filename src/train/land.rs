//! What the choice of a description's country learns from: participants of the labelled events whose phrase names no country.

use super::choice::{Choice, Example, Names, chosen};
use crate::core::pipeline::Pipeline;
use crate::core::text::Span;
use crate::evaluation::corpus::Item;

/// Of an example: no country is right. Of a choice: its country is.
const RIGHT: u8 = 1;

/// The descriptions of labelled items whose country the surroundings must tell, and that the gold codes.
pub fn examples(pipeline: &Pipeline, items: &[Item], names: &mut Names) -> Vec<Example> {
    let tables = pipeline.tables();
    let mut examples = Vec::new();
    for (group, item) in items.iter().enumerate() {
        let text = &item.article.text;
        let document = tables.syntax.analyze(text);
        let golds: Vec<_> = item
            .events
            .iter()
            .flat_map(|event| event.actors.iter().chain(&event.recipients).chain(&event.by))
            .collect();
        let shared = |gold: Span, found: Span| {
            let shared = gold.end.min(found.end).saturating_sub(gold.begin.max(found.begin));
            f64::from(shared) / gold.join(found).len().max(1) as f64
        };
        tables.actors.find_watched(
            text,
            &document,
            item.article.published,
            &mut |mention, codes, describe| {
                let best = golds
                    .iter()
                    .max_by(|a, b| shared(a.span, mention.span).total_cmp(&shared(b.span, mention.span)));
                let Some(gold) = best.filter(|gold| shared(gold.span, mention.span) > 0.5) else { return };
                let wanted = gold.country.as_deref();
                let is_none = wanted.is_none();
                // Where the gold's country is not to be seen there is nothing to learn: all choices count as right.
                let reachable = is_none || codes.iter().any(|code| Some(code.as_str()) == wanted);
                let mut choices = vec![Choice {
                    features: names.numbers(|take| describe(None, take)),
                    right: is_none || !reachable,
                    marks: 0,
                }];
                for (i, code) in codes.iter().enumerate() {
                    let right = Some(code.as_str()) == wanted;
                    choices.push(Choice {
                        features: names.numbers(|take| describe(Some(i), take)),
                        right: right || !reachable,
                        marks: RIGHT * u8::from(right),
                    });
                }
                examples.push(Example { group, choices, marks: RIGHT * u8::from(is_none) });
            },
        );
    }
    examples
}

/// How often the choice is right.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    all: u32,
    right: u32,
    reachable: u32,
}

impl Tally {
    /// Counts the choices on examples that the weights had not seen.
    pub fn add(&mut self, examples: &[&Example], weights: &[f32], threshold: f32) {
        for example in examples {
            let given = chosen(example, weights, threshold);
            let right = given.map_or(example.marks, |choice| choice.marks);
            let reachable = example.marks | example.choices.iter().fold(0, |all, choice| all | choice.marks);
            self.all += 1;
            self.right += u32::from(right != 0);
            self.reachable += u32::from(reachable != 0);
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |part: u32| 100.0 * f64::from(part) / f64::from(self.all.max(1));
        let (right, reachable) = (share(self.right), share(self.reachable));
        write!(out, "right {right:.1} of {} (in reach {reachable:.1})", self.all)
    }
}
