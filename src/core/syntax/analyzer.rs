//! From an article's text to its trees: the one place that puts the steps of syntax in order.

use super::blob::{ModelError, Reader};
use super::clusters::Clusters;
use super::lemmas::Lemmas;
use super::mend;
use super::morphology;
use super::parser::{Input, Parser};
use super::tagger::Tagger;
use super::transition::State;
use super::voice;
use super::word::Word;
use super::{Deprel, Document, Morph, Sentence, SentenceKind, Token, Upos, Xpos};
use crate::core::text::{Abbreviations, RawSentence, RawToken, Span, segment, tokenize};

/// The trained weights of syntax.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Words in like company.
    pub clusters: Clusters,
    /// Tags.
    pub tagger: Tagger,
    /// Dictionary forms.
    pub lemmas: Lemmas,
    /// Trees.
    pub parser: Parser,
}

impl Model {
    /// Reads a model's bytes.
    pub fn read(file: &[u8]) -> Result<Model, ModelError> {
        let mut input = Reader::new(file)?;
        let clusters = Clusters::read(&mut input)?;
        let tagger = Tagger::read(&mut input)?;
        let lemmas = Lemmas::read(&mut input)?;
        let parser = Parser::read(&mut input)?;
        Ok(Model { clusters, tagger, lemmas, parser })
    }
}

/// Reads text into a [`Document`]. Immutable: share one among all threads.
#[derive(Clone, Debug, Default)]
pub struct Analyzer {
    abbreviations: Abbreviations,
    model: Model,
}

/// Room that is used again from sentence to sentence.
#[derive(Default)]
struct Scratch {
    input: Input,
    state: State,
}

impl Analyzer {
    /// An analyzer with those tables.
    pub fn new(abbreviations: Abbreviations, model: Model) -> Analyzer {
        Analyzer { abbreviations, model }
    }

    /// What the analyzer knows of dictionary forms, to be taught the words of other tables.
    pub fn lemmas_mut(&mut self) -> &mut Lemmas {
        &mut self.model.lemmas
    }

    /// Sentences, tokens, tags, lemmas and trees of `text`. Never fails; its cost is linear in the text.
    pub fn analyze(&self, text: &str) -> Document {
        self.analyze_until(text, &|| false)
    }

    /// The same, but leaves out the sentences that come after `stop` says so; it is asked once a sentence.
    pub fn analyze_until(&self, text: &str, stop: &dyn Fn() -> bool) -> Document {
        let tokens = tokenize(text, &self.abbreviations);
        let segmentation = segment(text, &tokens, &self.abbreviations);
        let mut scratch = Scratch::default();
        let sentences = segmentation
            .sentences
            .iter()
            .map_while(|raw| (!stop()).then(|| self.sentence(text, &tokens, raw, &mut scratch)))
            .collect();
        Document { sentences, cut_sentences: segmentation.cut }
    }

    /// The tags of every sentence, without trees: for measuring.
    pub fn tags(&self, text: &str) -> Vec<Vec<(Xpos, Upos)>> {
        let tokens = tokenize(text, &self.abbreviations);
        let segmentation = segment(text, &tokens, &self.abbreviations);
        let mut input = Input::default();
        let mut tags = |raw: &RawSentence| {
            self.tag(text, tokens[raw.tokens.clone()].iter().map(|token| token.span), &mut input);
            input.classes.iter().map(|&class| self.model.tagger.meaning(class)).collect()
        };
        segmentation.sentences.iter().map(&mut tags).collect()
    }

    fn tag(&self, text: &str, spans: impl Iterator<Item = Span>, input: &mut Input) {
        input.words.clear();
        input.words.extend(spans.map(|span| Word::new(span.of(text), &self.model.clusters)));
        self.model.tagger.tag(&input.words, &mut input.classes);
    }

