//! A greedy parser: a linear classifier chooses each step of the transition system.

use super::Deprel;
use super::blob::{ModelError, Reader, Writer};
use super::linear::{Linear, Rows, Scores, mix};
use super::transition::{MOST_LABELS, Move, NONE, State, decode};
use super::word::{Kind, Word};

/// The parser's labels and weights.
#[derive(Clone, Debug, Default)]
pub struct Parser {
    /// The relations by their numbers.
    pub labels: Vec<Deprel>,
    /// Its weights; classes are actions.
    pub weights: Linear,
}

const TEMPLATES: usize = 86;

/// A tagged sentence, with what the parser looks up between and beyond words.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// The words.
    pub words: Vec<Word>,
    /// Their tag classes.
    pub classes: Vec<u8>,
    /// How many verbs, commas, conjunctions stand before each word (and before the end).
    before: Vec<[u16; 3]>,
    /// The first verb from each word on; the sentence's length where there is none.
    verbs: Vec<u32>,
}

impl Input {
    /// Words without tags.
    pub fn new(words: Vec<Word>) -> Input {
        Input { words, ..Input::default() }
    }

    /// Fills what follows from words and classes; `is_verb` tells which classes are verbs.
    pub fn prepare(&mut self, is_verb: impl Fn(u8) -> bool) {
        let length = self.words.len();
        self.before.clear();
        let mut seen = [0u16; 3];
        self.before.push(seen);
        for (word, &class) in self.words.iter().zip(&self.classes) {
            seen[0] += u16::from(is_verb(class));
            seen[1] += u16::from(word.kind == Kind::Comma);
            seen[2] += u16::from(word.kind == Kind::And);
            self.before.push(seen);
        }
        self.verbs.clear();
        self.verbs.resize(length + 1, length as u32);
        for i in (0..length).rev() {
            let verb = is_verb(self.classes.get(i).copied().unwrap_or(0));
            self.verbs[i] = if verb { i as u32 } else { self.verbs[i + 1] };
        }
    }

    /// What stands between words `a` and `b`: up to two verbs, whether a comma, whether a conjunction.
    fn between(&self, a: u32, b: u32) -> u64 {
        match (self.before.get(a.wrapping_add(1) as usize), self.before.get(b as usize)) {
            (Some(from), Some(to)) if a < b => {
                let count = |i: usize| to[i].saturating_sub(from[i]);
                u64::from(count(0).min(2)) * 9
                    + u64::from(count(1).min(2)) * 3
                    + u64::from(count(2).min(1))
                    + 1
            }
            _ => 0,
        }
    }

    /// The first verb behind word `i`; the sentence's length where there is none.
    fn verb_after(&self, i: u32) -> u32 {
        self.verbs.get(i as usize + 1).copied().unwrap_or(self.words.len() as u32)
    }
}

