//! Which time expression dates an event: every expression of its sentence is a candidate, "the text does not say" is one more, and
//! learned weights choose among them.

use super::event::{TimeContext, cost, date_by, date_without_text, head_of, opened, saying_of};
use super::resolve::Tense;
use super::tense::tense_at;
use super::{TimeMention, TimeRelation};
use crate::core::choice::tree::{self, REPORTS, class, distance, tie, tokens_between, verb_above};
use crate::core::choice::{Sink, Weights, say};
use crate::core::events::CodedEvent;
use crate::core::extraction::{DateBasis, DatePrecision, EventDate};
use crate::core::syntax::{Deprel, Sentence, Upos, Xpos};
use jiff::ToSpan;
use jiff::civil::Date;

/// An expression that may date the event, and the date that it would give.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// The expression.
    pub mention: &'a TimeMention,
    /// What it says.
    pub date: EventDate,
    /// Whether a bare weekday or month is taken the other way than the tense of its clause says.
    pub turned: bool,
}

/// No sentence gives more candidates than this.
const MOST: usize = 10;

/// The expressions of the event's sentence.
pub fn candidates<'a>(context: &TimeContext<'a>, event: &CodedEvent) -> Vec<Candidate<'a>> {
    let at = event.trigger.sentence;
    let first = context.mentions.partition_point(|mention| mention.sentence < at);
    let rest = &context.mentions[first..];
    let here = &rest[..rest.partition_point(|mention| mention.sentence == at)];
    let mut found = Vec::with_capacity(here.len().min(MOST));
    for (i, mention) in here.iter().take(MOST).enumerate() {
        let Some(date) = date_by(context, here, i, event.trigger) else { continue };
        let turned = turned(mention, &date, context.published)
            .filter(|turned| turned.start > date.start || !lies_ahead(context, mention));
        found.push(Candidate { mention, date, turned: false });
        found.extend(turned.map(|date| Candidate { mention, date, turned: true }));
    }
    found
}

/// "Will visit in May": what the tense of the expression's own clause puts ahead is not turned back.
fn lies_ahead(context: &TimeContext, mention: &TimeMention) -> bool {
    let sentence = context.document.sentences.get(mention.sentence as usize);
    sentence.is_some_and(|sentence| tense_at(sentence, mention.span) == Tense::Future)
}

/// "Put on Thursday" may lie behind or ahead, and the tree does not always know: the same weekday or month on the other side.
fn turned(mention: &TimeMention, date: &EventDate, published: Option<Date>) -> Option<EventDate> {
    let (start, end, today) = (date.start?, date.end?, published?);
    let ahead = start > today;
    let reason = "the weekday or month on the other side of publication".to_owned();
    if mention.value.reason.starts_with("weekday, ") && start != today {
        let turn = |day: Date| day.checked_add(if ahead { -7 } else { 7 }.days()).ok();
        return Some(EventDate { start: Some(turn(start)?), end: Some(turn(end)?), reason, ..date.clone() });
    }
    let month = mention.value.reason == "month" && date.basis == DateBasis::Relative;
    if month && start.month() != today.month() && date.precision == DatePrecision::Month {
        let start = start.checked_add(if ahead { -1 } else { 1 }.years()).ok()?;
        return Some(EventDate {
            start: Some(start),
            end: Some(start.last_of_month()),
            reason,
            ..date.clone()
        });
    }
    None
}

/// When the event happened: what the text says, else what its status lets us assume.
pub fn date_event(context: &TimeContext, weights: &Weights, event: &CodedEvent) -> EventDate {
    let candidates = candidates(context, event);
    let chosen = weights.choose(candidates.len(), &|which, take| {
        features(context, event, &candidates, which, take);
    });
    match chosen {
        Some((best, _)) => candidates[best].date.clone(),
        None => date_without_text(context.published, event.status),
    }
}

/// What is seen of each choice, by its index; `None` is that of giving no date.
pub fn features(
    context: &TimeContext,
    event: &CodedEvent,
    candidates: &[Candidate],
    choice: Option<usize>,
    take: &mut dyn FnMut(&str),
) {
    let mut sink = Sink::new(take);
    let Some(sentence) = context.document.sentences.get(event.trigger.sentence as usize) else { return };
    match choice {
        None => of_none(context, sentence, event, candidates, &mut sink),
        Some(i) => of_candidate(context, sentence, event, candidates, i, &mut sink),
    }
}

