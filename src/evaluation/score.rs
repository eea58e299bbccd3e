//! One item's events against its gold, field by field.
//!
//! Fields are judged on matched events only (see [`super::matching`]), so that each row says what that stage does when the event itself was
//! found; `detection`, `type` and `whole event` count missed and false events too.

use super::corpus::{GoldDate, GoldEvent, GoldMention, GoldPlace, Item};
use super::matching::{assign, pair_mentions};
use super::tally::Count;
use crate::core::extraction::{Event, EventDate, Participant, ParticipantBasis, Place};
use crate::core::ontology::{Context, EventType};
use crate::core::text::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which table a count belongs to, and its row there.
pub type Key = (&'static str, String);

/// What one item adds to the tables.
#[derive(Debug, Default)]
pub struct ItemScore {
    /// The item's id.
    pub id: String,
    /// By table and row.
    pub counts: BTreeMap<Key, Count>,
    /// Of each predicted event: its confidence, and whether it is an event of that type.
    pub calibration: Vec<(f32, bool)>,
    /// One line an event, for comparing runs and reading errors.
    pub verdicts: Vec<Verdict>,
}

/// How one event fared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Verdict {
    /// What the gold says, e.g. `CONSULT/visit@met`; empty for a false event.
    pub gold: String,
    /// What was predicted; empty for a missed event.
    pub predicted: String,
    /// The fields that are wrong; empty for an event that is wholly right.
    pub wrong: Vec<String>,
}

/// The two are this close or closer when a place counts as found: 161 km, 100 miles, as the geoparsing literature has it.
pub const NEAR_KM: f64 = 161.0;

/// Scores the events that the pipeline found in an item.
pub fn score(item: &Item, predicted: &[Event]) -> ItemScore {
    let mut score = ItemScore { id: item.id.clone(), ..ItemScore::default() };
    let pairs = assign(&item.events, predicted);
    let matched_gold = |g: usize| pairs.iter().find(|pair| pair.0 == g).map(|pair| pair.1);
    let matched_predicted = |p: usize| pairs.iter().find(|pair| pair.1 == p).map(|pair| pair.0);

    for (g, gold) in item.events.iter().enumerate() {
        let answer = matched_gold(g).map(|p| &predicted[p]);
        let same_type = answer.is_some_and(|event| event.event_type == gold.event_type);
        let same_mode = same_type && answer.is_some_and(|event| event.mode == gold.mode);
        score.wanted("event", "detection", answer.is_some());
        score.wanted("event", "type", same_type);
        score.wanted("event", "type and mode", same_mode);
        score.wanted("type", gold.event_type.name(), same_type);
        if let Some(mode) = gold.mode {
            score.wanted("mode", &format!("{}/{mode}", gold.event_type), same_mode);
        }
        for tag in &item.tags {
            score.wanted("phenomenon (type found)", tag, same_type);
        }
        let wrong = match answer {
            None => vec!["missed".to_string()],
            Some(event) => score.fields(gold, event),
        };
        score.wanted("event", "whole event", wrong.is_empty());
        score.verdicts.push(Verdict {
            gold: describe_gold(gold, &item.article.text),
            predicted: answer.map(|event| describe(event, &item.article.text)).unwrap_or_default(),
            wrong,
        });
    }
    for (p, event) in predicted.iter().enumerate() {
        let answered = matched_predicted(p).map(|g| &item.events[g]);
        let same_type = answered.is_some_and(|gold| gold.event_type == event.event_type);
        score.calibration.push((event.confidence, same_type));
        for row in ["detection", "type", "type and mode", "whole event"] {
            score.given("event", row);
        }
        score.given("type", event.event_type.name());
        if let Some(mode) = event.mode {
            score.given("mode", &format!("{}/{mode}", event.event_type));
        }
        for tag in &item.tags {
            score.given("phenomenon (type found)", tag);
        }
        if answered.is_none() {
            let predicted = describe(event, &item.article.text);
            score.verdicts.push(Verdict { gold: String::new(), predicted, wrong: vec!["false".into()] });
        }
    }
    if item.events.is_empty() {
        *score.at("event", "false events on items without any") +=
            Count { right: predicted.len() as u32, given: 1, wanted: 1 };
    }
    score
}

