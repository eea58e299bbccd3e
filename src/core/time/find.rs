//! Time expressions of a document or a line, in text order.

use super::cursor::Cursor;
use super::expression::Time;
use super::grammar::expression;
use super::lexeme::{Lexeme, lexemes};
use super::resolve::{Days, Scene, Tense};
use super::tense::{tense_at, tense_of_words};
use super::vocabulary::Class;
use super::{Calendar, TimeMention, TimeRelation, TimeValue};
use crate::core::extraction::{DateBasis, DatePrecision};
use crate::core::syntax::Document;
use crate::core::text::Span;
use jiff::civil::Date;

impl Calendar {
    /// Every time expression of an article, resolved against its day of publication and, for "the following day", against the
    /// day that the text last spoke of.
    pub fn find(&self, text: &str, document: &Document, published: Option<Date>) -> Vec<TimeMention> {
        let mut reader = Reader::new(self, published);
        for (index, sentence) in document.sentences.iter().enumerate() {
            let tense = |span: Span, _: &[Lexeme], _: usize| tense_at(sentence, span);
            reader.read(text, sentence.span, index as u32, &tense);
        }
        reader.found
    }

    /// Every time expression of a line, without syntax: the words alone tell the tense.
    pub fn find_in_line(&self, line: &str, published: Option<Date>) -> Vec<TimeMention> {
        let mut reader = Reader::new(self, published);
        let whole = Span::new(0, line.len());
        reader.read(line, whole, 0, &|_, words: &[Lexeme], at| tense_of_words(words, at));
        reader.found
    }
}

/// Reads sentences in order and keeps the day last spoken of.
struct Reader<'a> {
    calendar: &'a Calendar,
    published: Option<Date>,
    narrative: Option<Date>,
    words: Vec<Lexeme>,
    found: Vec<TimeMention>,
}

impl<'a> Reader<'a> {
    fn new(calendar: &'a Calendar, published: Option<Date>) -> Self {
        Reader { calendar, published, narrative: None, words: Vec::new(), found: Vec::new() }
    }

    fn read(
        &mut self,
        text: &str,
        within: Span,
        sentence: u32,
        tense: &dyn Fn(Span, &[Lexeme], usize) -> Tense,
    ) {
        let mut words = std::mem::take(&mut self.words);
        lexemes(text, within, &mut words);
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let mut cursor = Cursor { all: &words, at };
            let starts = word.class != Class::Other || self.calendar.named(&words[at..]).is_some();
            let Some(time) = starts.then(|| expression(&mut cursor, self.calendar)).flatten() else {
                at += 1;
                continue;
            };
            let end = cursor.at;
            let span = word.span.join(words[end - 1].span);
            let value = self.value(&time, tense(span, &words, at));
            self.remember(&time, &value);
            self.found.push(TimeMention { sentence, span, value });
            at = end.max(at + 1);
        }
        self.words = words;
    }

    fn value(&self, time: &Time, tense: Tense) -> TimeValue {
        let scene =
            Scene { published: self.published, narrative: self.narrative, tense, calendar: self.calendar };
        match scene.resolve(time) {
            Ok(days) => {
                let literal = days.literal.unwrap_or((days.start, days.end));
                let Days { start, end, precision, basis, relation, reason, .. } = days;
                TimeValue { start, end, literal, precision, basis, relation, reason }
            }
            Err(reason) => TimeValue {
                start: None,
                end: None,
                literal: (None, None),
                precision: DatePrecision::Day,
                basis: DateBasis::Unknown,
                relation: TimeRelation::At,
                reason,
            },
        }
    }

    /// The narrative moves on with each day that the text names.
    fn remember(&mut self, time: &Time, value: &TimeValue) {
        let a_day = value.precision == DatePrecision::Day && value.start == value.end;
        if a_day && !matches!(time, Time::Open { .. } | Time::Range(..)) {
            self.narrative = value.start.or(self.narrative);
        }
    }
}
