//! What a noun phrase says of itself: name, title, demonym, role; before the rest of the article is asked.

mod name;
mod owner;
mod person;
mod role;

pub use name::name_head;

use super::phrase::Phrase;
use super::scan::Scan;
use super::tables::Actors;
use super::words;
use super::{Form, Identity};
use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::syntax::{Document, Sentence, Upos, Xpos};
use jiff::civil::Date;
use rustc_hash::FxHashSet;
use smol_str::{SmolStr, ToSmolStr};
use std::cell::OnceCell;

/// What is read while one article is read.
pub struct Reader<'a> {
    /// The tables.
    pub actors: &'a Actors,
    /// The article.
    pub text: &'a str,
    /// Its trees.
    pub document: &'a Document,
    /// The day of the article.
    pub on: Option<Date>,
    /// The folded words of the article, made when the first homonym asks.
    pub vocabulary: OnceCell<FxHashSet<SmolStr>>,
}

/// A phrase as described by itself.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What is known so far.
    pub identity: Identity,
    /// Name, modifier, description, pronoun.
    pub form: Form,
    /// Tokens of nested names that the phrase stands for together.
    pub members: Vec<u32>,
    /// Lands that the phrase stands for together without naming them apart ("the two Koreas").
    pub lands: Vec<u16>,
    /// The role word in it.
    pub role: Option<u16>,
    /// Grammatical number.
    pub plural: bool,
    /// Whose it is, where that is a pronoun: its token.
    pub possessor: Option<u32>,
    /// Whether "the", "this", "both" or a possessor opens it.
    pub definite: bool,
    /// The words of a personal name, folded.
    pub name_words: Vec<SmolStr>,
    /// The surroundings do not tell its country: diplomats, donors, foreigners.
    pub homeless: bool,
}

impl Draft {
    pub(super) fn new(identity: Identity, form: Form) -> Draft {
        Draft {
            identity,
            form,
            members: Vec::new(),
            lands: Vec::new(),
            role: None,
            plural: false,
            possessor: None,
            definite: false,
            name_words: Vec::new(),
            homeless: false,
        }
    }
}

impl Reader<'_> {
    fn words(&self, sentence: &Sentence, first: u32, last: u32) -> SmolStr {
        sentence.token(first).span.join(sentence.token(last).span).of(self.text).to_smolstr()
    }

    fn written(&self, sentence: &Sentence, token: u32) -> &str {
        sentence.token(token).span.of(self.text)
    }

    /// Describes the phrase; `None` where nothing in it can act.
    pub fn describe(&self, sentence: &Sentence, scan: &Scan<'_>, phrase: Phrase) -> Option<Draft> {
        let head = phrase.head;
        let token = sentence.token(head);
        if is_time(self.written(sentence, head)) {
            return None;
        }
        if token.upos == Upos::Pron {
            return pronoun(token.xpos, &token.lemma, self.written(sentence, head));
        }
        let role = scan.role_at(head);
        let covering = scan.name_at(head);
        let mut draft = match (role, covering) {
            // A title as head with the name hung under it: "President" ← flat "Biden".
            (Some(role), _)
                if phrase.name_last >= role.end && sentence.token(role.end).upos == Upos::Propn =>
            {
                self.person(sentence, scan, phrase, role.end, Some(role))
            }
            (role, Some(name)) if self.name_stands(sentence, scan, phrase, name, role) => {
                self.named(sentence, scan, phrase, name)?
            }
            (Some(role), _) => self.described(sentence, scan, phrase, role, 0),
            (None, _) if token.upos == Upos::Propn || token.upos == Upos::X => {
                let first = self.name_begin(sentence, scan, phrase);
                let title = scan.roles_in(phrase.first, first).last();
                if title.is_none() && !self.may_be_person(sentence, phrase, first) {
                    return None;
                }
                self.person(sentence, scan, phrase, first, title)
            }
            _ => return None,
        };
        draft.definite = draft.possessor.is_some()
            || matches!(
                sentence.token(phrase.first).lemma.as_str(),
                "the" | "this" | "that" | "these" | "those" | "both" | "all"
            )
            || matches!(sentence.token(phrase.first).upos, Upos::Pron);
        draft.plural |= matches!(token.xpos, Xpos::NNS | Xpos::NNPS) && draft.form != Form::Name;
        Some(draft)
    }
}

/// Days, months and times of day, which head no name of anybody.
pub fn is_time(word: &str) -> bool {
    const TIMES: [&str; 33] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "nightfall",
        "dawn",
        "dusk",
        "midnight",
        "noon",
        "midday",
        "sunrise",
        "sunset",
        "daybreak",
        "yesterday",
        "today",
        "tomorrow",
        "tonight",
        "mondays",
        "fridays",
        "sundays",
    ];
    word.len() < 10 && TIMES.iter().any(|time| word.eq_ignore_ascii_case(time))
}

fn pronoun(xpos: Xpos, lemma: &str, written: &str) -> Option<Draft> {
    if !matches!(xpos, Xpos::PRP | Xpos::PRPS | Xpos::WP | Xpos::WDT | Xpos::WPS) {
        return None;
    }
    let folded = words::fold(written);
    let (kind, plural) = match folded.as_str() {
        "he" | "she" | "him" | "her" | "his" | "hers" | "himself" | "herself" => {
            (ParticipantKind::Person, false)
        }
        "they" | "them" | "their" | "theirs" | "themselves" => (ParticipantKind::Group, true),
        "it" | "its" | "itself" => (ParticipantKind::Organization, false),
        "who" | "whom" | "whose" | "which" | "that" => (ParticipantKind::Organization, false),
        _ => return None,
    };
    let _ = lemma;
    let mut draft = Draft::new(
        Identity {
            name: written.into(),
            kind,
            country: None,
            sectors: Vec::new(),
            office: None,
            wikidata_id: None,
            basis: ParticipantBasis::Unresolved,
            reason: SmolStr::new_static("pronoun without antecedent"),
        },
        Form::Pronoun,
    );
    draft.plural = plural;
    Some(draft)
}
