//! Which place is where an event happened: every place of its sentence, of those shortly before and of the dateline is a candidate,
//! "the text does not say" is one more, and learned weights choose among them.

use super::features::{of_candidate, of_none};
use super::{PlaceBasis, PlaceMention, PlaceRole};
use crate::core::actors::Mentions;
use crate::core::choice::{Sink, Weights};
use crate::core::events::CodedEvent;
use crate::core::extraction::Place;
use crate::core::syntax::{Document, TokenRef};
use smol_str::SmolStr;

/// What events of one article are placed by.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The article's trees.
    pub document: &'a Document,
    /// Its mentions.
    pub mentions: &'a Mentions,
    /// Its places, in text order.
    pub places: &'a [PlaceMention],
    /// The deeds of the sentence at hand, which compete for its places.
    pub deeds: &'a [TokenRef],
}

/// Where a candidate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// In the event's own sentence.
    Here,
    /// In one of the sentences before.
    Before,
    /// In the dateline.
    Dateline,
}

impl Group {
    pub(super) fn name(self) -> &'static str {
        match self {
            Group::Here => "here",
            Group::Before => "before",
            Group::Dateline => "dateline",
        }
    }
}

/// A place that may be where the event happened.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The mention.
    pub mention: &'a PlaceMention,
    /// Where it stands.
    pub group: Group,
    /// How often the article names the place, as far as was counted.
    pub times: u32,
}

/// How many sentences back a place may stand.
const BACK: u32 = 3;
/// No sentence gives more candidates than this.
const MOST: usize = 12;

/// The candidates of an event: those of its sentence first.
pub fn candidates<'a>(scene: &Scene<'a>, event: &CodedEvent) -> Vec<Candidate<'a>> {
    let at = event.trigger.sentence;
    let from = scene.places.partition_point(|place| place.head.sentence + BACK < at);
    let to = scene.places.partition_point(|place| place.head.sentence <= at);
    let near = &scene.places[from..to];
    let mut found: Vec<Candidate> = Vec::new();
    let here = near.iter().filter(|place| place.head.sentence == at && place.role != PlaceRole::Dateline);
    for mention in here.filter(|place| usable(place)).take(MOST) {
        found.push(Candidate { mention, group: Group::Here, times: 1 });
    }
    let before =
        near.iter().rev().filter(|place| place.head.sentence < at && place.role != PlaceRole::Dateline);
    let dateline = scene.places.iter().take(2).filter(|place| place.role == PlaceRole::Dateline).take(1);
    let groups = before.take(MOST).map(|m| (m, Group::Before)).chain(dateline.map(|m| (m, Group::Dateline)));
    for (mention, group) in groups.filter(|(mention, _)| usable(mention)) {
        match found.iter_mut().find(|known| same(known.mention, mention)) {
            Some(known) => known.times += 1,
            None => found.push(Candidate { mention, group, times: 1 }),
        }
    }
    found
}

/// A name that several places bear, and that nothing settles, is left alone.
fn usable(place: &PlaceMention) -> bool {
    place.entry.is_some()
}

fn same(a: &PlaceMention, b: &PlaceMention) -> bool {
    match (&a.entry, &b.entry) {
        (Some(a), Some(b)) => a.name == b.name && a.country == b.country && a.geonames_id == b.geonames_id,
        _ => false,
    }
}

/// What is seen of each choice; `None` is that of giving none. `take` is told the features of one choice after another.
pub fn features(
    scene: &Scene,
    event: &CodedEvent,
    candidates: &[Candidate],
    choice: Option<&Candidate>,
    take: &mut dyn FnMut(&str),
) {
    let mut sink = Sink::new(take);
    match choice {
        None => of_none(scene, event, candidates, &mut sink),
        Some(candidate) => of_candidate(scene, event, candidates, candidate, &mut sink),
    }
}

/// Where the event happened, if the text says.
pub fn place_event(scene: &Scene, weights: &Weights, event: &CodedEvent) -> Option<Place> {
    let candidates = candidates(scene, event);
    let (best, share) = weights.choose(candidates.len(), &|which, take| {
        features(scene, event, &candidates, which.map(|i| &candidates[i]), take);
    })?;
    place(scene, event, candidates[best].mention, share)
}

/// A mention as the event's place; one whose country the text leaves open lies where those live to whom it was done.
pub fn place(scene: &Scene, event: &CodedEvent, mention: &PlaceMention, share: f32) -> Option<Place> {
    let entry = mention.entry.as_ref()?;
    let open = entry.country.is_none() && mention.basis != PlaceBasis::Named;
    let country = if open { country_of_parties(scene, event) } else { entry.country.clone() };
    let reason = if open { "its country is that of those who take part" } else { mention.reason.as_str() };
    Some(Place {
        name: entry.name.to_string(),
        country: country.map(|code| code.to_string()),
        admin1: entry.admin1.as_ref().map(|admin1| admin1.to_string()),
        latitude: entry.coordinates.map(|(latitude, _)| latitude),
        longitude: entry.coordinates.map(|(_, longitude)| longitude),
        geonames_id: entry.geonames_id,
        precision: entry.precision,
        mention: mention.span,
        reason: format!("learned choice among the places around ({share:.2}); {reason}"),
    })
}

/// The country of the first recipient that has one, else of the first actor.
fn country_of_parties(scene: &Scene, event: &CodedEvent) -> Option<SmolStr> {
    event
        .recipients
        .iter()
        .chain(&event.actors)
        .filter_map(|&index| scene.mentions.list.get(index as usize))
        .filter_map(|mention| mention.identity.country.clone())
        .find(|code| !INTERNATIONAL.contains(&code.as_str()))
}

/// Codes of bodies that lie in no country.
const INTERNATIONAL: &[&str] = &["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"];
