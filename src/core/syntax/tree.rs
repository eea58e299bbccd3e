//! An article after syntax: sentences of tokens, each sentence one dependency tree.
//!
//! Invariant: every sentence has exactly one root and no cycle, whatever the input.

use super::{Deprel, Morph, Upos, Xpos};
use crate::core::text::Span;
use smol_str::SmolStr;

/// A word of a [`Document`]: which sentence, and which token in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenRef {
    /// Index into [`Document::sentences`].
    pub sentence: u32,
    /// Index into [`Sentence::tokens`].
    pub token: u32,
}

/// A syntactic word (UD sense: "don't" is two).
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Morphological features.
    pub morph: Morph,
    /// Dictionary form: lower case, but for proper nouns, which keep their case.
    pub lemma: SmolStr,
    /// The governor's index in the sentence; `None` for the root.
    pub head: Option<u32>,
    /// The relation to the governor.
    pub deprel: Deprel,
}

/// What sort of line the sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum SentenceKind {
    /// Running text.
    #[default]
    Prose,
    /// A line of its own without a full stop: a headline or cross-heading.
    Heading,
}

/// One sentence and its tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// From the first to the last token.
    pub span: Span,
    /// Which paragraph of the text, from 0.
    pub paragraph: u32,
    /// Prose or heading.
    pub kind: SentenceKind,
    /// A dateline before the first clause, e.g. `WASHINGTON (AP) —`; its tokens stand in the tree but carry no clause.
    pub dateline: Option<Span>,
    /// The words in text order.
    pub tokens: Vec<Token>,
    children: Children,
}

/// The dependents of each token, as one flat list: those of token `i` are `list[start[i]..start[i + 1]]`, in text order.
#[derive(Clone, Debug, Default, PartialEq)]
struct Children {
    start: Vec<u32>,
    list: Vec<u32>,
}

impl Sentence {
    /// A sentence of tokens whose `head`s already form a tree.
    pub fn new(
        span: Span,
        paragraph: u32,
        kind: SentenceKind,
        dateline: Option<Span>,
        tokens: Vec<Token>,
    ) -> Sentence {
        let mut start = vec![0u32; tokens.len() + 1];
        for head in tokens.iter().filter_map(|token| token.head) {
            start[head as usize + 1] += 1;
        }
        for i in 0..tokens.len() {
            start[i + 1] += start[i];
        }
        let mut next = start.clone();
        let mut list = vec![0u32; start[tokens.len()] as usize];
        for (i, token) in tokens.iter().enumerate() {
            if let Some(head) = token.head {
                list[next[head as usize] as usize] = i as u32;
                next[head as usize] += 1;
            }
        }
        Sentence { span, paragraph, kind, dateline, tokens, children: Children { start, list } }
    }

    /// The dependents of token `i`, left to right.
    pub fn children(&self, i: u32) -> &[u32] {
        let i = i as usize;
        &self.children.list[self.children.start[i] as usize..self.children.start[i + 1] as usize]
    }

    /// The first dependent of `i` by that relation.
    pub fn child(&self, i: u32, relation: Deprel) -> Option<u32> {
        self.children(i).iter().copied().find(|&c| self.tokens[c as usize].deprel == relation)
    }

    /// All dependents of `i` by that relation.
    pub fn children_by(&self, i: u32, relation: Deprel) -> impl Iterator<Item = u32> + '_ {
        self.children(i).iter().copied().filter(move |&c| self.tokens[c as usize].deprel == relation)
    }

    /// Token `i`.
    pub fn token(&self, i: u32) -> &Token {
        &self.tokens[i as usize]
    }

    /// The lemma of token `i`.
    pub fn lemma(&self, i: u32) -> &str {
        &self.tokens[i as usize].lemma
    }

    /// The root's index.
    pub fn root(&self) -> u32 {
        self.tokens.iter().position(|token| token.head.is_none()).unwrap_or(0) as u32
    }

    /// `i` and everything below it, in text order. Iterative: depth never costs stack.
    pub fn subtree(&self, i: u32) -> Vec<u32> {
        let mut found = vec![i];
        let mut at = 0;
        while at < found.len() {
            found.extend_from_slice(self.children(found[at]));
            at += 1;
        }
        found.sort_unstable();
        found
    }

    /// From `i` up to the root, `i` itself left out.
    pub fn ancestors(&self, i: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(self.tokens[i as usize].head, |&h| self.tokens[h as usize].head)
    }
}

/// A whole article after syntax.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// In text order.
    pub sentences: Vec<Sentence>,
    /// How many sentences had to be cut because they ran over the token limit.
    pub cut_sentences: u32,
}

impl Document {
    /// The word of the first sentence that `span` meets there whose governor lies outside it; `None` where no word is met.
    pub fn head_of(&self, span: Span) -> Option<TokenRef> {
        for (number, sentence) in self.sentences.iter().enumerate() {
            let inside = |token: u32| span.overlaps(sentence.token(token).span);
            let head = (0..sentence.tokens.len() as u32)
                .find(|&token| inside(token) && sentence.token(token).head.is_none_or(|head| !inside(head)));
            if let Some(token) = head {
                return Some(TokenRef { sentence: number as u32, token });
            }
        }
        None
    }

    /// The token that `at` names.
    pub fn token(&self, at: TokenRef) -> &Token {
        &self.sentences[at.sentence as usize].tokens[at.token as usize]
    }

    /// How many words in all.
    pub fn token_count(&self) -> usize {
        self.sentences.iter().map(|sentence| sentence.tokens.len()).sum()
    }
}
