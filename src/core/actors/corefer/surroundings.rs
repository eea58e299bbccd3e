//! Whose "soldiers", "police" or "protesters" are, where the phrase itself does not say: of the countries that the text names the
//! likeliest, or none.
//!
//! Every country of the sentence and of the text before it is weighed by how its mentions stand to the description: as the place, the
//! doer, the one it is done to; near or far; in the same clause or another. The weights are fitted on the training part of the corpus
//! (`examples/surroundings.rs` writes what they are fitted to, tools/surroundings.py fits).

use super::Links;
use super::weights::WEIGHTS;
use crate::core::actors::{Form, Mention};
use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::ontology::Sector;
use crate::core::syntax::{Deprel, Sentence, Upos};
use smol_str::SmolStr;

/// Sees a description and its choices: the country (empty = none) and its features.
pub type Watch<'w> = &'w mut dyn FnMut(&Mention, &[(SmolStr, [f32; FEATURES])]);

/// How the mention of a country, or the description, stands in its clause.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    Doer,
    Undergoer,
    Other,
    Place,
    Motion,
}

const STANDS: usize = 5;
/// What sort of people the description means: armed, of the state, all others.
const CLASSES: usize = 3;

/// Where each group of features begins.
mod at {
    use super::{CLASSES, STANDS};
    /// Own stand (doer, undergoer, other) × the country's stand × same clause or not.
    pub const STAND: usize = 0;
    pub const CLASS: usize = STAND + 3 * STANDS * 2;
    pub const BEFORE: usize = CLASS + STANDS * CLASSES;
    pub const NEAREST: usize = BEFORE + 1;
    pub const ATTACHED: usize = NEAREST + CLASSES;
    pub const COORDINATED: usize = ATTACHED + 1;
    pub const GOVERNS: usize = COORDINATED + 1;
    pub const GOVERNED: usize = GOVERNS + 1;
    pub const MODIFIER: usize = GOVERNED + 1;
    pub const ALIKE: usize = MODIFIER + CLASSES;
    pub const EARLIER: usize = ALIKE + CLASSES;
    pub const ARTICLE: usize = EARLIER + CLASSES;
    pub const FIRST: usize = ARTICLE + 1;
    pub const HERE: usize = FIRST + CLASSES;
    pub const LAST_BEFORE: usize = HERE + 1;
    pub const NONE: usize = LAST_BEFORE + 1;
    pub const NONE_HERE: usize = NONE + CLASSES;
    pub const NONE_MANY: usize = NONE_HERE + 1;
    pub const NONE_BARE: usize = NONE_MANY + 1;
    pub const NONE_INTERNATIONAL: usize = NONE_BARE + 1;
    /// The description speaks × how the country stands elsewhere in the sentence.
    pub const SPEAKS: usize = NONE_INTERNATIONAL + 1;
    /// The country's mention speaks of the description's clause.
    pub const HEARS: usize = SPEAKS + STANDS;
    /// The choice is an international code.
    pub const INTERNATIONAL: usize = HEARS + CLASSES;
    pub const INTERNATIONAL_HERE: usize = INTERNATIONAL + CLASSES;
    pub const INTERNATIONAL_EARLIER: usize = INTERNATIONAL_HERE + 1;
    pub const INTERNATIONAL_DEFINITE: usize = INTERNATIONAL_EARLIER + 1;
    pub const END: usize = INTERNATIONAL_DEFINITE + 1;
}

/// How many features a choice has.
pub const FEATURES: usize = at::END;

/// No more countries than these are weighed for one description.
const CHOICES: usize = 24;

struct Place {
    stand: Stand,
    /// The verb, or the top of the sentence.
    clause: u32,
    /// The nominal of the clause that the mention stands in.
    top: u32,
    direct: bool,
}

