//! Date resolution on the cases of Recognizers-Text (MIT): an expression in a line, the day it was said, and the days it means.
//!
//! The set is made for assistants that keep calendars. We score the dates and date ranges that news could print, and leave out by the
//! form of the expression alone: numerals without a month's name or a four-digit year ("4/22", "on 15"), words run together
//! ("Oct2", "20161016"), office shorthand (EOY, CY18, w/c, tmrw, business days, "my week", week numbers), query operators
//! ("greater than 2012", "2018 or later"), the reader's own present ("the day", "rest of the week"), and values that the set
//! leaves unresolved.

use super::report::{Row, Table};
use super::tally::Count;
use crate::core::pipeline::Pipeline;
use crate::core::time::{Calendar, TimeMention};
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// One expression of the set.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The line that it stands in.
    pub line: String,
    /// Its words.
    pub words: String,
    /// The day on which it was said.
    pub on: Date,
    /// What it may mean: first day, and last day or the day after; either side may be open.
    pub meanings: Vec<(Option<Date>, Option<Date>)>,
    /// Whether it is a single day rather than a range.
    pub single: bool,
}

const FILES: &[&str] =
    &["DateParser.json", "DatePeriodParser.json", "DateTimeModel.json", "MergedParser.json"];

/// The cases that news could print.
///
/// # Errors
/// A file that cannot be read, by its name.
pub fn load(folder: &Path) -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    let mut seen = BTreeSet::new();
    for file in FILES {
        let path = folder.join(file);
        let fail = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let body = std::fs::read_to_string(&path).map_err(|error| fail(&error))?;
        let items: Vec<Value> =
            serde_json::from_str(body.trim_start_matches('\u{feff}')).map_err(|error| fail(&error))?;
        for item in &items {
            for case in cases_of(item) {
                if seen.insert((case.line.to_lowercase(), case.words.to_lowercase(), case.on)) {
                    cases.push(case);
                }
            }
        }
    }
    Ok(cases)
}

fn cases_of(item: &Value) -> Vec<Case> {
    let line = item["Input"].as_str().unwrap_or_default();
    let Some(on) = item["Context"]["ReferenceDateTime"].as_str().and_then(|day| day.get(..10)?.parse().ok())
    else {
        return Vec::new();
    };
    let results = item["Results"].as_array().map(Vec::as_slice).unwrap_or_default();
    results.iter().filter_map(|result| case(line, on, result)).collect()
}

fn case(line: &str, on: Date, result: &Value) -> Option<Case> {
    let words = result["Text"].as_str()?;
    let kind = result["Type"].as_str().or(result["TypeName"].as_str())?;
    let single = match kind.rsplit('.').next()? {
        "date" => true,
        "daterange" => false,
        _ => return None,
    };
    if !printed_in_news(&words.to_lowercase()) {
        return None;
    }
    let value = if result["Value"].is_null() { &result["Resolution"] } else { &result["Value"] };
    let meanings: Vec<_> = match value["values"].as_array() {
        Some(values) => values.iter().filter_map(meaning).collect(),
        None => {
            ["FutureResolution", "PastResolution"].iter().filter_map(|side| meaning(&value[*side])).collect()
        }
    };
    let sensible = |day: Date| day.year() > 1;
    let resolved = !meanings.is_empty() && meanings.iter().all(|(a, b)| a.or(*b).is_some_and(sensible));
    resolved.then(|| Case { line: line.to_owned(), words: words.to_owned(), on, meanings, single })
}

fn meaning(value: &Value) -> Option<(Option<Date>, Option<Date>)> {
    let day = |names: &[&str]| names.iter().find_map(|name| value[*name].as_str()?.parse::<Date>().ok());
    if let Some(day) = day(&["value", "date"]) {
        return Some((Some(day), Some(day)));
    }
    let range = (day(&["start", "startDate"]), day(&["end", "endDate"]));
    (range.0.is_some() || range.1.is_some()).then_some(range)
}

