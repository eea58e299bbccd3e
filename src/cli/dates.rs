//! `demarche dates`: what a time expression means on a given day, for a person to try.

use super::Failure;
use crate::core::extraction::DateBasis;
use crate::core::time::{TimeMention, TimeRelation};
use crate::knowledge;
use clap::Args;
use jiff::civil::Date;
use std::process::ExitCode;

/// Options of `demarche dates`.
#[derive(Args, Debug)]
pub struct DatesArgs {
    /// The day of publication, YYYY-MM-DD; without it only what is absolute resolves.
    #[arg(long)]
    on: Option<Date>,
    /// The words, or a whole text.
    #[arg(required = true)]
    text: Vec<String>,
}

/// Prints every time expression with its days.
///
/// # Errors
/// A built-in table that does not read.
pub fn run(args: &DatesArgs) -> Result<ExitCode, Failure> {
    let text = args.text.join(" ");
    let calendar = knowledge::calendar()?;
    let document = knowledge::syntax()?.analyze(&text);
    let mut found = calendar.find(&text, &document, args.on);
    // A bare expression is no sentence: its words alone must do.
    if found.is_empty() {
        found = calendar.find_in_line(&text, args.on);
    }
    for mention in &found {
        println!("{}", line(&text, mention));
    }
    if found.is_empty() {
        println!("no time expression");
    }
    Ok(ExitCode::SUCCESS)
}

fn line(text: &str, mention: &TimeMention) -> String {
    let value = &mention.value;
    let side = |date: Option<Date>| date.map_or("?".to_owned(), |date| date.to_string());
    let days = match (value.start, value.end) {
        (None, None) => "unresolved".to_owned(),
        (start, end) if start == end => side(start),
        (start, end) => format!("{}/{}", side(start), side(end)),
    };
    let relation = match value.relation {
        TimeRelation::At => "",
        TimeRelation::Since => "since ",
        TimeRelation::Until => "until ",
        TimeRelation::Before => "before ",
        TimeRelation::After => "after ",
        TimeRelation::FromEvent { .. } => "counted from an event: ",
    };
    let how = match value.basis {
        DateBasis::Unknown => String::new(),
        basis => format!("  {:?} {basis:?}", value.precision),
    };
    format!("{}\t{relation}{days}{how}  ({})", mention.span.of(text), value.reason)
}
