//! The issue at stake: words of the sentence, a little of its paragraph, and what the deed itself speaks of.

use super::codebook::Codebook;
use super::coding::CodedEvent;
use crate::core::ontology::Context;
use crate::core::syntax::{Document, Sentence, Upos};

/// A context is given from this weight on.
const ENOUGH: f32 = 0.95;
/// What a word of another sentence of the paragraph counts.
const PARAGRAPH: f32 = 0.3;
/// No word counts twice, and no more contexts than this are given.
const MOST: usize = 4;

/// The weights of one sentence's words, by context.
pub type Weights = [f32; Context::ALL.len()];

/// What the words of a sentence say of the issues at stake.
pub fn weigh(codebook: &Codebook, sentence: &Sentence) -> Weights {
    let mut weights = [0.0; Context::ALL.len()];
    let mut seen: Vec<&str> = Vec::new();
    let mut before: Option<&str> = None;
    let mut pair = String::new();
    for token in &sentence.tokens {
        let lemma = token.lemma.as_str();
        if token.upos == Upos::Punct {
            before = None;
            continue;
        }
        if !seen.contains(&lemma) {
            seen.push(lemma);
            pair.clear();
            pair.extend(lemma.chars().flat_map(char::to_lowercase));
            add(codebook, &pair, &mut weights);
        }
        if let Some(before) = before {
            pair.clear();
            pair.extend(before.chars().chain([' ']).chain(lemma.chars()).flat_map(char::to_lowercase));
            add(codebook, &pair, &mut weights);
        }
        before = Some(lemma);
    }
    weights
}

fn add(codebook: &Codebook, word: &str, weights: &mut Weights) {
    for &(context, weight) in codebook.contexts.get(word).into_iter().flatten() {
        weights[context as usize] += weight;
    }
}

/// The contexts of an event, most certain first. `weights` holds those of every sentence of the article.
pub fn contexts(
    codebook: &Codebook,
    document: &Document,
    weights: &[Weights],
    event: &CodedEvent,
) -> Vec<Context> {
    let own = event.trigger.sentence as usize;
    let mut sum = weights[own];
    let paragraph = document.sentences[own].paragraph;
    for near in [own.wrapping_sub(1), own + 1] {
        if document.sentences.get(near).is_some_and(|sentence| sentence.paragraph == paragraph) {
            for (total, weight) in sum.iter_mut().zip(&weights[near]) {
                *total += PARAGRAPH * weight;
            }
        }
    }
    add(codebook, event.event_type.name(), &mut sum);
    if let Some(mode) = event.mode {
        let code = format!("{}-{mode}", event.event_type);
        add(codebook, &code, &mut sum);
    }
    let mut found: Vec<(Context, f32)> = Context::ALL
        .iter()
        .map(|&context| (context, sum[context as usize]))
        .filter(|&(_, weight)| weight >= ENOUGH)
        .collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    found.truncate(MOST);
    found.into_iter().map(|(context, _)| context).collect()
}