impl ItemScore {
    fn at(&mut self, table: &'static str, row: &str) -> &mut Count {
        self.counts.entry((table, row.to_string())).or_default()
    }

    fn wanted(&mut self, table: &'static str, row: &str, right: bool) {
        *self.at(table, row) += Count { right: right as u32, given: 0, wanted: 1 };
    }

    fn given(&mut self, table: &'static str, row: &str) {
        self.at(table, row).given += 1;
    }

    fn decide(&mut self, row: &str, right: bool, wrong: &mut Vec<String>) {
        *self.at("field", row) += Count::decision(right);
        if !right {
            wrong.push(row.to_string());
        }
    }

    /// Scores a matched event; the names of the rows that are wrong.
    fn fields(&mut self, gold: &GoldEvent, event: &Event) -> Vec<String> {
        let mut wrong = Vec::new();
        let same_type = gold.event_type == event.event_type;
        if !same_type {
            wrong.push("type".to_string());
        } else if gold.mode.is_some() || event.mode.is_some() {
            self.decide("mode, type right", gold.mode == event.mode, &mut wrong);
        }
        if let Some(cameo) = &gold.cameo {
            let root = |code: &str| code.get(..2).map(String::from);
            self.decide("CAMEO root", root(cameo) == root(&event.cameo), &mut wrong);
        }
        *self.at("field", "quad class") +=
            Count::decision(gold.event_type.quad_class() == event.quad_class());
        self.participants("actors", &gold.actors, &event.actors, &mut wrong);
        self.participants("recipients", &gold.recipients, &event.recipients, &mut wrong);
        if !gold.recipients.is_empty() {
            let crossed = !pair_mentions(&gold.actors, &event.recipients).is_empty()
                && !pair_mentions(&gold.recipients, &event.actors).is_empty();
            *self.at("field", "direction swapped (lower is better)") += Count::decision(crossed);
        }
        self.date(&gold.when, &event.date, &mut wrong);
        self.place(gold.place.as_ref(), event.place.as_ref(), &mut wrong);
        self.decide("status", gold.status == event.status, &mut wrong);
        let said = event.attribution.as_ref();
        let right = match (&gold.by, said) {
            (Some(by), Some(said)) => by.span.overlaps(said.reporter.mention),
            _ => false,
        };
        let count =
            Count { right: right as u32, given: said.is_some() as u32, wanted: gold.by.is_some() as u32 };
        *self.at("field", "attribution") += count;
        if count.right < count.given.max(count.wanted) {
            wrong.push("attribution".into());
        }
        let right = gold.contexts.iter().filter(|context| event.contexts.contains(context)).count();
        *self.at("field", "contexts") += Count {
            right: right as u32,
            given: event.contexts.len() as u32,
            wanted: gold.contexts.len() as u32,
        };
        // Contexts and CAMEO are beside the event, not part of what makes it wholly right.
        wrong.retain(|row| row != "CAMEO root");
        wrong
    }

    fn participants(
        &mut self,
        role: &'static str,
        gold: &[GoldMention],
        given: &[Participant],
        wrong: &mut Vec<String>,
    ) {
        let pairs = pair_mentions(gold, given);
        let count = Count { right: pairs.len() as u32, given: given.len() as u32, wanted: gold.len() as u32 };
        *self.at("field", &format!("{role}, span overlap")) += count;
        *self.at("field", "participants, span overlap") += count;
        if count.right < count.given.max(count.wanted) {
            wrong.push(role.into());
        }
        for (g, p) in pairs {
            let (gold, given) = (&gold[g], &given[p]);
            self.decide("participant country, span found", gold.country == given.country, wrong);
            if let Some(&primary) = gold.sectors.first() {
                self.decide("participant sector, span found", given.sectors.first() == Some(&primary), wrong);
            }
            if gold.who.is_some() {
                let linked = given.basis != ParticipantBasis::Unresolved
                    && (gold.country.is_none() || given.country.is_some());
                let right = linked && gold.country == given.country;
                *self.at("field", "pronouns and descriptions linked") +=
                    Count { right: right as u32, given: linked as u32, wanted: 1 };
            }
        }
    }

