//! From a reading to the event: who counts as somebody, what is only a condition, a figure of speech or a general truth, and who
//! says so.

use super::by_status::{by_status, conditional_threat};
use super::content::THROUGH;
use super::{CodedEvent, Reading};
use crate::core::events::attribution::{self, Reporter, Speaker};
use crate::core::events::clause;
use crate::core::events::codebook::{Codebook, Operator};
use crate::core::events::matching::Match;
use crate::core::events::parties::Parties;
use crate::core::events::status;
use crate::core::events::weapons;
use crate::core::ontology::{EventType, Mode, QuadClass, Status};
use crate::core::syntax::{Deprel, Sentence, SentenceKind, TokenRef, Upos, Xpos};
use crate::core::text::Span;

pub(super) fn event(
    codebook: &Codebook,
    sentence: &Sentence,
    parties: &Parties,
    index: u32,
    reading: &Reading,
) -> Result<CodedEvent, &'static str> {
    let (mut event_type, mut mode) = reading.code.ok_or("no event by itself")?;
    let found = &reading.found;
    if event_type == EventType::Assault && mode.is_none() {
        mode = weapons::mode(codebook, sentence, found);
    }
    let mut actors = found.actors.clone();
    let mut recipients = found.recipients.clone();
    for &party in &found.parties {
        if !actors.contains(&party) {
            actors.push(party);
        }
    }
    recipients.retain(|index| !actors.contains(index));
    let signs = status::signs(codebook, sentence, found.anchor, found.trigger);
    if signs.void {
        return Err("spoken of in the abstract");
    }
    if in_condition(sentence, found.anchor) {
        return Err("only a condition");
    }
    let mut reason = reading.reason.clone();
    let mut cameo = reading.cameo.clone();
    // An exercise of one country's forces is its own; of several, their common deed.
    if event_type == EventType::Mobilize && cameo == "150" && parties.countries(&actors) > 1 {
        (event_type, mode, cameo) = (EventType::Cooperate, None, "062".into());
        reason.push_str(" ∘ several countries → COOPERATE");
    }
    let mut status = signs.status();
    let speaker = attribution::speaker(codebook, sentence, found.anchor);
    if speaker.is_some_and(|speaker| speaker.denies) {
        status = Status::Negated;
    }
    if let Some(threat) = conditional_threat(
        codebook,
        sentence,
        parties,
        event_type,
        mode,
        signs,
        speaker,
        &actors,
        found.anchor,
    ) {
        return threat.ok_or("a threat that cannot be coded").map(|(composition, who)| {
            let signs = speaker
                .map_or(signs, |speaker| status::signs(codebook, sentence, speaker.says, speaker.says));
            CodedEvent {
                trigger: TokenRef {
                    sentence: index,
                    token: speaker.map_or(found.trigger, |speaker| speaker.says),
                },
                anchor: TokenRef {
                    sentence: index,
                    token: speaker.map_or(found.anchor, |speaker| speaker.says),
                },
                span: speaker
                    .map_or(trigger_span(sentence, found), |speaker| sentence.token(speaker.says).span),
                event_type: composition.outcome.0,
                mode: composition.outcome.1,
                cameo: composition.cameo.clone(),
                actors: vec![who],
                recipients: recipients.iter().copied().filter(|&one| one != who).collect(),
                status: signs.status(),
                pluperfect: signs.pluperfect,
                speaker: None,
                reason: format!("{reason} ∘ conditional, said by its own side → {}", composition.source),
                score: found.score,
                known_actors: true,
                dated_by: speaker.map(|speaker| TokenRef { sentence: index, token: speaker.says }),
                content: None,
                noun: false,
            }
        });
    }
    // "Would reopen the camp if the agency asked, the minister offered": a promise of one's own with a condition.
    let conditional = signs.conditional
        || sentence
            .children_by(found.anchor, Deprel::Advcl)
            .any(|clause| clause::is_condition(sentence, clause));
    let own = speaker
        .and_then(|speaker| reporter(parties, sentence, &speaker, &actors))
        .is_none_or(|(who, _)| actors.iter().any(|&actor| actor == who || parties.same_side(actor, who)));
    let kind = matches!(
        event_type,
        EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid | EventType::Retreat
    );
    if kind && conditional && own && signs.future && !signs.hypothetical && !signs.negated {
        status = Status::Future;
    }
    if let Some((new_type, new_mode, new_cameo, new_status, why)) = by_status(event_type, signs, status) {
        if event_type == EventType::Consult && recipients.is_empty() && !found.parties.is_empty() {
            // The planned partner of one side is who the promise is made to.
            actors.retain(|actor| found.actors.contains(actor) || found.actors.is_empty());
            recipients = found.parties.iter().copied().filter(|party| !actors.contains(party)).collect();
        }
        (event_type, mode, status) = (new_type, new_mode, new_status);
        cameo = new_cameo.into();
        reason.push_str(why);
    }
    if !is_somebody(parties, event_type, &actors, &recipients) {
        return Err("no actor whom we know");
    }
    // Rumours are spread, issues of a paper banned: words are what these are done to.
    let of_words = matches!(mode, Some(Mode::Misinformation | Mode::Censor));
    if !of_words && is_figurative(codebook, sentence, event_type, found) {
        return Err("a figure of speech");
    }
    // The manual wants two sides of a COOPERATE; one alone is talk of cooperation.
    let several = actors.len() > 1 || actors.iter().any(|&actor| !parties.mention(actor).members.is_empty());
    if event_type == EventType::Cooperate && recipients.is_empty() && !several {
        return Err("cooperation of one alone");
    }
    let known_actors = actors.iter().all(|&actor| parties.has_country(actor));
    if !known_actors && is_general(sentence, found, &actors, parties) {
        return Err("a general truth");
    }
    let anchor = TokenRef { sentence: index, token: found.anchor };
    let dated_by = if reason.contains("∘ future") || reason.contains("∘ negated future") {
        speaker.map(|speaker| TokenRef { sentence: index, token: speaker.says })
    } else {
        Some(anchor)
    };
    // What somebody says of themselves is their own deed, unless they deny it.
    let speaker = speaker
        .filter(|speaker| !speaker.of_self || status == Status::Negated)
        .and_then(|speaker| {
            let known = reporter(parties, sentence, &speaker, &actors).map(|(who, _)| Reporter::Mention(who));
            Some((
                known.or_else(|| attribution::phrase(sentence, speaker.who))?,
                sentence.token(speaker.says).span,
            ))
        })
        .filter(|(who, _)| {
            status == Status::Negated || !actors.iter().any(|&actor| *who == Reporter::Mention(actor))
        });
    Ok(CodedEvent {
        trigger: TokenRef { sentence: index, token: found.trigger },
        anchor: TokenRef { sentence: index, token: found.anchor },
        span: trigger_span(sentence, found),
        event_type,
        mode,
        cameo,
        actors,
        recipients,
        status,
        pluperfect: signs.pluperfect,
        speaker,
        reason,
        score: found.score,
        known_actors,
        dated_by,
        content: found
            .content
            .filter(|_| reading.operator.is_some_and(|op| !matches!(op, Operator::Say | Operator::Deny)))
            .map(|content| span_below(sentence, content)),
        noun: matches!(sentence.token(found.trigger).upos, Upos::Noun | Upos::Propn),
    })
}

