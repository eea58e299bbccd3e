//! `demarche places`: the places that a text names or describes, and which ones they are, for a person to try.

use super::Failure;
use crate::core::place::PlaceMention;
use crate::knowledge;
use clap::Args;
use std::process::ExitCode;

/// Options of `demarche places`.
#[derive(Args, Debug)]
pub struct PlacesArgs {
    /// The text.
    #[arg(required = true)]
    text: Vec<String>,
}

/// Prints every place name with what it means.
///
/// # Errors
/// A built-in table that does not read.
pub fn run(args: &PlacesArgs) -> Result<ExitCode, Failure> {
    let text = args.text.join(" ");
    let pipeline = knowledge::load()?;
    let tables = pipeline.tables();
    let document = tables.syntax.analyze(&text);
    let mentions = tables.actors.find(&text, &document, None);
    let found = tables.gazetteer.survey(&text, &document, &mentions);
    for mention in &found {
        println!("{}", line(&text, mention));
    }
    if found.is_empty() {
        println!("no place");
    }
    Ok(ExitCode::SUCCESS)
}

fn line(text: &str, mention: &PlaceMention) -> String {
    let words = mention.span.of(text);
    let Some(entry) = &mention.entry else {
        return format!("{words}\tunsettled: {}", mention.reason);
    };
    let mut line = format!("{words}\t{}", entry.name);
    for part in [&entry.admin1, &entry.country].into_iter().flatten() {
        if *part != entry.name {
            line.push_str(&format!(", {part}"));
        }
    }
    if let Some((latitude, longitude)) = entry.coordinates {
        line.push_str(&format!("  {latitude:.3},{longitude:.3}"));
    }
    if let Some(id) = entry.geonames_id {
        line.push_str(&format!("  geonames {id}"));
    }
    line.push_str(&format!("  {:?}, {:?}  ({})", entry.precision, mention.role, mention.reason));
    line
}
