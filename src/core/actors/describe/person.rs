//! Persons: where a personal name begins, and whose it is by title, country, or the tables.

use super::super::entry::OfficeKind;
use super::super::office::LATEST;
use super::super::phrase::Phrase;
use super::super::scan::{Name, RoleWord, Scan};
use super::super::spelling::near;
use super::super::tables::{Sense, is_particle};
use super::super::{Form, Holding, Identity, words};
use super::{Draft, Reader};
use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::syntax::{Deprel, Sentence, Upos};
use smol_str::SmolStr;

impl Reader<'_> {
    /// Where the personal name at the head begins: compounds of unknown proper nouns before it belong to it.
    pub(super) fn name_begin(&self, sentence: &Sentence, scan: &Scan<'_>, phrase: Phrase) -> u32 {
        let mut begin = phrase.head;
        while begin > phrase.first {
            let token = sentence.token(begin - 1);
            let name = token.upos == Upos::Propn || is_particle(&token.lemma);
            if !name
                || scan.role_at(begin - 1).is_some()
                || scan.name_at(begin - 1).is_some_and(|n| n.end <= begin)
            {
                break;
            }
            begin -= 1;
        }
        begin
    }

    pub(super) fn may_be_person(&self, sentence: &Sentence, phrase: Phrase, first: u32) -> bool {
        use Deprel::*;
        let capital = self.written(sentence, phrase.head).chars().next().is_some_and(char::is_uppercase);
        let the = sentence.token(phrase.first).upos == Upos::Det;
        let long = phrase.name_last > first;
        let stands = matches!(
            sentence.token(phrase.head).deprel,
            Nsubj | OblAgent | NsubjPass | Conj | Obj | NmodPoss | Appos | Obl | Nmod
        );
        capital && !the && (long || stands)
    }

    pub(super) fn name_words(&self, sentence: &Sentence, first: u32, last: u32) -> Vec<SmolStr> {
        words::split(&self.words(sentence, first, last))
            .into_iter()
            .filter(|word| word != "," && word != "s" && !is_honorific(word))
            .collect()
    }

    /// A person by name with or without title, unknown to the tables unless the title leads there.
    pub(super) fn person(
        &self,
        sentence: &Sentence,
        scan: &Scan<'_>,
        phrase: Phrase,
        first: u32,
        title: Option<&RoleWord>,
    ) -> Draft {
        let last = phrase.name_last.max(phrase.head).max(first);
        let known = scan
            .names_in(first, last + 1)
            .iter()
            .find(|n| n.senses.iter().any(|s| matches!(s, Sense::Person(_))));
        if let Some(name) = known.filter(|name| name.begin == first)
            && let Some(draft) = self.known_person(sentence, scan, phrase, name, title)
        {
            return draft;
        }
        let name_words = self.name_words(sentence, first, last);
        let mut draft = Draft::new(
            Identity {
                name: self.words(sentence, first, last),
                kind: ParticipantKind::Person,
                country: None,
                sectors: Vec::new(),
                office: None,
                wikidata_id: None,
                basis: ParticipantBasis::Unresolved,
                reason: SmolStr::new_static("a name that no table knows"),
            },
            Form::Name,
        );
        if let Some(title) = title {
            self.apply_role(sentence, scan, phrase, title, &mut draft, 0);
            let role = &self.actors.roles[title.role as usize];
            if let (Some(kind), Some(code)) = (role.office, draft.identity.country.clone())
                && let Some(identity) = self.holder_named(&code, kind, &role.name, &name_words)
            {
                draft.identity = identity;
            } else {
                draft.identity.kind = ParticipantKind::Person;
                draft.identity.name = self.words(sentence, first, last);
            }
        } else if let Some(owner) = self.owner_left(sentence, scan, phrase.first, first) {
            draft.identity.country = (!owner.code.is_empty()).then_some(owner.code);
            draft.identity.basis = ParticipantBasis::Description;
            draft.identity.reason = SmolStr::new_static(owner.reason);
        }
        draft.name_words = name_words;
        draft
    }

    pub(super) fn known_person(
        &self,
        sentence: &Sentence,
        scan: &Scan<'_>,
        phrase: Phrase,
        name: &Name<'_>,
        title: Option<&RoleWord>,
    ) -> Option<Draft> {
        let left = self.owner_left(sentence, scan, phrase.first, name.begin);
        let wanted = left.as_ref().map(|owner| owner.code.as_str()).filter(|code| !code.is_empty());
        let identity = self.name(name, sentence, false, wanted)?;
        if identity.kind != ParticipantKind::Person
            || wanted.is_some_and(|w| identity.country.as_deref() != Some(w))
        {
            return None;
        }
        let mut draft = Draft::new(identity, Form::Name);
        draft.name_words = self.name_words(sentence, name.begin, phrase.name_last.max(name.end - 1));
        draft.role = title.map(|title| title.role);
        Some(draft)
    }

    /// The holder of the office on the day (or lately), if the name in the text may be theirs under another spelling.
    pub(super) fn holder_named(
        &self,
        code: &str,
        kind: OfficeKind,
        role: &str,
        name_words: &[SmolStr],
    ) -> Option<Identity> {
        let on = self.on?;
        let person = self.actors.term(self.actors.holder_called(code, kind, role, on)?).person;
        let list = words::split(&self.actors.person(person).name);
        let same = name_words
            .iter()
            .filter(|word| word.len() > 1 && !is_particle(word))
            .any(|word| list.iter().any(|other| word == other || word.len() > 3 && near(word, other)));
        same.then(|| {
            let mut identity = self.actors.person_identity(person, self.on);
            identity.reason =
                SmolStr::new_static("title and country name the holder of the office; the spelling is near");
            identity
        })
    }

    /// The one person in high office on the day, or lately, with that surname.
    pub fn surname(&self, surname: &str) -> Option<u32> {
        let list = self.actors.surnames.get(surname)?;
        let day = self.on.unwrap_or(LATEST);
        let mut best: Option<(u8, u32)> = None;
        let mut tied = false;
        for &person in list {
            let Some(Holding::In(term)) = self.actors.holding(person, day) else { continue };
            let rank = self.actors.term(term).kind.rank();
            match best {
                Some((before, _)) if before < rank => {}
                Some((before, other)) if before == rank => {
                    let same = self.actors.person(other).name == self.actors.person(person).name;
                    tied |= !same;
                }
                _ => {
                    best = Some((rank, person));
                    tied = false;
                }
            }
        }
        best.filter(|&(rank, _)| !tied && rank <= 3).map(|(_, person)| person)
    }
}

/// Words of courtesy before a name.
fn is_honorific(word: &str) -> bool {
    matches!(
        word,
        "mr" | "mrs"
            | "ms"
            | "miss"
            | "dr"
            | "sir"
            | "lord"
            | "lady"
            | "dame"
            | "prof"
            | "rev"
            | "mx"
            | "mme"
            | "MR"
            | "MS"
            | "MRS"
            | "DR"
    )
}
