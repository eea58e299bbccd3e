//! The issue at stake: words of the sentence, a little of its paragraph, what the deed is, and who takes part.
//!
//! data/events/contexts.tsv says which words speak for which issue; data/events/context_weights.tsv, learned by `demarche train
//! contexts`, says how much such words, the deed and the participants are worth.

use super::codebook::Codebook;
use super::coding::CodedEvent;
use crate::core::actors::{Identity, Mentions};
use crate::core::extraction::ParticipantKind;
use crate::core::ontology::{Context, Sector};
use crate::core::syntax::{Document, Sentence, Upos};

/// Words of this weight alone make a context, where no weights are learned.
const ENOUGH: f32 = 0.95;
/// What a word of another sentence of the paragraph counts.
const PARAGRAPH: f32 = 0.3;
/// More contexts than this are not given.
const MOST: usize = 3;
/// A context is given from this likelihood on; chosen by cross-validation on corpus/train and corpus/news/train.
const LIKELY: f32 = 0.25;
/// More words of one issue make it no likelier.
const CEILING: f32 = 2.5;

/// The weights of one sentence's words, by context.
pub type Weights = [f32; Context::ALL.len()];

/// What the words of a sentence say of the issues at stake.
pub fn weigh(codebook: &Codebook, sentence: &Sentence) -> Weights {
    let mut weights = [0.0; Context::ALL.len()];
    let mut seen: Vec<&str> = Vec::new();
    let mut before: Option<&str> = None;
    let mut pair = String::new();
    for token in &sentence.tokens {
        let lemma = token.lemma.as_str();
        if token.upos == Upos::Punct {
            before = None;
            continue;
        }
        if !seen.contains(&lemma) {
            seen.push(lemma);
            pair.clear();
            pair.extend(lemma.chars().flat_map(char::to_lowercase));
            add(codebook, &pair, &mut weights);
        }
        if let Some(before) = before {
            pair.clear();
            pair.extend(before.chars().chain([' ']).chain(lemma.chars()).flat_map(char::to_lowercase));
            add(codebook, &pair, &mut weights);
        }
        before = Some(lemma);
    }
    weights
}

fn add(codebook: &Codebook, word: &str, weights: &mut Weights) {
    for &(context, weight) in codebook.contexts.get(word).into_iter().flatten() {
        weights[context as usize] += weight;
    }
}

/// What the words around an event say; `weights` holds those of every sentence of the article.
pub fn around(document: &Document, weights: &[Weights], event: &CodedEvent) -> Weights {
    let own = event.trigger.sentence as usize;
    let mut sum = weights[own];
    let paragraph = document.sentences[own].paragraph;
    for near in [own.wrapping_sub(1), own + 1] {
        if document.sentences.get(near).is_some_and(|sentence| sentence.paragraph == paragraph) {
            for (total, weight) in sum.iter_mut().zip(&weights[near]) {
                *total += PARAGRAPH * weight;
            }
        }
    }
    sum
}

/// What the words say for one context, as named values: how much, whether enough, and beside the others.
pub fn told(words: &Weights, context: Context) -> [(&'static str, f32); 4] {
    let own = words[context as usize];
    let most = words.iter().copied().fold(0.01, f32::max);
    let enough = if own >= ENOUGH { 1.0 } else { 0.0 };
    [("bias", 1.0), ("words", own.min(CEILING)), ("enough", enough), ("share", own / most)]
}

/// What the deed and its participants are, as names.
pub fn signs(event: &CodedEvent, mentions: &Mentions) -> Vec<String> {
    let mut signs = vec![event.event_type.to_string()];
    signs.extend(event.mode.map(|mode| format!("{}-{mode}", event.event_type)));
    let who = |list: &[u32]| -> Vec<&Identity> {
        list.iter().filter_map(|&i| Some(&mentions.list.get(i as usize)?.identity)).collect()
    };
    let (actors, recipients) = (who(&event.actors), who(&event.recipients));
    for (role, list) in [("actor", &actors), ("recipient", &recipients)] {
        for identity in list {
            signs.extend(identity.sectors.iter().map(|sector| format!("{role} {}", sector.name())));
            if identity.sectors.is_empty() && identity.kind == ParticipantKind::Country {
                signs.push(format!("{role} {}", Sector::Government.name()));
            }
            signs.extend(
                identity
                    .country
                    .as_deref()
                    .filter(|code| is_international(code))
                    .map(|c| format!("{role} {c}")),
            );
        }
    }
    let countries = |list: &[&Identity]| -> Vec<String> {
        let mut codes: Vec<String> =
            list.iter().filter_map(|identity| Some(identity.country.as_ref()?.to_string())).collect();
        codes.sort();
        codes.dedup();
        codes
    };
    let (from, to) = (countries(&actors), countries(&recipients));
    if from.len() > 1 {
        signs.push("several countries".to_owned());
    }
    signs.push(match () {
        () if recipients.is_empty() => "nobody else".to_owned(),
        () if from.iter().any(|code| to.contains(code)) => "one country".to_owned(),
        () => "two countries".to_owned(),
    });
    signs.sort();
    signs.dedup();
    signs
}

fn is_international(code: &str) -> bool {
    matches!(code, "IGO" | "UNO" | "EUR" | "NGO" | "ISM" | "IMG" | "MNC")
}

/// The contexts of an event, most certain first. `weights` holds those of every sentence of the article.
pub fn contexts(
    codebook: &Codebook,
    document: &Document,
    mentions: &Mentions,
    weights: &[Weights],
    event: &CodedEvent,
) -> Vec<Context> {
    let mut words = around(document, weights, event);
    let learned = &codebook.context_weights;
    let mut found: Vec<(Context, f32)> = if learned.is_empty() {
        add(codebook, event.event_type.name(), &mut words);
        if let Some(mode) = event.mode {
            add(codebook, &format!("{}-{mode}", event.event_type), &mut words);
        }
        let all = Context::ALL.iter().map(|&context| (context, words[context as usize]));
        all.filter(|&(_, weight)| weight >= ENOUGH).collect()
    } else {
        let mut sums = [0.0; Context::ALL.len()];
        for sign in signs(event, mentions) {
            for &(context, weight) in learned.get(sign.as_str()).into_iter().flatten() {
                sums[context as usize] += weight;
            }
        }
        for name in ["bias", "words", "enough", "share"] {
            for &(context, weight) in learned.get(name).into_iter().flatten() {
                let value =
                    told(&words, context).iter().find(|value| value.0 == name).map_or(0.0, |value| value.1);
                sums[context as usize] += weight * value;
            }
        }
        // A context without weights of its own has never been seen: its words alone decide.
        let known: Vec<Context> =
            learned.get("bias").into_iter().flatten().map(|&(context, _)| context).collect();
        let likely = |context: Context| {
            if known.contains(&context) {
                1.0 / (1.0 + (-sums[context as usize]).exp())
            } else if words[context as usize] >= ENOUGH {
                LIKELY
            } else {
                0.0
            }
        };
        let all = Context::ALL.iter().map(|&context| (context, likely(context)));
        all.filter(|&(_, share)| share >= LIKELY).collect()
    };
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    found.truncate(MOST);
    found.into_iter().map(|(context, _)| context).collect()
}
