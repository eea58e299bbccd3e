//! The morphology that events need, read off tags, form and tree.

use super::{Deprel, Morph, Upos, Xpos};

/// The features of one word, as far as tag and form tell.
pub fn features(form: &str, upos: Upos, xpos: Xpos) -> Morph {
    let verb = |form: Morph| form;
    match xpos {
        Xpos::VBD => verb(Morph::FINITE).with(Morph::PAST).with(Morph::INDICATIVE),
        Xpos::VBZ => Morph::FINITE
            .with(Morph::PRESENT)
            .with(Morph::INDICATIVE)
            .with(Morph::THIRD)
            .with(Morph::SINGULAR),
        Xpos::VBP => Morph::FINITE.with(Morph::PRESENT).with(Morph::INDICATIVE),
        Xpos::MD => Morph::FINITE,
        Xpos::VB => Morph::INFINITIVE,
        Xpos::VBN => Morph::PARTICIPLE.with(Morph::PAST),
        Xpos::VBG => Morph::GERUND,
        Xpos::NN | Xpos::NNP if matches!(upos, Upos::Noun | Upos::Propn) => Morph::SINGULAR,
        Xpos::NNS | Xpos::NNPS => Morph::PLURAL,
        Xpos::PRP | Xpos::PRPS => pronoun(form),
        Xpos::WP | Xpos::WDT | Xpos::WPS | Xpos::WRB => Morph::INTERROGATIVE,
        Xpos::DT | Xpos::PDT => determiner(form),
        Xpos::RB if matches!(&*form.to_lowercase(), "not" | "n't" | "n’t") => Morph::NEGATIVE,
        _ => Morph::default(),
    }
}

fn determiner(form: &str) -> Morph {
    match &*form.to_lowercase() {
        "the" => Morph::DEFINITE,
        "a" | "an" => Morph::INDEFINITE,
        "this" | "that" => Morph::DEMONSTRATIVE.with(Morph::SINGULAR),
        "these" | "those" => Morph::DEMONSTRATIVE.with(Morph::PLURAL),
        "no" => Morph::NEGATIVE,
        _ => Morph::default(),
    }
}

fn pronoun(form: &str) -> Morph {
    let base = match &*form.to_lowercase() {
        "i" | "me" | "my" | "mine" | "myself" => Morph::FIRST.with(Morph::SINGULAR),
        "we" | "us" | "our" | "ours" | "ourselves" | "'s" | "’s" => Morph::FIRST.with(Morph::PLURAL),
        "you" | "your" | "yours" | "yourself" | "yourselves" => Morph::SECOND,
        "he" | "him" | "his" | "himself" => Morph::THIRD.with(Morph::SINGULAR).with(Morph::MASCULINE),
        "she" | "her" | "hers" | "herself" => Morph::THIRD.with(Morph::SINGULAR).with(Morph::FEMININE),
        "it" | "its" | "itself" => Morph::THIRD.with(Morph::SINGULAR).with(Morph::NEUTER),
        "they" | "them" | "their" | "theirs" | "themselves" => Morph::THIRD.with(Morph::PLURAL),
        _ => Morph::default(),
    };
    let lower = form.to_lowercase();
    let base =
        if lower.ends_with("self") || lower.ends_with("selves") { base.with(Morph::REFLEXIVE) } else { base };
    let own = ["my", "your", "his", "her", "its", "our", "their", "mine", "yours", "hers", "ours", "theirs"];
    base.with(Morph::PERSONAL).with(if own.contains(&&*lower) && lower != "her" {
        Morph::POSSESSIVE
    } else {
        Morph::default()
    })
}

/// What only the tree tells: the passive; participles in -ing; relative pronouns; imperatives.
pub fn refine(
    i: usize,
    heads: &[Option<u32>],
    relations: &[Deprel],
    tags: &[(Xpos, Upos)],
    morphs: &mut [Morph],
) {
    let (xpos, upos) = tags[i];
    let relation = relations[i];
    let dependents = |wanted: &[Deprel]| {
        // Auxiliaries, subjects and agents of English stand close: look no farther than this.
        let from = i.saturating_sub(24);
        (from..heads.len().min(i + 24)).any(|c| heads[c] == Some(i as u32) && wanted.contains(&relations[c]))
    };
    match xpos {
        Xpos::VBN => {
            let passive = match upos {
                Upos::Aux => false,
                _ if dependents(&[
                    Deprel::AuxPass,
                    Deprel::NsubjPass,
                    Deprel::CsubjPass,
                    Deprel::OblAgent,
                ]) =>
                {
                    true
                }
                _ if dependents(&[Deprel::Aux]) => false,
                _ => matches!(relation, Deprel::Acl | Deprel::Amod | Deprel::Advcl | Deprel::Xcomp),
            };
            if passive {
                morphs[i] = morphs[i].with(Morph::PASSIVE);
            }
        }
        Xpos::VBG if upos == Upos::Aux || dependents(&[Deprel::Aux]) || matches!(relation, Deprel::Amod) => {
            morphs[i] = Morph::PARTICIPLE.with(Morph::PRESENT);
        }
        Xpos::VB if relation == Deprel::Root && !dependents(&[Deprel::Aux, Deprel::Mark, Deprel::Nsubj]) => {
            morphs[i] = Morph::FINITE.with(Morph::IMPERATIVE);
        }
        Xpos::WP | Xpos::WDT | Xpos::WPS | Xpos::WRB => {
            let relative = ancestors(i, heads)
                .take(4)
                .any(|a| matches!(relations[a], Deprel::AclRelcl | Deprel::AdvclRelcl));
            if relative {
                morphs[i] = Morph::RELATIVE;
            }
        }
        _ => {}
    }
    if xpos == Xpos::PRPS || relation == Deprel::NmodPoss && upos == Upos::Pron {
        morphs[i] = morphs[i].with(Morph::POSSESSIVE);
    }
}

fn ancestors(i: usize, heads: &[Option<u32>]) -> impl Iterator<Item = usize> + '_ {
    let up = |at: usize| heads.get(at).copied().flatten().map(|h| h as usize);
    std::iter::successors(Some(i), move |&at| up(at))
}
