//! The stages in the order they run. The only place that composes them.

use super::actors::{Actors, Mentions};
use super::assemble::{self, Draft};
use super::choice::Weights;
use super::events::scorer::{Judged, Model, Scorer};
use super::events::{self, Codebook};
use super::extraction::{Event, Extraction, Note, NoteCode, Options};
use super::place::{Gazetteer, Scene, place_event};
use super::syntax::{Analyzer, Document, TokenRef};
use super::text::{Article, screen};
use super::time::{Calendar, TimeContext, date_event};
use std::cell::Cell;

/// All knowledge that the stages read: typed, immutable, shared by all threads. `knowledge::load` fills it.
#[derive(Debug)]
pub struct Tables {
    /// Sentences, tags, trees.
    pub syntax: Analyzer,
    /// Who.
    pub actors: Actors,
    /// When.
    pub calendar: Calendar,
    /// Which of the times around an event is its own.
    pub dating: Weights,
    /// Where.
    pub gazetteer: Gazetteer,
    /// Which of the places around an event is its own.
    pub placing: Weights,
    /// What.
    pub codebook: Codebook,
    /// How sure, and what the codebook misses.
    pub scorer: Scorer,
}

/// The confidence of a STATEMENT: no labels tell how often these are right, so it says no more than a coin.
const UNJUDGED: f32 = 0.5;

/// The stages, as far as they can be told apart from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Language, length, noise.
    Screen,
    /// Sentences, tags, trees.
    Syntax,
    /// Mentions and who they are.
    Actors,
    /// When, where, what, and assembly.
    Events,
}

impl Stage {
    /// Its name in metrics.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Screen => "screen",
            Stage::Syntax => "syntax",
            Stage::Actors => "actors",
            Stage::Events => "events",
        }
    }
}

/// Reads articles. One for the whole program; reading takes `&self` and keeps nothing.
#[derive(Debug)]
pub struct Pipeline {
    tables: Tables,
}

impl Pipeline {
    /// A pipeline that knows these tables.
    pub fn new(tables: Tables) -> Pipeline {
        Pipeline { tables }
    }

    /// The same pipeline with another scorer.
    pub fn with_scorer(mut self, model: Model) -> Pipeline {
        self.tables.scorer = Scorer::new(model, &self.tables.codebook);
        self
    }

    /// The same pipeline without the scorer's decisions: what the codebook alone is worth.
    pub fn with_silent_scorer(mut self) -> Pipeline {
        self.tables.scorer = self.tables.scorer.silent();
        self
    }

    /// What the pipeline knows.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// Reads one article. Bad text is no error: it gives no events, and notes that say why.
    pub fn extract(&self, article: &Article, options: &Options) -> Extraction {
        self.extract_until(article, options, &|| false)
    }

    /// The same, but gives up when `stop` says so; it is asked about once a sentence. What was read until then is delivered,
    /// with the note `TIME_EXCEEDED`.
    pub fn extract_until(&self, article: &Article, options: &Options, stop: &dyn Fn() -> bool) -> Extraction {
        self.extract_watched(article, options, stop, &|_| ())
    }

    /// The same, and `passed` is told each [`Stage`] as it ends, for whoever holds a clock.
    pub fn extract_watched(
        &self,
        article: &Article,
        options: &Options,
        stop: &dyn Fn() -> bool,
        passed: &dyn Fn(Stage),
    ) -> Extraction {
        let stopped = Cell::new(false);
        let stop = || {
            stopped.set(stopped.get() || stop());
            stopped.get()
        };
        let mut extraction = Extraction { article_id: article.id_or_derived(), ..Extraction::default() };
        let screened = screen(article);
        extraction.notes = screened.notes;
        passed(Stage::Screen);
        let Some(text) = screened.text else { return extraction };
        let document = self.tables.syntax.analyze_until(&text, &stop);
        extraction.sentence_count = document.sentences.len() as u32;
        extraction.token_count = document.token_count() as u32;
        passed(Stage::Syntax);
        let mentions = self.tables.actors.find(&text, &document, article.published);
        passed(Stage::Actors);
        // What was read before the stop is coded still: that costs little beside the reading.
        let go_on = || false;
        let stop: &dyn Fn() -> bool = if stopped.get() { &go_on } else { &stop };
        extraction.events = self.events(article, &text, &document, &mentions, options, stop);
        passed(Stage::Events);
        let mut note = |code, message: String| extraction.notes.push(Note { code, message });
        if document.cut_sentences > 0 {
            let message =
                format!("{} sentences were too long and were read in pieces", document.cut_sentences);
            note(NoteCode::SentenceCut, message);
        }
        if stopped.get() {
            note(NoteCode::TimeExceeded, "the time for one article ran out; its end was not read".to_owned());
        }
        if extraction.events.is_empty() {
            note(NoteCode::NoEvents, "nothing in the text was coded as a political event".to_owned());
        }
        extraction
    }

    /// The events of an article whose syntax and participants are known.
    pub fn events(
        &self,
        article: &Article,
        text: &str,
        document: &Document,
        mentions: &Mentions,
        options: &Options,
        stop: &dyn Fn() -> bool,
    ) -> Vec<Event> {
        let published = article.published;
        let times = self.tables.calendar.find(text, document, published);
        let time = TimeContext { document, mentions: &times, published, deeds: &[] };
        let places = self.tables.gazetteer.survey(text, document, mentions);
        let scene = Scene { document, mentions, places: &places, deeds: &[] };
        let codebook = &self.tables.codebook;
        let issues: Vec<_> =
            document.sentences.iter().map(|s| events::contexts::weigh(codebook, s)).collect();
        let other_domains = events::vetoes::weights(codebook, document);
        let mut drafts = Vec::new();
        for (index, sentence) in document.sentences.iter().enumerate() {
            if stop() {
                break;
            }
            if events::vetoes::vetoed(other_domains[index]) {
                continue;
            }
            let coded = events::code_sentence(codebook, document, mentions, index as u32);
            let mut judged = self.tables.scorer.judge(codebook, document, mentions, index as u32, coded);
            let deeds: Vec<TokenRef> = judged.iter().map(|judged| judged.event.trigger).collect();
            if options.wants_statements() {
                let told: Vec<_> = judged.iter().map(|judged| &judged.event).collect();
                let said = events::statements(codebook, document, mentions, index as u32, &told);
                judged.extend(said.into_iter().map(|event| Judged { event, confidence: UNJUDGED }));
                judged.sort_by_key(|judged| judged.event.span);
            }
            let (time, scene) = (TimeContext { deeds: &deeds, ..time }, Scene { deeds: &deeds, ..scene });
            for Judged { event: mut coded, confidence } in judged {
                let place = place_event(&scene, &self.tables.placing, &coded);
                let date = date_event(&time, &self.tables.dating, &coded);
                if events::is_history(&date, published) {
                    continue;
                }
                coded.status = events::with_date(coded.status, &date, published);
                drafts.push(Draft {
                    date,
                    place,
                    contexts: events::contexts::contexts(codebook, document, mentions, &issues, &coded),
                    casualties: events::casualties::casualties(text, sentence, coded.event_type),
                    confidence,
                    coded,
                });
            }
        }
        assemble::assemble(&article.id_or_derived(), text, document, mentions, drafts, options)
    }
}
