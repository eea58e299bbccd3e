//! The grammar of time expressions: one small rule a kind, tried at each word; the longest reading wins.

use super::Calendar;
use super::cursor::Cursor;
use super::expression::{Amount, Anchor, Part, Side, Time, Which, YearOf};
use super::number::{cardinal, day, ordinal, short_year, vague, year};
use super::vocabulary::{Class, Unit};

type Rule = fn(&mut Cursor, &Calendar) -> Option<Time>;

/// What may stand alone, from most to least specific; of equally long readings the first wins.
const RULES: &[Rule] = &[range, open, point];

const POINTS: &[Rule] = &[
    numeric,
    weekday_date,
    month_day,
    day_month,
    day_in,
    month_year,
    nth_weekday,
    weekday_in,
    weekday,
    nth_unit,
    year_part,
    season,
    part,
    which_unit,
    window,
    counted,
    neighbour_day,
    named_day,
    deictic,
    unit_of,
    fiscal,
    decade,
    feast,
    bare_year,
    of_day,
];

/// The longest time expression that starts at the cursor; the cursor ends behind it.
pub(super) fn expression(c: &mut Cursor, calendar: &Calendar) -> Option<Time> {
    longest(c, calendar, RULES)
}

fn longest(c: &mut Cursor, calendar: &Calendar, rules: &[Rule]) -> Option<Time> {
    let start = c.at;
    let mut best: Option<(usize, Time)> = None;
    for rule in rules {
        c.at = start;
        if let Some(time) = rule(c, calendar)
            && best.as_ref().is_none_or(|(end, _)| c.at > *end)
        {
            best = Some((c.at, time));
        }
    }
    c.at = best.as_ref().map_or(start, |(end, _)| *end);
    best.map(|(_, time)| time)
}

/// One day or period, with the time of day that may follow.
fn point(c: &mut Cursor, calendar: &Calendar) -> Option<Time> {
    let time = longest(c, calendar, POINTS)?;
    c.any(&["morning", "afternoon", "evening", "night", "noon", "midnight", "midday"]);
    Some(time)
}

// ── Ranges ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// "from 2011 to 2013", "between Monday and Thursday", "May 3–5", "2014-2018".
fn range(c: &mut Cursor, calendar: &Calendar) -> Option<Time> {
    let opener = c.any(&["from", "between"]);
    let mut first = range_end(c, calendar)?;
    let joined = match opener {
        Some("between") => c.any(&["and", "through", "to"]).map(|_| ()).or_else(|| c.dash()),
        _ => c.any(&["to", "through", "until", "till", "into"]).map(|_| ()).or_else(|| c.dash()),
    };
    joined?;
    c.any(&["on", "in"]);
    let mut second = range_end(c, calendar)?;
    if let (Time::Day { month: Some(m), year, day: from, .. }, Time::Day { month, year: other, day: to, .. }) =
        (&first, &mut second)
        && month.is_none()
    {
        // "April 27 to the 3rd": the third of May.
        (*month, *other) = (Some(if *to < *from { *m % 12 + 1 } else { *m }), *year);
        if let Some(given) = year_suffix(c) {
            *other = given;
        }
    }
    match (&mut first, &second) {
        (Time::Day { month: month @ None, year, .. }, Time::Day { month: Some(m), year: y, .. }) => {
            (*month, *year) = (Some(*m), *y);
        }
        (Time::Day { month: None, day, .. }, Time::DayIn { within, .. }) => {
            first = Time::DayIn { day: *day, within: within.clone() };
        }
        // A lone number is a day only beside a date.
        (Time::Day { month: None, weekday: None, .. }, _) => return None,
        (first, Time::Day { year, month: Some(_), .. } | Time::Month { year, .. })
            if *year != YearOf::Open =>
        {
            first.with_year(*year);
        }
        (Time::Year(_), Time::Year(_)) => {}
        _ => {}
    }
    let same_kind =
        !matches!(second, Time::Day { month: None, weekday: None, .. } | Time::Open { .. } | Time::Range(..));
    same_kind.then(|| Time::Range(first.boxed(), second.boxed()))
}

fn range_end(c: &mut Cursor, calendar: &Calendar) -> Option<Time> {
    if let Some(time) = c.attempt(|c| {
        let time = point(c, calendar)?;
        Some(time)
    }) {
        return Some(time);
    }
    if c.word("now").is_some() {
        return Some(today());
    }
    // "4 to 22 of this month".
    if let Some(time) = c.attempt(|c| {
        let day = day(c)?;
        c.any(&["of", "in"]);
        let within = which_unit(c, calendar)?;
        matches!(within, Time::Unit { unit: Unit::Month, .. })
            .then(|| Time::DayIn { day, within: within.boxed() })
    }) {
        return Some(time);
    }
    // "the 3rd to the 9th of May", "2 to 7 February".

    c.attempt(|c| {
        c.word("the");
        day(c).map(|day| Time::Day { year: YearOf::Open, month: None, day, weekday: None })
    })
    .or_else(|| year(c).map(Time::Year))
    .or_else(|| short_second_year(c))
}

