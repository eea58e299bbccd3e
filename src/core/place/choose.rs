//! Which bearer of a name is meant: importance first, then the company it keeps — "X, Y" rows, countries and places that the article
//! names, the dateline — and one sense an article. Where nothing supports a small place, we abstain.

use super::company::Company;
use super::gazetteer::{Bearer, Gazetteer, Kind, Place, Seat, distance};
use super::name::NameHash;
use super::{PlaceBasis, PlaceEntry, PlaceMention, PlaceRole};
use crate::core::actors::Mentions;
use crate::core::extraction::PlacePrecision;
use crate::core::syntax::TokenRef;
use crate::core::text::Span;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// A name in the text before it is settled.
pub(super) struct Candidate {
    pub head: TokenRef,
    pub span: Span,
    pub name: NameHash,
    pub role: PlaceRole,
    pub preposition: SmolStr,
    /// Whether "province", "region" or the like follows.
    pub region: bool,
}

/// The importance of a place by itself: about 4 for a town of 15,000, 8 for a world city.
fn importance(bearer: &Bearer) -> f32 {
    let place = bearer.place;
    let base = match place.kind {
        Kind::Country => 9.5,
        Kind::Division => (0.62 * people(place) + 1.4).max(5.2),
        Kind::Region | Kind::Sea => 7.0,
        Kind::Area => 8.5,
        Kind::Site => 6.4,
        Kind::City if place.population == 0 => 6.2,
        Kind::City => people(place),
    };
    let seat = match place.seat {
        Seat::Country => 1.8,
        Seat::Division => 0.6,
        Seat::None => 0.0,
    };
    base + seat - if bearer.usual { 0.0 } else { 0.9 }
}

fn people(place: &Place) -> f32 {
    (place.population.max(3000) as f32).log10()
}

/// The least score that a name without a rival needs.
const ENOUGH: f32 = 4.6;
/// The least importance of a place by itself that no preposition marks as one.
const LARGE: f32 = 4.9;
/// Below this importance a town needs its country to be spoken of where the text speaks of another.
const LITTLE: f32 = 5.2;
/// How far the best must lie before a rival in another country.
const CLEAR: f32 = 0.35;

