//! Which time expression dates an event: the one of its own clause, then one that coordination or a nominal share with it, then the
//! event that it is counted from; else the day of publication, as far as the event is told as news.

use super::resolve::shifted;
use super::{TimeMention, TimeRelation};
use crate::core::extraction::{DateBasis, DatePrecision, EventDate};
use crate::core::ontology::Status;
use crate::core::syntax::{Deprel, Document, Sentence, TokenRef, Upos};
use crate::core::text::Span;
use jiff::civil::Date;

/// What events of one article are dated by.
#[derive(Clone, Copy, Debug)]
pub struct TimeContext<'a> {
    /// The article's trees.
    pub document: &'a Document,
    /// Its time expressions, in text order.
    pub mentions: &'a [TimeMention],
    /// The day of publication.
    pub published: Option<Date>,
}

/// When the event of `trigger` happened: what the text says, else what its status lets us assume.
pub fn date_event(context: &TimeContext, trigger: TokenRef, status: Status) -> EventDate {
    date_in_text(context, trigger).unwrap_or_else(|| date_without_text(context.published, status))
}

/// The date of an event that the text does not date: news tells of its own day; what may, will or once did happen stays open.
pub fn date_without_text(published: Option<Date>, status: Status) -> EventDate {
    let reason = match (published, status) {
        (None, _) => "the text gives no time, and the day of publication is not known",
        (_, Status::Hypothetical | Status::Future) => "the text does not say when it would happen",
        (_, Status::Historical) => "the text does not say when in the past",
        (Some(day), _) => {
            return EventDate {
                start: Some(day),
                end: Some(day),
                precision: DatePrecision::Day,
                basis: DateBasis::PublicationDate,
                mention: None,
                reason: "the text gives no time: the day of publication".to_owned(),
            };
        }
    };
    unknown(None, reason)
}

fn unknown(mention: Option<Span>, reason: &str) -> EventDate {
    EventDate {
        start: None,
        end: None,
        precision: DatePrecision::Day,
        basis: DateBasis::Unknown,
        mention,
        reason: reason.to_owned(),
    }
}

/// The date that the text gives the event; `None` where no expression belongs to it.
pub fn date_in_text(context: &TimeContext, trigger: TokenRef) -> Option<EventDate> {
    own(context, trigger, true)
}

fn own(context: &TimeContext, trigger: TokenRef, follow: bool) -> Option<EventDate> {
    let sentence = context.document.sentences.get(trigger.sentence as usize)?;
    let first = context.mentions.partition_point(|m| m.sentence < trigger.sentence);
    let here = context.mentions[first..].iter().take_while(|m| m.sentence == trigger.sentence);
    let mut best: Option<(u32, &TimeMention)> = None;
    for mention in here {
        if let Some(cost) = cost(sentence, trigger.token, mention)
            && best.is_none_or(|(least, _)| cost < least)
        {
            best = Some((cost, mention));
        }
    }
    let (_, mention) = best?;
    match mention.value.relation {
        TimeRelation::FromEvent { days, months } if follow => {
            counted(context, sentence, trigger, mention, days, months)
        }
        TimeRelation::FromEvent { .. } => None,
        _ => Some(of_mention(mention)),
    }
}

fn of_mention(mention: &TimeMention) -> EventDate {
    let value = &mention.value;
    let open = match value.relation {
        TimeRelation::Before => true,
        TimeRelation::After => value.precision != DatePrecision::Day,
        _ => false,
    };
    if open || value.start.is_none() {
        return unknown(
            Some(mention.span),
            if open { "the expression bounds it on one side only" } else { value.reason },
        );
    }
    EventDate {
        start: value.start,
        end: value.end,
        precision: value.precision,
        basis: value.basis,
        mention: Some(mention.span),
        reason: value.reason.to_owned(),
    }
}

