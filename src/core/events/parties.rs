//! From a word of the tree to the participants it stands for: the mention itself, its conjuncts, or those inside the
//! phrase ("condemned the *Israeli* strike", "foreign ministers from *Turkey* and *Iran*").

use super::clause::introduced_by;
use super::codebook::Sectors;
use crate::core::actors::{Form, Identity, Mention, Mentions};
use crate::core::extraction::ParticipantKind;
use crate::core::syntax::{Deprel, Sentence, Upos};

/// The mentions of one sentence by the word that heads them.
pub struct Parties<'m> {
    mentions: &'m Mentions,
    /// 1 + index into the list, by token; 0 = none.
    by_head: Vec<u32>,
}

/// Prepositions whose noun is no subject of what follows.
const GOVERNING: &[&str] = &[
    "of",
    "in",
    "to",
    "from",
    "for",
    "with",
    "by",
    "on",
    "at",
    "against",
    "between",
    "into",
    "over",
    "about",
    "under",
    "near",
    "through",
    "across",
    "among",
    "like",
    "without",
    "despite",
    "during",
    "behind",
    "toward",
    "towards",
    "outside",
    "inside",
    "via",
    "alongside",
    "including",
    "upon",
];
/// How deep a phrase is searched when its head is nobody.
const DEPTH: usize = 3;
/// More participants than this in one slot are a list, not parties.
const MOST: usize = 24;

impl<'m> Parties<'m> {
    /// Indexes the mentions of a sentence.
    pub fn of(mentions: &'m Mentions, index: u32, sentence: &Sentence) -> Parties<'m> {
        let mut by_head = vec![0; sentence.tokens.len()];
        // Mentions are in text order; those of one sentence lie together.
        let from = mentions.list.partition_point(|mention| mention.head.sentence < index);
        for (offset, mention) in mentions.list[from..].iter().enumerate() {
            if mention.head.sentence != index {
                break;
            }
            if let Some(slot) = by_head.get_mut(mention.head.token as usize) {
                // The widest of several with one head comes first.
                if *slot == 0 {
                    *slot = (from + offset) as u32 + 1;
                }
            }
        }
        Parties { mentions, by_head }
    }

    /// The mention that this word heads.
    pub fn at(&self, token: u32) -> Option<u32> {
        self.by_head.get(token as usize).and_then(|&slot| slot.checked_sub(1))
    }

    /// The mention whose phrase holds this word, the narrowest of several.
    pub fn around(&self, sentence: &Sentence, token: u32) -> Option<u32> {
        let word = sentence.token(token).span;
        let indices = self.by_head.iter().filter_map(|slot| slot.checked_sub(1));
        indices
            .filter(|&index| self.mention(index).span.contains(word))
            .min_by_key(|&index| self.mention(index).span.len())
    }

    /// The head of the mention that ends with this word, unless a preposition governs it.
    pub fn ending_at(&self, sentence: &Sentence, token: u32) -> Option<u32> {
        let end = sentence.token(token).span.end;
        (token.saturating_sub(8)..=token).rev().find(|&head| {
            self.at(head).is_some_and(|index| self.mention(index).span.end == end && self.is_known(index))
                && !introduced_by(sentence, head, GOVERNING)
        })
    }

    /// The mention of that index.
    pub fn mention(&self, index: u32) -> &'m Mention {
        &self.mentions.list[index as usize]
    }

    /// Whether we know enough of it to code it: a country or a sector.
    pub fn is_known(&self, index: u32) -> bool {
        let mention = self.mention(index);
        let known = |identity: &Identity| identity.country.is_some() || !identity.sectors.is_empty();
        known(&mention.identity)
            || mention.members.iter().any(|&member| {
                self.mentions.list.get(member as usize).is_some_and(|member| known(&member.identity))
            })
    }

    /// The participants that a word stands for, its conjuncts included.
    ///
    /// `inside` tells whether a phrase headed by nobody may stand for someone inside it.
    pub fn collect(&self, sentence: &Sentence, token: u32, inside: &dyn Fn(u32) -> bool) -> Vec<u32> {
        let mut found = Vec::new();
        let mut queue = vec![token];
        let mut at = 0;
        while at < queue.len() && found.len() < MOST {
            let word = queue[at];
            at += 1;
            self.of_phrase(sentence, word, inside, &mut found);
            queue.extend(sentence.children_by(word, Deprel::Conj).filter(|&c| !is_clause(sentence, c)));
        }
        found
    }