/// "2011–13": the end takes the century of the beginning.
fn short_second_year(c: &mut Cursor) -> Option<Time> {
    let first = c.at.checked_sub(2).and_then(|i| c.all.get(i))?;
    let Class::Digits(value, 4) = first.class else { return None };
    let two = matches!(c.peek(0)?.class, Class::Digits(_, 2));
    let last = c.digits(2)?;
    (two && last > value % 100).then_some(Time::Year((value / 100 * 100 + last) as i16))
}

/// "since 2014", "until Friday", "by the end of March", "before Easter".
fn open(c: &mut Cursor, calendar: &Calendar) -> Option<Time> {
    let side = open_side(c)?;
    let the = c.peek(0).is_some_and(|l| l.lower == "the");
    if !the {
        c.any(&["on", "in"]);
    }
    let of = point(c, calendar).or_else(|| year(c).map(Time::Year));
    match of {
        Some(Time::Open { .. } | Time::Window { .. }) => None,
        Some(of) => Some(Time::Open { side, of: of.boxed() }),
        None if side == Side::Since => since_event(c),
        None => None,
    }
}

fn open_side(c: &mut Cursor) -> Option<Side> {
    if c.phrase(&["no", "later", "than"]).is_some() {
        return Some(Side::By);
    }
    if c.phrase(&["later", "than"]).is_some() {
        return Some(Side::After);
    }
    Some(
        match c.any(&[
            "since",
            "until",
            "till",
            "through",
            "before",
            "after",
            "by",
            "starting",
            "beginning",
        ])? {
            "since" | "starting" | "beginning" => Side::Since,
            "before" => Side::Before,
            "after" => Side::After,
            "by" => Side::By,
            _ => Side::Until,
        },
    )
}

/// "since the start of the civil war": what it counts from is an event, not a date.
fn since_event(c: &mut Cursor) -> Option<Time> {
    c.attempt(|c| {
        c.any(&["the", "its", "their", "his", "her"])?;
        c.any(&["start", "beginning", "end", "outbreak"])?;
        c.word("of")?;
        c.word("the");
        Some(Time::Unresolved("counts from an event that the tables do not date"))
    })
}

// ── Days ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// "2023-05-10", "10/05/2023": year first, else month before day unless only the other reading is a date.
fn numeric(c: &mut Cursor, _: &Calendar) -> Option<Time> {
    let mark =
        |c: &mut Cursor| c.peek(0).filter(|l| !l.spaced)?.lower.chars().next().filter(|m| "-/.".contains(*m));
    let glued = |c: &mut Cursor| c.peek(0).filter(|l| !l.spaced).map(|_| ());
    let part = |c: &mut Cursor| match c.peek(0)?.class {
        Class::Digits(value, length) if length <= 4 => {
            c.at += 1;
            Some((value, length))
        }
        _ => None,
    };
    let (a, a_length) = part(c)?;
    let first = mark(c)?;
    c.at += 1;
    glued(c)?;
    let (b, _) = part(c)?;
    let second = mark(c)?;
    c.at += 1;
    glued(c)?;
    let (d, d_length) = part(c)?;
    if first != second {
        return None;
    }
    let (year, month, day) = match (a_length, d_length) {
        (4, 1 | 2) => (a, b, d),
        (1 | 2, 4) if a > 12 || first == '.' => (d, b, a),
        (1 | 2, 4) => (d, a, b),
        _ => return None,
    };
    ((1..=12).contains(&month) && (1..=31).contains(&day) && (1000..2200).contains(&year)).then_some(
        Time::Day { year: YearOf::Is(year as i16), month: Some(month as u8), day: day as u8, weekday: None },
    )
}

/// "Monday, May 3, 2021", "Tuesday the 31st", "Wednesday (22 January)".
fn weekday_date(c: &mut Cursor, calendar: &Calendar) -> Option<Time> {
    c.any(&["this", "last", "next"]);
    let weekday = c.weekday()?;
    c.any(&["morning", "afternoon", "evening", "night"]);
    let bracket = c.word("(").is_some();
    if !bracket {
        c.any(&[",", "-"]);
        c.word("on");
    }
    let mut time = c
        .attempt(|c| month_day(c, calendar))
        .or_else(|| c.attempt(|c| day_month(c, calendar)))
        .or_else(|| {
            c.attempt(|c| {
                c.word("the")?;
                let day = day(c)?;
                Some(Time::Day { year: YearOf::Open, month: None, day, weekday: None })
            })
        })?;
    if let Time::Day { weekday: slot, .. } = &mut time {
        *slot = Some(weekday);
    }
    if bracket {
        c.word(")");
    }
    Some(time)
}

