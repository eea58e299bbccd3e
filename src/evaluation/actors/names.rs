//! The names of PETRARCH2's country dictionary: how many lead to the country that it gives them, by our actors or, failing these, the
//! gazetteer, or as misspellings of a country's name.

use crate::core::actors::{Actors, Sense};
use crate::core::pipeline::Pipeline;
use crate::evaluation::report::{Row, Table};
use std::path::Path;

/// Names of the dictionary whose code is a bare country (countries, demonyms, capitals, towns, spellings), and all others (persons,
/// mostly of 1990–2011), each with the share that our tables know, and know as of that country.
pub fn score(data: &Path, pipeline: &Pipeline) -> Result<Vec<Table>, String> {
    let path = data.join("actors/petrarch2/Phoenix.Countries.actors.txt");
    let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let text = String::from_utf8_lossy(&bytes);
    let actors = &pipeline.tables().actors;
    let mut table = Table::new(
        "Names of PETRARCH2's country dictionary",
        "Every name and synonym of Phoenix.Countries, misspellings and foreign spellings included, looked up as it is (no context). Country = \
         names coded as a bare country: the country itself, its people, capital, provinces and towns; actor = persons and bodies of a country. \
         Right = some meaning has that country; precision is over those known.",
    );
    let (mut bare, mut others) = ([0usize; 3], [0usize; 3]);
    let mut missing = Vec::new();
    for entry in entries(&text) {
        let Some(code) = entry.codes.first().and_then(|code| code.get(..3)) else { continue };
        if actors.land_of(code).is_none() || entry.codes.iter().any(|other| other.get(..3) != Some(code)) {
            continue;
        }
        let is_bare = entry.codes.iter().all(|code| code.len() == 3);
        let counts = if is_bare { &mut bare } else { &mut others };
        for name in &entry.names {
            let mut known = lookup(actors, name);
            if known.is_empty() && is_bare {
                known = pipeline
                    .tables()
                    .gazetteer
                    .find_in_line(name)
                    .iter()
                    .filter_map(|place| place.entry.as_ref()?.country.as_ref().map(ToString::to_string))
                    .take(1)
                    .collect();
            }
            if known.is_empty()
                && is_bare
                && let Some(Sense::Adjective(land)) = actors.misspelt(name)
            {
                known.push(actors.land(land).code.to_string());
            }
            counts[0] += 1;
            counts[1] += usize::from(!known.is_empty());
            counts[2] += usize::from(known.iter().any(|found| found == code));
            if known.is_empty() && is_bare {
                missing.push(format!("{code} {name}"));
            }
        }
    }
    if std::env::var_os("DEMARCHE_SHOW").is_some() {
        eprintln!("{}", missing.join("; "));
    }
    for (name, [n, known, right]) in
        [("country names resolved to the country", bare), ("actor names resolved to the country", others)]
    {
        let mut row = Row::value(name, n, 100.0 * right as f64 / n.max(1) as f64);
        row.precision = Some(100.0 * right as f64 / known.max(1) as f64);
        row.recall = Some(100.0 * known as f64 / n.max(1) as f64);
        table.rows.push(row);
    }
    Ok(vec![table])
}

struct Entry {
    names: Vec<String>,
    codes: Vec<String>,
}

/// Names and synonyms (`+`), codes in brackets with dates after them.
fn entries(text: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or("");
        if line.trim().is_empty() {
            continue;
        }
        let codes = line
            .split('[')
            .skip(1)
            .filter_map(|part| part.split([']', ' ']).next())
            .filter(|code| !code.is_empty());
        let codes: Vec<String> = codes.map(str::to_owned).collect();
        let name = if line.starts_with([' ', '\t']) {
            ""
        } else {
            line.split(['[', ' ', '\t']).next().unwrap_or("")
        };
        match name.strip_prefix('+') {
            Some(synonym) => {
                if let Some(entry) = entries.last_mut() {
                    entry.names.push(readable(synonym));
                }
            }
            None if !name.is_empty() => {
                entries.push(Entry { names: vec![readable(name)], codes: Vec::new() })
            }
            None => {}
        }
        if let Some(entry) = entries.last_mut() {
            entry.codes.extend(codes);
        }
    }
    entries
}

fn readable(name: &str) -> String {
    let words = name.split('_').filter(|word| !word.is_empty()).map(|word| {
        let mut chars = word.chars();
        chars.next().map(|first| first.to_string() + &chars.as_str().to_lowercase()).unwrap_or_default()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The countries that a name may mean.
fn lookup(actors: &Actors, name: &str) -> Vec<String> {
    let shouted = name.to_uppercase();
    let senses = [name, shouted.as_str()]
        .into_iter()
        .map(|name| actors.senses(name))
        .find(|senses| !senses.is_empty());
    let mut codes: Vec<String> = Vec::new();
    for &sense in senses.unwrap_or(&[]) {
        let code = match sense {
            Sense::Land(i)
            | Sense::Adjective(i)
            | Sense::National(i)
            | Sense::Nationals(i)
            | Sense::Capital(i)
            | Sense::Town(i) => actors.land(i).code.to_string(),
            Sense::Entity(i) | Sense::Member(i, _) => actors.entity(i).code.to_string(),
            Sense::Person(i) => match actors.person(i).terms.first() {
                Some(&term) => actors.term(term).code.to_string(),
                None => continue,
            },
        };
        codes.push(code);
    }
    codes
}
