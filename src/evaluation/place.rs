//! Place resolution on public sets: GeoVirus (news articles on epidemics, CC BY) and the linked places of Wikipedia's current events
//! (CC BY-SA), which GeoNames settles.

use super::report::{Row, Table};
use super::score::{NEAR_KM, kilometres};
use super::tally::Count;
use crate::core::pipeline::Pipeline;
use crate::core::place::PlaceMention;
use crate::core::text::Span;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// A marked place name.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked {
    /// Where it stands.
    pub span: Span,
    /// Degrees north and east.
    pub at: (f64, f64),
}

/// A text with its marked place names.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The article.
    pub text: String,
    /// In text order.
    pub places: Vec<Marked>,
}

/// Reads GeoVirus. Its offsets count from the first character after the tag; names that do not stand where it says are looked up
/// near by.
///
/// # Errors
/// A file that cannot be read, by its name.
pub fn load_geovirus(file: &Path) -> Result<Vec<Item>, String> {
    let body = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(body.split("<article>").skip(1).map(article).collect())
}

fn article(block: &str) -> Item {
    let text = unescape(inner(block, "text").unwrap_or_default());
    let mut places = Vec::new();
    for location in block.split("<location>").skip(1) {
        let number = |tag| inner(location, tag).and_then(|n| n.trim().parse::<f64>().ok());
        let (Some(name), Some(start)) = (inner(location, "name").map(unescape), number("start")) else {
            continue;
        };
        let (Some(lat), Some(lon)) = (number("lat"), number("lon")) else { continue };
        let wanted = text.char_indices().nth(start as usize).map_or(text.len(), |(i, _)| i);
        let nearest = text.match_indices(name.as_str()).map(|(i, _)| i).min_by_key(|i| i.abs_diff(wanted));
        if let Some(begin) = nearest {
            places.push(Marked { span: Span::new(begin, begin + name.len()), at: (lat, lon) });
        }
    }
    places.sort_by_key(|place| place.span);
    places.dedup_by_key(|place| place.span);
    Item { text, places }
}

fn inner<'t>(block: &'t str, tag: &str) -> Option<&'t str> {
    let begin = block.find(&format!("<{tag}>"))? + tag.len() + 2;
    let end = block[begin..].find(&format!("</{tag}>"))? + begin;
    block.get(begin..end)
}

fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// The places that the pipeline finds in a text.
pub fn found(pipeline: &Pipeline, text: &str) -> Vec<PlaceMention> {
    let tables = pipeline.tables();
    let document = tables.syntax.analyze(text);
    let mentions = tables.actors.find(text, &document, None);
    tables.gazetteer.find(text, &document, &mentions)
}

fn geovirus_table(items: &[Item], pipeline: &Pipeline) -> Table {
    let (mut names, mut near, mut settled) = (Count::default(), Count::default(), Count::default());
    for item in items {
        let given = found(pipeline, &item.text);
        names.wanted += item.places.len() as u32;
        names.given += given.iter().filter(|p| p.entry.is_some()).count() as u32;
        for place in &item.places {
            let Some(mention) = given.iter().find(|m| m.span.overlaps(place.span) && m.entry.is_some())
            else {
                continue;
            };
            names.right += 1;
            settled += Count::decision(true);
            let at = mention.entry.as_ref().and_then(|entry| entry.coordinates);
            near += Count::decision(at.is_some_and(|at| kilometres(at, place.at) <= NEAR_KM));
        }
    }
    let mut table = Table::new(
        "Places (GeoVirus)",
        "Found: a settled name that overlaps a marked one. Within 161 km: of those found; names of continents and oceans, whose middle is \
         anybody's guess, count as wrong where we give no point.",
    );
    table.rows =
        vec![Row::of("place found", names, None), Row::of("within 161 km of those found", near, None)];
    table
}

/// GeoVirus.
///
/// # Errors
/// As [`load_geovirus`].
pub fn geovirus(data: &Path, pipeline: &Pipeline) -> Result<Vec<Table>, String> {
    let items = load_geovirus(&data.join("place/geovirus.xml"))?;
    Ok(vec![geovirus_table(&items, pipeline)])
}

/// A linked place of the current events and its country, by GeoNames.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    /// The sentence.
    pub text: String,
    /// The linked words.
    pub span: Span,
    /// ISO 3166-1 alpha-3.
    pub country: String,
}

