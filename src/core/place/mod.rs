//! Where: place names in the text, and the entry of the gazetteer that each one means.

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
    /// Which rule chose, or why none.
    pub reason: SmolStr,
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
