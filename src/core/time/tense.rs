//! Whether a clause lies behind or ahead of the day of publication.

use super::lexeme::Lexeme;
use super::resolve::Tense;
use crate::core::syntax::{Deprel, Morph, Sentence, Upos, Xpos};
use crate::core::text::Span;

/// The tense of the clause that the words at `span` belong to.
pub(super) fn tense_at(sentence: &Sentence, span: Span) -> Tense {
    let inside = |i: usize| sentence.tokens[i].span.overlaps(span);
    let Some(first) = (0..sentence.tokens.len()).find(|&i| inside(i)) else { return Tense::Unknown };
    // The expression's own head: the one word whose governor lies outside.
    let last = (first..sentence.tokens.len()).take_while(|&i| inside(i)).last().unwrap_or(first);
    let head = (first..=last)
        .find(|&i| sentence.tokens[i].head.is_none_or(|h| !(first..=last).contains(&(h as usize))))
        .unwrap_or(first) as u32;
    let verbs = std::iter::once(head).chain(sentence.ancestors(head)).filter(|&i| is_predicate(sentence, i));
    for verb in verbs.take(4) {
        match tense_of_verb(sentence, verb) {
            Tense::Unknown => {}
            tense => return tense,
        }
    }
    Tense::Unknown
}

fn is_predicate(sentence: &Sentence, i: u32) -> bool {
    let token = sentence.token(i);
    matches!(token.upos, Upos::Verb | Upos::Aux) || sentence.child(i, Deprel::Cop).is_some()
}

/// Future auxiliaries, and verbs whose infinitive lies ahead.
const PLANS: &[&str] = &[
    "plan", "expect", "schedule", "intend", "aim", "hope", "want", "prepare", "agree", "promise", "pledge",
    "vow", "threaten", "decide", "set", "due", "going", "go", "ask", "urge", "order", "invite", "ready",
    "likely", "slate", "propose", "seek", "need",
];

fn tense_of_verb(sentence: &Sentence, verb: u32) -> Tense {
    let token = sentence.token(verb);
    let mut to = false;
    for &child in sentence.children(verb) {
        let c = sentence.token(child);
        match (c.deprel, c.lemma.as_str()) {
            (
                Deprel::Aux,
                "will" | "shall" | "'ll" | "would" | "may" | "might" | "could" | "should" | "must" | "can"
                | "wo",
            ) => {
                // "could have met", "would have left" lie behind.
                let perfect = sentence.children_by(verb, Deprel::Aux).any(|a| sentence.lemma(a) == "have");
                return if perfect { Tense::Past } else { Tense::Future };
            }
            (Deprel::Mark, "to") => to = true,
            _ => {}
        }
    }
    let auxiliaries = || {
        sentence
            .children(verb)
            .iter()
            .map(|&c| sentence.token(c))
            .filter(|c| matches!(c.deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop))
    };
    if to {
        let governor = token.head.map(|h| sentence.token(h));
        return match governor {
            Some(g) if PLANS.contains(&g.lemma.as_str()) => Tense::Future,
            // "managed to leave on Friday": as its governor; "talks to end the war": ahead.
            Some(g) if matches!(g.upos, Upos::Noun | Upos::Adj) => Tense::Future,
            _ => Tense::Unknown,
        };
    }
    if auxiliaries()
        .any(|a| a.xpos == Xpos::VBD || a.morph.has(Morph::PAST) || matches!(a.lemma.as_str(), "have"))
    {
        return Tense::Past;
    }
    match token.xpos {
        Xpos::VBD => Tense::Past,
        Xpos::VBN if auxiliaries().next().is_none() => Tense::Past,
        // "meets on Friday", "is visiting on Friday": news tells its timetable in the present.
        Xpos::VBZ | Xpos::VBP => Tense::Future,
        Xpos::VBG if auxiliaries().next().is_some() => Tense::Future,
        Xpos::VBN if auxiliaries().any(|a| matches!(a.xpos, Xpos::VBZ | Xpos::VBP)) => Tense::Future,
        _ if auxiliaries().any(|a| matches!(a.xpos, Xpos::VBZ | Xpos::VBP)) => Tense::Future,
        _ => Tense::Unknown,
    }
}

/// Without a tree: the nearest word before, else after, that tells.
pub(super) fn tense_of_words(words: &[Lexeme], at: usize) -> Tense {
    let of = |word: &Lexeme| match word.lower.as_str() {
        "will" | "ll" | "shall" | "would" | "plans" | "expected" | "scheduled" | "due" | "going"
        | "leave" | "arrive" | "can" | "ahead" => Some(Tense::Future),
        "was" | "were" | "had" | "did" | "has" | "have" | "said" | "went" | "met" | "told" | "left"
        | "happened" | "came" => Some(Tense::Past),
        other if other.len() > 4 && other.ends_with("ed") => Some(Tense::Past),
        _ => None,
    };
    let at = at.min(words.len());
    let before = words[..at].iter().rev().take(12).find_map(of);
    before.or_else(|| words[at..].iter().take(12).find_map(of)).unwrap_or(Tense::Unknown)
}
