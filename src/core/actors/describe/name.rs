//! What a name of the tables means where it stands: the right land of a homonym, the right one of several senses, and whether a name
//! inside the phrase is what the phrase is about.

use super::super::phrase::Phrase;
use super::super::scan::{Name, RoleWord, Scan};
use super::super::tables::Sense;
use super::super::{Form, Identity, words};
use super::{Draft, Reader};
use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::ontology::Sector;
use crate::core::syntax::{Deprel, Sentence, Upos, Xpos};
use smol_str::SmolStr;

impl Reader<'_> {
    /// The land a homonym means in this article, else the land of the sense.
    pub(super) fn land(&self, name: &Name<'_>, sentence: &Sentence, land: u16) -> u16 {
        if name.end - name.begin != 1 || self.actors.homonyms.is_empty() {
            return land;
        }
        let key = words::fold(self.written(sentence, name.begin));
        let Some(readings) = self.actors.homonyms.get(&key) else { return land };
        let vocabulary = self.vocabulary.get_or_init(|| {
            let tokens = self.document.sentences.iter().flat_map(|sentence| &sentence.tokens);
            tokens.map(|token| words::fold(token.span.of(self.text))).collect()
        });
        let cued = readings.iter().find(|known| known.cues.iter().any(|cue| vocabulary.contains(cue)));
        cued.or_else(|| readings.iter().find(|known| known.cues.is_empty())).map_or(land, |known| known.land)
    }

    pub(super) fn land_identity(&self, land: u16, reason: &'static str) -> Identity {
        let row = self.actors.land(land);
        let some = |text: &SmolStr| (!text.is_empty()).then(|| text.clone());
        Identity {
            name: row.name.clone(),
            kind: ParticipantKind::Country,
            country: some(&row.code),
            sectors: row.sectors.clone(),
            office: None,
            wikidata_id: some(&row.wikidata),
            basis: ParticipantBasis::Named,
            reason: SmolStr::new_static(reason),
        }
    }

    pub(super) fn entity_identity(&self, entity: u32) -> Identity {
        let row = self.actors.entity(entity);
        let some = |text: &SmolStr| (!text.is_empty()).then(|| text.clone());
        Identity {
            name: row.name.clone(),
            kind: row.kind,
            country: some(&row.code),
            sectors: row.sectors_on(self.on),
            office: None,
            wikidata_id: some(&row.wikidata),
            basis: if row.seat { ParticipantBasis::Metonymy } else { ParticipantBasis::Named },
            reason: SmolStr::new_static(if row.seat {
                "seat of government"
            } else {
                "name of an organisation"
            }),
        }
    }

    /// What a name means by itself; `modifier` prefers the demonym. `None` for names of nobody.
    pub fn name(
        &self,
        name: &Name<'_>,
        sentence: &Sentence,
        modifier: bool,
        wanted: Option<&str>,
    ) -> Option<Identity> {
        let mut best: Option<(u8, Identity)> = None;
        let mut offer = |rank: u8, identity: Identity| {
            if best.as_ref().is_none_or(|(before, _)| rank < *before) {
                best = Some((rank, identity));
            }
        };
        for &sense in name.senses {
            match sense {
                Sense::Entity(entity) if self.actors.entity(entity).nobody => return None,
                Sense::Entity(entity) => offer(1, self.entity_identity(entity)),
                Sense::Land(land) => {
                    offer(
                        2 + u8::from(modifier),
                        self.land_identity(self.land(name, sentence, land), "country name"),
                    );
                }
                Sense::Adjective(land) => {
                    offer(
                        3 - u8::from(modifier),
                        self.land_identity(self.land(name, sentence, land), "demonym"),
                    );
                }
                Sense::Capital(land) => {
                    let mut identity = self.land_identity(land, "capital for its government");
                    identity.basis = ParticipantBasis::Metonymy;
                    offer(4, identity);
                }
                Sense::Town(land) => {
                    let mut identity = self.land_identity(land, "town of a country");
                    identity.name = self.words(sentence, name.begin, name.end - 1);
                    identity.kind = ParticipantKind::Group;
                    identity.sectors = Vec::new();
                    identity.wikidata_id = None;
                    identity.basis = ParticipantBasis::Description;
                    offer(7, identity);
                }
                Sense::National(land) | Sense::Nationals(land) => {
                    let mut identity =
                        self.land_identity(self.land(name, sentence, land), "people of a country");
                    let many = matches!(sense, Sense::Nationals(_));
                    identity.kind = if many { ParticipantKind::Group } else { ParticipantKind::Person };
                    identity.sectors = vec![Sector::Civilian];
                    identity.wikidata_id = None;
                    identity.basis = ParticipantBasis::Description;
                    offer(5, identity);
                }
                Sense::Member(entity, many) => {
                    let mut identity = self.entity_identity(entity);
                    identity.kind = if many { ParticipantKind::Group } else { ParticipantKind::Person };
                    identity.reason = SmolStr::new_static("members of an organisation");
                    offer(6, identity);
                }
                Sense::Person(_) => {
                    if let Some(person) = self.actors.choose(name.senses, self.on, wanted) {
                        offer(0, self.actors.person_identity(person, self.on));
                    }
                }
            }
        }
        best.map(|(_, identity)| identity)
    }

    /// Whether a name of the tables that covers the head is what the phrase means.
    pub(super) fn name_stands(
        &self,
        sentence: &Sentence,
        scan: &Scan<'_>,
        phrase: Phrase,
        name: &Name<'_>,
        role: Option<&RoleWord>,
    ) -> bool {
        if name.senses.iter().any(|sense| matches!(sense, Sense::Person(_))) {
            return true;
        }
        let place = name.senses.iter().all(|sense| {
            matches!(
                sense,
                Sense::Land(_)
                    | Sense::Town(_)
                    | Sense::Capital(_)
                    | Sense::Adjective(_)
                    | Sense::National(_)
                    | Sense::Nationals(_)
            )
        });
        // "Jordan Bardella", "Israel Katz", "Michael Jordan": a land's name inside a longer personal name.
        if place {
            let beyond = phrase.name_last >= name.end && sentence.token(name.end).upos == Upos::Propn;
            let before = name.begin.checked_sub(1).filter(|&t| t >= phrase.first).is_some_and(|t| {
                let word = sentence.token(t);
                word.upos == Upos::Propn
                    && matches!(word.deprel, Deprel::Compound | Deprel::Flat)
                    && scan.role_at(t).is_none()
                    && scan.name_at(t).is_none()
                    && !matches!(
                        word.lemma.to_lowercase().as_str(),
                        "north"
                            | "south"
                            | "east"
                            | "west"
                            | "northern"
                            | "southern"
                            | "eastern"
                            | "western"
                            | "central"
                            | "greater"
                            | "mainland"
                            | "mr"
                            | "mr."
                            | "occupied"
                            | "united"
                            | "neighbouring"
                            | "neighboring"
                    )
            });
            return !beyond && !before;
        }
        // "the Nigerian Senate": an institution that the tables know of another land.
        if let Some(role) = role
            && let Some(Sense::Entity(entity)) = name.senses.first()
        {
            let code = &self.actors.entity(*entity).code;
            let owner = self.owner_left(sentence, scan, phrase.first, name.begin.min(role.begin));
            return owner.is_none_or(|owner| owner.code == *code || owner.entity);
        }
        true
    }

    pub(super) fn named(
        &self,
        sentence: &Sentence,
        scan: &Scan<'_>,
        phrase: Phrase,
        name: &Name<'_>,
    ) -> Option<Draft> {
        let left = self.owner_left(sentence, scan, phrase.first, name.begin);
        let wanted = left.as_ref().map(|owner| owner.code.as_str()).filter(|code| !code.is_empty());
        let lands: Vec<u16> = name
            .senses
            .iter()
            .filter_map(|sense| if let Sense::Land(land) = sense { Some(*land) } else { None })
            .collect();
        let is_person = name.senses.iter().any(|sense| matches!(sense, Sense::Person(_)));
        let identity = self.name(name, sentence, false, wanted)?;
        let title = scan.roles_in(phrase.first, name.begin).last();
        // A title of another land than the tables know: a namesake.
        if is_person
            && let (Some(title), Some(wanted)) = (title, wanted)
            && identity.country.as_deref() != Some(wanted)
            && !left.as_ref().is_some_and(|owner| owner.entity)
            && name.end - name.begin < 3
        {
            return Some(self.person(sentence, scan, phrase, name.begin, Some(title)));
        }
        let mut draft = Draft::new(identity, Form::Name);
        if lands.len() > 1 && self.written(sentence, phrase.head).ends_with('s') {
            draft.lands = lands;
        }
        if is_person {
            draft.name_words = self.name_words(sentence, name.begin, phrase.name_last.max(name.end - 1));
            let former = title.is_some_and(|title| self.former(sentence, phrase.first, title));
            if former && draft.identity.sectors.first() == Some(&Sector::Government) {
                draft.identity.sectors = vec![Sector::Elite];
                draft.identity.office = None;
                draft.identity.reason = SmolStr::new_static("name; the text says former");
            } else if let Some(title) = title
                && (draft.identity.sectors.is_empty() || draft.identity.sectors == [Sector::Elite])
                && self.on.is_some()
            {
                // The tables do not know that the person holds an office, the text does.
                let role = &self.actors.roles[title.role as usize];
                draft.identity.sectors = role.sectors.clone();
                draft.identity.office = role.office.map(|_| role.name.clone());
                draft.identity.reason = SmolStr::new_static("name; sector from the title in the text");
            }
            draft.role = title.map(|title| title.role);
        }
        let national = |many: bool| {
            name.senses
                .iter()
                .any(|s| matches!((s, many), (Sense::Nationals(_), true) | (Sense::National(_), false)))
        };
        let acts = matches!(
            sentence.token(phrase.head).deprel,
            Deprel::Nsubj | Deprel::NsubjOuter | Deprel::OblAgent | Deprel::NsubjPass
        );
        if acts && draft.identity.reason == "town of a country" {
            draft.identity.sectors = vec![Sector::Government];
            draft.identity.basis = ParticipantBasis::Metonymy;
            draft.identity.reason = SmolStr::new_static("town for its authorities");
        }
        draft.plural = national(true)
            && (sentence.token(phrase.head).xpos != Xpos::NN
                && sentence.token(phrase.head).xpos != Xpos::NNP);
        if draft.identity.kind == ParticipantKind::Group && phrase.head == phrase.first + 1 {
            // "the Russians": the side, not some of its people.
            let the = sentence.token(phrase.first).lemma == "the";
            if the && draft.identity.sectors == [Sector::Civilian] {
                draft.identity.sectors = vec![Sector::Government];
                draft.identity.reason = SmolStr::new_static("the people of a country for its side");
            }
        }
        Some(draft)
    }
}

/// The last token of a name whose governor lies outside it: where the tree breaks a name, the noun leads rather than "South".
pub fn name_head(sentence: &Sentence, name: &Name<'_>) -> u32 {
    (name.begin..name.end)
        .rev()
        .find(|&t| sentence.token(t).head.is_none_or(|h| h < name.begin || h >= name.end))
        .unwrap_or(name.begin)
}
