//! The gold corpus: one JSON object a line (corpus/README.md), read into spans and closed enums, refused with file and line.

use crate::core::extraction::{DateBasis, DatePrecision};
use crate::core::ontology::{Context, EventType, Mode, Sector, Status};
use crate::core::text::{Article, Span};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Which part of the corpus an item belongs to, decided by its id alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// 60 %: to learn from.
    Train,
    /// 20 %: to look at while rules are written.
    Develop,
    /// 20 %: to score, never to read.
    Test,
}

impl Part {
    /// All three.
    pub const ALL: [Part; 3] = [Part::Train, Part::Develop, Part::Test];

    /// The folder's name under corpus/.
    pub fn folder(self) -> &'static str {
        match self {
            Part::Train => "train",
            Part::Develop => "develop",
            Part::Test => "test",
        }
    }

    /// The part of an item: FNV-1a over the bytes of its id, modulo ten.
    pub fn of(id: &str) -> Part {
        match fnv1a64(id.as_bytes()) % 10 {
            0..=5 => Part::Train,
            6..=7 => Part::Develop,
            _ => Part::Test,
        }
    }
}

/// FNV-1a with 64 bits.
pub fn fnv1a64(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// One labelled sentence or article.
#[derive(Clone, Debug)]
pub struct Item {
    /// Unique, `topic-number`.
    pub id: String,
    /// Train, develop or test.
    pub part: Part,
    /// What the coder sees.
    pub article: Article,
    /// Phenomena, and for items without events their kind.
    pub tags: Vec<String>,
    /// What the coder should find.
    pub events: Vec<GoldEvent>,
}

impl Item {
    /// Whether this is a full article rather than a sentence or two.
    pub fn is_article(&self) -> bool {
        self.article.text.contains("\n\n")
    }
}

/// One gold event.
#[derive(Clone, Debug)]
pub struct GoldEvent {
    /// PLOVER type.
    pub event_type: EventType,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// CAMEO code, where given.
    pub cameo: Option<String>,
    /// The trigger first, then the other words that report the deed.
    pub triggers: Vec<Span>,
    /// Who did it.
    pub actors: Vec<GoldMention>,
    /// Who received it.
    pub recipients: Vec<GoldMention>,
    /// When.
    pub when: GoldDate,
    /// Where, if the text says.
    pub place: Option<GoldPlace>,
    /// Whether it happened.
    pub status: Status,
    /// Who says so.
    pub by: Option<GoldMention>,
    /// PLOVER contexts.
    pub contexts: Vec<Context>,
}

/// A participant in the gold.
#[derive(Clone, Debug)]
pub struct GoldMention {
    /// Where it stands.
    pub span: Span,
    /// ISO alpha-3 or international code; `None` where neither text nor world knowledge settles it.
    pub country: Option<String>,
    /// Primary first.
    pub sectors: Vec<Sector>,
    /// The fullest name, for mentions that stand for somebody named elsewhere.
    pub who: Option<String>,
}

/// A date in the gold.
#[derive(Clone, Debug)]
pub struct GoldDate {
    /// First day; `None` = not settled by the text.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// How finely.
    pub precision: DatePrecision,
    /// Where it comes from.
    pub basis: DateBasis,
    /// The expression.
    pub mention: Option<Span>,
}

/// A place in the gold.
#[derive(Clone, Debug)]
pub struct GoldPlace {
    /// Where it stands.
    pub span: Span,
    /// ISO alpha-3; `None` for seas and the like.
    pub country: Option<String>,
    /// Degrees north and east.
    pub coordinates: Option<(f64, f64)>,
}

/// What is wrong with a line of the corpus.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// The file or folder cannot be read.
    #[error("{path}: {source}")]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The line does not follow corpus/README.md.
    #[error("{path}:{line}: {message}")]
    Line {
        /// Which file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// What is wrong and, where it can be said, what would be right.
        message: String,
    },
}

