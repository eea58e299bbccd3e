//! Syntax on hand-made sentences: tokens, sentences, trees; and its promises on any input.

use demarche::core::syntax::{Deprel, Document, SentenceKind};
use demarche::core::text::tokenize;
use demarche::knowledge;
use std::sync::LazyLock;

static ANALYZER: LazyLock<demarche::core::syntax::Analyzer> =
    LazyLock::new(|| knowledge::syntax().expect("the built-in model loads"));

fn read(text: &str) -> Document {
    ANALYZER.analyze(text)
}

/// The tokens, each followed by a space.
fn tokens(text: &str) -> String {
    let table = knowledge::abbreviations().expect("the built-in table loads");
    tokenize(text, &table).iter().map(|t| t.span.of(text)).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_are_cut_as_the_treebanks_cut_them() {
    let cases = [
        ("The minister didn't resign.", "The minister did n't resign ."),
        ("Norway's cannot; it’s Oslo’s.", "Norway 's can not ; it ’s Oslo ’s ."),
        ("“We won’t,” she said (twice).", "“ We wo n’t , ” she said ( twice ) ."),
        ("Gen. A. B. Okoro met Lt. Col. Ruiz.", "Gen. A. B. Okoro met Lt. Col. Ruiz ."),
        ("It paid $5.2m, or 3,400 euros, at 7:30pm.", "It paid $ 5.2 m , or 3,400 euros , at 7:30 pm ."),
        ("an Asia-Pacific ex-envoy's non-aligned e-mail", "an Asia - Pacific ex-envoy 's non-aligned e-mail"),
        ("Resolution No. 10 passed. No. Never!", "Resolution No. 10 passed . No . Never !"),
        (
            "See https://example.org/a-b?c=1, or write to desk@example.org.",
            "See https://example.org/a-b?c=1 , or write to desk@example.org .",
        ),
        ("the U.S.–China talks—again…", "the U.S. – China talks — again …"),
        ("US$40bn and/or 50%", "US $ 40 bn and / or 50 %"),
    ];
    for (text, expected) in cases {
        assert_eq!(tokens(text), expected, "{text}");
    }
}

#[test]
fn sentences_end_where_readers_stop() {
    let cases: [(&str, &[&str]); 11] = [
        ("The talks failed. Both sides left.", &["The talks failed.", "Both sides left."]),
        (
            "Gen. Okoro met Dr. Lunde in the U.S. capital. He left.",
            &["Gen. Okoro met Dr. Lunde in the U.S. capital.", "He left."],
        ),
        ("Troops left the U.S. The move was late.", &["Troops left the U.S.", "The move was late."]),
        ("“We will sign. We must,” he said. “When?”", &["“We will sign.", "We must,” he said.", "“When?”"]),
        (
            "Resolution No. 10 passed. Was it late? Yes!",
            &["Resolution No. 10 passed.", "Was it late?", "Yes!"],
        ),
        ("Rivals Sign Truce\n\nThe rivals signed.", &["Rivals Sign Truce", "The rivals signed."]),
        (
            "He paid 3.5 million. It was J. P. Morel's idea.",
            &["He paid 3.5 million.", "It was J. P. Morel's idea."],
        ),
        (
            "\"Is it over?\" she asked. \"It is.\" They left.",
            &["\"Is it over?\" she asked.", "\"It is.\"", "They left."],
        ),
        (
            "New Bridge Opens Tuesday, March 3, 2015 The bridge opened.",
            &["New Bridge Opens", "Tuesday, March 3, 2015", "The bridge opened."],
        ),
        ("Adam M. Walton left.", &["Adam M. Walton left."]),
        (
            "the mail was wrapped by hand\nand so it goes on here\nuntil it ends. Then more\ncomes.",
            &["the mail was wrapped by hand\nand so it goes on here\nuntil it ends.", "Then more\ncomes."],
        ),
    ];
    for (text, expected) in cases {
        let document = read(text);
        let found: Vec<&str> = document.sentences.iter().map(|s| s.span.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn datelines_and_headings_are_told_apart() {
    let text =
        "Envoys Return\n\nOSLO, Norway (ABC) — The envoys returned on Monday.\n\nMOSCOW: The envoy left.";
    let document = read(text);
    let kinds: Vec<SentenceKind> = document.sentences.iter().map(|s| s.kind).collect();
    assert_eq!(kinds, [SentenceKind::Heading, SentenceKind::Prose, SentenceKind::Prose]);
    let datelines: Vec<&str> =
        document.sentences.iter().map(|s| s.dateline.map_or("", |d| d.of(text))).collect();
    assert_eq!(datelines, ["", "OSLO, Norway (ABC) —", "MOSCOW:"]);
    let paragraphs: Vec<u32> = document.sentences.iter().map(|s| s.paragraph).collect();
    assert_eq!(paragraphs, [0, 1, 2]);
}

/// `relation(head, dependent)` for every arc, by lemma-free forms.
fn has(text: &str, relation: &str, head: &str, dependent: &str) -> bool {
    let relation = Deprel::parse(relation).expect("a relation");
    read(text).sentences.iter().any(|s| {
        s.tokens.iter().any(|t| {
            t.deprel == relation
                && t.span.of(text) == dependent
                && t.head.is_some_and(|h| s.token(h).span.of(text) == head)
        })
    })
}

#[test]
fn trees_say_who_did_what_to_whom() {
    let cases = [
        ("The president criticised the general.", "nsubj", "criticised", "president"),
        ("The president criticised the general.", "obj", "criticised", "general"),
        ("Two soldiers were killed by rebels on Friday.", "nsubj:pass", "killed", "soldiers"),
        ("Two soldiers were killed by rebels on Friday.", "obl:agent", "killed", "rebels"),
        ("France and Germany signed a treaty.", "conj", "France", "Germany"),
        ("The minister said that talks would begin.", "ccomp", "said", "begin"),
        ("Turkey's foreign minister arrived in Riga.", "nmod:poss", "minister", "Turkey"),
    ];
    for (text, relation, head, dependent) in cases {
        assert!(
            has(text, relation, head, dependent),
            "{relation}({head}, {dependent}) in: {text}\n{:?}",
            read(text)
        );
    }
}

/// One root, no cycle, spans in order on character boundaries.
fn is_sound(text: &str) {
    let document = read(text);
    let mut last = 0;
    for sentence in &document.sentences {
        assert_eq!(sentence.tokens.iter().filter(|t| t.head.is_none()).count(), 1);
        assert!(sentence.tokens.len() <= demarche::core::text::LONGEST_SENTENCE);
        for (i, token) in sentence.tokens.iter().enumerate() {
            assert!(token.span.begin >= last && !token.span.is_empty());
            assert!(!token.span.of(text).is_empty(), "a span off the character boundaries");
            last = token.span.end;
            assert!(sentence.ancestors(i as u32).take(500).count() < 500, "a cycle");
        }
    }
    let shown: usize = text.chars().filter(|c| c.is_alphanumeric()).count();
    let covered: usize = document
        .sentences
        .iter()
        .flat_map(|s| &s.tokens)
        .map(|t| t.span.of(text).chars().filter(|c| c.is_alphanumeric()).count())
        .sum();
    assert_eq!(shown, covered, "letters are lost");
}

#[test]
fn any_text_has_trees() {
    let cases = [
        String::new(),
        " \n\t\u{0}\u{200f}".to_owned(),
        "(".repeat(10_000),
        "(((".repeat(10_000) + &")".repeat(10_000),
        "word ".repeat(20_000),
        "a".repeat(100_000),
        "don't".repeat(20_000),
        "\u{202e}olleh\u{202c} 👩‍👩‍👧‍👦 e\u{301}e\u{301} \u{0}x\u{0}".repeat(500),
        ".".repeat(50_000),
        ". A".repeat(20_000),
        "\"'".repeat(20_000),
        "İSTANBUL’DAki ǅ ŉ ß ﬁ".repeat(100),
        "-–—".repeat(9_000),
    ];
    for text in cases {
        is_sound(&text);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]
    #[test]
    fn random_text_has_trees(text in "\\PC{0,300}") {
        is_sound(&text);
    }

    #[test]
    fn random_news_has_trees(words in proptest::collection::vec("[A-Za-z.,'’“”\"():;!?0-9$%—\\-\n ]{1,9}", 0..200)) {
        is_sound(&words.join(" "));
    }
}

#[test]
fn a_damaged_model_is_refused_with_a_reason() {
    use demarche::core::syntax::{Model, ModelError};
    let file = std::fs::read("models/syntax.bin").expect("the model lies beside the source");
    assert!(Model::read(&file).is_ok());
    assert_eq!(Model::read(b"no model").err(), Some(ModelError::Magic));
    assert_eq!(Model::read(&file[..file.len() / 2]).err(), Some(ModelError::Checksum));
    let mut other = file.clone();
    other[4] = 99;
    assert_eq!(Model::read(&other).err(), Some(ModelError::Version(99)));
    let mut damaged = file;
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    let error = Model::read(&damaged).expect_err("refused");
    assert!(error.to_string().contains("checksum"), "{error}");
}

#[test]
fn voices_agree() {
    let cases = [
        ("The convoy was attacked by gunmen near the border.", "obl:agent", "attacked", "gunmen"),
        ("The convoy was attacked by gunmen near the border.", "nsubj:pass", "attacked", "convoy"),
        ("A deal brokered by Qatar collapsed.", "obl:agent", "brokered", "Qatar"),
    ];
    for (text, relation, head, dependent) in cases {
        assert!(
            has(text, relation, head, dependent),
            "{relation}({head}, {dependent}) in: {text}\n{:?}",
            read(text)
        );
    }
    let text = "The pact will be signed by Friday.";
    assert!(!has(text, "obl:agent", "signed", "Friday"), "a day signs nothing");
}

/// The word that leads the first sentence, with its Penn tag.
fn leader(text: &str) -> String {
    let document = read(text);
    let token = document.sentences[0].token(document.sentences[0].root());
    format!("{}/{}", token.span.of(text), token.xpos.name())
}

#[test]
fn verbs_that_the_treebanks_lack_lead_their_sentences() {
    let cases = [
        ("The Netherlands lifted restrictions against Belarus.", "lifted/VBD"),
        (
            "Oslo, which was told only after the raid had ended, criticised Ankara for its silence.",
            "criticised/VBD",
        ),
        ("Lisbon castigated the bloc over the tariffs.", "castigated/VBD"),
        ("Rebels shelled the harbour.", "shelled/VBD"),
        ("Two unions boycotted the vote.", "boycotted/VBD"),
        ("Harare recognises the new cabinet.", "recognises/VBZ"),
        ("Khartoum charged that troops had crossed the river.", "charged/VBD"),
    ];
    for (text, expected) in cases {
        assert_eq!(leader(text), expected, "{text}");
    }
}

#[test]
fn headlines_have_verbs() {
    for (text, expected) in [
        ("Minsk blocks Signal", "blocks/VBZ"),
        ("Tbilisi police turn tear gas on marchers", "turn/VBP"),
        ("Envoys of six states", "Envoys/NNS"),
    ] {
        assert_eq!(leader(text), expected, "{text}");
    }
}

#[test]
fn offensives_are_nouns_where_they_are_launched() {
    let text = "The army launched an offensive near the border.";
    let document = read(text);
    let sentence = &document.sentences[0];
    let object = sentence.child(sentence.root(), Deprel::Obj).expect("an object");
    assert_eq!(sentence.token(object).span.of(text), "offensive");
    assert_eq!(sentence.token(object).xpos.name(), "NN");
}

#[test]
fn who_acts_on_a_participle_stands_behind_by() {
    for (text, agent) in [
        ("The convoy was stopped by those in power.", "those"),
        ("Three members were named by one of the founders.", "one"),
        ("Written by a former minister", "minister"),
    ] {
        let document = read(text);
        let tokens = &document.sentences[0].tokens;
        let found: Vec<&str> =
            tokens.iter().filter(|t| t.deprel == Deprel::OblAgent).map(|t| t.span.of(text)).collect();
        assert_eq!(found, [agent], "{text}");
    }
}
