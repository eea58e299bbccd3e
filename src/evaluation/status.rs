//! UDS-IH2 factuality: is a predicate, as its sentence tells it, a fact, a counterfact or neither?
//!
//! The set gives each predicate a score from −3 (surely did not happen) to 3 (surely did), averaged over annotators. Our status is a label,
//! so two things are measured: the three-way label (score below −1: did not; above 1: did; else open), and the correlation of the score with
//! the mean score that each of our labels has on the *train* part, which is how the literature reports (r; 0.77 and more for neural models).

use super::report::{Row, Table};
use super::tally::Count;
use crate::core::events::status::signs;
use crate::core::ontology::Status;
use crate::core::pipeline::Pipeline;
use crate::core::text::Span;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Line {
    text: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    /// Tokens of the text, split at blanks, half-open.
    span1: (usize, usize),
    label: f64,
}

/// A predicate: its gold score and our label; `None` where our tokens do not meet it.
type Judged = (f64, Option<Status>);

/// Scores the test part; the train part only sets the score that each label stands for.
pub fn score(data: &Path, pipeline: &Pipeline) -> Result<Vec<Table>, String> {
    let train = judge(&data.join("status/uds_ih2-train.jsonl"), pipeline)?;
    let mut means: BTreeMap<Option<Status>, (f64, u32)> = BTreeMap::new();
    for &(gold, label) in &train {
        let mean = means.entry(label).or_default();
        mean.0 += gold;
        mean.1 += 1;
    }
    let mut tables = Vec::new();
    for part in ["dev", "test"] {
        let judged = judge(&data.join(format!("status/uds_ih2-{part}.jsonl")), pipeline)?;
        let predicted: Vec<f64> = judged
            .iter()
            .map(|(_, label)| means.get(label).map_or(0.0, |&(sum, n)| sum / n.max(1) as f64))
            .collect();
        let gold: Vec<f64> = judged.iter().map(|&(gold, _)| gold).collect();
        let mut table = Table::new(
            format!("Status of predicates, UDS-IH2 {part}"),
            "Factuality of any predicate of web text, not only of events. Three-way F1 a class; accuracy; Pearson's r × 100 of the score.",
        );
        let mut classes: BTreeMap<&str, Count> = BTreeMap::new();
        for &(gold, label) in &judged {
            let wanted = class_of_score(gold);
            let given = label.map_or("open", class_of_status);
            classes.entry(wanted).or_default().wanted += 1;
            let count = classes.entry(given).or_default();
            count.given += 1;
            count.right += (given == wanted) as u32;
        }
        let right: u32 = classes.values().map(|count| count.right).sum();
        let n = judged.len() as u32;
        table.rows.push(Row::of("accuracy, three classes", Count { right, given: n, wanted: n }, None));
        for (class, count) in classes {
            table.rows.push(Row::of(class, count, None));
        }
        table.rows.push(Row::value("Pearson's r × 100", judged.len(), 100.0 * pearson(&gold, &predicted)));
        tables.push(table);
    }
    Ok(tables)
}

fn class_of_score(score: f64) -> &'static str {
    match score {
        score if score > 1.0 => "did happen",
        score if score < -1.0 => "did not happen",
        _ => "open",
    }
}

fn class_of_status(status: Status) -> &'static str {
    match status {
        Status::Occurred | Status::Ongoing | Status::Historical => "did happen",
        Status::Negated => "did not happen",
        Status::Future | Status::Hypothetical => "open",
    }
}

fn judge(file: &Path, pipeline: &Pipeline) -> Result<Vec<Judged>, String> {
    let body = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut judged = Vec::new();
    for (number, line) in body.lines().enumerate() {
        let line: Line = serde_json::from_str(line)
            .map_err(|error| format!("{}:{}: {error}", file.display(), number + 1))?;
        let document = pipeline.tables().syntax.analyze(&line.text);
        for target in line.targets {
            let label = blank_separated(&line.text, target.span1).and_then(|span| {
                document.sentences.iter().find_map(|sentence| {
                    let token = sentence.tokens.iter().position(|token| token.span.overlaps(span))?;
                    let token = token as u32;
                    Some(signs(&pipeline.tables().codebook, sentence, token, token).status())
                })
            });
            judged.push((target.label, label));
        }
    }
    Ok(judged)
}

/// The bytes of words `from..to` of a text split at single blanks.
fn blank_separated(text: &str, (from, to): (usize, usize)) -> Option<Span> {
    let mut starts = std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1));
    let begin = starts.nth(from)?;
    let length =
        text[begin..].split(' ').take(to.checked_sub(from)?).map(|word| word.len() + 1).sum::<usize>();
    Some(Span::new(begin, (begin + length.saturating_sub(1)).min(text.len())))
}

fn pearson(x: &[f64], y: &[f64]) -> f64 {
    let n = x.len().max(1) as f64;
    let (mean_x, mean_y) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(y) {
        xy += (x - mean_x) * (y - mean_y);
        xx += (x - mean_x).powi(2);
        yy += (y - mean_y).powi(2);
    }
    if xx == 0.0 || yy == 0.0 { 0.0 } else { xy / (xx * yy).sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_between_blanks() {
        let text = "He did n't go .";
        assert_eq!(blank_separated(text, (3, 4)).unwrap().of(text), "go");
        assert_eq!(blank_separated(text, (1, 3)).unwrap().of(text), "did n't");
        assert_eq!(blank_separated(text, (9, 10)), None);
    }

    #[test]
    fn a_line_correlates_with_itself() {
        assert!((pearson(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]) - 1.0).abs() < 1e-9);
        assert_eq!(pearson(&[1.0, 2.0], &[5.0, 5.0]), 0.0);
    }
}
