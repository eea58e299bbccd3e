//! The tables as one dictionary of phrases: every name, demonym and role word leads to what it may mean.
//!
//! Invariant: nothing changes after [`Actors::seal`]; all look-ups are by hash, none costs more for a longer table.

use super::entry::{Entity, Land, OfficeKind, Person, Role, Term, TermEnd};
use super::words;
use crate::core::choice::Weights;
use crate::core::ontology::Sector;
use crate::core::phrases::Phrases;
use jiff::ToSpan;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

/// One meaning of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// The name of a land.
    Land(u16),
    /// An adjective of a land ("Turkish").
    Adjective(u16),
    /// One person of a land ("Turk").
    National(u16),
    /// Persons of a land ("Turks").
    Nationals(u16),
    /// The capital or another seat of its government.
    Capital(u16),
    /// A town or province of the land.
    Town(u16),
    /// An organisation.
    Entity(u32),
    /// A person by full name.
    Person(u32),
    /// One member of an organisation ("Democrat"), or several.
    Member(u32, bool),
}

/// A name with context: the reading holds where one of the cues stands in the article, or always if there are none.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// What the name means then.
    pub land: u16,
    /// Folded words any of which selects the reading; empty = the reading without cues.
    pub cues: Vec<SmolStr>,
}

/// Everything that the tables know about who is who.
#[derive(Clone, Debug, Default)]
pub struct Actors {
    pub(super) lands: Vec<Land>,
    pub(super) entities: Vec<Entity>,
    pub(super) persons: Vec<Person>,
    pub(super) terms: Vec<Term>,
    pub(super) roles: Vec<Role>,
    pub(super) names: Phrases<Sense>,
    pub(super) role_words: Phrases<(u16, bool)>,
    /// Single words with several lands.
    pub(super) homonyms: FxHashMap<SmolStr, Vec<Known>>,
    /// Last names (first ones where the family name leads) of holders of high offices.
    pub(super) surnames: FxHashMap<SmolStr, Vec<u32>>,
    /// Terms by (code, kind), by start.
    pub(super) by_office: FxHashMap<(SmolStr, OfficeKind), Vec<u32>>,
    pub(super) spellings: super::spelling::Spellings,
    /// What a country in the surroundings of a description is worth.
    landing: Weights,
    first_names: FxHashSet<SmolStr>,
    /// Single words that name a town only after a preposition of place.
    shy: FxHashSet<SmolStr>,
    land_by_code: FxHashMap<SmolStr, u16>,
    person_by_name: FxHashMap<(SmolStr, SmolStr), u32>,
    entity_by_name: FxHashMap<(SmolStr, SmolStr), u32>,
}

/// Names of towns and provinces that are words of news prose: never taken for them.
const COMMON: [&str; 46] = [
    "north",
    "south",
    "east",
    "west",
    "central",
    "northern",
    "southern",
    "eastern",
    "western",
    "centre",
    "center",
    "capital",
    "coast",
    "coastal",
    "lake",
    "lakes",
    "river",
    "island",
    "islands",
    "police",
    "army",
    "march",
    "union",
    "peace",
    "liberal",
    "republic",
    "colon",
    "concord",
    "reading",
    "mobile",
    "roma",
    "nation",
    "independence",
    "best",
    "orange",
    "unity",
    "province",
    "city",
    "district",
    "upper",
    "lower",
    "states",
    "general",
    "president",
    "union",
    "liberty",
];

/// Writing orders in which the family name leads.
const FAMILY_FIRST: [&str; 6] = ["CHN", "KOR", "PRK", "TWN", "HKG", "KHM"];

impl Actors {
    /// Makes room for tables of the usual size.
    pub fn reserve(&mut self) {
        self.names.reserve(150_000, 100_000);
        self.role_words.reserve(12_000, 8_000);
        self.terms.reserve(32_000);
        self.persons.reserve(24_000);
        self.person_by_name.reserve(24_000);
    }

