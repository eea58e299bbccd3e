//! Which time expression dates an event: the one of its own clause, then one that coordination or a nominal share with it, then the
//! event that it is counted from; else the day of publication, as far as the event is told as news.

use super::resolve::shifted;
use super::{TimeMention, TimeRelation};
use crate::core::extraction::{DateBasis, DatePrecision, EventDate};
use crate::core::ontology::Status;
use crate::core::syntax::{Deprel, Document, Sentence, TokenRef, Upos, Xpos};
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
    /// The deeds of the sentence at hand, which compete for its times.
    pub deeds: &'a [TokenRef],
}

/// The word whose clause dates a deed: of a promise the verb that makes it, "said on Monday that it would send help in May".
pub(super) fn saying_of(context: &TimeContext, sentence: u32, word: u32, status: Status) -> u32 {
    let word = TokenRef { sentence, token: word };
    let said = matches!(status, Status::Occurred).then(|| saying(context, word)).flatten();
    said.unwrap_or(word).token
}

/// The verb that says it, where the event's own verb only announces: "said that it would send", "is to open, he tweeted".
fn saying(context: &TimeContext, trigger: TokenRef) -> Option<TokenRef> {
    let sentence = context.document.sentences.get(trigger.sentence as usize)?;
    let announced = sentence.children_by(trigger.token, Deprel::Aux).any(|c| {
        sentence.token(c).xpos == Xpos::MD && !matches!(sentence.lemma(c), "may" | "might" | "could" | "must")
    });
    if !announced {
        return None;
    }
    let token = sentence.token(trigger.token);
    let above = token.head.filter(|_| matches!(token.deprel, Deprel::Ccomp | Deprel::Parataxis));
    let below = || sentence.children_by(trigger.token, Deprel::Parataxis).next();
    let verb = above.or_else(below).unwrap_or(trigger.token);
    (verb != trigger.token).then_some(TokenRef { sentence: trigger.sentence, token: verb })
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

/// The date that the expression `here[at]` would give the deed of `trigger`. "Two days after rebels stormed the town" dates the
/// storming, from the rest of the sentence; what happened two days after it has no day. `None` where there is nothing to count from.
pub(super) fn date_by(
    context: &TimeContext,
    here: &[TimeMention],
    at: usize,
    trigger: TokenRef,
) -> Option<EventDate> {
    let mention = &here[at];
    let TimeRelation::FromEvent { days, months } = mention.value.relation else {
        return Some(of_mention(mention));
    };
    let sentence = context.document.sentences.get(trigger.sentence as usize)?;
    if opened(sentence, mention).contains(&trigger.token) {
        return counted(context, here, at, days, months);
    }
    Some(unknown(Some(mention.span), "counted from an event whose day is not given"))
}

/// The tokens of the clause or phrase that a count from an event opens: up to the next comma or the end.
pub(super) fn opened(sentence: &Sentence, mention: &TimeMention) -> std::ops::Range<u32> {
    let from = sentence.tokens.partition_point(|t| t.span.begin < mention.span.end);
    let length = sentence.tokens[from..]
        .iter()
        .position(|t| matches!(t.xpos, Xpos::Comma | Xpos::Colon | Xpos::Period));
    let to = length.map_or(sentence.tokens.len(), |length| from + length);
    from as u32..to as u32
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

/// Counted from the rest of the sentence: the day it names, else the day of publication.
fn counted(
    context: &TimeContext,
    here: &[TimeMention],
    at: usize,
    days: i32,
    months: i32,
) -> Option<EventDate> {
    let names_a_day = |m: &&TimeMention| {
        m.value.relation == TimeRelation::At
            && m.value.precision == DatePrecision::Day
            && m.value.start.is_some()
    };
    let before = here[..at].iter().rev().find(names_a_day);
    let base = before
        .or_else(|| here[at + 1..].iter().find(names_a_day))
        .and_then(|m| m.value.start)
        .or(context.published)?;
    let (start, end, precision) = shifted(base, -days, -months)?;
    Some(EventDate {
        start: Some(start),
        end: Some(end),
        precision,
        basis: DateBasis::Relative,
        mention: Some(here[at].span),
        reason: "counted from the event of the main clause".to_owned(),
    })
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
pub(super) fn cost(sentence: &Sentence, trigger: u32, mention: &TimeMention) -> Option<u32> {
    if matches!(mention.value.relation, TimeRelation::Until | TimeRelation::FromEvent { .. }) {
        return None;
    }
    let head = head_of(sentence, mention.span)?;
    let above: Vec<u32> = std::iter::once(trigger).chain(sentence.ancestors(trigger)).collect();
    let path: Vec<u32> = std::iter::once(head).chain(sentence.ancestors(head)).collect();
    let (steps, height) =
        path.iter().enumerate().find_map(|(i, node)| above.iter().position(|a| a == node).map(|h| (i, h)))?;
    if qualifies_a_noun(sentence, head, &path, trigger) || of_the_subject(sentence, &path[..steps]) {
        return None;
    }
    // Verbs below the meeting point own the expression; the point itself is shared.
    let mut extra = 0;
    for &node in path[..steps].iter().filter(|&&node| node != head && predicate(sentence, node)) {
        match sentence.token(node).deprel {
            Deprel::Amod => {}
            // A participle or infinitive hardly owns a day: "agreed to meet on Friday" does.
            Deprel::Acl | Deprel::Xcomp if !ahead(sentence, node) => extra += 6,
            // "looted and torched on Wednesday": what stands at the end goes for both.
            Deprel::Conj if joined(sentence, node, mention) => extra += 3,
            _ => return None,
        }
    }
    for &node in &above[..height] {
        match sentence.token(node).deprel {
            Deprel::Conj => extra += shared(sentence, node, mention)?,
            // "spoke on Tuesday, alleging …", "were killed on Monday when the town was shelled".
            Deprel::Advcl if at_once(sentence, node) => extra += 5,
            // "in October 2016, when police beat lawyers": the clause says what happened then.
            Deprel::Advcl | Deprel::AclRelcl | Deprel::AdvclRelcl
                if opens_with_when(sentence, node, mention) =>
            {
                extra += 2
            }
            Deprel::Ccomp
            | Deprel::Advcl
            | Deprel::AdvclRelcl
            | Deprel::AclRelcl
            | Deprel::Parataxis
            | Deprel::Csubj => return None,
            Deprel::Acl if sentence.token(node).span.begin < mention.span.begin => return None,
            _ => {}
        }
    }
    let since = u32::from(mention.value.relation == TimeRelation::Since);
    Some(2 * (steps + height) as u32 + since + extra)
}

/// What it costs the second of two joined clauses to share the day of the first; `None` where it has its own time: "lifted its ban
/// in 2003 and may now ease the rules".
fn shared(sentence: &Sentence, conjunct: u32, mention: &TimeMention) -> Option<u32> {
    let own_time = sentence.children(conjunct).iter().any(|&c| {
        let child = sentence.token(c);
        (child.deprel == Deprel::Aux && child.xpos == Xpos::MD)
            || matches!(child.lemma.as_str(), "now" | "then" | "later" | "since")
    });
    let subject =
        sentence.child(conjunct, Deprel::Nsubj).or(sentence.child(conjunct, Deprel::NsubjPass)).is_some();
    let fine = matches!(mention.value.precision, DatePrecision::Day | DatePrecision::Week);
    (!own_time && (fine || !subject)).then_some(3 + 2 * u32::from(subject))
}

/// "last week's mutiny", "the 1988 murder": dates the noun that it qualifies, and the verb only where that lends itself to the noun.
fn qualifies_a_noun(sentence: &Sentence, head: u32, path: &[u32], trigger: u32) -> bool {
    let relation = sentence.token(head).deprel;
    let qualifies = matches!(
        relation,
        Deprel::NmodPoss | Deprel::Compound | Deprel::Amod | Deprel::Nummod | Deprel::NmodDesc
    ) || (relation == Deprel::NmodUnmarked && path.get(1).is_some_and(|&noun| noun > head));
    let Some(&noun) = path.get(1).filter(|_| qualifies) else { return false };
    let lends = LENDS.contains(&sentence.lemma(trigger)) && sentence.token(noun).head == Some(trigger);
    noun != trigger && !lends && sentence.token(trigger).head != Some(noun)
}

/// "The arrest of an editor on Monday was condemned": the day is that of the arrest.
fn of_the_subject(sentence: &Sentence, below: &[u32]) -> bool {
    let subject = below
        .iter()
        .skip(1)
        .copied()
        .find(|&node| matches!(sentence.token(node).deprel, Deprel::Nsubj | Deprel::NsubjPass));
    subject.is_some_and(|subject| {
        let lemma = sentence.lemma(subject);
        let ending = ["tion", "ment", "sion", "ing", "ure", "al"]
            .iter()
            .any(|end| lemma.len() > 5 && lemma.ends_with(end));
        let person = ["official", "general", "delegation", "government", "parliament", "commission", "king"]
            .contains(&lemma);
        (ending && !person) || DEEDS.contains(&lemma)
    })
}

/// Nouns of deeds without a tell-tale ending.
const DEEDS: &[&str] = &[
    "arrest", "raid", "strike", "attack", "murder", "visit", "protest", "march", "rally", "trial", "talk",
    "summit", "vote", "coup", "riot", "clash", "ambush", "blast", "speech", "verdict", "death", "release",
    "launch", "test", "dispatch", "drill", "blockade",
];

/// Verbs that only lend themselves to a noun of a deed.
const LENDS: &[&str] = &[
    "hold", "have", "make", "conduct", "stage", "launch", "carry", "mount", "begin", "start", "open", "end",
    "attend",
];

/// Whether the second of two joined verbs has no subject and tense of its own, and the expression ends them both.
fn joined(sentence: &Sentence, conjunct: u32, mention: &TimeMention) -> bool {
    let own = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl]
        .iter()
        .any(|&r| sentence.child(conjunct, r).is_some());
    let day = matches!(mention.value.precision, DatePrecision::Day | DatePrecision::Week);
    let first = sentence.token(conjunct).head.map(|head| sentence.token(head).xpos);
    !own && day
        && first == Some(sentence.token(conjunct).xpos)
        && mention.span.begin > sentence.token(conjunct).span.end
}

/// Whether a clause tells what happens at the same time: a participle without a subject, or behind "when", "as", "while".
fn at_once(sentence: &Sentence, clause: u32) -> bool {
    let marker = sentence
        .children(clause)
        .iter()
        .map(|&c| sentence.token(c))
        .find(|c| c.deprel == Deprel::Mark || (c.deprel == Deprel::Advmod && c.lemma == "when"));
    match marker {
        Some(marker) => matches!(marker.lemma.as_str(), "when" | "as" | "while"),
        None => sentence.token(clause).xpos == Xpos::VBG && sentence.child(clause, Deprel::Nsubj).is_none(),
    }
}

/// Whether the clause opens with a "when" right behind the expression.
fn opens_with_when(sentence: &Sentence, clause: u32, mention: &TimeMention) -> bool {
    let when = sentence.children(clause).iter().find(|&&c| sentence.lemma(c) == "when");
    when.is_some_and(|&when| {
        let begin = sentence.token(when).span.begin;
        begin > mention.span.end && begin - mention.span.end <= 3
    })
}

/// An infinitive: what it names lies ahead of its governor.
fn ahead(sentence: &Sentence, node: u32) -> bool {
    sentence.child(node, Deprel::Mark).is_some()
}

fn predicate(sentence: &Sentence, node: u32) -> bool {
    sentence.token(node).upos == Upos::Verb
}
