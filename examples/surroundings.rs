//! Writes what the weights of the surroundings are fitted to: `cargo run --example surroundings -- train > surroundings.tsv`; never the test part.
//!
//! One line a choice: item and mention, wanted country, the choice's country, its features.

use demarche::core::actors::SURROUNDINGS;
use demarche::evaluation::corpus::{self, Part};
use std::fmt::Write;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let part = if std::env::args().nth(1).as_deref() == Some("train") { Part::Train } else { Part::Develop };
    let pipeline = demarche::knowledge::load()?;
    let tables = pipeline.tables();
    let mut out = String::new();
    for item in corpus::load(Path::new("corpus"), &[part])? {
        let text = &item.article.text;
        let document = tables.syntax.analyze(text);
        let golds: Vec<_> = item
            .events
            .iter()
            .flat_map(|event| event.actors.iter().chain(&event.recipients).chain(&event.by))
            .collect();
        let mut watch = |mention: &demarche::core::actors::Mention,
                         choices: &[(smol_str::SmolStr, [f32; SURROUNDINGS])]| {
            let share = |gold: &demarche::core::text::Span| {
                let shared =
                    gold.end.min(mention.span.end).saturating_sub(gold.begin.max(mention.span.begin));
                f64::from(shared) / gold.join(mention.span).len().max(1) as f64
            };
            let best = golds.iter().max_by(|a, b| share(&a.span).total_cmp(&share(&b.span)));
            let Some(gold) = best.filter(|gold| share(&gold.span) > 0.5) else { return };
            let wanted = gold.country.as_deref().unwrap_or("-");
            for (code, features) in choices {
                let code = if code.is_empty() { "-" } else { code };
                let _ = write!(out, "{} {}\t{wanted}\t{code}", item.id, mention.span.begin);
                for value in features {
                    let _ = write!(out, "\t{value}");
                }
                out.push('\n');
            }
        };
        tables.actors.find_watched(text, &document, item.article.published, &mut watch);
    }
    print!("{out}");
    Ok(())
}
