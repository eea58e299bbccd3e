//! Who: a text and its day, and what its mentions are: words, country, sectors, name.

use demarche::core::actors::{Actors, Sense};
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
fn courtesy_and_weekdays_are_no_part_of_a_name() {
    check(
        "Trade Minister Ana Sarkova of Slovakia arrived. On Tuesday soldiers opened the gate for Ms Sarkova.",
        "2015-03-05",
        &["Ms Sarkova | SVK GOV | Ana Sarkova", "soldiers | SVK MIL | soldiers"],
    );
}

#[test]
fn opposition_is_said_beside_what_they_are() {
    check(
        "Opposition lawmakers left the hall in Harare and the Kenyan opposition praised them.",
        "2015-03-05",
        &["Opposition lawmakers | ZWE LEG OPP | ", "the Kenyan opposition | KEN PTY OPP | "],
    );
}

#[test]
fn some_roles_have_a_code_of_their_own_or_none() {
    check(
        "Aid workers fled Bangui while diplomats stayed.",
        "2015-03-05",
        &["Aid workers | NGO SOC | ", "diplomats | - GOV | "],
    );
}

#[test]
fn a_speaker_after_the_pronoun_is_meant() {
    check("It had fired no rocket, Damascus said.", "2015-03-05", &["It | SYR GOV | Syria"]);
}

#[test]
fn a_name_of_the_tables_stays_whole() {
    check(
        "South Africa and Côte d'Ivoire signed the accord.",
        "2015-03-05",
        &["South Africa | ZAF GOV | South Africa", "Côte d'Ivoire | CIV GOV | "],
    );
}

#[test]
fn a_slip_of_the_pen_leads_to_the_country() {
    for (name, code) in
        [("Afganistan", "AFG"), ("Phillipines", "PHL"), ("Geramny", "DEU"), ("Venezuala", "VEN")]
    {
        let land = match (ACTORS.senses(name), ACTORS.misspelt(name)) {
            ([], Some(Sense::Adjective(land))) => ACTORS.land(land).code.clone(),
            ([Sense::Land(land), ..], _) => ACTORS.land(*land).code.clone(),
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(land, code, "{name}");
    }
    assert_eq!(ACTORS.misspelt("Kirkpatrick"), None);
}

#[test]
fn a_users_own_row_overrides_ours() {
    let table = |name: &str, text: &str| (format!("own/{name}"), text.to_owned());
    let own = [
        table("roles.tsv", "role\tsectors\tkind\toffice\tcode\nwelder\tSPY\tperson\t\t\n"),
        table("parties.tsv", "name\tcountry\tnames\tpeople\tterms\nBlue Kite\tNPL\tKites\tKite/Kites\t\n"),
    ];
    let actors = demarche::knowledge::actors_with(&own).expect("the tables read");
    let before = ACTORS.counts();
    assert_eq!(actors.counts()[4], before[4], "the role is there already");
    assert_eq!(actors.counts()[1], before[1] + 1);
    let text = "Two Nepali welders joined Blue Kite.";
    let mentions = actors.find(text, &SYNTAX.analyze(text), None);
    let coded: Vec<String> =
        mentions.list.iter().map(|m| format!("{:?} {:?}", m.identity.country, m.identity.sectors)).collect();
    assert!(coded.iter().any(|c| c.contains("NPL") && c.contains("Spy")), "{coded:?}");
    assert!(coded.iter().any(|c| c.contains("NPL") && c.contains("Party")), "{coded:?}");
}

#[test]
fn descriptions_are_of_the_land_where_the_story_plays() {
    check(
        "BISSAU, April 13 - Soldiers seized the state radio of Guinea-Bissau on Friday.\n\nPortugal condemned the coup. \
         Lisbon sent a frigate.\n\nPolice fired shots in the air. A court later freed two journalists.",
        "2012-04-14",
        &["Soldiers | GNB MIL | ", "Police | GNB COP | ", "A court | GNB JUD | "],
    );
    check(
        "RIGA — Latvia's president met reporters on Monday. Latvia will host the summit, Latvia's government said.\n\n\
         In Tbilisi, crowds filled the main square. Police arrested dozens.",
        "2024-03-11",
        &["Police | GEO COP | "],
    );
    // "Congress" of a text that never speaks of the United States is that of the country it speaks of.
    check(
        "The president of Paraguay quarrelled with Congress for a year.",
        "2004-03-01",
        &["Congress | PRY LEG | "],
    );
    check("The White House asked Congress for money.", "2004-03-01", &["Congress | USA LEG | "]);
}

#[test]
fn phrases_end_where_the_party_does() {
    let words = |text: &str| -> Vec<String> {
        let document = SYNTAX.analyze(text);
        let mentions = ACTORS.find(text, &document, None);
        let all = (0..mentions.list.len() as u32).flat_map(|i| mentions.participants(i));
        all.map(|p| p.mention.of(text).to_owned()).collect()
    };
    let found = words("The shells killed six people, according to Malian officials.");
    assert!(found.iter().any(|words| words == "six people"), "{found:?}");
    // A relative pronoun is no party beside its antecedent.
    let found = words("Honduras, which recalled its envoy from Managua, has named another.");
    assert!(found.iter().all(|words| words != "which"), "{found:?}");
}

#[test]
fn any_text_is_read_without_panic() {
    for text in ["", "((((", "the the the of of", "İ’’’ – U.S.'s's", "\u{0}\u{301}\u{200d}", "Mr. . Mr"]
    {
        let document = SYNTAX.analyze(text);
        let _ = ACTORS.find(text, &document, None);
    }
}
