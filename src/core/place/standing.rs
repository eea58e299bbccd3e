//! How a place stands to a deed in the tree of its sentence: the rules of a careful reader, as evidence for the learned choice.

use super::{PlaceMention, PlaceRole};
use crate::core::choice::tree::{REPORTS, heads_clause};
use crate::core::extraction::PlacePrecision;
use crate::core::ontology::EventType;
use crate::core::syntax::{Deprel, Sentence, Upos};

/// "shelled Kisangani airport", "Adana's mayor was detained": a town that qualifies what the deed is done to, or who of a town that is
/// no capital does it.
pub(super) fn marks_an_argument(sentence: &Sentence, trigger: u32, mention: &PlaceMention) -> bool {
    if mention.role != PlaceRole::Modifier || !is_small(mention) {
        return false;
    }
    let verb = std::iter::once(trigger)
        .chain(sentence.ancestors(trigger).take(1))
        .find(|&a| sentence.token(a).upos == Upos::Verb)
        .unwrap_or(trigger);
    let path: Vec<u32> =
        sentence.ancestors(mention.head.token).take(4).take_while(|&a| a != verb && a != trigger).collect();
    let Some(&top) = path.last() else { return sentence.token(mention.head.token).head == Some(trigger) };
    let top_token = sentence.token(top);
    let reached = top_token.head == Some(verb) || top_token.head == Some(trigger);
    let plain = path.iter().all(|&a| sentence.token(a).upos != Upos::Verb);
    let done_to = matches!(top_token.deprel, Deprel::Obj | Deprel::NsubjPass | Deprel::Obl | Deprel::Nmod);
    reached && plain && (done_to || (top_token.deprel == Deprel::Nsubj && !mention.seat))
}

pub(super) fn is_small(mention: &PlaceMention) -> bool {
    mention.entry.as_ref().is_some_and(|entry| {
        entry.precision != PlacePrecision::Country && entry.precision != PlacePrecision::Area
    })
}

/// Whether the place is where something happens: not where somebody says it, goes from or comes from.
pub(super) fn is_scene(sentence: &Sentence, trigger: u32, mention: &PlaceMention) -> bool {
    let case = mention.preposition.as_str();
    let placed = match mention.role {
        PlaceRole::Locative | PlaceRole::Modifier => AT.contains(&case),
        _ => false,
    };
    let verb = sentence.ancestors(mention.head.token).find(|&a| sentence.token(a).upos == Upos::Verb);
    // Its verb is the trigger's or stands beside it; what another clause tells lies elsewhere.
    let beside = |verb: u32| {
        let chain = std::iter::once(trigger).chain(sentence.ancestors(trigger));
        let joined = matches!(
            sentence.token(verb).deprel,
            Deprel::Conj | Deprel::Parataxis | Deprel::Acl | Deprel::Xcomp
        );
        let above = sentence.token(verb).head.filter(|_| joined);
        chain.into_iter().any(|node| node == verb || Some(node) == above)
    };
    placed
        && is_small(mention)
        && verb.is_none_or(|verb| !REPORTS.contains(&sentence.lemma(verb)) && beside(verb))
}

