//! Trains tagger, lemmas and parser on the treebanks, and a second parser on what the first reads in raw text.

use super::lemmas;
use super::lexicon::learn_clusters;
use super::parser::train_parser;
use super::perceptron::mean;
use super::tagger::train_tagger;
use crate::core::syntax::blob::Writer;
use crate::core::syntax::clusters::Clusters;
use crate::core::syntax::linear::{Linear, Rows};
use crate::core::syntax::parser::{Input, Parser};
use crate::core::syntax::tagger::Tagger;
use crate::core::syntax::transition::State;
use crate::core::syntax::word::Word;
use crate::core::syntax::{Deprel, Upos, Xpos};
use crate::core::text::{Abbreviations, segment, tokenize};
use crate::evaluation::conllu::GoldSentence;
use crate::knowledge::syntax::Bases;
use std::collections::BTreeMap;

/// How the training runs.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the random numbers start.
    pub seed: u64,
    /// Passes of the tagger.
    pub tagger_passes: usize,
    /// Passes of the parser over the treebanks.
    pub parser_passes: usize,
    /// The parser learns from tags by taggers that never saw the sentence: how many parts.
    pub folds: usize,
    /// The share of features that a learner does not see at each step, so that it learns to do without any one of them.
    pub dropout: f32,
    /// The share of rare words whose form the tagger does not see.
    pub forget: f32,
    /// How many taggers and parsers, each with other random numbers, become one.
    pub team: usize,
    /// How often the sentences of GUM count for each time those of EWT do; its genres are nearer to news.
    pub gum_weight: usize,
    /// Whether a first parser reads the raw texts for a second one to begin with (self-training).
    pub read_raw: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            seed: 1,
            tagger_passes: 6,
            parser_passes: 7,
            folds: 4,
            dropout: 0.1,
            forget: 0.15,
            team: 1,
            gum_weight: 2,
            read_raw: false,
        }
    }
}

/// What the training tells while it runs.
pub enum Progress<'a> {
    /// A line for a person.
    Line(String),
    /// A model on the way to the last.
    Milestone(&'a str, Vec<u8>),
}

/// A sentence ready to learn from.
pub struct Example {
    /// Its words, and their tags as a tagger gives them.
    pub input: Input,
    /// The right tag classes.
    pub gold: Vec<u8>,
    /// The governors; the sentence's length for the root.
    pub heads: Vec<u32>,
    /// The relations by their numbers.
    pub labels: Vec<u8>,
    /// How often it counts.
    pub weight: usize,
}

/// Trains a model on gold sentences and raw texts; gives its bytes.
pub fn train(
    sentences: &[GoldSentence],
    raw: &[String],
    abbreviations: &Abbreviations,
    bases: &Bases,
    settings: &Settings,
    tell: &mut dyn FnMut(Progress),
) -> Vec<u8> {
    let kinds = tag_kinds(sentences);
    let clusters = learn_clusters(sentences, raw, abbreviations, &kinds, bases, tell);
    train_with(sentences, raw, abbreviations, &clusters, settings, tell)
}

/// The same, with a lexicon that is there.
pub fn train_with(
    sentences: &[GoldSentence],
    raw: &[String],
    abbreviations: &Abbreviations,
    clusters: &Clusters,
    settings: &Settings,
    tell: &mut dyn FnMut(Progress),
) -> Vec<u8> {
    let kinds = tag_kinds(sentences);
    let mut labels: Vec<Deprel> = sentences.iter().flat_map(|s| s.words.iter().map(|w| w.deprel)).collect();
    labels.sort_unstable();
    labels.dedup();
    let mut examples: Vec<Example> =
        sentences.iter().map(|s| example(s, &kinds, &labels, clusters, settings)).collect();
    let words = |s: &GoldSentence| {
        s.words.iter().map(|w| (w.form.clone(), w.xpos, w.lemma.clone())).collect::<Vec<_>>()
    };
    let lemmas = lemmas::learn(&sentences.iter().flat_map(words).collect::<Vec<_>>());
    tell(Progress::Line(format!(
        "{} lemma rules, {} exceptions",
        lemmas.endings.len(),
        lemmas.exceptions.len()
    )));
    let tagger_rows = tag_examples(&mut examples, &kinds, settings, tell);
    let tagger = Tagger { weights: Linear::new(kinds.len(), &tagger_rows), classes: kinds.clone() };
    let mut parser_rows = train_parser(&[], &examples, labels.len(), settings, tell);
    let file = |parser: &Rows| {
        let mut out = Writer::default();
        clusters.write(&mut out);
        Tagger::write(&kinds, &tagger_rows, &mut out);
        lemmas.write(&mut out);
        Parser::write(&labels, parser, &mut out);
        out.finish()
    };
    if settings.read_raw {
        tell(Progress::Milestone("teacher", file(&parser_rows)));
        let teacher =
            Parser { weights: Linear::new(1 + 2 * labels.len(), &parser_rows), labels: labels.clone() };
        let silver = read_raw(raw, abbreviations, clusters, &tagger, &teacher);
        let tokens: usize = silver.iter().map(|example| example.heads.len()).sum();
        tell(Progress::Line(format!("the first parser has read {tokens} tokens of raw text")));
        let settings = Settings { seed: settings.seed + 1, ..settings.clone() };
        parser_rows = train_parser(&silver, &examples, labels.len(), &settings, tell);
    }
    file(&parser_rows)
}

