//! Where and when of whole events: a sentence and its day, and the day and place that the pipeline gives its first event.

use demarche::core::extraction::Options;
use demarche::core::pipeline::Pipeline;
use demarche::core::text::Article;
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| demarche::knowledge::load().expect("the tables read"));

/// `2023-05-09 Name COUNTRY` of the first event; `?` where there is no date, `-` where there is no place.
fn shown(published: &str, text: &str) -> String {
    let published = published.parse().ok();
    let article = Article { text: text.to_owned(), published, ..Article::default() };
    let events = PIPELINE.extract(&article, &Options::default()).events;
    let Some(event) = events.first() else { return "no event".to_owned() };
    let side = |day: Option<jiff::civil::Date>| day.map_or("?".to_owned(), |day| day.to_string());
    let days = match (event.date.start, event.date.end) {
        (start, end) if start == end => side(start),
        (start, end) => format!("{}/{}", side(start), side(end)),
    };
    let place = event.place.as_ref();
    let name = place.map_or("-".to_owned(), |place| {
        format!("{} {}", place.name, place.country.as_deref().unwrap_or("-"))
    });
    format!("{days} {name}")
}

fn check(cases: &[(&str, &str, &str)]) {
    let mut wrong = String::new();
    for (published, text, expected) in cases {
        let found = shown(published, text);
        if found != *expected {
            wrong.push_str(&format!("{text}\n  found {found}\n  meant {expected}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_clause_says_when_and_where() {
    check(&[
        (
            "2019-04-11",
            "Police in Khartoum fired tear gas at demonstrators on Wednesday.",
            "2019-04-10 Khartoum SDN",
        ),
        (
            "2021-06-15",
            "The Estonian foreign minister met his Latvian counterpart in Tartu on Monday.",
            "2021-06-14 Tartu EST",
        ),
        (
            "2016-11-08",
            "Turkey arrested two opposition lawmakers in Diyarbakir last week.",
            "2016-10-31/2016-11-06 Diyarbakır TUR",
        ),
    ]);
}

#[test]
fn where_somebody_speaks_is_not_where_it_happened() {
    check(&[(
        "2013-01-30",
        "Gunmen attacked a convoy near Kidal on Monday, a general said in Paris.",
        "2013-01-28 Kidal MLI",
    )]);
}

#[test]
fn a_described_place_is_found() {
    check(&[(
        "2023-10-03",
        "Indigenous groups blocked the main road in the Ecuadorean capital on Sunday.",
        "2023-10-01 Quito ECU",
    )]);
}

#[test]
fn words_alone_have_no_place() {
    check(
        &[("2024-05-21", "Britain condemned Iran on Tuesday.", "2024-05-21 - ")]
            .map(|(d, t, e)| (d, t, e.trim_end())),
    );
}
