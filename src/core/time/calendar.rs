//! Named days and periods of history: which words name them, and when they fall in a year, by the rules of six calendars.

use super::lexeme::Lexeme;
use crate::core::phrases::Phrases;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// How the days of a feast follow from the year.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// The same day every year.
    Fixed {
        /// 1..=12.
        month: i8,
        /// 1..=31.
        day: i8,
    },
    /// Days from Easter Sunday of the western churches.
    Easter(i32),
    /// Days from Easter Sunday of the eastern churches.
    OrthodoxEaster(i32),
    /// A day of the tabular Islamic calendar (astronomical epoch, leap years 2 5 7 10 13 16 18 21 24 26 29), which may differ
    /// from the sighting of the moon by a day; the days announced in Mecca where they are listed.
    Islamic {
        /// 1..=12.
        month: i32,
        /// 1..=30.
        day: i32,
        /// Days as they were announced.
        announced: Vec<Date>,
    },
    /// Days from the Hebrew new year of the autumn.
    HebrewNewYear(i32),
    /// The n-th weekday of a month; −1 is the last; then so many days more.
    Weekday {
        /// 1..=12.
        month: i8,
        /// 1..=5 or −1.
        nth: i8,
        /// The day of the week.
        weekday: Weekday,
        /// Days after it.
        plus: i32,
    },
    /// The northern spring equinox in Tehran, as Nowruz: 20 March of leap years, else 21 March (1996–2028).
    Equinox,
    /// Listed years only.
    Listed(Vec<Date>),
    /// A day or period of history, the same in every reading.
    History(Date, Date),
}

/// A named day.
#[derive(Clone, Debug, PartialEq)]
pub struct Feast {
    /// Its usual name.
    pub name: String,
    /// When.
    pub rule: Rule,
    /// How many days it lasts.
    pub length: u8,
}

/// The tables of named days.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    feasts: Vec<Feast>,
    names: Phrases<u32>,
}

/// A named day found in the text.
pub(super) struct Named {
    pub index: u32,
    history: Option<(Date, Date)>,
}

impl Named {
    /// Its days where they are the same in every year.
    pub fn days(&self) -> Option<(Date, Date)> {
        self.history
    }
}

impl Calendar {
    /// Adds a named day under each of its names. Names are read as the text is: lower case, words and marks apart.
    pub fn insert<'n>(&mut self, names: impl IntoIterator<Item = &'n str>, feast: Feast) {
        let index = self.feasts.len() as u32;
        let mut lexemes = Vec::new();
        for name in names {
            super::lexeme::lexemes(name, crate::core::text::Span::new(0, name.len()), &mut lexemes);
            self.names.insert(lexemes.iter().map(|l| plain(&l.lower)), index);
        }
        self.feasts.push(feast);
    }

    /// How many named days.
    pub fn len(&self) -> usize {
        self.feasts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.feasts.is_empty()
    }

    /// The longest name that the lexemes start with: how many lexemes, and which day.
    pub(super) fn named(&self, lexemes: &[Lexeme]) -> Option<(usize, Named)> {
        let (length, indices) = self.names.longest(lexemes.iter().take(8).map(|l| plain(&l.lower)))?;
        let index = *indices.first()?;
        let history = match self.feasts.get(index as usize)?.rule {
            Rule::History(first, last) => Some((first, last)),
            _ => None,
        };
        Some((length, Named { index, history }))
    }

    /// First and last day of a feast in a year; `None` where the tables do not say.
    pub fn feast(&self, index: u32, year: i16) -> Option<(Date, Date)> {
        let feast = self.feasts.get(index as usize)?;
        let start = day_of(&feast.rule, year)?;
        let end = start.checked_add((i64::from(feast.length.max(1)) - 1).days()).ok()?;
        Some((start, end))
    }
}

/// One apostrophe for all its typographic forms.
fn plain(word: &str) -> &str {
    if word == "’" { "'" } else { word }
}