    fn date(&mut self, gold: &GoldDate, given: &EventDate, wrong: &mut Vec<String>) {
        let exact = gold.start == given.start && gold.end == given.end;
        self.decide("date exact", exact, wrong);
        if gold.start.is_some() {
            *self.at("field", "date precision") +=
                Count::decision(given.start.is_some() && gold.precision == given.precision);
            *self.at("field", "date basis") += Count::decision(gold.basis == given.basis);
        }
        if gold.mention.is_some() {
            *self.at("field", "date exact, text gives one") += Count::decision(exact);
        }
    }

    fn place(&mut self, gold: Option<&GoldPlace>, given: Option<&Place>, wrong: &mut Vec<String>) {
        let Some(gold) = gold else {
            *self.at("field", "place given where the text has none (lower is better)") +=
                Count::decision(given.is_some());
            if given.is_some() {
                wrong.push("place".into());
            }
            return;
        };
        let country = given.is_some_and(|given| given.country == gold.country);
        self.decide("place country", country, wrong);
        if let Some(coordinates) = gold.coordinates {
            let given = given.and_then(|place| Some((place.latitude?, place.longitude?)));
            let near = given.is_some_and(|given| kilometres(given, coordinates) <= NEAR_KM);
            self.decide("place within 161 km", near, wrong);
        }
    }
}

/// Great-circle distance between two points in degrees (north, east), in kilometres.
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (north_a, north_b) = (a.0.to_radians(), b.0.to_radians());
    let (north, east) = ((north_b - north_a) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let haversine = north.sin().powi(2) + north_a.cos() * north_b.cos() * east.sin().powi(2);
    2.0 * 6371.0 * haversine.sqrt().min(1.0).asin()
}

fn type_and_mode(event_type: EventType, mode: Option<crate::core::ontology::Mode>) -> String {
    mode.map_or(event_type.to_string(), |mode| format!("{event_type}/{mode}"))
}

fn describe_gold(gold: &GoldEvent, text: &str) -> String {
    let names = |list: &[GoldMention]| {
        let names: Vec<String> = list
            .iter()
            .map(|m| {
                let code = m.country.as_deref().unwrap_or("-");
                let sector = m.sectors.first().map_or("", |sector| sector.name());
                format!("{} [{code}{sector}]", m.span.of(text))
            })
            .collect();
        names.join(" + ")
    };
    let place = gold.place.as_ref().map_or("", |place| place.span.of(text));
    let date = gold.when.start.map_or("?".into(), |start| start.to_string());
    format!(
        "{}@{}: {} → {} | {date} | {place} | {}{}{}",
        type_and_mode(gold.event_type, gold.mode),
        gold.triggers[0].of(text),
        names(&gold.actors),
        names(&gold.recipients),
        gold.status,
        said_by(gold.by.as_ref().map(|by| by.span), text),
        issues(&gold.contexts),
    )
}

fn describe(event: &Event, text: &str) -> String {
    let names = |list: &[Participant]| {
        let names: Vec<String> = list
            .iter()
            .map(|p| {
                let code = p.country.as_deref().unwrap_or("-");
                let sector = p.sectors.first().map_or("", |sector| sector.name());
                format!("{} [{code}{sector}]", p.mention.of(text))
            })
            .collect();
        names.join(" + ")
    };
    let place = event.place.as_ref().map_or("", |place| place.mention.of(text));
    let date = event.date.start.map_or("?".into(), |start| start.to_string());
    let trigger = event.evidence.first().map_or("", |evidence| evidence.trigger.of(text));
    format!(
        "{}@{trigger}: {} → {} | {date} | {place} | {}{}{}",
        type_and_mode(event.event_type, event.mode),
        names(&event.actors),
        names(&event.recipients),
        event.status,
        said_by(event.attribution.as_ref().map(|said| said.reporter.mention), text),
        issues(&event.contexts),
    )
}

fn said_by(who: Option<Span>, text: &str) -> String {
    who.map_or_else(String::new, |who| format!(" | by {}", who.of(text)))
}

fn issues(contexts: &[Context]) -> String {
    let mut names: Vec<&str> = contexts.iter().map(|context| context.name()).collect();
    names.sort_unstable();
    if names.is_empty() { String::new() } else { format!(" | {}", names.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_111_kilometres() {
        assert!((kilometres((0.0, 0.0), (1.0, 0.0)) - 111.2).abs() < 0.1);
        assert!((kilometres((60.0, 10.0), (60.0, 11.0)) - 55.6).abs() < 0.2);
    }
}
