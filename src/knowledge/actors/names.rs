//! Countries, territories, names with several meanings, role words.

use super::table::{Table, date};
use super::{KnowledgeError, Sources, code, sectors};
use crate::core::actors::{Actors, Entity, Known, Land, OfficeKind, Role, Sense, fold};
use crate::core::extraction::ParticipantKind;
use crate::core::ontology::Sector;
use rustc_hash::FxHashSet;

/// One row a country; former names stay names of the country that bears another now.
pub fn countries(sources: &Sources<'_>, actors: &mut Actors) -> Result<(), KnowledgeError> {
    let columns = ["code", "name", "wikidata", "names", "former", "adjectives", "people", "capitals"];
    for (file, text) in sources.of("countries.tsv") {
        let table = Table::read(file, text, &columns)?;
        let mut seen = FxHashSet::default();
        for row in table.rows() {
            let code = row.need("code")?;
            if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
                return Err(row.fail(format!("{code} is no three-letter code")));
            }
            if !seen.insert(code) {
                return Err(row.fail(format!("{code} has a row already")));
            }
            // A row of an overlay adds its names to the country that is there.
            let land = Land {
                code: code.into(),
                name: row.need("name")?.into(),
                wikidata: row.get("wikidata").into(),
                sectors: vec![Sector::Government],
            };
            let index = actors.land_index(code).unwrap_or_else(|| actors.add_land(land));
            actors.add_name(row.get("name"), Sense::Land(index));
            row.list("names").for_each(|name| actors.add_name(name, Sense::Land(index)));
            for former in row.list("former") {
                let (name, until) =
                    former.split_once(':').ok_or_else(|| row.fail(format!("{former} lacks :YEAR")))?;
                if !until.is_empty() && date(until, true).is_none() {
                    return Err(row.fail(format!("{until} is no date")));
                }
                actors.add_name(name, Sense::Land(index));
            }
            row.list("adjectives").for_each(|name| actors.add_name(name, Sense::Adjective(index)));
            for pair in row.list("people") {
                let (one, many) =
                    pair.split_once('/').ok_or_else(|| row.fail(format!("{pair} lacks a plural")))?;
                actors.add_name(one, Sense::National(index));
                actors.add_name(many, Sense::Nationals(index));
            }
            row.list("capitals").for_each(|name| actors.add_name(name, Sense::Capital(index)));
        }
    }
    Ok(())
}

/// Further names of countries: what they call themselves, what their neighbours call them, what they were called. A name that means
/// something already keeps its meaning.
pub fn foreign_names(sources: &Sources<'_>, actors: &mut Actors) -> Result<(), KnowledgeError> {
    for (file, text) in sources.of("foreign_names.tsv") {
        let table = Table::read(file, text, &["code", "names"])?;
        for row in table.rows() {
            let land = actors
                .land_index(row.need("code")?)
                .ok_or_else(|| row.fail(format!("{} is no country of countries.tsv", row.get("code"))))?;
            for name in row.list("names") {
                if actors.senses(name).is_empty() {
                    actors.add_name(name, Sense::Land(land));
                }
            }
        }
    }
    Ok(())
}

/// Districts, regions, rivers, mountains, islands and old names of towns beside those of data/place.
pub fn regions(sources: &Sources<'_>, actors: &mut Actors) -> Result<(), KnowledgeError> {
    for (file, text) in sources.of("regions.tsv") {
        let table = Table::read(file, text, &["code", "names"])?;
        for row in table.rows() {
            let land = actors
                .land_index(row.need("code")?)
                .ok_or_else(|| row.fail(format!("{} is no country of countries.tsv", row.get("code"))))?;
            row.list("names").for_each(|name| actors.add_region(name, land));
        }
    }
    Ok(())
}

/// Territories under the code of the state that controls them or, where recognition is partial, holds the title.
pub fn territories(sources: &Sources<'_>, actors: &mut Actors) -> Result<(), KnowledgeError> {
    for (file, text) in sources.of("territories.tsv") {
        let table =
            Table::read(file, text, &["name", "country", "sectors", "adjectives", "people", "names"])?;
        for row in table.rows() {
            let code = code(actors, &row, "country")?;
            let mut sectors = sectors(&row)?;
            // What few recognise is that before it is a government.
            sectors.push(Sector::Government);
            let known = actors.senses(row.need("name")?).iter().find_map(|sense| match *sense {
                Sense::Land(land) if actors.land(land).name == row.get("name") => Some(land),
                _ => None,
            });
            let index = known.unwrap_or_else(|| {
                actors.add_land(Land {
                    code: code.into(),
                    name: row.get("name").into(),
                    wikidata: Default::default(),
                    sectors,
                })
            });
            actors.add_name(row.get("name"), Sense::Land(index));
            row.list("names").for_each(|name| actors.add_name(name, Sense::Land(index)));
            row.list("adjectives").for_each(|name| actors.add_name(name, Sense::Adjective(index)));
            for pair in row.list("people") {
                let (one, many) =
                    pair.split_once('/').ok_or_else(|| row.fail(format!("{pair} lacks a plural")))?;
                actors.add_name(one, Sense::National(index));
                actors.add_name(many, Sense::Nationals(index));
            }
        }
    }
    Ok(())
}

