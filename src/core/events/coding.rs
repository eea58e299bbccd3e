//! From constructions to coded events: the innermost deed first, so that what is asked, promised, threatened or refused is
//! known when its governor is coded.

use super::attribution::{self, Reporter, Speaker};
use super::clause;
use super::codebook::{Codebook, Composition, Operator, Outcome};
use super::deeds;
use super::matching::{self, Match};
use super::parties::Parties;
use super::present::Present;
use super::status::{self, Signs};
use super::weapons;
use crate::core::actors::Mentions;
use crate::core::ontology::{EventType, Mode, QuadClass, Status};
use crate::core::syntax::{Deprel, Document, Sentence, SentenceKind, TokenRef, Upos, Xpos};
use crate::core::text::Span;
use smol_str::SmolStr;

/// An event of one sentence, participants still as mentions.
#[derive(Clone, Debug, PartialEq)]
pub struct CodedEvent {
    /// The word of the deed.
    pub trigger: TokenRef,
    /// The predicate that carries its tense; the trigger itself or the light verb above it.
    pub anchor: TokenRef,
    /// The words of the deed, from the first to the last.
    pub span: Span,
    /// PLOVER type.
    pub event_type: EventType,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// CAMEO code.
    pub cameo: SmolStr,
    /// Indices into the article's mentions.
    pub actors: Vec<u32>,
    /// Indices into the article's mentions.
    pub recipients: Vec<u32>,
    /// Whether it happened, as far as the sentence tells.
    pub status: Status,
    /// Told as background: "had done", with a later deed in view.
    pub pluperfect: bool,
    /// Who says so, and the attributing words.
    pub speaker: Option<(Reporter, Span)>,
    /// The codebook's lines.
    pub reason: String,
    /// How much of the frame was filled; larger is better.
    pub score: f32,
    /// Every actor has a country or an international code.
    pub known_actors: bool,
    /// The word whose clause dates the deed: of a promise told in the future tense the word of saying; `None`: none does.
    pub dated_by: Option<TokenRef>,
    /// What is asked, promised, …: its dates are not the deed's own.
    pub content: Option<Span>,
    /// The trigger is a noun.
    pub noun: bool,
}

/// A construction with what it codes to, once its content is known.
struct Reading {
    found: Match,
    code: Option<(EventType, Option<Mode>)>,
    cameo: SmolStr,
    reason: String,
    operator: Option<Operator>,
    consumed: bool,
}

/// A sentence with more predicates than this is no prose.
const MOST_READINGS: usize = 200;
/// How far content is looked for through "begin to", "efforts to", "a round of".
const THROUGH: usize = 6;

/// The events of one sentence.
pub fn code_sentence(
    codebook: &Codebook,
    document: &Document,
    mentions: &Mentions,
    index: u32,
) -> Vec<CodedEvent> {
    let sentence = &document.sentences[index as usize];
    if sentence.tokens.is_empty() {
        return Vec::new();
    }
    let parties = Parties::of(mentions, index, sentence);
    let (readings, at) = read(codebook, sentence, &parties);
    let mut events: Vec<CodedEvent> = readings
        .iter()
        .filter(|reading| !reading.consumed)
        .filter_map(|reading| event(codebook, sentence, &parties, index, reading).ok())
        .collect();
    demands(codebook, sentence, &parties, index, &readings, &at, &mut events);
    deeds::settle(sentence, &mut events);
    events.sort_by_key(|event| event.span);
    events
}

/// A construction that held at a word, and what became of it: for the trace.
#[derive(Clone, Debug)]
pub struct Trace {
    /// Its word.
    pub trigger: u32,
    /// The codebook's lines.
    pub reason: String,
    /// "coded", or why it is no event.
    pub fate: &'static str,
}

/// All constructions that held in a sentence.
pub fn trace(codebook: &Codebook, document: &Document, mentions: &Mentions, index: u32) -> Vec<Trace> {
    let sentence = &document.sentences[index as usize];
    if sentence.tokens.is_empty() {
        return Vec::new();
    }
    let parties = Parties::of(mentions, index, sentence);
    let (readings, _) = read(codebook, sentence, &parties);
    readings
        .iter()
        .map(|reading| Trace {
            trigger: reading.found.trigger,
            reason: reading.reason.clone(),
            fate: match event(codebook, sentence, &parties, index, reading) {
                _ if reading.consumed => "part of another deed",
                Ok(_) => "coded",
                Err(why) => why,
            },
        })
        .collect()
}

