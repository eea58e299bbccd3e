//! Trains tagger, lemmas and parser on the treebanks.

use super::lemmas;
use super::perceptron::Perceptron;
use super::random::Random;
use crate::core::syntax::linear::Linear;
use crate::core::syntax::parser::{self, Parser};
use crate::core::syntax::tagger::{self, Tagger};
use crate::core::syntax::transition::{Move, State, decode};
use crate::core::syntax::word::Word;
use crate::core::syntax::{Deprel, Model, Upos, Xpos};
use crate::evaluation::conllu::GoldSentence;
use std::collections::BTreeMap;

/// How the training runs.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the random numbers start.
    pub seed: u64,
    /// Passes of the tagger.
    pub tagger_epochs: usize,
    /// Passes of the parser.
    pub parser_epochs: usize,
    /// The parser learns from tags by taggers that never saw the sentence: how many parts.
    pub folds: usize,
}

/// A sentence ready to learn from.
struct Example {
    words: Vec<Word>,
    classes: Vec<u8>,
    heads: Vec<u32>,
    labels: Vec<u8>,
}

/// Trains a model; says how it goes.
pub fn train(sentences: &[GoldSentence], settings: &Settings, mut say: impl FnMut(&str)) -> Model {
    let kinds = tag_kinds(sentences);
    let mut labels: Vec<Deprel> = sentences.iter().flat_map(|s| s.words.iter().map(|w| w.deprel)).collect();
    labels.sort_unstable();
    labels.dedup();
    let mut examples: Vec<Example> = sentences.iter().map(|s| example(s, &kinds, &labels)).collect();
    let lemmas = lemmas::learn(
        &sentences
            .iter()
            .flat_map(|s| s.words.iter().map(|w| (w.form.clone(), w.xpos, w.lemma.clone())))
            .collect::<Vec<_>>(),
    );
    say(&format!("{} lemma rules, {} exceptions", lemmas.endings.len(), lemmas.exceptions.len()));
    let all: Vec<usize> = (0..examples.len()).collect();
    let tagger = Tagger {
        weights: train_tagger(&examples, &all, kinds.len(), settings, &mut say),
        classes: kinds.clone(),
    };
    // Tags as the parser will meet them: by a tagger that has not seen the sentence.
    let mut predicted: Vec<Vec<u8>> = vec![Vec::new(); examples.len()];
    for fold in 0..settings.folds {
        let rest: Vec<usize> = all.iter().copied().filter(|i| i % settings.folds != fold).collect();
        let weights = train_tagger(
            &examples,
            &rest,
            kinds.len(),
            &Settings { tagger_epochs: settings.tagger_epochs.min(4), ..settings.clone() },
            &mut say,
        );
        let other = Tagger { weights, classes: kinds.clone() };
        for i in (fold..examples.len()).step_by(settings.folds) {
            other.tag(&examples[i].words, &mut predicted[i]);
        }
    }
    for (example, classes) in examples.iter_mut().zip(predicted) {
        example.classes = classes;
    }
    let parser = Parser { weights: train_parser(&examples, labels.len(), settings, &mut say), labels };
    Model { tagger, lemmas, parser }
}

/// The pairs of tags that occur more than once.
fn tag_kinds(sentences: &[GoldSentence]) -> Vec<(Xpos, Upos)> {
    let mut counts: BTreeMap<(Xpos, Upos), usize> = BTreeMap::new();
    for word in sentences.iter().flat_map(|s| &s.words) {
        *counts.entry((word.xpos, word.upos)).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count >= 5).map(|(kind, _)| kind).collect()
}

fn example(sentence: &GoldSentence, kinds: &[(Xpos, Upos)], labels: &[Deprel]) -> Example {
    let kind = |xpos, upos| {
        kinds
            .iter()
            .position(|k| *k == (xpos, upos))
            .or_else(|| kinds.iter().position(|k| k.0 == xpos))
            .unwrap_or(0) as u8
    };
    let root = sentence.words.len() as u32;
    Example {
        words: sentence.words.iter().map(|w| Word::new(&w.form)).collect(),
        classes: sentence.words.iter().map(|w| kind(w.xpos, w.upos)).collect(),
        heads: sentence.words.iter().map(|w| w.head.unwrap_or(root)).collect(),
        labels: sentence
            .words
            .iter()
            .map(|w| labels.iter().position(|l| *l == w.deprel).unwrap_or(0) as u8)
            .collect(),
    }
}

