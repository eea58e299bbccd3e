//! From words to sentences: where each ends, which lines are headings, which words are a dateline.
//!
//! Invariant: the sentences cover all tokens, in order, without overlap, and none is longer than [`LONGEST_SENTENCE`].

use super::{Abbreviations, Ending, Gap, RawToken};
use std::ops::Range;

/// A sentence of more tokens is cut.
pub const LONGEST_SENTENCE: usize = 400;

/// One sentence as a range of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawSentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Which paragraph, from 0.
    pub paragraph: u32,
    /// A line of its own without a full stop.
    pub heading: bool,
    /// How many of its first tokens are a dateline, dash or colon included; 0 = none.
    pub dateline: usize,
}

/// The sentences of a text and how many cuts its limits forced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segmentation {
    /// In text order.
    pub sentences: Vec<RawSentence>,
    /// How many sentences ran over the limit.
    pub cut: u32,
}

/// Splits the tokens of `text` into sentences.
pub fn segment(text: &str, tokens: &[RawToken], abbreviations: &Abbreviations) -> Segmentation {
    let lines_end_sentences = !is_wrapped(text);
    let reader = Reader { text, tokens, abbreviations };
    let mut found = Segmentation::default();
    let mut paragraph = 0;
    let mut start = 0;
    for i in 1..=tokens.len() {
        if i < tokens.len() && !reader.starts(i, lines_end_sentences) {
            continue;
        }
        let closes_line = i == tokens.len() || tokens[i].gap >= Gap::Line;
        let opens_line = start == 0 || tokens[start].gap >= Gap::Line;
        let heading = opens_line && closes_line && i - start <= 40 && !reader.is_closed(start, i);
        cut(&reader, start..i, paragraph, heading, &mut found);
        start = i;
        if i < tokens.len()
            && (tokens[i].gap == Gap::Paragraph || tokens[i].gap == Gap::Line && lines_end_sentences)
        {
            paragraph += 1;
        }
    }
    for sentence in &mut found.sentences {
        if !sentence.heading {
            sentence.dateline = reader.dateline(sentence.tokens.clone());
        }
    }
    found
}

/// Cuts a range of tokens into sentences below the limit, at the best place in the last quarter of each.
fn cut(reader: &Reader, tokens: Range<usize>, paragraph: u32, heading: bool, found: &mut Segmentation) {
    let mut start = tokens.start;
    if tokens.len() > LONGEST_SENTENCE {
        found.cut += 1;
    }
    while tokens.end - start > LONGEST_SENTENCE {
        let limit = start + LONGEST_SENTENCE;
        let worth = |i: usize| match reader.word(i) {
            ";" => 4,
            ":" | "—" | "–" | "--" | "..." | "…" => 3,
            "," => 2,
            _ if reader.tokens[i].gap == Gap::None => 0,
            _ => 1,
        };
        let best =
            (limit - LONGEST_SENTENCE / 4..limit).rev().max_by_key(|&i| (worth(i), i)).unwrap_or(limit - 1);
        let end = best + 1;
        found.sentences.push(RawSentence { tokens: start..end, paragraph, heading: false, dateline: 0 });
        start = end;
    }
    if start < tokens.end {
        found.sentences.push(RawSentence { tokens: start..tokens.end, paragraph, heading, dateline: 0 });
    }
}

/// Whether single line breaks only wrap the lines of a paragraph, as in mail: many lines, none long, and many that go on in small letters.
fn is_wrapped(text: &str) -> bool {
    let (mut lines, mut small, mut longest) = (0usize, 0usize, 0usize);
    let mut previous_blank = true;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            previous_blank = true;
            continue;
        }
        longest = longest.max(line.len());
        if !previous_blank {
            lines += 1;
            small += usize::from(line.starts_with(char::is_lowercase));
        }
        previous_blank = false;
    }
    lines >= 2 && longest <= 120 && small * 3 >= lines
}

