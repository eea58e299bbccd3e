//! The scorer at work on a sentence: a confidence for what the codebook coded, and deeds that it missed.

use super::candidates::{Candidate, candidates};
use super::digest::Digest;
use super::features::{Features, Side, between, trigger};
use super::lexicon::Lexicon;
use super::model::{Belief, Model};
use super::recipient::choices;
use crate::core::actors::Mentions;
use crate::core::events::attribution::Reporter;
use crate::core::events::codebook::{Outcome, TriggerClass};
use crate::core::events::parties::Parties;
use crate::core::events::{Codebook, CodedEvent, attribution, status, weapons};
use crate::core::ontology::{EventType, Mode, Status};
use crate::core::syntax::{Document, TokenRef, Upos};

/// The learned model with what it needs of the codebook.
#[derive(Clone, Debug)]
pub struct Scorer {
    model: Model,
    lexicon: Lexicon,
}

/// Something in a sentence that may be an event.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its word and participants.
    pub candidate: Candidate,
    /// What the codebook made of it: index into the coded events.
    pub own: Option<usize>,
    /// What the scorer looks at.
    pub features: Features,
}

/// An event with the scorer's opinion.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// As the codebook coded it, or as the scorer proposes it; its reason shows the opinions of both.
    pub event: CodedEvent,
    /// How likely it is an event of that type, 0..1.
    pub confidence: f32,
}

/// All that may be an event in a sentence: what was coded, then predicates about which the codebook is silent.
pub fn cases(
    lexicon: &Lexicon,
    document: &Document,
    mentions: &Mentions,
    index: u32,
    coded: &[CodedEvent],
) -> Vec<Case> {
    let Some(sentence) =
        document.sentences.get(index as usize).filter(|sentence| !sentence.tokens.is_empty())
    else {
        return Vec::new();
    };
    let parties = Parties::of(mentions, index, sentence);
    let digest = Digest::of(lexicon, sentence);
    let own = coded.iter().enumerate().map(|(at, event)| {
        let candidate = Candidate {
            trigger: event.trigger.token,
            actors: event.actors.clone(),
            recipients: event.recipients.clone(),
        };
        (candidate, Some(at))
    });
    let silent = candidates(&digest, &parties)
        .into_iter()
        .filter(|candidate| coded.iter().all(|event| event.trigger.token != candidate.trigger))
        // What says nothing to the codebook is hardly ever proposed: 6 of 1,584 events of raw news, none of corpus/develop.
        .filter(|candidate| {
            digest.words.get(candidate.trigger as usize).is_some_and(|word| !word.codes.is_empty())
        })
        .map(|candidate| (candidate, None));
    own.chain(silent)
        .map(|(candidate, own)| {
            let others: Vec<&CodedEvent> =
                coded.iter().enumerate().filter(|&(at, _)| Some(at) != own).map(|(_, event)| event).collect();
            let side = |list: &[u32]| list.first().and_then(|&index| Side::mention(mentions, index));
            let sides = [side(&candidate.actors), side(&candidate.recipients)];
            let mut features = Features::default();
            between(&digest, sides, &others, mentions, &mut features);
            let event = own.and_then(|at| coded.get(at));
            trigger(&digest, candidate.trigger, sides, event, coded, &mut features);
            features.finish();
            Case { candidate, own, features }
        })
        .collect()
}

impl Scorer {
    /// A scorer for a codebook.
    pub fn new(model: Model, codebook: &Codebook) -> Scorer {
        Scorer { model, lexicon: Lexicon::of(codebook) }
    }

    /// The same model for another codebook.
    pub fn with_codebook(self, codebook: &Codebook) -> Scorer {
        Scorer::new(self.model, codebook)
    }

    /// A scorer that only gives confidence: it rejects nothing, proposes nothing and names no recipient.
    pub fn silent(mut self) -> Scorer {
        (self.model.reject, self.model.propose, self.model.fill) = (2.0, 2.0, 2.0);
        self
    }