    /// A land under its code; the first land of a code is the one the code names.
    pub fn add_land(&mut self, land: Land) -> u16 {
        let index = self.lands.len() as u16;
        if !land.code.is_empty() {
            self.land_by_code.entry(land.code.clone()).or_insert(index);
        }
        self.lands.push(land);
        index
    }

    /// An organisation. One of the same name and country takes the place of the one before: a user's own row overrides ours.
    pub fn add_entity(&mut self, entity: Entity) -> u32 {
        let key = (entity.code.clone(), entity.name.clone());
        if let Some(&known) = self.entity_by_name.get(&key) {
            self.entities[known as usize] = entity;
            return known;
        }
        let index = self.entities.len() as u32;
        self.entity_by_name.insert(key, index);
        self.entities.push(entity);
        index
    }

    /// A name that means `sense`. Acronyms of four letters and more are found in title case too ("Nato").
    pub fn add_name(&mut self, name: &str, sense: Sense) {
        let list = words::split(name);
        let list = match list.first() {
            Some(first) if first == "the" && list.len() > 1 => &list[1..],
            _ => &list[..],
        };
        if self.names.get(list.iter().map(SmolStr::as_str)).is_some_and(|senses| senses.contains(&sense)) {
            return;
        }
        self.names.insert(list.iter().map(SmolStr::as_str), sense);
        if let Sense::Land(land) | Sense::Adjective(land) | Sense::National(land) | Sense::Nationals(land) =
            sense
        {
            self.spellings.add(name, land);
        }
        if let [word] = list
            && word.len() >= 4
            && words::is_acronym(word)
        {
            self.names.insert([word.to_ascii_lowercase().as_str()], sense);
        }
    }

    /// A town or province, unless its name means somebody or something else already. One whose name is short or a person's too counts
    /// only after a preposition of place. To be called after [`Actors::seal`].
    pub fn add_town(&mut self, name: &str, land: u16, population: u32) {
        let list = words::split(name);
        if list.iter().any(|word| word == ",") {
            return;
        }
        self.town(&list, land, Some(population));
        if name.contains(['\'', '’', 'ʼ', '‘']) && list.len() > 1 {
            // "Karmi'el" is written Karmiel as often.
            self.town(&[list.concat().into()], land, Some(population));
        }
        // "Mashonaland West" and "Jeju-do": the bare name means the same land.
        if let [.., last] = list.as_slice()
            && list.len() > 1
            && matches!(
                last.as_str(),
                "central"
                    | "east"
                    | "west"
                    | "north"
                    | "south"
                    | "eastern"
                    | "western"
                    | "do"
                    | "si"
                    | "city"
                    | "province"
                    | "oblast"
                    | "governorate"
                    | "region"
                    | "state"
                    | "district"
            )
        {
            self.town(&list[..list.len() - 1], land, Some(population));
        }
    }

    /// A region, river, mountain or old name of a town: where it is one word it counts only after a preposition of place. To be called
    /// after the towns.
    pub fn add_region(&mut self, name: &str, land: u16) {
        self.town(&words::split(name), land, None);
    }

    fn town(&mut self, list: &[SmolStr], land: u16, population: Option<u32>) {
        if self.names.get(list.iter().map(SmolStr::as_str)).is_some() {
            return;
        }
        if let [word] = list {
            if word.len() < 3 || COMMON.contains(&word.as_str()) || word.bytes().any(|b| b.is_ascii_digit()) {
                return;
            }
            let person = self.surnames.contains_key(word) || self.first_names.contains(word);
            if word.len() < 4 || population.is_none_or(|population| population < 1_000_000 && person) {
                self.shy.insert(word.clone());
            }
        }
        self.names.insert(list.iter().map(SmolStr::as_str), Sense::Town(land));
    }

    /// Whether a word names a town only where a preposition of place says so.
    pub(super) fn is_shy(&self, word: &str) -> bool {
        self.shy.contains(word)
    }

