//! Wiki links in dated news sentences: the country that our mention gives to a link whose country the sources settle.
//!
//! Settled are links to articles of countries, of their capitals and of office holders in the sources (Wikidata cabinets, the Factbook,
//! REIGN apart); the answer comes from the article's title, never from the sentence. Links that only modify a place name or a
//! thing (an airport, a war) are of other titles and do not count.

use crate::core::actors::{Actors, Sense};
use crate::core::pipeline::Pipeline;
use crate::core::text::Span;
use crate::evaluation::report::{Row, Table};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::Path;

/// Right country of the best overlapping mention, over links by kind of title.
pub fn score(data: &Path, pipeline: &Pipeline) -> Result<Vec<Table>, String> {
    let path = data.join("raw/wp_current_events.jsonl");
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let tables = pipeline.tables();
    let holders = holders(data)?;
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut wrong = Vec::new();
    for line in text.lines() {
        let item: serde_json::Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
        let sentence = item["text"].as_str().unwrap_or("");
        let on: Option<Date> = item["date"].as_str().and_then(|day| day.parse().ok());
        let mut wanted: Vec<(Span, &str, String)> = Vec::new();
        let offsets: Vec<usize> = sentence.char_indices().map(|(i, _)| i).chain([sentence.len()]).collect();
        for link in item["links"].as_array().into_iter().flatten() {
            let title = link["title"].as_str().unwrap_or("").trim_start_matches("/wiki/").replace('_', " ");
            let Some((kind, code)) = settled(&tables.actors, &holders, &title) else { continue };
            let at = |key: &str| link[key].as_u64().and_then(|i| offsets.get(i as usize).copied());
            if let (Some(begin), Some(end)) = (at("start"), at("end"))
                && begin < end
            {
                wanted.push((Span::new(begin, end), kind, code));
            }
        }
        if wanted.is_empty() {
            continue;
        }
        let document = tables.syntax.analyze(sentence);
        let mentions = tables.actors.find(sentence, &document, on);
        for (span, kind, code) in wanted {
            let best = mentions
                .list
                .iter()
                .filter(|m| m.span.overlaps(span))
                .min_by_key(|m| m.span.len().abs_diff(span.len()));
            let count = counts.entry(kind).or_default();
            count[0] += 1;
            count[1] += usize::from(best.is_some());
            let right = best.is_some_and(|m| m.identity.country.as_deref() == Some(code.as_str()));
            count[2] += usize::from(right);
            if !right {
                let found = best.map_or("nothing", |m| m.identity.country.as_deref().unwrap_or("-"));
                wrong.push(format!(
                    "{} {code}: {found} | {}",
                    span.of(sentence),
                    sentence.get(..120).unwrap_or(sentence)
                ));
            }
        }
    }
    if std::env::var_os("DEMARCHE_SHOW").is_some() {
        wrong.iter().for_each(|line| eprintln!("{line}"));
    }
    let mut table = Table::new(
        "Wiki links of news sentences (2025–26)",
        "Links whose article's title settles the country (a country, a capital, a holder of office in the sources): country of our mention \
         that fits best. Precision is over links that some mention overlaps.",
    );
    let all = counts.values().fold([0; 3], |sum, c| [sum[0] + c[0], sum[1] + c[1], sum[2] + c[2]]);
    for (name, [n, found, right]) in counts.into_iter().chain([("all", all)]) {
        let mut row = Row::value(name, n, 100.0 * right as f64 / n.max(1) as f64);
        row.precision = Some(100.0 * right as f64 / found.max(1) as f64);
        row.recall = Some(100.0 * found as f64 / n.max(1) as f64);
        table.rows.push(row);
    }
    Ok(vec![table])
}

/// Names of office holders with their country, from the cabinets (Wikidata): only names of one country.
fn holders(data: &Path) -> Result<BTreeMap<String, String>, String> {
    let path = data.join("actors/world-leaders-2021/wikidata.csv");
    let mut reader = csv::Reader::from_path(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut holders: BTreeMap<String, String> = BTreeMap::new();
    for row in reader.records().filter_map(Result::ok) {
        let (country, name) = (row.get(1).unwrap_or(""), row.get(5).unwrap_or(""));
        let entry = holders.entry(name.to_owned()).or_insert_with(|| country.to_owned());
        if entry != country {
            entry.clear();
        }
    }
    Ok(holders)
}

fn settled<'k>(
    actors: &Actors,
    holders: &BTreeMap<String, String>,
    title: &str,
) -> Option<(&'k str, String)> {
    let land = |name: &str| {
        let senses = actors.senses(name);
        senses.iter().find_map(|sense| match sense {
            Sense::Land(i) => Some(("country", actors.land(*i).code.to_string())),
            Sense::Capital(i) => Some(("capital", actors.land(*i).code.to_string())),
            _ => None,
        })
    };
    if let Some(country) = holders.get(title).filter(|country| !country.is_empty()) {
        return land(country).map(|(_, code)| ("office holder", code));
    }
    land(title.split(" (").next()?).filter(|(_, code)| !code.is_empty())
}
