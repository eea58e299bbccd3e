//! The weapon that a clause names gives an ASSAULT its mode: "struck by tank shells", "a knife gang kills", "a bomb attack".

use super::clause;
use super::codebook::Codebook;
use super::matching::Match;
use crate::core::ontology::Mode;
use crate::core::syntax::{Deprel, Sentence, Upos};

/// Classes of weapons, the most telling first.
const CLASSES: &[(&str, Mode)] = &[
    ("suicidebomber", Mode::SuicideAttack),
    ("dronew", Mode::Drone),
    ("chemical", Mode::Unconventional),
    ("plane", Mode::Aerial),
    ("heavy", Mode::HeavyWeapons),
    ("explosive", Mode::Explosives),
    ("firearm", Mode::Firearms),
    ("tearGas", Mode::CrowdControl),
    ("blade", Mode::Primitive),
];

/// The mode of an assault by its weapon; `None` where the clause names none.
pub fn mode(codebook: &Codebook, sentence: &Sentence, found: &Match) -> Option<Mode> {
    mode_at(codebook, sentence, found.anchor, found.trigger)
}

/// The same for the word of the deed and the predicate that carries its tense.
pub fn mode_at(codebook: &Codebook, sentence: &Sentence, anchor: u32, trigger: u32) -> Option<Mode> {
    let mut words: Vec<u32> = Vec::new();
    words.extend(clause::logical_subject(sentence, anchor));
    for base in [anchor, trigger] {
        for &child in sentence.children(base) {
            let instrument = match sentence.token(child).deprel {
                Deprel::Obl | Deprel::OblAgent | Deprel::Nmod => {
                    clause::introduced_by(sentence, child, &["with", "by", "using", "from"])
                }
                Deprel::Compound | Deprel::Amod | Deprel::NmodPoss => base == trigger,
                Deprel::Advcl => sentence.lemma(child) == "use",
                _ => false,
            };
            if instrument {
                words.push(child);
            }
        }
    }
    // "a volley of rockets", "firing rockets", "suicide car bomb"
    for word in words.clone() {
        words.extend(clause::with_conjuncts(sentence, word).into_iter().skip(1));
        words.extend(sentence.children_by(word, Deprel::Compound));
        words.extend(sentence.children_by(word, Deprel::Obj));
        words.extend(
            sentence
                .children_by(word, Deprel::Nmod)
                .filter(|&child| clause::introduced_by(sentence, child, &["of", "with"])),
        );
    }
    CLASSES.iter().find_map(|&(name, mode)| {
        let class = codebook.class_id(name)?;
        let named = |&word: &u32| {
            let token = sentence.token(word);
            if !matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Adj) {
                return false;
            }
            let lemma = token.lemma.to_lowercase();
            codebook.class_has(class, &lemma)
                || (word > 0
                    && codebook
                        .class_has(class, &format!("{} {lemma}", sentence.lemma(word - 1).to_lowercase())))
        };
        words.iter().any(named).then_some(mode)
    })
}