/// Reads the parts of the corpus under `folder` that are asked for, files in the order of their names.
///
/// # Errors
/// The first line that is no valid item, or an id that stands twice, with its file and line.
pub fn load(folder: &Path, parts: &[Part]) -> Result<Vec<Item>, CorpusError> {
    let mut items = Vec::new();
    let mut seen = HashSet::new();
    for &part in parts {
        let directory = folder.join(part.folder());
        let read = |source| CorpusError::Read { path: directory.clone(), source };
        let mut files = std::fs::read_dir(&directory)
            .map_err(read)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<Vec<_>, _>>()
            .map_err(read)?;
        files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
        files.sort();
        for path in files {
            let body = std::fs::read_to_string(&path)
                .map_err(|source| CorpusError::Read { path: path.clone(), source })?;
            for (number, line) in body.lines().enumerate() {
                let wrong =
                    |message: String| CorpusError::Line { path: path.clone(), line: number + 1, message };
                let item = parse(line).map_err(wrong)?;
                if item.part != part {
                    let right = item.part.folder();
                    return Err(wrong(format!("item {} belongs in {right}/ by its id", item.id)));
                }
                if !seen.insert(item.id.clone()) {
                    return Err(wrong(format!("the id {} stands twice", item.id)));
                }
                items.push(item);
            }
        }
    }
    Ok(items)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItem {
    id: String,
    date: Option<String>,
    #[serde(default)]
    title: String,
    text: String,
    tags: Vec<String>,
    events: Vec<RawEvent>,
}

/// An event as a line of the corpus has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEvent {
    #[serde(rename = "type")]
    event_type: String,
    mode: Option<String>,
    cameo: Option<String>,
    trigger: String,
    #[serde(default)]
    also: Vec<String>,
    actors: Vec<String>,
    #[serde(default)]
    recipients: Vec<String>,
    when: String,
    #[serde(rename = "where")]
    place: Option<String>,
    status: String,
    by: Option<String>,
    #[serde(default)]
    contexts: Vec<String>,
    #[serde(default, rename = "dead")]
    _dead: Option<u32>,
    #[serde(default, rename = "injured")]
    _injured: Option<u32>,
    #[serde(default, rename = "arrested")]
    _arrested: Option<u32>,
    #[serde(rename = "in")]
    within: Option<String>,
}

/// Reads one line of the corpus.
///
/// # Errors
/// A message that names the field and what is wrong with it.
pub fn parse(line: &str) -> Result<Item, String> {
    let raw: RawItem = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let published = raw.date.as_deref().map(date).transpose()?;
    let quoted = |event: &RawEvent| self::event(event, &Quotes::new(&raw.text, event.within.as_deref())?);
    let events = raw.events.iter().map(quoted).collect::<Result<Vec<_>, _>>()?;
    let unknown = raw.tags.iter().find(|tag| !super::phenomena::TAGS.contains(&tag.as_str()));
    if let Some(tag) = unknown {
        return Err(format!("unknown tag {tag:?}; corpus/README.md lists them"));
    }
    Ok(Item {
        part: Part::of(&raw.id),
        article: Article {
            id: raw.id.clone(),
            title: raw.title,
            text: raw.text,
            published,
            ..Article::default()
        },
        id: raw.id,
        tags: raw.tags,
        events,
    })
}

/// An item whose labels quote by byte ranges.
pub(super) fn referenced(id: String, day: &str, text: String, raw: &[RawEvent]) -> Result<Item, String> {
    let quotes = Quotes { by_range: true, ..Quotes::new(&text, None)? };
    let events = raw.iter().map(|event| self::event(event, &quotes)).collect::<Result<Vec<_>, _>>()?;
    let article = Article { id: id.clone(), text, published: Some(date(day)?), ..Article::default() };
    Ok(Item { part: Part::of(&id), article, id, tags: Vec::new(), events })
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("{text:?} is no date YYYY-MM-DD"))
}