    /// What it needs of the codebook.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The weights.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Gives every coded event its confidence, leaves out what it holds for no event, and adds what the codebook missed.
    pub fn judge(
        &self,
        codebook: &Codebook,
        document: &Document,
        mentions: &Mentions,
        index: u32,
        coded: Vec<CodedEvent>,
    ) -> Vec<Judged> {
        let cases = cases(&self.lexicon, document, mentions, index, &coded);
        let mut judged: Vec<Judged> = Vec::with_capacity(coded.len());
        let mut proposed = Vec::new();
        for case in cases {
            let belief = self.model.event.belief(&case.features);
            match case.own.and_then(|at| coded.get(at)) {
                Some(event) => {
                    if belief.of(None) < self.model.reject {
                        let confidence = round(self.model.coded.of(belief.of(Some(event.event_type))));
                        let mut event = event.clone();
                        event.reason = format!("{}; {}", event.reason, opinion(&belief));
                        judged.push(Judged { event, confidence });
                    }
                }
                None => proposed.extend(self.propose(codebook, document, mentions, index, &case, &belief)),
            }
        }
        // A second word of a deed that the codebook has coded ("cut ties") is no second deed.
        let told = |proposal: &Judged| {
            judged.iter().any(|known| {
                known.event.event_type == proposal.event.event_type
                    && known.event.actors.iter().any(|actor| proposal.event.actors.contains(actor))
            })
        };
        proposed.retain(|proposal| !told(proposal));
        judged.append(&mut proposed);
        self.fill_recipients(document, mentions, index, &mut judged);
        judged.sort_by_key(|judged| judged.event.span);
        judged
    }

    fn propose(
        &self,
        codebook: &Codebook,
        document: &Document,
        mentions: &Mentions,
        index: u32,
        case: &Case,
        belief: &Belief,
    ) -> Option<Judged> {
        let (event_type, share) = belief.best_type()?;
        if share < self.model.propose {
            return None;
        }
        let sentence = &document.sentences[index as usize];
        let Candidate { trigger, mut actors, mut recipients } = case.candidate.clone();
        let token = sentence.token(trigger);
        let signs = status::signs(codebook, sentence, trigger, trigger);
        // What is promised, threatened or refused has been uttered.
        let spoken = matches!(
            event_type,
            EventType::Agree
                | EventType::Concede
                | EventType::Threaten
                | EventType::Request
                | EventType::Reject
                | EventType::Accuse
        );
        let status = match signs.status() {
            Status::Future | Status::Hypothetical if spoken => Status::Occurred,
            Status::Negated if event_type == EventType::Reject => Status::Occurred,
            status => status,
        };
        let class = match token.upos {
            Upos::Verb => TriggerClass::Verb,
            Upos::Adj => TriggerClass::Adjective,
            _ => TriggerClass::Noun,
        };
        let weapon = (event_type == EventType::Assault)
            .then(|| weapons::mode_at(codebook, sentence, trigger, trigger))
            .flatten();
        let mode = weapon.or_else(|| usual_mode(codebook, event_type, class, &token.lemma));
        if event_type == EventType::Consult && mode != Some(Mode::Visit) {
            actors.append(&mut recipients);
        }
        let parties = Parties::of(mentions, index, sentence);
        let speaker = attribution::speaker(codebook, sentence, trigger)
            .filter(|speaker| !speaker.of_self || status == Status::Negated)
            .and_then(|speaker| {
                let who = parties.at(speaker.who).or_else(|| parties.around(sentence, speaker.who))?;
                Some((Reporter::Mention(who), sentence.token(speaker.says).span))
            });
        let event = CodedEvent {
            trigger: TokenRef { sentence: index, token: trigger },
            anchor: TokenRef { sentence: index, token: trigger },
            span: token.span,
            event_type,
            mode,
            cameo: cameo_root(event_type).into(),
            actors,
            recipients,
            status,
            pluperfect: signs.pluperfect,
            speaker: speaker
                .filter(|(who, _)| !case.candidate.actors.iter().any(|&a| *who == Reporter::Mention(a))),
            reason: format!("the codebook is silent; {}", opinion(belief)),
            score: 0.0,
            known_actors: true,
            dated_by: Some(TokenRef { sentence: index, token: trigger }),
            content: None,
            noun: token.upos != Upos::Verb,
        };
        Some(Judged { event, confidence: round(self.model.proposed.of(share)) })
    }

