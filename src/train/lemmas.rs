//! Learns lemma rules: for each tag and way of writing, the shortest endings that decide, then the exceptions.

use crate::core::syntax::Xpos;
use crate::core::syntax::lemmas::{LONGEST_ENDING, Lemmas, Rule, case_of};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// Learns from `(form, tag, lemma)`.
pub fn learn(words: &[(String, Xpos, String)]) -> Lemmas {
    let mut lemmas = Lemmas::default();
    // (tag, case, ending) → rule → how often.
    let mut counts: BTreeMap<(u8, u8, SmolStr), BTreeMap<Rule, u32>> = BTreeMap::new();
    for (form, tag, lemma) in words {
        let Some(rule) = rule_of(form, lemma) else { continue };
        let small: SmolStr = form
            .chars()
            .flat_map(char::to_lowercase)
            .map(|c| if c == '’' || c == '`' { '\'' } else { c })
            .collect();
        let starts: Vec<usize> = small.char_indices().map(|(at, _)| at).rev().take(LONGEST_ENDING).collect();
        for at in starts.into_iter().chain([small.len()]) {
            let key = (*tag as u8, case_of(form), SmolStr::new(&small[at..]));
            *counts.entry(key).or_default().entry(rule.clone()).or_default() += 1;
        }
    }
    let mut numbers: BTreeMap<Rule, u16> = BTreeMap::new();
    let mut chosen: FxHashMap<(u8, u8, SmolStr), Rule> = FxHashMap::default();
    let mut keys: Vec<_> = counts.keys().cloned().collect();
    keys.sort_by_key(|(tag, case, ending)| (*tag, *case, ending.chars().count(), ending.clone()));
    for key in keys {
        let votes = &counts[&key];
        let Some((rule, count)) =
            votes.iter().max_by_key(|(rule, count)| (**count, std::cmp::Reverse((*rule).clone())))
        else {
            continue;
        };
        let shorter = shorter(&chosen, &key);
        if shorter == Some(rule) || (*count < 2 && !key.2.is_empty()) {
            continue;
        }
        chosen.insert(key.clone(), rule.clone());
        let next = numbers.len() as u16;
        let number = *numbers.entry(rule.clone()).or_insert(next);
        lemmas.endings.insert(key, number);
    }
    let mut rules: Vec<(u16, Rule)> = numbers.into_iter().map(|(rule, number)| (number, rule)).collect();
    rules.sort_by_key(|(number, _)| *number);
    lemmas.rules = rules.into_iter().map(|(_, rule)| rule).collect();
    exceptions(words, &mut lemmas);
    lemmas
}

/// The rule that a shorter ending of the same word gives.
fn shorter<'a>(chosen: &'a FxHashMap<(u8, u8, SmolStr), Rule>, key: &(u8, u8, SmolStr)) -> Option<&'a Rule> {
    let (tag, case, ending) = key;
    ending
        .char_indices()
        .skip(1)
        .map(|(at, _)| at)
        .chain([ending.len()])
        .filter(|&at| at > 0 || ending.is_empty())
        .find_map(|at| {
            if ending.is_empty() { None } else { chosen.get(&(*tag, *case, SmolStr::new(&ending[at..]))) }
        })
}

fn exceptions(words: &[(String, Xpos, String)], lemmas: &mut Lemmas) {
    let mut votes: BTreeMap<(u8, SmolStr), BTreeMap<&str, u32>> = BTreeMap::new();
    let mut wrong: BTreeMap<(u8, SmolStr), u32> = BTreeMap::new();
    for (form, tag, lemma) in words {
        if matches!(tag, Xpos::NNP | Xpos::NNPS) {
            continue;
        }
        let key = (*tag as u8, SmolStr::new(form.to_lowercase()));
        *votes.entry(key.clone()).or_default().entry(lemma).or_default() += 1;
        if lemmas.of(form, *tag) != lemma.as_str() {
            *wrong.entry(key).or_default() += 1;
        }
    }
    for (key, count) in wrong {
        let total: u32 = votes[&key].values().sum();
        if count * 2 <= total {
            continue;
        }
        if let Some((lemma, _)) =
            votes[&key].iter().max_by_key(|(lemma, count)| (**count, std::cmp::Reverse(**lemma)))
        {
            lemmas.exceptions.insert(key, SmolStr::new(lemma));
        }
    }
}

/// The rule that makes `lemma` out of `form`, where what they share is at least half of a short word.
fn rule_of(form: &str, lemma: &str) -> Option<Rule> {
    if lemma == "_" || form.chars().count() > 40 {
        return None;
    }
    let small: String = form.chars().flat_map(char::to_lowercase).collect();
    let rule = |keeps_case: bool, form: &str| {
        let shared = form.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
        let strip = form.chars().count() - shared;
        (strip <= 6).then(|| Rule {
            keeps_case,
            strip: strip as u8,
            add: lemma.chars().skip(shared).collect(),
        })
    };
    let lower = rule(false, &small);
    let kept = rule(true, form);
    let cost =
        |rule: &Option<Rule>| rule.as_ref().map_or(99, |rule| rule.strip as usize + rule.add.chars().count());
    let best = if cost(&kept) < cost(&lower) { kept } else { lower };
    best.filter(|rule| rule.add.chars().count() <= 6)
}
