//! What the links settle afterwards: possessors lend their country, places in the sentence and the article's land do where nothing
//! else says it.

use super::Links;
use crate::core::actors::entry::OfficeKind;
use crate::core::actors::{Form, Mention};
use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::ontology::Sector;
use crate::core::syntax::{Deprel, TokenRef, Upos};
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

    /// Descriptions without a country take it from what surrounds them: a place in their sentence above all, then the countries of
    /// their sentence, then those that the text before speaks of, then those after.
    fn surroundings(&mut self) {
        let mut before = Weights::default();
        let mut whole = Weights::default();
        for mention in &self.list {
            if let Some(code) = self.land_named(mention) {
                whole.add(code, 1.0);
            }
        }
        let mut at = 0;
        while at < self.list.len() {
            let sentence = self.list[at].head.sentence;
            let end = at + self.list[at..].partition_point(|m| m.head.sentence == sentence);
            for i in at..end {
                if !self.wants_land(i) {
                    continue;
                }
                let mut weights = before.clone();
                for j in (at..end).filter(|&j| j != i) {
                    let Some(code) = self.land_named(&self.list[j]) else { continue };
                    let mut weight = 2.0;
                    if self.places(j) {
                        weight += 2.5;
                    }
                    if j < i {
                        weight += 0.3;
                    }
                    // Who does something to them is likelier another.
                    if self.same_clause(i as u32, j as u32)
                        && self.relation(i as u32) == Deprel::Obj
                        && self.relation(j as u32) == Deprel::Nsubj
                    {
                        weight -= 1.2;
                    }
                    weights.add(code, weight);
                }
                let near = weights.best();
                let (code, reason) = match (near, whole.best()) {
                    (Some(code), _) => (code, "role word; the country of its surroundings"),
                    (None, Some(code)) => (code, "role word; the country that the text speaks of"),
                    _ => continue,
                };
                let identity = &mut self.list[i].identity;
                identity.country = Some(code);
                identity.reason = SmolStr::new_static(reason);
            }
            before.fade(0.7);
            for mention in &self.list[at..end] {
                if let Some(code) = self.land_named(mention) {
                    before.add(code, 0.6);
                }
            }
            at = end;
        }
        // Those that stand for them learn it too.
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

    /// Whether the mention is a role without a country.
    fn wants_land(&self, i: usize) -> bool {
        let mention = &self.list[i];
        let identity = &mention.identity;
        let titled = mention.form == Form::Name
            && identity.kind == ParticipantKind::Person
            && self.clues[i].role.is_some();
        (mention.form == Form::Description || titled)
            && identity.country.is_none()
            && mention.members.is_empty()
            && mention.antecedent.is_none()
            && !identity.sectors.is_empty()
            && identity.sectors != [Sector::Unknown]
            && identity.basis == ParticipantBasis::Description
    }

    /// The country that a mention names by itself.
    fn land_named<'m>(&self, mention: &'m Mention) -> Option<&'m SmolStr> {
        if mention.form == Form::Pronoun || mention.identity.reason == "demonym of another party" {
            return None;
        }
        let code = mention.identity.country.as_ref()?;
        (!matches!(code.as_str(), "IGO" | "UNO" | "EUR" | "NGO" | "ISM" | "IMG" | "MNC")).then_some(code)
    }

    /// Whether the mention says where the sentence takes place.
    fn places(&self, i: usize) -> bool {
        let mention = &self.list[i];
        if !mention.locative {
            return false;
        }
        let sentence = self.reader.document.sentence_of(mention.head);
        sentence.children_by(mention.head.token, Deprel::Case).any(|case| {
            let case = sentence.token(case);
            case.upos == Upos::Adp
                && matches!(
                    case.lemma.as_str(),
                    "in" | "at" | "near" | "outside" | "across" | "inside" | "throughout" | "around"
                )
        })
    }
}

/// Countries with weights, in order of first mention.
#[derive(Clone, Debug, Default)]
struct Weights(Vec<(SmolStr, f32)>);

impl Weights {
    fn add(&mut self, code: &SmolStr, weight: f32) {
        match self.0.iter().position(|(known, _)| known == code) {
            Some(at) => self.0[at].1 += weight,
            None if self.0.len() < 64 => self.0.push((code.clone(), weight)),
            None => {}
        }
    }

    fn fade(&mut self, by: f32) {
        self.0.iter_mut().for_each(|(_, weight)| *weight *= by);
    }

    /// The heaviest; of equals the first.
    fn best(&self) -> Option<SmolStr> {
        let first = self.0.first()?;
        let best = self.0.iter().fold(first, |best, next| if next.1 > best.1 { next } else { best });
        (best.1 > 0.0).then(|| best.0.clone())
    }
}