/// "May 3", "May the 3rd, 2021", "May 3 last year".
fn month_day(c: &mut Cursor, _: &Calendar) -> Option<Time> {
    let month = c.month()?;
    c.any(&["the", ","]);
    let day = day(c)?;
    let year = year_suffix(c).unwrap_or(YearOf::Open);
    Some(Time::Day { year, month: Some(month), day, weekday: None })
}

/// "3 May", "the 3rd of May 2021".
fn day_month(c: &mut Cursor, _: &Calendar) -> Option<Time> {
    c.word("the");
    let day = day(c)?;
    c.any(&[".", "-"]);
    c.word("of");
    let month = c.month()?;
    let year = year_suffix(c).unwrap_or(YearOf::Open);
    Some(Time::Day { year, month: Some(month), day, weekday: None })
}

/// "the 20th of next month", "21st of this month", "the 15th day of June", "on the 4th".
fn day_in(c: &mut Cursor, calendar: &Calendar) -> Option<Time> {
    const LEADS: &[&str] = &["on", "for", "by", "until", "of", "before", "after", "to"];
    let led = c.previous().is_some_and(|l| LEADS.contains(&l.lower.as_str()));
    let the = c.word("the").is_some();
    let digits = matches!(c.peek(0)?.class, Class::Digits(..));
    let day = ordinal(c).filter(|n| (1..=31).contains(n))? as u8;
    let behind_day = c.at;
    c.word("day");
    if let Some(time) = c.attempt(|c| {
        c.any(&["of", "in"]);
        longest(c, calendar, &[month_year, which_unit])
    }) {
        return match time {
            Time::Unit { unit: Unit::Month, .. } => Some(Time::DayIn { day, within: time.boxed() }),
            Time::Month { year, month, .. } => {
                Some(Time::Day { year, month: Some(month), day, weekday: None })
            }
            _ => None,
        };
    }
    c.at = behind_day;
    // "the 4th" alone: not "the 4th brigade", "the fourth".
    (the && led && digits && !clause_follows(c)).then_some(Time::Day {
        year: YearOf::Open,
        month: None,
        day,
        weekday: None,
    })
}

/// The year behind a day or month: ", 2021", "of 2021", "last year", "of this year".
fn year_suffix(c: &mut Cursor) -> Option<YearOf> {
    c.attempt(|c| {
        c.any(&[",", "of", "in", "-"]);
        if let Some(year) = year(c) {
            return Some(YearOf::Is(year));
        }
        if let Some(year) = short_year(c) {
            return Some(YearOf::Is(year));
        }
        c.word("the");
        let offset = match c.any(&["this", "last", "next", "previous", "following", "same", "past"])? {
            "last" | "previous" | "past" => -1,
            "next" | "following" => 1,
            _ => 0,
        };
        c.word("year").map(|()| YearOf::Off(offset))
    })
}

fn which(c: &mut Cursor) -> Option<Which> {
    let word = c.any(&[
        "last",
        "past",
        "previous",
        "preceding",
        "prior",
        "this",
        "current",
        "next",
        "following",
        "coming",
        "upcoming",
        "same",
    ])?;
    Some(match word {
        "last" | "previous" | "preceding" | "prior" => Which::Last,
        "past" => Which::Past,
        "this" | "current" | "same" => match c.any(&["past", "last", "coming", "upcoming", "next"]) {
            Some("past" | "last") => Which::Past,
            Some(_) => Which::Coming,
            None => Which::This,
        },
        "next" | "following" => Which::Next,
        _ => Which::Coming,
    })
}

/// "Friday", "last Friday", "the following Monday", "Monday's".
fn weekday(c: &mut Cursor, _: &Calendar) -> Option<Time> {
    c.any(&["the"]);
    day_part_before(c);
    let which = which(c).unwrap_or(Which::Bare);
    let short = c.peek(0)?.lower.len() <= 4;
    let dated = which != Which::Bare
        || c.previous().is_some_and(|l| {
            matches!(
                l.lower.as_str(),
                "on" | "until" | "by" | "and" | "or" | "," | "from" | "to" | "since" | "between" | "-"
            )
        });
    let weekday = c.weekday()?;
    if short && !dated {
        return None;
    }
    Some(Time::Weekday { weekday, which })
}

/// "early", "late on": the day stays the day.
fn day_part_before(c: &mut Cursor) {
    if c.any(&["early", "late", "earlier", "later"]).is_some() {
        c.any(&["on", "in"]);
    }
}

/// "Friday of next week", "last week on Tuesday", "next week Monday".
fn weekday_in(c: &mut Cursor, calendar: &Calendar) -> Option<Time> {
    let week = |c: &mut Cursor| {
        let unit = which_unit(c, calendar)?;
        matches!(unit, Time::Unit { unit: Unit::Week, .. }).then_some(unit)
    };
    if let Some(time) = c.attempt(|c| {
        let within = week(c)?;
        c.any(&["on", "-", ","]);
        let weekday = c.weekday()?;
        Some(Time::WeekdayIn { weekday, within: within.boxed() })
    }) {
        return Some(time);
    }
    let weekday = c.weekday()?;
    c.any(&["of", ",", "in"]);
    let within = week(c)?;
    Some(Time::WeekdayIn { weekday, within: within.boxed() })
}

