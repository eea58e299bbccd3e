//! What comes out: coded events with the evidence of every field, and notes on what could not be read.

use super::ontology::{Context, EventType, Mode, QuadClass, Sector, Status};
use super::text::Span;
use jiff::civil::Date;
use serde::Serialize;

/// All that one article gave.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Extraction {
    /// The article's id, the client's or derived from the text.
    pub article_id: String,
    /// In text order.
    pub events: Vec<Event>,
    /// What the reader should know about the reading.
    pub notes: Vec<Note>,
    /// Sentences read.
    pub sentence_count: u32,
    /// Syntactic words read.
    pub token_count: u32,
}

/// Which events the client wants to see.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Only these types; empty = all but STATEMENT.
    pub event_types: Vec<EventType>,
    /// Deliver STATEMENT events too.
    pub include_statements: bool,
    /// Deliver events that did not happen.
    pub include_negated: bool,
    /// Deliver background from before the reported occasion.
    pub include_historical: bool,
    /// Leave out events below this confidence, 0..1.
    pub min_confidence: f32,
    /// Fill [`Event::trace`].
    pub explain: bool,
}

impl Options {
    /// Whether pure statements are asked for.
    pub fn wants_statements(&self) -> bool {
        if self.event_types.is_empty() {
            self.include_statements
        } else {
            self.event_types.contains(&EventType::Statement)
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Options {
            event_types: Vec::new(),
            include_statements: false,
            include_negated: false,
            include_historical: true,
            min_confidence: 0.0,
            explain: false,
        }
    }
}

/// One deed: who did what to whom, when, where, whether it happened, and who says so.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// Derived from content: the same article gives the same ids, always and everywhere.
    pub id: String,
    /// PLOVER type.
    pub event_type: EventType,
    /// PLOVER mode, where the type has modes and one fits.
    pub mode: Option<Mode>,
    /// PLOVER contexts, most certain first.
    pub contexts: Vec<Context>,
    /// CAMEO code that the same evidence supports, root ("04") or leaf ("042").
    pub cameo: String,
    /// Who did it; all parties of a reciprocal event.
    pub actors: Vec<Participant>,
    /// Who received it.
    pub recipients: Vec<Participant>,
    /// When.
    pub date: EventDate,
    /// Where, if the text says.
    pub place: Option<Place>,
    /// Whether it happened.
    pub status: Status,
    /// Who says so; `None` for the article's own voice.
    pub attribution: Option<Attribution>,
    /// Where the text says it, first mention first.
    pub evidence: Vec<Evidence>,
    /// Counts of people harmed or held, where given.
    pub casualties: Casualties,
    /// 0..1, calibrated.
    pub confidence: f32,
    /// With `explain`: one line a decision, as `field: reason`.
    pub trace: Vec<String>,
}

impl Event {
    /// Quad class of the type.
    pub fn quad_class(&self) -> QuadClass {
        self.event_type.quad_class()
    }

    /// Intensity of (type, mode), −10..10.
    pub fn intensity(&self) -> f32 {
        self.event_type.intensity_with(self.mode)
    }
}

/// What a participant is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum ParticipantKind {
    /// A state or its government as such.
    Country,
    /// One named or described person.
    Person,
    /// An institution, agency, party, company, court, ministry.
    Organization,
    /// People described together: protesters, rebels, villagers.
    Group,
}

/// How we know who a participant is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum ParticipantBasis {
    /// Its name stands in a table.
    Named,
    /// Another mention of the article says who it is.
    Coreference,
    /// A seat or capital stands for its government.
    Metonymy,
    /// Title, demonym or role noun in the phrase itself.
    Description,
    /// Nothing settles it.
    Unresolved,
}