fn event(raw: &RawEvent, quotes: &Quotes) -> Result<GoldEvent, String> {
    let event_type =
        EventType::parse(&raw.event_type).ok_or_else(|| format!("{:?} is no event type", raw.event_type))?;
    let mode = match &raw.mode {
        None => None,
        Some(name) => {
            Some(event_type.mode(name).ok_or_else(|| format!("{event_type} has no mode {name:?}"))?)
        }
    };
    if raw.actors.is_empty() {
        return Err("an event needs an actor".into());
    }
    let mentions =
        |list: &[String]| list.iter().map(|mention| quotes.mention(mention)).collect::<Result<Vec<_>, _>>();
    Ok(GoldEvent {
        event_type,
        mode,
        cameo: raw.cameo.clone(),
        triggers: std::iter::once(&raw.trigger)
            .chain(&raw.also)
            .map(|quote| quotes.find(quote))
            .collect::<Result<Vec<_>, _>>()?,
        actors: mentions(&raw.actors)?,
        recipients: mentions(&raw.recipients)?,
        when: quotes.when(&raw.when)?,
        place: raw.place.as_deref().map(|place| quotes.place(place)).transpose()?,
        status: Status::parse(&raw.status).ok_or_else(|| format!("{:?} is no status", raw.status))?,
        by: raw.by.as_deref().map(|by| quotes.mention(by)).transpose()?,
        contexts: raw
            .contexts
            .iter()
            .map(|name| Context::parse(name).ok_or_else(|| format!("{name:?} is no context")))
            .collect::<Result<Vec<_>, _>>()?,
    })
}

/// Turns quotations of a text into spans.
struct Quotes<'t> {
    text: &'t str,
    /// Where to look first.
    region: Span,
    /// Quotations are byte ranges, `begin-end`.
    by_range: bool,
}

impl<'t> Quotes<'t> {
    fn new(text: &'t str, within: Option<&str>) -> Result<Self, String> {
        let region = match within {
            None => Span::new(0, text.len()),
            Some(quote) => {
                let mut found = text.match_indices(quote);
                let (begin, _) = found.next().ok_or_else(|| format!("not in the text: {quote:?}"))?;
                if found.next().is_some() {
                    return Err(format!("\"in\" must occur once: {quote:?}"));
                }
                Span::new(begin, begin + quote.len())
            }
        };
        Ok(Quotes { text, region, by_range: false })
    }

    /// `words` is the first occurrence, `words#2` the second; in the region first, then in the whole text.
    fn find(&self, quote: &str) -> Result<Span, String> {
        if self.by_range {
            let range = quote.split_once('-').and_then(|(b, e)| Some((b.parse().ok()?, e.parse().ok()?)));
            return range
                .filter(|&(begin, end): &(usize, usize)| begin < end && self.text.get(begin..end).is_some())
                .map(|(begin, end)| Span::new(begin, end))
                .ok_or_else(|| format!("{quote:?} is no byte range of the text"));
        }
        let (words, nth) = match quote.rsplit_once('#') {
            Some((words, nth)) if nth.parse::<usize>().is_ok_and(|nth| nth > 0) => {
                (words, nth.parse::<usize>().unwrap_or(1))
            }
            _ => (quote, 1),
        };
        let occurrence = |within: Span| {
            let mut found = within
                .of(self.text)
                .match_indices(words)
                .map(|(at, _)| within.begin as usize + at)
                .map(|begin| Span::new(begin, begin + words.len()))
                .peekable();
            // Whole words first: "met" is not the "met" of "Kismet".
            let whole: Vec<Span> = found.clone().filter(|&span| self.is_whole(span)).collect();
            whole.get(nth - 1).copied().or_else(|| found.nth(nth - 1))
        };
        occurrence(self.region)
            .or_else(|| occurrence(Span::new(0, self.text.len())))
            .ok_or_else(|| format!("not in the text: {quote:?}"))
    }

