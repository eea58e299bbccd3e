//! Expression → days: the calendar arithmetic, against the day of publication and the day the text last spoke of.

use super::expression::{Amount, Anchor, Part, Side, Time, Which, YearOf};
use super::vocabulary::{Season, Unit};
use super::{Calendar, TimeRelation};
use crate::core::extraction::{DateBasis, DatePrecision};
use jiff::civil::{Date, Weekday};
use jiff::{Span as Duration, ToSpan};

/// Which way from the day of publication an expression points that does not say so itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tense {
    /// The clause reports: "met on Friday".
    Past,
    /// The clause announces: "will meet on Friday".
    Future,
    /// Nothing tells.
    #[default]
    Unknown,
}

/// What expressions are resolved against.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub published: Option<Date>,
    /// The day that the text last spoke of.
    pub narrative: Option<Date>,
    pub tense: Tense,
    pub calendar: &'a Calendar,
}

/// The days an expression denotes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Days {
    /// `None`: open on that side.
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub precision: DatePrecision,
    pub basis: DateBasis,
    /// First and last day to the letter, where that is not the whole unit.
    pub literal: Option<(Option<Date>, Option<Date>)>,
    pub relation: TimeRelation,
    /// Which rule gave them.
    pub reason: &'static str,
}

type Resolved = Result<Days, &'static str>;

const NO_DATE: &str = "no such day in the calendar";
const NO_PUBLICATION: &str = "counts from the day of publication, which is not given";
const WHOLE: &str = "a period cannot be counted from here";

