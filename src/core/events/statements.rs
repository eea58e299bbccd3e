//! STATEMENT, delivered only when asked for: what a political actor says without doing anything by saying it.

use super::attribution::Reporter;
use super::coding::CodedEvent;
use super::parties::Parties;
use super::speech;
use super::{Codebook, status};
use crate::core::actors::{Identity, Mentions};
use crate::core::extraction::ParticipantKind;
use crate::core::ontology::{EventType, Sector, Status};
use crate::core::syntax::{Document, TokenRef};

/// The declarations of a sentence that hold no coded event: none in what is said, and none in the saying itself.
pub fn statements(
    codebook: &Codebook,
    document: &Document,
    mentions: &Mentions,
    index: u32,
    coded: &[&CodedEvent],
) -> Vec<CodedEvent> {
    let Some(sentence) = document.sentences.get(index as usize) else { return Vec::new() };
    let parties = Parties::of(mentions, index, sentence);
    let mut found: Vec<CodedEvent> = Vec::new();
    for report in speech::reports(codebook, sentence) {
        let says = report.says;
        let holds = |event: &&&CodedEvent| {
            let words = [event.trigger.token, event.anchor.token];
            words
                .iter()
                .any(|word| *word == says || report.scope.iter().any(|&(from, to)| (from..to).contains(word)))
        };
        if coded.iter().any(|event| holds(&event)) || found.iter().any(|other| other.trigger.token == says) {
            continue;
        }
        let Some(who) = parties.at(report.who).or_else(|| parties.around(sentence, report.who)) else {
            continue;
        };
        if !is_political(&parties.mention(who).identity) {
            continue;
        }
        let trigger = TokenRef { sentence: index, token: says };
        let signs = status::signs(codebook, sentence, says, says);
        found.push(CodedEvent {
            trigger,
            anchor: trigger,
            span: sentence.token(says).span,
            event_type: EventType::Statement,
            mode: None,
            cameo: match sentence.lemma(says) {
                "acknowledge" | "admit" => "015",
                _ if report.denies => "016",
                _ => "010",
            }
            .into(),
            actors: vec![who],
            recipients: Vec::new(),
            status: match signs.status() {
                Status::Negated if report.denies => Status::Occurred,
                status => status,
            },
            pluperfect: signs.pluperfect,
            speaker: None::<(Reporter, _)>,
            reason: "says so, and nothing in it is coded".to_owned(),
            score: 0.0,
            known_actors: parties.has_country(who),
            dated_by: Some(trigger),
            content: None,
            noun: false,
        });
    }
    found
}

/// States, their organs, international organisations, parties and armed groups; not the press, companies or passers-by.
fn is_political(identity: &Identity) -> bool {
    use Sector::{Government, Judiciary, Legislature, Military};
    let organ = |sector: &Sector| matches!(sector, Government | Judiciary | Legislature | Military);
    let international = ["IGO", "UNO", "EUR", "IMG"];
    identity.kind == ParticipantKind::Country
        || identity.country.as_deref().is_some_and(|code| international.contains(&code))
        || (identity.country.is_some()
            && identity.sectors.first().is_some_and(|sector| organ(sector) || is_contender(*sector)))
}

/// Those who contend for power.
fn is_contender(sector: Sector) -> bool {
    matches!(sector.name(), "PTY" | "OPP" | "REB" | "PRE" | "PRM" | "SPY" | "COP")
}
