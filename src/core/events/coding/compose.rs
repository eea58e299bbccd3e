//! What a construction codes to once its content is known.

use super::Reading;
use super::asked;
use super::content::inner;
use crate::core::events::clause;
use crate::core::events::codebook::{Codebook, Operator, Outcome};
use crate::core::events::matching::Match;
use crate::core::events::parties::Parties;
use crate::core::events::status;
use crate::core::ontology::{EventType, Mode};
use crate::core::syntax::{Deprel, Sentence, Upos};

pub(super) fn compose(
    codebook: &Codebook,
    sentence: &Sentence,
    parties: &Parties,
    readings: &[Reading],
    at: &[u32],
    found: Match,
) -> Reading {
    let entry = &codebook.entries[found.entry as usize];
    let mut reading = Reading {
        code: None,
        cameo: entry.cameo.clone(),
        reason: entry.source.to_string(),
        operator: None,
        consumed: false,
        found,
    };
    match entry.outcome {
        Outcome::Code(event_type, mode) => reading.code = Some((event_type, mode)),
        Outcome::Nothing => {}
        Outcome::Compose(operator) => {
            reading.operator = Some(operator);
            let inner = reading.found.content.and_then(|content| inner(sentence, readings, at, content));
            let content = inner.and_then(|inner| inner.code);
            let told = operator == Operator::Warn
                && reading.found.content.is_some_and(|content| tells_what_is(codebook, sentence, content));
            if told {
                // "warned that the rebels had mined the road": no threat.
            } else if let Some(composition) = codebook.composed(operator, content) {
                reading.code = Some(composition.outcome);
                reading.cameo = composition.cameo.clone();
                let by_words = content.is_none_or(|(event_type, _)| event_type.quad_class() as u8 > 2);
                if let Some(word) = reading.found.content.filter(|_| by_words)
                    && let Some((mode, cameo)) =
                        asked::mode(codebook, sentence, operator, composition.outcome.0, word)
                {
                    reading.code = Some((composition.outcome.0, Some(mode)));
                    reading.cameo = cameo.into();
                }
                // Embargoes and tariffs restrict, occupation takes ground: finer than type and mode of the content tell.
                if let (Some(inner), EventType::Threaten) = (inner, composition.outcome.0) {
                    let finer = match inner.cameo.as_str() {
                        "163" => Some(Mode::Restrict),
                        "192" => Some(Mode::Territory),
                        _ => None,
                    };
                    if let Some(mode) = finer {
                        reading.code = Some((EventType::Threaten, Some(mode)));
                    }
                }
                reading.reason = match inner {
                    Some(inner) => format!("{} ∘ {} → {}", entry.source, inner.reason, composition.source),
                    None => format!("{} → {}", entry.source, composition.source),
                };
            } else if let (
                Some(inner),
                Operator::Stop | Operator::Resume | Operator::Direct | Operator::Joint,
            ) = (inner, operator)
            {
                // The table is silent: the deed itself stays what it is.
                reading.code = inner.code;
                reading.cameo = inner.cameo.clone();
                reading.reason = format!("{} ∘ {}", entry.source, inner.reason);
            }
            if let Some(inner) = inner {
                inherit(sentence, parties, &mut reading.found, operator, &inner.found);
            }
            if operator == Operator::Warn
                && reading.code.is_none()
                && let Some(content) = reading.found.content
                && threatens(sentence, parties, &reading.found, content)
            {
                reading.code = Some((EventType::Threaten, None));
                reading.cameo = "130".into();
                reading.reason = format!("{} → a condition", entry.source);
            }
            // "ready to contribute troops to the mission in Mali": whom the content's own phrases name.
            if reading.found.recipients.is_empty()
                && matches!(operator, Operator::Promise | Operator::Vow | Operator::Refuse)
                && let Some(content) = reading.found.content
            {
                let actors = &reading.found.actors;
                let named =
                    clause::loose_obliques(sentence, content, &["to", "with", "for", "from", "against"])
                        .into_iter()
                        .map(|noun| parties.collect(sentence, noun, &|_| true))
                        .map(|list| {
                            list.into_iter()
                                .filter(|index| !actors.contains(index) && parties.has_country(*index))
                                .collect::<Vec<u32>>()
                        })
                        .find(|list| !list.is_empty());
                reading.found.recipients = named.unwrap_or_default();
            }
            // "demanded that Juba leave": whoever should do it is asked.
            if reading.found.recipients.is_empty()
                && matches!(operator, Operator::Request | Operator::Appeal)
                && let Some(content) = reading.found.content
                && let Some(subject) = sentence.child(content, Deprel::Nsubj)
            {
                let actors = &reading.found.actors;
                reading.found.recipients = parties
                    .collect(sentence, subject, &|_| true)
                    .into_iter()
                    .filter(|one| !actors.contains(one))
                    .collect();
            }
        }
    }
    reading
}

