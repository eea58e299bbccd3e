//! Places that a text does not name but describes: "the Ecuadorean capital", "the airport", "a checkpoint near the border", and
//! names behind a place word or a preposition of movement that no table has.
//!
//! The country is that of the phrase itself, else of the place last named, else of the article's company. A capital and what stands
//! in one (parliament, presidential palace) lie at the country's capital; what stands in a town lies at the town last named.

use super::company::Company;
use super::find::{is_no_town, of_sentence, role_of};
use super::gazetteer::Gazetteer;
use super::{PlaceBasis, PlaceEntry, PlaceMention, PlaceRole};
use crate::core::actors::Mentions;
use crate::core::extraction::{ParticipantBasis, ParticipantKind, PlacePrecision};
use crate::core::syntax::{Deprel, Document, Sentence, TokenRef, Upos, Xpos};
use crate::core::text::Span;
use smol_str::{SmolStr, ToSmolStr};

/// What sort of place a noun says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Lies at the country's capital.
    AtCapital,
    /// Lies in or at the town last named.
    InTown,
    /// Is the town last named.
    Town,
    /// The country itself.
    Country,
    /// Lies somewhere in the country.
    Somewhere,
}

fn sort(noun: &str) -> Option<Sort> {
    Some(match noun {
        "capital" | "parliament" | "palace" | "presidency" | "senate" | "congress" | "assembly"
        | "ministry" => Sort::AtCapital,
        "city" | "town" | "port" => Sort::Town,
        "airport" | "airfield" | "barracks" | "garrison" | "square" | "street" | "avenue" | "boulevard"
        | "mosque" | "church" | "cathedral" | "temple" | "synagogue" | "university" | "campus"
        | "hospital" | "clinic" | "prison" | "jail" | "court" | "courthouse" | "courtroom" | "hotel"
        | "market" | "bazaar" | "stadium" | "school" | "quarter" | "suburb" | "district"
        | "neighbourhood" | "neighborhood" | "headquarters" | "compound" | "centre" | "center"
        | "station" | "building" | "chamber" | "hall" | "warehouse" | "embassy" | "consulate" | "mission"
        | "cemetery" | "funeral" | "slum" | "township" | "bank" | "gate" | "corniche" | "harbour"
        | "harbor" | "museum" | "park" | "seafront" | "waterfront" | "downtown" | "residence" | "villa"
        | "monastery" | "factory" | "works" | "refinery" | "plant" | "depot" | "tower" | "mall" | "yard" => {
            Sort::InTown
        }
        "country" | "nation" | "kingdom" | "republic" | "territory" => Sort::Country,
        "village" | "hamlet" | "settlement" | "border" | "frontier" | "boundary" | "coast" | "shore"
        | "region" | "province" | "area" | "river" | "forest" | "desert" | "mountain" | "hill" | "valley"
        | "island" | "islet" | "atoll" | "reef" | "shoal" | "strait" | "lake" | "highway" | "road"
        | "motorway" | "railway" | "bridge" | "crossing" | "checkpoint" | "post" | "outpost" | "base"
        | "camp" | "mine" | "farm" | "field" | "oilfield" | "dam" | "pass" | "ridge" | "front"
        | "frontline" | "line" | "enclave" | "peninsula" | "zone" | "corridor" | "stronghold" | "county"
        | "governorate" | "waters" | "north" | "south" | "east" | "west" | "interior" | "jungle"
        | "fence" | "canal" | "plain" | "plateau" => Sort::Somewhere,
        _ => return None,
    })
}

/// Prepositions behind which a name that no table has is a place more often than not; those of rest are read elsewhere.
const MOVING: &[&str] =
    &["to", "into", "from", "through", "toward", "towards", "across", "outside", "near", "on", "over"];

