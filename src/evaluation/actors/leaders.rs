//! Who leads each country on a day: the tables against REIGN (to 2021) and the CIA World Factbook (2025, 2026).
//!
//! A leader counts as known when a head of state or government of the country on that day bears a word of the source's name, and as
//! resolved when a sentence with the full name gives the country and an office on that day.

use crate::core::actors::{Actors, OfficeKind, split};
use crate::core::pipeline::Pipeline;
use crate::evaluation::report::{Row, Table};
use jiff::civil::Date;
use std::path::Path;

/// COW abbreviations of REIGN that differ from ISO 3166-1 alpha-3.
const COW: &str = "BHM=BHS HAI=HTI TRI=TTO BAR=BRB GRN=GRD SLU=LCA SVG=VCT AAB=ATG SKN=KNA GUA=GTM HON=HND SAL=SLV COS=CRI PAR=PRY \
    URU=URY UKG=GBR IRE=IRL NTH=NLD FRN=FRA MNC=MCO SPN=ESP POR=PRT GMY=DEU CZR=CZE SLO=SVK SNM=SMR MAC=MKD CRO=HRV YUG=SRB BOS=BIH \
    BUL=BGR MLD=MDA ROM=ROU LAT=LVA LIT=LTU GRG=GEO SWD=SWE DEN=DNK ICE=ISL CAP=CPV EQG=GNQ GAM=GMB MAA=MRT NIR=NER CDI=CIV GUI=GIN \
    BFO=BFA SIE=SLE TOG=TGO CAO=CMR NIG=NGA CEN=CAF CHA=TCD CON=COG DRC=COD TAZ=TZA BUI=BDI ANG=AGO MZM=MOZ ZAM=ZMB ZIM=ZWE MAW=MWI \
    SAF=ZAF LES=LSO BOT=BWA SWA=SWZ MAG=MDG MAS=MUS SEY=SYC MOR=MAR ALG=DZA LIB=LBY SUD=SDN LEB=LBN KUW=KWT BAH=BHR UAE=ARE OMA=OMN \
    TAJ=TJK KYR=KGZ KZK=KAZ MON=MNG ROK=KOR BHU=BTN BNG=BGD MYA=MMR SRI=LKA MAD=MDV NEP=NPL THI=THA CAM=KHM DRV=VNM MAL=MYS SIN=SGP \
    BRU=BRN PHI=PHL INS=IDN ETM=TLS AUL=AUS NEW=NZL VAN=VUT SOL=SLB FIJ=FJI NAU=NRU MSI=MHL PAL=PLW SWZ=CHE AUS=AUT SLV=SVN MNG=MNE";

fn iso(cow: &str) -> &str {
    COW.split_whitespace().find_map(|pair| pair.strip_prefix(cow)?.strip_prefix('=')).unwrap_or(cow)
}

/// Whether a head of the country on the day bears a word of that name, or nearly.
fn knows(actors: &Actors, code: &str, name: &str, on: Date) -> bool {
    let words: Vec<_> = split(name).into_iter().filter(|word| word.len() > 2).collect();
    let heads =
        [OfficeKind::HeadOfState, OfficeKind::HeadOfGovernment, OfficeKind::Military, OfficeKind::Party];
    actors.holders(code, &heads, on).any(|term| {
        let known = split(&actors.person(actors.term(term).person).name);
        words.iter().any(|word| known.iter().any(|other| crate::core::actors::alike(word, other)))
    })
}