/// Participants that an operator takes over from its content.
pub(super) fn inherit(
    sentence: &Sentence,
    parties: &Parties,
    outer: &mut Match,
    operator: Operator,
    inner: &Match,
) {
    match operator {
        Operator::Say | Operator::Deny => {}
        // "called for sanctions against X", "sought talks with Y"
        Operator::Request | Operator::Appeal => {
            let noun = outer
                .content
                .is_some_and(|content| matches!(sentence.token(content).upos, Upos::Noun | Upos::Propn));
            if noun && outer.recipients.is_empty() {
                let actors = &outer.actors;
                let others = inner.recipients.iter().chain(&inner.parties).copied();
                outer.recipients = others.filter(|index| !actors.contains(index)).collect();
            }
        }
        Operator::Invite => {
            if outer.actors.is_empty() {
                let guests = &outer.recipients;
                // "the Arab League summit": who holds it stands in the noun; else whoever else takes part.
                let named = inner.parts.iter().flat_map(|&part| parties.collect(sentence, part, &|_| true));
                let holders: Vec<u32> = named.filter(|index| !guests.contains(index)).collect();
                let others = inner.actors.iter().chain(&inner.parties).chain(&inner.recipients);
                outer.actors = if holders.is_empty() {
                    others.copied().filter(|index| !guests.contains(index)).collect()
                } else {
                    holders
                };
            }
        }
        // "vowed to send Kyiv tanks", "lifted sanctions on Mali", "called off talks with Hanoi": whom it concerns.
        _ => {
            if outer.recipients.is_empty() {
                let actors = &outer.actors;
                outer.recipients = inner
                    .recipients
                    .iter()
                    .chain(&inner.parties)
                    .copied()
                    .filter(|index| !actors.contains(index))
                    .collect();
            }
            if outer.actors.is_empty() && operator == Operator::Joint {
                outer.actors = inner.actors.clone();
            }
        }
    }
}

/// "Warned Kinshasa that all credits would cease if …": with a condition, to somebody's face or of one's own deed, a warning is
/// a threat, whatever the deed.
pub(super) fn threatens(sentence: &Sentence, parties: &Parties, found: &Match, content: u32) -> bool {
    let conditional =
        sentence.children_by(content, Deprel::Advcl).any(|clause| clause::is_condition(sentence, clause));
    let own = || {
        clause::logical_subject(sentence, content).is_some_and(|subject| {
            parties.collect(sentence, subject, &|_| true).iter().any(|&doer| {
                found.actors.iter().any(|&actor| actor == doer || parties.same_side(actor, doer))
            })
        })
    };
    let told = found.recipients.iter().any(|&one| parties.is_known(one));
    conditional && !found.actors.is_empty() && (told || own())
}

/// Whether a finite clause tells what is or was, not what will or might be.
pub(super) fn tells_what_is(codebook: &Codebook, sentence: &Sentence, content: u32) -> bool {
    let signs = status::signs(codebook, sentence, content, content);
    clause::is_finite(sentence, content) && !(signs.future || signs.hypothetical || signs.conditional)
}
