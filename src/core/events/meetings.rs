//! What sort of meeting: a visit where one side is at home, a third party's table where neither is, an alliance's own.

use crate::core::extraction::{Event, Participant, PlacePrecision};
use crate::core::ontology::{EventType, Mode};

/// Codes that stand for no state.
const INTERNATIONAL: &[&str] = &["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"];

/// So many states at one table are a conference.
const CROWD: usize = 5;

fn different(states: &[String]) -> usize {
    states.iter().enumerate().filter(|&(at, state)| !states[..at].contains(state)).count()
}

/// Gives a CONSULT without a mode the one that its parties and its place tell.
pub fn settle(event: &mut Event) {
    if event.event_type != EventType::Consult || event.mode.is_some() || !event.recipients.is_empty() {
        return;
    }
    let state =
        |one: &Participant| one.country.clone().filter(|code| !INTERNATIONAL.contains(&code.as_str()));
    let states: Vec<String> = event.actors.iter().filter_map(state).collect();
    if states.is_empty()
        && event.actors.iter().any(|one| matches!(one.country.as_deref(), Some("IGO" | "EUR" | "UNO")))
    {
        event.mode = Some(Mode::Multilateral);
        event.cameo = "040".to_owned();
        return;
    }
    let alliance = event.actors.iter().any(|one| matches!(one.country.as_deref(), Some("IGO")));
    if (alliance && !states.is_empty()) || different(&states) >= CROWD {
        event.mode = Some(Mode::Multilateral);
        event.cameo = "040".to_owned();
        return;
    }
    let Some(place) = &event.place else { return };
    if place.precision == PlacePrecision::Area || event.actors.len() < 2 {
        return;
    }
    let Some(country) = place.country.clone() else { return };
    let at_home = states.iter().filter(|&state| *state == country).count();
    let foreign: Vec<String> = states.iter().filter(|&state| *state != country).cloned().collect();
    // At nobody's home, or at the table of one who has two others in.
    if (at_home == 0 && states.len() > 1) || (at_home == 1 && different(&foreign) == 2) {
        event.mode = Some(Mode::ThirdParty);
        return;
    }
    if at_home == 0 {
        return;
    }
    let guests = states.iter().filter(|&state| *state != country).count();
    let strangers = event.actors.len() - states.len();
    if guests + strangers > 0
        && states.iter().filter(|&s| *s != country).all(|s| Some(s) == states.iter().find(|&s| *s != country))
    {
        event.mode = Some(Mode::Visit);
        event.cameo = "042".to_owned();
        let (hosts, visitors) = std::mem::take(&mut event.actors)
            .into_iter()
            .partition(|one| one.country.as_deref() == Some(country.as_str()));
        event.actors = visitors;
        event.recipients = hosts;
    }
}