impl Scene<'_> {
    /// The days of `time`, or why it has none.
    pub fn resolve(&self, time: &Time) -> Resolved {
        match time {
            Time::Day { year, month, day, weekday } => self.day(*year, *month, *day, *weekday),
            Time::Month { year, month, which } => self.month(*year, *month, *which),
            Time::Year(year) => Ok(period(
                first(*year, 1)?,
                last(*year, 12)?,
                DatePrecision::Year,
                DateBasis::Explicit,
                "calendar year",
            )),
            Time::Years(from, to) => Ok(period(
                first(*from, 1)?,
                last(*to, 12)?,
                DatePrecision::Year,
                DateBasis::Explicit,
                "decade or century",
            )),
            Time::Season { year, season, which } => self.season(*year, *season, *which),
            Time::YearPart { year, parts, part } => self.year_part(*year, *parts, *part),
            Time::Weekday { weekday, which } => self.weekday(*weekday, *which),
            Time::WeekdayIn { weekday, within } => {
                let week = bounds(self.resolve(within)?)?.0;
                let day = add(week, (i64::from(*weekday) - 1).days())?;
                Ok(single(day, DateBasis::Relative, "weekday of a week"))
            }
            Time::NthWeekday { nth, weekday, within } => self.nth_weekday(*nth, *weekday, within),
            Time::NthUnit { nth, count, unit, within } => self.nth_unit(*nth, *count, *unit, within),
            Time::DayIn { day, within } => {
                let month = bounds(self.resolve(within)?)?.0;
                let day = Date::new(month.year(), month.month(), *day as i8).map_err(|_| NO_DATE)?;
                Ok(single(day, DateBasis::Relative, "day of a month"))
            }
            Time::Unit { which, unit, from } => self.unit(*which, *unit, *from),
            Time::Shift { amount, from } => {
                let day = shift(self.anchor(*from)?, amount)?;
                let reason = match from {
                    Anchor::Published => "counted from publication",
                    Anchor::Narrative => "counted from the day last spoken of",
                };
                around(day, amount, reason)
            }
            Time::FromEvent(amount) => Ok(Days {
                start: None,
                end: None,
                relation: from_event(amount),
                ..around(Date::default(), amount, "counted from another event")?
            }),
            Time::ShiftFrom { amount, from } => {
                let base = self.resolve(from)?;
                let (start, end) = bounds(base)?;
                let forward = amount.iter().all(|(n, _)| *n >= 0);
                let day = shift(if forward { end } else { start }, amount)?;
                around(day, amount, "counted from a named day")
            }
            Time::Window { amount, from_today } => self.window(amount, *from_today),
            Time::Part { part, of } => self.part(*part, of),
            Time::UnitOf { unit, of } => {
                let of = self.resolve(of)?;
                let (day, _) = bounds(of)?;
                let (start, end) = match unit {
                    Unit::Weekend => weekend_near(day)?,
                    _ => containing(*unit, day)?,
                };
                Ok(Days {
                    basis: of.basis,
                    ..period(start, end, precision_of_unit(*unit), of.basis, "week or month around a day")
                })
            }
            Time::Range(from, to) => self.range(from, to),
            Time::Open { side, of } => self.open(*side, of),
            Time::Feast { index, year, which } => self.feast(*index, *year, *which),
            Time::Fixed(first, last) => {
                let precision = if first == last { DatePrecision::Day } else { DatePrecision::Year };
                Ok(period(*first, *last, precision, DateBasis::Explicit, "day or period of history"))
            }
            Time::Unresolved(reason) => Err(reason),
        }
    }

    fn published(&self) -> Result<Date, &'static str> {
        self.published.ok_or(NO_PUBLICATION)
    }

    fn anchor(&self, anchor: Anchor) -> Result<Date, &'static str> {
        match anchor {
            Anchor::Published => self.published(),
            Anchor::Narrative => self.narrative.or(self.published).ok_or(NO_PUBLICATION),
        }
    }

    /// The year that a date without one means: the tense decides, else the nearest. `in_year` gives the days in a year, if any.
    fn open_year(
        &self,
        in_year: impl Fn(i16) -> Result<(Date, Date), &'static str>,
    ) -> Result<(Date, Date), &'static str> {
        let published = self.published()?;
        let reach = 8;
        let years =
            (published.year() - reach..=published.year() + reach).filter_map(|year| in_year(year).ok());
        let distance = |&(start, end): &(Date, Date)| -> i32 {
            if start <= published && published <= end { 0 } else { days_between(published, start).abs() }
        };
        let chosen = match self.tense {
            Tense::Past => years.filter(|(start, _)| *start <= published).max(),
            Tense::Future => years.filter(|(_, end)| *end >= published).min(),
            Tense::Unknown => years.min_by_key(distance),
        };
        chosen.ok_or(NO_DATE)
    }

    fn year(&self, year: YearOf) -> Result<Option<i16>, &'static str> {
        Ok(match year {
            YearOf::Open => None,
            YearOf::Is(year) => Some(year),
            YearOf::Off(offset) => Some(self.published()?.year() + offset),
        })
    }

    fn day(&self, year: YearOf, month: Option<u8>, day: u8, weekday: Option<u8>) -> Resolved {
        let Some(month) = month else {
            return self.day_of_open_month(day, weekday);
        };
        let in_year = |year: i16| {
            let date = Date::new(year, month as i8, day as i8).map_err(|_| NO_DATE)?;
            Ok((date, date))
        };
        let (date, reason) = match self.year(year)? {
            Some(year) => (in_year(year)?.0, "calendar date"),
            None => {
                // A weekday that stands beside the date settles the year, if one near fits.
                let fits = |(date, _): &(Date, Date)| weekday.is_none_or(|w| date.weekday() == of_week(w));
                let settled = self.open_year(|year| {
                    in_year(year).and_then(|d| if fits(&d) { Ok(d) } else { Err(NO_DATE) })
                });
                let nearest = self.open_year(in_year)?;
                let near = settled.ok().filter(|s| days_between(s.0, nearest.0).abs() < 750);
                (near.unwrap_or(nearest).0, "calendar date in the nearest year that fits")
            }
        };
        Ok(single(date, DateBasis::Explicit, reason))
    }

    /// "the 4th", "Friday the 15th": the month of publication or its neighbours.
    fn day_of_open_month(&self, day: u8, weekday: Option<u8>) -> Resolved {
        let published = self.published()?;
        let mut candidates = (-12..=12).filter_map(|months: i64| {
            let month = published.first_of_month().checked_add(months.months()).ok()?;
            let date = Date::new(month.year(), month.month(), day as i8).ok()?;
            weekday.is_none_or(|w| date.weekday() == of_week(w)).then_some(date)
        });
        let chosen = match self.tense {
            Tense::Past => candidates.filter(|date| *date <= published).max(),
            Tense::Future => candidates.find(|date| *date >= published),
            Tense::Unknown => candidates.min_by_key(|date| days_between(published, *date).abs()),
        };
        Ok(single(chosen.ok_or(NO_DATE)?, DateBasis::Relative, "day of the month nearest publication"))
    }

    fn month(&self, year: YearOf, month: u8, which: Which) -> Resolved {
        let in_year = |year: i16| Ok((first(year, month)?, last(year, month)?));
        let (basis, (start, end)) = match self.year(year)? {
            Some(year) => (DateBasis::Explicit, in_year(year)?),
            None => {
                let published = self.published()?;
                let this = published.year();
                let here = published.month() as u8;
                let days = match which {
                    Which::Bare => self.open_year(in_year)?,
                    Which::This => in_year(this)?,
                    Which::Last | Which::Past => in_year(if month < here { this } else { this - 1 })
                        .and_then(|d| {
                            // "last September" said in November of the same year is that of the year before only in formal counting.
                            if which == Which::Last && month < here { in_year(this - 1) } else { Ok(d) }
                        })?,
                    _ => in_year(if month > here { this } else { this + 1 })?,
                };
                (DateBasis::Relative, days)
            }
        };
        let basis = if matches!(year, YearOf::Off(_)) { DateBasis::Relative } else { basis };
        Ok(period(start, end, DatePrecision::Month, basis, "month"))
    }

    fn season(&self, year: YearOf, season: Season, which: Which) -> Resolved {
        let in_year = |year: i16| {
            let months = match season {
                Season::Spring => (3, 5),
                Season::Summer => (6, 8),
                Season::Autumn => (9, 11),
                Season::Winter => return Ok((first(year, 12)?, last(year + 1, 2)?)),
            };
            Ok((first(year, months.0)?, last(year, months.1)?))
        };
        let (start, end) = match self.year(year)? {
            Some(year) => in_year(year)?,
            None => {
                let published = self.published()?;
                let seasons = (published.year() - 2..=published.year() + 2).filter_map(|y| in_year(y).ok());
                match which {
                    Which::Bare => self.open_year(in_year)?,
                    Which::This => {
                        let scene = Scene { tense: Tense::Unknown, ..*self };
                        scene.open_year(in_year)?
                    }
                    Which::Last | Which::Past | Which::BeforeLast => {
                        seasons.filter(|(_, end)| *end < published).max().ok_or(NO_DATE)?
                    }
                    _ => {
                        let mut seasons = seasons.filter(|(start, _)| *start > published);
                        seasons.next().ok_or(NO_DATE)?
                    }
                }
            }
        };
        let basis = if matches!(year, YearOf::Is(_)) { DateBasis::Explicit } else { DateBasis::Relative };
        Ok(period(start, end, DatePrecision::Quarter, basis, "season of the northern year"))
    }

    fn year_part(&self, year: YearOf, parts: u8, part: u8) -> Resolved {
        let months = 12 / parts;
        let in_year = |year: i16| Ok((first(year, (part - 1) * months + 1)?, last(year, part * months)?));
        let (basis, (start, end)) = match self.year(year)? {
            Some(given) if matches!(year, YearOf::Is(_)) => (DateBasis::Explicit, in_year(given)?),
            Some(given) => (DateBasis::Relative, in_year(given)?),
            None => (DateBasis::Relative, self.open_year(in_year)?),
        };
        Ok(period(start, end, DatePrecision::Quarter, basis, "part of a year"))
    }

    fn weekday(&self, weekday: u8, which: Which) -> Resolved {
        let published = self.published()?;
        let monday = monday_of(published)?;
        let in_week = |weeks: i64| add(monday, (weeks * 7 + i64::from(weekday) - 1).days());
        let name = of_week(weekday);
        let ago = i64::from(published.weekday().since(name));
        let ahead = i64::from(published.weekday().until(name));
        let nearest_before =
            |strict: bool| add(published, (-(if strict && ago == 0 { 7 } else { ago })).days());
        let nearest_after =
            |strict: bool| add(published, (if strict && ahead == 0 { 7 } else { ahead }).days());
        let (date, reason) = match which {
            Which::Bare => match self.tense {
                Tense::Future => (nearest_after(false)?, "weekday, the clause lies ahead"),
                Tense::Past => (nearest_before(false)?, "weekday, the clause lies behind"),
                Tense::Unknown => (nearest_before(false)?, "weekday, taken as the last one"),
            },
            Which::Last | Which::BeforeLast => (in_week(-1)?, "weekday of last week"),
            Which::Past => (nearest_before(true)?, "the nearest such day before"),
            Which::This => (in_week(0)?, "weekday of this week"),
            Which::Next | Which::AfterNext => (in_week(1)?, "weekday of next week"),
            Which::Coming => (nearest_after(true)?, "the nearest such day after"),
        };
        Ok(single(date, DateBasis::Relative, reason))
    }

    fn nth_weekday(&self, nth: i8, weekday: u8, within: &Time) -> Resolved {
        let days = self.resolve(within)?;
        let (start, _) = bounds(days)?;
        let date = start.nth_weekday_of_month(nth, of_week(weekday)).map_err(|_| NO_DATE)?;
        Ok(single(date, days.basis, "numbered weekday of a month"))
    }

    fn nth_unit(&self, nth: i8, count: u8, unit: Unit, within: &Time) -> Resolved {
        let days = self.resolve(within)?;
        let (start, end) = bounds(days)?;
        let count = i64::from(count);
        let back = nth < 0;
        let skip = i64::from(nth.max(1)) - 1;
        let (from, to) = match unit {
            Unit::Week => {
                // A week belongs to the period that holds its Thursday, as in ISO 8601.
                let head = add(start, 3.days()).and_then(monday_of)?;
                let head =
                    if head < start && days_between(head, start) > 3 { add(head, 7.days())? } else { head };
                let tail = add(end, (-3).days()).and_then(monday_of)?;
                let from =
                    if back { add(tail, (-7 * (count - 1)).days())? } else { add(head, (7 * skip).days())? };
                (from, add(from, (7 * count - 1).days())?)
            }
            Unit::Month => {
                let from = if back {
                    add(end.first_of_month(), (1 - count).months())?
                } else {
                    add(start, skip.months())?
                };
                (from, add(add(from, count.months())?, (-1).days())?)
            }
            _ => {
                let from = if back { add(end, (1 - count).days())? } else { add(start, skip.days())? };
                (from, add(from, (count - 1).days())?)
            }
        };
        Ok(period(from, to, precision_of_unit(unit), days.basis, "numbered part of a period"))
    }

    fn unit(&self, which: Which, unit: Unit, from: Anchor) -> Resolved {
        let anchor = self.anchor(from)?;
        let mut steps: i64 = match which {
            Which::Last | Which::Past => -1,
            Which::BeforeLast => -2,
            Which::This | Which::Bare => 0,
            Which::Next | Which::Coming => 1,
            Which::AfterNext => 2,
        };
        if unit == Unit::Weekend {
            let (start, end) = self.weekend(which, anchor, steps)?;
            return Ok(period(start, end, DatePrecision::Day, DateBasis::Relative, "weekend"));
        }
        if unit == Unit::Day {
            return Ok(single(add(anchor, steps.days())?, DateBasis::Relative, "day beside the anchor"));
        }
        let (start, _) = containing(unit, anchor)?;
        let unit = if unit == Unit::Fortnight {
            steps *= 2;
            Unit::Week
        } else {
            unit
        };
        let start = add(start, span_of(steps, unit))?;
        Ok(period(
            start,
            containing(unit, start)?.1,
            precision_of_unit(unit),
            DateBasis::Relative,
            "calendar unit counted from the anchor",
        ))
    }

    fn weekend(&self, which: Which, anchor: Date, steps: i64) -> Result<(Date, Date), &'static str> {
        let this = add(monday_of(anchor)?, 5.days())?;
        let inside = anchor >= this;
        let steps = match (which, self.tense) {
            (Which::Bare, Tense::Past) if !inside => -1,
            (Which::Bare | Which::This, Tense::Past) => {
                if inside {
                    0
                } else {
                    -1
                }
            }
            (Which::Coming, _) => i64::from(inside),
            _ => steps,
        };
        let saturday = add(this, (7 * steps).days())?;
        Ok((saturday, add(saturday, 1.days())?))
    }

    fn window(&self, amount: &Amount, from_today: bool) -> Resolved {
        let published = self.published()?;
        let reason = "stretch of time up to or from publication";
        let Some(&(count, unit)) = amount.first() else { return Err(WHOLE) };
        let finest = amount.iter().map(|(_, unit)| *unit).min().unwrap_or(unit);
        let count = i64::from(count);
        if matches!(unit, Unit::Quarter | Unit::Decade | Unit::Century) {
            let (here, end) = containing(unit, published)?;
            let (start, end) = if count < 0 {
                (add(here, span_of(count, unit))?, add(here, (-1).days())?)
            } else {
                let start = add(end, 1.days())?;
                (start, add(add(start, span_of(count, unit))?, (-1).days())?)
            };
            return Ok(period(start, end, precision_of_unit(unit), DateBasis::Relative, reason));
        }
        let other = shift(published, amount)?;
        let (start, end) = match (count < 0, from_today) {
            (true, _) => (other, published),
            (false, true) => (published, other),
            (false, false) => (add(published, 1.days())?, other),
        };
        Ok(period(start, end, precision_of_unit(finest), DateBasis::Relative, reason))
    }

    fn part(&self, part: Part, of: &Time) -> Resolved {
        let days = self.resolve(of)?;
        let (start, end) = bounds(days)?;
        let reason = "part of a period";
        let length = i64::from(days_between(start, end)) + 1;
        if matches!(part, Part::Earlier | Part::Later) {
            let published = self.published()?;
            let inside = start <= published && published <= end;
            let literal = match (inside, part) {
                (true, Part::Earlier) => (start, published),
                (true, _) => (published, end),
                (false, _) => (start, end),
            };
            return Ok(Days { reason, literal: Some((Some(literal.0), Some(literal.1))), ..days });
        }
        let whole_year = length > 300;
        let thirds = whole_year && matches!(of, Time::Year(_)) && !matches!(part, Part::Early | Part::Late);
        let (from, to) = if length == 7 {
            let (a, b) = match part {
                Part::Early | Part::Start => (0, 2),
                Part::Middle => (1, 4),
                _ => (3, 6),
            };
            (add(start, a.days())?, add(start, b.days())?)
        } else if (28..=31).contains(&length) {
            let (a, b) = match part {
                Part::Early | Part::Start => (1, 15),
                Part::Middle => (10, 20),
                _ => (16, end.day()),
            };
            (
                start.with().day(a).build().map_err(|_| NO_DATE)?,
                start.with().day(b).build().map_err(|_| NO_DATE)?,
            )
        } else {
            let months =
                i64::from(end.year() - start.year()) * 12 + i64::from(end.month() - start.month()) + 1;
            let (a, b) = match part {
                Part::Early | Part::Start if thirds => (0, months / 3),
                Part::Middle => (months / 3, months - months / 3),
                _ if thirds => (months - months / 3, months),
                Part::Early | Part::Start => (0, months / 2),
                _ => (months / 2, months),
            };
            (add(start, a.months())?, add(add(start, b.months())?, (-1).days())?)
        };
        Ok(Days { reason, start: Some(from), end: Some(to), ..days })
    }

    fn range(&self, from: &Time, to: &Time) -> Resolved {
        let both_open = is_yearless(from) && is_yearless(to);
        let weekdays = matches!(to, Time::Weekday { which: Which::Bare, .. });
        let a = self.resolve(from)?;
        let after = Scene { narrative: a.start.or(self.narrative), ..*self };
        let b = after.resolve(to)?;
        let mut start = border(from, bounds(a)?, true)?;
        let mut end = border(to, bounds(b)?, false)?;
        let years = |date: Date, count: i64| add(date, count.years());
        match (from, to) {
            // What is told as past has ended: "between Monday and Thursday" of a Wednesday's paper is last week.
            (Time::Weekday { which: Which::Bare, .. }, _)
                if weekdays && end < start && self.tense != Tense::Future =>
            {
                start = add(start, (-7).days())?;
            }
            _ if weekdays => {
                let weeks = i64::from(days_between(end, start).max(0) + 6) / 7;
                end = add(end, (7 * weeks).days())?;
            }
            // Of two days without a year, the one that the tense points at settles the other.
            _ if both_open && end < start && self.tense == Tense::Future => start = years(start, -1)?,
            _ if both_open && years(start, 1)? <= end => end = years(end, -1)?,
            _ if end < start && is_yearless(to) => end = years(end, 1)?,
            // "November to February 2017" starts the year before.
            (Time::Day { .. } | Time::Month { .. }, _) if end < start => start = years(start, -1)?,
            _ => {}
        }
        if end < start {
            return Err("its end lies before its start");
        }
        let precision = coarser(a.precision, b.precision);
        let basis = if a.basis == b.basis { a.basis } else { DateBasis::Relative };
        Ok(period(start, end, precision, basis, "from one day or period to another"))
    }

    fn open(&self, side: Side, of: &Time) -> Resolved {
        // What lies since or after is behind, what is awaited lies ahead.
        let tense = match side {
            Side::Since => Tense::Past,
            Side::Until | Side::By if self.tense != Tense::Past => Tense::Future,
            _ => self.tense,
        };
        let of_time = of;
        let of = Scene { tense, ..*self }.resolve(of)?;
        let (first, last) = bounds(of)?;
        let published = self.published;
        let edge = match of_time {
            Time::Part { part: Part::End, .. } => last,
            _ => add(first, (-1).days())?,
        };
        let behind = match of_time {
            Time::Part { part: Part::Start, .. } => first,
            _ => add(last, 1.days())?,
        };
        let (literal, relation, reason) = match side {
            Side::Since => {
                ((Some(first), published.filter(|p| *p >= first)), TimeRelation::Since, "since then")
            }
            Side::Until | Side::By => {
                ((published.filter(|p| *p <= last), Some(last)), TimeRelation::Until, "until then")
            }
            Side::Before => ((None, Some(edge)), TimeRelation::Before, "before then"),
            Side::After => ((Some(behind), None), TimeRelation::After, "after then"),
        };
        Ok(Days { literal: Some(literal), relation, reason, ..of })
    }

    fn feast(&self, index: u32, year: YearOf, which: Which) -> Resolved {
        let in_year = |year: i16| {
            self.calendar.feast(index, year).ok_or("the tables do not say when it fell that year")
        };
        let (start, end) = match self.year(year)? {
            Some(year) => in_year(year)?,
            None => {
                let published = self.published()?;
                let tense = match which {
                    Which::Last | Which::Past | Which::BeforeLast => Tense::Past,
                    Which::Next | Which::Coming | Which::AfterNext => Tense::Future,
                    Which::This => return Ok(named(in_year(published.year())?, DateBasis::Relative)),
                    Which::Bare => self.tense,
                };
                Scene { tense, ..*self }.open_year(in_year)?
            }
        };
        let basis = if matches!(year, YearOf::Is(_)) { DateBasis::Explicit } else { DateBasis::Relative };
        Ok(named((start, end), basis))
    }
}

