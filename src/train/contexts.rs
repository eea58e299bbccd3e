//! Learns what words, deeds and participants are worth for the contexts of an event: one logistic regression a context, written
//! as a table that anyone can read and change (data/events/context_weights.tsv).

use super::random::Random;
use crate::core::events::code_sentence;
use crate::core::events::contexts::{around, signs, told, weigh};
use crate::core::ontology::Context;
use crate::core::pipeline::Pipeline;
use crate::evaluation::corpus::Item;
use std::collections::BTreeMap;
use std::fmt::Write;

/// How strongly weights are drawn to nothing.
const PULL: f32 = 1.2;
/// Signs of fewer events are not learned from.
const LEAST: usize = 4;
const PASSES: usize = 60;
/// Smaller weights are not written.
const SMALL: f32 = 0.05;
/// Contexts of fewer events are left to their words.
const SEEN: usize = 4;

/// A coded event with the gold's contexts.
struct Example {
    words: [f32; Context::ALL.len()],
    signs: Vec<String>,
    gold: Vec<Context>,
}

/// The table, from labelled items.
pub fn train(pipeline: &Pipeline, items: &[Item]) -> String {
    let examples = examples(pipeline, items);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for sign in examples.iter().flat_map(|example| &example.signs) {
        *counts.entry(sign).or_default() += 1;
    }
    let names: Vec<&str> = ["bias", "words", "enough", "share"]
        .into_iter()
        .chain(counts.iter().filter(|(_, count)| **count >= LEAST).map(|(name, _)| *name))
        .collect();
    let mut out = String::from(
        "context\tweights\n\
         # Learned by `demarche train contexts` from corpus/train and corpus/news/train: the log-odds of a context. words: the sum of its words'\n\
         # weights in contexts.tsv; enough: that they suffice alone; share: beside the strongest context; then the deed and who takes part.\n",
    );
    for &context in Context::ALL {
        if examples.iter().filter(|example| example.gold.contains(&context)).count() < SEEN {
            continue;
        }
        let weights = one(&examples, &names, context);
        let cells: Vec<String> = names
            .iter()
            .zip(&weights)
            .filter(|(name, weight)| **name == "bias" || weight.abs() >= SMALL)
            .map(|(name, weight)| format!("{name}={weight:.2}"))
            .collect();
        let _ = writeln!(out, "{}\t{}", context.name(), cells.join(", "));
    }
    out
}

fn examples(pipeline: &Pipeline, items: &[Item]) -> Vec<Example> {
    let tables = pipeline.tables();
    let mut examples = Vec::new();
    for item in items {
        let document = tables.syntax.analyze(&item.article.text);
        let mentions = tables.actors.find(&item.article.text, &document, item.article.published);
        let words: Vec<_> = document.sentences.iter().map(|s| weigh(&tables.codebook, s)).collect();
        for index in 0..document.sentences.len() as u32 {
            for event in code_sentence(&tables.codebook, &document, &mentions, index) {
                let hit = |gold: &&crate::evaluation::corpus::GoldEvent| {
                    gold.triggers.iter().any(|trigger| trigger.overlaps(event.span))
                };
                let Some(gold) = item.events.iter().find(hit) else { continue };
                examples.push(Example {
                    words: around(&document, &words, &event),
                    signs: signs(&event, &mentions),
                    gold: gold.contexts.clone(),
                });
            }
        }
    }
    examples
}

/// Logistic regression with a quadratic pull, by stochastic descent with steps that shrink for each weight (Duchi et al. 2011).
fn one(examples: &[Example], names: &[&str], context: Context) -> Vec<f32> {
    let rows: Vec<(Vec<(usize, f32)>, f32)> = examples
        .iter()
        .map(|example| {
            let mut row: Vec<(usize, f32)> =
                told(&example.words, context).iter().enumerate().map(|(at, value)| (at, value.1)).collect();
            let known = example.signs.iter().filter_map(|sign| names.iter().position(|name| name == sign));
            row.extend(known.map(|at| (at, 1.0)));
            (row, if example.gold.contains(&context) { 1.0 } else { 0.0 })
        })
        .collect();
    let mut weights = vec![0f32; names.len()];
    let mut squares = vec![1e-4f32; names.len()];
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut random = Random::new(1);
    let pull = PULL / rows.len().max(1) as f32;
    for _ in 0..PASSES {
        random.shuffle(&mut order);
        for &i in &order {
            let (row, truth) = &rows[i];
            let sum: f32 = row.iter().map(|&(at, value)| weights[at] * value).sum();
            let error = 1.0 / (1.0 + (-sum).exp()) - truth;
            for &(at, value) in row {
                // The bias and the words are not drawn to nothing; the signs are.
                let gradient = error * value + if at >= 4 { pull * weights[at] } else { 0.0 };
                squares[at] += gradient * gradient;
                weights[at] -= 0.1 * gradient / squares[at].sqrt();
            }
        }
    }
    weights
}
