//! Which words name a place: every name of the gazetteer that starts with a capital, less those that are part of a person's, an
//! institution's or a newspaper's name.

use super::choose::{Candidate, choose};
use super::company::Company;
use super::describe::describe;
use super::gazetteer::Gazetteer;
use super::name::{NameHash, Word, words};
use super::{PlaceMention, PlaceRole};
use crate::core::actors::{Mention, Mentions};
use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::syntax::{Deprel, Document, Sentence, TokenRef, Upos, Xpos};
use crate::core::text::{Span, is_day_or_month};
use smol_str::SmolStr;

/// Words in lower case that may start a name: "al-Bab", "eastern Ukraine".
const LOWER_STARTS: &[&str] =
    &["al", "el", "ez", "eastern", "northern", "southern", "mainland", "north", "southern"];

/// Words behind a name that make the whole something else than a place.
const NOT_PLACES_BEHIND: &[&str] = &[
    "Times",
    "Post",
    "Journal",
    "Tribune",
    "Herald",
    "Gazette",
    "Guardian",
    "News",
    "Agency",
    "University",
    "College",
    "School",
    "Institute",
    "Bank",
    "Airlines",
    "Airways",
    "Company",
    "Corporation",
    "Group",
    "Foundation",
    "Association",
    "Union",
    "League",
    "Council",
    "Commission",
    "Committee",
    "Party",
    "Front",
    "Movement",
    "Brigade",
    "Brigades",
    "Army",
    "United",
    "FC",
    "City",
    "Club",
    "Cup",
    "Accords",
    "Accord",
    "Agreement",
    "Convention",
    "Protocol",
    "Treaty",
    "Declaration",
    "Process",
    "Summit",
    "Pact",
    "Consensus",
    "Museum",
    "Court",
    "Parliament",
    "Open",
    "Marathon",
    "Festival",
    "Games",
    "Olympics",
    "Telegraph",
    "Daily",
    "Broadcasting",
    "Radio",
];

/// Words behind a name that make it a region or keep it a place.
const PLACE_WORDS: &[&str] = &[
    "province",
    "state",
    "region",
    "district",
    "governorate",
    "oblast",
    "county",
    "prefecture",
    "city",
    "island",
    "islands",
    "airport",
    "peninsula",
    "valley",
    "border",
    "coast",
    "strip",
    "heights",
    "camp",
    "crossing",
    "port",
    "suburb",
    "neighbourhood",
    "neighborhood",
    "department",
    "emirate",
    "canton",
    "square",
    "street",
    "bridge",
    "station",
    "area",
    "bay",
    "river",
    "mountains",
    "desert",
    "hospital",
    "base",
    "prison",
    "territory",
    "republic",
    "village",
    "town",
    "division",
    "settlement",
    "capital",
    "hamlet",
    "resort",
    "quarter",
    "outskirts",
    "centre",
    "center",
    "streets",
    "suburbs",
    "kingdom",
    "enclave",
    "exclave",
    "stronghold",
    "community",
    "municipality",
    "coasts",
    "shores",
    "waters",
    "north",
    "south",
    "east",
    "west",
    "vicinity",
];

/// Capital words behind a place that leave it a place.
const ROLES: &[&str] = &[
    "President",
    "Minister",
    "Ministry",
    "Government",
    "Police",
    "Army",
    "Navy",
    "Mayor",
    "Governor",
    "Court",
    "Ambassador",
    "Embassy",
    "Senate",
    "Senator",
    "Congress",
    "Secretary",
    "Department",
    "Prime",
    "Premier",
    "Chancellor",
    "King",
    "Queen",
    "Prosecutor",
    "Judge",
    "Commissioner",
    "Assembly",
    "Authorities",
    "Forces",
    "Health",
    "Representative",
    "Consulate",
    "General",
    "Treasury",
    "Zoo",
    "Stadium",
    "Hotel",
    "Cathedral",
    "Opera",
    "House",
    "Palace",
    "Park",
    "Hall",
    "Hills",
    "Lake",
    "Beach",
    "Centre",
    "Center",
    "Metro",
    "Road",
    "Avenue",
];

