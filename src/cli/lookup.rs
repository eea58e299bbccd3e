//! `demarche lookup`: what the tables know of a name on a day, and why.

use super::Failure;
use crate::core::actors::{Actors, Entity, Holding, Sense, TermEnd};
use crate::core::ontology::Sector;
use crate::knowledge;
use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;
use std::process::ExitCode;

/// Options of `demarche lookup`.
#[derive(Args, Debug)]
pub struct LookupArgs {
    /// A name: country, demonym, capital, organisation, person, surname of a leader.
    name: String,
    /// The day on which offices are read, YYYY-MM-DD. Default: the end of the tables.
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// A folder of tables laid out as data/actors, read on top of the built-in ones.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// Prints every meaning of the name. Exit code 1 where the tables know none.
///
/// # Errors
/// Where the built-in tables do not load.
pub fn run(args: &LookupArgs) -> Result<ExitCode, Failure> {
    let own = args.data.as_deref().map(knowledge::tables_in).transpose()?.unwrap_or_default();
    let actors = knowledge::actors_with(&own)?;
    let on = args.on.unwrap_or_else(Actors::latest);
    let senses = actors.senses(&args.name).to_vec();
    let mut persons: Vec<u32> = Vec::new();
    for sense in senses {
        match sense {
            Sense::Land(i) => land(&actors, i, "name of a country or territory"),
            Sense::Adjective(i) => land(&actors, i, "adjective"),
            Sense::National(i) | Sense::Nationals(i) => land(&actors, i, "its people"),
            Sense::Capital(i) => land(&actors, i, "capital or seat: stands for the government when it acts"),
            Sense::Town(i) => land(&actors, i, "town or province in"),
            Sense::Entity(i) => entity(actors.entity(i), on, "organisation"),
            Sense::Member(i, _) => entity(actors.entity(i), on, "member of"),
            Sense::Person(i) => persons.push(i),
        }
    }
    if !args.name.contains(' ') {
        persons.extend(actors.of_surname(&args.name));
    }
    let mut seen = Vec::new();
    persons.retain(|person| {
        !seen.contains(person) && {
            seen.push(*person);
            true
        }
    });
    for &i in &persons {
        person(&actors, i, on);
    }
    if persons.is_empty() && actors.senses(&args.name).is_empty() {
        if let Some(Sense::Adjective(i)) = actors.misspelt(&args.name) {
            land(&actors, i, "near spelling of a name of");
            return Ok(ExitCode::SUCCESS);
        }
        println!("{}: not in the tables", args.name);
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn names(sectors: &[Sector]) -> String {
    sectors.iter().map(|sector| sector.name()).collect::<Vec<_>>().join(" ")
}

fn land(actors: &Actors, i: u16, how: &str) {
    let land = actors.land(i);
    println!("{} {} | {} | {how} {}", land.code, names(&land.sectors), land.name, land.wikidata);
}

fn entity(entity: &Entity, on: Date, how: &str) {
    let code = if entity.code.is_empty() { "-" } else { &entity.code };
    println!(
        "{code} {} | {} | {how}, {on} {}",
        names(&entity.sectors_on(Some(on))),
        entity.name,
        entity.wikidata
    );
    let members: Vec<&str> = entity
        .members
        .iter()
        .filter(|(_, from, to)| *from <= on && on <= *to)
        .map(|(code, ..)| code.as_str())
        .collect();
    if !members.is_empty() {
        println!("    members that day: {}", members.join(" "));
    }
}

fn person(actors: &Actors, i: u32, on: Date) {
    let row = actors.person(i);
    let identity = actors.person_identity(i, Some(on));
    println!(
        "{} {} | {} {} | {}",
        identity.country.as_deref().unwrap_or("-"),
        names(&identity.sectors),
        identity.name,
        identity.wikidata_id.as_deref().unwrap_or(""),
        identity.office.as_deref().unwrap_or("no office that day"),
    );
    let holding = actors.holding(i, on).map(Holding::term);
    for &t in &row.terms {
        let term = actors.term(t);
        let end = match term.end {
            TermEnd::On(day) => format!("to {day}"),
            TermEnd::After(day) => format!("still in office {day}, counted to {}", term.until),
        };
        let start = if term.start_unsure {
            format!("in office by {}", term.start)
        } else {
            format!("from {}", term.start)
        };
        let mark = if holding == Some(t) { "→" } else { " " };
        println!("  {mark} {} {} ({}) {start} {end}", term.code, term.office, term.kind.name());
    }
}
