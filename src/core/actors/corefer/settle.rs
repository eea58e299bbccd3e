//! What the links settle afterwards: possessors lend their country and what they are, counterparts are found, followers learn.

use super::Links;
use super::surroundings::Watch;
use crate::core::actors::entry::OfficeKind;
use crate::core::actors::{Form, Mention};
use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::ontology::Sector;
use crate::core::syntax::{Deprel, TokenRef};
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
            Some("both") => true,
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

    /// Whether some organisation of the article bears that word in its name.
    pub(super) fn international_named(&self, word: &str) -> bool {
        self.list.iter().take(400).any(|mention| {
            mention.identity.kind == ParticipantKind::Organization
                && mention.form == Form::Name
                && mention.identity.name.split(' ').any(|part| part.eq_ignore_ascii_case(word))
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
    pub(super) fn settle(&mut self, watch: Watch<'_>) {
        self.possessors();
        self.counterparts();
        self.surroundings(watch);
        self.followers();
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
            let body = from.kind == ParticipantKind::Organization && identity.sectors == [Sector::Government];
            if body || self.clues[i].retinue && leads(&from.sectors) {
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

    /// Those that stand for others learn the country that these were given.
    fn followers(&mut self) {
        for i in 0..self.list.len() {
            let Some(root) = self.list[i].antecedent else { continue };
            if self.list[i].identity.country.is_none() {
                let from = self.list[root as usize].identity.clone();
                let identity = &mut self.list[i].identity;
                identity.country = from.country;
                if identity.sectors.is_empty() {
                    identity.sectors = from.sectors;
                }
            }
        }
    }
}

/// Sectors that their people share: "its commander", "his men", "their spokesman".
fn leads(sectors: &[Sector]) -> bool {
    use Sector::*;
    matches!(
        sectors.first(),
        Some(
            Rebel
                | ProGovernmentParamilitary
                | UnidentifiedArmed
                | Military
                | Police
                | Party
                | Opposition
                | Criminal
                | Legislature
                | Labour
                | Religious
        )
    )
}
