//! Organisations: IGOs with their members, agencies and seats, armed groups, NGOs, companies, parties with their years in power.

use super::table::{Row, Table, date};
use super::{KnowledgeError, Sources, code, sectors};
use crate::core::actors::{Actors, Entity, Sense};
use crate::core::extraction::ParticipantKind;
use crate::core::ontology::Sector;
use jiff::civil::Date;
use smol_str::SmolStr;

const EARLIEST: Date = Date::constant(1000, 1, 1);
const LATEST: Date = Date::MAX;

fn entity(row: &Row<'_, '_>, code: &str, sectors: Vec<Sector>) -> Result<Entity, KnowledgeError> {
    let wikidata = row.get("wikidata");
    if !super::offices::is_wikidata(wikidata) {
        return Err(row.fail(format!("{wikidata} is no Wikidata id")));
    }
    Ok(Entity {
        name: row.need("name")?.into(),
        code: code.into(),
        sectors,
        dated: Vec::new(),
        kind: ParticipantKind::Organization,
        seat: false,
        nobody: false,
        wikidata: wikidata.into(),
        members: Vec::new(),
    })
}

/// Adds the entity under its name; its other names follow it, or (`each`) are organisations of their own kind and country.
fn add(actors: &mut Actors, row: &Row<'_, '_>, entity: Entity, each: bool) -> u32 {
    let index = actors.add_entity(entity.clone());
    actors.add_name(row.get("name"), Sense::Entity(index));
    for name in row.list("names") {
        let sense = if each {
            Sense::Entity(actors.add_entity(Entity {
                name: name.into(),
                wikidata: SmolStr::default(),
                ..entity.clone()
            }))
        } else {
            Sense::Entity(index)
        };
        actors.add_name(name, sense);
    }
    index
}

/// Intergovernmental organisations.
pub fn igos(sources: &Sources<'_>, actors: &mut Actors) -> Result<(), KnowledgeError> {
    for (file, text) in sources.of("igos.tsv") {
        let table =
            Table::read(file, text, &["name", "code", "wikidata", "names", "seat", "members", "sectors"])?;
        for row in table.rows() {
            let code = code(actors, &row, "code")?;
            let mut entity = entity(&row, code, sectors(&row)?)?;
            for member in row.get("members").split_whitespace() {
                let (land, dates) = member.split_once(':').unwrap_or((member, ""));
                if actors.land_of(land).is_none() {
                    return Err(row.fail(format!("{land} is no country of countries.tsv")));
                }
                let (from, to) = span(dates).ok_or_else(|| row.fail(format!("{dates} are no dates")))?;
                entity.members.push((land.into(), from, to));
            }
            add(actors, &row, entity, false);
        }
    }
    Ok(())
}

/// `FROM-TO`, either side empty or partial: `2004-05-` (since May 2004), `-2020-01-31` (until then), `2012-07-2016-12`.
fn span(text: &str) -> Option<(Date, Date)> {
    if text.is_empty() {
        return Some((EARLIEST, LATEST));
    }
    if let Some(to) = text.strip_prefix('-') {
        return Some((EARLIEST, date(to, true)?));
    }
    if let Some(from) = text.strip_suffix('-') {
        return Some((date(from, false)?, LATEST));
    }
    let (from, to) = text.split_at_checked(text.len() / 2)?;
    Some((date(from, false)?, date(to.strip_prefix('-')?, true)?))
}

/// Ministries, services, courts, media, seats of governments. The names in a row of media are media of their own.
pub fn agencies(sources: &Sources<'_>, actors: &mut Actors) -> Result<(), KnowledgeError> {
    for (file, text) in sources.of("agencies.tsv") {
        let table = Table::read(file, text, &["name", "country", "sectors", "kind", "names"])?;
        for row in table.rows() {
            let code = code(actors, &row, "country")?;
            let mut entity = entity(&row, code, sectors(&row)?)?;
            let kind = row.need("kind")?;
            if !["agency", "seat", "media", "ngo", "company", "party", "armed"].contains(&kind) {
                return Err(row.fail(format!("{kind} is no kind of agency")));
            }
            entity.seat = kind == "seat";
            add(actors, &row, entity, kind == "media");
        }
    }
    Ok(())
}

/// Armed and criminal groups.
pub fn armed_groups(sources: &Sources<'_>, actors: &mut Actors) -> Result<(), KnowledgeError> {
    for (file, text) in sources.of("armed_groups.tsv") {
        let table = Table::read(file, text, &["name", "country", "sectors", "wikidata", "names", "terms"])?;
        for row in table.rows() {
            let code = code(actors, &row, "country")?;
            let mut entity = entity(&row, code, sectors(&row)?)?;
            terms(&row, &mut entity)?;
            add(actors, &row, entity, false);
        }
    }
    Ok(())
}

/// Non-governmental organisations and movements.
pub fn ngos(sources: &Sources<'_>, actors: &mut Actors) -> Result<(), KnowledgeError> {
    for (file, text) in sources.of("ngos.tsv") {
        let table = Table::read(file, text, &["name", "code", "sectors", "wikidata", "names"])?;
        for row in table.rows() {
            let code = code(actors, &row, "code")?;
            let entity = entity(&row, code, sectors(&row)?)?;
            add(actors, &row, entity, false);
        }
    }
    Ok(())
}

/// Companies; the names in a row are companies of their own.
pub fn companies(sources: &Sources<'_>, actors: &mut Actors) -> Result<(), KnowledgeError> {
    for (file, text) in sources.of("companies.tsv") {
        let table = Table::read(file, text, &["name", "country", "wikidata", "names"])?;
        for row in table.rows() {
            let code = code(actors, &row, "country")?;
            let entity = entity(&row, code, vec![Sector::Business])?;
            add(actors, &row, entity, true);
        }
    }
    Ok(())
}

/// Parties; `terms` says when they were in government or opposition: `GOV:FROM..TO`, either side empty.
pub fn parties(sources: &Sources<'_>, actors: &mut Actors) -> Result<(), KnowledgeError> {
    for (file, text) in sources.of("parties.tsv") {
        let table = Table::read(file, text, &["name", "country", "names", "people", "terms"])?;
        for row in table.rows() {
            let code = code(actors, &row, "country")?;
            let mut entity = entity(&row, code, vec![Sector::Party])?;
            terms(&row, &mut entity)?;
            let index = add(actors, &row, entity, false);
            for pair in row.list("people") {
                let (one, many) =
                    pair.split_once('/').ok_or_else(|| row.fail(format!("{pair} lacks a plural")))?;
                actors.add_name(one, Sense::Member(index, false));
                actors.add_name(many, Sense::Member(index, true));
            }
        }
    }
    Ok(())
}

/// `GOV:FROM..TO` and the like, separated by blanks.
fn terms(row: &Row<'_, '_>, entity: &mut Entity) -> Result<(), KnowledgeError> {
    for term in row.get("terms").split_whitespace() {
        let fail = || row.fail(format!("{term} is no term"));
        let (sector, dates) = term.split_once(':').ok_or_else(fail)?;
        let (from, to) = dates.split_once("..").unwrap_or((dates, ""));
        let from = if from.is_empty() { EARLIEST } else { date(from, false).ok_or_else(fail)? };
        let to = if to.is_empty() { LATEST } else { date(to, true).ok_or_else(fail)? };
        if to <= from {
            return Err(row.fail(format!("{term} ends before it starts")));
        }
        entity.dated.push((from, to, Sector::parse(sector).ok_or_else(fail)?));
    }
    Ok(())
}
