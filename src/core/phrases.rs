//! A dictionary of multi-word phrases: a trie of words in one hash table, walked from any token.
//!
//! Building costs one insertion a word (375,000 words: some 20 ms); a look-up costs one probe a word and stops at the first
//! word that leads nowhere. The caller decides what a word is: surface form, lower case, lemma.

use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

/// Phrases, each with the values of type `V` that share it.
#[derive(Clone, Debug)]
pub struct Phrases<V> {
    nodes: FxHashMap<u64, Node>,
    values: Vec<Vec<V>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// 1 + index into `values`; 0 where no phrase ends here.
    value: u32,
}

impl<V> Default for Phrases<V> {
    fn default() -> Self {
        Phrases { nodes: FxHashMap::default(), values: Vec::new() }
    }
}

fn step(prefix: u64, word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    prefix.hash(&mut hasher);
    word.hash(&mut hasher);
    // FxHasher mixes its low bits weakly; spread them so that prefixes do not collide.
    hasher.finish().wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
}

const START: u64 = 0x6465_6D61_7263_6865;

impl<V> Phrases<V> {
    /// Makes room for that many more words and phrases, so that filling does not rehash.
    pub fn reserve(&mut self, words: usize, phrases: usize) {
        self.nodes.reserve(words);
        self.values.reserve(phrases);
    }

    /// Adds a phrase given as words; a phrase may carry several values. No words: ignored.
    pub fn insert<'w>(&mut self, words: impl IntoIterator<Item = &'w str>, value: V) {
        let mut at = START;
        let mut any = false;
        for word in words {
            at = step(at, word);
            self.nodes.entry(at).or_default();
            any = true;
        }
        if !any {
            return;
        }
        let Phrases { nodes, values } = self;
        let node = nodes.entry(at).or_default();
        if node.value == 0 {
            values.push(Vec::new());
            node.value = values.len() as u32;
        }
        values[node.value as usize - 1].push(value);
    }

    /// All phrases that start with the first of `words`: (number of words, values), shortest first.
    pub fn matches<'a, 'w>(
        &'a self,
        words: impl IntoIterator<Item = &'w str> + 'a,
    ) -> impl Iterator<Item = (usize, &'a [V])> + 'a
    where
        'w: 'a,
    {
        let mut at = START;
        words
            .into_iter()
            .map_while(move |word| {
                at = step(at, word);
                self.nodes.get(&at)
            })
            .enumerate()
            .filter(|(_, node)| node.value != 0)
            .map(|(i, node)| (i + 1, self.values[node.value as usize - 1].as_slice()))
    }

    /// The longest phrase that starts with the first of `words`.
    pub fn longest<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> Option<(usize, &[V])> {
        let mut at = START;
        let mut longest = None;
        for (i, word) in words.into_iter().enumerate() {
            at = step(at, word);
            let Some(node) = self.nodes.get(&at) else { break };
            if node.value != 0 {
                longest = Some((i + 1, self.values[node.value as usize - 1].as_slice()));
            }
        }
        longest
    }

    /// The values of exactly this phrase.
    pub fn get<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> Option<&[V]> {
        let at = words.into_iter().fold(START, step);
        let node = self.nodes.get(&at)?;
        (node.value != 0).then(|| self.values[node.value as usize - 1].as_slice())
    }

    /// How many distinct phrases.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins_and_prefixes_are_no_phrases() {
        let mut phrases = Phrases::default();
        phrases.insert(["united", "states"], 1);
        phrases.insert(["united", "states", "of", "america"], 2);
        let text = ["united", "states", "of", "mind"];
        assert_eq!(phrases.longest(text), Some((2, [1].as_slice())));
        assert_eq!(phrases.longest(["united"]), None);
        assert_eq!(phrases.get(["united", "states", "of", "america"]), Some([2].as_slice()));
    }
}
