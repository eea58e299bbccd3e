//! Who: a text and its day, and what its mentions are: words, country, sectors, name.

use demarche::core::actors::Actors;
use demarche::core::syntax::Analyzer;
use std::sync::LazyLock;

static ACTORS: LazyLock<Actors> = LazyLock::new(|| demarche::knowledge::actors().expect("the tables read"));
static SYNTAX: LazyLock<Analyzer> = LazyLock::new(|| demarche::knowledge::syntax().expect("the model reads"));

/// Every expected `words | COUNTRY SECTOR… | name` must be a participant of the text; an empty name is not compared.
fn check(text: &str, on: &str, expected: &[&str]) {
    let document = SYNTAX.analyze(text);
    let mentions = ACTORS.find(text, &document, Some(on.parse().expect("a date")));
    let mut found: Vec<String> = Vec::new();
    for i in 0..mentions.list.len() as u32 {
        for p in mentions.participants(i) {
            let sectors: Vec<&str> = p.sectors.iter().map(|sector| sector.name()).collect();
            let who = format!("{} {}", p.country.as_deref().unwrap_or("-"), sectors.join(" "));
            found.push(format!("{} | {} | {}", p.mention.of(text), who.trim(), p.name));
        }
    }
    for wanted in expected {
        let met = found.iter().any(|f| f == wanted || wanted.ends_with("| ") && f.starts_with(wanted));
        assert!(met, "{text}\n  lacks {wanted:?}\n  found {found:#?}");
    }
}

#[test]
fn lists_give_their_members() {
    check(
        "US and British warplanes bombed the base.",
        "2024-01-12",
        &["US | USA MIL | United States", "British | GBR MIL | United Kingdom"],
    );
}

#[test]
fn offices_are_those_of_the_day() {
    let name = "Mevlut Cavusoglu met reporters.";
    check(name, "2023-05-10", &["Mevlut Cavusoglu | TUR GOV | Mevlüt Çavuşoğlu"]);
    check(name, "2024-05-10", &["Mevlut Cavusoglu | TUR ELI | Mevlüt Çavuşoğlu"]);
}

#[test]
fn seats_and_bodies_by_name() {
    check("The Kremlin rejected the plan.", "2023-05-10", &["The Kremlin | RUS GOV | Kremlin"]);
    check(
        "Ministers of the European Union met.",
        "2023-05-10",
        &["the European Union | EUR | European Union"],
    );
    check(
        "A Saudi-led coalition attacked the rebels.",
        "2018-05-10",
        &["A Saudi-led coalition | SAU MIL | "],
    );
}

#[test]
fn an_acronym_in_brackets_stands_for_its_name() {
    check(
        "The Rapid Support Forces (RSF) shelled the market.",
        "2024-05-10",
        &[
            "The Rapid Support Forces | SDN REB PRM | Rapid Support Forces",
            "RSF | SDN REB PRM | Rapid Support Forces",
        ],
    );
}

#[test]
fn any_text_is_read_without_panic() {
    for text in ["", "((((", "the the the of of", "İ’’’ – U.S.'s's", "\u{0}\u{301}\u{200d}", "Mr. . Mr"]
    {
        let document = SYNTAX.analyze(text);
        let _ = ACTORS.find(text, &document, None);
    }
}