/// The measure on 1 January of every fifth year since 2000 and at the end of the tables.
pub fn score(data: &Path, pipeline: &Pipeline) -> Result<Vec<Table>, String> {
    let actors = &pipeline.tables().actors;
    let mut table = Table::new(
        "Leaders of all countries",
        "Effective leaders by REIGN (2000–2020) and heads by the World Factbook (in office since before the day): those whom the tables \
         know as a head of that country on that day; and of those with plain letters, those whom a sentence with land, title and full name resolves to country and office.",
    );
    let bytes = std::fs::read(data.join("actors/reign_leaders_to_2021-03.csv")).map_err(|e| e.to_string())?;
    let reign: String = bytes.iter().map(|&b| b as char).collect();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(reign.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().filter_map(Result::ok).collect();
    for year in [2000, 2005, 2010, 2015, 2020] {
        let on = Date::constant(year, 1, 1);
        let (mut n, mut known) = (0, 0);
        let mut missing = Vec::new();
        for row in &rows {
            let number = |i: usize| row.get(i).and_then(|cell| cell.trim().parse::<i16>().ok());
            let (Some(day), Some(month), Some(first)) = (number(4), number(5), number(6)) else { continue };
            let started = (first, month, day) <= (year, 1, 1);
            let over = match (number(8), number(7)) {
                (Some(last), Some(month)) => (last, month) <= (year, 1),
                _ => false,
            };
            let code = iso(row.get(0).unwrap_or(""));
            if !started || over || actors.land_of(code).is_none() {
                continue;
            }
            n += 1;
            let name = row.get(3).unwrap_or("");
            if knows(actors, code, name, on) { known += 1 } else { missing.push(format!("{code} {name}")) }
        }
        if std::env::var_os("DEMARCHE_SHOW").is_some() {
            eprintln!("{year}: {}", missing.join("; "));
        }
        table.rows.push(Row::value(format!("{year}-01-01 known"), n, 100.0 * known as f64 / n.max(1) as f64));
    }
    for (label, on) in
        [("2025-01-01", Date::constant(2025, 1, 1)), ("2026-05-01", Date::constant(2026, 5, 1))]
    {
        let heads = factbook(data, actors, on)?;
        let known = heads.iter().filter(|(code, name)| knows(actors, code, name, on)).count();
        let resolved = heads.iter().filter(|(code, name)| resolves(pipeline, code, name, on)).count();
        if std::env::var_os("DEMARCHE_SHOW").is_some() {
            let missing = heads.iter().filter(|(code, name)| !resolves(pipeline, code, name, on));
            eprintln!("{label}: {}", missing.map(|(c, n)| format!("{c} {n}")).collect::<Vec<_>>().join("; "));
        }
        let share = |part: usize| 100.0 * part as f64 / heads.len().max(1) as f64;
        table.rows.push(Row::value(format!("{label} known"), heads.len(), share(known)));
        table.rows.push(Row::value(format!("{label} resolved in a sentence"), heads.len(), share(resolved)));
    }
    Ok(vec![table])
}

/// Whether a sentence with the name gives country and office.
fn resolves(pipeline: &Pipeline, code: &str, name: &str, on: Date) -> bool {
    let tables = pipeline.tables();
    let land = tables.actors.land_of(code).map_or("", |land| land.name.as_str());
    let text = format!("{land}'s {name} spoke to reporters on Monday.");
    let document = tables.syntax.analyze(&text);
    let mentions = tables.actors.find(&text, &document, Some(on));
    mentions.list.iter().any(|m| m.identity.country.as_deref() == Some(code) && m.identity.office.is_some())
}

/// Heads of states and governments by the Factbook that were in office on the day: (code, name).
fn factbook(data: &Path, actors: &Actors, on: Date) -> Result<Vec<(String, String)>, String> {
    let path = data.join("actors/cia_factbook_government_2026-05.jsonl");
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut heads = Vec::new();
    for line in text.lines() {
        let entity: serde_json::Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
        let name = entity["name"]["conventional short form"].as_str().unwrap_or("");
        let senses = actors.senses(name);
        let land = senses
            .iter()
            .find_map(|s| if let crate::core::actors::Sense::Land(i) = s { Some(*i) } else { None });
        let Some(land) = land.map(|land| actors.land(land)) else { continue };
        // Dependencies have the head of another state.
        if actors.land_of(&land.code).is_none_or(|own| own.name != land.name) {
            continue;
        }
        for field in ["chief of state", "head of government"] {
            let Some((who, since)) =
                entity["executive"][field].as_str().and_then(|cell| cell.split_once(" (since "))
            else {
                continue;
            };
            let since = since.split(')').next().unwrap_or("");
            let Some(start) = long_date(since) else { continue };
            // The surname stands in capitals: title and name end with it.
            let shouted = |word: &&str| {
                word.chars().filter(|c| c.is_alphabetic()).count() > 1 && word.to_uppercase() == **word
            };
            let words: Vec<&str> = who.split_whitespace().collect();
            let Some(last) = words.iter().rposition(shouted) else { continue };
            let clause =
                words[..last].iter().rposition(|word| word.ends_with([';', ','])).map_or(0, |at| at + 1);
            let name = words[clause..=last].join(" ");
            if start <= on && !name.contains("CHARLES") && !name.contains(';') && name.is_ascii() {
                heads.push((land.code.to_string(), titled(&name)));
            }
        }
    }
    heads.sort();
    heads.dedup();
    Ok(heads)
}

/// "Abdelmadjid TEBBOUNE" → "Abdelmadjid Tebboune".
fn titled(name: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        chars.next().map(|first| first.to_string() + &chars.as_str().to_lowercase()).unwrap_or_default()
    };
    let part = |part: &str| part.split('-').map(word).collect::<Vec<_>>().join("-");
    name.split(' ').map(part).collect::<Vec<_>>().join(" ")
}

/// "12 December 2019".
fn long_date(text: &str) -> Option<Date> {
    let mut parts = text.split_whitespace().rev();
    let year = parts.next()?.parse().ok()?;
    let month = parts.next().map_or("January", |month| month);
    let months = "January February March April May June July August September October November December";
    let month = months.split(' ').position(|name| name == month)? as i8 + 1;
    let day = parts.next().and_then(|day| day.parse().ok()).unwrap_or(1);
    Date::new(year, month, day).ok()
}
