//! Runs the pipeline over corpus items and gathers the tables.

use super::corpus::Item;
use super::report::{Row, Table};
use super::score::{ItemScore, Key, score};
use super::tally::{Count, bootstrap};
use crate::core::extraction::{Event, Options};
use crate::core::ontology::EventType;
use crate::core::text::Article;
use std::collections::{BTreeMap, BTreeSet};

/// How events are extracted; the evaluator does not care by what.
pub type Extract<'x> = dyn Fn(&Article, &Options) -> Vec<Event> + Sync + 'x;

/// What is delivered when measuring: everything but pure statements.
pub fn measured_options() -> Options {
    Options { include_negated: true, include_historical: true, ..Options::default() }
}

/// Scores every item, two at a time.
pub fn score_all(items: &[Item], extract: &Extract) -> Vec<ItemScore> {
    let options = measured_options();
    let one = |item: &Item| score(item, &extract(&item.article, &options));
    let (left, right) = items.split_at(items.len() / 2);
    std::thread::scope(|scope| {
        let left = scope.spawn(move || left.iter().map(one).collect::<Vec<_>>());
        let right: Vec<_> = right.iter().map(one).collect();
        let mut scores = left.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        scores.extend(right);
        scores
    })
}

/// The tables of scored items; `label` says which, e.g. "corpus test".
pub fn tables(label: &str, items: &[Item], scores: &[ItemScore]) -> Vec<Table> {
    let mut sums: BTreeMap<Key, Count> = BTreeMap::new();
    for score in scores {
        for (key, &count) in &score.counts {
            *sums.entry(key.clone()).or_default() += count;
        }
    }
    let interval = |key: &Key| {
        bootstrap(scores.len(), |sample| {
            sample.iter().filter_map(|&i| scores[i].counts.get(key)).copied().sum::<Count>().f1()
        })
    };
    let mut events = Table::new(
        format!("Events, {label}"),
        format!(
            "{} items, {} of them full articles, {} without events. Rows: an event found at all, with its type, with type and mode, and \
             wholly right (type, mode, participants with countries and sectors, date, place, status, attribution).",
            items.len(),
            items.iter().filter(|item| item.is_article()).count(),
            items.iter().filter(|item| item.events.is_empty()).count()
        ),
    );
    for row in ["detection", "type", "type and mode", "whole event"] {
        let key = ("event", row.to_string());
        let count = sums.get(&key).copied().unwrap_or_default();
        events.rows.push(Row::of(row, count, Some(interval(&key))));
    }
    let (value, bounds) = type_macro(scores);
    events
        .rows
        .push(Row { interval: Some(bounds), ..Row::value("type macro-F1", EventType::ALL.len() - 1, value) });
    let key = ("event", "false events on items without any".to_string());
    let none = sums.get(&key).copied().unwrap_or_default();
    events.rows.push(Row::value(
        "false events per 1,000 items without events",
        none.wanted as usize,
        1000.0 * none.right as f64 / none.wanted.max(1) as f64,
    ));
    let (error, _) = calibration(scores);
    events.rows.push(Row::value(
        "expected calibration error × 100",
        scores.iter().map(|s| s.calibration.len()).sum(),
        error,
    ));

    let mut fields = Table::new(
        format!("Fields of matched events, {label}"),
        "Judged on events that were found (whatever their type); accuracy where every case wants one answer, else P, R, F1.",
    );
    for (key, &count) in sums.iter().filter(|(key, _)| key.0 == "field") {
        fields.rows.push(Row::of(key.1.clone(), count, Some(interval(key))));
    }
    let plain = |table: &'static str, title: String, note: &str| {
        let mut out = Table::new(title, note);
        for (key, &count) in sums.iter().filter(|(key, _)| key.0 == table) {
            out.rows.push(Row::of(key.1.clone(), count, None));
        }
        out
    };
    let mut reliability = Table::new(
        format!("Calibration, {label}"),
        "Predicted events by confidence: how many, and how many of them match a gold event of that type (value, per cent).",
    );
    for (low, n, right) in calibration(scores).1 {
        reliability.rows.push(Row::value(
            format!("{low:.1}–{:.1}", low + 0.1),
            n,
            100.0 * right as f64 / n.max(1) as f64,
        ));
    }
    vec![
        events,
        fields,
        plain("type", format!("Types, {label}"), "Found with the right type, one to one."),
        plain("mode", format!("Modes, {label}"), "Found with the right type and mode."),
        plain(
            "phenomenon (type found)",
            format!("Phenomena, {label}"),
            "Type found, on items with that tag.",
        ),
        reliability,
    ]
}

/// Macro-F1 over the types that the gold has, per cent, with its 95 % interval.
fn type_macro(scores: &[ItemScore]) -> (f64, (f64, f64)) {
    let types: BTreeSet<&str> = EventType::ALL.iter().map(|event_type| event_type.name()).collect();
    let compact: Vec<BTreeMap<&str, Count>> = scores
        .iter()
        .map(|score| {
            let of_type = score.counts.iter().filter(|(key, _)| key.0 == "type");
            of_type.map(|(key, &count)| (key.1.as_str(), count)).collect()
        })
        .collect();
    let value = |sample: &mut dyn Iterator<Item = usize>| {
        let mut sums: BTreeMap<&str, Count> = types.iter().map(|&name| (name, Count::default())).collect();
        for i in sample {
            for (name, &count) in &compact[i] {
                *sums.entry(name).or_default() += count;
            }
        }
        let values: Vec<f64> =
            sums.values().filter(|count| count.wanted > 0).map(|count| count.f1()).collect();
        values.iter().sum::<f64>() / values.len().max(1) as f64
    };
    let (low, high) = bootstrap(scores.len(), |sample| value(&mut sample.iter().copied()));
    (100.0 * value(&mut (0..scores.len())), (100.0 * low, 100.0 * high))
}

/// Expected calibration error × 100 over ten bins, and per bin: lower bound, events, right ones.
fn calibration(scores: &[ItemScore]) -> (f64, Vec<(f64, usize, usize)>) {
    let mut bins = vec![(0usize, 0usize, 0.0f64); 10];
    for &(confidence, right) in scores.iter().flat_map(|score| &score.calibration) {
        let bin = &mut bins[((confidence * 10.0) as usize).min(9)];
        bin.0 += 1;
        bin.1 += right as usize;
        bin.2 += confidence as f64;
    }
    let total: usize = bins.iter().map(|bin| bin.0).sum();
    let gaps: f64 = bins.iter().map(|&(_, right, sum)| (right as f64 - sum).abs()).sum();
    let rows = bins.iter().enumerate().filter(|(_, bin)| bin.0 > 0);
    let rows = rows.map(|(i, bin)| (i as f64 / 10.0, bin.0, bin.1)).collect();
    (100.0 * gaps / total.max(1) as f64, rows)
}
