//! What comes in: one article, as its publisher gave it.

use jiff::civil::Date;

/// One article to read. Only `text` is required.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// The client's name for it; empty where it gave none (an id is then derived from the text).
    pub id: String,
    /// Headline; read as a sentence before the text for coding contexts, never a source of spans.
    pub title: String,
    /// The body, UTF-8. Every span points into this.
    pub text: String,
    /// The calendar day of publication in the publisher's zone; `None` leaves relative dates unresolved.
    pub published: Option<Date>,
    /// BCP 47 tag if the client knows it; empty = detect.
    pub language: String,
    /// Publisher's name, carried through.
    pub source: String,
    /// Address, carried through.
    pub url: String,
}

impl Article {
    /// The client's id, or one derived from the text: the same text has the same id, always and everywhere.
    pub fn id_or_derived(&self) -> String {
        if self.id.is_empty() {
            format!("text-{:016x}", xxhash_rust::xxh3::xxh3_64(self.text.as_bytes()))
        } else {
            self.id.clone()
        }
    }
}