/// Whether the calendar alone does not settle its year.
fn is_yearless(time: &Time) -> bool {
    match time {
        Time::Day { year, month: Some(_), .. } => *year == YearOf::Open,
        Time::Month { year, which, .. } => *year == YearOf::Open && *which == Which::Bare,
        Time::Part { of, .. } => is_yearless(of),
        _ => false,
    }
}

/// Where a range begins or ends: "from the end of May" begins with June, "to the start of May" ends on its first day.
fn border(time: &Time, (start, end): (Date, Date), begins: bool) -> Result<Date, &'static str> {
    match (time, begins) {
        (Time::Part { part: Part::End, .. }, true) => add(end, 1.days()),
        (Time::Part { part: Part::Start, .. }, false) => Ok(start),
        (Time::Part { part: Part::Middle, .. }, _) => {
            add(start, (i64::from(days_between(start, end)) / 2).days())
        }
        (_, true) => Ok(start),
        (_, false) => Ok(end),
    }
}

fn named((start, end): (Date, Date), basis: DateBasis) -> Days {
    let precision = if start == end { DatePrecision::Day } else { DatePrecision::Month };
    period(start, end, precision, basis, "named day of the calendar")
}

// ── Calendar arithmetic ─────────────────────────────────────────────────────────────────────────────────────────────────

