//! Word classes, left to right: one class is a pair of Penn tag and universal part of speech.

use super::blob::{ModelError, Reader, Writer};
use super::clusters::can_be;
use super::linear::{Linear, Rows, Scores, mix};
use super::word::{Kind, Word};
use super::{Upos, Xpos};

/// A greedy linear tagger.
#[derive(Clone, Debug, Default)]
pub struct Tagger {
    /// What each class means.
    pub classes: Vec<(Xpos, Upos)>,
    /// Its weights.
    pub weights: Linear,
}

/// How many features a word has.
const TEMPLATES: usize = 59;

/// What stands beyond the sentence.
const EDGE: Word = Word {
    form: 1,
    lower: 1,
    shape: 1,
    suffixes: [1; 4],
    prefixes: [1; 3],
    kind: Kind::Other,
    clusters: (0, 0, 0, 0),
};

/// The features of word `i`, given the classes of the words before it.
pub fn features(words: &[Word], classes: &[u8], i: usize, out: &mut Vec<u64>) {
    out.clear();
    out.reserve(TEMPLATES);
    let word = |offset: isize| -> Word {
        let at = i as isize + offset;
        if at < 0 || at as usize >= words.len() { EDGE } else { words[at as usize] }
    };
    let class = |back: usize| if i >= back { u64::from(classes[i - back]) + 2 } else { 1 };
    let (w, p1, p2, n1, n2) = (word(0), word(-1), word(-2), word(1), word(2));
    let (c1, c2) = (class(1), class(2));
    let mut template = 0u64;
    let mut one = |value: u64| {
        template += 1;
        out.push(mix(value, template.wrapping_mul(0xA24B_AED4_963E_E407)));
    };
    one(w.form);
    one(w.lower);
    w.suffixes.into_iter().for_each(&mut one);
    one(w.prefixes[2]);
    one(w.shape);
    one(mix(w.shape, u64::from(i == 0)));
    one(mix(w.shape, n1.shape));
    one(mix(w.shape, w.suffixes[2]));
    one(p1.lower);
    one(p2.lower);
    one(n1.lower);
    one(n2.lower);
    one(n1.suffixes[1]);
    one(n1.shape);
    one(c1);
    one(mix(c1, c2));
    one(mix(c1, w.lower));
    one(mix(mix(c1, c2), w.lower));
    one(mix(c1, w.suffixes[2]));
    one(mix(c1, n1.lower));
    one(mix(c1, n1.suffixes[1]));
    one(mix(c1, w.shape));
    one(mix(w.lower, n1.lower));
    one(mix(p1.lower, w.lower));
    one(c2);
    let fine = |word: &Word| u64::from(word.clusters.1);
    let coarse = |word: &Word| u64::from(word.clusters.0);
    one(fine(&w));
    one(coarse(&w));
    one(fine(&n1));
    one(mix(fine(&w), fine(&n1)));
    one(mix(c1, mix(fine(&w), coarse(&n1))));
    one(mix(w.shape, fine(&w)));
    let usual = |word: &Word| u64::from(word.clusters.2);
    let (uw, u1, u2) = (usual(&w), usual(&n1), usual(&n2));
    one(uw);
    one(u1);
    one(mix(u1, u2));
    one(mix(c1, mix(uw, u1)));
    one(mix(w.lower, u1));
    one(mix(w.lower, mix(u1, u2)));
    one(mix(uw, mix(u1, u2)));
    one(mix(mix(c1, c2), mix(uw, u1)));
    one(mix(c1, mix(w.lower, u1)));
    one(mix(w.suffixes[1], mix(c1, u1)));
    // What the word can be, whether or not the treebanks have it: "criticised" a past tense, "blocks" a verb or a plural.
    let can = |word: &Word| u64::from(word.clusters.3);
    let (cw, cn) = (can(&w), can(&n1));
    one(cw);
    one(mix(c1, cw));
    one(mix(mix(c1, c2), cw));
    one(mix(cw, n1.lower));
    one(mix(cw, u1));
    one(mix(c1, mix(cw, cn)));
    one(mix(c1, mix(cw, u1)));
    one(mix(cw, mix(u1, u2)));
    one(mix(cw, w.shape));
    one(mix(can(&p1), mix(cw, cn)));
    let helper = helper(words, i);
    one(mix(helper, cw));
    one(mix(helper, uw));
    one(mix(helper, w.suffixes[1]));
    one(mix(helper, w.lower));
    one(mix(helper, c1));
}

