//! One deed told by several words of a sentence is one event: what followed from an attack, the troops that went to it, the
//! demands of a protest.

use super::coding::CodedEvent;
use crate::core::ontology::{EventType, Mode};
use crate::core::syntax::Sentence;

/// What comes of an attack; beside another word for it, no second one.
const RESULTS: &[&str] =
    &["kill", "wound", "injure", "maim", "hurt", "slay", "damage", "destroy", "killing", "leave", "flatten"];

/// Leaves out what only repeats or completes another event of the sentence.
pub fn settle(sentence: &Sentence, events: &mut Vec<CodedEvent>) {
    let mut gone: Vec<usize> = Vec::new();
    for part in 0..events.len() {
        let whole = (0..events.len())
            .filter(|&whole| whole != part && !gone.contains(&whole))
            .find(|&whole| is_part(sentence, &events[part], &events[whole]));
        let Some(whole) = whole else { continue };
        gone.push(part);
        if events[part].event_type == EventType::Assault {
            let (mode, harmed) = (events[part].mode, events[part].recipients.clone());
            let whole = &mut events[whole];
            let better = mode.filter(|&mode| mode != Mode::Targeted && mode != Mode::Destroy);
            // "drove a van into the academy, killing 22" with a bomber at the wheel: the result knows the weapon.
            if whole.mode.is_none() || (whole.mode == Some(Mode::Primitive) && better.is_some()) {
                whole.mode = better;
            }
            for one in harmed {
                if !whole.recipients.contains(&one) && !whole.actors.contains(&one) {
                    whole.recipients.push(one);
                }
            }
        }
    }
    let mut at = 0;
    events.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
}

fn is_part(sentence: &Sentence, part: &CodedEvent, whole: &CodedEvent) -> bool {
    let same_actor = part.actors.iter().any(|actor| whole.actors.contains(actor));
    if !same_actor || part.status != whole.status {
        return false;
    }
    let lemma = |event: &CodedEvent| sentence.lemma(event.trigger.token);
    match (part.event_type, whole.event_type) {
        (EventType::Assault, EventType::Assault) => {
            let below = sentence.token(part.anchor.token).head == Some(whole.anchor.token);
            let modes = below
                || part.mode.is_none()
                || part.mode == whole.mode
                || matches!(part.mode, Some(Mode::Targeted | Mode::Destroy));
            modes
                && RESULTS.contains(&lemma(part))
                && !RESULTS.contains(&lemma(whole))
                && whole.anchor.token < part.anchor.token
        }
        (EventType::Mobilize, EventType::Assault) => true,
        (EventType::Request, EventType::Protest) => true,
        _ => false,
    }
}
