//! The closed classes of words that time expressions are built from: months, weekdays, units, numbers, ordinals.

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Hour,
    Day,
    /// Monday to Friday.
    BusinessDay,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// A season of the northern year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// What a word may be in a time expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Class {
    /// 1..=12.
    Month(u8),
    /// 1 = Monday .. 7 = Sunday.
    Weekday(u8),
    Unit(Unit),
    Season(Season),
    /// A run of digits: value and how many digits.
    Digits(u32, u8),
    /// "seven": below 20.
    Small(u32),
    /// "seventy": 20, 30 .. 90.
    Tens(u32),
    /// "hundred", "thousand".
    Scale(u32),
    /// "first" .. "thirtieth".
    Ordinal(u32),
    /// "nineties", "twenties": the decade's first year in its century.
    Decade(u32),
    /// Any other word of the grammar.
    Word,
    /// No word of the grammar.
    Other,
}

/// The class of a word in lower case.
pub(super) fn class_of(word: &str) -> Class {
    if word.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return match word.parse() {
            Ok(value) if word.len() <= 8 => Class::Digits(value, word.len() as u8),
            _ => Class::Other,
        };
    }
    if !(2..=13).contains(&word.len()) && word != "a" {
        return if word.chars().next().is_some_and(char::is_alphabetic) { Class::Other } else { Class::Word };
    }
    named(word).unwrap_or(Class::Other)
}

fn named(word: &str) -> Option<Class> {
    use Class::{Decade, Month, Ordinal, Scale, Small, Tens, Weekday, Word};
    use Season::{Autumn, Spring, Summer, Winter};
    use Unit::{Century, Day, Fortnight, Hour, Quarter, Week, Weekend, Year};
    Some(match word {
        "january" | "jan" => Month(1),
        "february" | "feb" => Month(2),
        "march" | "mar" => Month(3),
        "april" | "apr" => Month(4),
        "may" => Month(5),
        "june" | "jun" => Month(6),
        "july" | "jul" => Month(7),
        "august" | "aug" => Month(8),
        "september" | "sept" | "sep" => Month(9),
        "october" | "oct" => Month(10),
        "november" | "nov" => Month(11),
        "december" | "dec" => Month(12),
        "monday" | "mon" | "mondays" => Weekday(1),
        "tuesday" | "tue" | "tues" | "tuesdays" => Weekday(2),
        "wednesday" | "wed" | "wednesdays" => Weekday(3),
        "thursday" | "thu" | "thur" | "thurs" | "thursdays" => Weekday(4),
        "friday" | "fri" | "fridays" => Weekday(5),
        "saturday" | "sat" | "saturdays" => Weekday(6),
        "sunday" | "sun" | "sundays" => Weekday(7),
        "hour" | "hours" => Class::Unit(Hour),
        "day" | "days" => Class::Unit(Day),
        "weekday" | "weekdays" => Class::Unit(Unit::BusinessDay),
        "weekend" | "weekends" => Class::Unit(Weekend),
        "week" | "weeks" => Class::Unit(Week),
        "fortnight" | "fortnights" => Class::Unit(Fortnight),
        "month" | "months" => Class::Unit(Unit::Month),
        "quarter" | "quarters" => Class::Unit(Quarter),
        "year" | "years" => Class::Unit(Year),
        "decade" | "decades" => Class::Unit(Unit::Decade),
        "century" | "centuries" => Class::Unit(Century),
        "spring" => Class::Season(Spring),
        "summer" => Class::Season(Summer),
        "autumn" | "fall" => Class::Season(Autumn),
        "winter" => Class::Season(Winter),
        "zero" => Small(0),
        "one" => Small(1),
        "two" => Small(2),
        "three" => Small(3),
        "four" => Small(4),
        "five" => Small(5),
        "six" => Small(6),
        "seven" => Small(7),
        "eight" => Small(8),
        "nine" => Small(9),
        "ten" => Small(10),
        "eleven" => Small(11),
        "twelve" => Small(12),
        "thirteen" => Small(13),
        "fourteen" => Small(14),
        "fifteen" => Small(15),
        "sixteen" => Small(16),
        "seventeen" => Small(17),
        "eighteen" => Small(18),
        "nineteen" => Small(19),
        "twenty" => Tens(20),
        "thirty" => Tens(30),
        "forty" => Tens(40),
        "fifty" => Tens(50),
        "sixty" => Tens(60),
        "seventy" => Tens(70),
        "eighty" => Tens(80),
        "ninety" => Tens(90),
        "hundred" => Scale(100),
        "thousand" => Scale(1000),
        "first" => Ordinal(1),
        "second" => Ordinal(2),
        "third" => Ordinal(3),
        "fourth" => Ordinal(4),
        "fifth" => Ordinal(5),
        "sixth" => Ordinal(6),
        "seventh" => Ordinal(7),
        "eighth" => Ordinal(8),
        "ninth" => Ordinal(9),
        "tenth" => Ordinal(10),
        "eleventh" => Ordinal(11),
        "twelfth" => Ordinal(12),
        "thirteenth" => Ordinal(13),
        "fourteenth" => Ordinal(14),
        "fifteenth" => Ordinal(15),
        "sixteenth" => Ordinal(16),
        "seventeenth" => Ordinal(17),
        "eighteenth" => Ordinal(18),
        "nineteenth" => Ordinal(19),
        "twentieth" => Ordinal(20),
        "thirtieth" => Ordinal(30),
        "noughties" => Decade(0),
        "tens" => Decade(10),
        "twenties" => Decade(20),
        "thirties" => Decade(30),
        "forties" => Decade(40),
        "fifties" => Decade(50),
        "sixties" => Decade(60),
        "seventies" => Decade(70),
        "eighties" => Decade(80),
        "nineties" => Decade(90),
        "a" | "an" | "the" | "this" | "that" | "these" | "last" | "next" | "past" | "previous"
        | "following" | "coming" | "upcoming" | "current" | "preceding" | "prior" | "same" | "ago"
        | "earlier" | "later" | "after" | "before" | "since" | "until" | "till" | "from" | "to"
        | "through" | "between" | "and" | "of" | "in" | "on" | "by" | "during" | "for" | "over"
        | "within" | "today" | "tonight" | "tomorrow" | "yesterday" | "now" | "overnight" | "morning"
        | "afternoon" | "evening" | "night" | "noon" | "midnight" | "early" | "late" | "mid" | "middle"
        | "beginning" | "start" | "end" | "half" | "rest" | "fiscal" | "financial" | "calendar" | "few"
        | "several" | "couple" | "many" | "recent" | "recently" | "nearly" | "about" | "almost"
        | "around" | "more" | "less" | "than" | "least" | "at" | "eve" | "opening" | "closing" | "hence"
        | "time" | "or" | "some" | "roughly" | "another" | "other" | "no" | "business" | "working"
        | "week's" | "dozen" | "its" | "his" | "their" | "her" | "bc" | "ad" | "fy" | "commencing"
        | "starting" | "turn" | "dawn" | "late-night" | "earliest" | "q" | "h" | "ending" | "currently"
        | "weeklong" | "nowadays" | "lately" | "midday" | "it" => Word,
        _ => return None,
    })
}