    /// Gives events without a recipient the participant that most likely is one.
    fn fill_recipients(&self, document: &Document, mentions: &Mentions, index: u32, judged: &mut [Judged]) {
        let Some(sentence) = document.sentences.get(index as usize) else { return };
        if judged.iter().all(|judged| !judged.event.recipients.is_empty()) {
            return;
        }
        let parties = Parties::of(mentions, index, sentence);
        let digest = Digest::of(&self.lexicon, sentence);
        for Judged { event, .. } in judged.iter_mut().filter(|judged| lacks_recipient(&judged.event)) {
            let choices = choices(&digest, &parties, mentions, event).into_iter();
            let best = choices
                .map(|choice| (1.0 - self.model.recipient.belief(&choice.features).of(None), choice.mentions))
                .reduce(|best, one| if one.0 > best.0 { one } else { best });
            let Some((share, who)) = best.filter(|best| best.0 >= self.model.fill && best.0 < 1.0) else {
                continue;
            };
            event.reason = format!("{}; recipient by the scorer {share:.2}", event.reason);
            if event.event_type == EventType::Consult && event.mode != Some(Mode::Visit) {
                event.actors.extend(who);
            } else {
                event.recipients = who;
            }
        }
    }
}

/// The mode that most constructions of the word give it together with that type.
fn usual_mode(codebook: &Codebook, event_type: EventType, class: TriggerClass, lemma: &str) -> Option<Mode> {
    let mut entries = codebook.candidates(class, lemma);
    if entries.is_empty() {
        entries = codebook.candidates(class, &lemma.to_lowercase());
    }
    let mut votes: Vec<(Option<Mode>, u32)> = Vec::new();
    for &entry in entries {
        let Some(Outcome::Code(its_type, mode)) = codebook.entries.get(entry as usize).map(|one| one.outcome)
        else {
            continue;
        };
        if its_type != event_type {
            continue;
        }
        match votes.iter_mut().find(|vote| vote.0 == mode) {
            Some(vote) => vote.1 += 1,
            None => votes.push((mode, 1)),
        }
    }
    // The first of several equals: the order of the files.
    votes.into_iter().reduce(|best, one| if one.1 > best.1 { one } else { best })?.0
}

/// Whether an event may want a recipient: it has none, and is no meeting of several.
pub fn lacks_recipient(event: &CodedEvent) -> bool {
    event.recipients.is_empty() && (event.event_type != EventType::Consult || event.actors.len() < 2)
}

fn opinion(belief: &Belief) -> String {
    let name = |label: Option<EventType>| label.map_or("no event", EventType::name);
    let mut order = belief.0.clone();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let shares: Vec<String> =
        order.iter().take(3).map(|&(label, share)| format!("{} {:.2}", name(label), share)).collect();
    format!("scorer: {}", shares.join(", "))
}

/// The CAMEO root that a type stands for.
fn cameo_root(event_type: EventType) -> &'static str {
    match event_type {
        EventType::Statement => "01",
        EventType::Agree => "03",
        EventType::Consult => "04",
        EventType::Support => "05",
        EventType::Cooperate => "06",
        EventType::Aid => "07",
        EventType::Concede | EventType::Retreat => "08",
        EventType::Request => "10",
        EventType::Accuse => "11",
        EventType::Reject => "12",
        EventType::Threaten => "13",
        EventType::Protest => "14",
        EventType::Mobilize => "15",
        EventType::Sanction => "16",
        EventType::Coerce => "17",
        EventType::Assault => "18",
    }
}

/// Three decimals are all that the calibration supports.
fn round(share: f32) -> f32 {
    (share * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::events::codebook::Entry;

    #[test]
    fn a_proposal_takes_the_mode_that_most_constructions_give_its_word() {
        let entry = |outcome| Entry {
            with: Vec::new(),
            slots: Vec::new(),
            needs: Box::default(),
            outcome,
            cameo: "".into(),
            source: "".into(),
        };
        let coerce = |mode| Outcome::Code(EventType::Coerce, mode);
        let mut codebook = Codebook {
            entries: vec![
                entry(coerce(Some(Mode::Restrict))),
                entry(coerce(Some(Mode::Censor))),
                entry(coerce(Some(Mode::Censor))),
                entry(Outcome::Code(EventType::Reject, None)),
            ],
            ..Codebook::default()
        };
        codebook.verbs.insert("shut".into(), vec![0, 1, 2, 3]);
        let mode = |event_type| usual_mode(&codebook, event_type, TriggerClass::Verb, "Shut");
        assert_eq!(mode(EventType::Coerce), Some(Mode::Censor));
        assert_eq!(mode(EventType::Reject), None, "its constructions have none");
        assert_eq!(mode(EventType::Assault), None, "it has no construction of that type");
    }
}
