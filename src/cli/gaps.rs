//! `demarche codebook gaps`: of each gold event that was missed or coded otherwise, at which stage it was lost.

use super::Failure;
use crate::core::events::matching::{self, Misfit};
use crate::core::events::parties::Parties;
use crate::core::events::{coding, vetoes};
use crate::core::extraction::Event;
use crate::core::ontology::{EventType, Mode};
use crate::core::pipeline::Pipeline;
use crate::core::syntax::{Document, TokenRef};
use crate::evaluation::corpus::{self, GoldEvent, Item, Part};
use crate::evaluation::gold::measured_options;
use std::collections::BTreeMap;
use std::path::Path;

/// Lists the gaps of a part of the corpus, and how many there are of each kind.
pub fn list(pipeline: &Pipeline, folder: &Path, part: Part, only: &str) -> Result<(), Failure> {
    let items = corpus::load(folder, &[part])?;
    let mut kinds: BTreeMap<&'static str, u32> = BTreeMap::new();
    for item in items.iter().filter(|item| item.id.starts_with(only)) {
        let text = &item.article.text;
        let document = pipeline.tables().syntax.analyze(text);
        let events = pipeline.extract(&item.article, &measured_options()).events;
        let pairs = crate::evaluation::matching::assign(&item.events, &events);
        for (number, gold) in item.events.iter().enumerate() {
            let answer = pairs.iter().find(|pair| pair.0 == number).map(|pair| &events[pair.1]);
            if answer.is_some_and(|event| event.event_type == gold.event_type && event.mode == gold.mode) {
                continue;
            }
            let (kind, detail) = explain(pipeline, item, &document, gold, answer);
            *kinds.entry(kind).or_default() += 1;
            println!(
                "{kind}\t{}\t{}\t{}\t{}\n\t{}",
                code(gold.event_type, gold.mode),
                answer.map_or("missed".to_owned(), |event| format!(
                    "→ {} [{}] {}",
                    code(event.event_type, event.mode),
                    event.evidence[0].trigger.of(text),
                    event.evidence[0].reason
                )),
                item.id,
                detail,
                around(text, gold)
            );
        }
    }
    for (kind, count) in kinds {
        println!("{count:5} {kind}");
    }
    Ok(())
}

fn code(event_type: EventType, mode: Option<Mode>) -> String {
    mode.map_or(event_type.to_string(), |mode| format!("{event_type}-{mode}"))
}

/// The sentence or so around the trigger, which stands in brackets.
fn around(text: &str, gold: &GoldEvent) -> String {
    let span = gold.triggers[0];
    let (before, rest) = text.split_at(span.begin as usize);
    let (word, after) = rest.split_at((span.end - span.begin) as usize);
    let from = before.rfind(". ").map_or(0, |at| before[..at].rfind(". ").map_or(0, |at| at + 2));
    let to = after.find(". ").map_or(after.len(), |at| at + 1);
    format!("{}[{word}]{}", &before[from..], &after[..to]).replace('\n', " ¶ ")
}

/// Where the event got lost, and what was seen there.
fn explain(
    pipeline: &Pipeline,
    item: &Item,
    document: &Document,
    gold: &GoldEvent,
    answer: Option<&Event>,
) -> (&'static str, String) {
    let codebook = &pipeline.tables().codebook;
    let text = &item.article.text;
    let mentions = pipeline.tables().actors.find(text, document, item.article.published);
    let mut words: Vec<TokenRef> = Vec::new();
    for (s, sentence) in document.sentences.iter().enumerate() {
        for (t, token) in sentence.tokens.iter().enumerate() {
            if gold.triggers.iter().any(|span| span.overlaps(token.span)) {
                words.push(TokenRef { sentence: s as u32, token: t as u32 });
            }
        }
    }
    let mut detail = String::new();
    let mut kind = if answer.is_some() { "5 coded otherwise" } else { "1 no candidate" };
    let domains = vetoes::weights(codebook, document);
    for word in words {
        let sentence = &document.sentences[word.sentence as usize];
        if vetoes::vetoed(domains[word.sentence as usize]) {
            return ("0 sentence of another domain", String::new());
        }
        let token = sentence.token(word.token);
        detail.push_str(&format!(" | {}/{}/{}", token.lemma, token.xpos.name(), token.deprel.name()));
        let traces = coding::trace(codebook, document, &mentions, word.sentence);
        let mut read = false;
        for trace in traces.iter().filter(|trace| trace.trigger == word.token) {
            read = true;
            detail.push_str(&format!(" ({}: {})", trace.reason, trace.fate));
            if answer.is_none() {
                kind = match trace.fate {
                    "coded" => "4 coded, then lost",
                    _ => "3 read, not coded",
                };
            }
        }
        if read {
            continue;
        }
        let parties = Parties::of(&mentions, word.sentence, sentence);
        let misfits = matching::misfits(codebook, sentence, &parties, word.token);
        if !misfits.is_empty() && kind.starts_with('1') {
            kind = "2 no frame held";
        }
        for (entry, misfit) in misfits.into_iter().take(6) {
            let entry = &codebook.entries[entry as usize];
            let why = match misfit {
                Misfit::Words => format!("+{}", entry.with.join(" ")),
                Misfit::OtherObject => "object".to_owned(),
                Misfit::Slot(slot) => {
                    let slot = &entry.slots[slot];
                    format!("{:?} {:?} {:?}", slot.relation, slot.role, slot.filler)
                }
            };
            detail.push_str(&format!(" [{} {why}]", entry.source));
        }
    }
    (kind, detail)
}
