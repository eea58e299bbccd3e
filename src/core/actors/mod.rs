//! Who: mentions in the tree, the antecedents of those that stand for others, and what the tables know of each.
//!
//! [`Actors::find`] reads a [`Document`] in this order: names and role words per sentence ([`scan`]), noun phrases around their
//! heads ([`phrase`]), what each phrase says of itself ([`describe`]), then links across the article ([`corefer`]).

mod corefer;
mod describe;
mod entry;
mod find;
mod office;
mod phrase;
mod scan;
mod spelling;
mod tables;
mod words;

pub use entry::{Entity, Land, OfficeKind, Person, Role, Term, TermEnd};
pub use office::Holding;
pub use spelling::near as alike;
pub use tables::{Actors, Known, Sense};
pub use words::{fold, split};

use crate::core::extraction::{Participant, ParticipantBasis, ParticipantKind};
use crate::core::ontology::Sector;
use crate::core::syntax::{Document, TokenRef};
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
    /// How the phrase refers.
    pub form: Form,
    /// Index of the mention that it stands for, for pronouns, surnames, descriptions.
    pub antecedent: Option<u32>,
    /// Indices of the mentions that it stands for together ("the two Koreas", "foreign ministers from Turkey and Iran", "both
    /// sides", "they"); empty for everything else. Events take the members instead of the phrase.
    pub members: Vec<u32>,
    /// Whether it stands where a place would ("in Syria", "near Moscow"): a party only if the deed's frame asks for one there.
    pub locative: bool,
}

/// How a phrase refers to what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// By name, with or without title.
    Name,
    /// By a demonym or other modifier of a noun ("Russian" in "a Russian attack").
    Modifier,
    /// By role or description.
    Description,
    /// By pronoun, possessives included.
    Pronoun,
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
    /// (head, index into `list`), sorted: the mention that a head leads to.
    by_head: Vec<(TokenRef, u32)>,
}

impl Mentions {
    /// Mentions with their index by head; of several with one head the first in the list answers.
    pub fn new(list: Vec<Mention>) -> Mentions {
        let mut by_head: Vec<(TokenRef, u32)> =
            list.iter().enumerate().map(|(i, mention)| (mention.head, i as u32)).collect();
        by_head.sort_unstable();
        by_head.dedup_by_key(|&mut (head, _)| head);
        Mentions { list, by_head }
    }

    /// The mention with that syntactic head.
    pub fn at(&self, head: TokenRef) -> Option<u32> {
        let found = self.by_head.binary_search_by_key(&head, |&(head, _)| head).ok()?;
        Some(self.by_head[found].1)
    }

    /// The participants that a mention gives an event: its members where it has any, else itself.
    ///
    /// Members that the phrase itself names keep their own words; members that stand elsewhere in the text ("they", "both sides")
    /// take the words of this mention.
    pub fn participants(&self, index: u32) -> Vec<Participant> {
        let Some(mention) = self.list.get(index as usize) else { return Vec::new() };
        if mention.members.is_empty() {
            return vec![mention.identity.participant(mention.span)];
        }
        let members = mention.members.iter().filter_map(|&member| self.list.get(member as usize));
        members
            .map(|member| {
                if mention.span.contains(member.span) {
                    member.identity.participant(member.span)
                } else {
                    let mut participant = member.identity.participant(mention.span);
                    participant.basis = ParticipantBasis::Coreference;
                    participant
                }
            })
            .collect()
    }
}

impl Identity {
    /// As a participant, mentioned with those words.
    pub fn participant(&self, mention: Span) -> Participant {
        Participant {
            mention,
            name: self.name.to_string(),
            kind: self.kind,
            country: self.country.as_ref().map(SmolStr::to_string),
            sectors: self.sectors.clone(),
            office: self.office.as_ref().map(SmolStr::to_string),
            wikidata_id: self.wikidata_id.as_ref().map(SmolStr::to_string),
            basis: self.basis,
            reason: self.reason.to_string(),
        }
    }
}

impl Document {
    /// The sentence of a token.
    pub(crate) fn sentence_of(&self, at: TokenRef) -> &crate::core::syntax::Sentence {
        &self.sentences[at.sentence as usize]
    }
}
