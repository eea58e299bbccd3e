//! Words that keep their period, and what the period then says about the sentence's end.

use rustc_hash::FxHashMap;

/// What an abbreviation's period says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// A word always follows: `Gen.`, `No.`
    Never,
    /// The sentence may end here: `U.S.`, `Inc.`, `etc.`
    Maybe,
    /// An abbreviation only before a figure: `No. 10`, but `No. We do not.`
    Number,
}

/// The abbreviations of English news by their form, period included. A form in small letters also stands for its capitalised self.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations {
    forms: FxHashMap<String, Ending>,
}

/// No abbreviation is longer than this, in bytes.
const LONGEST: usize = 12;

impl Abbreviations {
    /// A table of `(form with its period, what it says)`.
    pub fn new(entries: impl IntoIterator<Item = (String, Ending)>) -> Abbreviations {
        Abbreviations { forms: entries.into_iter().collect() }
    }

    /// What the period of `form` says; `None` where it is no abbreviation.
    pub fn ending(&self, form: &str) -> Option<Ending> {
        if form.len() > LONGEST || !form.ends_with('.') {
            return None;
        }
        let usual = || {
            self.forms.get(form.to_lowercase().as_str()).copied().filter(|&ending| ending != Ending::Number)
        };
        self.forms.get(form).copied().or_else(usual)
    }

    /// Whether `form`'s period belongs to the word.
    pub fn keeps_period(&self, form: &str) -> bool {
        self.ending(form).is_some()
    }
}
