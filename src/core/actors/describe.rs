//! What a noun phrase says of itself: name, title, demonym, role; before the rest of the article is asked.

use super::entry::OfficeKind;
use super::office::LATEST;
use super::phrase::Phrase;
use super::scan::{Name, RoleWord, Scan, Tie};
use super::tables::{Actors, Sense, is_particle};
use super::words;
use super::{Form, Identity};
use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::ontology::Sector;
use crate::core::syntax::{Deprel, Document, Sentence, Upos, Xpos};
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
        }
    }
}

/// Where the country or body of a description comes from.
#[derive(Clone, Debug, Default)]
struct Owner {
    code: SmolStr,
    /// Sectors of an organisation that passes them on to its people.
    sectors: Vec<Sector>,
    entity: bool,
    seat: bool,
    reason: &'static str,
}

impl Reader<'_> {
    fn words(&self, sentence: &Sentence, first: u32, last: u32) -> SmolStr {
        sentence.token(first).span.join(sentence.token(last).span).of(self.text).to_smolstr()
    }

    fn written(&self, sentence: &Sentence, token: u32) -> &str {
        sentence.token(token).span.of(self.text)
    }

    /// The land a homonym means in this article, else the land of the sense.
    fn land(&self, name: &Name<'_>, sentence: &Sentence, land: u16) -> u16 {
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

    fn land_identity(&self, land: u16, reason: &'static str) -> Identity {
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

    fn entity_identity(&self, entity: u32) -> Identity {
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

    /// Describes the phrase; `None` where nothing in it can act.
    pub fn describe(&self, sentence: &Sentence, scan: &Scan<'_>, phrase: Phrase) -> Option<Draft> {
        let head = phrase.head;
        let token = sentence.token(head);
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

    /// Whether a name of the tables that covers the head is what the phrase means.
    fn name_stands(
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

    fn named(&self, sentence: &Sentence, scan: &Scan<'_>, phrase: Phrase, name: &Name<'_>) -> Option<Draft> {
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
        if lands.len() > 1 && matches!(sentence.token(phrase.head).xpos, Xpos::NNPS | Xpos::NNS) {
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

    /// Where the personal name at the head begins: compounds of unknown proper nouns before it belong to it.
    fn name_begin(&self, sentence: &Sentence, scan: &Scan<'_>, phrase: Phrase) -> u32 {
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

    fn may_be_person(&self, sentence: &Sentence, phrase: Phrase, first: u32) -> bool {
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

    fn name_words(&self, sentence: &Sentence, first: u32, last: u32) -> Vec<SmolStr> {
        words::split(&self.words(sentence, first, last))
            .into_iter()
            .filter(|word| word != "," && word != "s")
            .collect()
    }

    /// A person by name with or without title, unknown to the tables unless the title leads there.
    fn person(
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

    fn known_person(
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
    fn holder_named(
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

    /// A description by role word.
    fn described(
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
    fn apply_role(
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
                Some(&(Sector::Opposition | Sector::Rebel)) if !identity.sectors.contains(&added[0]) => {
                    if identity.sectors.first() == Some(&Sector::Government) || identity.sectors.is_empty() {
                        identity.sectors = added.clone();
                    } else {
                        identity.sectors.push(added[0]);
                    }
                }
                Some(&first) if first != Sector::Government && generic(&identity.sectors) => {
                    identity.sectors = added.clone()
                }
                _ => {}
            }
        }
        if self.former(sentence, phrase.first, word)
            && identity
                .sectors
                .first()
                .is_some_and(|s| matches!(s, Sector::Government | Sector::Legislature | Sector::Judiciary))
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
        let Some(owner) = owner else { return };
        let international =
            matches!(owner.code.as_str(), "IGO" | "UNO" | "EUR" | "NGO" | "ISM" | "IMG" | "MNC");
        identity.country = (!owner.code.is_empty()).then_some(owner.code.clone());
        identity.reason = SmolStr::new_static(owner.reason);
        if owner.entity && !former && generic(&identity.sectors) {
            if !owner.sectors.is_empty() {
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
            let sure = matches!(row.end, super::TermEnd::On(_))
                || matches!(row.end, super::TermEnd::After(day) if on <= day);
            if sure && !row.start_unsure && row.until > on {
                let person = self.actors.person(row.person);
                identity.name = person.name.clone();
                identity.office = Some(row.office.clone());
                identity.wikidata_id = (!person.wikidata.is_empty()).then(|| person.wikidata.clone());
                identity.reason = SmolStr::new_static("the holder of the office on the day");
            }
        }
    }

    fn former(&self, sentence: &Sentence, first: u32, word: &RoleWord) -> bool {
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

    /// Tokens of coordinated names of different lands: "US and British", "Indian and Pakistani".
    fn coordinated(&self, sentence: &Sentence, scan: &Scan<'_>, first: u32, end: u32) -> Vec<u32> {
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
    fn owner_left(&self, sentence: &Sentence, scan: &Scan<'_>, first: u32, end: u32) -> Option<Owner> {
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

    fn owner(&self, name: &Name<'_>, identity: Identity) -> Owner {
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
    fn owner_right(
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
                let inner = super::phrase::around(sentence, child);
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

    /// The one person in high office on the day, or lately, with that surname.
    pub fn surname(&self, surname: &str) -> Option<u32> {
        let list = self.actors.surnames.get(surname)?;
        let day = self.on.unwrap_or(LATEST);
        let mut best: Option<(u8, u32)> = None;
        let mut tied = false;
        for &person in list {
            let Some(super::Holding::In(term)) = self.actors.holding(person, day) else { continue };
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

/// The token of a name whose governor lies outside it.
pub fn name_head(sentence: &Sentence, name: &Name<'_>) -> u32 {
    (name.begin..name.end)
        .find(|&t| sentence.token(t).head.is_none_or(|h| h < name.begin || h >= name.end))
        .unwrap_or(name.begin)
}

/// Whether two folded words may be spellings of one name: equal, or one edit apart in five letters, two in eight.
pub fn near(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let longest = a.len().max(b.len());
    let allowed = if longest >= 8 { 2 } else { usize::from(longest >= 5) };
    if allowed == 0 || a.len().abs_diff(b.len()) > allowed || a.first() != b.first() || longest > 40 {
        return false;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()] <= allowed
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
