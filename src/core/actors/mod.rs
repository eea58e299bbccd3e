//! Who: mentions in the tree, the antecedents of those that stand for others, and what the tables know of each.

use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::ontology::Sector;
use crate::core::syntax::TokenRef;
use crate::core::text::Span;
use smol_str::SmolStr;

/// A phrase that may take part in events, with all that is known of it on the day.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Its syntactic head; frames find mentions by their head.
    pub head: TokenRef,
    /// The whole phrase.
    pub span: Span,
    /// Who it is.
    pub identity: Identity,
    /// Index of the mention that it stands for, for pronouns, surnames, descriptions.
    pub antecedent: Option<u32>,
}

/// What the tables and the text say of a mention.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    /// Canonical name.
    pub name: SmolStr,
    /// What it is.
    pub kind: ParticipantKind,
    /// ISO 3166-1 alpha-3 or international code.
    pub country: Option<SmolStr>,
    /// Primary first.
    pub sectors: Vec<Sector>,
    /// Office held on the day.
    pub office: Option<SmolStr>,
    /// Wikidata id.
    pub wikidata_id: Option<SmolStr>,
    /// How we know.
    pub basis: ParticipantBasis,
    /// Which rule or table row decided.
    pub reason: SmolStr,
}

/// The mentions of an article in text order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mentions {
    /// By span; nested mentions follow the mention that holds them.
    pub list: Vec<Mention>,
}
