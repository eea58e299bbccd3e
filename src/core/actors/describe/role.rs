//! Descriptions: what a role word and the words around it say of sectors, country and office.

use super::super::phrase::Phrase;
use super::super::scan::{RoleWord, Scan};
use super::super::{Form, Identity, TermEnd};
use super::{Draft, Reader};
use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::ontology::Sector;
use crate::core::syntax::{Deprel, Sentence, Upos, Xpos};
use smol_str::SmolStr;

impl Reader<'_> {
    /// A description by role word.
    pub(super) fn described(
        &self,
        sentence: &Sentence,
        scan: &Scan<'_>,
        phrase: Phrase,
        role: &RoleWord,
        depth: u8,
    ) -> Draft {
        let article = matches!(sentence.token(phrase.first).upos, Upos::Det) && phrase.first < phrase.head;
        let identity = Identity {
            name: self.words(sentence, phrase.first + u32::from(article), phrase.last),
            kind: ParticipantKind::Group,
            country: None,
            sectors: Vec::new(),
            office: None,
            wikidata_id: None,
            basis: ParticipantBasis::Description,
            reason: SmolStr::new_static("role word"),
        };
        let mut draft = Draft::new(identity, Form::Description);
        self.apply_role(sentence, scan, phrase, role, &mut draft, depth);
        draft
    }

    /// Fills sectors, country, kind, office and members from a role word and what surrounds it.
    pub(super) fn apply_role(
        &self,
        sentence: &Sentence,
        scan: &Scan<'_>,
        phrase: Phrase,
        word: &RoleWord,
        draft: &mut Draft,
        depth: u8,
    ) {
        let role = &self.actors.roles[word.role as usize];
        let identity = &mut draft.identity;
        draft.role = Some(word.role);
        draft.plural = word.plural;
        identity.sectors = role.sectors.clone();
        identity.basis = ParticipantBasis::Description;
        identity.reason = SmolStr::new_static("role word");
        identity.kind = match (role.person, word.plural, role.sectors.first()) {
            (true, false, _) => ParticipantKind::Person,
            (true, true, _) => ParticipantKind::Group,
            (false, _, Some(first)) if is_institution(*first) => ParticipantKind::Organization,
            (false, ..) => ParticipantKind::Group,
        };
        // Words before: "opposition", "rebel", "military" add what they say.
        for before in scan.roles_in(phrase.first, word.begin) {
            let own = sentence.token(before.end - 1);
            if !matches!(
                own.deprel,
                Deprel::Compound
                    | Deprel::Amod
                    | Deprel::NmodPoss
                    | Deprel::Nmod
                    | Deprel::NmodDesc
                    | Deprel::Conj
            ) {
                continue;
            }
            let added = &self.actors.roles[before.role as usize].sectors;
            match added.first() {
                // "opposition lawmakers", "the opposition Socialists", "opposition leaders"
                Some(_) if added.contains(&Sector::Opposition) => {
                    if matches!(identity.sectors.first(), None | Some(Sector::Government | Sector::Unknown)) {
                        identity.sectors = vec![Sector::Opposition];
                    } else if !identity.sectors.contains(&Sector::Opposition) {
                        identity.sectors.push(Sector::Opposition);
                    }
                }
                Some(&Sector::Rebel) if !identity.sectors.contains(&Sector::Rebel) => {
                    if generic(&identity.sectors) || identity.sectors.first() == Some(&Sector::Government) {
                        identity.sectors = added.clone();
                    } else {
                        identity.sectors.push(Sector::Rebel);
                    }
                }
                Some(&first) if first != Sector::Government && generic(&identity.sectors) => {
                    identity.sectors = added.clone()
                }
                // "army doctors", "government surveyors", "municipal staff": whom they work for.
                Some(&(Sector::Military | Sector::Government | Sector::Police | Sector::Spy))
                    if role.person && profession(&identity.sectors) =>
                {
                    identity.sectors = added.clone()
                }
                _ => {}
            }
        }
        if self.former(sentence, phrase.first, word)
            && identity.sectors.first().is_some_and(|s| {
                matches!(s, Sector::Government | Sector::Legislature | Sector::Judiciary | Sector::Military)
            })
            && role.person
        {
            identity.sectors = vec![Sector::Elite];
        }
        let former = identity.sectors.first() == Some(&Sector::Elite);
        // The owner: before the role word, as possessor, or after it.
        draft.possessor = sentence.children_by(phrase.head, Deprel::NmodPoss).find(|&child| {
            sentence.token(child).upos == Upos::Pron || sentence.token(child).xpos == Xpos::PRPS
        });
        let mut members = self.coordinated(sentence, scan, phrase.first, word.begin);
        let mut owner =
            if members.len() > 1 { None } else { self.owner_left(sentence, scan, phrase.first, word.begin) };
        if owner.is_none() && members.len() < 2 {
            // A name inside the role phrase itself: "White House spokesman".
            owner = self.owner_left(sentence, scan, word.begin, phrase.head.min(word.end - 1));
        }
        if owner.is_none() && members.len() < 2 && depth < 2 && draft.possessor.is_none() {
            let (right, many) = self.owner_right(sentence, scan, phrase.head, draft.plural, depth);
            owner = right;
            members = many;
        }
        let identity = &mut draft.identity;
        if role.name == "officer" && owner.as_ref().is_some_and(|owner| !owner.entity && !owner.seat) {
            // "Russian officers": of the army unless the text says police.
            identity.sectors = vec![Sector::Military];
        }
        if members.len() > 1 {
            draft.members = members;
            return;
        }
        draft.homeless = role.code == "-";
        if !role.code.is_empty() && role.code != "-" {
            identity.country = Some(role.code.clone());
            return;
        }
        let Some(owner) = owner else { return };
        let international =
            matches!(owner.code.as_str(), "IGO" | "UNO" | "EUR" | "NGO" | "ISM" | "IMG" | "MNC");
        identity.country = (!owner.code.is_empty()).then_some(owner.code.clone());
        identity.reason = SmolStr::new_static(owner.reason);
        if owner.entity && !former && generic(&identity.sectors) {
            let soldiers = international && identity.sectors == [Sector::Military];
            if soldiers {
            } else if !owner.sectors.is_empty() {
                identity.sectors = owner.sectors.clone();
            } else if international {
                identity.sectors.clear();
            }
        }
        if international && identity.sectors == [Sector::Government] {
            identity.sectors = owner.sectors;
        }
        // Who holds it: only where the tables are sure of the day.
        if let (Some(kind), false, false, Some(on)) = (role.office, draft.plural, former, self.on)
            && kind.is_single()
            && draft.form == Form::Description
            && (!owner.entity || owner.seat)
            && let Some(code) = &identity.country
            && let Some(term) = self.actors.holder_called(code, kind, &role.name, on)
        {
            let row = self.actors.term(term);
            let sure =
                matches!(row.end, TermEnd::On(_)) || matches!(row.end, TermEnd::After(day) if on <= day);
            if sure && !row.start_unsure && row.until > on {
                let person = self.actors.person(row.person);
                identity.name = person.name.clone();
                identity.office = Some(row.office.clone());
                identity.wikidata_id = (!person.wikidata.is_empty()).then(|| person.wikidata.clone());
                identity.reason = SmolStr::new_static("the holder of the office on the day");
            }
        }
    }

    pub(super) fn former(&self, sentence: &Sentence, first: u32, word: &RoleWord) -> bool {
        (first..word.end).any(|t| {
            let lemma = sentence.token(t).lemma.as_str();
            matches!(
                lemma,
                "former"
                    | "ex"
                    | "ousted"
                    | "deposed"
                    | "late"
                    | "exiled"
                    | "retired"
                    | "onetime"
                    | "former-"
                    | "toppled"
            ) || lemma.starts_with("ex-")
                || lemma == "Former"
        })
    }
}

/// Sectors that a body's own replace: its leaders, officials, members are what it is.
fn generic(sectors: &[Sector]) -> bool {
    matches!(
        sectors,
        [] | [Sector::Government]
            | [Sector::UnidentifiedArmed]
            | [Sector::Society]
            | [Sector::Party]
            | [Sector::Civilian]
            | [Sector::Military]
            | [Sector::Labour]
            | [Sector::Rebel]
            | [Sector::Business]
    )
}

/// Sectors of trades that people follow in somebody's service.
fn profession(sectors: &[Sector]) -> bool {
    matches!(
        sectors.first(),
        Some(
            Sector::Medical
                | Sector::Business
                | Sector::Labour
                | Sector::Civilian
                | Sector::Education
                | Sector::Society
        )
    )
}

fn is_institution(sector: Sector) -> bool {
    use Sector::*;
    !matches!(
        sector,
        Military
            | Rebel
            | UnidentifiedArmed
            | ProGovernmentParamilitary
            | Criminal
            | Civilian
            | Refugee
            | Agriculture
            | Unknown
    )
}