/// Someone who takes part in an event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Participant {
    /// The whole phrase in the text.
    pub mention: Span,
    /// Canonical name; the mention's own words where nothing better is known.
    pub name: String,
    /// What it is.
    pub kind: ParticipantKind,
    /// ISO 3166-1 alpha-3 or IGO UNO EUR NGO ISM IMG MNC; `None` where unknown.
    pub country: Option<String>,
    /// Primary first; empty where unknown.
    pub sectors: Vec<Sector>,
    /// Office held on the day, e.g. "Minister of Foreign Affairs".
    pub office: Option<String>,
    /// Wikidata id, e.g. "Q7747".
    pub wikidata_id: Option<String>,
    /// How we know.
    pub basis: ParticipantBasis,
    /// Which rule or table row decided.
    pub reason: String,
}

impl Participant {
    /// The code of the event-data tradition: country, then sectors, e.g. `TURGOV`; empty where nothing is known.
    pub fn code(&self) -> String {
        let mut code = self.country.clone().unwrap_or_default();
        for sector in self.sectors.iter().take(2) {
            code.push_str(sector.name());
        }
        code
    }
}

/// How finely a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[allow(missing_docs)]
pub enum DatePrecision {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// Where a date comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum DateBasis {
    /// A calendar date in the text.
    Explicit,
    /// Counted from the publication date or another event.
    Relative,
    /// The text gives no time: the day of publication.
    PublicationDate,
    /// Neither text nor publication date settles it.
    Unknown,
}

/// When an event happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventDate {
    /// First day; `None` where unknown.
    pub start: Option<Date>,
    /// Last day, inclusive; equals `start` for a single day.
    pub end: Option<Date>,
    /// How finely; of no meaning where `start` is `None`.
    pub precision: DatePrecision,
    /// Where it comes from.
    pub basis: DateBasis,
    /// The time expression, if any.
    pub mention: Option<Span>,
    /// Which rule decided.
    pub reason: String,
}

/// How finely a place is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum PlacePrecision {
    /// A building, camp, crossing, base.
    Site,
    /// A town or city.
    City,
    /// A first-level division.
    Region,
    /// A country.
    Country,
    /// Something larger or vaguer: a sea, the Sahel.
    Area,
}

/// Where an event happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// Canonical name.
    pub name: String,
    /// ISO 3166-1 alpha-3; `None` for seas and areas across borders.
    pub country: Option<String>,
    /// First-level division's name.
    pub admin1: Option<String>,
    /// Degrees north, WGS 84.
    pub latitude: Option<f64>,
    /// Degrees east, WGS 84.
    pub longitude: Option<f64>,
    /// GeoNames id.
    pub geonames_id: Option<u32>,
    /// How finely.
    pub precision: PlacePrecision,
    /// The words in the text.
    pub mention: Span,
    /// Which rule attached and resolved it.
    pub reason: String,
}

/// Who says that the event happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attribution {
    /// The source, outermost first cause: the one whose word it finally is.
    pub reporter: Participant,
    /// The words that attribute, e.g. "according to".
    pub mention: Span,
}

/// Where the text says it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// The whole sentence.
    pub sentence: Span,
    /// The word or words of the deed.
    pub trigger: Span,
    /// The codebook entry and rules that coded it.
    pub reason: String,
}

/// People harmed or held, as numbers in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Casualties {
    pub dead: Option<u32>,
    pub injured: Option<u32>,
    pub arrested: Option<u32>,
}

/// Something to know about the reading of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// A stable code.
    pub code: NoteCode,
    /// What exactly, for a person.
    pub message: String,
}

/// The kinds of notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NoteCode {
    /// Not English: nothing was coded.
    LanguageNotSupported,
    /// Relative dates stay unresolved.
    NoPublicationDate,
    /// The text was longer than the limit; its end was not read.
    TextTruncated,
    /// A sentence ran over the token limit and was cut into pieces.
    SentenceCut,
    /// Control characters or other noise were skipped.
    TextCleaned,
    /// Nothing in the text looks like news of political events.
    NoEvents,
    /// The time budget ran out; the events of the sentences read so far are delivered.
    TimeExceeded,
}
