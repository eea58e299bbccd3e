//! The mode of a request or a refusal where the codebook cannot read the deed that is asked: by the class of its words.

use crate::core::events::clause;
use crate::core::events::codebook::{Codebook, Operator};
use crate::core::ontology::{EventType, Mode};
use crate::core::syntax::{Deprel, Sentence, Upos};

/// Classes of verbs that are asked for, in the order in which they are tried.
const VERBS: &[(&str, Mode)] =
    &[("askedmeet", Mode::Meet), ("askedyield", Mode::Yield), ("askedassist", Mode::Assist)];
/// The same of nouns.
const NOUNS: &[(&str, Mode)] = &[("talks", Mode::Meet), ("helper", Mode::Assist), ("aid", Mode::Assist)];

/// The mode, with the CAMEO code for it; `None` where the words do not tell.
pub(super) fn mode(
    codebook: &Codebook,
    sentence: &Sentence,
    operator: Operator,
    outcome: EventType,
    content: u32,
) -> Option<(Mode, &'static str)> {
    let known = matches!(outcome, EventType::Request | EventType::Reject)
        && matches!(operator, Operator::Request | Operator::Appeal | Operator::Refuse);
    if !known {
        return None;
    }
    let words = clause::with_conjuncts(sentence, content);
    let mode = words.into_iter().find_map(|word| of_word(codebook, sentence, word))?;
    Some((mode, cameo(outcome, mode)))
}

fn of_word(codebook: &Codebook, sentence: &Sentence, word: u32) -> Option<Mode> {
    let token = sentence.token(word);
    let verb = matches!(token.upos, Upos::Verb | Upos::Aux);
    // "not to march on the town": to leave off is to yield.
    let not = sentence
        .children_by(word, Deprel::Advmod)
        .any(|child| child < word && matches!(sentence.lemma(child), "not" | "n't" | "never"));
    if verb && not {
        return Some(Mode::Yield);
    }
    let lemma = token.lemma.to_lowercase();
    let particle = sentence
        .children(word)
        .iter()
        .find(|&&child| {
            child > word
                && child <= word + 4
                && matches!(sentence.token(child).deprel, Deprel::CompoundPrt | Deprel::Advmod)
        })
        .map(|&child| format!("{lemma} {}", sentence.lemma(child)));
    let table = if verb { VERBS } else { NOUNS };
    let is = |word: &str| {
        table
            .iter()
            .find(|(class, _)| codebook.class_id(class).is_some_and(|id| codebook.class_has(id, word)))
    };
    particle.as_deref().and_then(is).or_else(|| is(&lemma)).map(|&(_, mode)| mode)
}

fn cameo(outcome: EventType, mode: Mode) -> &'static str {
    match (outcome, mode) {
        (EventType::Request, Mode::Meet) => "106",
        (EventType::Request, Mode::Yield) => "105",
        (EventType::Request, Mode::Assist) => "103",
        (EventType::Request, _) => "104",
        (_, Mode::Meet) => "125",
        (_, Mode::Yield) => "124",
        (_, Mode::Assist) => "122",
        _ => "123",
    }
}