fn day_of(rule: &Rule, year: i16) -> Option<Date> {
    let plus = |date: Option<Date>, days: i32| date?.checked_add(i64::from(days).days()).ok();
    match rule {
        Rule::Fixed { month, day } => Date::new(year, *month, *day).ok(),
        Rule::Easter(days) => plus(easter(year), *days),
        Rule::OrthodoxEaster(days) => plus(orthodox_easter(year), *days),
        Rule::Islamic { month, day, announced } => {
            announced.iter().copied().find(|date| date.year() == year).or_else(|| islamic(year, *month, *day))
        }
        Rule::HebrewNewYear(days) => plus(hebrew_new_year(year), *days),
        Rule::Weekday { month, nth, weekday, plus: days } => {
            plus(Date::new(year, *month, 1).ok()?.nth_weekday_of_month(*nth, *weekday).ok(), *days)
        }
        Rule::Equinox => Date::new(year, 3, if year % 4 == 0 { 20 } else { 21 }).ok(),
        Rule::Listed(dates) => dates.iter().copied().find(|date| date.year() == year),
        Rule::History(first, _) => Some(*first),
    }
}

/// The Gregorian computus (Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let (a, b, c) = (year_number % 19, year_number / 100, year_number % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(year, month as i8, day as i8).ok()
}

/// The Julian computus, read in the Gregorian calendar (1900–2099: 13 days).
fn orthodox_easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let d = (19 * (year_number % 19) + 15) % 30;
    let e = (2 * (year_number % 4) + 4 * (year_number % 7) - d + 34) % 7;
    let (month, day) = ((d + e + 114) / 31, (d + e + 114) % 31 + 1);
    Date::new(year, month as i8, day as i8).ok()?.checked_add(13.days()).ok()
}

/// Days from 0001-01-01 of the Gregorian calendar as day 1 → date.
fn from_day_number(number: i64) -> Option<Date> {
    Date::new(1, 1, 1).ok()?.checked_add((number - 1).days()).ok()
}

/// The first such day that falls in the Gregorian year.
fn islamic(year: i16, month: i32, day: i32) -> Option<Date> {
    let near = (i64::from(year) - 622) * 33 / 32;
    (near - 1..=near + 2).find_map(|islamic_year| {
        let number = i64::from(day)
            + 29 * i64::from(month - 1)
            + i64::from(month) / 2
            + (islamic_year - 1) * 354
            + (3 + 11 * islamic_year) / 30
            + 227_013;
        from_day_number(number).filter(|date| date.year() == year)
    })
}

/// 1 Tishri in the autumn of the Gregorian year (elapsed days of the fixed Hebrew calendar with its postponements).
fn hebrew_new_year(year: i16) -> Option<Date> {
    let hebrew = i64::from(year) + 3761;
    let elapsed = |year: i64| {
        let months = (235 * year - 234) / 19;
        let parts = 12_084 + 13_753 * months;
        let days = 29 * months + parts / 25_920;
        if 3 * (days + 1) % 7 < 3 { days + 1 } else { days }
    };
    let (before, here, after) = (elapsed(hebrew - 1), elapsed(hebrew), elapsed(hebrew + 1));
    let correction = if after - here == 356 {
        2
    } else if here - before == 382 {
        1
    } else {
        0
    };
    from_day_number(here + correction - 1_373_427)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn movable_feasts_fall_where_the_almanacs_say() {
        assert_eq!(easter(2024), Some(date(2024, 3, 31)));
        assert_eq!(easter(2025), Some(date(2025, 4, 20)));
        assert_eq!(orthodox_easter(2024), Some(date(2024, 5, 5)));
        assert_eq!(orthodox_easter(2023), Some(date(2023, 4, 16)));
        assert_eq!(hebrew_new_year(2023), Some(date(2023, 9, 16)));
        assert_eq!(hebrew_new_year(2024), Some(date(2024, 10, 3)));
        // The tabular calendar may differ from sightings by a day.
        assert_eq!(islamic(2023, 10, 1), Some(date(2023, 4, 21)));
        assert_eq!(islamic(2022, 10, 1), Some(date(2022, 5, 2)));
    }
}
