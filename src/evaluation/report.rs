//! Tables of measures: for the terminal, for machines, for docs/evaluation.md.

use super::score::Verdict;
use super::tally::Count;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write;

/// One measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What is measured.
    pub name: String,
    /// On how many.
    pub n: u32,
    /// Per cent, where it makes sense.
    pub precision: Option<f64>,
    /// Per cent, where it makes sense.
    pub recall: Option<f64>,
    /// The measure: F1, accuracy, … per cent unless the table says otherwise.
    pub value: f64,
    /// 95 % interval of `value`, where it was computed.
    pub interval: Option<(f64, f64)>,
}

impl Row {
    /// A single figure.
    pub fn value(name: impl Into<String>, n: usize, value: f64) -> Row {
        Row { name: name.into(), n: n as u32, precision: None, recall: None, value, interval: None }
    }

    /// Precision, recall and F1 of a count, per cent; for decisions (as many given as wanted) the accuracy alone.
    pub fn of(name: impl Into<String>, count: Count, interval: Option<(f64, f64)>) -> Row {
        let decision = count.given == count.wanted && count.precision() == count.recall();
        let both = (!decision).then_some((100.0 * count.precision(), 100.0 * count.recall()));
        Row {
            name: name.into(),
            n: count.wanted,
            precision: both.map(|pair| pair.0),
            recall: both.map(|pair| pair.1),
            value: 100.0 * count.f1(),
            interval: interval.map(|(low, high)| (100.0 * low, 100.0 * high)),
        }
    }
}

/// Measures that belong together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// What the table is about.
    pub title: String,
    /// How to read it: the task, the data, what counts as right.
    pub note: String,
    /// The measures.
    pub rows: Vec<Row>,
}

impl Table {
    /// An empty table.
    pub fn new(title: impl Into<String>, note: impl Into<String>) -> Table {
        Table { title: title.into(), note: note.into(), rows: Vec::new() }
    }
}

/// A whole evaluation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// What was evaluated: version, commit, hashes of tables and models.
    pub subject: BTreeMap<String, String>,
    /// The measures.
    pub tables: Vec<Table>,
    /// Per corpus item, how each event fared; empty for the test part, which is scored but not read.
    pub items: BTreeMap<String, Vec<Verdict>>,
    /// Data sets that were asked for and are not here.
    pub skipped: Vec<String>,
}

impl Report {
    /// For a person at a terminal.
    pub fn terminal(&self) -> String {
        let mut out = String::new();
        for table in &self.tables {
            let _ = writeln!(out, "\n{}\n{}", table.title, table.note);
            let mut grid = comfy_table::Table::new();
            grid.load_style(comfy_table::presets::NOTHING);
            grid.set_header(["", "n", "P", "R", "F1 or value", "95 %"]);
            for row in &table.rows {
                grid.add_row(row.cells());
            }
            for column in grid.column_iter_mut().skip(1) {
                column.set_cell_alignment(comfy_table::CellAlignment::Right);
            }
            let _ = writeln!(out, "{grid}");
        }
        for skipped in &self.skipped {
            let _ = writeln!(out, "skipped: {skipped}");
        }
        out
    }

    /// For docs/evaluation.md.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        for (name, value) in &self.subject {
            let _ = writeln!(out, "* {name}: `{value}`");
        }
        for table in &self.tables {
            let _ = writeln!(out, "\n## {}\n\n{}\n", table.title, table.note);
            let _ = writeln!(out, "| | n | P | R | F1 or value | 95 % |\n|---|---:|---:|---:|---:|---:|");
            for row in &table.rows {
                let _ = writeln!(out, "| {} |", row.cells().join(" | "));
            }
        }
        if !self.skipped.is_empty() {
            let _ = writeln!(out, "\n## Skipped\n");
            for skipped in &self.skipped {
                let _ = writeln!(out, "* {skipped}");
            }
        }
        out
    }
}

impl Row {
    fn cells(&self) -> [String; 6] {
        let figure = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.1}"));
        let interval = self.interval.map_or(String::new(), |(low, high)| format!("{low:.1}–{high:.1}"));
        [
            self.name.clone(),
            self.n.to_string(),
            figure(self.precision),
            figure(self.recall),
            figure(Some(self.value)),
            interval,
        ]
    }
}

/// What changed between two reports, item by item: lost verdicts with `-`, new ones with `+`, and the rows that moved.
pub fn compare(old: &Report, new: &Report) -> String {
    let mut out = String::new();
    for table in &new.tables {
        let Some(before) = old.tables.iter().find(|other| other.title == table.title) else { continue };
        for row in &table.rows {
            let Some(was) = before.rows.iter().find(|other| other.name == row.name) else { continue };
            if (row.value - was.value).abs() >= 0.05 {
                let _ = writeln!(
                    out,
                    "{:+6.1}  {:5.1} → {:5.1}  {} · {}",
                    row.value - was.value,
                    was.value,
                    row.value,
                    table.title,
                    row.name
                );
            }
        }
    }
    for (id, verdicts) in &new.items {
        let empty = Vec::new();
        let before = old.items.get(id).unwrap_or(&empty);
        let mut lines = Vec::new();
        for verdict in before.iter().filter(|verdict| !verdicts.contains(verdict)) {
            lines.push(format!("  - {verdict}"));
        }
        for verdict in verdicts.iter().filter(|verdict| !before.contains(verdict)) {
            lines.push(format!("  + {verdict}"));
        }
        if !lines.is_empty() {
            let _ = writeln!(out, "\n{id}\n{}", lines.join("\n"));
        }
    }
    out
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let wrong = if self.wrong.is_empty() { "right".to_string() } else { self.wrong.join(", ") };
        match (self.gold.is_empty(), self.predicted.is_empty()) {
            (true, _) => write!(f, "[false] {}", self.predicted),
            (_, true) => write!(f, "[missed] {}", self.gold),
            _ => write!(f, "[{wrong}] {} ⇐ {}", self.gold, self.predicted),
        }
    }
}