/// "the first Friday of July", "the last Monday in May 2020".
fn nth_weekday(c: &mut Cursor, calendar: &Calendar) -> Option<Time> {
    c.word("the")?;
    let nth = c.word("last").map(|()| -1).or_else(|| ordinal(c).filter(|n| *n <= 5).map(|n| n as i8))?;
    let weekday = c.weekday()?;
    c.any(&["of", "in"])?;
    let within = point(c, calendar)?;
    matches!(within, Time::Month { .. } | Time::Unit { unit: Unit::Month, .. }).then(|| Time::NthWeekday {
        nth,
        weekday,
        within: within.boxed(),
    })
}

/// "the day before", "the following day", "that day", "the next morning".
fn neighbour_day(c: &mut Cursor, calendar: &Calendar) -> Option<Time> {
    let narrative = |days| Some(Time::Shift { amount: vec![(days, Unit::Day)], from: Anchor::Narrative });
    if c.phrase(&["that", "same"]).or_else(|| c.phrase(&["the", "same"])).or_else(|| c.word("that")).is_some()
    {
        c.any(&["day", "night", "morning", "evening", "afternoon"])?;
        return narrative(0);
    }
    c.word("the");
    if c.any(&["following", "next"]).is_some() {
        c.any(&["day", "morning", "night", "evening", "afternoon"])?;
        return narrative(1);
    }
    if c.any(&["previous", "preceding"]).is_some() {
        c.any(&["day", "night", "evening"])?;
        return narrative(-1);
    }
    c.any(&["day", "night"])?;
    let days = match c.any(&["before", "after", "earlier"])? {
        "after" => 1,
        _ => -1,
    };
    if let Some(base) = c.attempt(|c| point(c, calendar)) {
        return Some(Time::ShiftFrom { amount: vec![(days, Unit::Day)], from: base.boxed() });
    }
    // "the day after the vote": the base is an event.
    if clause_follows(c) { Some(Time::FromEvent(vec![(days, Unit::Day)])) } else { narrative(days) }
}

/// "today", "yesterday", "tonight", "last night", "this morning", "overnight".
fn deictic(c: &mut Cursor, _: &Calendar) -> Option<Time> {
    day_part_before(c);
    if c.phrase(&["last", "night"]).is_some() {
        return Some(published(-1));
    }
    if c.attempt(|c| {
        c.word("this")?;
        c.any(&["morning", "afternoon", "evening"]).map(|_| ())
    })
    .is_some()
    {
        return Some(today());
    }
    let first = c.any(&["today", "tonight", "tomorrow", "yesterday", "overnight", "now"])?;
    match first {
        "tomorrow" => Some(published(1)),
        "yesterday" => Some(published(-1)),
        "overnight" => Some(overnight(c)),
        "now" => None,
        _ => Some(today()),
    }
}

/// The night before the day of publication, dated by its evening, or the night of a weekday.
fn overnight(c: &mut Cursor) -> Time {
    c.attempt(|c| {
        c.any(&["on", "into"]);
        let weekday = c.weekday()?;
        Some(Time::Weekday { weekday, which: Which::Bare })
    })
    .unwrap_or_else(|| published(-1))
}

fn published(days: i32) -> Time {
    Time::Shift { amount: vec![(days, Unit::Day)], from: Anchor::Published }
}

fn today() -> Time {
    published(0)
}

/// "the evening of May 3", "on the morning of Friday".
fn of_day(c: &mut Cursor, calendar: &Calendar) -> Option<Time> {
    c.word("the")?;
    c.any(&["morning", "afternoon", "evening", "night", "early", "late"])?;
    c.any(&["morning", "hours"]);
    c.any(&["of", "on"])?;
    longest(c, calendar, &[weekday_date, month_day, day_month, weekday, feast])
}

/// "New Year's Eve", "Easter Sunday 2019", "last Christmas", and the eve of them.
fn feast(c: &mut Cursor, calendar: &Calendar) -> Option<Time> {
    c.word("the");
    let which = which(c).unwrap_or(Which::Bare);
    let rest = &c.all[c.at.min(c.all.len())..];
    let (length, named) = calendar.named(rest)?;
    c.at += length;
    if let Some((first, last)) = named.days() {
        return (which == Which::Bare).then_some(Time::Fixed(first, last));
    }
    let year = year_suffix(c).unwrap_or(YearOf::Open);
    c.possessive();
    Some(Time::Feast { index: named.index, year, which })
}

/// "the eve of X", "X eve", "the weekend of X" go through the units.
fn named_day(c: &mut Cursor, calendar: &Calendar) -> Option<Time> {
    c.word("the");
    c.phrase(&["eve", "of"])?;
    let of = point(c, calendar)?;
    Some(Time::ShiftFrom { amount: vec![(-1, Unit::Day)], from: of.boxed() })
}

