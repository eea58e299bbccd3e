//! What a time expression says before any calendar is consulted: the tree that the grammar builds and the resolver reads.

use super::vocabulary::{Season, Unit};
use jiff::civil::Date;

/// Which of a row of like things, counted from the anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// Nothing said: "Friday", "in December".
    Bare,
    /// "last", "previous".
    Last,
    /// "past", "this past": the nearest before.
    Past,
    /// "this", "current", "the" with a unit.
    This,
    /// "next", "following".
    Next,
    /// "coming", "upcoming", "this coming": the nearest after.
    Coming,
    /// "the year after next".
    AfterNext,
    /// "the year before last".
    BeforeLast,
}

/// What relative expressions count from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The day of publication: "three weeks ago".
    Published,
    /// The day the text last spoke of: "three weeks later", "the following day".
    Narrative,
}

/// The year of a date, as far as it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearOf {
    /// Not said.
    Open,
    /// A calendar year.
    Is(i16),
    /// Years from the anchor's year: "June next year" is 1.
    Off(i16),
}

/// A part of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// "early".
    Early,
    /// "beginning", "start".
    Start,
    /// "mid", "middle".
    Middle,
    /// "late".
    Late,
    /// "end".
    End,
    /// "earlier this": from its start to the anchor.
    Earlier,
    /// "later this", "rest of": from the anchor to its end.
    Later,
}

/// Which side of a time an open range lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// "since": from it to the anchor.
    Since,
    /// "until", "till", "through": from the anchor to it.
    Until,
    /// "before".
    Before,
    /// "after".
    After,
    /// "by": no later than.
    By,
}

/// A number of units, added up: "one year and three months".
pub(super) type Amount = Vec<(i32, Unit)>;

/// The expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Time {
    /// "19 May 2014", "May 19", "the 4th".
    Day { year: YearOf, month: Option<u8>, day: u8, weekday: Option<u8> },
    /// "December", "December 2016", "last December".
    Month { year: YearOf, month: u8, which: Which },
    /// "2014".
    Year(i16),
    /// "the 1970s", "the 19th century": first and last year.
    Years(i16, i16),
    /// "the summer of 2014".
    Season { year: YearOf, season: Season, which: Which },
    /// "the third quarter of 2016": number of parts a year, which part.
    YearPart { year: YearOf, parts: u8, part: u8 },
    /// "last Friday".
    Weekday { weekday: u8, which: Which },
    /// "Friday of next week": the week as its own expression.
    WeekdayIn { weekday: u8, within: Box<Time> },
    /// "the first Friday of July".
    NthWeekday { nth: i8, weekday: u8, within: Box<Time> },
    /// "the third week of 2027", "the last two months of 2021": negative counts from the end.
    NthUnit { nth: i8, count: u8, unit: Unit, within: Box<Time> },
    /// "the 20th of next month".
    DayIn { day: u8, within: Box<Time> },
    /// "last week", "this month", "the following year".
    Unit { which: Which, unit: Unit, from: Anchor },
    /// "today", "two days ago", "a week later": signed.
    Shift { amount: Amount, from: Anchor },
    /// "two days after Easter".
    ShiftFrom { amount: Amount, from: Box<Time> },
    /// "two days after the vote": counted from an event, which has no date in the expression.
    FromEvent(Amount),
    /// "the past three weeks", "within two months": signed; whether the day of publication belongs to it.
    Window { amount: Amount, from_today: bool },
    /// "early March".
    Part { part: Part, of: Box<Time> },
    /// "the week of April 10".
    UnitOf { unit: Unit, of: Box<Time> },
    /// "from 2011 to 2013".
    Range(Box<Time>, Box<Time>),
    /// "since 2014".
    Open { side: Side, of: Box<Time> },
    /// A feast or memorial day of the tables, by index.
    Feast { index: u32, year: YearOf, which: Which },
    /// A fixed day or period of history, by its days.
    Fixed(Date, Date),
    /// "fiscal 2014": no calendar settles it without the country's.
    Unresolved(&'static str),
}

impl Time {
    pub(super) fn boxed(self) -> Box<Time> {
        Box::new(self)
    }

    /// The same with a year that stands apart: "May 3 to June 5, 2014".
    pub(super) fn with_year(&mut self, given: YearOf) {
        match self {
            Time::Day { year, month: Some(_), .. }
            | Time::Month { year, which: Which::Bare, .. }
            | Time::Season { year, .. }
            | Time::Feast { year, .. }
            | Time::YearPart { year, .. }
                if *year == YearOf::Open =>
            {
                *year = given;
            }
            Time::Part { of, .. } | Time::UnitOf { of, .. } => of.with_year(given),
            _ => {}
        }
    }
}