/// How far back an auxiliary is looked for.
const HELPER_REACH: usize = 6;

/// The nearest auxiliary, modal or "to" before `i`, if no punctuation stands between: `has … been widely |seen`.
fn helper(words: &[Word], i: usize) -> u64 {
    for back in 1..=HELPER_REACH.min(i) {
        let word = &words[i - back];
        match word.kind {
            Kind::Helper => return mix(word.lower, u64::from(back == 1)),
            Kind::Comma | Kind::Mark => break,
            Kind::And | Kind::Other => {}
        }
    }
    3
}

impl Tagger {
    /// The class of each word.
    pub fn tag(&self, words: &[Word], classes: &mut Vec<u8>) {
        classes.clear();
        self.go_on(words, classes);
    }

    /// The class of each word behind those that have one.
    pub fn go_on(&self, words: &[Word], classes: &mut Vec<u8>) {
        let mut scores = Scores::default();
        let mut found = Vec::with_capacity(TEMPLATES);
        for i in classes.len()..words.len() {
            features(words, classes, i, &mut found);
            self.weights.score(&found, &mut scores);
            classes.push(best(scores.first(self.classes.len())) as u8);
        }
    }

    /// The word that is most likely a finite verb of those that have another tag but can be one, with the class it would have
    /// and by how much its score falls short.
    pub fn missed_verb(&self, words: &[Word], classes: &[u8]) -> Option<(usize, u8, i16)> {
        const FINITE: [Xpos; 3] = [Xpos::VBD, Xpos::VBZ, Xpos::VBP];
        let finite = FINITE.map(can_be).into_iter().fold(0, |all, bit| all | bit);
        let mut scores = Scores::default();
        let mut found = Vec::with_capacity(TEMPLATES);
        let mut best: Option<(usize, u8, i16)> = None;
        for (i, &class) in classes.iter().enumerate() {
            if words[i].clusters.3 & finite == 0
                || self.is_verb(class) && FINITE.contains(&self.meaning(class).0)
            {
                continue;
            }
            features(words, &classes[..i], i, &mut found);
            self.weights.score(&found, &mut scores);
            let score = |class: u8| scores.of(class as usize);
            for (other, &(xpos, upos)) in self.classes.iter().enumerate() {
                let fits =
                    upos == Upos::Verb && FINITE.contains(&xpos) && words[i].clusters.3 & can_be(xpos) != 0;
                let gap = score(class).saturating_sub(score(other as u8));
                if fits && best.is_none_or(|(_, _, least)| gap < least) {
                    best = Some((i, other as u8, gap));
                }
            }
        }
        best
    }

    /// What a class means.
    pub fn meaning(&self, class: u8) -> (Xpos, Upos) {
        self.classes.get(class as usize).copied().unwrap_or((Xpos::NN, Upos::Noun))
    }

    /// Whether a class is one of verbs or auxiliaries.
    pub fn is_verb(&self, class: u8) -> bool {
        matches!(self.meaning(class).1, Upos::Verb | Upos::Aux)
    }

    /// Appends a tagger: what its classes mean, and its weights in training.
    pub fn write(classes: &[(Xpos, Upos)], weights: &Rows, out: &mut Writer) {
        out.u8s(&classes.iter().map(|c| c.0 as u8).collect::<Vec<_>>());
        out.u8s(&classes.iter().map(|c| c.1 as u8).collect::<Vec<_>>());
        Linear::write(classes.len(), weights, out);
    }

    /// Reads the tagger.
    pub fn read(input: &mut Reader) -> Result<Tagger, ModelError> {
        let (xpos, upos) = (input.u8s()?, input.u8s()?);
        let class = |(x, u): (&u8, &u8)| Some((*Xpos::ALL.get(*x as usize)?, *Upos::ALL.get(*u as usize)?));
        let classes: Option<Vec<_>> = xpos.iter().zip(&upos).map(class).collect();
        let classes = classes.ok_or(ModelError::Content("a tag is unknown"))?;
        let weights = Linear::read(input)?;
        if xpos.len() != upos.len() || weights.classes() != classes.len() || classes.len() > 255 {
            return Err(ModelError::Content("the tagger's classes do not fit its weights"));
        }
        Ok(Tagger { classes, weights })
    }
}

/// The first class with the highest score.
pub fn best(scores: &[i16]) -> usize {
    let mut best = 0;
    for (i, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = i;
        }
    }
    best
}