/// Prepositions that place what they govern, whatever it is.
const AT: &[&str] = &[
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "around",
    "across",
    "throughout",
    "within",
    "off",
    "along",
    "beside",
    "above",
    "beneath",
    "north",
    "south",
    "east",
    "west",
    "aboard",
];
/// Those that place only by something smaller than a country: "marched through Sydney", but "consultations on Libya".
const AT_SMALL: &[&str] = &["on", "over", "through", "between", "upon", "against"];
/// Those that name a goal: placed by it only where somebody moves.
const TO: &[&str] = &["to", "into", "onto", "for", "toward", "towards"];
/// Who moves, or is moved.
const MOTION: &[&str] = &[
    "go",
    "fly",
    "travel",
    "arrive",
    "come",
    "return",
    "move",
    "head",
    "march",
    "sail",
    "drive",
    "journey",
    "trip",
    "visit",
    "tour",
    "send",
    "deploy",
    "dispatch",
    "airlift",
    "walk",
    "roll",
    "cross",
    "rush",
    "advance",
    "pour",
    "haul",
    "bring",
    "carry",
    "ferry",
    "order",
    "call",
    "deployment",
    "dispatch",
    "arrival",
    "jet",
    "pilgrimage",
    "swing",
    "push",
    "flee",
    "ship",
    "transfer",
    "take",
    "get",
    "converge",
];
/// Verbs that only lend themselves to such a noun: "paid a visit to", "began a trip to".
const LIGHT: &[&str] = &[
    "pay",
    "make",
    "begin",
    "start",
    "end",
    "conclude",
    "close",
    "wrap",
    "undertake",
    "open",
    "be",
    "continue",
    "finish",
    "cut",
];
/// Who leaves a place, or takes somebody from it.
const AWAY: &[&str] = &[
    "withdraw",
    "pull",
    "withdrawal",
    "pull-out",
    "pullout",
    "retreat",
    "evacuate",
    "evacuation",
    "release",
    "snatch",
    "abduct",
    "kidnap",
    "seize",
    "free",
    "quit",
    "depart",
    "expel",
];
/// What is done to a place, there.
const DONE_TO: &[&str] = &[
    "visit",
    "tour",
    "enter",
    "reach",
    "bomb",
    "shell",
    "attack",
    "strike",
    "hit",
    "pound",
    "storm",
    "capture",
    "seize",
    "besiege",
    "raid",
    "occupy",
    "overrun",
    "hammer",
    "leave",
    "abandon",
    "quit",
    "blockade",
    "block",
    "rocket",
    "invade",
    "liberate",
    "retake",
    "recapture",
    "bombard",
    "target",
    "take",
    "evacuate",
    "gas",
    "torch",
    "burn",
    "encircle",
    "surround",
    "patrol",
    "garrison",
    "cordon",
    "paralyse",
];

/// How far a place stands from the trigger; `None` where it does not place it.
pub(super) fn cost(
    sentence: &Sentence,
    trigger: u32,
    mention: &PlaceMention,
    event_type: EventType,
) -> Option<u32> {
    let precision = mention.entry.as_ref().map(|entry| entry.precision)?;
    let case = mention.preposition.as_str();
    let small = precision != PlacePrecision::Country;
    let placed = match mention.role {
        PlaceRole::Locative if case.is_empty() => small,
        PlaceRole::Locative if case == "of" => true,
        PlaceRole::Locative => {
            let at = AT.contains(&case)
                && (small || !matches!(case, "at" | "around" | "off" | "above" | "beside"));
            at || (small
                && (case == "through" || !mention.seat)
                && (case != "over" || bombs(event_type))
                && AT_SMALL.contains(&case))
                || TO.contains(&case)
                || case == "from"
        }
        PlaceRole::Modifier => small && (AT.contains(&case) || AT_SMALL.contains(&case)),
        PlaceRole::Object => true,
        PlaceRole::Dateline | PlaceRole::Participant => false,
    };
    if !placed {
        return None;
    }
    // "flew to Rama, where they argued": the clause hangs on the place itself.
    let above: Vec<u32> = std::iter::once(trigger).chain(sentence.ancestors(trigger)).collect();
    let relative = above.iter().position(|&a| a == mention.head.token);
    if let Some(height) = relative.filter(|&h| h > 0) {
        let clause = above[height - 1];
        let where_it = sentence.children(clause).iter().any(|&c| sentence.lemma(c) == "where");
        return (where_it && sentence.token(clause).deprel != Deprel::Appos).then_some(4);
    }
    let path: Vec<u32> =
        std::iter::once(mention.head.token).chain(sentence.ancestors(mention.head.token)).collect();
    let (steps, height) = path
        .iter()
        .enumerate()
        .find_map(|(i, node)| above.iter().position(|a| a == node).map(|height| (i, height)))?;
    // Verbs below the meeting point own the place rather than the trigger does; a participle of a noun hardly.
    let mut owned = 0;
    for &node in &path[..steps] {
        let token = sentence.token(node);
        if token.upos == Upos::Verb && node != mention.head.token {
            match token.deprel {
                Deprel::Amod => {}
                Deprel::Acl => owned += 4,
                Deprel::Xcomp if !says(event_type) => owned += 4,
                _ => return None,
            }
        }
    }
    let to = TO.contains(&case);
    let moved_on = |node: u32| {
        // "travelled to Rama to confer", "flies into Rama, holds talks".
        let next = matches!(sentence.token(node).deprel, Deprel::Advcl | Deprel::Parataxis);
        to && next && sentence.token(node).span.begin > mention.span.end
    };
    if above[..height].iter().any(|&node| heads_clause(sentence, node) && !moved_on(node)) {
        return None;
    }
    // What is said, asked or promised may lie anywhere: its own place is that of the saying.
    if says(event_type) && within_argument(sentence, &path[..steps]) {
        return None;
    }
    if mention.role == PlaceRole::Object {
        // Only of the trigger itself, or of the verb that the trigger goes with.
        let verb = path.iter().skip(1).copied().find(|&n| sentence.token(n).upos == Upos::Verb)?;
        let visit = event_type == EventType::Consult;
        let material = matches!(
            event_type,
            EventType::Assault
                | EventType::Coerce
                | EventType::Protest
                | EventType::Mobilize
                | EventType::Retreat
        );
        let done = (visit || (small && material))
            && DONE_TO.contains(&sentence.lemma(verb))
            && above.contains(&verb)
            && steps <= 2;
        return done.then_some(6 + 3 * height as u32);
    }
    // "sent inspectors to Rama": the parser may hang the goal on who is sent.
    let on_the_way = || path[..=steps].iter().copied().skip(1);
    let governor = on_the_way()
        .find(|&n| MOTION.contains(&sentence.lemma(n)) || AWAY.contains(&sentence.lemma(n)))
        .or_else(|| on_the_way().find(|&n| !PLACE.contains(&sentence.lemma(n))))
        .unwrap_or(trigger);
    if TO.contains(&case) && !goes_there(sentence, governor, trigger) {
        return None;
    }
    if case == "from" && !AWAY.contains(&sentence.lemma(governor)) {
        return None;
    }
    let finer = match precision {
        PlacePrecision::Site | PlacePrecision::City => 0,
        PlacePrecision::Region => 1,
        _ => 2,
    };
    Some(3 * (steps + height).min(9) as u32 + owned + finer + u32::from(mention.role == PlaceRole::Modifier))
}