// ── Months, quarters, seasons, years ────────────────────────────────────────────────────────────────────────────────────

/// "December", "last December", "December 2016", "December last year", "2016 November".
fn month_year(c: &mut Cursor, _: &Calendar) -> Option<Time> {
    let before = c.previous().map(|l| l.lower.as_str());
    let leading = c.attempt(|c| {
        let year = year(c)?;
        c.any(&[",", "-", "/"]);
        Some(year)
    });
    if leading.is_none() {
        c.phrase(&["the", "month", "of"]);
    }
    let which = which(c).unwrap_or(Which::Bare);
    let name = c.peek(0)?;
    let month = c.month()?;
    let year = match leading {
        Some(year) => YearOf::Is(year),
        None => year_suffix(c).unwrap_or(YearOf::Open),
    };
    let bare = which == Which::Bare && year == YearOf::Open;
    // "May" and "March" are words and names too, and short forms need company.
    if bare && (matches!(month, 3 | 5) || name.lower.len() <= 3) {
        let row = c.peek(0).is_some_and(|l| matches!(l.lower.as_str(), "-" | "–" | "to"))
            && c.peek(1).is_some_and(|l| matches!(l.class, Class::Month(_)));
        let fits = row || before.is_some_and(|b| MONTH_LEADS.contains(&b));
        if !fits {
            return None;
        }
    }
    Some(Time::Month { year, month, which })
}

const MONTH_LEADS: &[&str] = &[
    "in", "since", "until", "till", "by", "of", "through", "to", "and", "from", "during", "between",
    "before", "after", "for", "early", "late", "mid", "-", "–", "or", "around", "the",
];

/// "the third quarter of 2016", "Q3 2016", "the second half of last year", "the first six months of 2020" (→ nth_unit).
fn year_part(c: &mut Cursor, calendar: &Calendar) -> Option<Time> {
    let leading = c.attempt(|c| {
        let year = year(c)?;
        c.word("-");
        Some(YearOf::Is(year))
    });
    let (parts, part) = c
        .attempt(|c| {
            let letter = c.any(&["q", "h"])?;
            c.peek(0).filter(|l| !l.spaced)?;
            let part = c.digits(1)?;
            Some((if letter == "q" { 4 } else { 2 }, part))
        })
        .or_else(|| {
            c.attempt(|c| {
                c.word("the");
                let nth = c.word("last").map(|()| 0).or_else(|| ordinal(c))?;
                let parts = c.word("half").map(|()| 2).or_else(|| c.word("quarter").map(|()| 4))?;
                // "the last quarter" alone is the one before this.
                if nth == 0 && c.peek(0).is_none_or(|l| l.lower != "of") {
                    return None;
                }
                Some((parts, if nth == 0 { parts } else { nth }))
            })
        })?;
    if part == 0 || part > parts {
        return None;
    }
    let year = leading.or_else(|| year_suffix(c));
    // "the second half" alone may be that of a match; "of May" is a half too, but not of a year.
    if year.is_none() && parts == 2 {
        c.word("of")?;
        let within = point(c, calendar)?;
        let part = if part == 1 { Part::Early } else { Part::Late };
        return matches!(within, Time::Month { .. } | Time::Unit { .. } | Time::Years(..) | Time::Year(_))
            .then(|| Time::Part { part, of: within.boxed() });
    }
    c.phrase(&["of", "the", "year"]);
    Some(Time::YearPart { year: year.unwrap_or(YearOf::Open), parts: parts as u8, part: part as u8 })
}

/// "the summer of 2014", "last winter", "in spring".
fn season(c: &mut Cursor, _: &Calendar) -> Option<Time> {
    let before = c.previous().map(|l| l.lower.as_str());
    let the = c.word("the").is_some();
    let which = which(c).unwrap_or(Which::Bare);
    let name = c.peek(0)?;
    let season = c.class(|class| if let Class::Season(season) = class { Some(season) } else { None })?;
    let year = year_suffix(c).unwrap_or(YearOf::Open);
    let led = matches!(
        before,
        Some(
            "in" | "during" | "since" | "until" | "by" | "before" | "after" | "early" | "late" | "mid" | "-"
        )
    );
    // "fall" falls and "spring" springs unless the words around say otherwise.
    let said = which != Which::Bare || year != YearOf::Open || led;
    let fall = name.lower == "fall" && c.peek(0).is_some_and(|l| l.lower == "of");
    (said && !fall && (!name.capital || year != YearOf::Open || !the)).then_some(Time::Season {
        year,
        season,
        which,
    })
}

