//! data/actors/*.tsv → [`Actors`]: who is who, with every row checked.

mod names;
mod offices;
mod organisations;
mod table;

use super::KnowledgeError;
use crate::core::actors::Actors;
use crate::core::ontology::Sector;
use std::path::Path;

/// The tables of actors as texts, by file name.
pub struct Sources<'t>(Vec<(&'t str, &'t str)>);

macro_rules! built_in {
    ($($name:literal),+ $(,)?) => {
        &[$((concat!("data/actors/", $name), include_str!(concat!("../../../data/actors/", $name)))),+]
    };
}

const BUILT_IN: &[(&str, &str)] = built_in![
    "countries.tsv",
    "foreign_names.tsv",
    "regions.tsv",
    "territories.tsv",
    "homonyms.tsv",
    "igos.tsv",
    "agencies.tsv",
    "armed_groups.tsv",
    "ngos.tsv",
    "companies.tsv",
    "parties.tsv",
    "roles.tsv",
    "leaders.tsv",
    "holders.tsv",
];

impl<'t> Sources<'t> {
    /// The tables that are built in.
    pub fn built_in() -> Sources<'static> {
        Sources(BUILT_IN.to_vec())
    }

    /// The texts of the table of that name: (path, text), in the order in which they apply.
    fn of(&self, name: &str) -> impl Iterator<Item = (&'t str, &'t str)> {
        self.0.iter().copied().filter(move |(path, _)| path.rsplit('/').next() == Some(name))
    }
}

/// Who is who, as built in.
///
/// # Errors
/// Names the file and line of a row that breaks the rules of its table.
pub fn actors() -> Result<Actors, KnowledgeError> {
    read(&Sources::built_in())
}

/// Who is who, from those tables.
///
/// # Errors
/// Names the file and line of a row that breaks the rules of its table.
pub fn read(sources: &Sources<'_>) -> Result<Actors, KnowledgeError> {
    let mut actors = Actors::default();
    actors.reserve();
    actors.set_landing(super::choices::landing()?);
    tables(sources, &mut actors)?;
    names::towns(
        include_str!("../../../data/place/cities.tsv"),
        include_str!("../../../data/place/divisions.tsv"),
        include_str!("../../../data/place/extra.tsv"),
        &mut actors,
    )?;
    names::regions(sources, &mut actors)?;
    Ok(actors)
}

/// Reads one table beside the built-in countries, and forgets it.
///
/// # Errors
/// Names the line that does not read.
pub fn check_alone(path: &str, text: &str) -> Result<(), KnowledgeError> {
    let mut sources = Sources(vec![(path, text)]);
    sources.0.extend(BUILT_IN.iter().filter(|(path, _)| path.ends_with("countries.tsv")));
    tables(&sources, &mut Actors::default())
}

/// All but the towns.
fn tables(sources: &Sources<'_>, actors: &mut Actors) -> Result<(), KnowledgeError> {
    names::countries(sources, actors)?;
    names::territories(sources, actors)?;
    names::homonyms(sources, actors)?;
    organisations::igos(sources, actors)?;
    organisations::agencies(sources, actors)?;
    organisations::armed_groups(sources, actors)?;
    organisations::ngos(sources, actors)?;
    organisations::companies(sources, actors)?;
    organisations::parties(sources, actors)?;
    names::roles(sources, actors)?;
    offices::leaders(sources, actors)?;
    offices::holders(sources, actors)?;
    actors.seal();
    names::foreign_names(sources, actors)?;
    Ok(())
}

