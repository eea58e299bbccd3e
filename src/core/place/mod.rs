//! Where: place names in the text, and the entry of the gazetteer that each one means.
//!
//! Text → [`name`]s found in the [`gazetteer`] → [`find`] drops what is no place (persons, institutions) → [`choose`] settles
//! which of several bearers of a name is meant → [`describe`] adds what is described rather than named ("the capital") →
//! [`standing`] and [`features`] say how each stands to a deed → [`event`] lets learned weights choose where it happened.

mod choose;
mod company;
mod describe;
mod event;
mod features;
mod find;
mod gazetteer;
mod name;
mod standing;

pub use event::{Candidate, Scene, candidates, features, place, place_event};
pub use gazetteer::{Country, Gazetteer, Kind, Place, Seat};

use crate::core::extraction::PlacePrecision;
use crate::core::syntax::TokenRef;
use crate::core::text::Span;
use smol_str::SmolStr;

/// A place name in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    /// Its syntactic head.
    pub head: TokenRef,
    /// The words.
    pub span: Span,
    /// What it means; `None` where we abstain.
    pub entry: Option<PlaceEntry>,
    /// How it stands in its sentence.
    pub role: PlaceRole,
    /// The preposition that governs it, or what it qualifies; empty where there is none.
    pub preposition: SmolStr,
    /// Whether it is a country's capital, which may stand for its government.
    pub seat: bool,
    /// How it is spoken of.
    pub basis: PlaceBasis,
    /// Of a description, what sort of place it says: "airport", "capital"; empty for a name.
    pub noun: SmolStr,
    /// Which rule chose, or why none.
    pub reason: SmolStr,
}

/// How a place is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlaceBasis {
    /// By a name of the gazetteer.
    Named,
    /// By a name that no table has; its country, if known, is that of its company.
    Unlisted,
    /// By what it is: "the capital", "the airport", "the Ecuadorean border".
    Described,
}

/// How a place name stands in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceRole {
    /// Behind a preposition, or in an apposition to such: "in Geneva", "near Kyiv, Ukraine".
    Locative,
    /// In the dateline.
    Dateline,
    /// Qualifies another noun: "at Baghdad airport", "the Geneva talks", "China's army"; the preposition is that of the noun.
    Modifier,
    /// What a verb is done to: "visited Riga", "shelled Goma", "Goma was taken".
    Object,
    /// Acts, or stands elsewhere: "Washington said".
    Participant,
}

/// A place of the gazetteer.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceEntry {
    /// Canonical name.
    pub name: SmolStr,
    /// ISO 3166-1 alpha-3; `None` for what crosses borders.
    pub country: Option<SmolStr>,
    /// First-level division.
    pub admin1: Option<SmolStr>,
    /// Degrees north and east, WGS 84.
    pub coordinates: Option<(f64, f64)>,
    /// GeoNames id.
    pub geonames_id: Option<u32>,
    /// How finely.
    pub precision: PlacePrecision,
}