    /// Another land that a single word may name where a cue stands in the article.
    pub fn add_homonym(&mut self, word: &str, known: Known) {
        let readings = self.homonyms.entry(words::fold(word)).or_default();
        if !readings.contains(&known) {
            readings.push(known);
        }
    }

    /// A role word with its plural; one of the same name takes the place of the one before.
    pub fn add_role(&mut self, role: Role) {
        let list: Vec<SmolStr> =
            words::split(&role.name).iter().map(|word| word.to_ascii_lowercase().into()).collect();
        let known = self.role_words.get(list.iter().map(SmolStr::as_str)).and_then(|found| found.last());
        if let Some(&(known, false)) =
            known.filter(|(known, _)| self.roles[*known as usize].name == role.name)
        {
            self.roles[known as usize] = role;
            return;
        }
        let index = self.roles.len() as u16;
        self.role_words.insert(list.iter().map(SmolStr::as_str), (index, false));
        // The plural is on the noun before "of", "general", "in", else on the last word.
        let at = list
            .iter()
            .position(|word| matches!(word.as_str(), "of" | "general" | "in" | "for" | "to" | "at"))
            .map_or(list.len(), |at| at.max(1))
            - 1;
        let mut many = list.clone();
        many[at] = plural(&list[at]);
        if many != list {
            self.role_words.insert(many.iter().map(SmolStr::as_str), (index, true));
        }
        self.roles.push(role);
    }

    /// A term in office; persons of one country with one name are one person.
    pub fn add_term(&mut self, name: &str, wikidata: &str, mut term: Term) {
        let folded: SmolStr = words::split(name).join(" ").into();
        let key = (term.code.clone(), folded);
        let person = match self.person_by_name.get(&key) {
            Some(&person) => person,
            None => {
                let person = self.persons.len() as u32;
                self.persons.push(Person {
                    name: name.into(),
                    wikidata: SmolStr::default(),
                    terms: Vec::new(),
                });
                self.person_by_name.insert(key, person);
                person
            }
        };
        let row = &mut self.persons[person as usize];
        if row.wikidata.is_empty() {
            row.wikidata = wikidata.into();
        }
        // Two sources of one term: the surer end counts.
        let known = row.terms.iter().copied().find(|&t| {
            let other = &self.terms[t as usize];
            other.kind == term.kind
                && other.start.until(term.start).is_ok_and(|gap| gap.get_days().abs() <= 40)
        });
        if let Some(known) = known {
            let other = &mut self.terms[known as usize];
            other.end = match (other.end, term.end) {
                (TermEnd::After(a), TermEnd::After(b)) => TermEnd::After(a.max(b)),
                (TermEnd::On(a), TermEnd::After(b)) | (TermEnd::After(b), TermEnd::On(a)) if b <= a => {
                    TermEnd::On(a)
                }
                (TermEnd::After(b), _) | (_, TermEnd::After(b)) => TermEnd::After(b),
                (TermEnd::On(a), TermEnd::On(_)) => TermEnd::On(a),
            };
            return;
        }
        row.terms.push(self.terms.len() as u32);
        term.person = person;
        self.terms.push(term);
    }

    /// Joins the spellings of one person, closes open terms at their successors', and indexes the names of all persons.
    pub fn seal(&mut self) {
        for (i, term) in self.terms.iter().enumerate() {
            self.by_office.entry((term.code.clone(), term.kind)).or_default().push(i as u32);
        }
        for list in self.by_office.values_mut() {
            list.sort_by_key(|&i| (self.terms[i as usize].start, i));
        }
        let until: Vec<Date> = (0..self.terms.len()).map(|i| self.reach(i)).collect();
        for (term, until) in self.terms.iter_mut().zip(until) {
            term.until = until;
        }
        for i in 0..self.persons.len() {
            let terms = &self.terms;
            self.persons[i].terms.sort_by_key(|&t| (terms[t as usize].start, t));
            self.index_person(i as u32);
        }
    }

