//! What one side says that another must do is a REQUEST.

use super::content::inner;
use super::event::{reporter, span_below};
use super::{CodedEvent, Reading};
use crate::core::events::attribution;
use crate::core::events::clause;
use crate::core::events::codebook::{Codebook, Operator};
use crate::core::events::parties::Parties;
use crate::core::events::status;
use crate::core::syntax::{Deprel, Sentence, TokenRef};

/// "Indonesia must ensure security, donors said": what one side says that another must do is a REQUEST.
pub(super) fn settle(
    codebook: &Codebook,
    sentence: &Sentence,
    parties: &Parties,
    index: u32,
    readings: &[Reading],
    at: &[u32],
    events: &mut Vec<CodedEvent>,
) {
    for predicate in 0..sentence.tokens.len() as u32 {
        let obliged = clause::is_predicate(sentence, predicate)
            && sentence
                .children_by(predicate, Deprel::Aux)
                .any(|aux| matches!(sentence.lemma(aux), "must" | "should"))
            && !sentence
                .children_by(predicate, Deprel::Advmod)
                .any(|word| matches!(sentence.lemma(word), "not" | "n't"));
        if !obliged || clause::is_condition(sentence, predicate) {
            continue;
        }
        let Some(speaker) = attribution::speaker(codebook, sentence, predicate) else { continue };
        let Some((who, _)) = reporter(parties, sentence, &speaker, &[]) else { continue };
        let Some(subject) = clause::surface_subject(sentence, predicate) else { continue };
        let asked: Vec<u32> = parties.collect(sentence, subject, &|_| false);
        let other_side = asked.iter().any(|&one| {
            parties.is_known(one)
                && one != who
                && (!parties.same_side(one, who) || parties.differ_in_sector(one, who))
        });
        if !parties.is_known(who) || !other_side || sentence.child(predicate, Deprel::Cop).is_some() {
            continue;
        }
        let content = inner(sentence, readings, at, predicate);
        let Some(composition) =
            codebook.composed(Operator::Request, content.and_then(|content| content.code))
        else {
            continue;
        };
        // The deed itself is not done, only asked for.
        events.retain(|event| event.anchor.token != predicate && event.trigger.token != predicate);
        events.push(CodedEvent {
            trigger: TokenRef { sentence: index, token: speaker.says },
            anchor: TokenRef { sentence: index, token: speaker.says },
            span: sentence.token(speaker.says).span,
            event_type: composition.outcome.0,
            mode: composition.outcome.1,
            cameo: composition.cameo.clone(),
            actors: vec![who],
            recipients: asked,
            status: status::signs(codebook, sentence, speaker.says, speaker.says).status(),
            pluperfect: false,
            speaker: None,
            reason: format!("says that another must → {}", composition.source),
            score: 3.0,
            known_actors: parties.has_country(who),
            dated_by: Some(TokenRef { sentence: index, token: speaker.says }),
            content: Some(span_below(sentence, predicate)),
            noun: false,
        });
    }
}
