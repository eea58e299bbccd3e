//! All mentions of an article: phrases around their heads, the names that modify them, and the links between them.

use super::corefer;
use super::describe::{Draft, Reader, name_head};
use super::office::LATEST;
use super::phrase;
use super::scan::Scan;
use super::tables::{Actors, Sense};
use super::{Form, Mentions};
use crate::core::syntax::{Deprel, Document, Sentence, TokenRef, Upos};
use crate::core::text::Span;
use jiff::civil::Date;
use std::cell::OnceCell;

/// A mention with what its phrase says, before links are made.
pub(super) struct Found {
    pub head: TokenRef,
    pub span: Span,
    pub draft: Draft,
    pub locative: bool,
}

/// Mentions beyond these are not taken up: a bound on the memory of one article.
const MOST: usize = 20_000;

impl Actors {
    /// Finds and resolves every mention of the article; `on` is its day, against which offices are read. Cost is linear in the
    /// text. Without a day the last known offices count.
    pub fn find(&self, text: &str, document: &Document, on: Option<Date>) -> Mentions {
        self.find_watched(text, document, on, &mut |_, _, _| ())
    }

    /// The same, and `watch` sees every description whose country its surroundings must tell, with the choices and what speaks for each:
    /// for whoever fits the weights.
    pub fn find_watched(
        &self,
        text: &str,
        document: &Document,
        on: Option<Date>,
        watch: corefer::Watch<'_>,
    ) -> Mentions {
        let reader = Reader { actors: self, text, document, on, vocabulary: OnceCell::new() };
        let mut found: Vec<Found> = Vec::new();
        for (i, sentence) in document.sentences.iter().enumerate() {
            if found.len() > MOST {
                break;
            }
            of_sentence(&reader, i as u32, sentence, &mut found);
        }
        found.sort_by_key(|found| {
            (found.head.sentence, found.span.begin, std::cmp::Reverse(found.span.end), found.head.token)
        });
        corefer::link(&reader, found, watch)
    }

    /// The day that stands for today where an article gives none.
    pub fn latest() -> Date {
        LATEST
    }
}

fn of_sentence(reader: &Reader<'_>, index: u32, sentence: &Sentence, found: &mut Vec<Found>) {
    let scan = Scan::of(reader.actors, reader.text, sentence);
    let mut taken = vec![false; sentence.tokens.len()];
    for token in 0..sentence.tokens.len() as u32 {
        let word = sentence.token(token);
        // Possessive pronouns are nominals, whatever their tag.
        let possessive = word.deprel == Deprel::NmodPoss && word.xpos == crate::core::syntax::Xpos::PRPS;
        if !phrase::is_head(sentence, token) && !possessive {
            continue;
        }
        // The tree may break a name of several words: one mention all the same.
        if scan
            .name_at(token)
            .is_some_and(|name| name.end - name.begin > 1 && name_head(sentence, name) != token)
        {
            continue;
        }
        let around = scan.widen(reader.actors, sentence, phrase::around(sentence, token));
        let Some(draft) = reader.describe(sentence, &scan, around) else { continue };
        taken[token as usize] = true;
        let locative = draft.form != Form::Pronoun && locative(sentence, token);
        found.push(Found {
            head: TokenRef { sentence: index, token },
            span: around.span(sentence),
            draft,
            locative,
        });
    }
    // "Uzbek soldiers" where the tree took the soldiers for something else: a people and a role side by side are a party.
    let mut covered = vec![false; sentence.tokens.len()];
    for found in found.iter().rev().take_while(|found| found.head.sentence == index) {
        let first = sentence.tokens.partition_point(|token| token.span.begin < found.span.begin);
        let last = sentence.tokens.partition_point(|token| token.span.begin < found.span.end);
        covered[first..last.max(first)].fill(true);
    }
    for role in &scan.roles {
        let head = role.end - 1;
        let Some(before) = role.begin.checked_sub(1).filter(|_| !covered[head as usize]) else { continue };
        let Some(name) = scan.name_at(before) else { continue };
        let noun = matches!(sentence.token(head).upos, Upos::Noun | Upos::Propn);
        let land = name
            .senses
            .iter()
            .any(|sense| matches!(sense, Sense::Adjective(_) | Sense::Capital(_) | Sense::Town(_)));
        if !noun || !land || name.end != role.begin || taken[head as usize] {
            continue;
        }
        let around = phrase::Phrase { head, first: name.begin, last: head, name_last: head };
        let Some(draft) = reader.describe(sentence, &scan, around) else { continue };
        taken[head as usize] = true;
        found.push(Found {
            head: TokenRef { sentence: index, token: head },
            span: around.span(sentence),
            draft,
            locative: false,
        });
    }
    // Names inside phrases: "Russian" in "a Russian attack", "Hamas" in "Hamas fighters".
    for name in &scan.names {
        let head = name_head(sentence, name);
        if taken[head as usize]
            || name.senses.iter().all(|sense| matches!(sense, Sense::Person(_)))
                && inside_name(sentence, head)
        {
            continue;
        }
        let Some(mut identity) = reader.name(name, sentence, true, None) else { continue };
        if matches!(name.tie, super::scan::Tie::Other) {
            identity.reason = smol_str::SmolStr::new_static("demonym of another party");
        }
        taken[head as usize] = true;
        let place = name.senses.iter().any(|s| matches!(s, Sense::Capital(_) | Sense::Town(_)))
            && scan.role_at(sentence.token(head).head.unwrap_or(head)).is_none();
        let span = sentence.token(name.begin).span.join(sentence.token(name.end - 1).span);
        found.push(Found {
            head: TokenRef { sentence: index, token: head },
            span,
            draft: Draft::new(identity, Form::Modifier),
            locative: place || locative(sentence, head),
        });
    }
}

/// Whether the token is a later word of a name that another token heads.
fn inside_name(sentence: &Sentence, token: u32) -> bool {
    matches!(sentence.token(token).deprel, Deprel::Flat | Deprel::Goeswith)
}

/// Whether the phrase stands after a preposition of place, motion included.
fn locative(sentence: &Sentence, head: u32) -> bool {
    let word = sentence.token(head);
    if !matches!(
        word.deprel,
        Deprel::Obl | Deprel::Nmod | Deprel::Conj | Deprel::Advmod | Deprel::Appos | Deprel::OblUnmarked
    ) {
        return false;
    }
    // A conjunct shares the preposition of the first.
    let carrier = if word.deprel == Deprel::Conj && sentence.child(head, Deprel::Case).is_none() {
        word.head.unwrap_or(head)
    } else {
        head
    };
    sentence.children_by(carrier, Deprel::Case).any(|case| {
        let case = sentence.token(case);
        case.upos == Upos::Adp
            && matches!(
                case.lemma.as_str(),
                "in" | "at"
                    | "near"
                    | "outside"
                    | "inside"
                    | "around"
                    | "across"
                    | "through"
                    | "into"
                    | "throughout"
                    | "toward"
                    | "towards"
                    | "over"
                    | "off"
                    | "onto"
                    | "within"
                    | "to"
                    | "from"
                    | "along"
                    | "beyond"
            )
    })
}
