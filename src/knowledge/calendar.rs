//! data/time/feasts.tsv → [`Calendar`].

use super::KnowledgeError;
use crate::core::time::{Calendar, Feast, Rule};
use jiff::civil::{Date, Weekday};

const FILE: &str = "data/time/feasts.tsv";

/// The named days that are built in.
///
/// # Errors
/// Names the line that does not read.
pub fn calendar() -> Result<Calendar, KnowledgeError> {
    let mut calendar = Calendar::default();
    for (number, line) in include_str!("../../data/time/feasts.tsv").lines().enumerate().skip(1) {
        let fail = |problem: &str| KnowledgeError::at(FILE, number + 1, problem);
        let mut columns = line.split('\t');
        let (Some(names), Some(rule), Some(days)) = (columns.next(), columns.next(), columns.next()) else {
            return Err(fail("expected names, rule and days"));
        };
        let rule = parse(rule).ok_or_else(|| fail("the rule does not read"))?;
        let length = days.trim().parse().map_err(|_| fail("days is no number"))?;
        let name = names.split('|').next().unwrap_or(names).to_owned();
        calendar.insert(names.split('|'), Feast { name, rule, length });
    }
    Ok(calendar)
}

fn parse(rule: &str) -> Option<Rule> {
    let words: Vec<&str> = rule.split_whitespace().collect();
    let number = |i: usize| words.get(i).and_then(|w| w.parse::<i32>().ok());
    let month_day = || {
        let (month, day) = words.get(1)?.split_once('-')?;
        Some((month.parse().ok()?, day.parse().ok()?))
    };
    let dates_from =
        |at: usize| words.get(at..)?.iter().map(|w| w.parse::<Date>().ok()).collect::<Option<Vec<Date>>>();
    Some(match *words.first()? {
        "fixed" => month_day().map(|(month, day)| Rule::Fixed { month, day })?,
        "islamic" => {
            let (month, day): (i8, i8) = month_day()?;
            Rule::Islamic { month: i32::from(month), day: i32::from(day), announced: dates_from(2)? }
        }
        "easter" => Rule::Easter(number(1)?),
        "orthodox" => Rule::OrthodoxEaster(number(1)?),
        "hebrew" => Rule::HebrewNewYear(number(1)?),
        "equinox" => Rule::Equinox,
        "weekday" => Rule::Weekday {
            month: number(1)? as i8,
            nth: number(2)? as i8,
            weekday: Weekday::from_monday_one_offset(number(3)? as i8).ok()?,
            plus: number(4).unwrap_or(0),
        },
        "listed" => Rule::Listed(dates_from(1)?),
        "history" => {
            let days = dates_from(1)?;
            Rule::History(*days.first()?, *days.last()?)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_reads() {
        assert!(super::calendar().expect("reads").len() > 50);
    }
}
