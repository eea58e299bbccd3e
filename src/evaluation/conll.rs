//! The measures of the CoNLL 2018 shared task: words aligned by their characters, whatever the system's own tokens are.

use super::conllu::{GoldSentence, Treebank};
use crate::core::syntax::{Deprel, Document, Token, Upos, Xpos};
use crate::core::text::Span;
use std::collections::BTreeMap;

/// Counts behind one measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many the gold standard has.
    pub gold: usize,
    /// How many the system has.
    pub system: usize,
    /// How many agree.
    pub correct: usize,
}

impl Counts {
    /// F1 in percent; 0 where there is nothing.
    pub fn f1(self) -> f64 {
        if self.gold + self.system == 0 {
            0.0
        } else {
            200.0 * self.correct as f64 / (self.gold + self.system) as f64
        }
    }

    fn add(&mut self, gold: usize, system: usize, correct: usize) {
        self.gold += gold;
        self.system += system;
        self.correct += correct;
    }
}

/// All measures of one treebank.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// Surface tokens, contractions as one.
    pub tokens: Counts,
    /// Sentences with exactly the gold extent.
    pub sentences: Counts,
    /// Syntactic words.
    pub words: Counts,
    /// Words with the right universal part of speech.
    pub upos: Counts,
    /// Words with the right Penn tag.
    pub xpos: Counts,
    /// Words with the right lemma.
    pub lemmas: Counts,
    /// Words with the right governor.
    pub uas: Counts,
    /// Words with the right governor and universal relation, as the shared task counts: subtypes left out.
    pub las: Counts,
    /// The same, subtypes included.
    pub las_subtypes: Counts,
    /// Governor and full relation, a relation each.
    pub relations: BTreeMap<Deprel, Counts>,
}

/// A word of either side, in offsets that count only characters that are no white space.
struct Item<'a> {
    begin: u32,
    end: u32,
    upos: Upos,
    xpos: Xpos,
    lemma: &'a str,
    /// Index of the governor in the same list; `None` = root.
    head: Option<usize>,
    deprel: Deprel,
}

/// For each byte of the text, how many characters other than white space come before it.
fn positions(text: &str) -> Vec<u32> {
    let mut places = vec![0; text.len() + 1];
    let mut count = 0;
    for (at, c) in text.char_indices() {
        for place in &mut places[at..at + c.len_utf8()] {
            *place = count;
        }
        if !c.is_whitespace() {
            count += 1;
        }
    }
    places[text.len()] = count;
    places
}

impl Scores {
    /// Compares the analysis of `bank.text` with the treebank. `keep` chooses the gold sentences that count
    /// (for one genre); what the system found within their extent counts with them.
    pub fn of(bank: &Treebank, document: &Document, keep: impl Fn(&GoldSentence) -> bool) -> Scores {
        let places = positions(&bank.text);
        let place = |span: Span| (places[span.begin as usize], places[span.end as usize]);
        let mut kept = vec![false; places.last().copied().unwrap_or(0) as usize + 1];
        let mut gold = Vec::new();
        let mut scores = Scores::default();
        let (mut gold_sentences, mut gold_tokens) = (Vec::new(), Vec::new());
        for sentence in &bank.sentences {
            let base = gold.len();
            let counts = keep(sentence);
            let (begin, end) = place(sentence.span);
            kept[begin as usize..end as usize].fill(counts);
            if counts {
                gold_sentences.push((begin, end));
                gold_tokens.extend(sentence.tokens.iter().map(|&span| place(span)));
            }
            gold.extend(sentence.words.iter().map(|word| {
                let (begin, end) = place(word.span);
                let head = word.head.map(|head| head as usize + base);
                Item {
                    begin,
                    end,
                    upos: word.upos,
                    xpos: word.xpos,
                    lemma: &word.lemma,
                    head,
                    deprel: word.deprel,
                }
            }));
        }
        let mut system = Vec::new();
        let (mut system_sentences, mut system_tokens) = (Vec::new(), Vec::new());
        for sentence in &document.sentences {
            let base = system.len();
            let (begin, end) = place(sentence.span);
            if kept[begin as usize] {
                system_sentences.push((begin, end));
            }
            system.extend(sentence.tokens.iter().map(|token: &Token| {
                let (begin, end) = place(token.span);
                let head = token.head.map(|head| head as usize + base);
                Item {
                    begin,
                    end,
                    upos: token.upos,
                    xpos: token.xpos,
                    lemma: &token.lemma,
                    head,
                    deprel: token.deprel,
                }
            }));
            // Words that touch are one surface token only where the gold text has a contraction: count them joined as clitics are.
            for token in &sentence.tokens {
                let (begin, end) = place(token.span);
                if kept[begin as usize] {
                    system_tokens.push((begin, end));
                }
            }
        }
        join_contractions(&mut system_tokens, &gold_tokens);
        scores.sentences.add(
            gold_sentences.len(),
            system_sentences.len(),
            common(&gold_sentences, &system_sentences),
        );
        scores.tokens.add(gold_tokens.len(), system_tokens.len(), common(&gold_tokens, &system_tokens));
        scores.words(&gold, &system, &kept);
        scores
    }