/// What is named after a place without being there.
const DISEASES: &[&str] =
    &["virus", "fever", "disease", "flu", "ebolavirus", "encephalitis", "syndrome", "strain", "variant"];

/// Words before "of" + a place that make a name of it.
const NAMES_OF: &[&str] = &[
    "university",
    "bank",
    "duke",
    "duchess",
    "prince",
    "princess",
    "church",
    "college",
    "bishop",
    "archbishop",
    "earl",
    "battle",
    "treaty",
    "bay",
];

impl Gazetteer {
    /// The place names of an article, in text order, each with what it means.
    pub fn find(&self, text: &str, document: &Document, mentions: &Mentions) -> Vec<PlaceMention> {
        self.named(text, document, mentions).0
    }

    /// The same with the places that are only described: "the capital", "the airport", "the village of" a name that no table has.
    pub fn survey(&self, text: &str, document: &Document, mentions: &Mentions) -> Vec<PlaceMention> {
        let (named, company) = self.named(text, document, mentions);
        describe(self, text, document, mentions, named, &company)
    }

    fn named(&self, text: &str, document: &Document, mentions: &Mentions) -> (Vec<PlaceMention>, Company) {
        let mut candidates = Vec::new();
        let mut row = Vec::new();
        for (index, sentence) in document.sentences.iter().enumerate() {
            words(text, sentence.span, &mut row);
            self.candidates(text, index as u32, sentence, &row, mentions, &mut candidates);
        }
        choose(self, text, mentions, candidates)
    }

    /// The place names of a line, without syntax: every name counts, unless it is part of a longer one.
    pub fn find_in_line(&self, line: &str) -> Vec<PlaceMention> {
        let mut row = Vec::new();
        words(line, Span::new(0, line.len()), &mut row);
        let mut candidates = Vec::new();
        let mut at = 0;
        while at < row.len() {
            let found = self.longest(line, &row, at);
            if let Some((count, name)) = found {
                let span = row[at].span.join(row[at + count - 1].span);
                let head = TokenRef { sentence: 0, token: 0 };
                candidates.push(Candidate {
                    head,
                    span,
                    name,
                    role: PlaceRole::Locative,
                    preposition: SmolStr::default(),
                    region: false,
                });
            }
            at += found.map_or(1, |(count, _)| count);
        }
        choose(self, line, &Mentions::default(), candidates).0
    }

    /// The longest name that starts at word `at`: how many words, and its hash.
    fn longest(&self, text: &str, row: &[Word], at: usize) -> Option<(usize, NameHash)> {
        let first = row.get(at)?;
        if !first.capital && !LOWER_STARTS.contains(&first.span.of(text)) {
            return None;
        }
        let mut hash = NameHash::START.with(first.span.of(text));
        let reach = self.reach(hash);
        let mut best = None;
        for count in 1..=reach {
            let Some(last) = row.get(at + count - 1) else { break };
            if count > 1 {
                if !last.joined {
                    break;
                }
                hash = hash.with(last.span.of(text));
            }
            // A name ends in a capital word, or in one that has none by its nature ("Rio de Janeiro" ends in one).
            let joins =
                matches!(last.span.of(text), "by" | "in" | "on" | "at" | "of" | "to" | "and" | "for" | "as");
            let proper = last.capital || (count > 1 && first.capital && !joins);
            let shouted = last.span.len() > 3
                || count > 1
                || first.span.of(text).bytes().all(|b| !b.is_ascii_lowercase());
            let short = count == 1
                && first.span.len() <= 3
                && !shouted
                && !TITLE_SHORT.contains(&first.span.of(text));
            if proper && !short && self.bearers(hash).next().is_some() {
                best = Some((count, hash));
            }
        }
        best
    }

