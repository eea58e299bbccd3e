//! How two words stand to each other in tree and line, in words that features are made of.

use crate::core::events::CodedEvent;
use crate::core::ontology::EventType;
use crate::core::syntax::{Deprel, Sentence, Token, TokenRef, Upos};
use crate::core::text::Span;
use std::fmt::Write;

/// Where the paths of two words up the tree meet.
pub struct Path {
    /// From the one up to below the meeting point, itself first.
    pub below: Vec<u32>,
    /// From the other up to below the meeting point, itself first.
    pub above: Vec<u32>,
}

/// The way from `head` to `trigger`.
pub fn path(sentence: &Sentence, head: u32, trigger: u32) -> Path {
    let mut above: Vec<u32> = std::iter::once(trigger).chain(sentence.ancestors(trigger)).collect();
    let mut below: Vec<u32> = std::iter::once(head).chain(sentence.ancestors(head)).collect();
    while let (Some(a), Some(b)) = (above.last(), below.last())
        && a == b
    {
        above.pop();
        below.pop();
    }
    Path { below, above }
}

impl Path {
    /// The relations up from the first word, as `nmod>obl>`, at most four.
    pub fn up(&self, sentence: &Sentence) -> String {
        let mut words = String::new();
        for &node in self.below.iter().take(4) {
            let _ = write!(words, "{}>", sentence.token(node).deprel.name());
        }
        words
    }

    /// The relations down to the second, as `<conj<xcomp`, at most three.
    pub fn down(&self, sentence: &Sentence) -> String {
        let mut words = String::new();
        for &node in self.above.iter().take(3) {
            let _ = write!(words, "<{}", sentence.token(node).deprel.name());
        }
        words
    }

    /// Verbs above the first word that own it rather than the second does; 2 stands for more.
    pub fn verbs(&self, sentence: &Sentence) -> usize {
        self.below.iter().skip(1).filter(|&&node| sentence.token(node).upos == Upos::Verb).count().min(2)
    }

    /// Clauses that part the second word from the meeting point; 2 stands for more.
    pub fn clauses(&self, sentence: &Sentence) -> usize {
        self.above.iter().filter(|&&node| opens_clause(sentence, node)).count().min(2)
    }

    /// Steps in all; 6 stands for more.
    pub fn steps(&self) -> usize {
        (self.below.len() + self.above.len()).min(6)
    }
}

/// How many other deeds of the sentence stand closer to a word than the deed at hand does; 2 stands for more.
pub fn closer_deeds(sentence: &Sentence, event: &CodedEvent, deeds: &[TokenRef], head: u32) -> usize {
    let steps = |trigger: u32| {
        let path = path(sentence, head, trigger);
        (path.clauses(sentence) + path.verbs(sentence), path.below.len() + path.above.len())
    };
    let own = steps(event.trigger.token);
    let others =
        deeds.iter().filter(|deed| **deed != event.trigger && deed.sentence == event.trigger.sentence);
    others.take(6).filter(|deed| steps(deed.token) < own).count().min(2)
}

/// Whether the word heads a clause that hangs below another.
pub fn heads_clause(sentence: &Sentence, node: u32) -> bool {
    matches!(
        sentence.token(node).deprel,
        Deprel::Ccomp
            | Deprel::Advcl
            | Deprel::AdvclRelcl
            | Deprel::AclRelcl
            | Deprel::Acl
            | Deprel::Parataxis
            | Deprel::Csubj
    )
}

fn opens_clause(sentence: &Sentence, node: u32) -> bool {
    heads_clause(sentence, node) || matches!(sentence.token(node).deprel, Deprel::Conj | Deprel::Xcomp)
}

/// The relation of the whole phrase around a word, and how what it hangs on stands to the deed.
pub fn tie(sentence: &Sentence, event: &CodedEvent, head: u32) -> (&'static str, &'static str) {
    let trigger = event.trigger.token;
    let mut top = head;
    for _ in 0..8 {
        let token = sentence.token(top);
        let inner = matches!(
            token.deprel,
            Deprel::Nmod
                | Deprel::NmodPoss
                | Deprel::NmodDesc
                | Deprel::NmodUnmarked
                | Deprel::Compound
                | Deprel::Amod
                | Deprel::Appos
                | Deprel::Conj
                | Deprel::Flat
                | Deprel::Nummod
        );
        let above = token.head.filter(|&above| inner && sentence.token(above).upos != Upos::Verb);
        match above.filter(|_| top != trigger) {
            Some(above) => top = above,
            None => break,
        }
    }
    if top == trigger {
        return ("self", "deed");
    }
    let relation = sentence.token(top).deprel.name();
    let anchor = event.anchor.sentence == event.trigger.sentence;
    let tie = match sentence.token(top).head {
        None => "root",
        Some(above) if above == trigger => "deed",
        Some(above) if anchor && above == event.anchor.token => "anchor",
        Some(above) if sentence.token(trigger).head == Some(above) => "beside",
        Some(above) if sentence.ancestors(trigger).any(|a| a == above) => "above",
        Some(above) if sentence.ancestors(above).any(|a| a == trigger) => "below",
        Some(_) => "elsewhere",
    };
    (relation, tie)
}

/// The nearest verb above a word.
pub fn verb_above(sentence: &Sentence, word: u32) -> Option<u32> {
    sentence.ancestors(word).find(|&a| sentence.token(a).upos == Upos::Verb)
}

/// How many tokens lie between two spans.
pub fn tokens_between(sentence: &Sentence, a: Span, b: Span) -> usize {
    let at = |span: Span| sentence.tokens.partition_point(|t| t.span.end <= span.begin);
    at(a).abs_diff(at(b))
}

/// The same in steps.
pub fn distance(sentence: &Sentence, a: Span, b: Span) -> &'static str {
    match tokens_between(sentence, a, b) {
        0..=1 => "0-1",
        2..=3 => "2-3",
        4..=6 => "4-6",
        7..=12 => "7-12",
        _ => "13+",
    }
}

/// Verbs and marks between two spans; 2 stands for more.
pub fn verbs_and_marks(sentence: &Sentence, a: Span, b: Span) -> (usize, usize) {
    let at = |begin: u32| sentence.tokens.partition_point(|t| t.span.begin < begin);
    let (from, to) = (at(a.begin.min(b.begin)), at(a.begin.max(b.begin)));
    let row = sentence.tokens.get(from + 1..to).unwrap_or(&[]);
    let count = |is: &dyn Fn(&Token) -> bool| row.iter().filter(|token| is(token)).count().min(2);
    (count(&|token| token.upos == Upos::Verb), count(&|token| token.upos == Upos::Punct))
}

/// Types that behave alike as to time and place: deeds of force, of words, of meeting, of help.
pub fn class(event_type: EventType) -> &'static str {
    use EventType as E;
    match event_type {
        E::Consult => "meeting",
        E::Aid | E::Cooperate => "help",
        E::Assault | E::Coerce | E::Mobilize | E::Protest | E::Retreat => "force",
        _ => "words",
    }
}

/// Verbs of those who tell of a deed.
pub const REPORTS: &[&str] = &[
    "say", "tell", "report", "announce", "write", "state", "declare", "add", "quote", "claim", "insist",
    "warn", "note", "confirm", "deny", "suggest", "ask", "urge", "explain", "estimate", "believe", "think",
    "hint", "recall", "publish",
];
