//! Whom a deed concerns, where the frame of the codebook names nobody: the participants below its predicate, weighed.

use super::candidates::below;
use super::digest::Digest;
use super::features::{Features, Side, Template, first_sector, international};
use crate::core::actors::Mentions;
use crate::core::events::CodedEvent;
use crate::core::events::parties::Parties;
use crate::core::syntax::Deprel;
use crate::core::syntax::linear::mix;

/// A participant that may be the recipient of an event.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its mentions.
    pub mentions: Vec<u32>,
    /// What the scorer looks at.
    pub features: Features,
}

/// More than these are too far from the deed.
const MOST: usize = 8;
/// How far up a phrase is followed to its predicate.
const CLIMB: usize = 12;

/// Who may be the recipient of an event, nearest first.
pub fn choices(digest: &Digest, parties: &Parties, mentions: &Mentions, event: &CodedEvent) -> Vec<Choice> {
    let sentence = digest.sentence;
    let (trigger, anchor) = (event.trigger.token, event.anchor.token);
    let mut places = below(digest, trigger);
    places.extend(below(digest, anchor));
    let mut found: Vec<Choice> = Vec::new();
    let mut seen: Vec<u32> = event.actors.clone();
    for place in places {
        if found.len() >= MOST {
            break;
        }
        let mut who = parties.collect(sentence, place, &|_| true);
        who.retain(|&index| parties.is_known(index) && !seen.contains(&index));
        if who.is_empty() {
            continue;
        }
        seen.extend_from_slice(&who);
        let mut features = Features::default();
        describe(digest, mentions, event, place, found.len() as u64, &who, &mut features);
        features.finish();
        found.push(Choice { mentions: who, features });
    }
    found
}

fn describe(
    digest: &Digest,
    mentions: &Mentions,
    event: &CodedEvent,
    place: u32,
    order: u64,
    who: &[u32],
    out: &mut Features,
) {
    use Template::{RecipientOf, RecipientPath, RecipientPlace, RecipientWho};
    let sentence = digest.sentence;
    let event_type = event.event_type as u64;
    let (trigger, anchor) = (event.trigger.token, event.anchor.token);
    let word = digest.words[trigger as usize].lemma;
    let mut shape = 1;
    let mut at = place;
    for _ in 0..CLIMB {
        if at == trigger || at == anchor {
            break;
        }
        let token = sentence.token(at);
        shape = mix(shape, token.deprel as u64);
        let Some(head) = token.head else { break };
        if head != trigger && head != anchor {
            out.add(RecipientPath, 1, digest.words[head as usize].lemma);
            out.add(RecipientPath, mix(2, event_type), digest.words[head as usize].lemma);
            out.codes(RecipientPath, digest, head);
        }
        at = head;
    }
    let from_trigger = u64::from(at == trigger);
    out.add(RecipientOf, 0, 0);
    out.add(RecipientOf, 1, event_type);
    out.add(RecipientOf, mix(2, event_type), event.mode.map_or(0, |mode| mode as u64 + 1));
    out.add(RecipientOf, 3, word);
    out.add(RecipientPlace, mix(0, from_trigger), shape);
    out.add(RecipientPlace, mix(1, event_type), shape);
    out.add(RecipientPlace, mix(2, word), shape);
    out.add(RecipientPlace, mix(3, event_type), order);
    out.add(RecipientPlace, 4, order);
    out.add(RecipientPlace, mix(5, u64::from(place > trigger)), event_type);
    for &child in sentence.children(place) {
        if matches!(sentence.token(child).deprel, Deprel::Case | Deprel::Mark) && child < place {
            let marker = digest.words[child as usize].lemma;
            out.add(RecipientPlace, 6, marker);
            out.add(RecipientPlace, mix(7, event_type), marker);
            out.add(RecipientPlace, mix(8, word), marker);
            out.add(RecipientPlace, mix(9, shape), marker);
        }
    }
    let Some(mention) = who.first().and_then(|&index| mentions.list.get(index as usize)) else { return };
    let identity = &mention.identity;
    let same = event.actors.first().and_then(|&actor| Side::mention(mentions, actor)).is_some_and(|actor| {
        actor.identity.is_some_and(|actor| actor.country.is_some() && actor.country == identity.country)
    });
    for scope in [0, 1 + event_type] {
        out.add(RecipientWho, mix(0, scope), identity.kind as u64);
        out.add(RecipientWho, mix(1, scope), first_sector(identity));
        out.add(RecipientWho, mix(2, scope), u64::from(same));
        out.add(RecipientWho, mix(3, scope), u64::from(mention.locative));
        out.add(RecipientWho, mix(4, scope), international(identity).map_or(0, |code| code + 1));
    }
}