fn train_tagger(
    examples: &[Example],
    which: &[usize],
    kinds: usize,
    settings: &Settings,
    say: &mut impl FnMut(&str),
) -> Linear {
    let mut model = Perceptron::new(kinds);
    let mut random = Random::new(settings.seed);
    let mut order = which.to_vec();
    let mut scores = vec![0f32; kinds];
    let mut found = Vec::new();
    for epoch in 0..settings.tagger_epochs {
        random.shuffle(&mut order);
        let (mut right, mut total) = (0, 0);
        for &i in &order {
            let example = &examples[i];
            let mut classes: Vec<u8> = Vec::with_capacity(example.words.len());
            for at in 0..example.words.len() {
                tagger::features(&example.words, &classes, at, &mut found);
                model.score(&found, &mut scores);
                let guess = best(&scores, |_| true);
                let truth = example.classes[at] as usize;
                model.tick();
                if guess != truth {
                    model.update(&found, truth, guess);
                }
                total += 1;
                right += usize::from(guess == truth);
                classes.push(guess as u8);
            }
        }
        say(&format!(
            "tagger pass {}: {:.2} % right while learning",
            epoch + 1,
            100.0 * right as f64 / total as f64
        ));
    }
    model.finish(2, 16)
}

fn best(scores: &[f32], allowed: impl Fn(usize) -> bool) -> usize {
    let mut best = usize::MAX;
    for (i, &score) in scores.iter().enumerate() {
        if allowed(i) && (best == usize::MAX || score > scores[best]) {
            best = i;
        }
    }
    best
}

/// After this many passes the parser follows its own choices, so that it learns to go on after errors.
const EXPLORE_AFTER: usize = 1;
/// How often it does.
const EXPLORE: f32 = 0.9;

fn train_parser(
    examples: &[Example],
    labels: usize,
    settings: &Settings,
    say: &mut impl FnMut(&str),
) -> Linear {
    let actions = 1 + 2 * labels;
    let mut model = Perceptron::new(actions);
    let mut random = Random::new(settings.seed ^ 0xA5A5);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut scores = vec![0f32; actions];
    let mut found = Vec::new();
    let mut state = State::default();
    for epoch in 0..settings.parser_epochs {
        random.shuffle(&mut order);
        let (mut right, mut total) = (0usize, 0usize);
        for &i in &order {
            let example = &examples[i];
            state.begin(example.words.len());
            while !state.is_done() {
                parser::features(&state, &example.words, &example.classes, &mut found);
                model.score(&found, &mut scores);
                let costs = state.costs(&example.heads);
                let allowed = [Move::Shift, Move::Left, Move::Right].map(|step| state.allows(step));
                let least = (0..3).filter(|&m| allowed[m]).map(|m| costs[m]).min().unwrap_or(0);
                let number = |step: Move| step as usize;
                let guess = best(&scores, |a| allowed[number(decode(a, labels).0)]);
                // Right are the moves that lose least, with the gold label where the arc is gold.
                let is_right = |a: usize| {
                    let (step, label) = decode(a, labels);
                    if !allowed[number(step)] || costs[number(step)] > least {
                        return false;
                    }
                    let (dependent, head) = match step {
                        Move::Shift => return true,
                        Move::Left => (state.top(0), state.next),
                        Move::Right => (state.top(0), state.top(1)),
                    };
                    let gold = example.heads.get(dependent as usize) == Some(&head);
                    !gold || example.labels.get(dependent as usize) == Some(&label)
                };
                let truth = best(&scores, is_right);
                model.tick();
                total += 1;
                if is_right(guess) {
                    right += 1;
                } else {
                    model.update(&found, truth, guess);
                }
                let follow = epoch >= EXPLORE_AFTER && random.unit() < EXPLORE;
                let (step, label) = decode(if follow { guess } else { truth }, labels);
                state.take(step, label);
            }
        }
        say(&format!(
            "parser pass {}: {:.2} % right while learning",
            epoch + 1,
            100.0 * right as f64 / total as f64
        ));
    }
    model.finish(5, 25)
}