/// "early March", "the end of the year", "mid-2014", "later this week", "the rest of the month".
fn part(c: &mut Cursor, calendar: &Calendar) -> Option<Time> {
    c.word("the");
    let part = match c.any(&[
        "early",
        "late",
        "mid",
        "middle",
        "beginning",
        "start",
        "end",
        "earlier",
        "later",
        "rest",
        "turn",
        "dawn",
        "opening",
        "closing",
    ])? {
        "early" => Part::Early,
        "late" => Part::Late,
        "mid" | "middle" => Part::Middle,
        "end" | "closing" => Part::End,
        "earlier" => Part::Earlier,
        "later" | "rest" => Part::Later,
        _ => Part::Start,
    };
    if matches!(part, Part::Start | Part::End) {
        c.any(&["-", "of"]);
    } else {
        c.any(&["-", "of", "in"]);
    }
    let of =
        longest(c, calendar, &[month_year, which_unit, season, year_part, decade, plain_year, the_unit])?;
    if let Time::Unit { unit: Unit::Day | Unit::Hour, .. } = of {
        return None;
    }
    Some(Time::Part { part, of: of.boxed() })
}

fn plain_year(c: &mut Cursor, _: &Calendar) -> Option<Time> {
    year(c).map(Time::Year)
}

/// "the week", "the year", "this week": only inside other expressions.
fn the_unit(c: &mut Cursor, _: &Calendar) -> Option<Time> {
    c.any(&["the", "my", "our"]);
    let unit = c.unit().filter(|unit| *unit > Unit::Day)?;
    Some(Time::Unit { which: Which::This, unit, from: Anchor::Published })
}

/// "last week", "this month", "the following year", "the week after next", "that year".
fn which_unit(c: &mut Cursor, _: &Calendar) -> Option<Time> {
    let the = c.word("the").is_some();
    if the && let Some(unit) = c.unit().filter(|unit| *unit >= Unit::Weekend) {
        let which = c.attempt(|c| {
            let side = c.any(&["after", "before"])?;
            c.word("the");
            c.any(if side == "after" { &["next"] } else { &["last"] })?;
            Some(if side == "after" { Which::AfterNext } else { Which::BeforeLast })
        });
        if let Some(which) = which {
            return Some(Time::Unit { which, unit, from: Anchor::Published });
        }
        let which = match c.any(&["before", "after"]) {
            Some("before") => Which::Last,
            Some(_) => Which::Next,
            // "over the weekend": the tense says which.
            None => {
                let led =
                    c.at >= 3 && matches!(c.all[c.at - 3].lower.as_str(), "over" | "at" | "on" | "during");
                return (led && unit == Unit::Weekend).then_some(Time::Unit {
                    which: Which::Bare,
                    unit,
                    from: Anchor::Published,
                });
            }
        };
        return Some(Time::Unit { which, unit, from: Anchor::Narrative });
    }
    if c.word("that").is_some() {
        let unit = c.unit().filter(|unit| *unit >= Unit::Weekend)?;
        return Some(Time::Unit { which: Which::This, unit, from: Anchor::Narrative });
    }
    let word = c.peek(0)?.lower.as_str();
    let from = match word {
        "following" | "previous" | "preceding" | "prior" => Anchor::Narrative,
        "same" => Anchor::Narrative,
        "next" if the => Anchor::Narrative,
        _ => Anchor::Published,
    };
    let which = which(c)?;
    c.word("calendar");
    if c.any(&["fiscal", "financial", "school", "academic"]).is_some() {
        c.word("year")?;
        return Some(Time::Unresolved("a fiscal or school year differs from country to country"));
    }
    let unit = c.unit()?;
    // "past years", "next days": vague.
    let plural = c.previous().is_some_and(|l| l.lower.ends_with('s'));
    if unit == Unit::Fortnight && from == Anchor::Published {
        let sign = if matches!(which, Which::Last | Which::Past) { -1 } else { 1 };
        return Some(Time::Window { amount: vec![(sign, unit)], from_today: true });
    }
    (!plural && unit != Unit::Hour).then_some(Time::Unit { which, unit, from })
}

/// "the past three weeks", "the next few days", "the last 12 years", "recent weeks".
fn window(c: &mut Cursor, _: &Calendar) -> Option<Time> {
    let within = c.any(&["within", "over", "for", "in", "during"]) == Some("within");
    c.word("the");
    if c.word("recent").is_some() {
        c.unit()?;
        return Some(Time::Unresolved("says only that it was recently"));
    }
    let count_first = c.attempt(|c| {
        let count = cardinal(c)?;
        c.peek(0)
            .filter(|l| {
                matches!(
                    l.lower.as_str(),
                    "past" | "last" | "previous" | "next" | "coming" | "upcoming" | "following"
                )
            })
            .map(|_| count)
    });
    let sign =
        match c.any(&["past", "last", "previous", "preceding", "next", "coming", "upcoming", "following"])? {
            "past" | "last" | "previous" | "preceding" => -1,
            _ => 1,
        };
    let counted_first = count_first.is_some();
    let amount = match count_first {
        Some(count) => {
            c.word("-");
            vec![(count as i32, c.unit()?)]
        }
        None => {
            c.any(&["nearly", "almost", "about", "roughly"]);
            amount(c)?
        }
    };
    // "3 next week" is no stretch of weeks; "the last two months of 2021" are those of that year.
    let plural = c.previous().is_some_and(|l| l.lower.ends_with('s'));
    if counted_first && !plural || c.peek(0).is_some_and(|l| l.lower == "of") {
        return None;
    }
    let amount = amount.into_iter().map(|(n, unit)| (sign * n.min(400), unit)).collect();
    Some(Time::Window { amount, from_today: within || sign < 0 })
}

