//! The raw articles of ../shared/data, for what can be learned without labels.

use std::path::Path;

/// The files and the field with the text.
const FILES: &[&str] =
    &["raw/wikinews_2019_2020.jsonl", "raw/state_dept_press_releases.jsonl", "raw/wp_current_events.jsonl"];

/// Machine-written stories of events: false, but worded as news are; only how words keep company is learned from them.
const STORIES: &str = "events/ngec_synthetic.csv";

/// Every text, in the order of the files.
///
/// # Errors
/// A file that cannot be read, or a line that is no JSON object or row.
pub fn texts(data: &Path) -> Result<Vec<String>, String> {
    let mut texts = Vec::new();
    for file in FILES {
        let path = data.join(file);
        let content =
            std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        for (index, line) in content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let value: serde_json::Value = serde_json::from_str(line)
                .map_err(|error| format!("{}:{}: {error}", path.display(), index + 1))?;
            if let Some(text) = value.get("text").and_then(|text| text.as_str()) {
                texts.push(text.to_owned());
            }
        }
    }
    let path = data.join(STORIES);
    let mut stories =
        csv::Reader::from_path(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let columns = stories.headers().map_err(|error| format!("{}: {error}", path.display()))?;
    let column = columns
        .iter()
        .position(|name| name == "text")
        .ok_or(format!("{}: no column `text`", path.display()))?;
    for row in stories.records() {
        let row = row.map_err(|error| format!("{}: {error}", path.display()))?;
        texts.extend(row.get(column).map(str::to_owned));
    }
    Ok(texts)
}
