//! A sentence as the scorer sees it: every word as a number, with what the codebook knows of it.

use super::lexicon::{Code, Lexicon};
use crate::core::syntax::{Sentence, Upos};
use crate::core::text::Span;
use xxhash_rust::xxh3::xxh3_64;

/// A word.
#[derive(Clone, Copy, Debug)]
pub struct Word<'l> {
    /// Hash of its lemma in lower case.
    pub lemma: u64,
    /// What it may code to.
    pub codes: &'l [Code],
    /// The classes that hold it.
    pub classes: &'l [u16],
}

/// A sentence.
#[derive(Clone, Debug)]
pub struct Digest<'l> {
    /// Its tree.
    pub sentence: &'l Sentence,
    /// Its words, token by token.
    pub words: Vec<Word<'l>>,
}

impl<'l> Digest<'l> {
    /// Of a sentence.
    pub fn of(lexicon: &'l Lexicon, sentence: &'l Sentence) -> Digest<'l> {
        let words = sentence
            .tokens
            .iter()
            .map(|token| {
                let lowered;
                let lower = if token.lemma.chars().any(char::is_uppercase) {
                    lowered = token.lemma.to_lowercase();
                    lowered.as_str()
                } else {
                    token.lemma.as_str()
                };
                Word {
                    lemma: xxh3_64(lower.as_bytes()),
                    codes: lexicon.codes(token, lower),
                    classes: lexicon.classes(lower),
                }
            })
            .collect();
        Digest { sentence, words }
    }

    /// The topmost word of a phrase.
    pub fn head(&self, span: Span) -> Option<u32> {
        let inside = |token: u32| self.sentence.token(token).span.overlaps(span);
        let mut inside_tokens = (0..self.sentence.tokens.len() as u32).filter(|&token| inside(token));
        inside_tokens.find(|&token| self.sentence.token(token).head.is_none_or(|head| !inside(head)))
    }

    /// A word and its governors up to the root.
    pub fn upwards(&self, token: u32) -> Vec<u32> {
        std::iter::once(token).chain(self.sentence.ancestors(token)).take(MOST_GOVERNORS).collect()
    }

    /// Whether the word carries content: verb, noun, name, adjective.
    pub fn is_content(&self, token: u32) -> bool {
        use Upos::{Adj, Aux, Noun, Propn, Verb};
        matches!(self.sentence.token(token).upos, Verb | Noun | Adj | Aux | Propn)
    }
}

/// Deeper than any sentence that a person wrote.
const MOST_GOVERNORS: usize = 100;