/// Words that open a sentence far more often than they follow an abbreviation inside one.
const OPENERS: &[&str] = &[
    "The",
    "A",
    "An",
    "He",
    "She",
    "It",
    "They",
    "We",
    "I",
    "You",
    "This",
    "That",
    "These",
    "Those",
    "In",
    "On",
    "At",
    "But",
    "And",
    "His",
    "Her",
    "Its",
    "Their",
    "Our",
    "My",
    "If",
    "When",
    "While",
    "As",
    "After",
    "Before",
    "For",
    "However",
    "There",
    "What",
    "Who",
    "How",
    "Why",
    "Where",
    "With",
    "Since",
    "Although",
    "Though",
    "So",
    "Then",
    "Yet",
    "By",
    "From",
    "To",
    "Not",
    "No",
    "Some",
    "Many",
    "Most",
    "All",
    "Both",
    "Each",
    "Another",
    "Other",
    "Also",
    "Meanwhile",
    "Earlier",
    "Last",
    "Under",
];

const DATE_LINE_DAYS: &[&str] =
    &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [RawToken],
    abbreviations: &'a Abbreviations,
}

impl Reader<'_> {
    fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |token| token.span.of(self.text))
    }

    fn gap(&self, i: usize) -> Gap {
        self.tokens.get(i).map_or(Gap::Paragraph, |token| token.gap)
    }

    /// Whether a sentence starts at token `i`.
    fn starts(&self, i: usize, lines_end_sentences: bool) -> bool {
        match self.gap(i) {
            Gap::Paragraph => return true,
            Gap::Line if lines_end_sentences => return true,
            Gap::None if !self.is_terminal(i - 1) => return false,
            _ => {}
        }
        if self.is_date_line(i)
            || self.ends_date_line(i)
            || self.word(i) == "Image" && self.word(i + 1) == ":"
        {
            return true;
        }
        // The last token that is no closing quote or bracket.
        let mut last = i - 1;
        while last > 0 && i - last <= 8 && (self.closes(last) || self.is_note(last - 1) || self.is_note(last))
        {
            last -= 1;
        }
        let word = self.word(last);
        let ends = if self.is_terminal(last) {
            !(last + 1 == i && word == "." && self.is_list_number(last))
        } else if word.ends_with('.') {
            return match self.abbreviations.ending(word) {
                Some(Ending::Never | Ending::Number) => false,
                _ => OPENERS.contains(&self.opening_word(i)) && self.gap(i) != Gap::None,
            };
        } else {
            false
        };
        if !ends || self.closes(i) || self.is_note(i) || self.is_face(i) || self.is_terminal(i) {
            return false;
        }
        let tight = self.gap(i) == Gap::None;
        let first = self.opening_word(i).chars().next();
        if !tight && word == "." && last + 1 == i && first.is_some_and(char::is_lowercase) {
            // A writer who does not capitalise: after a plain word of some length.
            let before = self.word(last.saturating_sub(1));
            return self.gap(last) == Gap::None && before.len() > 3 && before.chars().all(char::is_lowercase);
        }
        let upper = first.is_some_and(|c| {
            c.is_uppercase() || c.is_numeric() && !tight || (c.is_alphabetic() && !c.is_lowercase())
        });
        if tight {
            // "end.Next": only after a plain full stop that follows a word.
            return upper && word == "." && self.word(last - usize::from(last > 0)).len() > 2;
        }
        upper
    }

    /// A line of its own that only says the day, run into the headline before it: `Tuesday, March 3, 2015`.
    fn is_date_line(&self, i: usize) -> bool {
        let before = i.checked_sub(1).map_or("", |last| self.word(last));
        let year = self.word(i + 5);
        DATE_LINE_DAYS.contains(&self.word(i))
            && before.starts_with(char::is_uppercase)
            && self.word(i + 1) == ","
            && self.word(i + 3).bytes().all(|b| b.is_ascii_digit())
            && self.word(i + 4) == ","
            && year.len() == 4
            && year.bytes().all(|b| b.is_ascii_digit())
            && self.word(i + 6).starts_with(|c: char| c.is_uppercase() || c == '"' || c == '“')
    }

    fn ends_date_line(&self, i: usize) -> bool {
        i.checked_sub(6).is_some_and(|start| {
            (self.gap(start) >= Gap::Line || self.is_date_line(start))
                && DATE_LINE_DAYS.contains(&self.word(start))
                && self.word(start + 4) == ","
                && self.word(i - 1).len() == 4
                && self.word(i - 1).bytes().all(|b| b.is_ascii_digit())
                && self.word(i).starts_with(|c: char| c.is_uppercase() || c == '"' || c == '“')
        })
    }

    /// The number of a list: "1. Open the door", at the start of a line or after another sentence.
    fn is_list_number(&self, period: usize) -> bool {
        let Some(number) = period.checked_sub(1) else { return true };
        let word = self.word(number);
        let starts = number == 0
            || self.gap(number) >= Gap::Line
            || self.is_terminal(number - 1)
            || self.word(number - 1) == ":";
        starts && self.gap(period) == Gap::None && word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit())
    }

    /// `[12]`: a note's number, which belongs to the sentence before.
    fn is_note(&self, i: usize) -> bool {
        self.word(i) == "[" && self.word(i + 2) == "]" && self.word(i + 1).bytes().all(|b| b.is_ascii_digit())
    }

    fn is_terminal(&self, i: usize) -> bool {
        let word = self.word(i);
        !word.is_empty() && word.chars().all(|c| matches!(c, '.' | '!' | '?' | '…' | '。'))
    }

    fn is_face(&self, i: usize) -> bool {
        let word = self.word(i);
        word.len() > 1 && word.len() < 4 && word.starts_with([':', ';', '=']) && !word.contains('=')
    }

    /// A quote or bracket that closes: nothing before it.
    fn closes(&self, i: usize) -> bool {
        match self.word(i) {
            "”" | "’" | ")" | "]" | "»" | "''" => true,
            "\"" | "'" => self.gap(i) == Gap::None && self.gap(i + 1) != Gap::None,
            _ => self.is_face(i),
        }
    }

    /// The first word from `i` on that is no quote, bracket, dash or bullet.
    fn opening_word(&self, i: usize) -> &str {
        (i..self.tokens.len().min(i + 4))
            .map(|at| self.word(at))
            .find(|word| word.chars().next().is_some_and(char::is_alphanumeric))
            .unwrap_or("")
    }

    /// Whether tokens `from..to` end as a sentence does.
    fn is_closed(&self, from: usize, to: usize) -> bool {
        (from..to).rev().take(4).find(|&i| !self.closes(i)).is_some_and(|i| {
            let word = self.word(i);
            self.is_terminal(i) || word.ends_with('.') || matches!(word, ":" | ";" | ",")
        })
    }

    /// How many tokens of a dateline open the sentence: `WASHINGTON (AP) —`, `MOSCOW:`, `KYIV, Ukraine, March 3 (Reuters) -`.
    fn dateline(&self, tokens: Range<usize>) -> usize {
        let capitals = |word: &str| {
            word.chars().filter(|c| c.is_alphabetic()).count() > 2 && !word.chars().any(char::is_lowercase)
        };
        if !capitals(self.word(tokens.start)) {
            return 0;
        }
        let mut inside = false;
        let mut bracket = false;
        let mut plain = true;
        for i in tokens.clone().skip(1).take(18) {
            let word = self.word(i);
            match word {
                "(" | "[" => inside = true,
                ")" | "]" => (inside, bracket) = (false, true),
                "—" | "–" | "--" | "―" => {
                    return if i + 1 < tokens.end { i + 1 - tokens.start } else { 0 };
                }
                "-" if self.gap(i) != Gap::None || bracket => {
                    return if i + 1 < tokens.end { i + 1 - tokens.start } else { 0 };
                }
                ":" => return if plain && i + 2 < tokens.end { i + 1 - tokens.start } else { 0 },
                "," | "." | "/" | "-" => {}
                _ if inside => {}
                _ if capitals(word) => {}
                _ if word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) => plain = false,
                _ => return 0,
            }
        }
        0
    }
}
