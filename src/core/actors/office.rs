//! Who held which office on a day, and what somebody was on a day.

use super::entry::{OfficeKind, Term};
use super::tables::{Actors, Sense};
use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::ontology::Sector;
use jiff::ToSpan;
use jiff::civil::Date;
use smol_str::{SmolStr, format_smolstr};

use super::Identity;

/// What somebody's terms say of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holding {
    /// In that office on the day.
    In(u32),
    /// That office, the highest, had been left before the day.
    Left(u32),
    /// That office, the first, was taken only after the day.
    Later(u32),
}

impl Holding {
    /// The term that speaks.
    pub fn term(self) -> u32 {
        match self {
            Holding::In(term) | Holding::Left(term) | Holding::Later(term) => term,
        }
    }
}

/// How long before its first sure day a term whose start is not known may have begun.
const BEFORE: i32 = 18;

impl Actors {
    /// Whether the term covers the day.
    pub fn covers(&self, term: &Term, on: Date) -> bool {
        let start = if term.start_unsure {
            term.start.checked_sub(BEFORE.months()).unwrap_or(term.start)
        } else {
            term.start
        };
        start <= on && on <= term.until
    }

    /// What a person was on the day: the highest office held then, else the highest left, else the first to come.
    pub fn holding(&self, person: u32, on: Date) -> Option<Holding> {
        let terms = &self.person(person).terms;
        let best = |keep: &dyn Fn(&Term) -> bool| {
            terms
                .iter()
                .copied()
                .filter(|&t| keep(self.term(t)))
                .min_by_key(|&t| (self.term(t).kind.rank(), std::cmp::Reverse(self.term(t).start)))
        };
        // On the day of a change the newcomer counts.
        let held = best(&|term| self.covers(term, on) && term.until != on)
            .or_else(|| best(&|term| self.covers(term, on)));
        held.map(Holding::In)
            .or_else(|| best(&|term| term.until < on).map(Holding::Left))
            .or_else(|| best(&|term| term.start > on).map(Holding::Later))
    }

    /// Who held that office of that country on the day, newest start first.
    pub fn holder(&self, code: &str, kind: OfficeKind, on: Date) -> Option<u32> {
        let terms = self.by_office.get(&(SmolStr::new(code), kind))?;
        let upto = terms.partition_point(|&t| self.term(t).start <= on);
        let current = terms[..upto].iter().rev().take(40).copied().find(|&t| self.covers(self.term(t), on));
        current.or_else(|| terms[upto..].iter().copied().find(|&t| self.covers(self.term(t), on)))
    }

    /// All who hold an office of those kinds of that country on the day.
    pub fn holders<'a>(
        &'a self,
        code: &str,
        kinds: &'a [OfficeKind],
        on: Date,
    ) -> impl Iterator<Item = u32> + 'a {
        let code = SmolStr::new(code);
        let lists = kinds.iter().filter_map(move |&kind| self.by_office.get(&(code.clone(), kind)));
        lists.flatten().copied().filter(move |&t| self.covers(self.term(t), on))
    }

    /// Who on the day held the office that a role word names: the title must contain the word, so that a president who heads the
    /// government beside a supreme leader is found as president.
    pub fn holder_called(&self, code: &str, kind: OfficeKind, role: &str, on: Date) -> Option<u32> {
        let word = role.rsplit(' ').next().unwrap_or(role);
        let heads = [OfficeKind::HeadOfState, OfficeKind::HeadOfGovernment];
        if !heads.contains(&kind) {
            return self.holder(code, kind, on);
        }
        let titled = |term: &Term| term.office.split(' ').any(|part| part.eq_ignore_ascii_case(word));
        let find = |keep: &dyn Fn(&Term) -> bool| {
            heads.iter().find_map(|&kind| {
                let terms = self.by_office.get(&(SmolStr::new(code), kind))?;
                terms.iter().rev().copied().find(|&t| self.covers(self.term(t), on) && keep(self.term(t)))
            })
        };
        find(&titled).or_else(|| {
            // "premier" of a taoiseach, "king" of an emir: by kind, unless the title is the other head's.
            let president = |term: &Term| term.office.contains("President");
            find(&|term| term.kind == kind && (word == "president") == president(term))
        })
    }

    /// Of several persons with one name the one meant: of the wanted country, in office on the day, highest.
    pub fn choose(&self, senses: &[Sense], on: Option<Date>, wanted: Option<&str>) -> Option<u32> {
        let day = on.unwrap_or(LATEST);
        senses
            .iter()
            .filter_map(|sense| match sense {
                Sense::Person(person) => Some(*person),
                _ => None,
            })
            .min_by_key(|&person| {
                let (state, rank, code, end) = match self.holding(person, day) {
                    Some(holding) => {
                        let term = self.term(holding.term());
                        let state = match holding {
                            Holding::In(_) => 0,
                            Holding::Left(_) => 1,
                            Holding::Later(_) => 2,
                        };
                        (state, term.kind.rank(), term.code.as_str(), term.until)
                    }
                    None => (3, u8::MAX, "", Date::MIN),
                };
                let foreign = wanted.is_some_and(|wanted| wanted != code);
                (foreign, state, rank, std::cmp::Reverse(end))
            })
    }

    /// The identity of a person of the tables on the day. Without a day the last office held counts.
    pub fn person_identity(&self, person: u32, on: Option<Date>) -> Identity {
        let row = self.person(person);
        let holding = self.holding(person, on.unwrap_or(LATEST));
        let term = holding.map(|holding| self.term(holding.term()));
        let left = matches!(holding, Some(Holding::Left(_))) && on.is_some();
        let later = matches!(holding, Some(Holding::Later(_)));
        let mut sectors = Vec::new();
        if let Some(term) = term {
            match term.kind.sector() {
                _ if left && !matches!(term.kind, OfficeKind::Rebel) => sectors.push(Sector::Elite),
                _ if later => {}
                Some(sector) => sectors.push(sector),
                None => {}
            }
        }
        let reason = match (term, on) {
            (None, _) => SmolStr::new_static("name: no term in the tables"),
            (Some(term), None) => {
                format_smolstr!("name: last office {} {} from {}", term.code, term.office, term.start)
            }
            (Some(term), Some(on)) if left => {
                format_smolstr!(
                    "name: {} {} until {}, left before {}",
                    term.code,
                    term.office,
                    term.until,
                    on
                )
            }
            (Some(term), Some(on)) if later => {
                format_smolstr!("name: {} {} only from {}, after {}", term.code, term.office, term.start, on)
            }
            (Some(term), Some(_)) => {
                format_smolstr!("name: {} {} from {}", term.code, term.office, term.start)
            }
        };
        let some = |text: &SmolStr| (!text.is_empty()).then(|| text.clone());
        Identity {
            name: row.name.clone(),
            kind: ParticipantKind::Person,
            country: term.and_then(|term| some(&term.code)),
            sectors,
            office: term.filter(|_| !left && !later).map(|term| term.office.clone()),
            wikidata_id: some(&row.wikidata),
            basis: ParticipantBasis::Named,
            reason,
        }
    }
}

/// The day that stands for "now" where the article has none: the end of the tables.
pub(super) const LATEST: Date = Date::constant(2026, 8, 31);