    fn candidates(
        &self,
        text: &str,
        index: u32,
        sentence: &Sentence,
        row: &[Word],
        mentions: &Mentions,
        into: &mut Vec<Candidate>,
    ) {
        let mut at = 0;
        let mut token = 0;
        while at < row.len() {
            let Some((count, name)) = self.longest(text, row, at) else {
                while sentence.tokens.get(token).is_some_and(|t| t.span.end <= row[at].span.begin) {
                    token += 1;
                }
                if let Some(candidate) = unknown_town(text, index, sentence, token, row, at, mentions) {
                    into.push(candidate);
                }
                at += 1;
                continue;
            };
            let mut span = row[at].span.join(row[at + count - 1].span);
            // "U.S." keeps its last point.
            if text[span.end as usize..].starts_with('.')
                && text[..span.end as usize].ends_with(|c: char| c.is_uppercase())
                && span.len() > 2
                && Span::new(span.begin as usize, span.end as usize).of(text).contains('.')
            {
                span.end += 1;
            }
            while sentence.tokens.get(token).is_some_and(|t| t.span.end <= span.begin) {
                token += 1;
            }
            let next = row.get(at + count);
            if let Some(candidate) = weigh(text, index, sentence, token, span, name, next, mentions) {
                into.push(candidate);
                at += count;
            } else {
                at += 1;
            }
        }
    }
}

/// Places of three letters and less that are written with small letters.
const TITLE_SHORT: &[&str] = &[
    "Gao", "Bor", "Uri", "Goa", "Qom", "Ayr", "Ur", "Van", "Fez", "Ham", "Hue", "Lae", "Vis", "Kos", "Evin",
    "Ife", "Jos", "Ica", "Po",
];

/// Whether the name at `span` is a place, and how it stands.
#[allow(clippy::too_many_arguments)]
fn weigh(
    text: &str,
    index: u32,
    sentence: &Sentence,
    token: usize,
    span: Span,
    name: NameHash,
    next: Option<&Word>,
    mentions: &Mentions,
) -> Option<Candidate> {
    let last =
        (token..sentence.tokens.len()).take_while(|&i| sentence.tokens[i].span.begin < span.end).last()?;
    let inside = |i: u32| (token..=last).contains(&(i as usize));
    // The head of the name: the token whose governor lies outside.
    let head = (token..=last).find(|&i| sentence.tokens[i].head.is_none_or(|h| !inside(h)))? as u32;
    let at = TokenRef { sentence: index, token: head };
    let dateline = sentence.dateline.is_some_and(|d| d.contains(span));
    if !dateline {
        let proper = (token..=last)
            .any(|i| sentence.tokens[i].upos == Upos::Propn || sentence.tokens[i].xpos == Xpos::NNP)
            || span.of(text).contains('.');
        if !proper
            || part_of_another_name(text, sentence, token, last, head, next)
            || is_person_or_body(text, at, span, mentions)
        {
            return None;
        }
    }
    let region =
        next.is_some_and(|w| w.joined && REGION_WORDS.contains(&w.span.of(text).to_lowercase().as_str()));
    let (role, preposition) =
        if dateline { (PlaceRole::Dateline, SmolStr::default()) } else { role_of(sentence, head) };
    Some(Candidate { head: at, span, name, role, preposition, region })
}

const REGION_WORDS: &[&str] = &[
    "province",
    "state",
    "region",
    "governorate",
    "oblast",
    "prefecture",
    "department",
    "emirate",
    "canton",
];