/// The named places and the described ones, in text order.
pub(super) fn describe(
    gazetteer: &Gazetteer,
    text: &str,
    document: &Document,
    mentions: &Mentions,
    named: Vec<PlaceMention>,
    company: &Company,
) -> Vec<PlaceMention> {
    let mut all: Vec<PlaceMention> = Vec::with_capacity(named.len() + 4);
    let mut named = named.into_iter().peekable();
    let mut town: Option<PlaceEntry> = None;
    for (index, sentence) in document.sentences.iter().enumerate() {
        let index = index as u32;
        let first = all.len();
        while let Some(mut mention) = named.next_if(|mention| mention.head.sentence <= index) {
            if mention.basis == PlaceBasis::Unlisted && mention.entry.is_none() {
                mention.entry = Some(unlisted_entry(mention.span.of(text), None));
            }
            all.push(mention);
        }
        let count = all.len();
        let mut seen = first;
        let reading = Reading { gazetteer, text, index, sentence, mentions, company };
        for token in 0..sentence.tokens.len() as u32 {
            // What is named up to here is what "the town" may mean.
            let span = sentence.token(token).span;
            while seen < count && all[seen].span.begin <= span.begin {
                town = town_of(&all[seen]).cloned().or(town);
                seen += 1;
            }
            let inside = all[first..count].iter().any(|m| m.span.overlaps(span));
            if inside || sentence.dateline.is_some_and(|line| line.contains(span)) {
                continue;
            }
            let found = reading
                .described(token, &all[first..count], town.as_ref())
                .or_else(|| reading.unlisted(token));
            all.extend(found);
        }
        all[first..].sort_by_key(|mention| (mention.span.begin, mention.span.end));
    }
    all
}

/// The town that a mention names, unless it stands for its government.
fn town_of(mention: &PlaceMention) -> Option<&PlaceEntry> {
    let acts = mention.seat && mention.role == PlaceRole::Participant;
    mention.entry.as_ref().filter(|entry| entry.precision == PlacePrecision::City && !acts)
}

/// What is known of a place that no table has.
fn unlisted_entry(name: &str, country: Option<SmolStr>) -> PlaceEntry {
    PlaceEntry {
        name: name.into(),
        country,
        admin1: None,
        coordinates: None,
        geonames_id: None,
        precision: PlacePrecision::City,
    }
}

struct Reading<'s> {
    gazetteer: &'s Gazetteer,
    text: &'s str,
    index: u32,
    sentence: &'s Sentence,
    mentions: &'s Mentions,
    company: &'s Company,
}