/// The constructions that hold in a sentence, deepest first, and 1 + the number of the one that speaks for each word.
fn read(codebook: &Codebook, sentence: &Sentence, parties: &Parties) -> (Vec<Reading>, Vec<u32>) {
    let present = Present::of(sentence);
    let mut readings: Vec<Reading> = Vec::new();
    // 1 + index of the reading that speaks for a word.
    let mut at = vec![0u32; sentence.tokens.len()];
    for token in by_depth(sentence) {
        if readings.len() >= MOST_READINGS {
            break;
        }
        if sentence.dateline.is_some_and(|dateline| dateline.contains(sentence.token(token).span)) {
            continue;
        }
        let Some(found) = matching::best(codebook, sentence, parties, &present, token) else { continue };
        supply(codebook, sentence, parties, &present, &mut readings, &mut at, &found);
        let reading = compose(codebook, sentence, parties, &readings, &at, found);
        let number = readings.len() as u32 + 1;
        for word in [reading.found.trigger, reading.found.anchor] {
            let slot = &mut at[word as usize];
            if *slot == number {
                continue;
            }
            if *slot == 0 {
                *slot = number;
                continue;
            }
            // A light verb may be a trigger of its own; the fuller frame speaks, and one that somebody does before one that
            // nobody does.
            let rival = &mut readings[*slot as usize - 1];
            let weight = |found: &Match| (!found.actors.is_empty() || !found.parties.is_empty(), found.score);
            if weight(&rival.found) < weight(&reading.found) {
                if rival.found.anchor == word {
                    rival.consumed = true;
                }
                *slot = number;
            }
        }
        let loses = at[reading.found.anchor as usize] != number;
        readings.push(reading);
        if loses && let Some(last) = readings.last_mut() {
            last.consumed = true;
        }
    }
    consume(sentence, &mut readings);
    (readings, at)
}