/// "three weeks ago", "in two days", "a year earlier", "two days after Easter", "within 5 days", "a decade later".
fn counted(c: &mut Cursor, calendar: &Calendar) -> Option<Time> {
    let lead = c.any(&["in", "within"]);
    c.any(&["about", "around", "nearly", "almost", "roughly"]);
    if c.phrase(&["more", "than"])
        .or_else(|| c.phrase(&["less", "than"]))
        .or_else(|| c.phrase(&["at", "least"]))
        .is_none()
    {
        c.phrase(&["the", "other"]);
    }
    let amount = match amount(c) {
        Some(amount) => amount,
        None => return vague_ago(c),
    };
    let negative = || amount.iter().map(|&(n, unit)| (-n, unit)).collect::<Amount>();
    if lead == Some("within") {
        return Some(Time::Window { amount, from_today: true });
    }
    let published = |amount| Some(Time::Shift { amount, from: Anchor::Published });
    let narrative = |amount| Some(Time::Shift { amount, from: Anchor::Narrative });
    if let Some(tail) = c.any(&["ago", "earlier", "later", "hence", "previously", "beforehand"]) {
        return match tail {
            "ago" => published(negative()),
            "hence" => published(amount),
            "later" => narrative(amount),
            _ => narrative(negative()),
        };
    }
    if c.phrase(&["from", "now"]).is_some() {
        return published(amount);
    }
    if c.attempt(|c| {
        c.possessive();
        c.word("time")
    })
    .is_some()
        && lead.is_some()
    {
        return published(amount);
    }
    if let Some(side) = c.any(&["after", "before", "from"]) {
        if let Some(base) = point(c, calendar) {
            let amount = if side == "before" { negative() } else { amount };
            return Some(Time::ShiftFrom { amount, from: base.boxed() });
        }
        c.at -= 1;
        // "two days before the vote": counted from an event.
        if side != "from" && lead.is_none() {
            c.at += 1;
            let amount = if side == "before" { negative() } else { amount };
            return if clause_follows(c) { Some(Time::FromEvent(amount)) } else { narrative(amount) };
        }
    }
    // "in two weeks" lies ahead; "in two days" of a finished deed is a duration, which the tense decides later.
    (lead == Some("in") && c.peek(0).is_none_or(|l| l.lower != "of"))
        .then_some(Time::Shift { amount, from: Anchor::Published })
}

/// Whether words of an event follow: no stop, no end.
fn clause_follows(c: &Cursor) -> bool {
    c.peek(0).is_some_and(|l| l.lower.chars().all(char::is_alphanumeric))
}

/// "years ago", "many months ago", "decades earlier"; "hours later" is the same day.
fn vague_ago(c: &mut Cursor) -> Option<Time> {
    c.any(&["many", "some"]);
    if c.unit()? == Unit::Hour {
        if c.previous().is_some_and(|l| l.lower == "hours") && c.at >= 2 && c.all[c.at - 2].lower == "within"
        {
            return Some(Time::Shift { amount: vec![(0, Unit::Day)], from: Anchor::Narrative });
        }
        c.any(&["later", "earlier"])?;
        return Some(Time::Shift { amount: vec![(0, Unit::Day)], from: Anchor::Narrative });
    }
    c.any(&["ago", "earlier", "later"])?;
    Some(Time::Unresolved("counts by a vague number"))
}

/// "2 years, 1 month and 21 days", "a year and a half", "two-and-a-half years".
fn amount(c: &mut Cursor) -> Option<Amount> {
    let mut amount = Amount::new();
    loop {
        let term = c.attempt(|c| {
            if !amount.is_empty() {
                c.word(",");
                c.word("and");
            }
            let count = vague(c).or_else(|| cardinal(c))?;
            c.word("-");
            Some((count as i32, c.unit()?))
        });
        match term {
            Some(term) if amount.len() < 4 => amount.push(term),
            _ => break,
        }
    }
    (!amount.is_empty()).then_some(amount)
}

/// "the third week of 2027", "the first two months of last year", "the last three weeks of May".
fn nth_unit(c: &mut Cursor, calendar: &Calendar) -> Option<Time> {
    c.word("the");
    let nth = c.word("last").map(|()| -1).or_else(|| ordinal(c).filter(|n| *n <= 52).map(|n| n as i8))?;
    let count = cardinal(c).filter(|n| *n <= 52).unwrap_or(1) as u8;
    let unit = c.unit().filter(|unit| matches!(unit, Unit::Day | Unit::Week | Unit::Month))?;
    c.any(&["of", "in"]);
    let within = longest(c, calendar, &[month_year, which_unit, plain_year, the_unit, decade])?;
    Some(Time::NthUnit { nth, count, unit, within: within.boxed() })
}

