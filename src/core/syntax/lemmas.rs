//! Dictionary forms: irregular words from a list, all others by the longest known ending.

use super::blob::{ModelError, Reader, Writer};
use super::{Xpos, inflection};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::collections::BTreeSet;

/// How a lemma comes out of a form: which case, how many characters off the end, what in their place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rule {
    /// Keep the form's case; else small letters.
    pub keeps_case: bool,
    /// Characters to take off.
    pub strip: u8,
    /// Characters to put on.
    pub add: String,
}

/// How a form is written, as far as lemmas care.
pub fn case_of(form: &str) -> u8 {
    let mut chars = form.chars().filter(|c| c.is_alphabetic());
    match chars.next() {
        Some(c) if c.is_uppercase() => {
            if form.chars().count() > 1 && !form.chars().any(char::is_lowercase) {
                2
            } else {
                1
            }
        }
        _ => 0,
    }
}

/// The longest ending that a rule looks at, in characters.
pub const LONGEST_ENDING: usize = 6;

/// Rules and exceptions.
#[derive(Clone, Debug, Default)]
pub struct Lemmas {
    /// All rules.
    pub rules: Vec<Rule>,
    /// (tag, case, ending) → rule. The ending is in small letters, perhaps empty.
    pub endings: FxHashMap<(u8, u8, SmolStr), u16>,
    /// (tag, form in small letters) → lemma.
    pub exceptions: FxHashMap<(u8, SmolStr), SmolStr>,
}

impl Rule {
    /// Applies the rule.
    pub fn apply(&self, form: &str) -> SmolStr {
        let kept = form.chars().count().saturating_sub(self.strip as usize);
        let end = form.char_indices().nth(kept).map_or(form.len(), |(at, _)| at);
        let stem = form.get(..end).unwrap_or(form);
        if self.keeps_case {
            if self.add.is_empty() {
                SmolStr::new(stem)
            } else {
                stem.chars().chain(self.add.chars()).collect()
            }
        } else {
            stem.chars().flat_map(char::to_lowercase).chain(self.add.chars()).collect()
        }
    }
}

impl Lemmas {
    /// The lemma of `form` with that Penn tag.
    pub fn of(&self, form: &str, xpos: Xpos) -> SmolStr {
        let tag = xpos as u8;
        let small: SmolStr = form
            .chars()
            .take(64)
            .flat_map(char::to_lowercase)
            .map(|c| if c == '’' || c == '`' { '\'' } else { c })
            .collect();
        let key = (tag, small);
        if let Some(lemma) = self.exceptions.get(&key) {
            return lemma.clone();
        }
        let small = key.1;
        let case = case_of(form);
        let starts: Vec<usize> = small.char_indices().map(|(at, _)| at).rev().take(LONGEST_ENDING).collect();
        for &at in starts.iter().rev() {
            if let Some(rule) = self.endings.get(&(tag, case, SmolStr::new(&small[at..]))) {
                return self.apply(*rule, form);
            }
        }
        match self.endings.get(&(tag, case, SmolStr::default())) {
            Some(rule) => self.apply(*rule, form),
            None if matches!(xpos, Xpos::NNP | Xpos::NNPS) => SmolStr::new(form),
            None => small,
        }
    }

    /// Learns the forms of verbs that other tables speak of: their bases, and (base, past, participle) of those that are irregular. What
    /// the model learned from treebanks stays. A past form that cannot be a base counts under the tags of the present
    /// too, for taggers take "struck" for a present now and then.
    pub fn teach_verbs<'v>(&mut self, bases: impl Iterator<Item = &'v str>, irregular: &[[&'v str; 3]]) {
        let parts: FxHashMap<&str, &[&str; 3]> = irregular.iter().map(|parts| (parts[0], parts)).collect();
        let bases: BTreeSet<&str> = bases.chain(parts.keys().copied()).collect();
        for &base in &bases {
            let regular = inflection::verb_forms(base);
            let past = |tag: &Xpos| matches!(tag, Xpos::VBD | Xpos::VBN);
            let mut forms: Vec<(Xpos, String)> = match parts.get(base) {
                None => regular,
                Some(parts) => {
                    let kept = regular.into_iter().filter(|(tag, _)| !past(tag));
                    let mut forms: Vec<_> = kept.collect();
                    for form in &parts[1..] {
                        forms.extend([(Xpos::VBD, form.to_string()), (Xpos::VBN, form.to_string())]);
                    }
                    forms
                }
            };
            let strays: Vec<_> = forms
                .iter()
                .filter(|(tag, form)| past(tag) && !bases.contains(form.as_str()))
                .flat_map(|(_, form)| [(Xpos::VB, form.clone()), (Xpos::VBP, form.clone())])
                .collect();
            forms.extend(strays);
            for (tag, form) in forms {
                self.teach(tag, &form, base);
            }
        }
    }

    /// Learns the plurals of nouns that other tables speak of.
    pub fn teach_nouns<'v>(&mut self, bases: impl Iterator<Item = &'v str>) {
        for base in bases {
            self.teach(Xpos::NN, base, base);
            self.teach(Xpos::NNS, &inflection::with_s(base), base);
        }
    }

    fn teach(&mut self, tag: Xpos, form: &str, lemma: &str) {
        self.exceptions.entry((tag as u8, SmolStr::new(form))).or_insert_with(|| SmolStr::new(lemma));
    }

    fn apply(&self, rule: u16, form: &str) -> SmolStr {
        self.rules.get(rule as usize).map_or_else(|| SmolStr::new(form), |rule| rule.apply(form))
    }

    /// Appends the rules, sorted, so that the bytes do not depend on any order of insertion.
    pub fn write(&self, out: &mut Writer) {
        out.u32(self.rules.len() as u32);
        for rule in &self.rules {
            out.u8(u8::from(rule.keeps_case));
            out.u8(rule.strip);
            out.text(&rule.add);
        }
        let mut endings: Vec<_> = self.endings.iter().collect();
        endings.sort();
        out.u32(endings.len() as u32);
        for ((tag, case, ending), rule) in endings {
            out.u8(*tag);
            out.u8(*case);
            out.text(ending);
            out.u16(*rule);
        }
        let mut exceptions: Vec<_> = self.exceptions.iter().collect();
        exceptions.sort();
        out.u32(exceptions.len() as u32);
        for ((tag, form), lemma) in exceptions {
            out.u8(*tag);
            out.text(form);
            out.text(lemma);
        }
    }

    /// Reads the rules.
    pub fn read(input: &mut Reader) -> Result<Lemmas, ModelError> {
        let mut lemmas = Lemmas::default();
        for _ in 0..input.u32()? {
            let keeps_case = input.u8()? != 0;
            let strip = input.u8()?;
            lemmas.rules.push(Rule { keeps_case, strip, add: input.text()?.to_owned() });
        }
        for _ in 0..input.u32()? {
            let (tag, case) = (input.u8()?, input.u8()?);
            let ending = SmolStr::new(input.text()?);
            lemmas.endings.insert((tag, case, ending), input.u16()?);
        }
        for _ in 0..input.u32()? {
            let tag = input.u8()?;
            let form = SmolStr::new(input.text()?);
            lemmas.exceptions.insert((tag, form), SmolStr::new(input.text()?));
        }
        Ok(lemmas)
    }
}