impl Links<'_, '_> {
    /// Descriptions without a country take it from what surrounds them.
    pub(super) fn surroundings(&mut self, watch: Watch<'_>) {
        let mut before = Weights::default();
        let mut whole = Weights::default();
        let mut first: Option<SmolStr> = None;
        for mention in &self.list {
            if let Some(code) = named_code(mention) {
                whole.add(code, 1.0);
                first.get_or_insert_with(|| code.clone());
            }
        }
        let mut at = 0;
        while at < self.list.len() {
            let index = self.list[at].head.sentence;
            let end = at + self.list[at..].partition_point(|m| m.head.sentence == index);
            let wanting: Vec<usize> = (at..end).filter(|&i| self.wants_land(i)).collect();
            if !wanting.is_empty() {
                let sentence = &self.reader.document.sentences[index as usize];
                let named: Vec<usize> = (at..end).filter(|&j| named_code(&self.list[j]).is_some()).collect();
                let places: Vec<Place> = named.iter().map(|&j| self.place(sentence, j)).collect();
                for &i in &wanting {
                    let choices = self.choices(sentence, i, &named, &places, &before, &whole, first.as_ref());
                    watch(&self.list[i], &choices);
                    let best = choices.iter().map(|(code, features)| (code, dot(features))).fold(
                        None,
                        |best: Option<(&SmolStr, f32)>, next| match best {
                            Some(best) if best.1 >= next.1 => Some(best),
                            _ => Some(next),
                        },
                    );
                    let Some((code, _)) = best.filter(|(code, _)| !code.is_empty()) else { continue };
                    let code = code.clone();
                    let identity = &mut self.list[i].identity;
                    identity.country = Some(code);
                    identity.reason = SmolStr::new_static("role word; the country of its surroundings");
                }
            }
            before.fade(0.7);
            for mention in &self.list[at..end] {
                if let Some(code) = named_code(mention)
                    .filter(|_| mention.identity.reason != "role word; the country of its surroundings")
                {
                    before.add(code, 0.6);
                }
            }
            at = end;
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn choices(
        &self,
        sentence: &Sentence,
        i: usize,
        named: &[usize],
        places: &[Place],
        before: &Weights,
        whole: &Weights,
        first: Option<&SmolStr>,
    ) -> Vec<(SmolStr, [f32; FEATURES])> {
        let own = self.place(sentence, i);
        let head = self.list[i].head.token;
        let class = class(self.list[i].identity.sectors.first());
        let mut choices: Vec<(SmolStr, [f32; FEATURES])> = Vec::new();
        let mut nearest: Option<(u32, usize)> = None;
        let mut last_before: Option<(u32, usize)> = None;
        for (&j, place) in named.iter().zip(places) {
            let Some(code) = named_code(&self.list[j]).filter(|_| j != i) else { continue };
            let slot = match choices.iter().position(|(known, _)| known == code) {
                Some(slot) => slot,
                None if choices.len() < CHOICES => {
                    choices.push((code.clone(), [0.0; FEATURES]));
                    choices.len() - 1
                }
                None => continue,
            };
            let features = &mut choices[slot].1;
            let token = self.list[j].head.token;
            let distance = token.abs_diff(head);
            if nearest.is_none_or(|(known, _)| distance < known) {
                nearest = Some((distance, slot));
            }
            if token < head && last_before.is_none_or(|(known, _)| token > known) {
                last_before = Some((token, slot));
            }
            let same = place.clause == own.clause;
            let mine = match own.stand {
                Stand::Doer => 0,
                Stand::Undergoer => 1,
                _ => 2,
            };
            features[at::STAND + (mine * STANDS + place.stand as usize) * 2 + usize::from(same)] = 1.0;
            features[at::CLASS + place.stand as usize * CLASSES + class] = 1.0;
            features[at::HERE] = 1.0;
            if token < head {
                features[at::BEFORE] = 1.0;
            }
            if !place.direct {
                features[at::MODIFIER + class] = 1.0;
            }
            if climbs(sentence, token, head) {
                features[at::ATTACHED] = 1.0;
            } else if place.top == own.top || climbs(sentence, head, token) {
                features[at::COORDINATED] = 1.0;
            }
            if !same && under(sentence, own.clause, place.clause) {
                features[at::GOVERNS] = 1.0;
            } else if !same && under(sentence, place.clause, own.clause) {
                features[at::GOVERNED] = 1.0;
            }
            if !same && speaks(sentence, own.clause) {
                features[at::SPEAKS + place.stand as usize] = 1.0;
            } else if !same && speaks(sentence, place.clause) && place.stand == Stand::Doer {
                features[at::HEARS + class] = 1.0;
            }
            let other = &self.list[j].identity;
            if other.kind != ParticipantKind::Country
                && other.sectors.first() == self.list[i].identity.sectors.first()
            {
                features[at::ALIKE + class] = 1.0;
            }
        }
        if let Some((_, slot)) = nearest {
            choices[slot].1[at::NEAREST + class] = 1.0;
        }
        if let Some((_, slot)) = last_before {
            choices[slot].1[at::LAST_BEFORE] = 1.0;
        }
        let here = choices.len();
        for (weights, feature) in [(before, at::EARLIER + class), (whole, at::ARTICLE)] {
            let total: f32 = weights.0.iter().map(|(_, weight)| weight).sum();
            for (code, weight) in &weights.0 {
                let slot = match choices.iter().position(|(known, _)| known == code) {
                    Some(slot) => slot,
                    None if choices.len() < CHOICES => {
                        choices.push((code.clone(), [0.0; FEATURES]));
                        choices.len() - 1
                    }
                    None => continue,
                };
                choices[slot].1[feature] = weight / total.max(0.01);
            }
        }
        if let Some((_, features)) =
            first.and_then(|first| choices.iter_mut().find(|(code, _)| code == first))
        {
            features[at::FIRST + class] = 1.0;
        }
        for (code, features) in &mut choices {
            if INTERNATIONAL.contains(&code.as_str()) {
                features[at::INTERNATIONAL + class] = 1.0;
                features[at::INTERNATIONAL_HERE] = features[at::HERE];
                features[at::INTERNATIONAL_EARLIER] = features[at::EARLIER + class];
                features[at::INTERNATIONAL_DEFINITE] = f32::from(u8::from(self.clues[i].definite));
            }
        }
        let mut none = [0.0; FEATURES];
        none[at::NONE + class] = 1.0;
        none[at::NONE_HERE] = f32::from(u8::from(here == 0));
        none[at::NONE_MANY] = f32::from(u8::from(here > 2));
        none[at::NONE_BARE] = f32::from(u8::from(!self.clues[i].definite));
        none[at::NONE_INTERNATIONAL] =
            f32::from(u8::from(named.iter().any(|&j| international(&self.list[j]))));
        choices.push((SmolStr::default(), none));
        choices
    }

    /// How a mention stands in its sentence.
    fn place(&self, sentence: &Sentence, i: usize) -> Place {
        let mention = &self.list[i];
        let mut top = mention.head.token;
        let mut direct = true;
        for _ in 0..8 {
            use Deprel::*;
            let token = sentence.token(top);
            let inside = matches!(
                token.deprel,
                Amod | Compound
                    | Nmod
                    | NmodPoss
                    | NmodDesc
                    | NmodUnmarked
                    | Appos
                    | Conj
                    | Flat
                    | Nummod
                    | Det
            );
            let Some(head) = token.head.filter(|_| inside) else { break };
            if sentence.token(head).upos == Upos::Verb {
                break;
            }
            direct &= token.deprel == Conj;
            top = head;
        }
        let token = sentence.token(top);
        let clause = token.head.unwrap_or(top);
        let stand = if mention.locative {
            if self.places(sentence, mention.head.token) { Stand::Place } else { Stand::Motion }
        } else {
            match token.deprel {
                Deprel::Nsubj | Deprel::NsubjOuter | Deprel::OblAgent => Stand::Doer,
                Deprel::NsubjPass | Deprel::Obj | Deprel::Iobj => Stand::Undergoer,
                _ => Stand::Other,
            }
        };
        Place { stand, clause, top, direct }
    }

    /// Whether the mention is a role without a country.
    fn wants_land(&self, i: usize) -> bool {
        let mention = &self.list[i];
        let identity = &mention.identity;
        let titled = mention.form == Form::Name
            && identity.kind == ParticipantKind::Person
            && self.clues[i].role.is_some();
        (mention.form == Form::Description || titled)
            && identity.country.is_none()
            && mention.members.is_empty()
            && mention.antecedent.is_none()
            && !identity.sectors.is_empty()
            && identity.sectors != [Sector::Unknown]
            && identity.basis == ParticipantBasis::Description
            && !self.clues[i].homeless
    }

    /// Whether the word says where the sentence takes place, rather than whereto or whence.
    fn places(&self, sentence: &Sentence, token: u32) -> bool {
        sentence.children_by(token, Deprel::Case).any(|case| {
            let case = sentence.token(case);
            case.upos == Upos::Adp
                && matches!(
                    case.lemma.as_str(),
                    "in" | "at" | "near" | "outside" | "across" | "inside" | "throughout" | "around"
                )
        })
    }
}

/// Whether `from` hangs under `to` by nominal relations.
fn climbs(sentence: &Sentence, from: u32, to: u32) -> bool {
    let mut at = from;
    for _ in 0..6 {
        let token = sentence.token(at);
        if !matches!(
            token.deprel,
            Deprel::Nmod | Deprel::NmodPoss | Deprel::Amod | Deprel::Compound | Deprel::Appos | Deprel::Acl
        ) {
            return false;
        }
        let Some(head) = token.head else { return false };
        if head == to {
            return true;
        }
        at = head;
    }
    false
}

/// Whether a clause stands under another.
fn under(sentence: &Sentence, clause: u32, above: u32) -> bool {
    sentence.ancestors(clause).take(12).any(|token| token == above)
}

fn class(sector: Option<&Sector>) -> usize {
    use Sector::*;
    match sector {
        Some(Military | Police | Rebel | UnidentifiedArmed | ProGovernmentParamilitary | Criminal | Spy) => 0,
        Some(Government | Legislature | Judiciary | Party | Opposition | Elite) => 1,
        _ => 2,
    }
}

fn dot(features: &[f32; FEATURES]) -> f32 {
    features.iter().zip(&WEIGHTS).map(|(x, w)| x * w).sum()
}

const INTERNATIONAL: [&str; 7] = ["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"];

fn international(mention: &Mention) -> bool {
    mention.identity.country.as_ref().is_some_and(|code| INTERNATIONAL.contains(&code.as_str()))
}

/// Whether the clause reports speech.
fn speaks(sentence: &Sentence, clause: u32) -> bool {
    matches!(
        sentence.lemma(clause),
        "say"
            | "tell"
            | "report"
            | "announce"
            | "add"
            | "warn"
            | "claim"
            | "state"
            | "confirm"
            | "believe"
            | "write"
            | "insist"
            | "admit"
            | "note"
            | "explain"
            | "recall"
            | "recount"
            | "allege"
            | "quote"
            | "suspect"
            | "think"
    )
}

/// The country or international code that a mention names by itself.
fn named_code(mention: &Mention) -> Option<&SmolStr> {
    if mention.form == Form::Pronoun || mention.identity.reason == "demonym of another party" {
        return None;
    }
    mention.identity.country.as_ref()
}

/// Countries with weights, in order of first mention.
#[derive(Clone, Debug, Default)]
struct Weights(Vec<(SmolStr, f32)>);

impl Weights {
    fn add(&mut self, code: &SmolStr, weight: f32) {
        match self.0.iter().position(|(known, _)| known == code) {
            Some(at) => self.0[at].1 += weight,
            None if self.0.len() < 64 => self.0.push((code.clone(), weight)),
            None => {}
        }
    }

    fn fade(&mut self, by: f32) {
        self.0.iter_mut().for_each(|(_, weight)| *weight *= by);
    }
}
