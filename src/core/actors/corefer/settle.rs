//! What the links settle afterwards: possessors lend their country, places in the sentence and the article's land do where nothing
//! else says it.

use super::Links;
use crate::core::actors::entry::OfficeKind;
use crate::core::actors::{Form, Mention};
use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::ontology::Sector;
use crate::core::syntax::{Deprel, TokenRef, Upos};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

impl Links<'_, '_> {
    /// Whether the phrase opens with "both" or "the two".
    pub(super) fn opens_with_two(&self, i: u32) -> bool {
        let mention = &self.list[i as usize];
        let sentence = self.reader.document.sentence_of(mention.head);
        let mut words = sentence
            .tokens
            .iter()
            .skip(sentence.tokens.partition_point(|token| token.span.begin < mention.span.begin))
            .map(|token| token.lemma.as_str());
        match words.next() {
            Some("both" | "two") => true,
            Some("the" | "these" | "those") => words.next().is_some_and(|word| matches!(word, "two" | "2")),
            _ => false,
        }
    }

    /// Whether the description has no modifiers beside its determiner: "the minister", "the armed group".
    pub(super) fn is_bare(&self, i: u32) -> bool {
        let mention = &self.list[i as usize];
        let sentence = self.reader.document.sentence_of(mention.head);
        sentence.children(mention.head.token).iter().all(|&child| {
            let token = sentence.token(child);
            let role = token.deprel == Deprel::Compound || token.deprel == Deprel::Amod;
            matches!(
                token.deprel,
                Deprel::Det
                    | Deprel::Case
                    | Deprel::Punct
                    | Deprel::Conj
                    | Deprel::Cc
                    | Deprel::AclRelcl
                    | Deprel::Acl
                    | Deprel::Appos
            ) || role && !token.lemma.chars().next().is_some_and(char::is_uppercase)
                || !mention.span.contains(token.span)
        })
    }

    /// Whether two mentions are arguments of one verb, so that a plain pronoun cannot stand for the other.
    pub(super) fn same_clause(&self, a: u32, b: u32) -> bool {
        let (a, b) = (self.list[a as usize].head, self.list[b as usize].head);
        let sentence = self.reader.document.sentence_of(a);
        a.sentence == b.sentence
            && sentence.token(a.token).head.is_some()
            && sentence.token(a.token).head == sentence.token(b.token).head
    }

    /// The last parties named together before `i` ("Turkey and Syria"): their mentions and how well they fit.
    pub(super) fn group_before(
        &self,
        i: u32,
        reach: u32,
        kinds: &[ParticipantKind],
    ) -> Option<(Vec<u32>, f32)> {
        let here = &self.list[i as usize];
        let start = self.list[..i as usize].partition_point(|m| m.head.sentence + reach < here.head.sentence);
        let mut best: Option<(Vec<u32>, f32)> = None;
        for j in (start as u32..i).rev().take(80) {
            let mention = &self.list[j as usize];
            let fits =
                |m: &Mention| kinds.contains(&m.identity.kind) || m.identity.kind == ParticipantKind::Person;
            if mention.span.contains(here.span) || mention.form == Form::Pronoun {
                continue;
            }
            let members: Vec<u32> = if mention.members.len() > 1 {
                mention.members.clone()
            } else {
                let sentence = self.reader.document.sentence_of(mention.head);
                let conjuncts = sentence.children_by(mention.head.token, Deprel::Conj);
                let others = conjuncts
                    .filter_map(|token| self.at(TokenRef { sentence: mention.head.sentence, token }));
                std::iter::once(j).chain(others.filter(|&other| other < i)).collect()
            };
            if members.len() < 2 || !members.iter().all(|&m| fits(&self.list[m as usize])) || mention.locative
            {
                continue;
            }
            let distance = here.head.sentence - mention.head.sentence;
            let subject = matches!(self.relation(j), Deprel::Nsubj | Deprel::NsubjPass);
            let score = [3.6, 2.9, 1.6, 0.9][distance.min(3) as usize] + if subject { 1.5 } else { 0.3 };
            if self.same_clause(j, i) && self.relation(i) != Deprel::NmodPoss {
                continue;
            }
            if best.as_ref().is_none_or(|(_, before)| score > *before) {
                let roots = members.iter().map(|&m| self.list[m as usize].antecedent.unwrap_or(m)).collect();
                best = Some((roots, score));
            }
        }
        best
    }

    /// Fills what only the links or the surroundings tell.
    pub(super) fn settle(&mut self) {
        self.possessors();
        self.counterparts();
        self.surroundings();
    }

    /// "its foreign minister": the country of whom "its" stands for.
    fn possessors(&mut self) {
        for i in 0..self.list.len() {
            let Some(owner) = self.clues[i].possessor.and_then(|head| self.at(head)) else { continue };
            let identity = &self.list[i].identity;
            if identity.country.is_some() || identity.basis != ParticipantBasis::Description {
                continue;
            }
            let from = self.list[owner as usize].identity.clone();
            let Some(code) = from.country else { continue };
            let international =
                matches!(code.as_str(), "IGO" | "UNO" | "EUR" | "NGO" | "ISM" | "IMG" | "MNC");
            let identity = &mut self.list[i].identity;
            identity.country = Some(code);
            identity.reason = SmolStr::new_static("role word; the country of the one it belongs to");
            if from.kind == ParticipantKind::Organization && identity.sectors == [Sector::Government] {
                identity.sectors = if international { Vec::new() } else { from.sectors };
            }
        }
    }

