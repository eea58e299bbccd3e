//! Who says so: the speaker whose words a deed stands in, innermost first.

use super::codebook::Codebook;
use super::speech::{self, Form, Report};
use crate::core::syntax::{Deprel, Sentence, Upos, Xpos};
use crate::core::text::Span;

/// A speaker: the head of the phrase, and the word that attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// Head of the reporter's phrase.
    pub who: u32,
    /// "said", "according", …
    pub says: u32,
    /// The speaker denies it.
    pub denies: bool,
    /// The speaker tells of themselves: "X said it would …".
    pub of_self: bool,
}

/// Who reports, as far as the text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reporter {
    /// One of the article's mentions, by its index.
    Mention(u32),
    /// A phrase that stands for nobody whom we know: "survivors", "a leaked memo".
    Phrase {
        /// Its words.
        words: Span,
        /// Several of them.
        plural: bool,
    },
}

/// The phrase that ends in a speaker's head; none for pronouns.
pub fn phrase(sentence: &Sentence, who: u32) -> Option<Reporter> {
    let head = sentence.token(who);
    if !matches!(head.upos, Upos::Noun | Upos::Propn) {
        return None;
    }
    let inside = |token: u32| {
        let token = sentence.token(token);
        matches!(token.upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num)
            || matches!(token.lemma.as_str(), "-" | "'s" | "’s")
            || token.deprel == Deprel::NmodPoss
    };
    let begin = (0..who).rev().take_while(|&token| inside(token)).last().unwrap_or(who);
    let words = sentence.token(begin).span.join(head.span);
    Some(Reporter::Phrase { words, plural: head.xpos == Xpos::NNS })
}

/// What an "according to" must be nearer by than a verb of saying.
const ACCORDING: u32 = 3;

/// The speaker of the clause that holds `predicate`, innermost first.
pub fn speaker(codebook: &Codebook, sentence: &Sentence, predicate: u32) -> Option<Speaker> {
    let reports = speech::reports(codebook, sentence);
    let holds = |report: &Report| {
        report.says != predicate
            && report.scope.iter().any(|&(from, to)| (from..to).contains(&predicate))
            // What an aside adds is the article's own knowledge.
            && !(predicate < report.says
                && matches!(report.form, Form::After | Form::According)
                && speech::in_aside(sentence, predicate))
    };
    let distance = |report: &Report| match report.form {
        Form::Citing => 0,
        Form::According => report.says.abs_diff(predicate) + ACCORDING,
        _ => report.says.abs_diff(predicate),
    };
    let report = reports.iter().filter(|report| holds(report)).min_by_key(|report| distance(report))?;
    let of_self = report.form == Form::Before && begins_with_pronoun(sentence, report.says, predicate);
    Some(Speaker { who: report.who, says: report.says, denies: report.denies, of_self })
}

/// "said *it* would …": the first subject after the verb of saying is a pronoun.
fn begins_with_pronoun(sentence: &Sentence, says: u32, predicate: u32) -> bool {
    let first = (says + 1..=predicate).find(|&word| {
        matches!(sentence.token(word).deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter)
    });
    first.is_some_and(|word| matches!(sentence.lemma(word), "it" | "he" | "she" | "they" | "we" | "i"))
}