    fn of_phrase(&self, sentence: &Sentence, token: u32, inside: &dyn Fn(u32) -> bool, found: &mut Vec<u32>) {
        let mut push = |index: u32| {
            if !found.contains(&index) && found.len() < MOST {
                found.push(index);
            }
        };
        if let Some(index) = self.at(token).filter(|&index| !self.mention(index).members.is_empty()) {
            push(index);
            return;
        }
        let plural = matches!(sentence.token(token).xpos, crate::core::syntax::Xpos::NNS);
        if plural {
            // "Indian and Pakistani prime ministers", "ministers from Turkey and Iran": each country for itself.
            for children in [Deprel::Amod, Deprel::Compound, Deprel::Nmod] {
                for child in sentence.children_by(token, children) {
                    if children == Deprel::Nmod && !introduced_by(sentence, child, &["from", "of"]) {
                        continue;
                    }
                    let list: Vec<u32> = super::clause::with_conjuncts(sentence, child)
                        .into_iter()
                        .filter_map(|word| self.at(word))
                        .filter(|&index| self.is_country(index))
                        .collect();
                    if list.len() > 1 {
                        let head =
                            self.at(token).is_none_or(|index| self.mention(index).identity.country.is_none());
                        if head || children != Deprel::Nmod || self.role_noun(token) {
                            list.into_iter().for_each(&mut push);
                            return;
                        }
                    }
                }
            }
        }
        if let Some(index) = self.at(token).filter(|&index| self.is_known(index)) {
            push(index);
            return;
        }
        let before = found.len();
        if inside(token) {
            self.inside(sentence, token, found);
        } else if let Some(index) = sentence
            .child(token, Deprel::NmodPoss)
            .and_then(|owner| self.at(owner))
            .filter(|&index| self.at(token).is_none() && self.is_country(index))
        {
            // "Armenia's top brass": a country's own.
            found.push(index);
        }
        if found.len() == before {
            // Nobody known inside: an unknown person or group is still a participant.
            if let Some(index) = self.at(token) {
                found.push(index);
            }
        }
    }

    /// The first participants inside a phrase whose own head is nobody: possessor, "by", "of", modifiers.
    fn inside(&self, sentence: &Sentence, token: u32, found: &mut Vec<u32>) {
        let mut level = vec![token];
        for _ in 0..DEPTH {
            let mut next = Vec::new();
            for &word in &level {
                for relation in [
                    Deprel::NmodPoss,
                    Deprel::Nmod,
                    Deprel::Compound,
                    Deprel::Amod,
                    Deprel::Flat,
                    Deprel::NmodDesc,
                    Deprel::Appos,
                ] {
                    for child in sentence.children_by(word, relation) {
                        if relation == Deprel::Nmod
                            && !introduced_by(
                                sentence,
                                child,
                                &["by", "of", "from", "against", "between", "among", "to"],
                            )
                        {
                            continue;
                        }
                        let mut any = false;
                        for one in super::clause::with_conjuncts(sentence, child) {
                            if let Some(index) = self.at(one).filter(|&index| self.is_known(index)) {
                                if !found.contains(&index) {
                                    found.push(index);
                                }
                                any = true;
                            }
                        }
                        if any {
                            return;
                        }
                        next.push(child);
                    }
                }
            }
            level = next;
        }
    }

    /// Whether a slot's condition admits the mention, or one of the members it stands for.
    pub fn admitted(&self, sectors: Sectors, index: u32) -> bool {
        let mention = self.mention(index);
        sectors.admits(&mention.identity)
            || mention.members.iter().any(|&member| {
                self.mentions.list.get(member as usize).is_some_and(|member| sectors.admits(&member.identity))
            })
    }

    /// Whether it is a person by name of whom we know no more.
    pub fn is_named_person(&self, index: u32) -> bool {
        let mention = self.mention(index);
        mention.form == Form::Name && mention.identity.kind == ParticipantKind::Person
    }

    /// Whether two mentions of one state belong to different powers in it.
    pub fn differ_in_sector(&self, a: u32, b: u32) -> bool {
        self.mention(a).identity.sectors.first() != self.mention(b).identity.sectors.first()
    }

    /// Whether the mention, or each of the members it stands for, has a country or an international code.
    pub fn has_country(&self, index: u32) -> bool {
        let mention = self.mention(index);
        mention.identity.country.is_some()
            || (!mention.members.is_empty()
                && mention.members.iter().all(|&member| {
                    self.mentions
                        .list
                        .get(member as usize)
                        .is_some_and(|member| member.identity.country.is_some())
                }))
    }

    /// How many different countries the mentions and their members come from.
    pub fn countries(&self, list: &[u32]) -> usize {
        let mut seen: Vec<&str> = Vec::new();
        let members = list.iter().flat_map(|&index| self.mention(index).members.iter().copied());
        for index in list.iter().copied().chain(members) {
            if let Some(country) =
                self.mentions.list.get(index as usize).and_then(|one| one.identity.country.as_deref())
                && !seen.contains(&country)
            {
                seen.push(country);
            }
        }
        seen.len()
    }

    /// Whether two mentions speak for the same state or body.
    pub fn same_side(&self, a: u32, b: u32) -> bool {
        let (a, b) = (&self.mention(a).identity, &self.mention(b).identity);
        a.country.is_some() && a.country == b.country
    }

    fn is_country(&self, index: u32) -> bool {
        let identity = &self.mention(index).identity;
        identity.kind == ParticipantKind::Country && identity.country.is_some()
    }

    fn role_noun(&self, token: u32) -> bool {
        self.at(token).is_none_or(|index| self.mention(index).identity.kind != ParticipantKind::Organization)
    }
}

fn is_clause(sentence: &Sentence, token: u32) -> bool {
    sentence.token(token).upos == Upos::Verb || sentence.child(token, Deprel::Nsubj).is_some()
}
