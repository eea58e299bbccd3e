//! Who says so: the nearest speaker above a deed ("X said that …", "according to X", "…, X said").

use super::clause;
use super::codebook::{Codebook, Operator, Outcome, TriggerClass};
use crate::core::syntax::{Deprel, Sentence};

/// How far up speakers are looked for.
const CLIMB: usize = 24;

/// A speaker: the head of the phrase, and the word that attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// Head of the reporter's phrase.
    pub who: u32,
    /// "said", "according", …
    pub says: u32,
    /// The speaker denies it.
    pub denies: bool,
}

/// The speaker of the clause that holds `predicate`, innermost first.
pub fn speaker(codebook: &Codebook, sentence: &Sentence, predicate: u32) -> Option<Speaker> {
    climb(codebook, sentence, predicate).or_else(|| according_to(sentence))
}

/// "According to X" anywhere in the sentence: where the phrase hangs is a guess of the parser's.
fn according_to(sentence: &Sentence) -> Option<Speaker> {
    let says =
        sentence.tokens.iter().position(|token| matches!(token.lemma.as_str(), "according" | "accord"))?
            as u32;
    if sentence.tokens.get(says as usize + 1).is_none_or(|next| next.lemma != "to") {
        return None;
    }
    let own = clause::oblique(sentence, says, &["to"]);
    let who = own.or_else(|| sentence.token(says).head.filter(|&head| head > says))?;
    Some(Speaker { who, says, denies: false })
}

fn climb(codebook: &Codebook, sentence: &Sentence, predicate: u32) -> Option<Speaker> {
    let mut at = predicate;
    for _ in 0..CLIMB {
        if let Some(found) = beside(codebook, sentence, at) {
            return Some(found);
        }
        let token = sentence.token(at);
        let head = token.head?;
        match token.deprel {
            Deprel::Ccomp | Deprel::Parataxis | Deprel::Xcomp | Deprel::Advcl | Deprel::Obj | Deprel::Obl => {
                if let Some(denies) = says(codebook, sentence, head)
                    && head != predicate
                    && (matches!(token.deprel, Deprel::Ccomp | Deprel::Parataxis)
                        || denies
                        || clause::introduced_by(sentence, at, &["as"]))
                {
                    let passive = clause::is_passive(sentence, head);
                    // "police were quoted as saying": the grammatical subject speaks.
                    let who = if passive && token.deprel != Deprel::Ccomp {
                        clause::surface_subject(sentence, head)
                    } else {
                        clause::logical_subject(sentence, head)
                    };
                    if let Some(who) = who {
                        return Some(Speaker { who, says: head, denies });
                    }
                }
            }
            _ => {}
        }
        at = head;
    }
    None
}

/// A speaker beside the clause: "according to X", or a parenthesis "…, X said".
fn beside(codebook: &Codebook, sentence: &Sentence, clause_head: u32) -> Option<Speaker> {
    for &child in sentence.children(clause_head) {
        match sentence.token(child).deprel {
            Deprel::Parataxis => {
                if let Some(denies) = says(codebook, sentence, child)
                    && sentence.child(child, Deprel::Ccomp).is_none()
                    && let Some(who) = clause::logical_subject(sentence, child)
                {
                    return Some(Speaker { who, says: child, denies });
                }
            }
            Deprel::Obl | Deprel::Nmod | Deprel::Advcl => {
                if let Some(case) = sentence
                    .children(child)
                    .iter()
                    .copied()
                    .find(|&case| sentence.lemma(case) == "accord" || sentence.lemma(case) == "according")
                {
                    return Some(Speaker { who: child, says: case, denies: false });
                }
                if matches!(sentence.lemma(child), "accord" | "according")
                    && let Some(who) = clause::oblique(sentence, child, &["to"])
                {
                    return Some(Speaker { who, says: child, denies: false });
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether a verb reports speech; the value tells whether it denies.
fn says(codebook: &Codebook, sentence: &Sentence, verb: u32) -> Option<bool> {
    codebook.candidates(TriggerClass::Verb, sentence.lemma(verb)).iter().find_map(|&entry| {
        match codebook.entries[entry as usize].outcome {
            Outcome::Compose(Operator::Say) => Some(false),
            Outcome::Compose(Operator::Deny) => Some(true),
            _ => None,
        }
    })
}
