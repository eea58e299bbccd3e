//! The public PLOVER pairs (plv_train): can the coder find who did what to whom when nobody marks the pair for it?
//!
//! Each row marks a source and a target in a sentence and gives the PLOVER root between them. End to end the marks are hidden: a pair counts as
//! found when some event's actor overlaps the source and a recipient (or, in reciprocal events, another actor) overlaps the target; of
//! several such events the most confident one answers. Where the set marks only one of the two, that one decides. Pairs not found are wrong. The set is older than the split of YIELD into CONCEDE and
//! RETREAT, so both count as YIELD.

use super::report::{Row, Table};
use super::tally::Count;
use crate::core::extraction::{Event, Participant};
use crate::core::ontology::EventType;
use crate::core::text::Span;
use std::collections::BTreeMap;
use std::path::Path;

/// A marked pair.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The set's own id of the sentence.
    pub id: String,
    /// The sentence, marks removed.
    pub text: String,
    /// Who did it; `None` where the set marks nobody.
    pub source: Option<Span>,
    /// To whom; `None` where the set marks nobody.
    pub target: Option<Span>,
    /// PLOVER root, CONCEDE and RETREAT being YIELD.
    pub root: String,
    /// 1–4.
    pub quad: u8,
}

/// Reads the pairs of a TSV file.
///
/// # Errors
/// What is wrong, with the line.
pub fn load(path: &Path) -> Result<Vec<Pair>, String> {
    let wrong = |line: u64, message: &str| format!("{}:{line}: {message}", path.display());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .from_path(path)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    let headers = reader.headers().map_err(|error| wrong(1, &error.to_string()))?.clone();
    let column = |name: &str| {
        headers.iter().position(|header| header == name).ok_or_else(|| wrong(1, &format!("no column {name}")))
    };
    let (id, quad, root, marked) =
        (column("sentence_id")?, column("quad")?, column("root")?, column("marked_sentence")?);
    let mut pairs = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| format!("{}: {error}", path.display()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let field = |index: usize| record.get(index).unwrap_or("");
        let (text, source, target) =
            unmark(field(marked)).ok_or_else(|| wrong(line, "neither <s>…</s> nor <t>…</t>"))?;
        let quad = field(quad).parse().map_err(|_| wrong(line, "quad is no number"))?;
        pairs.push(Pair { id: field(id).into(), text, source, target, root: field(root).into(), quad });
    }
    Ok(pairs)
}

/// Takes the marks out of a sentence: the plain text, the source and the target where they are marked; `None` where neither is.
fn unmark(marked: &str) -> Option<(String, Option<Span>, Option<Span>)> {
    let mut text = String::new();
    let mut at: [Option<usize>; 4] = [None; 4];
    let mut rest = marked;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        rest = &rest[open..];
        let mark = ["<s>", "</s>", "<t>", "</t>"].iter().position(|mark| rest.starts_with(mark));
        match mark {
            Some(mark) => {
                at[mark].get_or_insert(text.len());
                rest = &rest[if mark % 2 == 0 { 3 } else { 4 }..];
            }
            None => {
                text.push('<');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    let span = |open: Option<usize>, close: Option<usize>| {
        Some(Span::new(open?, close.filter(|&c| Some(c) >= open)?))
    };
    let (source, target) = (span(at[0], at[1]), span(at[2], at[3]));
    (source.is_some() || target.is_some()).then_some((text, source, target))
}

/// The root that a type is in this set.
pub fn root(event_type: EventType) -> &'static str {
    match event_type {
        EventType::Concede | EventType::Retreat => "YIELD",
        other => other.name(),
    }
}

/// The quad class that a type has in this set: YIELD is material cooperation.
fn quad(event_type: EventType) -> u8 {
    match event_type {
        EventType::Concede => EventType::Retreat.quad_class() as u8,
        other => other.quad_class() as u8,
    }
}

/// The event that answers a pair.
pub fn answer<'e>(pair: &Pair, events: &'e [Event]) -> Option<&'e Event> {
    let on = |list: &[Participant], span: Span| list.iter().any(|p| p.mention.overlaps(span));
    let answers = |event: &&Event| {
        let target = pair.target.is_none_or(|target| {
            on(&event.recipients, target) || event.recipients.is_empty() && on(&event.actors, target)
        });
        pair.source.is_none_or(|source| on(&event.actors, source)) && target
    };
    // Ties go to the first in the text.
    events
        .iter()
        .filter(answers)
        .reduce(|best, event| if event.confidence > best.confidence { event } else { best })
}

/// The table of the end-to-end task over what the coder answered: root and quad class a pair, `None` where it found no such pair.
pub fn table(title: &str, note: &str, pairs: &[Pair], answers: &[Option<EventType>]) -> Table {
    let mut table = Table::new(title, note);
    let found = answers.iter().flatten().count();
    table.rows.push(Row::value("pairs found", pairs.len(), 100.0 * found as f64 / pairs.len().max(1) as f64));
    let (mut roots, mut quads) = (BTreeMap::<&str, Count>::new(), BTreeMap::<u8, Count>::new());
    for (pair, answer) in pairs.iter().zip(answers) {
        tally(&mut roots, pair.root.as_str(), answer.map(root));
        tally(&mut quads, pair.quad, answer.map(quad));
    }
    // What nobody wanted (a type the set does not have) costs recall already; a macro mean is over the set's own classes.
    let macro_f1 = |counts: &mut dyn Iterator<Item = Count>| {
        let values: Vec<f64> = counts.filter(|count| count.wanted > 0).map(Count::f1).collect();
        100.0 * values.iter().sum::<f64>() / values.len().max(1) as f64
    };
    table.rows.push(Row::value("root macro-F1", pairs.len(), macro_f1(&mut roots.values().copied())));
    table.rows.push(Row::value("quad macro-F1", pairs.len(), macro_f1(&mut quads.values().copied())));
    for (root, count) in roots {
        table.rows.push(Row::of(root, count, None));
    }
    table
}

fn tally<K: Ord + Copy>(counts: &mut BTreeMap<K, Count>, wanted: K, given: Option<K>) {
    *counts.entry(wanted).or_default() +=
        Count { right: (given == Some(wanted)) as u32, given: 0, wanted: 1 };
    if let Some(given) = given {
        counts.entry(given).or_default().given += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_spans_even_when_they_nest() {
        let (text, source, target) = unmark("<s>The head of <t>the bank</t></s> < left").unwrap();
        assert_eq!(text, "The head of the bank < left");
        assert_eq!(source.unwrap().of(&text), "The head of the bank");
        assert_eq!(target.unwrap().of(&text), "the bank");
        assert!(unmark("no marks").is_none());
    }
}