/// Who is who, as built in and as those tables say on top: their rows win.
///
/// # Errors
/// As [`actors`].
pub fn actors_with(tables: &[(String, String)]) -> Result<Actors, KnowledgeError> {
    let mut sources = Sources::built_in();
    sources.0.extend(tables.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    read(&sources)
}

/// The tables of actors in a folder: (path, text), in the order of the built-in ones; other files are left alone.
///
/// # Errors
/// Where a file cannot be read.
pub fn tables_in(folder: &Path) -> Result<Vec<(String, String)>, KnowledgeError> {
    let mut tables = Vec::new();
    for (path, _) in BUILT_IN {
        let name = path.rsplit('/').next().unwrap_or(path);
        for place in [folder.join(name), folder.join("actors").join(name)] {
            if place.is_file() {
                let shown = place.display().to_string();
                let text = std::fs::read_to_string(&place)
                    .map_err(|e| KnowledgeError::at(&shown, 0, e.to_string()))?;
                tables.push((shown, text));
            }
        }
    }
    Ok(tables)
}

/// Reads those tables on top of the built-in ones: what came of it, and what looks odd without being wrong.
///
/// # Errors
/// Names the file and line of a row that breaks the rules of its table.
pub fn check_actors(tables: &[(String, String)]) -> Result<(Actors, Vec<String>), KnowledgeError> {
    let actors = actors_with(tables)?;
    let known = read(&Sources::built_in())?.overlaps();
    let mut warnings = actors.overlaps();
    warnings.retain(|warning| !known.contains(warning));
    Ok((actors, warnings))
}

/// PLOVER's seven international codes.
const INTERNATIONAL: [&str; 7] = ["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"];

/// A code of a country known so far, an international one, or `-` for none.
fn code<'t>(actors: &Actors, row: &table::Row<'_, 't>, column: &str) -> Result<&'t str, KnowledgeError> {
    match row.need(column)? {
        "-" => Ok(""),
        code if INTERNATIONAL.contains(&code) || actors.land_of(code).is_some() => Ok(code),
        code => {
            Err(row.fail(format!("{code} is neither a country of countries.tsv nor an international code")))
        }
    }
}

/// Sectors separated by blanks.
fn sectors(row: &table::Row<'_, '_>) -> Result<Vec<Sector>, KnowledgeError> {
    let names = row.get("sectors").split_whitespace();
    names.map(|name| Sector::parse(name).ok_or_else(|| row.fail(format!("{name} is no sector")))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_tables_read() {
        let actors = actors().unwrap_or_else(|problem| panic!("{problem}"));
        let [lands, entities, persons, terms, roles] = actors.counts();
        assert!(lands > 250 && entities > 700 && persons > 10_000 && terms > 20_000 && roles > 1_000);
    }

    #[test]
    fn a_bad_row_is_named_by_file_and_line() {
        let check = |table: &'static str, text: &str, expected: &str| {
            let mut sources = Sources::built_in();
            sources.0.retain(|(path, _)| path.ends_with("countries.tsv"));
            sources.0.push((table, text));
            let problem = read(&sources).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(problem.contains(expected), "{problem:?} lacks {expected:?}");
        };
        let ngo = |row: &str| format!("name\tcode\tsectors\twikidata\tnames\n{row}\n");
        check("x/ngos.tsv", &ngo("Helpers\tXXX\tSOC\t\t"), "x/ngos.tsv:2: XXX is neither a country");
        check("x/ngos.tsv", &ngo("Helpers\tNGO\tSOX\t\t"), "x/ngos.tsv:2: SOX is no sector");
        check("x/ngos.tsv", &ngo("\tNGO\tSOC\t\t"), "x/ngos.tsv:2: name is empty");
        let term =
            |row: &str| format!("country\tkind\toffice\tperson\twikidata\tstart\tend\tsource\n{row}\n");
        check(
            "x/holders.tsv",
            &term("TUR\tking\tKing\tA B\t\t2001\t2002\tx"),
            "x/holders.tsv:2: king is no kind of office",
        );
        check("x/holders.tsv", &term("TUR\tforeign\tM\tA B\t\t2001-13\t2002\tx"), "2001-13 is no date");
        check("x/holders.tsv", &term("TUR\tforeign\tM\tA B\t\t2003\t2002\tx"), "ends before it starts");
        check("x/holders.tsv", &term("TUR\tforeign\tM\tA B\tQx\t2001\t2002\tx"), "Qx is no Wikidata id");
    }
}
