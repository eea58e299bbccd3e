//! Numbers in time expressions: counts, ordinals, and years in digits or in words.

use super::cursor::Cursor;
use super::vocabulary::Class;

/// "three", "21", "twenty-one", "a", "a dozen"; up to 999.
pub(super) fn cardinal(c: &mut Cursor) -> Option<u32> {
    if c.phrase(&["a", "dozen"]).is_some() || c.word("dozen").is_some() {
        return Some(12);
    }
    if c.any(&["a", "an"]).is_some() {
        return Some(1);
    }
    c.digits(3).or_else(|| below_hundred(c))
}

/// "few", "several", "couple of": how many we take them for; what is said stays vague.
pub(super) fn vague(c: &mut Cursor) -> Option<u32> {
    c.attempt(|c| {
        c.any(&["a", "the"]);
        let count = match c.any(&["few", "several", "couple"])? {
            "couple" => 2,
            _ => 3,
        };
        c.word("of");
        Some(count)
    })
}

fn below_hundred(c: &mut Cursor) -> Option<u32> {
    if let Some(tens) = c.class(|class| if let Class::Tens(n) = class { Some(n) } else { None }) {
        let ones = c.attempt(|c| {
            c.dash();
            small(c).filter(|n| (1..10).contains(n))
        });
        return Some(tens + ones.unwrap_or(0));
    }
    small(c)
}

fn small(c: &mut Cursor) -> Option<u32> {
    c.class(|class| if let Class::Small(n) = class { Some(n) } else { None })
}

/// "4th", "first", "twenty-first"; up to 99.
pub(super) fn ordinal(c: &mut Cursor) -> Option<u32> {
    c.attempt(|c| {
        let value = c.digits(2)?;
        let ending = c.peek(0).filter(|l| !l.spaced)?;
        c.at += 1;
        matches!(ending.lower.as_str(), "st" | "nd" | "rd" | "th").then_some(value)
    })
    .or_else(|| {
        c.attempt(|c| {
            let tens = c.class(|class| if let Class::Tens(n) = class { Some(n) } else { None })?;
            c.dash();
            let ones = plain_ordinal(c).filter(|n| *n < 10)?;
            Some(tens + ones)
        })
    })
    .or_else(|| plain_ordinal(c))
}

fn plain_ordinal(c: &mut Cursor) -> Option<u32> {
    c.class(|class| if let Class::Ordinal(n) = class { Some(n) } else { None })
}

/// A day of the month as a cardinal or ordinal: "4", "4th", "fourth", "twenty two".
pub(super) fn day(c: &mut Cursor) -> Option<u8> {
    c.attempt(|c| {
        let value = ordinal(c).or_else(|| {
            let value = c.digits(2)?;
            // "March 5 million", "May 10:30", "June 12%": no day.
            let next = c.peek(0);
            let clock = next.is_some_and(|l| !l.spaced && matches!(l.lower.as_str(), ":" | "%"));
            let counted = next
                .is_some_and(|l| matches!(l.lower.as_str(), "million" | "billion" | "percent" | "am" | "pm"));
            (!clock && !counted).then_some(value)
        })?;
        (1..=31).contains(&value).then_some(value as u8)
    })
    .or_else(|| c.attempt(|c| below_hundred(c).filter(|n| (1..=31).contains(n)).map(|n| n as u8)))
}

/// A year in four digits, 1000 to 2199.
pub(super) fn year(c: &mut Cursor) -> Option<i16> {
    c.attempt(|c| {
        let money = c.previous().is_some_and(|l| {
            matches!(l.lower.as_str(), "$" | "€" | "£" | "¥" | "#" | "." | ",")
                && c.all.get(c.at).is_some_and(|next| !next.spaced)
        });
        let four = matches!(c.peek(0)?.class, Class::Digits(_, 4));
        let value = c.digits(4)?;
        (four && !money && (1000..2200).contains(&value)).then_some(value as i16)
    })
    .or_else(|| spelled_year(c))
}

/// "nineteen seventy-eight", "two thousand and eighteen", "nineteen hundred ninety three".
fn spelled_year(c: &mut Cursor) -> Option<i16> {
    c.attempt(|c| {
        let first = below_hundred(c)?;
        if c.class(|k| (k == Class::Scale(1000)).then_some(())).is_some() {
            let hundreds = c.attempt(|c| {
                let n = small(c)?;
                c.class(|k| (k == Class::Scale(100)).then_some(()))?;
                Some(n * 100)
            });
            let rest = c.attempt(|c| {
                c.word("and");
                below_hundred(c)
            });
            let value = first * 1000 + hundreds.unwrap_or(0) + rest.unwrap_or(0);
            return (1000..2200).contains(&value).then_some(value as i16);
        }
        if !(15..=20).contains(&first) {
            return None;
        }
        let century = first * 100;
        if c.class(|k| (k == Class::Scale(100)).then_some(())).is_some() {
            c.word("and");
            return Some((century + below_hundred(c)?) as i16);
        }
        let zero = c.class(|k| (k == Class::Small(0)).then_some(())).is_some();
        let rest = below_hundred(c).filter(|n| zero || *n >= 10)?;
        Some((century + rest) as i16)
    })
}

/// Two digits after an apostrophe or alone: '87 → 1987, '14 → 2014.
pub(super) fn short_year(c: &mut Cursor) -> Option<i16> {
    c.attempt(|c| {
        let apostrophe = c.any(&["'", "’", "‘"]).is_some();
        let two = matches!(c.peek(0)?.class, Class::Digits(_, 2));
        let value = c.digits(2)? as i16;
        (two && (apostrophe || value > 31)).then_some(if value < 40 { 2000 + value } else { 1900 + value })
    })
}
