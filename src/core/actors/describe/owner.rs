//! Whose a description is: the land or body before its role word, as possessor, or after it.

use super::super::office::LATEST;
use super::super::scan::{Name, Scan, Tie};
use super::super::tables::Sense;
use super::super::{Identity, phrase, words};
use super::Reader;
use super::name::name_head;
use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::ontology::Sector;
use crate::core::syntax::{Deprel, Sentence, Upos};
use smol_str::SmolStr;

/// Where the country or body of a description comes from.
#[derive(Clone, Debug, Default)]
pub(super) struct Owner {
    pub code: SmolStr,
    /// Sectors of an organisation that passes them on to its people.
    pub sectors: Vec<Sector>,
    pub entity: bool,
    pub seat: bool,
    pub reason: &'static str,
}

impl Reader<'_> {
    /// Tokens of coordinated names of different lands: "US and British", "Indian and Pakistani".
    pub(super) fn coordinated(&self, sentence: &Sentence, scan: &Scan<'_>, first: u32, end: u32) -> Vec<u32> {
        let names = scan.names_in(first, end);
        let mut found: Vec<(u32, SmolStr)> = Vec::new();
        for name in names.iter().filter(|name| name.end <= end && name.tie == Tie::Of) {
            let head = name_head(sentence, name);
            let Some(identity) = self.name(name, sentence, true, None) else { continue };
            if !matches!(identity.kind, ParticipantKind::Country | ParticipantKind::Organization) {
                continue;
            }
            let code = identity.country.unwrap_or_default();
            let linked = found.is_empty()
                || sentence.token(head).deprel == Deprel::Conj
                || sentence.children_by(head, Deprel::Conj).any(|c| found.iter().any(|&(t, _)| t == c))
                || (name.begin.saturating_sub(3)..name.begin)
                    .any(|t| t >= first && sentence.token(t).upos == Upos::Cconj);
            if linked && !found.iter().any(|(_, other)| *other == code) {
                found.push((head, code));
            }
        }
        if found.len() > 1 { found.into_iter().map(|(head, _)| head).collect() } else { Vec::new() }
    }

    /// The land or body named last before `end`: "Turkish", "NATO", "Germany's", "Hamas".
    pub(super) fn owner_left(
        &self,
        sentence: &Sentence,
        scan: &Scan<'_>,
        first: u32,
        end: u32,
    ) -> Option<Owner> {
        for name in scan.names_in(first, end).iter().rev() {
            if name.end > end.max(first + 1) || name.tie == Tie::Other {
                continue;
            }
            let Some(identity) = self.name(name, sentence, true, None) else { continue };
            return Some(self.owner(name, identity));
        }
        // "the Trump administration": the surname of somebody in high office.
        (first..end).rev().find_map(|t| {
            let token = sentence.token(t);
            if token.upos != Upos::Propn
                || !matches!(token.deprel, Deprel::Compound | Deprel::NmodPoss | Deprel::Flat)
            {
                return None;
            }
            let person = self.surname(&words::fold(self.written(sentence, t)))?;
            let term = self.actors.holding(person, self.on.unwrap_or(LATEST))?.term();
            let term = self.actors.term(term);
            (term.kind.rank() <= 1).then(|| Owner {
                code: term.code.clone(),
                sectors: vec![Sector::Government],
                reason: "the surname of its head",
                ..Owner::default()
            })
        })
    }

    pub(super) fn owner(&self, name: &Name<'_>, identity: Identity) -> Owner {
        let entity = name.senses.iter().any(|s| matches!(s, Sense::Entity(_) | Sense::Member(..)))
            && identity.kind == ParticipantKind::Organization;
        let capital = identity.basis == ParticipantBasis::Metonymy
            || name.senses.iter().any(|s| matches!(s, Sense::Town(_)));
        Owner {
            code: identity.country.unwrap_or_default(),
            sectors: identity.sectors,
            entity,
            seat: capital,
            reason: match (entity, capital) {
                (true, _) => "role word; the body it belongs to",
                (false, true) => "role word; the capital it belongs to",
                (false, false) => "role word and country",
            },
        }
    }

    /// The land or body after the head ("president of Turkey", "fighters from Hamas"); several for a plural head.
    pub(super) fn owner_right(
        &self,
        sentence: &Sentence,
        scan: &Scan<'_>,
        head: u32,
        plural: bool,
        depth: u8,
    ) -> (Option<Owner>, Vec<u32>) {
        for child in sentence.children_by(head, Deprel::Nmod) {
            let Some(case) = sentence.child(child, Deprel::Case) else { continue };
            let case = sentence.lemma(case);
            if !matches!(case, "of" | "from" | "in" | "for" | "at" | "with" | "within" | "inside") {
                continue;
            }
            if plural && matches!(case, "of" | "from") {
                let many: Vec<u32> = std::iter::once(child)
                    .chain(sentence.children_by(child, Deprel::Conj))
                    .filter(|&token| {
                        scan.name_at(token)
                            .and_then(|name| self.name(name, sentence, false, None))
                            .is_some_and(|identity| {
                                matches!(
                                    identity.kind,
                                    ParticipantKind::Country | ParticipantKind::Organization
                                )
                            })
                    })
                    .collect();
                if many.len() > 1 {
                    return (None, many);
                }
            }
            if let Some(name) = scan.name_at(child) {
                if name.tie == Tie::Of
                    && let Some(identity) = self.name(name, sentence, false, None)
                {
                    let person = identity.kind == ParticipantKind::Person;
                    let place = matches!(case, "in" | "at" | "inside" | "within");
                    let serves =
                        matches!(case, "for" | "with") && identity.kind == ParticipantKind::Organization;
                    if !person && (matches!(case, "of" | "from") || place || serves) {
                        return (Some(self.owner(name, identity)), Vec::new());
                    }
                }
                continue;
            }
            // "spokesman for the Turkish army", "members of the Syrian opposition"
            if matches!(case, "of" | "for" | "from" | "with" | "in" | "at")
                && let Some(role) = scan.role_at(child)
            {
                let inner = phrase::around(sentence, child);
                let inner = self.described(sentence, scan, inner, role, depth + 1);
                if inner.identity.country.is_some() || matches!(case, "of" | "for" | "with") {
                    let owner = Owner {
                        code: inner.identity.country.unwrap_or_default(),
                        sectors: if matches!(case, "in" | "at" | "from") {
                            Vec::new()
                        } else {
                            inner.identity.sectors
                        },
                        entity: !matches!(case, "in" | "at" | "from"),
                        seat: false,
                        reason: "role word; the body after it",
                    };
                    return (Some(owner), Vec::new());
                }
            }
        }
        (None, Vec::new())
    }
}