/// What speaks for giving no date.
fn of_none(
    context: &TimeContext,
    sentence: &Sentence,
    event: &CodedEvent,
    candidates: &[Candidate],
    sink: &mut Sink,
) {
    let kind = event.event_type.name();
    let class = class(event.event_type);
    say!(sink, "none");
    say!(sink, "none {kind}");
    say!(sink, "none {}", event.status.name());
    say!(sink, "none {class} {}", event.status.name());
    say!(sink, "none {} around", candidates.len().min(3));
    say!(sink, "none {class} {} around", candidates.len().min(3));
    say!(sink, "none, undated clause {}", event.dated_by.is_none());
    say!(sink, "none {class}, undated clause {}", event.dated_by.is_none());
    say!(sink, "none, noun {}", event.noun);
    say!(sink, "none {class} in {}", sentence.token(event.trigger.token).deprel.name());
    say!(sink, "none {}", sentence.token(event.trigger.token).xpos.name());
    say!(sink, "none trigger {}", sentence.lemma(event.trigger.token));
    say!(sink, "none, dated article {}", context.published.is_some());
}

/// What is seen of one expression.
fn of_candidate(
    context: &TimeContext,
    sentence: &Sentence,
    event: &CodedEvent,
    candidates: &[Candidate],
    this: usize,
    sink: &mut Sink,
) {
    let Candidate { mention, date, turned } = &candidates[this];
    let Some(head) = head_of(sentence, mention.span) else { return };
    let kind = event.event_type.name();
    let class = class(event.event_type);
    let status = event.status.name();
    let trigger = event.trigger.token;
    let relation = relation(mention.value.relation);
    let precision = match mention.value.precision {
        DatePrecision::Day => "day",
        DatePrecision::Week => "week",
        DatePrecision::Month => "month",
        DatePrecision::Quarter => "quarter",
        DatePrecision::Year => "year",
    };
    let first = sentence.tokens.partition_point(|t| t.span.end <= mention.span.begin);
    let before = first.checked_sub(1).and_then(|i| sentence.tokens.get(i));
    let case = match before {
        Some(token) if matches!(token.upos, Upos::Adp | Upos::Sconj) || token.xpos == Xpos::TO => {
            token.lemma.as_str()
        }
        Some(token) if matches!(token.upos, Upos::Det | Upos::Punct) => token.upos.name(),
        _ => "-",
    };
    let opening = sentence.tokens.get(first).map_or("", |t| {
        if t.upos == Upos::Propn || t.upos == Upos::Num { t.upos.name() } else { t.lemma.as_str() }
    });
    let side = match (context.published, date.start) {
        (Some(today), Some(day)) if day > today => "ahead",
        (Some(today), Some(day)) if day == today => "today",
        (Some(_), Some(_)) => "behind",
        _ => "open",
    };
    if *turned {
        say!(sink, "turned");
        say!(sink, "turned {side} {status}");
        say!(sink, "turned {side} {status} {class}");
        say!(sink, "turned {side} {}", sentence.token(trigger).xpos.name());
        say!(sink, "turned {side} {} {status}", sentence.token(trigger).xpos.name());
        say!(sink, "turned, {}", mention.value.reason);
    }
    let opened = mention.value.relation != TimeRelation::At && opened(sentence, mention).contains(&trigger);
    if opened {
        say!(sink, "opens the deed's clause {relation}");
    }
    say!(sink, "{relation} {precision} {case}");
    say!(sink, "{relation} {precision} {side}");
    say!(sink, "{relation} {side} {status}");
    say!(sink, "{class} {relation} {side} {status}");
    say!(sink, "{side} {case} {status}");
    say!(sink, "{kind} {side}");
    say!(sink, "opens with {opening} {case}");
    say!(sink, "resolved {} {relation}", date.start.is_some());
    say!(sink, "read as {}", mention.value.reason);
    let inside = event.content.is_some_and(|content| mention.span.begin >= content.begin);
    say!(sink, "in what is asked or promised {inside} {class}");
    say!(sink, "in what is asked or promised {inside} {kind}");
    // The rules of a careful reader.
    let ruled = |word: u32, m: &TimeMention| cost(sentence, word, m);
    let saying = event.dated_by.filter(|by| by.sentence == event.trigger.sentence).map(|by| by.token);
    let saying = saying.map(|by| saying_of(context, event.trigger.sentence, by, event.status));
    match saying.and_then(|by| ruled(by, mention)) {
        Some(cost) => {
            let best = candidates
                .iter()
                .all(|c| saying.and_then(|by| ruled(by, c.mention)).is_none_or(|other| other >= cost));
            say!(sink, "rule {}", (cost / 2).min(6));
            say!(sink, "rule best {best}");
            say!(sink, "rule best {best} {class} {inside}");
        }
        None => {
            say!(sink, "no rule, undated clause {}", saying.is_none());
            say!(sink, "no rule {class}");
        }
    }
    say!(sink, "rule of the trigger {}", ruled(trigger, mention).is_some());
    if mention.value.relation == TimeRelation::At {
        say!(sink, "at, dated by the trigger {} {class}", saying == Some(trigger));
    }
    // Tree.
    let (top, tie) = tie(sentence, event, head);
    say!(sink, "top {top} {tie}");
    say!(sink, "top {class} {top} {tie}");
    say!(sink, "top {top} {tie} {case} {relation}");
    say!(sink, "top {top} {tie} {precision}");
    let own = sentence.token(head).deprel.name();
    say!(sink, "own {own} {case}");
    say!(sink, "own {own} {precision} {relation}");
    if matches!(sentence.token(head).deprel, Deprel::Root) {
        say!(sink, "own root");
    }
    let path = tree::path(sentence, head, trigger);
    let (up, down) = (path.up(sentence), path.down(sentence));
    say!(sink, "path {up}{down}");
    say!(sink, "path {class} {up}{down}");
    say!(sink, "down {down}");
    say!(sink, "down {class} {down} {side}");
    say!(sink, "{} verbs below, {} clauses above", path.verbs(sentence), path.clauses(sentence));
    say!(sink, "{class} {} verbs below, {} clauses above", path.verbs(sentence), path.clauses(sentence));
    say!(sink, "steps {}", path.steps());
    if let Some(governor) = sentence.token(head).head {
        say!(sink, "under {}", sentence.lemma(governor));
        say!(sink, "under {} {case}", sentence.token(governor).upos.name());
        if let Some(above) = sentence.token(governor).head {
            say!(sink, "under something under {}", sentence.lemma(above));
        }
    }
    let verb = verb_above(sentence, head);
    if let Some(verb) = verb {
        let reports = REPORTS.contains(&sentence.lemma(verb)) && verb != trigger;
        let dates = Some(verb) == saying;
        say!(sink, "verb {}", sentence.lemma(verb));
        say!(sink, "told then {reports} {class}");
        say!(sink, "told then {reports}, dated by it {dates}");
        say!(
            sink,
            "its verb is the deed's {} {class}",
            verb == trigger || sentence.token(trigger).head == Some(verb)
        );
    }
    let closer = tree::closer_deeds(sentence, event, context.deeds, head);
    say!(sink, "closer deeds {closer}");
    say!(sink, "closer deeds {closer} {class}");
    say!(sink, "closer deeds {closer} of {}", context.deeds.len().min(3));
    // Order.
    let after = mention.span.begin > event.span.begin;
    let words = distance(sentence, mention.span, event.span);
    say!(sink, "words {words} {after}");
    say!(sink, "words {words} {after} {own}");
    let (verbs, marks) = tree::verbs_and_marks(sentence, mention.span, event.span);
    say!(sink, "{verbs} verbs between {after}");
    say!(sink, "{verbs} verbs, {marks} marks between {after}");
    say!(sink, "{verbs} verbs, {marks} marks between {after} {class}");
    let far = tokens_between(sentence, mention.span, event.span);
    let nearer = candidates
        .iter()
        .filter(|c| tokens_between(sentence, c.mention.span, event.span) < far)
        .count()
        .min(2);
    say!(sink, "nearer ones {nearer}");
    say!(sink, "nearer ones {nearer} of {}", candidates.len().min(3));
    say!(sink, "trigger {} {side}", sentence.lemma(trigger));
}

fn relation(relation: TimeRelation) -> &'static str {
    match relation {
        TimeRelation::At => "at",
        TimeRelation::Since => "since",
        TimeRelation::Until => "until",
        TimeRelation::Before => "before",
        TimeRelation::After => "after",
        TimeRelation::FromEvent { .. } => "counted from",
    }
}
