//! How mentions fare against the gold participants: `cargo run --example participants -- develop [errors]`; never the test part.

use demarche::evaluation::actors::participants;
use demarche::evaluation::corpus::{self, Part};
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let part = if std::env::args().nth(1).as_deref() == Some("train") { Part::Train } else { Part::Develop };
    let errors = std::env::args().nth(2);
    let pipeline = demarche::knowledge::load()?;
    let items = corpus::load(Path::new("corpus"), &[part])?;
    let outcomes = participants::outcomes(&items, &pipeline);
    for row in participants::table("", &outcomes).rows {
        println!("{:40} {:6} {:6.1}", row.name, row.n, row.value);
    }
    if let Some(kind) = errors {
        for o in &outcomes {
            let wrong = match kind.as_str() {
                "all" => true,
                "overlap" => !o.overlap,
                "exact" => o.overlap && !o.exact,
                "country" => o.overlap && !o.country,
                "sector" => o.overlap && !o.sector,
                _ => o.linked == Some(false),
            };
            if wrong {
                let mark = |right| if right { '+' } else { '-' };
                let marks = [mark(o.overlap), mark(o.exact), mark(o.country), mark(o.sector)];
                let marks: String = marks.iter().collect();
                println!("{marks} {:18} {} | {} ⇒ {}", o.id, o.words, o.wanted, o.found);
            }
        }
    } else {
        for row in
            participants::pairs(Path::new("../shared/data"), &pipeline)?.iter().flat_map(|table| &table.rows)
        {
            println!("{:40} {:6} {:6.1}", row.name, row.n, row.value);
        }
    }
    Ok(())
}
