//! Places: a text, the names in it that are places, and which places they are.

use demarche::core::actors::Actors;
use demarche::core::place::{Gazetteer, PlaceMention};
use demarche::core::syntax::Analyzer;
use std::sync::LazyLock;

static GAZETTEER: LazyLock<Gazetteer> =
    LazyLock::new(|| demarche::knowledge::gazetteer().expect("the tables read"));
static ACTORS: LazyLock<Actors> = LazyLock::new(|| demarche::knowledge::actors().expect("the tables read"));
static SYNTAX: LazyLock<Analyzer> = LazyLock::new(|| demarche::knowledge::syntax().expect("the model reads"));

/// `Name, Division, COUNTRY`, as far as known; `-` where the name is not settled.
fn shown(mention: &PlaceMention) -> String {
    mention.entry.as_ref().map_or("-".to_owned(), |entry| {
        let parts = [Some(entry.name.as_str()), entry.admin1.as_deref(), entry.country.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    })
}

fn check(cases: &[(&str, &[(&str, &str)])]) {
    let mut wrong = String::new();
    for (text, expected) in cases {
        let document = SYNTAX.analyze(text);
        let found: Vec<(&str, String)> = GAZETTEER
            .find(text, &document, &ACTORS.find(text, &document, None))
            .iter()
            .map(|mention| (mention.span.of(text), shown(mention)))
            .collect();
        if found.len() != expected.len() || found.iter().zip(*expected).any(|(f, e)| f.0 != e.0 || f.1 != e.1)
        {
            wrong.push_str(&format!("{text}\n  found {found:?}\n  meant {expected:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn what_follows_says_which() {
    check(&[
        (
            "They met in Paris, Texas, on Friday.",
            &[("Paris", "Paris, Texas, USA"), ("Texas", "Texas, Texas, USA")],
        ),
        ("They met in Paris on Friday.", &[("Paris", "Paris, Île-de-France, FRA")]),
        ("The group met in Tripoli, Lebanon.", &[("Tripoli", "Tripoli, LBN"), ("Lebanon", "Lebanon, LBN")]),
    ]);
}

#[test]
fn a_name_is_no_company_for_itself() {
    check(&[
        (
            "Lebanon's bishops stood by the bakers on strike in Tripoli.",
            &[("Lebanon", "Lebanon, LBN"), ("Tripoli", "Tripoli, LBN")],
        ),
        ("Bakers went on strike in Tripoli.", &[("Tripoli", "Tripoli, Tripoli, LBY")]),
    ]);
}

#[test]
fn persons_and_bodies_are_no_places() {
    check(&[
        ("Paris Hilton sang.", &[]),
        ("The envoy told the New York Times so.", &[]),
        ("The Bank of England raised rates.", &[]),
    ]);
}

#[test]
fn what_news_needs_beyond_towns() {
    check(&[
        ("The leaders met at Camp David.", &[("Camp David", "Camp David, USA")]),
        ("Shells fell on the Donbas.", &[("Donbas", "Donbas, UKR")]),
        ("Herders crossed the Thar desert on foot.", &[("Thar desert", "Thar Desert, IND")]),
        ("A patrol ship sank in the Celebes Sea.", &[("Celebes Sea", "Celebes Sea")]),
        ("The ship was seized in the Strait of Hormuz.", &[("Strait of Hormuz", "Strait of Hormuz")]),
    ]);
}
