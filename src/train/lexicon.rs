//! Learns the lexicon: classes of words in like company, and each word's usual tag.

use super::clusters;
use super::forms::possible_tags;
use super::syntax::Progress;
use crate::core::syntax::clusters::{Classes, Clusters};
use crate::core::syntax::word::Word;
use crate::core::syntax::{Upos, Xpos};
use crate::core::text::{Abbreviations, segment, tokenize};
use crate::evaluation::conllu::GoldSentence;
use crate::knowledge::syntax::Bases;
use rustc_hash::{FxHashMap, FxHashSet};

/// How many classes of company: coarse, fine.
const CLUSTERS: (usize, usize) = (96, 800);
/// Rarer words have no class.
const LEAST_SEEN: u32 = 3;

/// Word classes of the treebanks' and the raw texts' words.
pub fn learn_clusters(
    sentences: &[GoldSentence],
    raw: &[String],
    abbreviations: &Abbreviations,
    kinds: &[(Xpos, Upos)],
    bases: &Bases,
    tell: &mut dyn FnMut(Progress),
) -> Clusters {
    let none = Clusters::default();
    let mut texts: Vec<Vec<u64>> =
        sentences.iter().map(|s| s.words.iter().map(|w| Word::new(&w.form, &none).lower).collect()).collect();
    let mut raw_forms: FxHashMap<String, u32> = FxHashMap::default();
    for text in raw {
        let tokens = tokenize(text, abbreviations);
        for sentence in segment(text, &tokens, abbreviations).sentences {
            texts.push(
                tokens[sentence.tokens.clone()]
                    .iter()
                    .map(|t| Word::new(t.span.of(text), &none).lower)
                    .collect(),
            );
            for form in tokens[sentence.tokens].iter().map(|t| t.span.of(text)) {
                if form.bytes().all(|b| b.is_ascii_lowercase()) {
                    match raw_forms.get_mut(form) {
                        Some(count) => *count += 1,
                        None => drop(raw_forms.insert(form.to_owned(), 1)),
                    }
                }
            }
        }
    }
    let raw_forms: FxHashSet<String> =
        raw_forms.into_iter().filter(|(_, n)| *n >= LEAST_SEEN).map(|(form, _)| form).collect();
    let tags: FxHashMap<u64, u16> = possible_tags(sentences, &raw_forms, bases)
        .into_iter()
        .map(|(form, tags)| (Word::new(&form, &none).lower, tags))
        .collect();
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for word in texts.iter().flatten() {
        *counts.entry(*word).or_default() += 1;
    }
    let mut kept: Vec<(u32, u64)> =
        counts.into_iter().filter(|(_, n)| *n >= LEAST_SEEN).map(|(w, n)| (n, w)).collect();
    kept.sort_unstable_by(|a, b| b.cmp(a));
    let number: FxHashMap<u64, u32> =
        kept.iter().enumerate().map(|(i, (_, word))| (*word, i as u32)).collect();
    let texts: Vec<Vec<u32>> = texts
        .iter()
        .map(|text| text.iter().map(|word| number.get(word).copied().unwrap_or(kept.len() as u32)).collect())
        .collect();
    tell(Progress::Line(format!(
        "{} tokens of text, {} words with classes",
        texts.iter().map(Vec::len).sum::<usize>(),
        kept.len()
    )));
    let coarse = clusters::cluster(&texts, kept.len(), CLUSTERS.0, 12);
    let fine = clusters::cluster(&texts, kept.len(), CLUSTERS.1, 12);
    let usual = usual_classes(sentences, kinds, &number, &fine);
    let tags_of = |word: &u64| tags.get(word).copied().unwrap_or(0);
    let mut words: Vec<(u64, Classes)> = (0..kept.len())
        .map(|i| (kept[i].1, (coarse[i] as u8 + 1, fine[i] + 1, usual[i], tags_of(&kept[i].1))))
        .collect();
    let mut rare: Vec<(u64, Classes)> = tags
        .iter()
        .filter(|(word, _)| !number.contains_key(word))
        .map(|(&word, &tags)| (word, (0, 0, 0, tags)))
        .collect();
    rare.sort_unstable();
    tell(Progress::Line(format!(
        "{} words with possible tags, {} of them without a class",
        tags.len(),
        rare.len()
    )));
    words.extend(rare);
    Clusters::new(&words)
}

/// A word must occur so often in the treebanks that its own tags say what is usual.
const LEAST_TAGGED: u32 = 4;

/// The usual tag class (plus 1) of each word: its own where the treebanks have it often enough, else that of its fine class.
fn usual_classes(
    sentences: &[GoldSentence],
    kinds: &[(Xpos, Upos)],
    number: &FxHashMap<u64, u32>,
    fine: &[u16],
) -> Vec<u8> {
    let none = Clusters::default();
    let mut own = vec![vec![0u32; kinds.len()]; fine.len()];
    let mut shared = vec![vec![0u32; kinds.len()]; CLUSTERS.1];
    for word in sentences.iter().flat_map(|s| &s.words) {
        let kind = kinds.iter().position(|k| *k == (word.xpos, word.upos));
        if let (Some(kind), Some(&w)) = (kind, number.get(&Word::new(&word.form, &none).lower)) {
            own[w as usize][kind] += 1;
            shared[fine[w as usize] as usize][kind] += 1;
        }
    }
    let most = |counts: &[u32]| {
        let best = (0..counts.len()).rev().max_by_key(|&i| counts[i]).filter(|&i| counts[i] > 0);
        best.map_or(0, |i| i as u8 + 1)
    };
    (0..fine.len())
        .map(|w| {
            if own[w].iter().sum::<u32>() >= LEAST_TAGGED {
                most(&own[w])
            } else {
                most(&shared[fine[w] as usize])
            }
        })
        .collect()
}