    /// The tree of words that are already found: for gold tokens, one sentence of `spans`.
    pub fn analyze_tokens(&self, text: &str, spans: &[Span]) -> Vec<Token> {
        let mut scratch = Scratch::default();
        self.tokens(text, spans, &mut scratch)
    }

    fn sentence(
        &self,
        text: &str,
        tokens: &[RawToken],
        raw: &RawSentence,
        scratch: &mut Scratch,
    ) -> Sentence {
        let spans: Vec<Span> = tokens[raw.tokens.clone()].iter().map(|token| token.span).collect();
        let (before, clause) = spans.split_at(raw.dateline.min(spans.len()));
        let mut words = self.tokens(text, clause, scratch);
        let dateline = before.first().zip(before.last()).map(|(first, last)| first.join(*last));
        if !before.is_empty() {
            words = self.with_dateline(text, before, words, scratch);
        }
        let span = spans.first().zip(spans.last()).map_or(Span::default(), |(first, last)| first.join(*last));
        let kind = if raw.heading { SentenceKind::Heading } else { SentenceKind::Prose };
        Sentence::new(span, raw.paragraph, kind, dateline, words)
    }

    /// Puts the words of a dateline before a sentence: the first hangs from the root, the others from the first.
    fn with_dateline(
        &self,
        text: &str,
        before: &[Span],
        clause: Vec<Token>,
        scratch: &mut Scratch,
    ) -> Vec<Token> {
        let shift = before.len() as u32;
        let root = clause.iter().position(|token| token.head.is_none()).map(|root| root as u32 + shift);
        let mut words = self.tokens(text, before, scratch);
        for (i, word) in words.iter_mut().enumerate() {
            word.head = if i == 0 { root } else { Some(0) };
            word.deprel = match (word.upos, i, root) {
                (_, 0, None) => Deprel::Root,
                (_, 0, _) => Deprel::Dep,
                (Upos::Punct, _, _) => Deprel::Punct,
                _ => Deprel::List,
            };
        }
        words.extend(clause.into_iter().map(|mut word| {
            word.head = word.head.map(|head| head + shift);
            word
        }));
        words
    }

    fn tokens(&self, text: &str, spans: &[Span], scratch: &mut Scratch) -> Vec<Token> {
        let Scratch { input, state } = scratch;
        self.tag(text, spans.iter().copied(), input);
        input.prepare(|class| self.model.tagger.is_verb(class));
        self.model.parser.parse(input, state);
        let closed = spans.iter().rev().take(2).any(|span| matches!(span.of(text), "." | "!" | "?"));
        mend::find_main_verb(&self.model, closed, input, state);
        let classes = &input.classes;
        let tags: Vec<(Xpos, Upos)> = classes.iter().map(|&class| self.model.tagger.meaning(class)).collect();
        let heads: Vec<Option<u32>> = (0..spans.len())
            .map(|i| state.nodes.get(i).map(|node| node.head).filter(|&h| (h as usize) < spans.len()))
            .collect();
        let label = |i: usize| match (heads[i], state.nodes.get(i)) {
            (Some(_), Some(node)) => {
                self.model.parser.labels.get(node.label as usize).copied().unwrap_or(Deprel::Dep)
            }
            _ => Deprel::Root,
        };
        let mut relations: Vec<Deprel> = (0..spans.len()).map(label).collect();
        voice::agree(&heads, &mut relations, &tags, |i| spans[i].of(text));
        let mut morphs: Vec<Morph> =
            (0..spans.len()).map(|i| morphology::features(spans[i].of(text), tags[i].1, tags[i].0)).collect();
        for i in 0..spans.len() {
            morphology::refine(i, &heads, &relations, &tags, &mut morphs);
        }
        (0..spans.len())
            .map(|i| Token {
                span: spans[i],
                upos: tags[i].1,
                xpos: tags[i].0,
                morph: morphs[i],
                lemma: self.model.lemmas.of(spans[i].of(text), tags[i].0),
                head: heads[i],
                deprel: relations[i],
            })
            .collect()
    }
}