    /// How far a term without known end reaches: to its successor's start in an office with one holder, else some time on.
    fn reach(&self, i: usize) -> Date {
        let term = &self.terms[i];
        let last = match term.end {
            TermEnd::On(day) => return day,
            TermEnd::After(day) => day,
        };
        let patience = if term.kind.is_single() { 12.years() } else { 2.years() };
        let limit = last.checked_add(patience).unwrap_or(Date::MAX);
        if !term.kind.is_single() {
            return limit;
        }
        let others = &self.by_office[&(term.code.clone(), term.kind)];
        others
            .iter()
            .map(|&other| &self.terms[other as usize])
            .filter(|other| other.person != term.person && other.start >= last && !other.start_unsure)
            .map(|other| other.start)
            .min()
            .map_or(limit, |successor| limit.min(successor))
    }

    fn index_person(&mut self, person: u32) {
        let row = &self.persons[person as usize];
        let list = words::split(&row.name);
        let Some(&first_term) = row.terms.first() else { return };
        let code = self.terms[first_term as usize].code.clone();
        let best = row.terms.iter().map(|&t| self.terms[t as usize].kind.rank()).min().unwrap_or(u8::MAX);
        let sense = Sense::Person(person);
        if let [first, _, ..] = list.as_slice() {
            self.first_names.insert(first.clone());
        }
        if list.len() >= 2 || best <= 3 {
            self.names.insert(list.iter().map(SmolStr::as_str), sense);
        }
        let content: Vec<&SmolStr> = list.iter().filter(|word| word.len() > 1).collect();
        if let [first, .., last] = content[..]
            && list.len() >= 3
        {
            // Without the middle names, and without the first; initials never count.
            self.names.insert([first.as_str(), last.as_str()], sense);
            if best <= 4 && (list.len() > 3 || content.len() == 3) {
                let short: Vec<&str> = content[1..].iter().map(|word| word.as_str()).collect();
                if !is_particle(short[0]) {
                    self.names.insert(short.iter().copied(), sense);
                }
            }
        }
        if best <= 7 {
            let surname = if FAMILY_FIRST.contains(&code.as_str()) { list.first() } else { list.last() };
            if let Some(surname) = surname
                && surname.len() > 1
            {
                self.surnames.entry(surname.to_ascii_lowercase().into()).or_default().push(person);
            }
        }
    }

    /// The land of a code.
    pub fn land_of(&self, code: &str) -> Option<&Land> {
        self.land_by_code.get(code).map(|&i| &self.lands[i as usize])
    }

    /// The index of the land of a code.
    pub fn land_index(&self, code: &str) -> Option<u16> {
        self.land_by_code.get(code).copied()
    }

    /// All meanings of exactly this name.
    pub fn senses(&self, name: &str) -> &[Sense] {
        let list = words::split(name);
        let list = if list.len() > 1 && list[0].eq_ignore_ascii_case("the") { &list[1..] } else { &list[..] };
        self.names.get(list.iter().map(SmolStr::as_str)).unwrap_or(&[])
    }

    /// Learned weights of the choice of a description's country.
    pub fn landing(&self) -> &Weights {
        &self.landing
    }

    /// Takes learned weights of that choice.
    pub fn set_landing(&mut self, weights: Weights) {
        self.landing = weights;
    }

    /// Land `i`.
    pub fn land(&self, i: u16) -> &Land {
        &self.lands[i as usize]
    }

    /// Organisation `i`.
    pub fn entity(&self, i: u32) -> &Entity {
        &self.entities[i as usize]
    }

    /// Person `i`.
    pub fn person(&self, i: u32) -> &Person {
        &self.persons[i as usize]
    }

    /// Term `i`.
    pub fn term(&self, i: u32) -> &Term {
        &self.terms[i as usize]
    }