/// Names that mean something else than their parts, and words whose meaning the rest of the article decides.
pub fn homonyms(sources: &Sources<'_>, actors: &mut Actors) -> Result<(), KnowledgeError> {
    for (file, text) in sources.of("homonyms.tsv") {
        let table = Table::read(file, text, &["name", "reading", "country", "sectors", "cues"])?;
        for row in table.rows() {
            let (name, code) = (row.need("name")?, code(actors, &row, "country")?);
            let sectors = sectors(&row)?;
            let cues: Vec<_> = row.list("cues").map(fold).collect();
            match row.need("reading")? {
                "country" => {
                    let land =
                        actors.land_index(code).ok_or_else(|| row.fail(format!("{code} is no country")))?;
                    if actors.senses(name).is_empty() {
                        actors.add_name(name, Sense::Land(land));
                    }
                    actors.add_homonym(name, Known { land, cues });
                }
                "state" => {
                    let land = actors.add_land(Land {
                        code: code.into(),
                        name: name.into(),
                        wikidata: Default::default(),
                        sectors,
                    });
                    if cues.is_empty() {
                        actors.add_name(name, Sense::Land(land));
                    } else {
                        actors.add_homonym(name, Known { land, cues });
                    }
                }
                "name" => {}
                reading @ ("person" | "people" | "agency" | "company" | "media" | "place" | "region"
                | "thing") => {
                    let kind = match reading {
                        "person" => ParticipantKind::Person,
                        "people" => ParticipantKind::Group,
                        _ => ParticipantKind::Organization,
                    };
                    let entity = actors.add_entity(Entity {
                        name: name.into(),
                        code: code.into(),
                        sectors,
                        dated: Vec::new(),
                        kind,
                        seat: false,
                        nobody: matches!(reading, "place" | "region" | "thing"),
                        wikidata: Default::default(),
                        members: Vec::new(),
                    });
                    actors.add_name(name, Sense::Entity(entity));
                }
                other => return Err(row.fail(format!("{other} is no reading"))),
            }
        }
    }
    Ok(())
}

/// Role words and the sectors they give.
pub fn roles(sources: &Sources<'_>, actors: &mut Actors) -> Result<(), KnowledgeError> {
    for (file, text) in sources.of("roles.tsv") {
        let table = Table::read(file, text, &["role", "sectors", "kind", "office", "code"])?;
        let mut seen = FxHashSet::default();
        for row in table.rows() {
            let name = row.need("role")?;
            if !seen.insert(name) {
                return Err(row.fail(format!("{name} has a row already")));
            }
            let office = match row.get("office") {
                "" => None,
                office => Some(
                    OfficeKind::parse(office)
                        .ok_or_else(|| row.fail(format!("{office} is no kind of office")))?,
                ),
            };
            let person = match row.need("kind")? {
                "person" => true,
                "group" => false,
                kind => return Err(row.fail(format!("{kind} is neither person nor group"))),
            };
            let code = match row.get("code") {
                code @ ("" | "-") => code,
                _ => super::code(actors, &row, "code")?,
            };
            actors.add_role(Role {
                name: name.into(),
                sectors: sectors(&row)?,
                person,
                office,
                code: code.into(),
            });
        }
    }
    Ok(())
}

/// Towns, provinces and regions of data/place, largest first, so that the countries of plain place names are known.
pub fn towns(cities: &str, divisions: &str, extra: &str, actors: &mut Actors) -> Result<(), KnowledgeError> {
    let mut list: Vec<(u32, &str, u16)> = Vec::new();
    let files: [(&str, &str, &[&str]); 2] = [
        (
            "data/place/cities.tsv",
            cities,
            &["geonames", "names", "country", "division", "lat", "lon", "population", "seat"],
        ),
        (
            "data/place/divisions.tsv",
            divisions,
            &["country", "division", "names", "lat", "lon", "geonames", "population"],
        ),
    ];
    for (file, text, columns) in files {
        let table = Table::read(file, text, columns)?;
        for row in table.rows() {
            // Dependencies without a row of their own fold into nobody here: the gazetteer knows them.
            let Some(land) = actors.land_index(row.get("country")) else { continue };
            let population = row.get("population").parse().unwrap_or(0);
            list.extend(row.list("names").map(|name| (population, name, land)));
        }
    }
    let table = Table::read("data/place/extra.tsv", extra, &["kind", "names", "country", "lat", "lon"])?;
    for row in table.rows().filter(|row| row.get("kind") != "country") {
        let Some(land) = actors.land_index(row.get("country")) else { continue };
        list.extend(row.list("names").map(|name| (50_000, name, land)));
    }
    list.sort_by_key(|&(population, name, _)| (std::cmp::Reverse(population), name));
    list.into_iter().for_each(|(population, name, land)| actors.add_town(name, land, population));
    Ok(())
}
