//! A place in a row of lexemes, and the small matchers that the grammar is composed of. A matcher either takes words and moves on
//! or leaves the cursor where it was.

use super::lexeme::Lexeme;
use super::vocabulary::{Class, Unit};

/// Reads lexemes from left to right.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub all: &'a [Lexeme],
    pub at: usize,
}

impl<'a> Cursor<'a> {
    /// The lexeme `ahead` places from here.
    pub fn peek(&self, ahead: usize) -> Option<&'a Lexeme> {
        self.all.get(self.at + ahead)
    }

    /// The lexeme before this one.
    pub fn previous(&self) -> Option<&'a Lexeme> {
        self.at.checked_sub(1).and_then(|i| self.all.get(i))
    }

    /// Takes what `matcher` takes, or nothing.
    pub fn attempt<T>(&mut self, matcher: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let found = matcher(self);
        if found.is_none() {
            self.at = start;
        }
        found
    }

    /// Takes a lexeme whose class `matcher` accepts.
    pub fn class<T>(&mut self, matcher: impl FnOnce(Class) -> Option<T>) -> Option<T> {
        let found = matcher(self.peek(0)?.class)?;
        self.at += 1;
        Some(found)
    }

    /// Takes this word.
    pub fn word(&mut self, word: &str) -> Option<()> {
        (self.peek(0)?.lower == word).then(|| self.at += 1)
    }

    /// Takes one of these words and says which.
    pub fn any<'w>(&mut self, words: &[&'w str]) -> Option<&'w str> {
        let here = &self.peek(0)?.lower;
        let found = words.iter().find(|w| here == **w)?;
        self.at += 1;
        Some(found)
    }

    /// Takes these words in a row.
    pub fn phrase(&mut self, words: &[&str]) -> Option<()> {
        self.attempt(|c| words.iter().try_for_each(|w| c.word(w)))
    }

    /// Takes a hyphen or dash.
    pub fn dash(&mut self) -> Option<()> {
        self.any(&["-", "–", "—", "‑", "~"]).map(|_| ())
    }

    /// Takes a possessive ending.
    pub fn possessive(&mut self) -> Option<()> {
        self.attempt(|c| {
            c.any(&["'", "’"])?;
            c.word("s")
        })
        .or_else(|| self.any(&["'", "’"]).map(|_| ()))
    }

    /// Takes a month's name; "may", "march", "mar" only with a capital.
    pub fn month(&mut self) -> Option<u8> {
        let here = self.peek(0)?;
        if !here.capital && matches!(here.lower.as_str(), "may" | "march" | "mar" | "dec" | "jan") {
            let dated = |l: Option<&Lexeme>| {
                l.is_some_and(|l| matches!(l.class, Class::Digits(..) | Class::Tens(_) | Class::Ordinal(_)))
            };
            let led =
                self.previous().is_some_and(|l| l.lower == "in") && self.peek(1).is_none_or(|l| !l.spaced);
            if !led && !dated(self.peek(1)) && !dated(self.previous()) {
                return None;
            }
        }
        let month = self.class(|class| match class {
            Class::Month(month) => Some(month),
            _ => None,
        })?;
        self.abbreviation_point(here, 5);
        Some(month)
    }

    /// Takes a weekday's name; short forms that are words of their own only with a capital.
    pub fn weekday(&mut self) -> Option<u8> {
        let here = self.peek(0)?;
        if here.lower.len() <= 5 && !here.capital {
            return None;
        }
        let weekday = self.class(|class| match class {
            Class::Weekday(weekday) => Some(weekday),
            _ => None,
        })?;
        self.abbreviation_point(here, 6);
        Some(weekday)
    }

    /// "Oct." and "Wed.", but not the full stop after "October".
    fn abbreviation_point(&mut self, name: &Lexeme, shorter_than: usize) {
        if name.lower.len() < shorter_than
            && self.peek(0).is_some_and(|l| !l.spaced && l.lower == ".")
            && self.peek(1).is_some()
        {
            self.at += 1;
        }
    }

    /// Takes a unit's name.
    pub fn unit(&mut self) -> Option<Unit> {
        if self.phrase(&["business", "days"]).or_else(|| self.phrase(&["working", "days"])).is_some() {
            return Some(Unit::BusinessDay);
        }
        self.class(|class| match class {
            Class::Unit(unit) => Some(unit),
            _ => None,
        })
    }

    /// Takes a number in digits of at most that many places, with nothing glued to it that makes it another number.
    pub fn digits(&mut self, places: u8) -> Option<u32> {
        let glued = |l: Option<&Lexeme>, marks: &[&str]| {
            l.is_some_and(|l| !l.spaced && marks.contains(&l.lower.as_str()))
        };
        if self.previous().is_some_and(|l| matches!(l.lower.as_str(), "$" | "€" | "£" | "¥")) {
            return None;
        }
        let (value, length) = self.class(|class| match class {
            Class::Digits(value, length) => Some((value, length)),
            _ => None,
        })?;
        let decimal = glued(self.peek(0), &[".", ","])
            && self.peek(1).is_some_and(|l| !l.spaced && matches!(l.class, Class::Digits(..)));
        if length > places || decimal || glued(self.peek(0), &["%"]) {
            self.at -= 1;
            return None;
        }
        Some(value)
    }
}
