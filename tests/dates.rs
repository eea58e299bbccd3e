//! Dates: an expression in a sentence, the day of publication, and the days it means.

use demarche::core::time::TimeMention;
use jiff::civil::Date;

/// `2022-12-07`, or `2022-12-01/2022-12-31`; an open side is `..`; `-` is unresolved.
fn days(mention: &TimeMention) -> String {
    let side = |date: Option<Date>| date.map_or("..".to_owned(), |date| date.to_string());
    match mention.value.literal {
        (None, None) => "-".to_owned(),
        (start, end) if start == end => side(start),
        (start, end) => format!("{}/{}", side(start), side(end)),
    }
}

fn check(published: &str, cases: &[(&str, &[(&str, &str)])]) {
    let calendar = demarche::knowledge::calendar().expect("the table reads");
    let published = published.parse().ok();
    let mut wrong = String::new();
    for (sentence, expected) in cases {
        let found: Vec<(&str, String)> = calendar
            .find_in_line(sentence, published)
            .iter()
            .map(|mention| (mention.span.of(sentence), days(mention)))
            .collect();
        let same = found.len() == expected.len()
            && found.iter().zip(*expected).all(|(f, e)| f.0 == e.0 && f.1 == e.1);
        if !same {
            wrong.push_str(&format!("{sentence}\n  found {found:?}\n  meant {expected:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn calendar_dates() {
    check(
        "2023-05-10",
        &[
            ("The treaty was signed on 19 May 2014 in Geneva.", &[("19 May 2014", "2014-05-19")]),
            (
                "The envoy landed on Tuesday, March 3, 2020, in Oslo.",
                &[("Tuesday, March 3, 2020", "2020-03-03")],
            ),
            ("They met on May 3 and parted.", &[("May 3", "2023-05-03")]),
            ("The court ruled on December 20.", &[("December 20", "2022-12-20")]),
            ("The truce was agreed in December.", &[("December", "2022-12-01/2022-12-31")]),
            ("The embassy will open in December.", &[("December", "2023-12-01/2023-12-31")]),
            ("The war began in 2014 and went on.", &[("2014", "2014-01-01/2014-12-31")]),
            ("The 2014 vote was annulled by the 250 judges.", &[("2014", "2014-01-01/2014-12-31")]),
            ("Mr March met Theresa May and may march again.", &[]),
            ("Some 2,014 people marched 1,998 metres for $2015.", &[]),
        ],
    );
}

#[test]
fn weekdays_follow_the_tense() {
    check(
        "2023-05-10",
        &[
            ("Talks resumed on Monday.", &[("Monday", "2023-05-08")]),
            ("Talks will resume on Monday.", &[("Monday", "2023-05-15")]),
            ("The ministers met last Wednesday.", &[("last Wednesday", "2023-05-03")]),
            ("The ministers will meet next Friday.", &[("next Friday", "2023-05-19")]),
            ("Police said on Wednesday that he was freed.", &[("Wednesday", "2023-05-10")]),
        ],
    );
}

#[test]
fn relative_expressions() {
    check(
        "2023-05-10",
        &[
            ("He was expelled yesterday.", &[("yesterday", "2023-05-09")]),
            ("The two met three days ago.", &[("three days ago", "2023-05-07")]),
            ("The accord was signed last year.", &[("last year", "2022-01-01/2022-12-31")]),
            ("They fought earlier this month.", &[("earlier this month", "2023-05-01/2023-05-10")]),
            (
                "He left on Friday and returned the following day.",
                &[("Friday", "2023-05-05"), ("the following day", "2023-05-06")],
            ),
            (
                "They have fought for the past 12 years.",
                &[("for the past 12 years", "2011-05-10/2023-05-10")],
            ),
            ("They met over the weekend.", &[("the weekend", "2023-05-06/2023-05-07")]),
            ("Shelling was heard overnight.", &[("overnight", "2023-05-09")]),
            ("He has ruled since 2014.", &[("since 2014", "2014-01-01/2023-05-10")]),
            ("It has been so since the start of the civil war.", &[("since the start of the", "-")]),
        ],
    );
}

#[test]
fn ranges_seasons_and_parts() {
    check(
        "2023-05-10",
        &[
            ("The mission ran from 2011 to 2013.", &[("from 2011 to 2013", "2011-01-01/2013-12-31")]),
            (
                "They met between Monday and Thursday.",
                &[("between Monday and Thursday", "2023-05-01/2023-05-04")],
            ),
            ("The summit was held on May 3-5.", &[("May 3-5", "2023-05-03/2023-05-05")]),
            ("It was agreed in the summer of 2014.", &[("the summer of 2014", "2014-06-01/2014-08-31")]),
            (
                "Exports fell in the third quarter of 2016.",
                &[("the third quarter of 2016", "2016-07-01/2016-09-30")],
            ),
            ("The border closed in mid-2015.", &[("mid-2015", "2015-05-01/2015-08-31")]),
            ("It was banned in the 1970s.", &[("the 1970s", "1970-01-01/1979-12-31")]),
        ],
    );
}

#[test]
fn named_days() {
    check(
        "2023-05-10",
        &[
            ("Troops left on New Year's Eve.", &[("New Year's Eve", "2022-12-31")]),
            (
                "The truce held through Eid al-Fitr, officials said.",
                &[("through Eid al-Fitr", "../2023-04-21")],
            ),
            ("The feast of Nowruz was marked.", &[("Nowruz", "2023-03-21")]),
            ("The attacks of 9/11 changed that.", &[("9/11", "2001-09-11")]),
            ("Unions marched on May Day.", &[("May Day", "2023-05-01")]),
            ("He was freed on the eve of Easter.", &[("the eve of Easter", "2023-04-08")]),
        ],
    );
}