fn single(day: Date, basis: DateBasis, reason: &'static str) -> Days {
    period(day, day, DatePrecision::Day, basis, reason)
}

fn period(start: Date, end: Date, precision: DatePrecision, basis: DateBasis, reason: &'static str) -> Days {
    Days {
        start: Some(start),
        end: Some(end),
        precision,
        basis,
        literal: None,
        relation: TimeRelation::At,
        reason,
    }
}

fn bounds(days: Days) -> Result<(Date, Date), &'static str> {
    days.start.zip(days.end).ok_or(WHOLE)
}

fn add(date: Date, duration: Duration) -> Result<Date, &'static str> {
    date.checked_add(duration).map_err(|_| NO_DATE)
}

fn first(year: i16, month: u8) -> Result<Date, &'static str> {
    Date::new(year, month as i8, 1).map_err(|_| NO_DATE)
}

fn last(year: i16, month: u8) -> Result<Date, &'static str> {
    first(year, month).map(Date::last_of_month)
}

fn monday_of(date: Date) -> Result<Date, &'static str> {
    add(date, (-i64::from(date.weekday().to_monday_zero_offset())).days())
}

fn of_week(weekday: u8) -> Weekday {
    Weekday::from_monday_one_offset(weekday.clamp(1, 7) as i8).unwrap_or(Weekday::Monday)
}

