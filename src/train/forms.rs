//! Which tags a form can have: from the bases that the treebanks and the tables know, inflected; and from raw text, where a
//! base with both -ed and -ing is a verb.
//!
//! A base that the treebanks have only once teaches nothing here: what follows would be right for that one sentence, and
//! the learner would come to trust it.

use crate::core::syntax::Xpos;
use crate::core::syntax::clusters::can_be;
use crate::core::syntax::inflection::{british, gerunds, verb_forms, with_s};
use crate::evaluation::conllu::GoldSentence;
use crate::knowledge::syntax::Bases;
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};

/// A base or form must occur so often in the treebanks.
const LEAST: u32 = 2;
/// Shorter bases are not guessed from raw text.
const SHORTEST: usize = 4;

/// The open-class tags of each form in small letters, as bits of [`can_be`].
pub fn possible_tags(
    sentences: &[GoldSentence],
    raw: &FxHashSet<String>,
    bases: &Bases,
) -> BTreeMap<String, u16> {
    let mut seen: BTreeMap<(String, u16), u32> = BTreeMap::new();
    let (mut verbs, mut nouns) = (BTreeMap::<String, u32>::new(), BTreeMap::<String, u32>::new());
    for word in sentences.iter().flat_map(|s| &s.words) {
        if !word.form.chars().all(|c| c.is_ascii_alphabetic()) || can_be(word.xpos) == 0 {
            continue;
        }
        *seen.entry((word.form.to_ascii_lowercase(), can_be(word.xpos))).or_default() += 1;
        let is = |tags: &[Xpos]| tags.contains(&word.xpos);
        if is(&[Xpos::VB, Xpos::VBP, Xpos::VBZ, Xpos::VBD, Xpos::VBN, Xpos::VBG]) {
            *verbs.entry(word.lemma.to_ascii_lowercase()).or_default() += 1;
        } else if is(&[Xpos::NN, Xpos::NNS]) {
            *nouns.entry(word.lemma.to_ascii_lowercase()).or_default() += 1;
        }
    }
    let known =
        |list: BTreeMap<String, u32>| list.into_iter().filter(|(_, n)| *n >= LEAST).map(|(base, _)| base);
    let mut verbs: BTreeSet<String> = known(verbs).collect();
    verbs.extend(bases.verbs.iter().map(|base| base.to_string()));
    verbs.extend(guessed(raw));
    let mut nouns: BTreeSet<String> = known(nouns).collect();
    nouns.extend(bases.nouns.iter().map(|base| base.to_string()));
    let irregular: BTreeSet<&str> = bases.irregular.iter().map(|parts| parts[0]).collect();
    let mut forms: BTreeMap<String, u16> = BTreeMap::new();
    let mut add = |form: String, bits: u16| *forms.entry(form).or_default() |= bits;
    for base in verbs.iter().cloned().chain(verbs.iter().filter_map(|base| british(base))) {
        let keeps_past = !irregular.contains(base.as_str());
        for (tag, form) in verb_forms(&base) {
            if keeps_past || !matches!(tag, Xpos::VBD | Xpos::VBN) {
                add(form, can_be(tag));
            }
        }
    }
    for [base, past, participle] in &bases.irregular {
        add(base.to_string(), can_be(Xpos::VB));
        add(with_s(base), can_be(Xpos::VBZ));
        add(past.to_string(), can_be(Xpos::VBD));
        add(participle.to_string(), can_be(Xpos::VBN));
        gerunds(base).into_iter().for_each(|form| add(form, can_be(Xpos::VBG)));
    }
    for base in nouns.iter().cloned().chain(nouns.iter().filter_map(|base| british(base))) {
        add(with_s(&base), can_be(Xpos::NNS));
        add(base, can_be(Xpos::NN));
    }
    for ((form, bit), _) in seen.into_iter().filter(|(_, n)| *n >= LEAST) {
        add(form, bit);
    }
    forms
}

/// Bases of raw text that stand there with -ed and with -ing.
fn guessed(raw: &FxHashSet<String>) -> BTreeSet<String> {
    let mut bases = BTreeSet::new();
    for past in raw.iter().filter(|form| form.ends_with("ed") && form.chars().all(|c| c.is_ascii_lowercase()))
    {
        let stem = &past[..past.len() - 2];
        let e = format!("{stem}e");
        let y = stem.strip_suffix('i').map(|stem| format!("{stem}y"));
        let short = stem.get(..stem.len().saturating_sub(1)).unwrap_or("").to_string();
        for base in [Some(stem.to_string()), Some(e), y, Some(short)].into_iter().flatten() {
            let regular = |(tag, form): (Xpos, String)| tag == Xpos::VBD && form == *past;
            if base.len() >= SHORTEST
                && raw.contains(&base)
                && verb_forms(&base).into_iter().any(regular)
                && gerunds(&base).iter().any(|form| raw.contains(form))
            {
                bases.insert(base);
            }
        }
    }
    bases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bases_of_raw_text_are_verbs_where_their_forms_stand_there() {
        let words = [
            "pillage",
            "pillaged",
            "pillaging",
            "bedding",
            "kindred",
            "hundred",
            "rally",
            "rallied",
            "rallying",
        ];
        let raw: FxHashSet<String> = words.iter().map(|word| word.to_string()).collect();
        assert_eq!(guessed(&raw).into_iter().collect::<Vec<_>>(), ["pillage", "rally"]);
    }

    #[test]
    fn tables_give_forms_in_both_spellings() {
        let bases = Bases {
            verbs: vec!["criticize"],
            nouns: vec!["neighbor"],
            irregular: vec![["strike", "struck", "struck"]],
        };
        let forms = possible_tags(&[], &FxHashSet::default(), &bases);
        let past = can_be(Xpos::VBD) | can_be(Xpos::VBN);
        assert_eq!(forms["criticised"], past);
        assert_eq!(forms["criticizes"], can_be(Xpos::VBZ));
        assert_eq!(forms["struck"], past);
        assert_eq!(forms["neighbours"], can_be(Xpos::NNS));
        assert!(!forms.contains_key("striked"));
    }
}
