//! What holds for every text whatever: no panic, spans verbatim and on character boundaries, the same answer twice.

use demarche::core::extraction::{Event, Extraction, Options};
use demarche::core::pipeline::Pipeline;
use demarche::core::text::{Article, Span};
use proptest::prelude::*;
use std::sync::OnceLock;

fn pipeline() -> &'static Pipeline {
    static PIPELINE: OnceLock<Pipeline> = OnceLock::new();
    PIPELINE.get_or_init(|| demarche::knowledge::load().expect("the knowledge loads"))
}

fn article(text: &str) -> Article {
    Article { text: text.to_owned(), published: Some(jiff::civil::date(2024, 3, 13)), ..Article::default() }
}

fn everything() -> Options {
    Options { include_statements: true, include_negated: true, explain: true, ..Options::default() }
}

/// Every span of an event.
fn spans(event: &Event) -> Vec<Span> {
    let people =
        event.actors.iter().chain(&event.recipients).chain(event.attribution.iter().map(|by| &by.reporter));
    let mut spans: Vec<Span> = people.map(|who| who.mention).collect();
    spans.extend(event.attribution.iter().map(|by| by.mention));
    spans.extend(event.evidence.iter().flat_map(|evidence| [evidence.sentence, evidence.trigger]));
    spans.extend(event.date.mention);
    spans.extend(event.place.iter().map(|place| place.mention));
    spans
}

fn check(text: &str) -> Extraction {
    let extraction = pipeline().extract(&article(text), &everything());
    for event in &extraction.events {
        assert!(!event.actors.is_empty(), "an event without an actor in {text:?}");
        assert!(!event.evidence.is_empty(), "an event without evidence in {text:?}");
        assert!((0.0..=1.0).contains(&event.confidence));
        for span in spans(event) {
            let words = text.get(span.begin as usize..span.end as usize);
            assert!(words.is_some_and(|words| !words.is_empty()), "{span:?} is no words of {text:?}");
        }
        for evidence in &event.evidence {
            assert!(evidence.sentence.contains(evidence.trigger), "{evidence:?} in {text:?}");
        }
    }
    let mut ids: Vec<&str> = extraction.events.iter().map(|event| event.id.as_str()).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "two events of one id in {text:?}");
    assert_eq!(
        extraction,
        pipeline().extract(&article(text), &everything()),
        "another answer the second time"
    );
    extraction
}

/// Words of news in any order: far from English, near to what the rules look for.
fn news() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "France",
        "Germany",
        "President",
        "Putin",
        "minister",
        "said",
        "met",
        "in",
        "Paris",
        "on",
        "Monday",
        "the",
        "of",
        "and",
        ",",
        ".",
        "\n\n",
        "troops",
        "attacked",
        "killed",
        "12",
        "people",
        "who",
        "had",
        "been",
        "not",
        "would",
        "sanctions",
        "against",
        "\"",
        "“",
        "’s",
        "its",
        "he",
        "Turkish",
        "talks",
        "with",
        "will",
        "May",
        "2023",
        "by",
        "(",
        ")",
        "—",
        "U.N.",
        "to",
        "accused",
        "visited",
        "last",
        "week",
        "—",
        "é",
        "🤝",
        "\u{0}",
        "\u{202E}",
        "Çavuşoğlu",
    ];
    prop::collection::vec(prop::sample::select(WORDS), 0..60).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_printable_text(text in "\\PC{0,300}") {
        check(&text);
    }

    #[test]
    fn any_order_of_the_words_of_news(text in news()) {
        check(&text);
    }

    #[test]
    fn any_piece_of_an_article(begin in 0usize..1500, length in 0usize..800) {
        let text = include_str!("../examples/articles/2024-03-13-riga-talks.txt");
        let begin = text.floor_char_boundary(begin.min(text.len()));
        let end = text.floor_char_boundary((begin + length).min(text.len()));
        check(&text[begin..end]);
    }
}

#[test]
fn strange_shapes() {
    for text in [
        "",
        " ",
        "\u{FEFF}",
        ".",
        "?!?!?!",
        "\r\n\r\n\r\n",
        "\"",
        "“““”””",
        "— — —",
        "1/2/3 4:5 6%",
        "a\u{301}\u{301}\u{301}",
        "\u{10FFFF}",
        "http://example.org/?a=b&c=d user@example.org #tag @name",
    ] {
        check(text);
    }
}

#[test]
fn large_shapes_take_linear_time() {
    for unit in ["word ", "(", "\"", "that ", "France met Italy, ", "of the ", "\n", "France and "] {
        let seconds = |length: usize| {
            let text = unit.repeat(length / unit.len());
            let begun = std::time::Instant::now();
            pipeline().extract(&article(&text), &Options::default());
            begun.elapsed().as_secs_f64()
        };
        seconds(1_000);
        let (short, long) = (seconds(20_000), seconds(200_000));
        // Ten times the text: about ten times the time, with room for a noisy machine; squared cost would be a hundred.
        assert!(long < 40.0 * short + 0.5, "{unit:?}: {short:.3} s for 20 KB, {long:.3} s for 200 KB");
    }
}

#[test]
fn a_reader_that_is_stopped_says_so_and_keeps_what_it_has() {
    let text = "France accused Russia of espionage on Monday. ".repeat(400);
    let asked = std::cell::Cell::new(0);
    let stop = || {
        asked.set(asked.get() + 1);
        asked.get() > 50
    };
    let extraction = pipeline().extract_until(&article(&text), &Options::default(), &stop);
    assert_eq!(extraction.sentence_count, 50);
    assert!(!extraction.events.is_empty());
    assert!(
        extraction.notes.iter().any(|note| note.code == demarche::core::extraction::NoteCode::TimeExceeded)
    );
}