/// Signed number of days from one to the other.
pub(super) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

fn weekend_near(day: Date) -> Result<(Date, Date), &'static str> {
    let monday = monday_of(day)?;
    // A weekend of a Monday is the one before it, of a Thursday or Friday the one after, stretched to take the day in.
    let saturday = if day.weekday().to_monday_zero_offset() == 0 {
        add(monday, (-2).days())?
    } else {
        add(monday, 5.days())?
    };
    let sunday = add(saturday, 1.days())?;
    Ok((saturday.min(day), sunday.max(day)))
}

/// The calendar unit that holds `day`.
fn containing(unit: Unit, day: Date) -> Result<(Date, Date), &'static str> {
    let year = day.year();
    Ok(match unit {
        Unit::Hour | Unit::Day | Unit::BusinessDay => (day, day),
        Unit::Weekend => weekend_near(day)?,
        Unit::Week => {
            let monday = monday_of(day)?;
            (monday, add(monday, 6.days())?)
        }
        Unit::Fortnight => {
            let monday = monday_of(day)?;
            (monday, add(monday, 13.days())?)
        }
        Unit::Month => (day.first_of_month(), day.last_of_month()),
        Unit::Quarter => {
            let quarter = (day.month() as u8 - 1) / 3;
            (first(year, quarter * 3 + 1)?, last(year, quarter * 3 + 3)?)
        }
        Unit::Year => (day.first_of_year(), day.last_of_year()),
        Unit::Decade => {
            let start = year - year.rem_euclid(10);
            (first(start, 1)?, last(start + 9, 12)?)
        }
        Unit::Century => {
            let start = year - year.rem_euclid(100);
            (first(start, 1)?, last(start + 99, 12)?)
        }
    })
}