    /// Persons in high office whose surname (or leading family name) this is.
    pub fn of_surname(&self, name: &str) -> Vec<u32> {
        self.surnames.get(&words::fold(name)).cloned().unwrap_or_default()
    }

    /// Terms of two persons in one office with one holder that run side by side for more than a month: an error of a source, or an
    /// office that is shared. One line each.
    pub fn overlaps(&self) -> Vec<String> {
        let mut found = Vec::new();
        for list in self.by_office.values() {
            for (i, &a) in list.iter().enumerate() {
                for &b in list[i + 1..].iter().take(8) {
                    let (a, b) = (self.term(a), self.term(b));
                    let (TermEnd::On(end), true) = (a.end, a.kind.is_single()) else { continue };
                    let same =
                        a.person == b.person || a.office != b.office || a.start_unsure || b.start_unsure;
                    if !same && b.start.checked_add(1.month()).is_ok_and(|day| day < end) {
                        found.push(format!(
                            "{} {}: {} to {end} and {} from {}",
                            a.code,
                            a.office,
                            self.person(a.person).name,
                            self.person(b.person).name,
                            b.start
                        ));
                    }
                }
            }
        }
        found.sort();
        found.dedup();
        found
    }

    /// How many lands, organisations, persons, terms, role words.
    pub fn counts(&self) -> [usize; 5] {
        [self.lands.len(), self.entities.len(), self.persons.len(), self.terms.len(), self.roles.len()]
    }
}

impl Entity {
    /// Its sectors on a day: the lasting ones and those of that time.
    pub fn sectors_on(&self, on: Option<Date>) -> Vec<Sector> {
        let day = on.unwrap_or(Date::constant(2026, 1, 1));
        // Rebels who rule are the government.
        let rules = |&(from, to, sector): &(Date, Date, Sector)| {
            from <= day && day < to && sector == Sector::Government
        };
        if self.sectors == [Sector::Rebel] && self.dated.iter().any(rules) {
            return vec![Sector::Government];
        }
        let mut sectors = self.sectors.clone();
        for &(from, to, sector) in &self.dated {
            if from <= day && day < to && !sectors.contains(&sector) {
                sectors.push(sector);
            }
        }
        sectors
    }
}

/// Words that belong to the name after them.
pub(super) fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "al" | "el"
            | "de"
            | "da"
            | "di"
            | "van"
            | "von"
            | "bin"
            | "ben"
            | "ibn"
            | "abu"
            | "der"
            | "den"
            | "la"
            | "le"
            | "del"
            | "dos"
            | "du"
            | "ul"
            | "ur"
            | "bint"
            | "ter"
            | "ould"
            | "ag"
            | "st"
            | "mac"
    )
}

/// The regular plural of a lower-case noun, and the irregular ones of role words.
fn plural(word: &str) -> SmolStr {
    if let Some(stem) = word.strip_suffix("man") {
        return format!("{stem}men").into();
    }
    match word {
        "woman" => return "women".into(),
        "child" => return "children".into(),
        "people" | "police" | "staff" | "personnel" | "media" | "aircraft" | "press" | "poor" | "wounded"
        | "injured" | "dead" | "elderly" | "displaced" => return word.into(),
        "person" => return "persons".into(),
        "wife" => return "wives".into(),
        "thief" => return "thieves".into(),
        "chief" => return "chiefs".into(),
        _ => {}
    }
    if let Some(stem) = word.strip_suffix("woman") {
        return format!("{stem}women").into();
    }
    if word.ends_with('y') && !word.ends_with("ay") && !word.ends_with("ey") && !word.ends_with("oy") {
        return format!("{}ies", &word[..word.len() - 1]).into();
    }
    if word.ends_with('s') || word.ends_with('x') || word.ends_with("ch") || word.ends_with("sh") {
        return if word.ends_with("ss") || !word.ends_with('s') {
            format!("{word}es").into()
        } else {
            word.into()
        };
    }
    format!("{word}s").into()
}
