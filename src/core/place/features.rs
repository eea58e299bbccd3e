//! What is seen of a place beside a deed: each feature is a few plain words, as the table of weights has them.

use super::event::{Candidate, Group, Scene};
use super::standing::{cost, is_scene, is_small, marks_an_argument};
use super::{PlaceBasis, PlaceMention};
use crate::core::choice::tree::{self, REPORTS, class, distance, tie, tokens_between, verb_above};
use crate::core::choice::{Sink, say};
use crate::core::events::CodedEvent;
use crate::core::events::attribution::Reporter;
use crate::core::extraction::PlacePrecision;
use crate::core::syntax::Sentence;

/// What speaks for giving no place.
pub(super) fn of_none(scene: &Scene, event: &CodedEvent, candidates: &[Candidate], sink: &mut Sink) {
    let kind = event.event_type.name();
    let mode = event.mode.map_or("-", |mode| mode.name());
    say!(sink, "none");
    say!(sink, "none {kind}");
    say!(sink, "none {kind}/{mode}");
    say!(sink, "none {}", event.status.name());
    let here = candidates.iter().filter(|c| c.group == Group::Here).count().min(3);
    say!(sink, "none {here} here");
    say!(sink, "none {kind} {here} here");
    say!(sink, "none {} around", (candidates.len() - candidates.len().min(here)).min(3));
    say!(sink, "none article {}", scene.document.sentences.len() > 3);
    say!(sink, "none {kind} article {}", scene.document.sentences.len() > 3);
}

/// What is seen of one candidate.
pub(super) fn of_candidate(
    scene: &Scene,
    event: &CodedEvent,
    candidates: &[Candidate],
    candidate: &Candidate,
    sink: &mut Sink,
) {
    let mention = candidate.mention;
    let kind = event.event_type.name();
    let mode = event.mode.map_or("-", |mode| mode.name());
    let (role, case, level) = (role(mention), mention.preposition.as_str(), level(mention));
    let group = candidate.group.name();
    say!(sink, "{group}");
    say!(sink, "{group} {kind}");
    say!(sink, "{group} {}", event.status.name());
    say!(sink, "{group} {role} {case}");
    say!(sink, "{group} {level} {role} {case}");
    say!(sink, "{group} {kind} {level}");
    say!(sink, "{group} {kind} {role} {case}");
    say!(sink, "{group} {kind} {mode} {role}");
    let class = class(event.event_type);
    say!(sink, "{group} {class} {level} {role} {case}");
    say!(sink, "{group} {class} {} {role} {case}", event.status.name());
    if !mention.noun.is_empty() {
        say!(sink, "{group} noun {}", mention.noun);
    }
    say!(sink, "{group} repeated {}", candidate.times.min(3));
    let countries = |list: &[u32]| {
        list.iter().filter_map(|&i| scene.mentions.list.get(i as usize)).any(|m| {
            m.identity.country.is_some()
                && m.identity.country == mention.entry.as_ref().and_then(|e| e.country.clone())
        })
    };
    let (of_actor, of_recipient) = (countries(&event.actors), countries(&event.recipients));
    say!(sink, "{group} {level} of actor's country {of_actor}, of recipient's {of_recipient}");
    say!(sink, "{group} {kind} of actor's country {of_actor}, of recipient's {of_recipient}");
    if candidate.group != Group::Here {
        let apart = event.trigger.sentence.abs_diff(mention.head.sentence).min(4);
        say!(sink, "{group} {apart} apart");
        say!(sink, "{group} {apart} apart {role} {case}");
        let placed = candidates.iter().filter(|c| c.group == Group::Here).count().min(2);
        say!(sink, "{group} {placed} here");
        say!(sink, "{group} {kind} {placed} here");
        let first = mention.head.sentence == 0;
        say!(sink, "{group} first sentence {first}");
        return;
    }
    let Some(sentence) = scene.document.sentences.get(event.trigger.sentence as usize) else { return };
    beside(scene, sentence, event, candidates, candidate, sink);
}