/// Settles every candidate; also gives what the article speaks of.
pub(super) fn choose(
    gazetteer: &Gazetteer,
    text: &str,
    mentions: &Mentions,
    candidates: Vec<Candidate>,
) -> (Vec<PlaceMention>, Company) {
    let mut company = Company::default();
    let mut own = Own::default();
    let mut at = 0;
    for mention in &mentions.list {
        let country = mention.identity.country.as_deref().and_then(|code| gazetteer.country(code));
        company.note(country, mention.head.sentence, 0.5);
        // What the actors' tables make of the very same words is no second opinion.
        while candidates.get(at).is_some_and(|candidate| candidate.span.end <= mention.span.begin) {
            at += 1;
        }
        if let Some(candidate) = candidates.get(at).filter(|candidate| candidate.span == mention.span) {
            own.note(candidate, country, 0.5);
        }
    }
    // What is certain by itself: countries, capitals, names with one bearer of weight.
    for candidate in &candidates {
        let mut bearers: Vec<Bearer> = gazetteer.bearers(candidate.name).collect();
        bearers.sort_by(|a, b| importance(b).total_cmp(&importance(a)));
        let Some(best) = bearers.first() else { continue };
        let second =
            bearers.iter().skip(1).find(|b| b.place.country != best.place.country).map_or(0.0, importance);
        let margin = importance(best) - second;
        if importance(best) > 5.0 && margin > 0.8 {
            if best.place.kind == Kind::City {
                company.divisions.extend(best.place.division);
            }
            let weight = if candidate.role == PlaceRole::Dateline { 2.0 } else { 1.0 };
            let weight = weight * (margin / 2.0).min(1.0);
            company.note(best.place.country, candidate.head.sentence, weight);
            own.note(candidate, best.place.country, weight);
        }
    }
    let mut settled: FxHashMap<NameKey, (u32, &'static str)> = FxHashMap::default();
    let mut found = Vec::with_capacity(candidates.len());
    for (i, candidate) in candidates.iter().enumerate() {
        let pattern = containing(gazetteer, text, &candidates, i);
        let key = (candidate.name, candidate.region);
        let choice = match (pattern, settled.get(&key)) {
            (Some(index), _) => Some((index, "the words behind say where it lies")),
            (None, Some(&before)) => Some((before.0, "as before in this article")),
            (None, None) => best(gazetteer, &company, &own, candidate),
        };
        if let Some(choice) = choice {
            settled.entry(key).or_insert(choice);
        }
        let place = choice.and_then(|(index, _)| gazetteer.place(index));
        // Behind a preposition it is a place, whichever: a small one, of the country that the text speaks of.
        if place.is_none() && (is_placed(candidate) || gazetteer.bearers(candidate.name).next().is_none()) {
            found.push(unknown(gazetteer, text, &company, candidate));
            continue;
        }
        found.push(PlaceMention {
            head: candidate.head,
            span: candidate.span,
            entry: place.map(|place| gazetteer.entry(place)),
            seat: place.is_some_and(|place| place.seat == Seat::Country),
            role: candidate.role,
            preposition: candidate.preposition.clone(),
            basis: PlaceBasis::Named,
            noun: SmolStr::default(),
            reason: choice
                .map_or("several places bear the name and nothing tells which", |(_, reason)| reason)
                .into(),
        });
    }
    (found, company)
}

/// A town that no table knows lies in the country that its sentence, else the article, speaks of far more than of any other.
fn unknown(gazetteer: &Gazetteer, text: &str, company: &Company, candidate: &Candidate) -> PlaceMention {
    let country = company.foremost(candidate.head.sentence);
    let entry = country.and_then(|c| gazetteer.country_at(c)).map(|country| PlaceEntry {
        name: candidate.span.of(text).into(),
        country: Some(country.code.clone()),
        admin1: None,
        coordinates: None,
        geonames_id: None,
        precision: PlacePrecision::City,
    });
    PlaceMention {
        head: candidate.head,
        span: candidate.span,
        reason: if entry.is_some() {
            "not in the tables; the country of its company"
        } else {
            "not in the tables"
        }
        .into(),
        entry,
        role: candidate.role,
        preposition: candidate.preposition.clone(),
        seat: false,
        basis: PlaceBasis::Unlisted,
        noun: SmolStr::default(),
    }
}

/// What each name said of countries by itself, by sentence.
#[derive(Default)]
struct Own(FxHashMap<(NameHash, u16), Vec<(u32, f32)>>);

impl Own {
    fn note(&mut self, candidate: &Candidate, country: Option<u16>, weight: f32) {
        let Some(country) = country else { return };
        self.0.entry((candidate.name, country)).or_default().push((candidate.head.sentence, weight));
    }

    /// In the whole article, and in the candidate's sentence.
    fn of(&self, candidate: &Candidate, country: u16) -> (f32, f32) {
        let notes = self.0.get(&(candidate.name, country)).map_or(&[][..], Vec::as_slice);
        let here = notes.iter().filter(|(sentence, _)| *sentence == candidate.head.sentence);
        (notes.iter().map(|(_, weight)| weight).sum(), here.map(|(_, weight)| weight).sum())
    }
}

type NameKey = (NameHash, bool);

/// "Paris, Texas": the bearer that lies in what is named right behind.
fn containing(gazetteer: &Gazetteer, text: &str, candidates: &[Candidate], i: usize) -> Option<u32> {
    let this = &candidates[i];
    let next = candidates.get(i + 1)?;
    let between = text.get(this.span.end as usize..next.span.begin as usize)?;
    let word = between.trim_matches(|c: char| c == ',' || c == '(' || c == ' ');
    let linked = matches!(between, ", " | " (" | ", in " | " in " | " , ")
        || matches!(word, "province, in" | "province" | "city, in");
    if !linked {
        return None;
    }
    let holders: Vec<Bearer> = gazetteer
        .bearers(next.name)
        .filter(|b| matches!(b.place.kind, Kind::Country | Kind::Division | Kind::Region))
        .collect();
    let inside = |place: &Place| {
        holders.iter().any(|holder| match holder.place.kind {
            Kind::Country => place.country == holder.place.country && place.kind != Kind::Country,
            Kind::Division => {
                place.division.is_some()
                    && place.division == holder.place.division
                    && place.kind != Kind::Division
            }
            _ => distance(place, holder.place) < 250.0,
        })
    };
    let mut fitting: Vec<Bearer> = gazetteer.bearers(this.name).filter(|b| inside(b.place)).collect();
    fitting.sort_by(|a, b| importance(b).total_cmp(&importance(a)));
    fitting.first().map(|b| b.index)
}

/// Behind a preposition of place.
fn is_placed(candidate: &Candidate) -> bool {
    candidate.role == PlaceRole::Locative
        && matches!(candidate.preposition.as_str(), "in" | "at" | "near" | "outside")
}

fn best(
    gazetteer: &Gazetteer,
    company: &Company,
    own: &Own,
    candidate: &Candidate,
) -> Option<(u32, &'static str)> {
    let sentence = candidate.head.sentence;
    // "Atlanta, Georgia": a state that bears a country's name is meant where a town of it is named.
    let country_too = gazetteer.bearers(candidate.name).any(|b| b.place.kind == Kind::Country);
    let score = |bearer: &Bearer| {
        let support = bearer
            .place
            .country
            .map_or(0.6, |country| company.support(gazetteer, country, sentence, own.of(candidate, country)));
        let shape = match (candidate.region, bearer.place.kind) {
            (true, Kind::Division | Kind::Region) => 3.0,
            (_, Kind::Division)
                if country_too && bearer.place.division.is_some_and(|d| company.divisions.contains(&d)) =>
            {
                7.0
            }
            _ => 0.0,
        };
        (importance(bearer) + support + shape, support)
    };
    let mut ranked: Vec<(f32, f32, Bearer)> = gazetteer
        .bearers(candidate.name)
        .map(|bearer| {
            let (score, support) = score(&bearer);
            (score, support, bearer)
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (top, support, chosen) = *ranked.first()?;
    // A small town that only qualifies another noun is a family name more often than not: "the Clinton administration".
    let bare = matches!(candidate.role, PlaceRole::Modifier | PlaceRole::Participant);
    let rival = ranked
        .iter()
        .skip(1)
        .find(|(_, _, b)| b.place.country != chosen.place.country && distance(b.place, chosen.place) > 100.0);
    // Behind a preposition of place a name that is borne in one country only is that place, however small.
    let placed = rival.is_none() && is_placed(candidate);
    if (top < ENOUGH && !placed) || (bare && importance(&chosen) < LARGE) {
        return None;
    }
    // A town of no great name in a country that nothing speaks of, where the text speaks of another: a namesake.
    let elsewhere = company.foremost(sentence).is_some_and(|country| Some(country) != chosen.place.country);
    if elsewhere && support < 0.3 && importance(&chosen) < LITTLE && chosen.place.kind == Kind::City {
        return None;
    }
    let clear = rival.is_none_or(|(score, ..)| top - score >= CLEAR);
    let reason = match (rival, support > 0.8) {
        (None, _) => "the only place of that name in the tables",
        (Some(_), true) => "the article speaks of its country",
        (Some(_), false) => "by far the best known of that name",
    };
    clear.then_some((chosen.index, reason))
}