/// What may come from above.
fn bombs(event_type: EventType) -> bool {
    matches!(event_type, EventType::Assault | EventType::Mobilize | EventType::Aid)
}

/// Deeds of words: what they are about lies elsewhere than where they are done.
pub(super) fn says(event_type: EventType) -> bool {
    use EventType as E;
    matches!(
        event_type,
        E::Agree | E::Accuse | E::Request | E::Reject | E::Threaten | E::Concede | E::Support | E::Sanction
    )
}

/// Whether the place lies inside a phrase that is not itself a place: "a grant for refugees in Goma".
fn within_argument(sentence: &Sentence, below: &[u32]) -> bool {
    below.iter().skip(1).any(|&node| {
        let token = sentence.token(node);
        let placed = sentence.children_by(node, Deprel::Case).any(|c| AT.contains(&sentence.lemma(c)));
        let subject = matches!(token.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::OblAgent);
        let event = MEETINGS.contains(&token.lemma.as_str());
        !placed
            && !event
            && !subject
            && token.upos != Upos::Verb
            && !PLACE.contains(&token.lemma.as_str())
            && token.deprel != Deprel::Appos
    })
}

/// Nouns of occasions, which are where their place is.
const MEETINGS: &[&str] = &[
    "talk",
    "meeting",
    "summit",
    "conference",
    "ceremony",
    "hearing",
    "session",
    "rally",
    "speech",
    "accord",
    "agreement",
    "treaty",
    "pact",
    "deal",
    "forum",
    "dinner",
    "lunch",
    "negotiation",
    "round",
    "protest",
    "march",
    "demonstration",
    "reception",
    "briefing",
    "trial",
];

/// Nouns that only say what sort of place it is.
const PLACE: &[&str] = &[
    "town",
    "city",
    "village",
    "province",
    "region",
    "port",
    "district",
    "capital",
    "settlement",
    "suburb",
    "island",
    "outskirts",
];

/// Whether the trigger is the moving, or lends its verb to a noun of moving, or moves on from it.
fn goes_there(sentence: &Sentence, governor: u32, trigger: u32) -> bool {
    if !MOTION.contains(&sentence.lemma(governor)) {
        return false;
    }
    if sentence.token(governor).upos == Upos::Verb {
        return true;
    }
    let noun = sentence.token(governor).upos == Upos::Noun;
    !noun || governor == trigger || LIGHT.contains(&sentence.lemma(trigger))
}