/// Trains the tagger, and gives every example tags as the parser will meet them: by a tagger that has not seen it.
fn tag_examples(
    examples: &mut [Example],
    kinds: &[(Xpos, Upos)],
    settings: &Settings,
    tell: &mut dyn FnMut(Progress),
) -> Rows {
    let all: Vec<usize> = (0..examples.len()).collect();
    let passes = settings.tagger_passes;
    let mut one = |member: usize| {
        train_tagger(
            examples,
            &all,
            kinds.len(),
            passes,
            settings,
            settings.seed + 1000 * member as u64,
            tell,
        )
    };
    let team: Vec<Rows> = (0..2 * settings.team).map(&mut one).collect();
    let rows = mean(&team, 12);
    for fold in 0..settings.folds {
        let rest: Vec<usize> = all.iter().copied().filter(|i| i % settings.folds != fold).collect();
        let passes = settings.tagger_passes.min(3);
        let weights = train_tagger(examples, &rest, kinds.len(), passes, settings, settings.seed, tell);
        let weights = Linear::new(kinds.len(), &weights);
        let other = Tagger { weights, classes: kinds.to_vec() };
        for i in (fold..examples.len()).step_by(settings.folds) {
            let Input { words, classes, .. } = &mut examples[i].input;
            other.tag(words, classes);
            examples[i].input.prepare(|class| other.is_verb(class));
        }
    }
    rows
}

/// Raw sentences outside these bounds teach little.
const SILVER_LENGTH: std::ops::RangeInclusive<usize> = 5..=60;
/// Of a long document only its beginning is read, so that no source drowns the others.
const SILVER_BYTES: usize = 2_500;

/// The raw texts, tagged and parsed.
fn read_raw(
    raw: &[String],
    abbreviations: &Abbreviations,
    clusters: &Clusters,
    tagger: &Tagger,
    parser: &Parser,
) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut state = State::default();
    for text in raw {
        let text = &text[..text.floor_char_boundary(SILVER_BYTES)];
        let tokens = tokenize(text, abbreviations);
        for sentence in segment(text, &tokens, abbreviations).sentences {
            if sentence.heading || !SILVER_LENGTH.contains(&sentence.tokens.len()) {
                continue;
            }
            let words = &tokens[sentence.tokens][sentence.dateline..];
            let mut input =
                Input::new(words.iter().map(|token| Word::new(token.span.of(text), clusters)).collect());
            tagger.tag(&input.words, &mut input.classes);
            input.prepare(|class| tagger.is_verb(class));
            parser.parse(&input, &mut state);
            let nodes = &state.nodes[..input.words.len()];
            let (heads, labels) = nodes.iter().map(|node| (node.head, node.label)).unzip();
            examples.push(Example { input, gold: Vec::new(), heads, labels, weight: 1 });
        }
    }
    examples
}

/// The pairs of tags that occur more than once.
pub fn tag_kinds(sentences: &[GoldSentence]) -> Vec<(Xpos, Upos)> {
    let mut counts: BTreeMap<(Xpos, Upos), usize> = BTreeMap::new();
    for word in sentences.iter().flat_map(|s| &s.words) {
        *counts.entry((word.xpos, word.upos)).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count >= 5).map(|(kind, _)| kind).collect()
}

/// A gold sentence ready to learn from.
pub fn example(
    sentence: &GoldSentence,
    kinds: &[(Xpos, Upos)],
    labels: &[Deprel],
    clusters: &Clusters,
    settings: &Settings,
) -> Example {
    let kind = |xpos, upos| {
        kinds
            .iter()
            .position(|k| *k == (xpos, upos))
            .or_else(|| kinds.iter().position(|k| k.0 == xpos))
            .unwrap_or(0) as u8
    };
    let root = sentence.words.len() as u32;
    Example {
        input: Input::new(sentence.words.iter().map(|w| Word::new(&w.form, clusters)).collect()),
        gold: sentence.words.iter().map(|w| kind(w.xpos, w.upos)).collect(),
        heads: sentence.words.iter().map(|w| w.head.unwrap_or(root)).collect(),
        labels: sentence
            .words
            .iter()
            .map(|w| labels.iter().position(|l| *l == w.deprel).unwrap_or(0) as u8)
            .collect(),
        weight: if sentence.id.starts_with("GUM") { settings.gum_weight } else { 1 },
    }
}
