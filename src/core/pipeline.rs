//! The stages in the order they run. The only place that composes them.

use super::extraction::{Extraction, Note, NoteCode, Options};
use super::text::{Article, screen};

/// All knowledge that the stages read: typed, immutable, shared by all threads. `knowledge::load` fills it.
#[derive(Debug, Default)]
pub struct Tables {}

/// Reads articles. One for the whole program; reading takes `&self` and keeps nothing.
#[derive(Debug)]
pub struct Pipeline {
    #[allow(dead_code)]
    tables: Tables,
}

impl Pipeline {
    /// A pipeline that knows these tables.
    pub fn new(tables: Tables) -> Pipeline {
        Pipeline { tables }
    }

    /// Reads one article. Bad text is no error: it gives no events, and notes that say why.
    pub fn extract(&self, article: &Article, options: &Options) -> Extraction {
        self.extract_until(article, options, &|| false)
    }

    /// The same, but gives up when `stop` says so; it is asked about once a sentence. What was read until then is delivered,
    /// with the note `TIME_EXCEEDED`.
    pub fn extract_until(&self, article: &Article, options: &Options, stop: &dyn Fn() -> bool) -> Extraction {
        let mut extraction = Extraction { article_id: article.id_or_derived(), ..Extraction::default() };
        let screened = screen(article);
        extraction.notes = screened.notes;
        let Some(_text) = screened.text else { return extraction };
        // The stages follow here, each as it lands: syntax → actors, time, place → events → assemble.
        let _ = (options, stop);
        if extraction.events.is_empty() {
            let message = "nothing in the text was coded as a political event".to_owned();
            extraction.notes.push(Note { code: NoteCode::NoEvents, message });
        }
        extraction
    }
}