fn part_of_another_name(
    text: &str,
    sentence: &Sentence,
    first: usize,
    last: usize,
    head: u32,
    next: Option<&Word>,
) -> bool {
    let tokens = &sentence.tokens;
    let word = |i: usize| tokens.get(i).map_or("", |t| t.span.of(text));
    let capital = |i: usize| word(i).chars().next().is_some_and(char::is_uppercase);
    let proper = |i: usize| tokens.get(i).is_some_and(|t| t.upos == Upos::Propn) && capital(i);
    // "West Nile virus", "Marburg fever".
    if next.is_some_and(|w| w.joined && DISEASES.contains(&w.span.of(text))) {
        return true;
    }
    // "Paris Hilton", "London School of Economics", "New York Times".
    if let Some(next) = next.filter(|w| w.joined && w.capital) {
        let behind = next.span.of(text);
        let touching = text.get(tokens[last].span.end as usize..next.span.begin as usize) == Some(" ");
        if touching {
            if NOT_PLACES_BEHIND.contains(&behind) {
                return true;
            }
            let place_word = PLACE_WORDS.contains(&behind.to_lowercase().as_str());
            let after = last + 1;
            let bound = tokens.get(after).is_some_and(|t| {
                matches!(t.deprel, Deprel::Flat | Deprel::Goeswith)
                    && t.head.is_some_and(|h| (first..=last).contains(&(h as usize)))
            });
            let token = &tokens[head as usize];
            let leans_on = token.head.is_some_and(|h| h as usize == after);
            let person_behind = token.deprel == Deprel::Flat && token.head.is_some_and(|h| h as usize > last);
            // "Paris Hilton", but "Paris Mayor Anne Hidalgo", "Baghdad Police".
            let alone = !capital(after + 1) && !ROLES.contains(&behind);
            let bound = bound || (token.deprel == Deprel::Compound && leans_on && alone);
            if !place_word && proper(after) && (bound || person_behind) {
                return true;
            }
        }
    }
    // "Theresa Jordan", "Jack London".
    if first > 0
        && proper(first - 1)
        && matches!(tokens[head as usize].deprel, Deprel::Flat)
        && tokens[head as usize].head.is_some_and(|h| (h as usize) < first)
    {
        return true;
    }
    // "University of Texas", "Bank of England".
    first > 1
        && word(first - 1) == "of"
        && capital(first - 2)
        && NAMES_OF.contains(&word(first - 2).to_lowercase().as_str())
}

/// Whether the actors' tables know the words as a person or as a body that is no place.
fn is_person_or_body(text: &str, head: TokenRef, span: Span, mentions: &Mentions) -> bool {
    let near = of_sentence(mentions, head.sentence).iter().filter(|mention| mention.span.contains(span));
    near.into_iter().any(|mention| {
        // The tables know the longer name as it stands: "Paris Hilton", "Bank of England".
        let whole = mention.span != span
            && mention.identity.basis == ParticipantBasis::Named
            && mention.identity.kind != ParticipantKind::Country
            && mention.identity.name == mention.span.of(text);
        if whole {
            return true;
        }
        let known = mention.identity.basis != ParticipantBasis::Unresolved;
        let same_head = mention.head == head;
        match mention.identity.kind {
            ParticipantKind::Person if same_head => known || mention.span != span,
            ParticipantKind::Organization if same_head => {
                mention.identity.basis == ParticipantBasis::Named && mention.span != span
            }
            _ => false,
        }
    })
}

/// The mentions of one sentence.
pub(super) fn of_sentence(mentions: &Mentions, sentence: u32) -> &[Mention] {
    let from = mentions.list.partition_point(|mention| mention.head.sentence < sentence);
    let rest = &mentions.list[from..];
    &rest[..rest.partition_point(|mention| mention.head.sentence == sentence)]
}

/// A name behind a preposition of place that no table knows: a town, surely, where nothing says otherwise.
fn unknown_town(
    text: &str,
    index: u32,
    sentence: &Sentence,
    token: usize,
    row: &[Word],
    at: usize,
    mentions: &Mentions,
) -> Option<Candidate> {
    let word = row.get(at).filter(|w| w.capital && w.span.len() > 2)?;
    sentence
        .tokens
        .get(token)
        .filter(|t| t.span == word.span && t.upos == Upos::Propn && t.xpos != Xpos::NNPS)?;
    let before = token.checked_sub(1).and_then(|i| sentence.tokens.get(i))?;
    let case = before.span.of(text);
    let town_of = case == "of"
        && token
            .checked_sub(2)
            .and_then(|i| sentence.tokens.get(i))
            .is_some_and(|t| PLACE_WORDS.contains(&t.lemma.as_str()) || ATTACKS.contains(&t.lemma.as_str()));
    if !town_of && !matches!(case, "in" | "at" | "near" | "outside" | "around" | "above" | "off") {
        return None;
    }
    let mut span = word.span;
    let mut more = 0;
    while let Some(next) = row.get(at + 1 + more).filter(|w| w.joined && w.capital && more < 2) {
        if NOT_PLACES_BEHIND.contains(&next.span.of(text)) {
            return None;
        }
        span = span.join(next.span);
        more += 1;
    }
    // Part of a longer name still, or all capitals: a body more likely than a town.
    let longer = row.get(at + 1 + more).is_some_and(|w| w.joined && w.capital);
    let shout = word.span.of(text).chars().all(char::is_uppercase);
    let head = TokenRef { sentence: index, token: token as u32 };
    let known = of_sentence(mentions, index)
        .iter()
        .any(|m| m.span.overlaps(span) && m.identity.basis == ParticipantBasis::Named);
    let time = is_no_town(word.span.of(text));
    if longer
        || shout
        || known
        || time
        || sentence.children(token as u32).iter().any(|&c| sentence.token(c).deprel == Deprel::Det)
    {
        return None;
    }
    let (role, preposition) = role_of(sentence, head.token);
    let (_, _, name) = super::name::hash_of(span.of(text));
    Some(Candidate { head, span, name, role, preposition, region: false })
}

