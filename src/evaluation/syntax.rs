//! Scores the analyzer on a treebank: from raw text, and with the gold sentences and tokens given.

use super::conll::{Counts, Scores};
use super::conllu::{GoldSentence, Treebank};
use super::report::{Row, Table};
use crate::core::pipeline::Pipeline;
use crate::core::syntax::{Analyzer, Deprel, Document, Sentence, SentenceKind};
use crate::core::text::Span;
use crate::knowledge;
use std::path::Path;

/// The relations that events hang on.
pub const OF_EVENTS: &[Deprel] = &[
    Deprel::Nsubj,
    Deprel::Obj,
    Deprel::NsubjPass,
    Deprel::OblAgent,
    Deprel::Ccomp,
    Deprel::Xcomp,
    Deprel::Conj,
    Deprel::Nmod,
];

/// The analysis of a treebank's gold sentences and words.
pub fn with_gold_words(bank: &Treebank, analyzer: &Analyzer) -> Document {
    let sentence = |gold: &GoldSentence| {
        let spans: Vec<Span> = gold.words.iter().map(|word| word.span).collect();
        let tokens = analyzer.analyze_tokens(&bank.text, &spans);
        Sentence::new(gold.span, 0, SentenceKind::Prose, None, tokens)
    };
    Document { sentences: bank.sentences.iter().map(sentence).collect(), cut_sentences: 0 }
}

/// Both ways of scoring as rows; `genre` limits the count to one genre, empty = all.
pub fn rows(bank: &Treebank, analyzer: &Analyzer, genre: &str) -> Vec<Row> {
    let keep = |sentence: &GoldSentence| genre.is_empty() || sentence.genre == genre;
    let raw = Scores::of(bank, &analyzer.analyze(&bank.text), keep);
    let gold = Scores::of(bank, &with_gold_words(bank, analyzer), keep);
    let row = |name: &str, counts: Counts| Row::value(name, counts.gold, counts.f1());
    let mut rows = vec![
        row("raw text: tokens", raw.tokens),
        row("raw text: sentences", raw.sentences),
        row("raw text: words", raw.words),
        row("raw text: UPOS", raw.upos),
        row("raw text: XPOS", raw.xpos),
        row("raw text: lemmas", raw.lemmas),
        row("raw text: UAS", raw.uas),
        row("raw text: LAS", raw.las),
    ];
    let none = Counts::default();
    for relation in OF_EVENTS {
        let counts = raw.relations.get(relation).copied().unwrap_or(none);
        rows.push(row(&format!("raw text: {}", relation.name()), counts));
    }
    rows.extend([
        row("gold words: UPOS", gold.upos),
        row("gold words: XPOS", gold.xpos),
        row("gold words: UAS", gold.uas),
        row("gold words: LAS", gold.las),
    ]);
    rows
}

/// The tables of EWT and GUM, `part` being `dev` or `test`.
///
/// # Errors
/// A treebank or model that does not read, in words.
pub fn tables(data: &Path, part: &str, analyzer: &Analyzer) -> Result<Vec<Table>, String> {
    let open = |name: &str| {
        Treebank::open(&data.join(format!("syntax/{name}-{part}.conllu"))).map_err(|error| error.to_string())
    };
    let note = "CoNLL 2018 F1: words aligned by characters; a relation counts with its governor and subtype";
    let table = |title: &str, rows| Table { title: format!("{title} {part}"), note: note.to_owned(), rows };
    let (ewt, gum) = (open("ewt")?, open("gum-open")?);
    Ok(vec![
        table("Syntax, UD English EWT", rows(&ewt, analyzer, "")),
        table("Syntax, UD English GUM (free genres)", rows(&gum, analyzer, "")),
        table("Syntax, UD English GUM news", rows(&gum, analyzer, "news")),
    ])
}

/// The test parts, for `demarche evaluate --only syntax`.
///
/// # Errors
/// As [`tables`].
pub fn score(data: &Path, _pipeline: &Pipeline) -> Result<Vec<Table>, String> {
    tables(data, "test", &knowledge::syntax().map_err(|error| error.to_string())?)
}