fn span_of(count: i64, unit: Unit) -> Duration {
    match unit {
        Unit::Hour => 0.days(),
        Unit::Day | Unit::BusinessDay => count.days(),
        Unit::Weekend | Unit::Week => count.weeks(),
        Unit::Fortnight => (2 * count).weeks(),
        Unit::Month => count.months(),
        Unit::Quarter => (3 * count).months(),
        Unit::Year => count.years(),
        Unit::Decade => (10 * count).years(),
        Unit::Century => (100 * count).years(),
    }
}

/// Largest unit first, so that "1 month 21 days ago" and "21 days 1 month ago" agree.
fn shift(from: Date, amount: &Amount) -> Result<Date, &'static str> {
    let mut terms = amount.clone();
    terms.sort_by_key(|(_, unit)| std::cmp::Reverse(*unit));
    let mut day = from;
    for (count, unit) in terms {
        if unit == Unit::BusinessDay {
            day = business_days(day, count)?;
        } else {
            day = add(day, span_of(i64::from(count), unit))?;
        }
    }
    Ok(day)
}

/// The day that counting gives, in the calendar unit that the words are as fine as: up to two weeks are counted to the day.
fn around(day: Date, amount: &Amount, reason: &'static str) -> Resolved {
    let unit = amount.iter().map(|(_, unit)| *unit).min().unwrap_or(Unit::Day);
    let count = amount.first().map_or(0, |(n, _)| n.abs());
    let unit = if unit <= Unit::Week && (unit != Unit::Week || count <= 2) || unit == Unit::Fortnight {
        Unit::Day
    } else {
        unit
    };
    let (start, end) =
        if unit == Unit::Decade { containing(Unit::Year, day)? } else { containing(unit, day)? };
    let days = period(start, end, precision_of_unit(unit), DateBasis::Relative, reason);
    Ok(Days { literal: Some((Some(day), Some(day))), ..days })
}