/// Days, months, feasts and bodies stand behind prepositions of place too.
pub(super) fn is_no_town(word: &str) -> bool {
    is_day_or_month(word)
        || matches!(word, "Christmas" | "Easter" | "Ramadan" | "Eid" | "Parliament" | "Congress")
}

/// Nouns of deeds that happen to a place: "the shelling of Rama".
const ATTACKS: &[&str] = &[
    "bombing",
    "bombardment",
    "shelling",
    "siege",
    "capture",
    "occupation",
    "seizure",
    "invasion",
    "storming",
    "raid",
    "fall",
    "blockade",
    "liberation",
    "recapture",
    "annexation",
    "evacuation",
    "sacking",
];

/// How the name headed by `head` stands, and the preposition that governs it or what it belongs to; empty where there is none.
pub(super) fn role_of(sentence: &Sentence, head: u32) -> (PlaceRole, SmolStr) {
    let mut at = head;
    let mut modifies = false;
    for _ in 0..5 {
        let token = sentence.token(at);
        // The nearest before the name: "with each other in Tunis" may hang both on Tunis.
        let case = sentence
            .children_by(at, Deprel::Case)
            .filter(|&c| c < at)
            .map(|c| sentence.lemma(c))
            .filter(|c| *c != "'s")
            .last();
        let role = if modifies { PlaceRole::Modifier } else { PlaceRole::Locative };
        let above = token.head;
        match (token.deprel, case) {
            // "the town of Rama" stands as the town does; "the bombing of Rama" is at Rama.
            (Deprel::Nmod, Some("of")) => {
                let governor = above.map_or("", |h| sentence.lemma(h));
                if ATTACKS.contains(&governor) {
                    return (PlaceRole::Locative, "of".into());
                }
                if !PLACE_WORDS.contains(&governor) {
                    return (PlaceRole::Modifier, "of".into());
                }
                at = above.unwrap_or(at);
            }
            (
                Deprel::Obl
                | Deprel::Nmod
                | Deprel::Advmod
                | Deprel::Root
                | Deprel::Advcl
                | Deprel::Acl
                | Deprel::Xcomp,
                Some(case),
            ) => {
                return (role, case.into());
            }
            (Deprel::Obl | Deprel::OblUnmarked | Deprel::Advmod, None) => return (role, SmolStr::default()),
            (
                Deprel::Compound | Deprel::NmodPoss | Deprel::Amod | Deprel::NmodDesc | Deprel::NmodUnmarked,
                _,
            ) => {
                modifies = true;
                match above {
                    Some(above) => at = above,
                    None => break,
                }
            }
            (
                Deprel::Appos
                | Deprel::Conj
                | Deprel::Flat
                | Deprel::List
                | Deprel::Parataxis
                | Deprel::Dep
                | Deprel::Nmod,
                _,
            ) => {
                if let Some(case) = case {
                    return (role, case.into());
                }
                match above {
                    Some(above) => at = above,
                    None => break,
                }
            }
            (Deprel::Obj, None) if !modifies => return (PlaceRole::Object, SmolStr::default()),
            (Deprel::NsubjPass, None) if !modifies => return (PlaceRole::Object, SmolStr::default()),
            _ => break,
        }
    }
    (if modifies { PlaceRole::Modifier } else { PlaceRole::Participant }, SmolStr::default())
}
