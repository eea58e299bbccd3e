//! Sentences of sport, business, culture, weather and science: their "strikes" and "raids" are no events.

use super::codebook::Codebook;
use crate::core::syntax::{Document, Sentence, Upos};

/// From this weight on a sentence speaks of another domain.
const ENOUGH: f32 = 1.0;
/// What the rest of the article counts, per sentence of it.
const ARTICLE: f32 = 0.7;

/// How much each sentence speaks of a domain that is no politics, its article considered.
pub fn weights(codebook: &Codebook, document: &Document) -> Vec<f32> {
    let own: Vec<f32> = document.sentences.iter().map(|sentence| weigh(codebook, sentence)).collect();
    let mean = own.iter().sum::<f32>() / own.len().max(1) as f32;
    own.iter().map(|weight| if own.len() > 2 { weight + ARTICLE * mean } else { *weight }).collect()
}

/// Whether a sentence of that weight is left uncoded.
pub fn vetoed(weight: f32) -> bool {
    weight >= ENOUGH
}

fn weigh(codebook: &Codebook, sentence: &Sentence) -> f32 {
    let mut sum = 0.0;
    let mut seen: Vec<&str> = Vec::new();
    for token in &sentence.tokens {
        let lemma = token.lemma.as_str();
        if matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Adj)
            && let Some(weight) = codebook.vetoes.get(lemma)
            && !seen.contains(&lemma)
        {
            seen.push(lemma);
            sum += weight;
        }
    }
    sum
}
