//! Near-duplicates in the corpus: pairs of items that share most of their word triples, so no template hides behind swapped names.

use super::corpus::Item;
use std::collections::{BTreeMap, BTreeSet};

/// Two items share at least this part of the smaller one's word triples (names and numbers masked) to count as near-duplicates.
pub const THRESHOLD: f64 = 0.5;

/// Pairs of ids with the share of triples in common, 0..1, most alike first.
pub fn near_duplicates(items: &[Item]) -> Vec<(String, String, f64)> {
    let shingles: Vec<BTreeSet<String>> = items.iter().map(|item| triples(&item.article.text)).collect();
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, set) in shingles.iter().enumerate() {
        for shingle in set {
            holders.entry(shingle).or_default().push(i);
        }
    }
    let mut common: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    // A triple that many items share is plain English, not a template.
    for items in holders.values().filter(|items| items.len() <= 20) {
        for (at, &a) in items.iter().enumerate() {
            for &b in &items[at + 1..] {
                *common.entry((a, b)).or_default() += 1;
            }
        }
    }
    let mut pairs: Vec<_> = common
        .into_iter()
        .map(|((a, b), shared)| {
            (a, b, shared as f64 / shingles[a].len().min(shingles[b].len()).max(1) as f64)
        })
        .filter(|&(a, b, share)| share >= THRESHOLD && shingles[a].len().min(shingles[b].len()) >= 6)
        .map(|(a, b, share)| (items[a].id.clone(), items[b].id.clone(), share))
        .collect();
    pairs.sort_by(|a, b| b.2.total_cmp(&a.2));
    pairs
}

/// Runs of three words, with capitalised words and numbers masked: what is left is the frame of a sentence.
fn triples(text: &str) -> BTreeSet<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| match word.chars().next() {
            Some(first) if first.is_uppercase() => "X".to_string(),
            Some(first) if first.is_numeric() => "9".to_string(),
            _ => word.to_string(),
        })
        .collect();
    let masked = |word: &String| word == "X" || word == "9";
    words
        .windows(3)
        .filter(|window| window.iter().filter(|word| masked(word)).count() < 2)
        .map(|window| window.join(" "))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::corpus::parse;
    use super::*;

    #[test]
    fn a_template_with_the_names_swapped_is_found() {
        let item = |id: &str, text: &str| {
            parse(&format!(r#"{{"id":"{id}","text":"{text}","tags":[],"events":[]}}"#)).unwrap()
        };
        let items = [
            item("d-1", "The president of Chad flew to Cairo for talks on the price of wheat and rice."),
            item("d-2", "The president of Peru flew to Quito for talks on the price of wheat and rice."),
            item("d-3", "Snow closed the mountain roads of Kashmir while lorries waited in long queues."),
        ];
        let pairs = near_duplicates(&items);
        assert_eq!(pairs.len(), 1);
        assert_eq!((pairs[0].0.as_str(), pairs[0].1.as_str()), ("d-1", "d-2"));
    }
}