    fn words(&mut self, gold: &[Item], system: &[Item], kept: &[bool]) {
        let counts = |item: &Item| kept.get(item.begin as usize).copied().unwrap_or(false);
        let mut partner: Vec<Option<usize>> = vec![None; system.len()];
        let mut at = 0;
        for (g, word) in gold.iter().enumerate() {
            while at < system.len() && (system[at].begin, system[at].end) < (word.begin, word.end) {
                at += 1;
            }
            if system.get(at).is_some_and(|s| (s.begin, s.end) == (word.begin, word.end)) {
                partner[at] = Some(g);
                at += 1;
            }
        }
        let gold_count = gold.iter().filter(|word| counts(word)).count();
        let system_count = system.iter().filter(|word| counts(word)).count();
        let measures = [
            &mut self.words,
            &mut self.upos,
            &mut self.xpos,
            &mut self.lemmas,
            &mut self.uas,
            &mut self.las,
            &mut self.las_subtypes,
        ];
        for measure in measures {
            measure.add(gold_count, system_count, 0);
        }
        for word in gold.iter().filter(|word| counts(word)) {
            self.relations.entry(word.deprel).or_default().gold += 1;
        }
        for (s, word) in system.iter().enumerate().filter(|(_, word)| counts(word)) {
            self.relations.entry(word.deprel).or_default().system += 1;
            let Some(g) = partner[s] else { continue };
            let truth = &gold[g];
            self.words.correct += 1;
            self.upos.correct += usize::from(word.upos == truth.upos);
            self.xpos.correct += usize::from(word.xpos == truth.xpos);
            self.lemmas.correct += usize::from(truth.lemma == "_" || word.lemma == truth.lemma);
            let same_head = match (word.head, truth.head) {
                (None, None) => true,
                (Some(a), Some(b)) => partner[a] == Some(b),
                _ => false,
            };
            if !same_head {
                continue;
            }
            self.uas.correct += 1;
            self.las.correct += usize::from(universal(word.deprel) == universal(truth.deprel));
            if word.deprel == truth.deprel {
                self.las_subtypes.correct += 1;
                self.relations.entry(word.deprel).or_default().correct += 1;
            }
        }
    }
}

fn universal(relation: Deprel) -> &'static str {
    relation.name().split(':').next().unwrap_or("")
}

/// How many extents two sorted lists share.
fn common(a: &[(u32, u32)], b: &[(u32, u32)]) -> usize {
    let (mut i, mut j, mut same) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, same) = (i + 1, j + 1, same + 1),
        }
    }
    same
}

/// The system knows words, not contractions: where its words fill a gold contraction exactly, they are that token.
fn join_contractions(system: &mut Vec<(u32, u32)>, gold: &[(u32, u32)]) {
    let mut joined = Vec::with_capacity(system.len());
    let mut g = 0;
    let mut i = 0;
    while i < system.len() {
        while g < gold.len() && gold[g].0 < system[i].0 {
            g += 1;
        }
        let mut j = i;
        if let Some(&(begin, end)) = gold.get(g)
            && begin == system[i].0
        {
            while j < system.len() && system[j].1 < end {
                j += 1;
            }
            if j < system.len() && system[j].1 == end && j > i {
                joined.push((begin, end));
                i = j + 1;
                continue;
            }
        }
        joined.push(system[i]);
        i += 1;
    }
    *system = joined;
}
