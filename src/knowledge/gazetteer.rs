//! data/place/{countries,divisions,cities,towns,extra}.tsv → [`Gazetteer`].

use super::KnowledgeError;
use crate::core::place::{Country, Gazetteer, Kind, Place, Seat};
use rustc_hash::FxHashMap;

const COUNTRIES: &str = include_str!("../../data/place/countries.tsv");
const DIVISIONS: &str = include_str!("../../data/place/divisions.tsv");
const CITIES: &str = include_str!("../../data/place/cities.tsv");
const TOWNS: &str = include_str!("../../data/place/towns.tsv");
const EXTRA: &str = include_str!("../../data/place/extra.tsv");

/// The places that are built in.
///
/// # Errors
/// Names the file and line that does not read.
pub fn gazetteer() -> Result<Gazetteer, KnowledgeError> {
    let mut gazetteer = Gazetteer::default();
    countries(&mut gazetteer)?;
    let divisions = divisions(&mut gazetteer)?;
    let cities = cities(&mut gazetteer, &divisions)?;
    towns(&mut gazetteer, &divisions, &cities)?;
    extra(&mut gazetteer)?;
    gazetteer.finish();
    Ok(gazetteer)
}

/// No table has more columns.
const COLUMNS: usize = 8;

/// A line of a table, cut into its columns.
struct Row<'t> {
    file: &'static str,
    line: usize,
    columns: [Option<&'t str>; COLUMNS],
}

impl<'t> Row<'t> {
    fn fail(&self, problem: &str) -> KnowledgeError {
        KnowledgeError::at(self.file, self.line, problem)
    }

    fn text(&self, column: usize) -> Result<&'t str, KnowledgeError> {
        self.columns.get(column).copied().flatten().ok_or_else(|| self.fail("too few columns"))
    }

    fn number<N: std::str::FromStr>(&self, column: usize) -> Result<N, KnowledgeError> {
        self.text(column)?.parse().map_err(|_| self.fail("a number does not read"))
    }

    /// Empty is not known.
    fn degrees(&self, column: usize) -> Result<f32, KnowledgeError> {
        if self.text(column)?.is_empty() { Ok(f32::NAN) } else { self.number(column) }
    }

    fn names(&self, column: usize) -> Result<std::str::Split<'t, char>, KnowledgeError> {
        Ok(self.text(column)?.split('|'))
    }
}

fn rows(file: &'static str, table: &'static str) -> impl Iterator<Item = Row<'static>> {
    let lines = table.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty());
    lines.map(move |(i, line)| {
        let mut parts = line.split('\t');
        Row { file, line: i + 1, columns: std::array::from_fn(|_| parts.next()) }
    })
}

fn countries(gazetteer: &mut Gazetteer) -> Result<(), KnowledgeError> {
    for row in rows("data/place/countries.tsv", COUNTRIES) {
        let neighbours = row.names(6)?.filter(|code| !code.is_empty()).map(Into::into).collect();
        gazetteer.add_country(Country { code: row.text(0)?.into(), neighbours });
    }
    for row in rows("data/place/countries.tsv", COUNTRIES) {
        let place = Place {
            name: row.text(1)?.into(),
            country: gazetteer.country(row.text(0)?),
            division: None,
            latitude: row.degrees(2)?,
            longitude: row.degrees(3)?,
            geonames: row.number(4)?,
            population: row.number::<f64>(5)? as u32,
            kind: Kind::Country,
            seat: Seat::None,
        };
        gazetteer.add(place, [row.text(1)?]);
    }
    Ok(())
}

type Divisions = FxHashMap<(&'static str, &'static str), u16>;

fn divisions(gazetteer: &mut Gazetteer) -> Result<Divisions, KnowledgeError> {
    let mut indices = Divisions::default();
    for row in rows("data/place/divisions.tsv", DIVISIONS) {
        let names = row.names(2)?;
        let name = names.clone().next().unwrap_or_default();
        let division = gazetteer.add_division(name);
        indices.insert((row.text(0)?, row.text(1)?), division);
        let place = Place {
            name: name.into(),
            country: gazetteer.country(row.text(0)?),
            division: Some(division),
            latitude: row.degrees(3)?,
            longitude: row.degrees(4)?,
            geonames: row.number(5)?,
            population: row.number(6)?,
            kind: Kind::Division,
            seat: Seat::None,
        };
        gazetteer.add(place, names);
    }
    Ok(indices)
}

/// Gives the index of each city by its GeoNames id.
fn cities(gazetteer: &mut Gazetteer, divisions: &Divisions) -> Result<FxHashMap<u32, u32>, KnowledgeError> {
    let mut known = FxHashMap::default();
    for row in rows("data/place/cities.tsv", CITIES) {
        let seat = match row.text(7)? {
            "C" => Seat::Country,
            "A" => Seat::Division,
            _ => Seat::None,
        };
        let place = town(gazetteer, divisions, &row, seat)?;
        known.insert(place.geonames, gazetteer.add(place, row.names(1)?));
    }
    Ok(known)
}

/// Small towns, and more spellings of the cities.
fn towns(
    gazetteer: &mut Gazetteer,
    divisions: &Divisions,
    cities: &FxHashMap<u32, u32>,
) -> Result<(), KnowledgeError> {
    for row in rows("data/place/towns.tsv", TOWNS) {
        if let Some(&city) = cities.get(&row.number(0)?) {
            gazetteer.rename(city, row.names(1)?);
            continue;
        }
        let place = town(gazetteer, divisions, &row, Seat::None)?;
        gazetteer.add(place, row.names(1)?);
    }
    Ok(())
}

/// The place of a row of cities.tsv or towns.tsv, whose first seven columns are the same.
fn town(
    gazetteer: &Gazetteer,
    divisions: &Divisions,
    row: &Row<'static>,
    seat: Seat,
) -> Result<Place, KnowledgeError> {
    let country = row.text(2)?;
    Ok(Place {
        name: row.names(1)?.next().unwrap_or_default().into(),
        country: gazetteer.country(country),
        division: divisions.get(&(country, row.text(3)?)).copied(),
        latitude: row.number(4)?,
        longitude: row.number(5)?,
        geonames: row.number(0)?,
        population: row.number(6)?,
        kind: Kind::City,
        seat,
    })
}

fn extra(gazetteer: &mut Gazetteer) -> Result<(), KnowledgeError> {
    for row in rows("data/place/extra.tsv", EXTRA) {
        let kind = match row.text(0)? {
            "country" => Kind::Country,
            "region" => Kind::Region,
            "area" => Kind::Area,
            "sea" => Kind::Sea,
            "site" => Kind::Site,
            "city" => Kind::City,
            _ => return Err(row.fail("kind is none of country, region, area, sea, site, city")),
        };
        let country = match row.text(2)? {
            "" => None,
            code => Some(gazetteer.country(code).ok_or_else(|| row.fail("no such country"))?),
        };
        if kind == Kind::Country {
            let code = country.ok_or_else(|| row.fail("a country needs its code"))?;
            gazetteer.rename_country(code, row.names(1)?);
            continue;
        }
        let place = Place {
            name: row.names(1)?.next().unwrap_or_default().into(),
            country,
            division: None,
            latitude: row.degrees(3)?,
            longitude: row.degrees(4)?,
            geonames: 0,
            population: 0,
            kind,
            seat: Seat::None,
        };
        gazetteer.add(place, row.names(1)?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_tables_read_and_stay_small() {
        let gazetteer = super::gazetteer().expect("reads");
        assert!(gazetteer.len() > 100_000);
        assert!(gazetteer.bytes() < 25_000_000, "{} bytes", gazetteer.bytes());
    }
}
