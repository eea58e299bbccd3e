//! When: time expressions in the text, resolved against the day of publication.
//!
//! Text → [`lexeme`]s → [`grammar`] → expression → [`resolve`] → [`TimeMention`]. The grammar needs no tags; the tree is asked
//! only for the tense of a clause, where "on Friday" may lie behind or ahead.

mod calendar;
mod cursor;
mod expression;
mod find;
mod grammar;
mod lexeme;
mod number;
mod resolve;
mod tense;
mod vocabulary;

pub use calendar::{Calendar, Feast, Rule};
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
    /// First day; `None` where it cannot be resolved (no publication date, unknown anchor).
    pub start: Option<Date>,
    /// Last day, inclusive.
    pub end: Option<Date>,
    /// How finely it is said.
    pub precision: DatePrecision,
    /// Explicit, relative or unknown.
    pub basis: DateBasis,
    /// Which rule read it, or why it stays unresolved.
    pub reason: &'static str,
}
