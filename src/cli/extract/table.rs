//! Events as a table in POLECAT's 40 columns, tab-separated: several values in a cell are joined by "; ", an empty cell
//! is "None". What demarche does not know of POLECAT's columns (COW numbers, districts) stays "None"; the columns for
//! Wikipedia carry Wikidata ids.

use super::Reading;
use crate::core::extraction::{Event, Participant, ParticipantKind, Place, PlacePrecision};
use std::io::{Result, Write};

const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// The names of the columns.
pub fn print_header(out: &mut impl Write) -> Result<()> {
    writeln!(out, "{}", COLUMNS.join("\t"))
}

/// One line an event.
pub fn print(out: &mut impl Write, reading: &Reading) -> Result<()> {
    let events = &reading.extraction.events;
    let people =
        |kind| names(events.iter().flat_map(parties).filter(|party| party.kind == kind), |party| &party.name);
    let story = [
        people(ParticipantKind::Person),
        people(ParticipantKind::Organization),
        names(events.iter().filter_map(|event| event.place.as_ref()), |place: &Place| &place.name),
    ];
    for event in events {
        let cells = cells(reading, event, &story);
        let line: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
        writeln!(out, "{}", line.join("\t"))?;
    }
    Ok(())
}

fn cells(reading: &Reading, event: &Event, story: &[String; 3]) -> [String; 40] {
    let text = &reading.article.text;
    let [actor, recipient] = [&event.actors, &event.recipients].map(|list| party_cells(list, text));
    let [people, organizations, locations] = story.clone();
    let date = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let contexts: Vec<&str> = event.contexts.iter().map(|context| context.name()).collect();
    let place = event.place.as_ref();
    let of_place = |value: fn(&Place) -> Option<String>| place.and_then(value).unwrap_or_default();
    let [actor_name, actor_country, actor_cow, actor_sector, actor_sectors, actor_title, actor_raw, actor_id] =
        actor;
    let [name, country, cow, sector, sectors, title, raw, id] = recipient;
    [
        event.id.clone(),
        date(event.date.start),
        event.event_type.name().to_owned(),
        event.mode.map_or(String::new(), |mode| mode.name().to_owned()),
        event.intensity().to_string(),
        (event.quad_class() as i32).to_string(),
        contexts.join("; "),
        actor_name,
        actor_country,
        actor_cow,
        actor_sector,
        actor_sectors,
        actor_title,
        actor_raw,
        actor_id,
        name,
        country,
        cow,
        sector,
        sectors,
        title,
        raw,
        id,
        of_place(|place| Some(place.name.clone())),
        of_place(|place| {
            matches!(place.precision, PlacePrecision::City | PlacePrecision::Site).then(|| place.name.clone())
        }),
        String::new(),
        of_place(|place| place.admin1.clone()),
        of_place(|place| place.country.clone()),
        of_place(|place| place.latitude.map(|degrees| format!("{degrees:.5}"))),
        of_place(|place| place.longitude.map(|degrees| format!("{degrees:.5}"))),
        of_place(|place| place.geonames_id.map(|id| id.to_string())),
        place.map_or("", |place| place.mention.of(text)).to_owned(),
        place.map_or(String::new(), |place| format!("{:?}", place.precision).to_lowercase()),
        reading.article.source.clone(),
        date(reading.article.published),
        people,
        organizations,
        locations,
        "en".to_owned(),
        format!("demarche {}", env!("CARGO_PKG_VERSION")),
    ]
}

/// Name, country, COW, primary sector, sectors, title, raw name, id: each joined over the parties.
fn party_cells(list: &[Participant], text: &str) -> [String; 8] {
    let join = |value: &dyn Fn(&Participant) -> String| {
        let values: Vec<String> = list.iter().map(value).filter(|value| !value.is_empty()).collect();
        values.join("; ")
    };
    let sector = |sector: &crate::core::ontology::Sector| sector.name().to_owned();
    [
        join(&|party| party.name.clone()),
        join(&|party| party.country.clone().unwrap_or_default()),
        String::new(),
        join(&|party| party.sectors.first().map(sector).unwrap_or_default()),
        join(&|party| party.sectors.iter().map(sector).collect::<Vec<_>>().join("; ")),
        join(&|party| party.office.clone().unwrap_or_default()),
        join(&|party| party.mention.of(text).to_owned()),
        join(&|party| party.wikidata_id.clone().unwrap_or_default()),
    ]
}

fn parties(event: &Event) -> impl Iterator<Item = &Participant> {
    event.actors.iter().chain(&event.recipients)
}

/// Distinct names in order of appearance.
fn names<'a, T: 'a>(items: impl Iterator<Item = &'a T>, name: impl Fn(&'a T) -> &'a String) -> String {
    let mut found: Vec<&str> = Vec::new();
    for item in items {
        let name = name(item);
        if !found.contains(&name.as_str()) {
            found.push(name);
        }
    }
    found.join("; ")
}

/// A cell that keeps to its line and column.
fn plain(cell: &str) -> String {
    if cell.is_empty() {
        return "None".to_owned();
    }
    cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