    /// "Merkel and her French counterpart": the holder of the same office in the other country.
    fn counterparts(&mut self) {
        let Some(on) = self.reader.on else { return };
        for i in 0..self.list.len() as u32 {
            let Some(role) = self.clues[i as usize].role else { continue };
            if self.reader.actors.roles[role as usize].name != "counterpart" || self.clues[i as usize].plural
            {
                continue;
            }
            if self.list[i as usize].antecedent.is_some() {
                continue;
            }
            let Some(owner) = self.clues[i as usize].possessor.and_then(|head| self.at(head)) else {
                continue;
            };
            let owner = self.list[owner as usize].antecedent.unwrap_or(owner);
            let Some(kind) = self.office_kind(owner) else { continue };
            let Some(code) = self.list[i as usize].identity.country.clone() else { continue };
            let actors = self.reader.actors;
            let kinds = [kind, OfficeKind::HeadOfGovernment, OfficeKind::HeadOfState];
            let kinds = if kind.rank() <= 1 { &kinds[..] } else { &kinds[..1] };
            let Some(term) = kinds.iter().find_map(|&kind| actors.holder(&code, kind, on)) else { continue };
            let term = actors.term(term);
            if term.start_unsure {
                continue;
            }
            let person = actors.person(term.person);
            let identity = &mut self.list[i as usize].identity;
            identity.name = person.name.clone();
            identity.office = Some(term.office.clone());
            identity.wikidata_id = (!person.wikidata.is_empty()).then(|| person.wikidata.clone());
            identity.reason = SmolStr::new_static("counterpart: the holder of the same office on the day");
        }
    }

    /// The kind of office that a person of the article holds.
    fn office_kind(&self, i: u32) -> Option<OfficeKind> {
        let actors = self.reader.actors;
        if let Some(kind) = self.clues[i as usize].role.and_then(|role| actors.roles[role as usize].office) {
            return Some(kind);
        }
        let identity = &self.list[i as usize].identity;
        let code = identity.country.as_ref()?;
        let on = self.reader.on?;
        [
            OfficeKind::HeadOfGovernment,
            OfficeKind::HeadOfState,
            OfficeKind::Foreign,
            OfficeKind::Defence,
            OfficeKind::Interior,
        ]
        .into_iter()
        .find(|&kind| {
            actors
                .holder(code, kind, on)
                .is_some_and(|term| actors.person(actors.term(term).person).name == identity.name)
        })
    }

    /// Institutions without a country take it from a place in their sentence, else from the land the text before speaks of most.
    fn surroundings(&mut self) {
        let mut counts: FxHashMap<SmolStr, u32> = FxHashMap::default();
        let mut at = 0;
        let mut dominant: Option<SmolStr> = None;
        while at < self.list.len() {
            let sentence = self.list[at].head.sentence;
            let end = at + self.list[at..].partition_point(|m| m.head.sentence == sentence);
            let place = self.place_of(at, end);
            for i in at..end {
                let wants = {
                    let mention = &self.list[i];
                    mention.form == Form::Description
                        && mention.identity.country.is_none()
                        && mention.members.is_empty()
                        && mention.antecedent.is_none()
                        && mention.identity.sectors.first().is_some_and(|s| *s != Sector::Unknown)
                        && mention.identity.basis == ParticipantBasis::Description
                };
                if !wants {
                    continue;
                }
                let institution = self.list[i].identity.sectors.first().is_some_and(|s| is_of_the_land(*s));
                let before = dominant.clone().filter(|_| institution);
                let (code, reason) = match (&place, before) {
                    (Some(code), _) => (code.clone(), "role word; the country where the sentence places it"),
                    (None, Some(code)) => (code, "role word; the country that the text speaks of"),
                    _ => continue,
                };
                let identity = &mut self.list[i].identity;
                identity.country = Some(code);
                identity.reason = SmolStr::new_static(reason);
            }
            for mention in &self.list[at..end] {
                if mention.form == Form::Pronoun {
                    continue;
                }
                if let Some(code) = &mention.identity.country
                    && code.len() == 3
                    && !matches!(code.as_str(), "IGO" | "UNO" | "EUR" | "NGO" | "ISM" | "IMG" | "MNC")
                {
                    *counts.entry(code.clone()).or_default() += 1;
                }
            }
            // Of equals the one that leads already, else the first in the alphabet, so that order of hashing never shows.
            dominant = counts
                .iter()
                .max_by(|(a, n), (b, m)| {
                    n.cmp(m)
                        .then_with(|| (dominant.as_ref() == Some(*a)).cmp(&(dominant.as_ref() == Some(*b))))
                        .then_with(|| b.cmp(a))
                })
                .map(|(code, _)| code.clone());
            at = end;
        }
    }

    /// The one land that the sentence places itself in.
    fn place_of(&self, from: usize, to: usize) -> Option<SmolStr> {
        let mut place: Option<&SmolStr> = None;
        for mention in &self.list[from..to] {
            if !mention.locative || mention.identity.kind != ParticipantKind::Country {
                continue;
            }
            let sentence = self.reader.document.sentence_of(mention.head);
            let inside = sentence.children_by(mention.head.token, Deprel::Case).any(|case| {
                let case = sentence.token(case);
                case.upos == Upos::Adp
                    && matches!(
                        case.lemma.as_str(),
                        "in" | "at" | "near" | "outside" | "across" | "inside" | "throughout"
                    )
            });
            if !inside {
                continue;
            }
            let code = mention.identity.country.as_ref()?;
            if place.is_some_and(|other| other != code) {
                return None;
            }
            place = Some(code);
        }
        place.cloned()
    }
}

/// Sectors whose bare institutions are those of the land spoken of.
fn is_of_the_land(sector: Sector) -> bool {
    use Sector::*;
    matches!(sector, Government | Police | Judiciary | Legislature | Military | Opposition | Spy)
}
