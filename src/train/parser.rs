//! Trains the parser with the dynamic oracle of arc-hybrid (Goldberg and Nivre 2013): after its first pass it follows its
//! own choices, and learns what is best from there.

use super::perceptron::{Perceptron, best, mean};
use super::random::Random;
use super::syntax::{Example, Progress, Settings};
use crate::core::syntax::linear::Rows;
use crate::core::syntax::parser;
use crate::core::syntax::transition::{Move, State, decode};

/// How often the parser follows its own choice where it explores.
const EXPLORE: f32 = 0.9;
/// Features seen in fewer updates, and weights below this many 256ths, are left out: the time goes into reading them.
const KEPT: (u32, i16) = (5, 128);

/// One pass over `silver`, then the set number of passes over `examples`: as many parsers as the settings say, each with its own
/// random numbers and its own thread, become one.
pub fn train_parser(
    silver: &[Example],
    examples: &[Example],
    labels: usize,
    settings: &Settings,
    tell: &mut dyn FnMut(Progress),
) -> Rows {
    let (send, lines) = std::sync::mpsc::channel();
    let team: Vec<Rows> = std::thread::scope(|scope| {
        let learn = |member: usize| {
            let send = send.clone();
            scope.spawn(move || {
                let seed = (settings.seed + 1000 * member as u64) ^ 0xA5A5;
                let mut tell = |progress: Progress| {
                    if let Progress::Line(line) = progress {
                        let _ = send.send(format!("parser {member}, {line}"));
                    }
                };
                train_one(silver, examples, labels, settings, seed, &mut tell)
            })
        };
        let threads: Vec<_> = (0..settings.team).map(learn).collect();
        drop(send);
        lines.into_iter().for_each(|line| tell(Progress::Line(line)));
        threads.into_iter().map(|thread| thread.join().unwrap_or_default()).collect()
    });
    mean(&team, KEPT.1)
}

fn train_one(
    silver: &[Example],
    examples: &[Example],
    labels: usize,
    settings: &Settings,
    seed: u64,
    tell: &mut dyn FnMut(Progress),
) -> Rows {
    let mut learner = Learner::new(labels, settings.dropout, seed);
    if !silver.is_empty() {
        let order: Vec<usize> = (0..silver.len()).collect();
        learner.pass(silver, order, true, "raw text", tell);
    }
    for pass in 1..=settings.parser_passes {
        let often = |(i, example): (usize, &Example)| std::iter::repeat_n(i, example.weight);
        let order = examples.iter().enumerate().flat_map(often).collect();
        let explores = pass > 1 || !silver.is_empty();
        learner.pass(examples, order, explores, &format!("pass {pass}"), tell);
    }
    learner.model.finish(KEPT.0, 1)
}

struct Learner {
    model: Perceptron,
    random: Random,
    labels: usize,
    dropout: f32,
    scores: Vec<f32>,
    found: Vec<u64>,
    state: State,
}

impl Learner {
    fn new(labels: usize, dropout: f32, seed: u64) -> Learner {
        let actions = 1 + 2 * labels;
        Learner {
            model: Perceptron::default(),
            random: Random::new(seed),
            labels,
            dropout,
            scores: vec![0.0; actions],
            found: Vec::new(),
            state: State::default(),
        }
    }

    fn pass(
        &mut self,
        examples: &[Example],
        mut order: Vec<usize>,
        explores: bool,
        name: &str,
        tell: &mut dyn FnMut(Progress),
    ) {
        self.random.shuffle(&mut order);
        let (mut right, mut total) = (0usize, 0usize);
        for i in order {
            self.state.begin(examples[i].heads.len());
            while !self.state.is_done() {
                total += 1;
                right += usize::from(self.step(&examples[i], explores));
            }
        }
        let share = 100.0 * right as f64 / total.max(1) as f64;
        tell(Progress::Line(format!("{name}: {share:.2} % right while learning")));
    }

    /// One step of one sentence: learns, goes on; whether the choice was right.
    fn step(&mut self, example: &Example, explores: bool) -> bool {
        let (state, labels) = (&mut self.state, self.labels);
        parser::features(state, &example.input, &mut self.found);
        self.random.drop_some(&mut self.found, self.dropout);
        self.model.score(&self.found, &mut self.scores);
        let costs = state.costs(&example.heads);
        let allowed = [Move::Shift, Move::Left, Move::Right].map(|step| state.allows(step));
        let least = (0..3).filter(|&m| allowed[m]).map(|m| costs[m]).min().unwrap_or(0);
        let dependent = state.top(0);
        // With which label each arc is right: the gold one if the arc is gold, else any.
        let wanted = [state.next, state.top(1)].map(|head| {
            let gold = example.heads.get(dependent as usize) == Some(&head);
            if gold { example.labels.get(dependent as usize).copied() } else { None }
        });
        // Right are the moves that lose least.
        let is_right = |action: usize| {
            let (step, label) = decode(action, labels);
            let number = step as usize;
            let label_fits = step == Move::Shift || wanted[number - 1].is_none_or(|gold| gold == label);
            allowed[number] && costs[number] <= least && label_fits
        };
        let guess = best(&self.scores, |action| allowed[decode(action, labels).0 as usize]);
        let truth = best(&self.scores, is_right);
        let right = is_right(guess);
        self.model.tick();
        if !right {
            self.model.update(&self.found, truth, guess);
        }
        let follows = explores && self.random.unit() < EXPLORE;
        let (step, label) = decode(if follows { guess } else { truth }, labels);
        state.take(step, label);
        right
    }
}
