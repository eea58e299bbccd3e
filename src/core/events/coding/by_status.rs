//! Type and status together: a future CONSULT is AGREE, a hostile deed with a condition is a threat, …

use super::event::reporter;
use crate::core::events::attribution::Speaker;
use crate::core::events::clause;
use crate::core::events::codebook::{Codebook, Composition, Operator};
use crate::core::events::parties::Parties;
use crate::core::events::status::Signs;
use crate::core::ontology::{EventType, Mode, Status};
use crate::core::syntax::{Deprel, Sentence};

/// "Moscow will close the crossing if …, its spokesman said": a hostile deed with a condition, told by whoever would do it, is
/// a threat; sanctions, arrests and blows are one without a condition too. The outer `None`: it is no such thing; the inner: it is, but cannot be coded.
#[allow(clippy::too_many_arguments, clippy::option_option)]
pub(super) fn conditional_threat<'c>(
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
    let announced = matches!(event_type, Sanction | Coerce | Assault);
    if !(hostile && (conditional || announced) && signs.future && !signs.negated) {
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
pub(super) fn by_status(
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