/// Whether the deed stands in an if-clause: then it is not told, only thought of.
pub(super) fn in_condition(sentence: &Sentence, anchor: u32) -> bool {
    let mut at = anchor;
    for _ in 0..THROUGH {
        let token = sentence.token(at);
        match token.deprel {
            Deprel::Advcl if clause::is_condition(sentence, at) => return true,
            Deprel::AclRelcl | Deprel::Acl | Deprel::Parataxis | Deprel::Root => return false,
            _ => {}
        }
        match token.head {
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

/// An event needs an actor whom we know by country or sector; a person only named will do beside a recipient whom we know.
pub(super) fn is_somebody(
    parties: &Parties,
    event_type: EventType,
    actors: &[u32],
    recipients: &[u32],
) -> bool {
    let verbal = matches!(event_type.quad_class(), QuadClass::VerbalCooperation | QuadClass::VerbalConflict);
    actors.iter().any(|&actor| parties.is_known(actor))
        || (verbal
            && actors.iter().any(|&actor| parties.is_named_person(actor))
            && recipients.iter().any(|&recipient| parties.has_country(recipient)))
}

/// "attacked the deficit", "invaded the classroom": force against what cannot be hurt is a figure of speech.
pub(super) fn is_figurative(
    codebook: &Codebook,
    sentence: &Sentence,
    event_type: EventType,
    found: &Match,
) -> bool {
    use EventType::{Assault, Coerce, Mobilize, Retreat};
    matches!(event_type, Assault | Coerce | Mobilize | Retreat)
        && clause::logical_objects(sentence, found.anchor)
            .chain(clause::oblique(sentence, found.anchor, &["to", "on", "against"]))
            .any(|object| codebook.is_abstract(sentence.lemma(object)))
}

/// "Diplomats meet in corridors": bare plurals of no country in the simple present tell a general truth.
pub(super) fn is_general(sentence: &Sentence, found: &Match, actors: &[u32], parties: &Parties) -> bool {
    let verb = sentence.token(found.anchor);
    sentence.kind == SentenceKind::Prose
        && matches!(verb.xpos, Xpos::VBP)
        && !sentence
            .children(found.anchor)
            .iter()
            .any(|&child| matches!(sentence.token(child).deprel, Deprel::Aux | Deprel::AuxPass))
        && actors.iter().all(|&actor| {
            let head = parties.mention(actor).head.token;
            !parties.has_country(actor)
                && sentence.children(head).iter().all(|&child| {
                    !matches!(sentence.token(child).deprel, Deprel::Det | Deprel::NmodPoss | Deprel::Nummod)
                })
        })
}

pub(super) fn reporter(
    parties: &Parties,
    sentence: &Sentence,
    speaker: &Speaker,
    _actors: &[u32],
) -> Option<(u32, Span)> {
    let who = parties
        .at(speaker.who)
        .or_else(|| parties.around(sentence, speaker.who))
        .or_else(|| parties.collect(sentence, speaker.who, &|_| true).first().copied())?;
    Some((who, sentence.token(speaker.says).span))
}

/// From a word to the last word below it.
pub(super) fn span_below(sentence: &Sentence, word: u32) -> Span {
    let own = sentence.token(word).span;
    sentence.subtree(word).into_iter().fold(own, |span, below| span.join(sentence.token(below).span))
}

pub(super) fn trigger_span(sentence: &Sentence, found: &Match) -> Span {
    let own = sentence.token(found.trigger).span;
    found
        .words
        .iter()
        .filter(|&&word| word.abs_diff(found.trigger) <= 4)
        .fold(own, |span, &word| span.join(sentence.token(word).span))
}