/// What the tree and the order of words say of a place in the deed's own sentence.
fn beside(
    scene: &Scene,
    sentence: &Sentence,
    event: &CodedEvent,
    candidates: &[Candidate],
    candidate: &Candidate,
    sink: &mut Sink,
) {
    let mention = candidate.mention;
    let trigger = event.trigger.token;
    let kind = event.event_type.name();
    let (role, case, level) = (role(mention), mention.preposition.as_str(), level(mention));
    match cost(sentence, trigger, mention, event.event_type) {
        Some(cost) => {
            say!(sink, "rule {}", (cost / 3).min(6));
            say!(sink, "rule {kind}");
            let better = candidates.iter().filter(|c| c.group == Group::Here).any(|other| {
                super::standing::cost(sentence, trigger, other.mention, event.event_type)
                    .is_some_and(|c| c < cost)
            });
            say!(sink, "rule best {}", !better);
        }
        None => {
            say!(sink, "no rule {kind}");
        }
    }
    if marks_an_argument(sentence, trigger, mention) {
        say!(sink, "marks an argument");
        say!(sink, "marks an argument {kind}");
    }
    if is_scene(sentence, trigger, mention) {
        say!(sink, "scene {kind}");
        say!(sink, "scene {}", is_small(mention));
    }
    let class = class(event.event_type);
    let (relation, tie) = tie(sentence, event, mention.head.token);
    say!(sink, "top {relation} {tie}");
    say!(sink, "top {relation} {tie} {role} {case}");
    say!(sink, "top {class} {relation} {tie} {role} {case}");
    say!(sink, "top {kind} {relation} {tie} {role}");
    say!(sink, "top {class} {level} {relation} {tie} {role}");
    let reported = verb_above(sentence, mention.head.token)
        .is_some_and(|verb| REPORTS.contains(&sentence.lemma(verb)) && verb != trigger);
    if reported {
        say!(sink, "told there {class} {case}");
        say!(sink, "told there {role}");
    }
    let path = tree::path(sentence, mention.head.token, trigger);
    let (up, down) = (path.up(sentence), path.down(sentence));
    say!(sink, "path {up}{down}");
    say!(sink, "path {kind} {up}{down}");
    say!(sink, "path {up}{down} {case}");
    say!(sink, "up {up} {case}");
    say!(sink, "down {down}");
    say!(sink, "down {kind} {down}");
    say!(sink, "down {class} {down} {role} {case}");
    let (verbs, clauses) = (path.verbs(sentence), path.clauses(sentence));
    say!(sink, "{verbs} verbs below, {clauses} clauses above");
    say!(sink, "{role} {verbs} verbs below, {clauses} clauses above");
    say!(sink, "{kind} {role} {verbs} verbs below, {clauses} clauses above");
    say!(sink, "steps {}", path.steps());
    if let Some(governor) = sentence.token(mention.head.token).head {
        let lemma = sentence.lemma(governor);
        say!(sink, "under {lemma}");
        say!(sink, "under {lemma} {case}");
    }
    if let Some(verb) = verb_above(sentence, mention.head.token) {
        let own = verb == trigger || sentence.token(trigger).head == Some(verb);
        say!(sink, "its verb is the deed's {own} {case}");
        say!(sink, "verb {} {case}", sentence.lemma(verb));
    }
    say!(sink, "trigger {} {role} {case}", sentence.lemma(trigger));
    say!(sink, "trigger {}", sentence.lemma(trigger));
    let closer = tree::closer_deeds(sentence, event, scene.deeds, mention.head.token);
    say!(sink, "closer deeds {closer} {role}");
    say!(sink, "closer deeds {closer} {class}");
    say!(sink, "closer deeds {closer} of {}", scene.deeds.len().min(3));
    // In the words of those who take part.
    let within = |list: &[u32]| {
        list.iter()
            .filter_map(|&i| scene.mentions.list.get(i as usize))
            .find(|m| m.span.overlaps(mention.span))
    };
    let who = |list: &[u32], name: &str, sink: &mut Sink| {
        if let Some(one) = within(list) {
            let whole = one.head == mention.head || one.span == mention.span;
            say!(sink, "in {name} {role} {case} whole {whole}");
            say!(sink, "in {name} {kind} {level} whole {whole}");
            say!(sink, "in {name} {kind} {role} {case}");
        }
    };
    who(&event.actors, "actor", sink);
    who(&event.recipients, "recipient", sink);
    if let Some((Reporter::Mention(speaker), _)) = event.speaker {
        who(&[speaker], "speaker", sink);
    }
    // Order.
    let after = mention.span.begin > event.span.begin;
    let words = distance(sentence, mention.span, event.span);
    say!(sink, "after {after} {role} {case}");
    say!(sink, "words {words} {after}");
    say!(sink, "words {words} {role}");
    let (verbs, marks) = tree::verbs_and_marks(sentence, mention.span, event.span);
    say!(sink, "{verbs} verbs between {after}");
    say!(sink, "{verbs} verbs, {marks} marks between {after} {role}");
    say!(sink, "{verbs} verbs, {marks} marks between {class} {after} {role}");
    let here = || candidates.iter().filter(|c| c.group == Group::Here);
    let nearer = here()
        .filter(|c| {
            tokens_between(sentence, c.mention.span, event.span)
                < tokens_between(sentence, mention.span, event.span)
        })
        .count()
        .min(2);
    say!(sink, "nearer ones {nearer}");
    let locatives = here()
        .filter(|c| c.mention.head != mention.head && c.mention.role == super::PlaceRole::Locative)
        .count()
        .min(2);
    say!(sink, "{role} beside {locatives} locatives");
    say!(sink, "{kind} {role} beside {locatives} locatives");
    let first = sentence.tokens.first().is_some_and(|t| mention.span.begin <= t.span.end + 8);
    if first {
        say!(sink, "opens the sentence {role} {case}");
    }
}

fn role(mention: &PlaceMention) -> &'static str {
    use super::PlaceRole as R;
    match mention.role {
        R::Locative => "locative",
        R::Dateline => "dateline",
        R::Modifier => "modifier",
        R::Object => "object",
        R::Participant => "participant",
    }
}

fn level(mention: &PlaceMention) -> &'static str {
    match (mention.basis, mention.entry.as_ref().map(|entry| entry.precision)) {
        (PlaceBasis::Described, _) => "described",
        (PlaceBasis::Unlisted, _) => "unlisted",
        (_, None) => "unsettled",
        (_, Some(PlacePrecision::Country)) => "country",
        (_, Some(PlacePrecision::City)) if mention.seat => "capital",
        (_, Some(PlacePrecision::City)) => "town",
        (_, Some(PlacePrecision::Region)) => "region",
        (_, Some(PlacePrecision::Site)) => "site",
        (_, Some(_)) => "area",
    }
}
