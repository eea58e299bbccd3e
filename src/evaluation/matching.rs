//! Which predicted event answers which gold event: candidates by evidence, then the optimal one-to-one assignment.
//!
//! A predicted event *may* answer a gold event when
//!
//! 1. one of its triggers overlaps one of the gold event's triggers ("met" and "met"), or
//! 2. one of its evidence sentences holds the gold trigger, and either the types agree or a participant overlaps.
//!
//! Among the candidates the assignment with the greatest total weight wins: 4 for a trigger in common, 3 for the same type, 1 for the
//! same mode, up to 2 for actors and 1 for recipients that overlap. What stays unassigned is a missed or a false event.
//!
//! Example: gold `CONSULT@met`, `SUPPORT@signed`; predicted `CONSULT@held talks` (same sentence, same type: candidate for the first,
//! weight 3 and more), `AGREE@signed` (trigger in common: candidate for the second, weight 4 and more, type wrong).

use super::corpus::{GoldEvent, GoldMention};
use crate::core::extraction::{Event, Participant};

/// Pairs (gold index, predicted index) of the best assignment, in gold order.
pub fn assign(gold: &[GoldEvent], predicted: &[Event]) -> Vec<(usize, usize)> {
    let size = gold.len().max(predicted.len());
    let mut weights = vec![vec![0.0; size]; size];
    for (row, gold) in weights.iter_mut().zip(gold) {
        for (cell, predicted) in row.iter_mut().zip(predicted) {
            *cell = weight(gold, predicted).unwrap_or(0.0);
        }
    }
    best_assignment(&weights)
        .into_iter()
        .enumerate()
        .filter(|&(g, p)| g < gold.len() && p < predicted.len() && weights[g][p] > 0.0)
        .collect()
}

/// How well a predicted event answers a gold event; `None` where it is no candidate.
fn weight(gold: &GoldEvent, predicted: &Event) -> Option<f64> {
    let evidence = &predicted.evidence;
    let trigger = evidence.iter().any(|evidence| gold.triggers.iter().any(|t| t.overlaps(evidence.trigger)));
    let sentence =
        evidence.iter().any(|evidence| gold.triggers.iter().any(|&t| evidence.sentence.contains(t)));
    let same_type = gold.event_type == predicted.event_type;
    let actors = share(&gold.actors, &predicted.actors);
    let recipients = share(&gold.recipients, &predicted.recipients);
    if !(trigger || sentence && (same_type || actors + recipients > 0.0)) {
        return None;
    }
    let mode = same_type && gold.mode == predicted.mode;
    let points = |yes: bool, points: f64| if yes { points } else { 0.0 };
    // The last term only makes every candidate count for something.
    Some(points(trigger, 4.0) + points(same_type, 3.0) + points(mode, 1.0) + 2.0 * actors + recipients + 0.01)
}

/// The share of gold mentions that some predicted participant overlaps, 0..1; 0 where there are none.
fn share(gold: &[GoldMention], predicted: &[Participant]) -> f64 {
    let found = gold.iter().filter(|mention| predicted.iter().any(|p| p.mention.overlaps(mention.span)));
    if gold.is_empty() { 0.0 } else { found.count() as f64 / gold.len() as f64 }
}

/// Overlapping pairs (gold index, predicted index) of mentions, one to one, longest overlap first.
pub fn pair_mentions(gold: &[GoldMention], predicted: &[Participant]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (g, mention) in gold.iter().enumerate() {
        for (p, participant) in predicted.iter().enumerate() {
            if mention.span.overlaps(participant.mention) {
                let overlap = mention.span.end.min(participant.mention.end)
                    - mention.span.begin.max(participant.mention.begin);
                let union = mention.span.join(participant.mention).len();
                candidates.push((overlap as f64 / union as f64, g, p));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, g, p) in candidates {
        if pairs.iter().all(|&(other_g, other_p)| other_g != g && other_p != p) {
            pairs.push((g, p));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// The assignment of rows to columns of a square matrix with the greatest total weight (Kuhn–Munkres with potentials, O(n³)).
fn best_assignment(weights: &[Vec<f64>]) -> Vec<usize> {
    let n = weights.len();
    // Rows and columns count from 1; 0 stands for "none".
    let (mut row_potential, mut column_potential) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    let mut row_of = vec![0; n + 1];
    for row in 1..=n {
        let mut slack = vec![f64::INFINITY; n + 1];
        let mut came_from = vec![0; n + 1];
        let mut visited = vec![false; n + 1];
        row_of[0] = row;
        let mut column = 0;
        loop {
            visited[column] = true;
            let (mut next, mut delta) = (0, f64::INFINITY);
            for candidate in (1..=n).filter(|&c| !visited[c]) {
                let cost = -weights[row_of[column] - 1][candidate - 1];
                let reduced = cost - row_potential[row_of[column]] - column_potential[candidate];
                if reduced < slack[candidate] {
                    slack[candidate] = reduced;
                    came_from[candidate] = column;
                }
                if slack[candidate] < delta {
                    delta = slack[candidate];
                    next = candidate;
                }
            }
            for c in 0..=n {
                if visited[c] {
                    row_potential[row_of[c]] += delta;
                    column_potential[c] -= delta;
                } else {
                    slack[c] -= delta;
                }
            }
            column = next;
            if row_of[column] == 0 {
                break;
            }
        }
        while column != 0 {
            row_of[column] = row_of[came_from[column]];
            column = came_from[column];
        }
    }
    let mut assignment = vec![0; n];
    for column in 1..=n {
        assignment[row_of[column] - 1] = column - 1;
    }
    assignment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_counts_more_than_the_first_choice() {
        // Greedy would take 5 + 0; the best is 4 + 4.
        assert_eq!(best_assignment(&[vec![5.0, 4.0], vec![4.0, 0.0]]), vec![1, 0]);
        assert_eq!(best_assignment(&[]), Vec::<usize>::new());
    }
}
