//! Offices and their holders, from the table generated from the sources and the one kept by hand.

use super::table::{Row, Table, date};
use super::{KnowledgeError, Sources, code};
use crate::core::actors::{Actors, OfficeKind, Term, TermEnd};
use jiff::civil::Date;
use smol_str::SmolStr;

/// `Q` and digits, or nothing.
pub(super) fn is_wikidata(text: &str) -> bool {
    text.is_empty()
        || text.strip_prefix('Q').is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()))
}

/// One row a term: country, kind, office, person, wikidata, start, end, source. `<D` as start: in office by then; `>D` as end:
/// still in office then.
pub fn holders(sources: &Sources<'_>, actors: &mut Actors) -> Result<(), KnowledgeError> {
    let columns = ["country", "kind", "office", "person", "wikidata", "start", "end", "source"];
    for (file, text) in sources.of("holders.tsv") {
        let table = Table::read(file, text, &columns)?;
        for row in table.rows() {
            let code = code(actors, &row, "country")?;
            let (start, end) = (row.need("start")?, row.need("end")?);
            let wikidata = row.get("wikidata");
            if !is_wikidata(wikidata) {
                return Err(row.fail(format!("{wikidata} is no Wikidata id")));
            }
            let term = term(&row, code, row.need("office")?, start, end)?;
            actors.add_term(row.need("person")?, wikidata, term);
        }
    }
    Ok(())
}

/// One row an office: country, kind, office, holders as `Name START; Name START; …`. A term ends when the next starts, or at
/// `..END` if that is given; `- START` leaves the office empty. The last is open to the day of the table, `as_of`.
pub fn leaders(sources: &Sources<'_>, actors: &mut Actors) -> Result<(), KnowledgeError> {
    for (file, text) in sources.of("leaders.tsv") {
        let table = Table::read(file, text, &["country", "kind", "office", "as_of", "holders"])?;
        for row in table.rows() {
            let code = code(actors, &row, "country")?;
            let as_of = row.need("as_of")?;
            let office = row.need("office")?;
            let mut list: Vec<(&str, &str, Option<&str>)> = Vec::new();
            for holder in row.need("holders")?.split(';').map(str::trim).filter(|holder| !holder.is_empty()) {
                let (name, dates) =
                    holder.rsplit_once(' ').ok_or_else(|| row.fail(format!("{holder} lacks its start")))?;
                let (start, end) =
                    dates.split_once("..").map_or((dates, None), |(start, end)| (start, Some(end)));
                if list.last().is_some_and(|&(_, before, _)| before > start) {
                    return Err(row.fail(format!("{name} starts before the holder named before")));
                }
                list.push((name, start, end));
            }
            for (i, &(name, start, end)) in list.iter().enumerate() {
                if name == "-" {
                    continue;
                }
                let open = format!(">{}", as_of.max(start));
                let end = end.or_else(|| list.get(i + 1).map(|&(_, next, _)| next)).unwrap_or(&open);
                let term = term(&row, code, office, start, if end < start { start } else { end })?;
                actors.add_term(name, "", term);
            }
        }
    }
    Ok(())
}

fn term(row: &Row<'_, '_>, code: &str, office: &str, start: &str, end: &str) -> Result<Term, KnowledgeError> {
    let kind = row.need("kind")?;
    let kind = OfficeKind::parse(kind).ok_or_else(|| row.fail(format!("{kind} is no kind of office")))?;
    let read = |text: &str, last| date(text, last).ok_or_else(|| row.fail(format!("{text} is no date")));
    let start_unsure = start.starts_with('<');
    let start = read(start.trim_start_matches('<'), false)?;
    let end = match end.strip_prefix('>') {
        Some(end) => TermEnd::After(read(end, false)?),
        None => TermEnd::On(read(end, true)?),
    };
    let (TermEnd::On(last) | TermEnd::After(last)) = end;
    if last < start || start < Date::constant(1900, 1, 1) {
        return Err(row.fail("the term ends before it starts, or starts before 1900"));
    }
    Ok(Term {
        person: 0,
        code: SmolStr::new(code),
        kind,
        office: office.into(),
        start,
        start_unsure,
        end,
        until: last,
    })
}