/// "the week of April 10", "the weekend of May 3", "the month of December", "the year 2008".
fn unit_of(c: &mut Cursor, calendar: &Calendar) -> Option<Time> {
    c.word("the");
    c.word("calendar");
    let unit =
        c.unit().filter(|unit| matches!(unit, Unit::Week | Unit::Weekend | Unit::Month | Unit::Year))?;
    if unit == Unit::Year {
        c.word("of");
        return year(c).map(Time::Year);
    }
    c.any(&["of", "beginning", "starting", "commencing", "from"])?;
    c.word("on");
    let of = longest(c, calendar, &[weekday_date, month_day, day_month, day_in, feast, numeric, weekday])?;
    Some(Time::UnitOf { unit, of: of.boxed() })
}

/// "fiscal 2014", "the 2014 fiscal year".
fn fiscal(c: &mut Cursor, _: &Calendar) -> Option<Time> {
    c.word("the");
    let leading = year(c);
    c.any(&["fiscal", "financial", "fy"])?;
    c.word("year");
    if leading.is_none() {
        year(c)?;
    }
    Some(Time::Unresolved("a fiscal year differs from country to country"))
}

/// "the 1970s", "the nineties", "the 19th century", "the late 1980s" (through `part`).
fn decade(c: &mut Cursor, _: &Calendar) -> Option<Time> {
    let the = c.word("the").is_some();
    if let Some(years) = c.attempt(|c| {
        let four = matches!(c.peek(0)?.class, Class::Digits(_, 4));
        let first = c.digits(4).filter(|n| n % 10 == 0 && four && (1000..2200).contains(n))? as i16;
        decade_ending(c)?;
        // "the 1900s" is the decade here, as in news.
        Some(Time::Years(first, first + 9))
    }) {
        return Some(years);
    }
    if let Some(years) = c.attempt(|c| {
        c.any(&["'", "’", "‘"]);
        let two = matches!(c.peek(0)?.class, Class::Digits(_, 2));
        let tens = c.digits(2).filter(|n| n % 10 == 0 && two && the)? as i16;
        decade_ending(c)?;
        let first = if tens < 30 { 2000 + tens } else { 1900 + tens };
        Some(Time::Years(first, first + 9))
    }) {
        return Some(years);
    }
    if let Some(years) = c.attempt(|c| {
        let nth = ordinal(c).filter(|n| (10..=21).contains(n))? as i16;
        c.any(&["-"]);
        c.word("century")?;
        Some(Time::Years(nth * 100 - 100, nth * 100 - 1))
    }) {
        return Some(years);
    }
    let century = c.attempt(|c| {
        let n = c.class(
            |class| if let Class::Small(n) | Class::Tens(n) = class { Some(n as i16) } else { None },
        )?;
        c.dash();
        (18..=20).contains(&n).then_some(n * 100)
    });
    let tens = c.class(|class| if let Class::Decade(tens) = class { Some(tens as i16) } else { None })?;
    let first = match century {
        Some(century) => century + tens,
        None if !the => return None,
        None if tens < 30 => 2000 + tens,
        None => 1900 + tens,
    };
    Some(Time::Years(first, first + 9))
}

fn decade_ending(c: &mut Cursor) -> Option<()> {
    c.peek(0).filter(|l| !l.spaced)?;
    c.word("s").or_else(|| {
        c.attempt(|c| {
            c.any(&["'", "’"])?;
            c.word("s")
        })
    })
}

/// "2014" where a year fits: after a preposition, in brackets, before a noun ("the 2014 election").
fn bare_year(c: &mut Cursor, _: &Calendar) -> Option<Time> {
    let before = c.previous().map(|l| l.lower.as_str());
    let led = before.is_some_and(|b| YEAR_LEADS.contains(&b));
    let value = year(c)?;
    let digits = c.previous().is_some_and(|l| matches!(l.class, Class::Digits(..)));
    let counts = c.peek(0).is_some_and(|l| {
        matches!(l.class, Class::Unit(_) | Class::Scale(_))
            || matches!(
                l.lower.as_str(),
                "people" | "percent" | "kilometers" | "kilometres" | "miles" | "troops" | "soldiers"
            )
    });
    let spelled = !digits
        && matches!(before, Some("in" | "since" | "until" | "from" | "to" | "through"))
        && !clause_follows(c);
    (((digits && led) || spelled) && !counts && (1500..2200).contains(&value)).then_some(Time::Year(value))
}

const YEAR_LEADS: &[&str] = &[
    "in", "since", "until", "till", "by", "of", "before", "after", "during", "from", "to", "and", "between",
    "early", "late", "mid", "the", "(", "its", "their", "his", "her", "a", "or", "through", "for", "around",
    "than", "year", "'s", "s", "-", "–", ",",
];