/// "Two days after rebels stormed the town, the army took it back": the storming lies two days before the taking back.
fn counted(
    context: &TimeContext,
    sentence: &Sentence,
    trigger: TokenRef,
    mention: &TimeMention,
    days: i32,
    months: i32,
) -> Option<EventDate> {
    let head = head_of(sentence, mention.span)?;
    let clause = clause_above(sentence, trigger.token);
    let main = sentence
        .ancestors(clause)
        .find(|&a| sentence.token(a).upos == Upos::Verb)
        .or(sentence.token(head).head)?;
    let base = own(context, TokenRef { sentence: trigger.sentence, token: main }, false)
        .and_then(|date| date.start)
        .or(context.published)?;
    let (start, end, precision) = shifted(base, -days, -months)?;
    Some(EventDate {
        start: Some(start),
        end: Some(end),
        precision,
        basis: DateBasis::Relative,
        mention: Some(mention.span),
        reason: "counted from the event of the main clause".to_owned(),
    })
}

/// The verb of the clause that the word stands in, or the word itself.
fn clause_above(sentence: &Sentence, word: u32) -> u32 {
    std::iter::once(word)
        .chain(sentence.ancestors(word))
        .find(|&a| sentence.token(a).upos == Upos::Verb)
        .unwrap_or(word)
}

/// The token that heads the words of a span: the one whose governor lies outside.
pub(super) fn head_of(sentence: &Sentence, span: Span) -> Option<u32> {
    let first = sentence.tokens.iter().position(|t| t.span.overlaps(span))?;
    let last =
        (first..sentence.tokens.len()).take_while(|&i| sentence.tokens[i].span.overlaps(span)).last()?;
    let inside = |h: u32| (first..=last).contains(&(h as usize));
    (first..=last).find(|&i| sentence.tokens[i].head.is_none_or(|h| !inside(h))).map(|i| i as u32)
}

/// How far an expression stands from the trigger; `None` where it dates something else.
fn cost(sentence: &Sentence, trigger: u32, mention: &TimeMention) -> Option<u32> {
    if mention.value.relation == TimeRelation::Until {
        return None;
    }
    let head = head_of(sentence, mention.span)?;
    let above: Vec<u32> = std::iter::once(trigger).chain(sentence.ancestors(trigger)).collect();
    let path: Vec<u32> = std::iter::once(head).chain(sentence.ancestors(head)).collect();
    let (steps, height) =
        path.iter().enumerate().find_map(|(i, node)| above.iter().position(|a| a == node).map(|h| (i, h)))?;
    // Verbs below the meeting point own the expression; the point itself is shared.
    let owned = path[..steps].iter().any(|&node| node != head && predicate(sentence, node));
    if owned
        || (steps > 0 && path[0] == head && predicate(sentence, head) && !mention_is_bare(sentence, head))
    {
        return None;
    }
    let from_event = matches!(mention.value.relation, TimeRelation::FromEvent { .. });
    let mut boundary = 0;
    for &node in &above[..height] {
        boundary += match sentence.token(node).deprel {
            Deprel::Conj => 0,
            Deprel::Advcl if from_event => 0,
            Deprel::Ccomp
            | Deprel::Advcl
            | Deprel::AdvclRelcl
            | Deprel::AclRelcl
            | Deprel::Parataxis
            | Deprel::Csubj => 1,
            _ => 0,
        };
    }
    // A count from another event dates only what stands in the clause that it opens.
    if from_event {
        let opens = above[..=height].iter().any(|&node| {
            matches!(sentence.token(node).deprel, Deprel::Advcl | Deprel::Acl | Deprel::Obl | Deprel::Nmod)
                && sentence.token(node).span.begin >= mention.span.end
        });
        if !opens {
            return None;
        }
    }
    let since = u32::from(mention.value.relation == TimeRelation::Since);
    (boundary == 0).then_some(2 * (steps + height) as u32 + since)
}

fn predicate(sentence: &Sentence, node: u32) -> bool {
    sentence.token(node).upos == Upos::Verb
}

/// Time words that the tagger takes for verbs now and then ("March").
fn mention_is_bare(sentence: &Sentence, head: u32) -> bool {
    sentence.children(head).is_empty()
}