/// By the form of the expression alone (lower case): see the head of this file.
fn printed_in_news(words: &str) -> bool {
    const OFFICE: &[&str] = &[
        "tmrw",
        "eoy",
        "eom",
        "my",
        "business",
        "weekday",
        "weekdays",
        "w",
        "greater",
        "sooner",
        "equal",
        "cy",
        "sy",
        "fy",
        "calendar",
        "school",
        "current",
        "date",
        "rest",
        "today",
        "now",
        "upcoming",
        "asap",
        "commencing",
        "retweet",
        "mon",
        "tue",
        "wed",
        "thu",
        "thur",
        "fri",
        "sat",
        "sun",
        "ref",
        "or",
        "q1",
        "q2",
        "q3",
        "q4",
        "h1",
        "h2",
        "hence",
    ];
    const WHOLE: &[&str] = &[
        "the day",
        "the week",
        "the month",
        "the year",
        "day",
        "year to date",
        "the weekend",
        "weekend",
        "last day",
        "the last day",
        "past day",
        "this day",
    ];
    let tokens: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|t| !t.is_empty()).collect();
    if words.contains(['/', '=', '<', '>', '~', '(', '&'])
        || WHOLE.contains(&words)
        || tokens.iter().any(|t| OFFICE.contains(t))
    {
        return false;
    }
    // "Oct2", "2016h2", "3year": letters and digits run together, but for "3rd", "1970s".
    let mixed = tokens.iter().any(|t| {
        let digits = t.chars().take_while(char::is_ascii_digit).count();
        let rest = &t[digits..];
        let run_on = digits > 0 && !matches!(rest, "" | "st" | "nd" | "rd" | "th" | "s");
        run_on || (digits == 0 && t.chars().any(|c| c.is_ascii_digit()))
    });
    let week_number =
        tokens.windows(2).any(|pair| pair[0] == "week" && pair[1].bytes().all(|b| b.is_ascii_digit()));
    let year = |t: &&str| t.len() == 4 && t.bytes().all(|b| b.is_ascii_digit());
    let letters = words.chars().any(char::is_alphabetic);
    // Numerals alone are news only as a year, a row of years, or a date in ISO order.
    let numerals = letters
        || tokens.len() <= 2 && tokens.iter().all(year)
        || tokens.len() == 3 && tokens.first().is_some_and(year) && !words.contains(' ');
    // A lone day number, and "the second", are news only beside a month.
    let lone = tokens.len() <= 2
        && tokens.iter().all(|t| t.bytes().all(|b| b.is_ascii_digit()) && t.len() <= 2 || *t == "the");
    let glued = words.contains('-')
        && tokens.len() == 2
        && letters
        && tokens.iter().any(|t| t.bytes().all(|b| b.is_ascii_digit()));
    !mixed && !week_number && numerals && !lone && !glued
}

/// How a case went.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The days are right.
    Exact,
    /// An expression was found there, with other days.
    Wrong(String),
    /// Nothing was found there.
    Missed,
}

/// Reads the line and compares.
pub fn judge(calendar: &Calendar, case: &Case) -> Outcome {
    let found = calendar.find_in_line(&case.line, Some(case.on));
    let begin = case.line.to_lowercase().find(&case.words.to_lowercase()).unwrap_or(0);
    let end = begin + case.words.len();
    let overlap =
        |m: &&TimeMention| (m.span.end as usize).min(end).saturating_sub((m.span.begin as usize).max(begin));
    let Some(mention) = found.iter().filter(|m| overlap(m) > 0).max_by_key(overlap) else {
        return Outcome::Missed;
    };
    let given = mention.value.literal;
    if case.meanings.iter().any(|meaning| agrees(case.single, *meaning, given)) {
        return Outcome::Exact;
    }
    let side = |day: Option<Date>| day.map_or("?".to_owned(), |day| day.to_string());
    Outcome::Wrong(format!(
        "{:?} {}..{} ({})",
        mention.span.of(&case.line),
        side(given.0),
        side(given.1),
        mention.value.reason
    ))
}

/// A day must be the day. A range must start on the day; the set ends ranges on the day after, on the last day, or on the first day
/// of the last month or year ("from 2014 to 2018" ends on 1 January 2018), and any of these is our last day said otherwise.
fn agrees(single: bool, wanted: (Option<Date>, Option<Date>), given: (Option<Date>, Option<Date>)) -> bool {
    if single {
        return given == wanted;
    }
    // "After January 1" may begin with that day or the next.
    let next = |day: Date| wanted.1.is_none().then(|| day.checked_add(1.day()).ok()).flatten();
    let start =
        wanted.0.is_none_or(|wanted| given.0 == Some(wanted) || given.0.is_some() && given.0 == next(wanted));
    let end = wanted.1.is_none_or(|wanted| {
        given.1.is_some_and(|given| {
            let after = given.checked_add(1.day()).ok();
            let months_last = given == given.last_of_month() && given.first_of_month() == wanted;
            let years_last = given == given.last_of_year() && given.first_of_year() == wanted;
            given == wanted || after == Some(wanted) || months_last || years_last
        })
    });
    start && end
}

/// The table of the set.
///
/// # Errors
/// As [`load`].
pub fn tables(folder: &Path, calendar: &Calendar) -> Result<Vec<Table>, String> {
    let cases = load(folder)?;
    let (mut exact, mut found) = (Count::default(), Count::default());
    let (mut days, mut ranges) = (Count::default(), Count::default());
    for case in &cases {
        let outcome = judge(calendar, case);
        let right = Count::decision(outcome == Outcome::Exact);
        exact += right;
        found += Count::decision(outcome != Outcome::Missed);
        *(if case.single { &mut days } else { &mut ranges }) += right;
    }
    let mut table = Table::new(
        "Dates (Recognizers-Text, the cases that news could print)",
        "Read from the line alone, without syntax. Exact: the very days; where the set gives a past and a future reading either counts. \
         What is left out, by form alone: src/evaluation/time.rs.",
    );
    table.rows = vec![
        Row::of("exact", exact, None),
        Row::of("single days exact", days, None),
        Row::of("ranges exact", ranges, None),
        Row::of("found at all", found, None),
    ];
    Ok(vec![table])
}

/// The set, for the evaluator.
///
/// # Errors
/// As [`load`].
pub fn score(data: &Path, pipeline: &Pipeline) -> Result<Vec<Table>, String> {
    tables(&data.join("time/recognizers_text"), &pipeline.tables().calendar)
}
