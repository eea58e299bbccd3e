//! What the codebook makes of a sentence, by phenomenon. A row is a sentence and the events expected, as
//! `TYPE-mode actors > recipients STATUS`, participants as their codes; `-` where nothing is to be coded.
//!
//! Every sentence is our own. Rows hold for the built-in tables and models together: a row that breaks tells which stage to look at.

use demarche::core::extraction::{Event, Options, Participant};
use demarche::core::text::Article;
use demarche::knowledge;

fn describe(event: &Event) -> String {
    let codes = |list: &[Participant]| {
        let mut codes: Vec<String> = list.iter().map(Participant::code).collect();
        codes.sort();
        codes.join("+")
    };
    let mode = event.mode.map_or(String::new(), |mode| format!("-{mode}"));
    format!(
        "{}{mode} {} > {} {}",
        event.event_type,
        codes(&event.actors),
        codes(&event.recipients),
        event.status
    )
}

fn check(rows: &[(&str, &[&str])]) {
    let pipeline = knowledge::load().expect("the built-in tables load");
    let options = Options { include_negated: true, ..Options::default() };
    let mut wrong = String::new();
    for (text, expected) in rows {
        let article = Article {
            text: (*text).to_owned(),
            published: Some(jiff::civil::date(2024, 3, 13)),
            ..Article::default()
        };
        let found: Vec<String> = pipeline.extract(&article, &options).events.iter().map(describe).collect();
        if found != *expected {
            wrong.push_str(&format!("\n{text}\n  expected {expected:?}\n  found    {found:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn voices() {
    check(&[
        ("France condemned Russia on Tuesday.", &["ACCUSE-disapprove FRAGOV > RUSGOV OCCURRED"]),
        ("Russia was condemned by France on Tuesday.", &["ACCUSE-disapprove FRAGOV > RUSGOV OCCURRED"]),
        ("Russia was condemned on Tuesday.", &[]),
        ("Kenyan police arrested two journalists.", &["COERCE-arrest KENCOP > KENJRN OCCURRED"]),
    ]);
}

#[test]
fn whoever_does_it_a_verb_of_one_meaning_keeps_it() {
    check(&[
        ("Nigerian oil firms have freed two hostages.", &["RETREAT-release NGABUS > NGACVL OCCURRED"]),
        // Marching is a protest of citizens or a move of troops, and music otherwise.
        ("The Bolivian brass band marched through Sucre on Sunday.", &[]),
    ]);
}

#[test]
fn reciprocal_meetings_visits_and_third_parties() {
    check(&[
        (
            "The presidents of Chile and Peru met in Geneva on Monday.",
            &["CONSULT-third-party CHLGOV+PERGOV >  OCCURRED"],
        ),
        ("Talks between Egypt and Sudan began on Sunday.", &["CONSULT EGYGOV+SDNGOV >  OCCURRED"]),
        ("Norway's prime minister visited Finland on Monday.", &["CONSULT-visit NORGOV > FINGOV OCCURRED"]),
    ]);
}

#[test]
fn what_is_asked_promised_threatened_and_refused_is_no_event_of_its_own() {
    check(&[
        ("Turkey urged Israel to stop bombing Gaza.", &["REQUEST-yield TURGOV > ISRGOV OCCURRED"]),
        ("Germany promised to send tanks to Ukraine.", &["AGREE DEUGOV > UKRGOV OCCURRED"]),
        ("Iran refused to meet American diplomats.", &["REJECT-meet IRNGOV > USAGOV OCCURRED"]),
        (
            "Washington threatened to impose sanctions on Belarus.",
            &["THREATEN-restrict USAGOV > BLRGOV OCCURRED"],
        ),
        ("India called on Pakistan to hold talks.", &["REQUEST-meet INDGOV > PAKGOV OCCURRED"]),
    ]);
}

#[test]
fn ending_what_is_kind_and_ending_what_is_not() {
    check(&[
        ("Qatar cut diplomatic ties with Chad.", &["SANCTION-discontinue QATGOV > TCDGOV OCCURRED"]),
        ("Australia lifted its sanctions on Myanmar.", &["CONCEDE AUSGOV > MMRGOV OCCURRED"]),
        ("Seoul cancelled talks with Pyongyang.", &["REJECT-meet KORGOV > PRKGOV OCCURRED"]),
    ]);
}

#[test]
fn a_main_verb_that_the_parser_took_for_a_participle() {
    check(&[
        (
            "Ugandan police officers, who fear the river, arrested two reporters on Monday.",
            &["COERCE-arrest UGACOP > UGAJRN OCCURRED"],
        ),
        // By somebody: a participle after all.
        (
            "The two reporters, arrested by Ugandan police on Friday, appeared in court on Monday.",
            &["COERCE-arrest UGACOP > JRN OCCURRED"],
        ),
    ]);
}

#[test]
fn a_hostile_deed_that_one_announces_is_a_threat() {
    check(&[
        (
            "Belgium will expel two Iranian diplomats, its foreign minister said on Tuesday.",
            &["THREATEN-expel BELGOV > IRNGOV OCCURRED"],
        ),
        // Told by another it lies ahead.
        (
            "Belgium will expel two Iranian diplomats, a French newspaper said on Tuesday.",
            &["SANCTION-expel BELGOV > IRNGOV FUTURE"],
        ),
    ]);
}

#[test]
fn the_verb_that_is_asked_tells_the_mode() {
    check(&[
        (
            "Ghana asked Togo to renew the lease of its oil terminal.",
            &["REQUEST-assist GHAGOV > TGOGOV OCCURRED"],
        ),
        ("Kenya urged Somalia not to march on the border town.", &["REQUEST-yield KENGOV > SOMGOV OCCURRED"]),
        ("Kenya urged Somalia to rewrite its electoral law.", &["REQUEST-change KENGOV > SOMGOV OCCURRED"]),
    ]);
}

#[test]
fn a_particle_that_the_parser_took_for_a_preposition() {
    check(&[
        ("Malian rebels handed in their rifles on Monday.", &["RETREAT-disarm MLIREB >  OCCURRED"]),
        (
            "Police in Dagestan hauled in more than 100 people on Sunday.",
            &["COERCE-arrest RUSCOP > RUSCVL OCCURRED"],
        ),
    ]);
}

#[test]
fn the_thing_tells_what_a_common_verb_does() {
    check(&[
        (
            "Spanish farmers dumped manure outside the French embassy.",
            &["PROTEST-vandalize ESPAGR > FRAGOV OCCURRED"],
        ),
        (
            "Russian hackers peddled doctored footage to Moldovan voters.",
            &["COERCE-misinformation RUSCRM > MDACVL OCCURRED"],
        ),
        (
            "Russian agents spread rumours about the Moldovan president.",
            &["COERCE-misinformation RUSSPY > MDAGOV OCCURRED"],
        ),
    ]);
}

#[test]
fn status() {
    check(&[
        ("Poland did not condemn Hungary.", &["ACCUSE-disapprove POLGOV > HUNGOV NEGATED"]),
        ("Brazil will send food to Haiti.", &["AGREE BRAGOV > HTIGOV OCCURRED"]),
        (
            "Swiss prosecutors are investigating Angola's finance minister.",
            &["ACCUSE-investigate CHEJUD > AGOGOV ONGOING"],
        ),
    ]);
}

#[test]
fn no_actor_no_event_and_no_politics_no_event() {
    check(&[
        ("Four people were killed in an explosion on Tuesday.", &[]),
        ("The striker fired two shots at goal in the second half of the match.", &[]),
        ("The Kremlin spokesman declined to comment.", &[]),
    ]);
}

#[test]
fn who_says_so() {
    let pipeline = knowledge::load().expect("loads");
    // A sentence, and whose words it gives; `-` where the article speaks itself.
    let rows = [
        ("Syrian troops shelled the town of Idlib on Monday, according to Turkey.", "Turkey"),
        (
            "Soldiers arrested two Chadian ministers in Abéché, survivors of the raid said on Friday.",
            "survivors",
        ),
        (
            "Ghana expelled the Libyan ambassador, its foreign minister announced in Accra.",
            "its foreign minister",
        ),
        ("The Kenyan police said that Somali gunmen had attacked a Kenyan army post.", "The Kenyan police"),
        ("“Iran has shelled our villages,” said the governor of Erbil.", "the governor of Erbil"),
        (
            "Iranian agents arrested a Swedish diplomat, the Fars agency reported, citing a court in Shiraz.",
            "a court",
        ),
        ("Norway said it would send Ukraine more tanks.", "-"),
        ("The Malian army, which last year attacked a Mauritanian camp, is on alert, an officer said.", "-"),
        ("Zambian police arrested an opposition leader on Monday.", "-"),
    ];
    for (text, expected) in rows {
        let article = Article { text: text.to_owned(), ..Article::default() };
        let events =
            pipeline.extract(&article, &Options { include_negated: true, ..Options::default() }).events;
        let who = events.first().expect(text).attribution.as_ref();
        let who = who.map_or("-", |by| by.reporter.mention.of(text));
        assert!(
            who.contains(expected) || expected.contains(who) && who != "-",
            "{text}\n{who}, not {expected}"
        );
    }
}

#[test]
fn statements_come_only_when_asked_for() {
    let pipeline = knowledge::load().expect("loads");
    let text = "Canada's finance minister said that the economy was strong. Canadian police arrested two Russian spies, Ottawa said. \
                A baker in Ottawa said the rain would stop.";
    let article = Article { text: text.to_owned(), ..Article::default() };
    let types = |options: &Options| -> Vec<&'static str> {
        pipeline.extract(&article, options).events.iter().map(|event| event.event_type.name()).collect()
    };
    assert_eq!(types(&Options::default()), ["COERCE"]);
    assert_eq!(types(&Options { include_statements: true, ..Options::default() }), ["STATEMENT", "COERCE"]);
}

#[test]
fn the_same_article_gives_the_same_events_and_ids() {
    let pipeline = knowledge::load().expect("loads");
    let text = "Japan and Vietnam signed a trade agreement in Hanoi on Monday. Japan's prime minister praised Vietnam.";
    let article = Article { text: text.to_owned(), ..Article::default() };
    let first = pipeline.extract(&article, &Options::default());
    assert!(first.events.len() >= 2, "{:?}", first.events);
    assert_eq!(first, pipeline.extract(&article, &Options::default()));
    let mut ids: Vec<&str> = first.events.iter().map(|event| event.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), first.events.len(), "every event has an id of its own");
}
