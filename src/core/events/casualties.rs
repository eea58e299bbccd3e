//! Numbers of people killed, injured and arrested, where the sentence gives them.

use super::clause;
use crate::core::extraction::Casualties;
use crate::core::ontology::EventType;
use crate::core::syntax::{Deprel, Sentence, Upos, Xpos};

/// The casualties that a sentence tells, for the types that have any.
pub fn casualties(text: &str, sentence: &Sentence, event_type: EventType) -> Casualties {
    let mut found = Casualties::default();
    if !matches!(event_type, EventType::Assault | EventType::Protest | EventType::Coerce) {
        return found;
    }
    for token in 0..sentence.tokens.len() as u32 {
        let Some(number) = number(text, sentence, token) else { continue };
        let word = sentence.token(token);
        let Some(head) = word.head else { continue };
        // "killed four", "four dead", "four people were killed", "12 wounded".
        let counted = if word.deprel == Deprel::Nummod { head } else { token };
        let slot = fate(sentence, counted).or_else(|| {
            let governor = sentence.token(counted).head?;
            let done_to = match sentence.token(counted).deprel {
                Deprel::Obj | Deprel::NsubjPass => true,
                Deprel::Nsubj => sentence.lemma(governor) == "die" || clause::is_passive(sentence, governor),
                _ => false,
            };
            if done_to { fate(sentence, governor) } else { None }
        });
        match slot {
            Some(Fate::Dead) => found.dead = found.dead.or(Some(number)),
            Some(Fate::Injured) => found.injured = found.injured.or(Some(number)),
            Some(Fate::Arrested) => found.arrested = found.arrested.or(Some(number)),
            None => {}
        }
    }
    found
}

#[derive(Clone, Copy)]
enum Fate {
    Dead,
    Injured,
    Arrested,
}

fn fate(sentence: &Sentence, word: u32) -> Option<Fate> {
    match sentence.lemma(word) {
        "kill" | "die" | "dead" | "slay" | "massacre" | "execute" | "murder" | "death" | "killing" => {
            Some(Fate::Dead)
        }
        "wound" | "injure" | "hurt" | "wounded" | "injured" | "injury" => Some(Fate::Injured),
        "arrest" | "detain" | "jail" | "arrested" | "detained" | "detention" => Some(Fate::Arrested),
        _ => None,
    }
}

fn number(text: &str, sentence: &Sentence, token: u32) -> Option<u32> {
    let word = sentence.token(token);
    if word.upos != Upos::Num && word.xpos != Xpos::CD {
        return None;
    }
    let written = word.span.of(text);
    let digits: String = written.chars().filter(|&c| c != ',').collect();
    if let Ok(number) = digits.parse() {
        return Some(number);
    }
    const WORDS: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    WORDS.iter().position(|word| word.eq_ignore_ascii_case(written)).map(|number| number as u32)
}
