//! Text → lexemes: a view of the words that time expressions are made of, cut finer than syntax needs ("mid-May", "2011-2013").
//!
//! Invariant: lexemes are in text order, never overlap, and lie on character boundaries.

use super::vocabulary::{Class, class_of};
use crate::core::text::Span;
use smol_str::SmolStr;

/// One run of letters, one run of digits, or one other character; white space is left out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lexeme {
    pub span: Span,
    pub class: Class,
    /// The word in lower case.
    pub lower: SmolStr,
    /// Whether it starts with a capital: "May" the month, "March" the month.
    pub capital: bool,
    /// Whether white space stands before it.
    pub spaced: bool,
}

/// Cuts `text[within]`; offsets are those of `text`.
pub(super) fn lexemes(text: &str, within: Span, into: &mut Vec<Lexeme>) {
    into.clear();
    let slice = within.of(text);
    let base = within.begin as usize;
    let mut at = 0;
    let mut spaced = true;
    while let Some(first) = slice[at..].chars().next() {
        let rest = &slice[at..];
        if first.is_whitespace() {
            at += first.len_utf8();
            spaced = true;
            continue;
        }
        let length = if first.is_ascii_digit() {
            run(rest, |c| c.is_ascii_digit())
        } else if first.is_alphabetic() {
            run(rest, |c| c.is_alphabetic())
        } else {
            first.len_utf8()
        };
        let word = &rest[..length];
        let lower = if word.bytes().all(|b| b.is_ascii_lowercase()) {
            SmolStr::new(word)
        } else {
            word.chars().flat_map(char::to_lowercase).collect()
        };
        into.push(Lexeme {
            span: Span::new(base + at, base + at + length),
            class: class_of(&lower),
            lower,
            capital: first.is_uppercase(),
            spaced,
        });
        at += length;
        spaced = false;
    }
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_digits_and_marks_come_apart() {
        let text = "mid-May 2011–13, the 4th";
        let mut found = Vec::new();
        lexemes(text, Span::new(0, text.len()), &mut found);
        let words: Vec<&str> = found.iter().map(|l| l.span.of(text)).collect();
        assert_eq!(words, ["mid", "-", "May", "2011", "–", "13", ",", "the", "4", "th"]);
        assert!(found[3].spaced && !found[2].spaced);
    }
}
