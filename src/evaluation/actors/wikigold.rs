//! Mention detection on wikigold: are persons and organisations of encyclopedic prose covered by mentions?

use crate::core::pipeline::Pipeline;
use crate::core::text::Span;
use crate::evaluation::report::{Row, Table};
use std::path::Path;

/// The share of marked persons, organisations and locations that some mention overlaps.
pub fn score(data: &Path, pipeline: &Pipeline) -> Result<Vec<Table>, String> {
    let path = data.join("ner/wikigold.conll");
    let file = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let tables = pipeline.tables();
    let mut counts = [("PER", [0usize; 2]), ("ORG", [0; 2]), ("LOC", [0; 2])];
    for block in file.split("\n\n") {
        let mut text = String::new();
        let mut marked: Vec<(Span, &str)> = Vec::new();
        let mut before = "O";
        for line in block.lines() {
            let Some((word, tag)) = line.split_once(' ') else { continue };
            if !text.is_empty() {
                text.push(' ');
            }
            let begin = text.len();
            text.push_str(word);
            let span = Span::new(begin, text.len());
            if let Some(kind) = tag.strip_prefix("I-") {
                match marked.last_mut() {
                    Some((open, _)) if before == tag => *open = open.join(span),
                    _ => marked.push((span, kind)),
                }
            }
            before = tag;
        }
        if marked.is_empty() {
            continue;
        }
        let document = tables.syntax.analyze(&text);
        let mentions = tables.actors.find(&text, &document, None);
        for (span, kind) in marked {
            for (name, count) in &mut counts {
                if *name == kind {
                    count[0] += 1;
                    count[1] += usize::from(mentions.list.iter().any(|m| m.span.overlaps(span)));
                }
            }
        }
    }
    let mut table = Table::new(
        "Names of wikigold",
        "Marked names that some mention overlaps. Most of its places and clubs are no actors and need no mention.",
    );
    for (name, [n, found]) in counts {
        table.rows.push(Row::value(name, n, 100.0 * found as f64 / n.max(1) as f64));
    }
    Ok(vec![table])
}
