//! Labelled real news, by reference: corpus/news/*.jsonl hold labels and byte ranges, ../shared/data/raw the texts they speak of.

use super::corpus::{self, CorpusError, Item, Part};
use serde::Deserialize;
use std::collections::HashMap;
use std::path::Path;

/// Where the text of an item lies: the prefix of its id, and the file under raw/.
const SOURCES: [(&str, &str); 3] = [
    ("wp", "wp_current_events.jsonl"),
    ("sd", "state_dept_press_releases.jsonl"),
    ("wn", "wikinews_2019_2020.jsonl"),
];

/// Why real news cannot be scored here, or `None` where it can.
pub fn missing(folder: &Path, raw: &Path) -> Option<String> {
    let files = SOURCES.iter().map(|(_, file)| raw.join(file));
    let files = files.chain(std::iter::once(folder.join("train.jsonl")));
    files.into_iter().find(|file| !file.is_file()).map(|file| format!("no file {}", file.display()))
}

/// Reads the labels under `folder` and the texts under `raw`.
///
/// # Errors
/// A file that cannot be read; a line that is no valid item, stands in the wrong part, or was made for another text.
pub fn load(folder: &Path, raw: &Path, parts: &[Part]) -> Result<Vec<Item>, CorpusError> {
    let read = |path: &Path| {
        std::fs::read_to_string(path).map_err(|source| CorpusError::Read { path: path.to_owned(), source })
    };
    let bodies = SOURCES
        .iter()
        .map(|&(prefix, file)| Ok((prefix, read(&raw.join(file))?)))
        .collect::<Result<Vec<_>, CorpusError>>()?;
    let lines: HashMap<&str, Vec<&str>> =
        bodies.iter().map(|(prefix, body)| (*prefix, body.lines().collect())).collect();
    let mut items = Vec::new();
    for &part in parts {
        let path = folder.join(format!("{}.jsonl", part.folder()));
        for (number, line) in read(&path)?.lines().enumerate() {
            let item = parse(line, &lines).and_then(|item| match item.part == part {
                true => Ok(item),
                false => Err(format!("item {} belongs in {}.jsonl by its id", item.id, item.part.folder())),
            });
            let wrong = |message| CorpusError::Line { path: path.clone(), line: number + 1, message };
            items.push(item.map_err(wrong)?);
        }
    }
    Ok(items)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reference {
    id: String,
    date: String,
    /// The last 32 bits of the text's FNV-1a hash.
    hash: String,
    events: Vec<corpus::RawEvent>,
}

#[derive(Deserialize)]
struct Source {
    text: String,
}

fn parse(line: &str, lines: &HashMap<&str, Vec<&str>>) -> Result<Item, String> {
    let reference: Reference = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let text = text(&reference.id, lines)?;
    let hash = format!("{:08x}", corpus::fnv1a64(text.as_bytes()) as u32);
    if hash != reference.hash {
        return Err(format!("{}: labels of another version of the text", reference.id));
    }
    corpus::referenced(reference.id, &reference.date, text, &reference.events)
}

/// `wp:LINE`: that line's text; `sd:LINE:BYTE`, `wn:LINE:BYTE`: the paragraph of it that begins at that byte.
fn text(id: &str, lines: &HashMap<&str, Vec<&str>>) -> Result<String, String> {
    let unknown = || format!("{id}: no such text");
    let mut fields = id.split(':');
    let lines = fields.next().and_then(|prefix| lines.get(prefix)).ok_or_else(unknown)?;
    let number: usize = fields.next().and_then(|number| number.parse().ok()).ok_or_else(unknown)?;
    let line = number.checked_sub(1).and_then(|index| lines.get(index)).ok_or_else(unknown)?;
    let source: Source = serde_json::from_str(line).map_err(|error| format!("{id}: {error}"))?;
    let begin = match fields.next() {
        None => 0,
        Some(byte) => byte.parse::<usize>().map_err(|_| unknown())?,
    };
    let rest = source.text.get(begin..).ok_or_else(unknown)?;
    let paragraph =
        if begin > 0 || id.split(':').count() == 3 { rest.lines().next().unwrap_or("") } else { rest };
    Ok(paragraph.trim().to_owned())
}