/// The links whose title names exactly one place of GeoNames over 15,000 inhabitants or first-level division: by "Town, Country" or
/// "Town, Division" in the title, or because only one place of that name has more than 100,000 inhabitants or is a division.
///
/// # Errors
/// A file that cannot be read, by its name.
pub fn load_links(data: &Path) -> Result<Vec<Linked>, String> {
    let read = |path: &str| {
        let path = data.join(path);
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let mut codes = BTreeMap::new();
    let mut countries = BTreeMap::new();
    for row in read("place/geonames/countryInfo.tsv")?.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = row.split('\t').collect();
        if let [two, three, _, _, name, ..] = columns[..] {
            let code = if two == "XK" { "KOS" } else { three };
            codes.insert(two.to_owned(), code.to_owned());
            countries.insert(name.to_owned(), code.to_owned());
        }
    }
    let mut bearers: BTreeMap<String, Vec<(String, String, bool)>> = BTreeMap::new();
    let mut divisions = BTreeMap::new();
    for row in read("place/geonames/admin1CodesASCII.txt")?.lines() {
        let columns: Vec<&str> = row.split('\t').collect();
        if let [code, name, ascii, ..] = columns[..] {
            divisions.insert(code.to_owned(), name.to_owned());
            let Some(country) = code.split('.').next().and_then(|two| codes.get(two)) else { continue };
            for name in [name, ascii] {
                bearers.entry(name.to_owned()).or_default().push((country.clone(), name.to_owned(), true));
            }
        }
    }
    for row in read("place/geonames/cities15000.txt")?.lines() {
        let columns: Vec<&str> = row.split('\t').collect();
        let (Some(name), Some(ascii), Some(two), Some(part)) =
            (columns.get(1), columns.get(2), columns.get(8), columns.get(10))
        else {
            continue;
        };
        let people: u32 = columns.get(14).and_then(|n| n.parse().ok()).unwrap_or(0);
        let Some(country) = codes.get(*two) else { continue };
        let division = divisions.get(&format!("{two}.{part}")).cloned().unwrap_or_default();
        for name in [name, ascii] {
            bearers.entry((*name).to_owned()).or_default().push((
                country.clone(),
                division.clone(),
                people > 100_000,
            ));
        }
    }
    let settle = |title: &str| -> Option<String> {
        let title = title.strip_prefix("/wiki/").unwrap_or(title).replace('_', " ");
        let (name, holder) = match title.split_once(", ") {
            Some((name, holder)) => (name.to_owned(), Some(holder.to_owned())),
            None => (title, None),
        };
        let name = [" Province", " Governorate", " Oblast", " Region", " Department", " State"]
            .iter()
            .find_map(|kind| name.strip_suffix(kind))
            .map_or(name.clone(), str::to_owned);
        let all = bearers.get(&name)?;
        let mut fitting: Vec<&str> = all
            .iter()
            .filter(|(country, division, large)| match &holder {
                Some(holder) => countries.get(holder) == Some(country) || holder == division,
                None => *large,
            })
            .map(|(country, ..)| country.as_str())
            .collect();
        fitting.sort_unstable();
        fitting.dedup();
        (fitting.len() == 1 && !countries.contains_key(&name)).then(|| fitting[0].to_owned())
    };
    let mut linked = Vec::new();
    for line in read("raw/wp_current_events.jsonl")?.lines() {
        let Ok(item) = serde_json::from_str::<Value>(line) else { continue };
        let text = item["text"].as_str().unwrap_or_default();
        for link in item["links"].as_array().into_iter().flatten() {
            let Some(country) = link["title"].as_str().and_then(settle) else { continue };
            let byte = |key: &str| {
                let at = link[key].as_u64()? as usize;
                Some(text.char_indices().nth(at).map_or(text.len(), |(i, _)| i))
            };
            if let (Some(begin), Some(end)) = (byte("start"), byte("end"))
                && begin < end
            {
                linked.push(Linked { text: text.to_owned(), span: Span::new(begin, end), country });
            }
        }
    }
    Ok(linked)
}

/// Whether the country of a linked place is found: right, wrong, or not given.
pub fn judge_link(given: &[PlaceMention], linked: &Linked) -> Option<bool> {
    let mention = given.iter().find(|m| m.span.overlaps(linked.span))?;
    let country = mention.entry.as_ref()?.country.as_deref();
    Some(country == Some(linked.country.as_str()))
}

/// The links of the current events.
///
/// # Errors
/// As [`load_links`].
pub fn links(data: &Path, pipeline: &Pipeline) -> Result<Vec<Table>, String> {
    let all = load_links(data)?;
    let mut count = Count::default();
    let mut given: (String, Vec<PlaceMention>) = Default::default();
    for linked in &all {
        if given.0 != linked.text {
            given = (linked.text.clone(), found(pipeline, &linked.text));
        }
        count.wanted += 1;
        if let Some(right) = judge_link(&given.1, linked) {
            count.given += 1;
            count.right += u32::from(right);
        }
    }
    let mut table = Table::new(
        "Linked places (Wikipedia's current events)",
        "Links whose title GeoNames settles alone; right where the place found there lies in that country. One sentence is all the context.",
    );
    table.rows = vec![
        Row::of("right country", count, None),
        Row::value("right country of all links", all.len(), 100.0 * count.recall()),
    ];
    Ok(vec![table])
}
