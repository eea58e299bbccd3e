//! When: time expressions in the text, resolved against the day of publication.
//!
//! Text → [`lexeme`]s → [`grammar`] → expression → [`resolve`] → [`TimeMention`]. The grammar needs no tags; the tree is asked
//! only for the tense of a clause, where "on Friday" may lie behind or ahead.

mod attach;
mod calendar;
mod cursor;
mod event;
mod expression;
mod find;
mod grammar;
mod lexeme;
mod number;
mod resolve;
mod tense;
mod vocabulary;

pub use attach::{Candidate, candidates, date_event, features};
pub use calendar::{Calendar, Feast, Rule};
pub use event::{TimeContext, date_without_text};
pub use resolve::Tense;

use crate::core::extraction::{DateBasis, DatePrecision};
use crate::core::text::Span;
use jiff::civil::Date;

/// A time expression and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeMention {
    /// Which sentence.
    pub sentence: u32,
    /// The words, without a leading preposition unless it changes the meaning ("since", "until").
    pub span: Span,
    /// What it denotes.
    pub value: TimeValue,
}

/// What a time expression denotes.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeValue {
    /// First day; `None` where it cannot be resolved (no publication date, unknown anchor). For "three months ago" or "earlier this
    /// year" the calendar unit that holds the day: the text is no finer than that.
    pub start: Option<Date>,
    /// Last day, inclusive.
    pub end: Option<Date>,
    /// First and last day to the letter: the very day three months back; from January 1 to the day of publication. An open side is
    /// `None`.
    pub literal: (Option<Date>, Option<Date>),
    /// How finely it is said.
    pub precision: DatePrecision,
    /// Explicit, relative or unknown.
    pub basis: DateBasis,
    /// How it bounds what it dates.
    pub relation: TimeRelation,
    /// Which rule read it, or why it stays unresolved.
    pub reason: &'static str,
}

/// How a time expression bounds what it dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeRelation {
    /// At or in it.
    At,
    /// From it on.
    Since,
    /// Up to it.
    Until,
    /// Some time before it.
    Before,
    /// Some time after it.
    After,
    /// So far from another event, whose clause follows: "two days after rebels stormed the town". Negative: before it.
    FromEvent {
        /// Whole days.
        days: i32,
        /// Whole months.
        months: i32,
    },
}
