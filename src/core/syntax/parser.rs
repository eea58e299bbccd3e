//! A greedy parser: a linear classifier chooses each step of the transition system.

use super::Deprel;
use super::blob::{ModelError, Reader, Writer};
use super::linear::{Linear, mix};
use super::transition::{MOST_LABELS, Move, NONE, State, decode};
use super::word::Word;

/// The parser's labels and weights.
#[derive(Clone, Debug, Default)]
pub struct Parser {
    /// The relations by their numbers.
    pub labels: Vec<Deprel>,
    /// Its weights; classes are actions.
    pub weights: Linear,
}

const TEMPLATES: usize = 96;

/// The features of a state (after Zhang and Nivre 2011, moved to arc-hybrid).
pub fn features(state: &State, words: &[Word], classes: &[u8], out: &mut Vec<u64>) {
    out.clear();
    out.reserve(TEMPLATES);
    let form = |i: u32| words.get(i as usize).map_or(u64::from(i == NONE) + 11, |word| word.lower);
    let tag =
        |i: u32| classes.get(i as usize).map_or(u64::from(i == NONE) + 300, |&class| u64::from(class) + 1);
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
        match b - a {
            d @ 1..=4 => u64::from(d),
            5..=6 => 5,
            7..=10 => 6,
            _ => 7,
        }
    };
    let (s0w, s1w, b0w, b1w, b2w) = (form(s0), form(s1), form(b0), form(b1), form(b2));
    let (s0t, s1t, s2t, b0t, b1t, b2t) = (tag(s0), tag(s1), tag(s2), tag(b0), tag(b1), tag(b2));
    let (s0l, s0r, s1l, s1r, b0l) = (child(s0, 0), child(s0, 2), child(s1, 0), child(s1, 2), child(b0, 0));
    let (s0l2, s0r2, s1r2, b0l2) = (child(s0, 1), child(s0, 3), child(s1, 3), child(b0, 1));
    let (d0, d1) = (far(s0, b0), far(s1, s0));
    let mut template = 0u64;
    let mut push = |value: u64| {
        template += 1;
        out.push(mix(value, template.wrapping_mul(0xA24B_AED4_963E_E407)));
    };
    macro_rules! on {
        ($($first:expr $(, $rest:expr)*);+ $(;)?) => { $( { let value = $first; $(let value = mix(value, $rest);)* push(value); } )+ };
    }
    on! {
        s0w; s0t; s0w, s0t; s1w; s1t; s1w, s1t; s2t; form(s2), s2t;
        b0w; b0t; b0w, b0t; b1w; b1t; b1w, b1t; b2t; b2w;
        s0w, b0w; s0w, s0t, b0t; s0t, b0w, b0t; s0t, b0t; s0t, b0t, b1t; s0w, b0t, b1t; s0t, b0w, b1t;
        s1w, s0w; s1w, s1t, s0t; s1t, s0w, s0t; s1t, s0t; s1t, s0t, b0t; s1w, s0t, b0t; s1t, s0w, b0t; s1t, s0t, b0w;
        s1t, b0t; s1w, b0w; s1w, b0t; b0t, b1t; b0t, b1t, b2t; b0w, b1t; b0t, b1w; s2t, s1t, s0t; s2t, s1t, s0t, b0t;
        s0t, b0t, d0; s0w, d0; b0w, d0; s0t, d0; s1t, s0t, d1; s1w, d1; s0w, d1; s1t, s0t, b0t, d1;
        s0w, valency(s0, 0); s0t, valency(s0, 0); s0w, valency(s0, 1); s0t, valency(s0, 1);
        b0w, valency(b0, 0); b0t, valency(b0, 0); s1w, valency(s1, 1); s1t, valency(s1, 1); s1t, valency(s1, 0);
        s0t, labels(s0, 0); s0t, labels(s0, 1); s0w, labels(s0, 0); s0w, labels(s0, 1); b0t, labels(b0, 0); b0w, labels(b0, 0);
        s1t, labels(s1, 1); s1w, labels(s1, 1); s1t, labels(s1, 0); s1t, labels(s1, 1), s0t; s1t, s0t, labels(s0, 0);
        s1w, labels(s1, 0), s0t; s0t, labels(s0, 0), b0t; b0t, labels(b0, 0), s0t;
        form(s0l), s0t; tag(s0l), s0t, label(s0l); form(s0r), s0t; tag(s0r), s0t, label(s0r);
        form(b0l), b0t; tag(b0l), b0t, label(b0l); form(s1r), s1t; tag(s1r), s1t, label(s1r); form(s1l), s1t;
        tag(s0l2), tag(s0l), s0t; tag(s0r2), tag(s0r), s0t; tag(b0l2), tag(b0l), b0t; tag(s1r2), tag(s1r), s1t;
        s1t, s0t, tag(s0l); s1t, s0t, tag(s0r); s1t, tag(s1r), s0t; s1t, tag(s1l), s0t; s0t, tag(s0l), b0t; s0t, tag(s0r), b0t;
        s0t, b0t, tag(b0l); s1w, form(s0l); s1t, form(s0l), s0w; s1w, form(s0l), s0t; s0w, form(b0l); s0t, form(b0l), b0t;
        form(s1l), s1t, s0t; u64::from(state.stack.len() as u32 == 1), s0t, b0t;
    }
}

impl Parser {
    /// Reads the sentence into `state`: every word gets a governor and a label.
    pub fn parse(&self, words: &[Word], classes: &[u8], state: &mut State) {
        state.begin(words.len());
        let mut scores = vec![0i32; self.weights.classes()];
        let mut found = Vec::with_capacity(TEMPLATES);
        while !state.is_done() {
            features(state, words, classes, &mut found);
            scores.fill(0);
            for &feature in &found {
                self.weights.add(feature, &mut scores);
            }
            let (step, label) = self.choose(state, &scores);
            state.take(step, label);
        }
    }

    fn choose(&self, state: &State, scores: &[i32]) -> (Move, u8) {
        let labels = self.labels.len();
        let allowed = [state.allows(Move::Shift), state.allows(Move::Left), state.allows(Move::Right)];
        let mut best = None;
        for (step, range) in [(0, 0..1), (1, 1..1 + labels), (2, 1 + labels..1 + 2 * labels)] {
            if !allowed[step] {
                continue;
            }
            for action in range {
                let score = scores.get(action).copied().unwrap_or(i32::MIN);
                if best.is_none_or(|(_, highest)| score > highest) {
                    best = Some((action, score));
                }
            }
        }
        decode(best.map_or(0, |(action, _)| action), labels)
    }

    /// Appends the parser.
    pub fn write(&self, out: &mut Writer) {
        out.u8s(&self.labels.iter().map(|&label| label as u8).collect::<Vec<_>>());
        self.weights.write(out);
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