impl Reading<'_> {
    /// The phrase headed by `head`, if it describes a place.
    fn described(
        &self,
        head: u32,
        named: &[PlaceMention],
        town: Option<&PlaceEntry>,
    ) -> Option<PlaceMention> {
        let token = self.sentence.token(head);
        if !matches!(token.upos, Upos::Noun | Upos::Propn)
            || matches!(token.deprel, Deprel::Flat | Deprel::Compound)
        {
            return None;
        }
        let noun = token.lemma.to_lowercase();
        let sort = sort(&noun)?;
        let (role, preposition) = role_of(self.sentence, head);
        if !matches!(role, PlaceRole::Locative | PlaceRole::Object) {
            return None;
        }
        let phrase = self.phrase(head);
        // "the airport of Rama", "Rama's airport": the name itself stands for it.
        let holds = |mention: &&PlaceMention| phrase.contains(mention.span);
        let within = named.iter().find(holds);
        if within.is_some_and(|m| m.entry.as_ref().is_some_and(|e| e.precision != PlacePrecision::Country)) {
            return None;
        }
        let of_phrase = || {
            of_sentence(self.mentions, self.index)
                .iter()
                .filter(|mention| {
                    phrase.contains(mention.span)
                        || phrase.contains(self.sentence.token(mention.head.token).span)
                })
                .find_map(|mention| mention.identity.country.as_deref())
                .and_then(|code| self.gazetteer.country(code))
        };
        let own = within
            .and_then(|m| m.entry.as_ref())
            .and_then(|entry| entry.country.as_deref())
            .and_then(|code| self.gazetteer.country(code))
            .or_else(of_phrase);
        let of_town = town.and_then(|t| t.country.as_deref()).and_then(|code| self.gazetteer.country(code));
        let country = match sort {
            Sort::Town | Sort::InTown => own.or(of_town).or_else(|| self.company.foremost(self.index)),
            _ => own.or_else(|| self.company.foremost(self.index)).or(of_town),
        };
        let town = town.filter(|_| own.is_none() || of_town == own);
        let capital = country.and_then(|c| self.gazetteer.capital(c));
        let code = country.and_then(|c| self.gazetteer.country_at(c)).map(|c| c.code.clone());
        let words: SmolStr = phrase.of(self.text).into();
        let here = |at: Option<(f64, f64)>, precision| PlaceEntry {
            name: words.clone(),
            country: code.clone(),
            admin1: None,
            coordinates: at,
            geonames_id: None,
            precision,
        };
        let (entry, reason) = match sort {
            Sort::AtCapital => match capital {
                Some(capital) if noun == "capital" => {
                    (self.gazetteer.entry(capital), "the capital of the country in view")
                }
                Some(capital) => (
                    here(self.gazetteer.entry(capital).coordinates, PlacePrecision::Site),
                    "stands in the capital of the country in view",
                ),
                None => (here(None, PlacePrecision::Site), "its country is not known"),
            },
            Sort::Town => match town {
                Some(town) => (town.clone(), "the town last named"),
                None => (here(None, PlacePrecision::City), "the town is not named"),
            },
            Sort::InTown => {
                (here(town.and_then(|t| t.coordinates), PlacePrecision::Site), "in the town last named")
            }
            Sort::Country => match country.and_then(|c| self.gazetteer.country_place(c)) {
                Some(place) => (self.gazetteer.entry(place), "the country in view"),
                None => (here(None, PlacePrecision::Country), "no country is in view"),
            },
            Sort::Somewhere => (here(None, PlacePrecision::Region), "the country in view"),
        };
        Some(PlaceMention {
            head: TokenRef { sentence: self.index, token: head },
            span: phrase,
            entry: Some(entry),
            role,
            preposition,
            seat: noun == "capital",
            basis: PlaceBasis::Described,
            noun: noun.to_smolstr(),
            reason: reason.into(),
        })
    }

    /// From the determiner or the first modifier to the head.
    fn phrase(&self, head: u32) -> Span {
        let mut from = head;
        for _ in 0..8 {
            let Some(before) = from.checked_sub(1) else { break };
            let mut at = before;
            let mut below = false;
            for _ in 0..4 {
                match self.sentence.token(at).head {
                    Some(above) if above == head || (above > before && above <= head) => {
                        below = true;
                        break;
                    }
                    Some(above) => at = above,
                    None => break,
                }
            }
            let token = self.sentence.token(before);
            let fits = !matches!(token.deprel, Deprel::Case | Deprel::Punct | Deprel::Mark | Deprel::Cc)
                || token.xpos == Xpos::POS
                || token.xpos == Xpos::HYPH;
            if !below || !fits {
                break;
            }
            from = before;
        }
        self.sentence.token(from).span.join(self.sentence.token(head).span)
    }

    /// A capitalised name behind a preposition of movement that neither the places nor the actors know.
    fn unlisted(&self, token: u32) -> Option<PlaceMention> {
        let word = self.sentence.token(token);
        let name = word.span.of(self.text);
        let capital = name.chars().next().is_some_and(char::is_uppercase) && name.len() > 2;
        if !capital || word.upos != Upos::Propn || matches!(word.deprel, Deprel::Flat) {
            return None;
        }
        let case = self.sentence.children_by(token, Deprel::Case).next()?;
        if case > token || !MOVING.contains(&self.sentence.lemma(case)) || is_no_town(name) {
            return None;
        }
        let (role, preposition) = role_of(self.sentence, token);
        let known = of_sentence(self.mentions, self.index).iter().any(|m| {
            m.span.overlaps(word.span)
                && (m.identity.basis != ParticipantBasis::Unresolved
                    || m.identity.kind == ParticipantKind::Person)
        });
        if role != PlaceRole::Locative || known {
            return None;
        }
        let country = self.company.foremost(self.index).and_then(|c| self.gazetteer.country_at(c));
        Some(PlaceMention {
            head: TokenRef { sentence: self.index, token },
            span: word.span,
            entry: Some(unlisted_entry(name, country.map(|country| country.code.clone()))),
            role,
            preposition,
            seat: false,
            basis: PlaceBasis::Unlisted,
            noun: SmolStr::default(),
            reason: "not in the tables; the country of its company".into(),
        })
    }
}

impl Gazetteer {
    /// The capital of a country.
    fn capital(&self, country: u16) -> Option<&super::Place> {
        self.capital_index(country).and_then(|index| self.place(index))
    }
}