    fn is_whole(&self, span: Span) -> bool {
        let before = self.text[..span.begin as usize].chars().next_back();
        let after = self.text[span.end as usize..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    }

    fn mention(&self, raw: &str) -> Result<GoldMention, String> {
        let mut fields = raw.split('|').map(str::trim);
        let span = self.find(fields.next().unwrap_or(""))?;
        let code = fields.next().ok_or_else(|| format!("no country in {raw:?}"))?;
        let mut words = code.split_whitespace();
        let country = match words.next() {
            None | Some("-") => None,
            Some(country) => Some(country.to_string()),
        };
        let sectors = words
            .map(|word| Sector::parse(word).ok_or_else(|| format!("{word:?} is no sector")))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(GoldMention { span, country, sectors, who: fields.next().map(String::from) })
    }

    fn when(&self, raw: &str) -> Result<GoldDate, String> {
        let (value, words) = match raw.split_once('|') {
            Some((value, words)) => (value.trim(), Some(words.trim())),
            None => (raw.trim(), None),
        };
        let mention = words.map(|words| self.find(words)).transpose()?;
        if value == "UNKNOWN" {
            return Ok(GoldDate {
                start: None,
                end: None,
                precision: DatePrecision::Day,
                basis: DateBasis::Unknown,
                mention,
            });
        }
        let mut fields = value.split_whitespace();
        let (Some(days), Some(precision), Some(basis)) = (fields.next(), fields.next(), fields.next()) else {
            return Err(format!("{raw:?} is not START[/END] PRECISION BASIS"));
        };
        let (start, end) = days.split_once('/').unwrap_or((days, days));
        Ok(GoldDate {
            start: Some(date(start)?),
            end: Some(date(end)?),
            precision: match precision {
                "DAY" => DatePrecision::Day,
                "WEEK" => DatePrecision::Week,
                "MONTH" => DatePrecision::Month,
                "QUARTER" => DatePrecision::Quarter,
                "YEAR" => DatePrecision::Year,
                other => return Err(format!("{other:?} is no precision")),
            },
            basis: match basis {
                "EXPLICIT" => DateBasis::Explicit,
                "RELATIVE" => DateBasis::Relative,
                "PUBLICATION_DATE" => DateBasis::PublicationDate,
                other => return Err(format!("{other:?} is no basis")),
            },
            mention,
        })
    }

    fn place(&self, raw: &str) -> Result<GoldPlace, String> {
        let mut fields = raw.split('|').map(str::trim);
        let span = self.find(fields.next().unwrap_or(""))?;
        let country = match fields.next() {
            None => return Err(format!("no country in {raw:?}")),
            Some("-") => None,
            Some(country) => Some(country.to_string()),
        };
        let coordinates = match fields.next() {
            None => None,
            Some(pair) => {
                let numbers = pair
                    .split_once(',')
                    .and_then(|(north, east)| Some((north.trim().parse().ok()?, east.trim().parse().ok()?)));
                Some(numbers.ok_or_else(|| format!("{pair:?} is not LAT,LON"))?)
            }
        };
        Ok(GoldPlace { span, country, coordinates })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_becomes_spans_and_codes() {
        let item = parse(
            r#"{"id":"t-1","date":"2019-03-05","text":"Oslo and Riga met. They met again.","tags":["reciprocal"],
            "events":[{"type":"CONSULT","trigger":"met#2","actors":["They | - GOV | Oslo"],"when":"2019-03-05 DAY PUBLICATION_DATE",
            "where":"Riga | LVA | 56.9,24.1","status":"OCCURRED"}]}"#,
        )
        .unwrap();
        let event = &item.events[0];
        assert_eq!(event.triggers[0], Span::new(24, 27));
        assert_eq!(event.actors[0].country, None);
        assert_eq!(event.place.as_ref().unwrap().coordinates, Some((56.9, 24.1)));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |event: &str| {
            parse(&format!(r#"{{"id":"t-1","text":"A met B.","tags":[],"events":[{event}]}}"#)).unwrap_err()
        };
        let base = r#""actors":["A | FRA"],"when":"UNKNOWN","status":"OCCURRED""#;
        assert!(
            wrong(&format!(r#"{{"type":"CONSULT","trigger":"spoke",{base}}}"#))
                .contains("not in the text: \"spoke\"")
        );
        assert!(
            wrong(&format!(r#"{{"type":"AID","mode":"visit","trigger":"met",{base}}}"#))
                .contains("AID has no mode")
        );
    }
}