fn from_event(amount: &Amount) -> TimeRelation {
    let (mut days, mut months) = (0i32, 0i32);
    for &(count, unit) in amount {
        match unit {
            Unit::Hour => {}
            Unit::Day | Unit::BusinessDay => days += count,
            Unit::Weekend | Unit::Week => days += 7 * count,
            Unit::Fortnight => days += 14 * count,
            Unit::Month => months += count,
            Unit::Quarter => months += 3 * count,
            Unit::Year => months += 12 * count,
            Unit::Decade => months += 120 * count,
            Unit::Century => months += 1200 * count,
        }
    }
    TimeRelation::FromEvent { days, months }
}

/// So many days and months from the days of another event, as fine as the count is.
pub(super) fn shifted(base: Date, days: i32, months: i32) -> Option<(Date, Date, DatePrecision)> {
    let day = base.checked_add(i64::from(months).months().days(i64::from(days))).ok()?;
    let unit = match (days.abs(), months.abs()) {
        (0, m) if m > 0 && m % 12 == 0 => Unit::Year,
        (0, m) if m > 0 => Unit::Month,
        (d, 0) if d > 14 && d % 7 == 0 => Unit::Week,
        _ => Unit::Day,
    };
    let (start, end) = containing(unit, day).ok()?;
    Some((start, end, precision_of_unit(unit)))
}

fn business_days(from: Date, count: i32) -> Result<Date, &'static str> {
    let step = if count < 0 { -1 } else { 1 };
    let (mut day, mut left) = (from, count.unsigned_abs().min(1000));
    while left > 0 {
        day = add(day, step.days())?;
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            left -= 1;
        }
    }
    Ok(day)
}

fn precision_of_unit(unit: Unit) -> DatePrecision {
    match unit {
        Unit::Hour | Unit::Day | Unit::BusinessDay | Unit::Weekend => DatePrecision::Day,
        Unit::Week | Unit::Fortnight => DatePrecision::Week,
        Unit::Month => DatePrecision::Month,
        Unit::Quarter => DatePrecision::Quarter,
        Unit::Year | Unit::Decade | Unit::Century => DatePrecision::Year,
    }
}

fn coarser(a: DatePrecision, b: DatePrecision) -> DatePrecision {
    if a as u8 >= b as u8 { a } else { b }
}
