//! Relations of one verb that must agree on its voice: a passive auxiliary, a passive subject, an agent.
//!
//! The parser labels each arc by itself; what one of them knows, the others should too.

use super::{Deprel, Upos, Xpos};
use crate::core::text::is_day_or_month;

/// What hangs on a verb, as far as voice goes.
#[derive(Clone, Copy, Default)]
struct Verb {
    passive_auxiliary: bool,
    auxiliary: bool,
}

/// Makes the relations agree. `form` gives the words.
pub fn agree<'a>(
    heads: &[Option<u32>],
    relations: &mut [Deprel],
    tags: &[(Xpos, Upos)],
    form: impl Fn(usize) -> &'a str,
) {
    let mut verbs = vec![Verb::default(); heads.len()];
    let mut by = vec![false; heads.len()];
    for (i, head) in heads.iter().enumerate() {
        let Some(head) = head.map(|head| head as usize) else { continue };
        match relations[i] {
            Deprel::AuxPass => verbs[head].passive_auxiliary = true,
            Deprel::Aux => verbs[head].auxiliary = true,
            Deprel::Case if form(i).eq_ignore_ascii_case("by") => by[head] = true,
            _ => {}
        }
    }
    for i in 0..heads.len() {
        let Some(head) = heads[i].map(|head| head as usize) else { continue };
        let verb = verbs[head];
        let participle = tags[head].0 == Xpos::VBN;
        relations[i] = match relations[i] {
            Deprel::Nsubj if verb.passive_auxiliary => Deprel::NsubjPass,
            Deprel::NsubjPass if !verb.passive_auxiliary && verb.auxiliary => Deprel::Nsubj,
            Deprel::Csubj if verb.passive_auxiliary => Deprel::CsubjPass,
            Deprel::Obl
                if by[i]
                    && participle
                    && (is_doer(tags[i].0) || form(i) == "one")
                    && !is_day_or_month(form(i))
                    && passive(verb, relations[head]) =>
            {
                Deprel::OblAgent
            }
            // "Signed by Friday": a day signs nothing; and who acts stands behind "by".
            Deprel::OblAgent if !by[i] || is_day_or_month(form(i)) => Deprel::Obl,
            other => other,
        };
    }
}

/// Whether a participle is passive: by its auxiliary, or because it stands without any below another word.
fn passive(verb: Verb, relation: Deprel) -> bool {
    verb.passive_auxiliary
        || !verb.auxiliary
            && matches!(
                relation,
                Deprel::Acl
                    | Deprel::Amod
                    | Deprel::Advcl
                    | Deprel::Conj
                    | Deprel::Xcomp
                    // "Envoy seized by gunmen": headlines and captions leave the auxiliary out.
                    | Deprel::Root
                    | Deprel::Parataxis
            )
}

/// Nouns and pronouns ("by those around him", "by what they found") do things; numbers and times (by 2020, by 5 %) do not.
fn is_doer(tag: Xpos) -> bool {
    matches!(tag, Xpos::NN | Xpos::NNS | Xpos::NNP | Xpos::NNPS | Xpos::PRP | Xpos::WP | Xpos::DT)
}