/// "Indonesia must ensure security, donors said": what one side says that another must do is a REQUEST.
fn demands(
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

/// Words that may be triggers, deepest first.
fn by_depth(sentence: &Sentence) -> Vec<u32> {
    let mut depth = vec![0u32; sentence.tokens.len()];
    let mut order = vec![sentence.root()];
    let mut i = 0;
    while i < order.len() {
        for &child in sentence.children(order[i]) {
            depth[child as usize] = depth[order[i] as usize] + 1;
            order.push(child);
        }
        i += 1;
    }
    order.retain(|&token| {
        matches!(sentence.token(token).upos, Upos::Verb | Upos::Noun | Upos::Propn | Upos::Adj)
    });
    // What follows its content as a parenthesis ("…, the general ordered") is read after it.
    order.sort_by_key(|&token| {
        let after =
            sentence.token(token).upos == Upos::Verb && clause::told_before(sentence, token).is_some();
        (after, std::cmp::Reverse(depth[token as usize]), token)
    });
    order
}

fn compose(
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
fn inherit(sentence: &Sentence, parties: &Parties, outer: &mut Match, operator: Operator, inner: &Match) {
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
fn threatens(sentence: &Sentence, parties: &Parties, found: &Match, content: u32) -> bool {
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
fn tells_what_is(codebook: &Codebook, sentence: &Sentence, content: u32) -> bool {
    let signs = status::signs(codebook, sentence, content, content);
    clause::is_finite(sentence, content) && !(signs.future || signs.hypothetical || signs.conditional)
}

/// Where an operator's content has no reading of its own, reads it as what it is: the content of another deed.
fn supply(
    codebook: &Codebook,
    sentence: &Sentence,
    parties: &Parties,
    present: &Present,
    readings: &mut Vec<Reading>,
    at: &mut [u32],
    found: &Match,
) {
    let entry = &codebook.entries[found.entry as usize];
    let Some(content) = found.content else { return };
    if matches!(entry.outcome, Outcome::Compose(Operator::Say)) {
        threatened(codebook, sentence, parties, present, readings, at, content);
        return;
    }
    if !matches!(entry.outcome, Outcome::Compose(operator) if !matches!(operator, Operator::Say | Operator::Deny))
        || inner(sentence, readings, at, content).is_some()
    {
        return;
    }
    let mut word = content;
    for _ in 0..3 {
        for candidate in clause::with_conjuncts(sentence, word) {
            if at[candidate as usize] != 0 {
                continue;
            }
            let Some(found) = matching::best_content(codebook, sentence, parties, present, candidate) else {
                continue;
            };
            let mut reading = compose(codebook, sentence, parties, readings, at, found);
            if reading.code.is_some() {
                reading.consumed = true;
                readings.push(reading);
                at[candidate as usize] = readings.len() as u32;
                return;
            }
        }
        match beneath(sentence, word) {
            Some(next) => word = next,
            None => return,
        }
    }
}

/// "Told them that more targets would be hit unless …": what nobody named will do, with a condition, is read too, for a threat
/// may be made of it.
fn threatened(
    codebook: &Codebook,
    sentence: &Sentence,
    parties: &Parties,
    present: &Present,
    readings: &mut Vec<Reading>,
    at: &mut [u32],
    content: u32,
) {
    let conditional =
        sentence.children_by(content, Deprel::Advcl).any(|clause| clause::is_condition(sentence, clause));
    if at[content as usize] != 0 || !conditional || clause::logical_subject(sentence, content).is_some() {
        return;
    }
    let Some(found) = matching::best_content(codebook, sentence, parties, present, content) else { return };
    let reading = compose(codebook, sentence, parties, readings, at, found);
    if reading.code.is_some() && reading.found.actors.is_empty() {
        readings.push(reading);
        at[content as usize] = readings.len() as u32;
    }
}

/// The reading that a content word stands for, through aspect verbs, light verbs and empty nouns.
fn inner<'r>(sentence: &Sentence, readings: &'r [Reading], at: &[u32], content: u32) -> Option<&'r Reading> {
    let mut word = content;
    for _ in 0..THROUGH {
        for candidate in clause::with_conjuncts(sentence, word) {
            if let Some(reading) = at[candidate as usize].checked_sub(1).map(|i| &readings[i as usize])
                && reading.code.is_some()
            {
                return Some(reading);
            }
        }
        word = beneath(sentence, word)?;
    }
    None
}

/// The word under an aspect verb, a light verb or an empty noun that may tell the deed.
fn beneath(sentence: &Sentence, word: u32) -> Option<u32> {
    if matches!(sentence.token(word).upos, Upos::Verb | Upos::Aux) {
        sentence
            .child(word, Deprel::Xcomp)
            .or_else(|| sentence.child(word, Deprel::Ccomp))
            .or_else(|| sentence.child(word, Deprel::Obj))
    } else {
        clause::oblique(sentence, word, &["of", "to", "for", "on", "in", "at", "against"])
            .or_else(|| sentence.child(word, Deprel::Acl))
            .or_else(|| sentence.child(word, Deprel::Compound))
            .or_else(|| sentence.child(word, Deprel::Xcomp))
    }
}

/// What another event asks, threatens, promises or is made of is no event of its own.
fn consume(sentence: &Sentence, readings: &mut [Reading]) {
    let mut eaten: Vec<(u32, u32)> = Vec::new();
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for reading in readings.iter() {
        let swallows =
            !matches!(reading.operator, Some(Operator::Say | Operator::Deny)) && reading.code.is_some();
        // "Rebels had burned the mill, an observer alleged": the deed stands beside the charge.
        let beside = matches!(reading.code, Some((EventType::Accuse, _)))
            && clause::told_before(sentence, reading.found.trigger).is_some();
        if swallows
            && !beside
            && let Some(content) = reading.found.content
        {
            eaten.push((content, reading.found.trigger));
        }
        if reading.code.is_some() && !reading.consumed {
            parts.extend(reading.found.parts.iter().map(|&part| (part, reading.found.trigger)));
        }
        if !reading.consumed {
            eaten.extend(reading.found.words.iter().map(|&word| (word, reading.found.trigger)));
        }
    }
    for reading in readings.iter_mut() {
        let trigger = reading.found.trigger;
        reading.consumed |= parts.iter().any(|&(part, by)| by != trigger && part == trigger);
        reading.consumed |= eaten.iter().any(|&(root, by)| by != trigger && below(sentence, trigger, root));
    }
}

/// Whether `word` belongs to the content under `root`, and not to a clause that only adds to it.
fn below(sentence: &Sentence, word: u32, root: u32) -> bool {
    let mut at = word;
    for _ in 0..64 {
        if at == root {
            return true;
        }
        let token = sentence.token(at);
        let adds = match token.deprel {
            Deprel::AclRelcl | Deprel::Parataxis => true,
            Deprel::Advcl => {
                clause::is_finite(sentence, at)
                    || clause::introduced_by(sentence, at, &["after", "before", "while", "since", "despite"])
            }
            _ => false,
        };
        match token.head {
            Some(head) if !adds => at = head,
            _ => return false,
        }
    }
    false
}

fn event(
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
    if is_figurative(codebook, sentence, event_type, found) {
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
fn in_condition(sentence: &Sentence, anchor: u32) -> bool {
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
fn is_somebody(parties: &Parties, event_type: EventType, actors: &[u32], recipients: &[u32]) -> bool {
    let verbal = matches!(event_type.quad_class(), QuadClass::VerbalCooperation | QuadClass::VerbalConflict);
    actors.iter().any(|&actor| parties.is_known(actor))
        || (verbal
            && actors.iter().any(|&actor| parties.is_named_person(actor))
            && recipients.iter().any(|&recipient| parties.has_country(recipient)))
}

/// "attacked the deficit", "invaded the classroom": force against what cannot be hurt is a figure of speech.
fn is_figurative(codebook: &Codebook, sentence: &Sentence, event_type: EventType, found: &Match) -> bool {
    use EventType::{Assault, Coerce, Mobilize, Retreat};
    matches!(event_type, Assault | Coerce | Mobilize | Retreat)
        && clause::logical_objects(sentence, found.anchor)
            .chain(clause::oblique(sentence, found.anchor, &["to", "on", "against"]))
            .any(|object| codebook.is_abstract(sentence.lemma(object)))
}

/// "Diplomats meet in corridors": bare plurals of no country in the simple present tell a general truth.
fn is_general(sentence: &Sentence, found: &Match, actors: &[u32], parties: &Parties) -> bool {
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

/// "Moscow will close the crossing if …, its spokesman said": a hostile deed with a condition, told by whoever would do it, is
/// a threat. The outer `None`: it is no such thing; the inner: it is, but cannot be coded.
#[allow(clippy::too_many_arguments, clippy::option_option)]
fn conditional_threat<'c>(
    codebook: &'c Codebook,
    sentence: &Sentence,
    parties: &Parties,
    event_type: EventType,
    mode: Option<Mode>,
    signs: Signs,
    speaker: Option<Speaker>,
    actors: &[u32],
    anchor: u32,
) -> Option<Option<(&'c Composition, u32)>> {
    use EventType::{Assault, Coerce, Mobilize, Protest, Sanction};
    let hostile = matches!(event_type, Sanction | Coerce | Assault | Mobilize | Protest);
    let conditional = signs.conditional
        || sentence.children_by(anchor, Deprel::Advcl).any(|clause| clause::is_condition(sentence, clause));
    if !(hostile && conditional && signs.future && !signs.negated) {
        return None;
    }
    let speaker = speaker?;
    let (who, _words) = reporter(parties, sentence, &speaker, actors)?;
    let own_side =
        actors.is_empty() || actors.iter().any(|&actor| actor == who || parties.same_side(actor, who));
    if !own_side {
        return None;
    }
    Some(
        codebook.composed(Operator::Threaten, Some((event_type, mode))).map(|composition| (composition, who)),
    )
}

/// Type and status together: a future CONSULT is AGREE, a negated future cooperation is REJECT, …
#[allow(clippy::type_complexity)]
fn by_status(
    event_type: EventType,
    signs: Signs,
    status: Status,
) -> Option<(EventType, Option<Mode>, &'static str, Status, &'static str)> {
    use EventType::*;
    let occurred = Status::Occurred;
    match (event_type, status) {
        (Consult, Status::Future) => Some((Agree, None, "036", occurred, " ∘ future CONSULT → AGREE")),
        (Support, Status::Future) => Some((Agree, None, "035", occurred, " ∘ future SUPPORT → AGREE")),
        (Cooperate, Status::Future) => Some((Agree, None, "031", occurred, " ∘ future COOPERATE → AGREE")),
        (Aid, Status::Future) => Some((Agree, None, "033", occurred, " ∘ future AID → AGREE")),
        (Retreat, Status::Future) => Some((Concede, None, "08", occurred, " ∘ future RETREAT → CONCEDE")),
        (Consult, Status::Negated) if signs.future => {
            Some((Reject, Some(Mode::Meet), "125", occurred, " ∘ negated future CONSULT → REJECT"))
        }
        (Support | Cooperate | Aid | Agree, Status::Negated) if signs.future => {
            Some((Reject, Some(Mode::Assist), "121", occurred, " ∘ negated future cooperation → REJECT"))
        }
        (Concede | Retreat, Status::Negated) if signs.future => {
            Some((Reject, Some(Mode::Yield), "124", occurred, " ∘ negated future concession → REJECT"))
        }
        _ => None,
    }
}

fn reporter(
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
fn span_below(sentence: &Sentence, word: u32) -> Span {
    let own = sentence.token(word).span;
    sentence.subtree(word).into_iter().fold(own, |span, below| span.join(sentence.token(below).span))
}

fn trigger_span(sentence: &Sentence, found: &Match) -> Span {
    let own = sentence.token(found.trigger).span;
    found
        .words
        .iter()
        .filter(|&&word| word.abs_diff(found.trigger) <= 4)
        .fold(own, |span, &word| span.join(sentence.token(word).span))
}