/// The features of a state (after Zhang and Nivre 2011, moved to arc-hybrid).
pub fn features(state: &State, input: &Input, out: &mut Vec<u64>) {
    let (words, classes) = (&input.words, &input.classes);
    out.clear();
    out.reserve(TEMPLATES);
    let form = |i: u32| words.get(i as usize).map_or(u64::from(i == NONE) + 11, |word| word.lower);
    let tag =
        |i: u32| classes.get(i as usize).map_or(u64::from(i == NONE) + 300, |&class| u64::from(class) + 1);
    let fine = |i: u32| words.get(i as usize).map_or(5000, |word| u64::from(word.clusters.1));
    let coarse = |i: u32| words.get(i as usize).map_or(500, |word| u64::from(word.clusters.0));
    let node = |i: u32| state.nodes.get(i as usize);
    let child = |i: u32, which: usize| node(i).map_or(NONE, |n| n.children[which]);
    let label = |i: u32| node(i).map_or(99, |n| u64::from(n.label) + 100);
    let valency = |i: u32, side: usize| node(i).map_or(77, |n| u64::from(n.valency[side]));
    let labels = |i: u32, side: usize| node(i).map_or(77, |n| n.labels[side]);
    let (s0, s1, s2) = (state.top(0), state.top(1), state.top(2));
    let b0 = state.next;
    let (b1, b2) = (b0 + 1, b0 + 2);
    let far = |a: u32, b: u32| -> u64 {
        if a == NONE || b == NONE {
            return 20;
        }
        match b.saturating_sub(a) {
            d @ 1..=4 => u64::from(d),
            5..=6 => 5,
            7..=10 => 6,
            _ => 7,
        }
    };
    let (s0w, s1w, b0w, b1w, b2w) = (form(s0), form(s1), form(b0), form(b1), form(b2));
    let (s0t, s1t, s2t, b0t, b1t, b2t) = (tag(s0), tag(s1), tag(s2), tag(b0), tag(b1), tag(b2));
    let (s0l, s0r, s1l, b0l) = (child(s0, 0), child(s0, 2), child(s1, 0), child(b0, 0));
    let (s0l2, b0l2) = (child(s0, 1), child(b0, 1));
    let (d0, d1) = (far(s0, b0), far(s1, s0));
    let (s0f, s1f, b0f) = (fine(s0), fine(s1), fine(b0));
    let (s0c, s1c, b0c) = (coarse(s0), coarse(s1), coarse(b0));
    // What the words can be: where the tagger erred, the tree may still come out right.
    let can = |i: u32| words.get(i as usize).map_or(512, |word| u64::from(word.clusters.3));
    let (m0, m1) = (input.between(s0, b0), input.between(s1, s0));
    let verb = input.verb_after(b0);
    let (vt, vd) = (tag(verb), far(b0, verb));
    let mut template = 0u64;
    let mut push = |value: u64| {
        template += 1;
        out.push(mix(value, template.wrapping_mul(0xA24B_AED4_963E_E407)));
    };
    macro_rules! on {
        ($($first:expr $(, $rest:expr)*);+ $(;)?) => { $( { let value = $first; $(let value = mix(value, $rest);)* push(value); } )+ };
    }
    on! {
        s0w; s1w, s1t; s2t; b0w; b0w, b0t; b1w; b1t; b2w;
        s0w, s0t, b0t; s0t, b0w, b0t; s0t, b0t, b1t; s0w, b0t, b1t;
        s1w, s0w; s1t, s0w, s0t; s1w, s1t, s0t; s1t, s0t, b0t; s1t, s0t, b0w;
        s1t, b0t; s1w, b0w; s1w, b0t; b0t, b1t, b2t; b0w, b1t; b0t, b1w; s2t, s1t, s0t, b0t;
        s0t, b0t, d0; b0w, d0; s1t, s0t, d1;
        s0t, valency(s0, 0); s0w, valency(s0, 1); b0w, valency(b0, 0); b0t, valency(b0, 0);
        s0t, labels(s0, 0); s0w, labels(s0, 1); b0t, labels(b0, 0); b0w, labels(b0, 0); s1w, labels(s1, 1);
        s1t, labels(s1, 0); s1t, labels(s1, 1), s0t; s1t, s0t, labels(s0, 0); s0t, labels(s0, 0), b0t;
        b0t, labels(b0, 0), s0t;
        form(s0l), s0t; tag(s0l), s0t, label(s0l); form(s0r), s0t; form(b0l), b0t; tag(b0l), b0t, label(b0l);
        tag(s0l2), tag(s0l), s0t; tag(b0l2), tag(b0l), b0t;
        s1t, s0t, tag(s0l); s1t, s0t, tag(s0r); s1t, tag(s1l), s0t; s0t, tag(s0l), b0t; s0t, b0t, tag(b0l);
        s1w, form(s0l); s1t, form(s0l), s0w; s0w, form(b0l); s0t, form(b0l), b0t; form(s1l), s1t, s0t;
        s0f; s1f; b0f; fine(b1); s1c, s0c; s0f, b0f; s1f, s0f; s0w, b0c; s1c, s0w; s0t, b0f; s1c, s0c, b0c;
        s1f, form(s0l), s0c; s0c, coarse(b0l), b0c; s0f, coarse(s0r), b0t;
        m1, s1t, s0t; m1, s0w; m0, s0w; input.between(s1, b0), s1t, b0t; m0, b0w;
        vt, s0t, b0t; form(verb), b0t, s0t; vt, s1t, s0t; vt, s0w; vt, b0w; vd, b0w;
        can(b0), s0t, b0t; can(s0), s0t, b0t; can(s0), s1t, s0t;
    }
}

impl Parser {
    /// Reads the sentence into `state`: every word gets a governor and a label.
    pub fn parse(&self, input: &Input, state: &mut State) {
        state.begin(input.words.len());
        let mut scores = Scores::default();
        let mut found = Vec::with_capacity(TEMPLATES);
        while !state.is_done() {
            // With nothing on the stack there is nothing to choose.
            if state.stack.is_empty() {
                state.take(Move::Shift, 0);
                continue;
            }
            features(state, input, &mut found);
            self.weights.score(&found, &mut scores);
            let (step, label) = self.choose(state, &scores);
            state.take(step, label);
        }
    }

    fn choose(&self, state: &State, scores: &Scores) -> (Move, u8) {
        let labels = self.labels.len();
        let allowed = [state.allows(Move::Shift), state.allows(Move::Left), state.allows(Move::Right)];
        let mut best = None;
        for (step, range) in [(0, 0..1), (1, 1..1 + labels), (2, 1 + labels..1 + 2 * labels)] {
            if !allowed[step] {
                continue;
            }
            for action in range {
                let score = scores.of(action);
                if best.is_none_or(|(_, highest)| score > highest) {
                    best = Some((action, score));
                }
            }
        }
        decode(best.map_or(0, |(action, _)| action), labels)
    }

    /// Appends a parser: its labels, and its weights in training.
    pub fn write(labels: &[Deprel], weights: &Rows, out: &mut Writer) {
        out.u8s(&labels.iter().map(|&label| label as u8).collect::<Vec<_>>());
        Linear::write(1 + 2 * labels.len(), weights, out);
    }

    /// Reads the parser.
    pub fn read(input: &mut Reader) -> Result<Parser, ModelError> {
        let labels: Option<Vec<Deprel>> =
            input.u8s()?.iter().map(|&label| Deprel::ALL.get(label as usize).copied()).collect();
        let labels = labels.ok_or(ModelError::Content("a relation is unknown"))?;
        let weights = Linear::read(input)?;
        if labels.is_empty() || labels.len() > MOST_LABELS || weights.classes() != 1 + 2 * labels.len() {
            return Err(ModelError::Content("the parser's labels do not fit its weights"));
        }
        Ok(Parser { labels, weights })
    }
}
