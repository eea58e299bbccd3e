//! Links across the article: appositions, bracketed acronyms, surnames, descriptions and pronouns lead to whom they stand for.
//!
//! Rules over the tree, in text order: agreement first, then recency, grammatical role and how often somebody was named. Where two
//! fit equally well the mention stays unresolved and says so.

mod local;
mod referent;
mod settle;
mod sight;
mod surroundings;

pub use surroundings::Watch;

use super::describe::Reader;
use super::find::Found;
use super::{Form, Identity, Mention, Mentions};
use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::syntax::{Deprel, TokenRef};
use referent::{Referents, Want};
use smol_str::SmolStr;

/// What linking needs to know of a mention beside the mention itself.
#[derive(Clone, Debug)]
pub(super) struct Clue {
    pub role: Option<u16>,
    pub plural: bool,
    pub definite: bool,
    pub possessor: Option<TokenRef>,
    pub name_words: Vec<SmolStr>,
    pub members: Vec<TokenRef>,
    pub homeless: bool,
    /// People who are what their leader or body is: men, commanders, spokesmen, fighters.
    pub retinue: bool,
}

/// Mentions and clues while links are made.
pub(super) struct Links<'r, 'a> {
    pub reader: &'r Reader<'a>,
    pub list: Vec<Mention>,
    pub clues: Vec<Clue>,
    by_head: Vec<(TokenRef, u32)>,
    /// Acronyms introduced in brackets, and what they stand for.
    aliases: Vec<(SmolStr, u32)>,
}

/// Links the mentions of an article, which come in text order.
pub(super) fn link(reader: &Reader<'_>, found: Vec<Found>, watch: surroundings::Watch<'_>) -> Mentions {
    let mut links =
        Links { reader, list: Vec::new(), clues: Vec::new(), by_head: Vec::new(), aliases: Vec::new() };
    for found in found {
        links.take(found);
    }
    links.index();
    links.members();
    links.appositions();
    links.brackets();
    let mut referents = Referents::default();
    for i in 0..links.list.len() as u32 {
        links.walk(i, &mut referents);
    }
    links.cataphors();
    links.settle(watch);
    links.relatives();
    links.prune()
}

fn is_retinue(role: &str) -> bool {
    matches!(
        role.rsplit(' ').next().unwrap_or(role),
        "man"
            | "men"
            | "commander"
            | "chief"
            | "leader"
            | "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "chairman"
            | "secretary"
            | "deputy"
            | "member"
            | "fighter"
            | "soldier"
            | "force"
            | "forces"
            | "troops"
            | "bodyguard"
            | "guard"
            | "officer"
            | "official"
            | "supporter"
            | "follower"
            | "colleague"
            | "side"
            | "wing"
            | "council"
            | "leadership"
            | "unit"
            | "trooper"
    )
}

impl Links<'_, '_> {
    fn take(&mut self, found: Found) {
        let Found { head, span, draft, locative } = found;
        let at = |token: u32| TokenRef { sentence: head.sentence, token };
        let clue = Clue {
            role: draft.role,
            plural: draft.plural,
            definite: draft.definite,
            possessor: draft.possessor.map(at),
            name_words: draft.name_words,
            members: draft.members.into_iter().map(at).collect(),
            homeless: draft.homeless,
            retinue: draft.role.is_some_and(|role| is_retinue(&self.reader.actors.roles[role as usize].name)),
        };
        let mention = Mention {
            head,
            span,
            identity: draft.identity,
            form: draft.form,
            antecedent: None,
            members: Vec::new(),
            locative,
        };
        let index = self.list.len() as u32;
        let pair = draft.lands;
        self.list.push(mention);
        self.clues.push(clue);
        for (n, land) in pair.iter().enumerate() {
            // "the two Koreas": one mention for each, on the same words.
            let row = self.reader.actors.land(*land);
            let mut each = self.list[index as usize].clone();
            each.identity.name = row.name.clone();
            each.identity.country = Some(row.code.clone());
            each.identity.wikidata_id = Some(row.wikidata.clone());
            each.identity.reason = SmolStr::new_static("one of the countries of that name");
            each.members.clear();
            self.list.push(each);
            self.clues.push(Clue { members: Vec::new(), ..self.clues[index as usize].clone() });
            self.list[index as usize].members.push(index + 1 + n as u32);
        }
        if !pair.is_empty() {
            self.list[index as usize].identity.country = None;
        }
    }

    fn index(&mut self) {
        self.by_head = self.list.iter().enumerate().map(|(i, mention)| (mention.head, i as u32)).collect();
        self.by_head.sort_unstable();
        self.by_head.dedup_by_key(|&mut (head, _)| head);
    }

    /// The first mention with that head.
    pub fn at(&self, head: TokenRef) -> Option<u32> {
        let found = self.by_head.binary_search_by_key(&head, |&(head, _)| head).ok()?;
        Some(self.by_head[found].1)
    }

    /// The relation of a mention's head to its governor.
    pub fn relation(&self, i: u32) -> Deprel {
        self.reader.document.token(self.list[i as usize].head).deprel
    }

    /// Names inside a plural phrase that it stands for take over its role.
    fn members(&mut self) {
        for i in 0..self.list.len() {
            let heads = std::mem::take(&mut self.clues[i].members);
            let members: Vec<u32> =
                heads.into_iter().filter_map(|head| self.at(head)).filter(|&m| m as usize != i).collect();
            if members.len() < 2 {
                continue;
            }
            let sectors = self.list[i].identity.sectors.clone();
            for &member in &members {
                let identity = &mut self.list[member as usize].identity;
                let international = identity
                    .country
                    .as_ref()
                    .is_some_and(|code| matches!(code.as_str(), "IGO" | "UNO" | "EUR"));
                if !sectors.is_empty() && !international {
                    identity.sectors = sectors.clone();
                }
                self.list[member as usize].locative = false;
            }
            self.list[i].members = members;
        }
    }

    fn walk(&mut self, i: u32, referents: &mut Referents) {
        let mention = &self.list[i as usize];
        match mention.form {
            Form::Pronoun => self.pronoun(i, referents),
            Form::Name if mention.identity.kind == ParticipantKind::Person => self.person(i, referents),
            Form::Name | Form::Modifier => referents.note(self, i, None),
            Form::Description => self.description(i, referents),
        }
    }

    fn person(&mut self, i: u32, referents: &mut Referents) {
        if self.list[i as usize].antecedent.is_some() {
            referents.note(self, i, self.list[i as usize].antecedent);
            return;
        }
        let words = &self.clues[i as usize].name_words;
        if let [acronym] = words.as_slice()
            && let Some(&(_, whole)) =
                self.aliases.iter().find(|(alias, whole)| alias == acronym && *whole < i)
        {
            self.refer(i, whole, "acronym introduced in brackets");
            referents.note(self, i, Some(whole));
            return;
        }
        let known = self.list[i as usize].identity.basis == ParticipantBasis::Named;
        let earlier = referents.by_name(self, i, words);
        if let Some(earlier) = earlier {
            let (own, other) = (&self.list[i as usize].identity, &self.list[earlier as usize].identity);
            if !known || own.name == other.name {
                let reason = "the same name as before";
                self.refer(i, earlier, reason);
            }
            referents.note(self, i, Some(earlier));
            return;
        }
        if !known
            && words.len() == 1
            && self.list[i as usize].identity.country.is_none()
            && let Some(person) = self.reader.surname(&words[0].to_ascii_lowercase())
        {
            let mut identity = self.reader.actors.person_identity(person, self.reader.on);
            identity.reason = SmolStr::new_static("surname of one in high office on the day");
            self.list[i as usize].identity = identity;
        }
        referents.note(self, i, None);
    }

    /// Mention `i` stands for mention `to`.
    pub fn refer(&mut self, i: u32, to: u32, reason: &'static str) {
        let root = self.list[to as usize].antecedent.unwrap_or(to);
        if root == i {
            return;
        }
        let from = self.list[root as usize].identity.clone();
        let mention = &mut self.list[i as usize];
        mention.antecedent = Some(root);
        mention.identity =
            Identity { basis: ParticipantBasis::Coreference, reason: SmolStr::new_static(reason), ..from };
        self.list[i as usize].members = self.list[root as usize].members.clone();
    }

    fn pronoun(&mut self, i: u32, referents: &mut Referents) {
        if let Some(to) = local::relative(self, i) {
            self.refer(i, to, "relative pronoun");
            referents.note(self, i, Some(to));
            return;
        }
        let Some(want) = Want::of_pronoun(self, i) else { return };
        match referents.choose(self, i, &want) {
            Ok(referent::Choice::One(to)) => {
                self.refer(i, to, "pronoun: the nearest that agrees");
                referents.note(self, i, Some(to));
            }
            Ok(referent::Choice::Many(members)) => {
                self.list[i as usize].members = members;
                self.list[i as usize].identity.basis = ParticipantBasis::Coreference;
                self.list[i as usize].identity.reason =
                    SmolStr::new_static("pronoun: the parties named together");
            }
            Err(reason) => self.list[i as usize].identity.reason = SmolStr::new_static(reason),
        }
    }

    /// A relative pronoun's words are those of its antecedent: "Panama, which broke off talks" names Panama once.
    fn relatives(&mut self) {
        for i in 0..self.list.len() as u32 {
            if self.list[i as usize].form != Form::Pronoun {
                continue;
            }
            if let Some(to) = local::relative(self, i) {
                self.list[i as usize].span = self.list[to as usize].span;
            }
        }
    }

    /// Pronouns that nothing before them explains may stand for somebody after them.
    fn cataphors(&mut self) {
        for i in 0..self.list.len() as u32 {
            let mention = &self.list[i as usize];
            if mention.form != Form::Pronoun
                || mention.antecedent.is_some()
                || !mention.members.is_empty()
                || mention.identity.basis != ParticipantBasis::Unresolved
            {
                continue;
            }
            let Some(want) = Want::of_pronoun(self, i) else { continue };
            if let Some(to) = local::cataphor(self, i, &want) {
                self.refer(i, to, "pronoun: the one who speaks, or is spoken of, after it");
            }
        }
    }

    fn description(&mut self, i: u32, referents: &mut Referents) {
        let mention = &self.list[i as usize];
        if mention.antecedent.is_some() || !mention.members.is_empty() {
            referents.note(self, i, mention.antecedent);
            return;
        }
        if let Some(want) = Want::of_description(self, i) {
            match referents.choose(self, i, &want) {
                Ok(referent::Choice::One(to)) => {
                    self.refer(i, to, "description: the last that fits");
                    referents.note(self, i, Some(to));
                    return;
                }
                Ok(referent::Choice::Many(members)) => {
                    self.list[i as usize].members = members;
                    self.list[i as usize].identity.basis = ParticipantBasis::Coreference;
                    self.list[i as usize].identity.reason =
                        SmolStr::new_static("description: the parties named together");
                    return;
                }
                Err(reason) => {
                    if want.must && want.two {
                        // Both of what, nobody knows; what they are the noun says.
                        self.list[i as usize].identity.country = None;
                        self.clues[i as usize].homeless = true;
                    }
                    if want.must {
                        self.list[i as usize].identity.basis = ParticipantBasis::Unresolved;
                        self.list[i as usize].identity.reason = SmolStr::new_static(reason);
                    }
                }
            }
        }
        referents.note(self, i, None);
    }

    /// Drops names that nothing knows and that act nowhere, and remaps the links of the others.
    fn prune(self) -> Mentions {
        let Links { reader, list, .. } = self;
        let mut wanted = vec![false; list.len()];
        for mention in &list {
            mention.antecedent.iter().chain(&mention.members).for_each(|&i| wanted[i as usize] = true);
        }
        let keep: Vec<bool> = list
            .iter()
            .zip(&wanted)
            .map(|(mention, &wanted)| {
                let unknown =
                    mention.form == Form::Name && mention.identity.basis == ParticipantBasis::Unresolved;
                let relation = reader.document.token(mention.head).deprel;
                let acts = matches!(
                    relation,
                    Deprel::Nsubj | Deprel::NsubjPass | Deprel::OblAgent | Deprel::Conj | Deprel::Obj
                );
                wanted
                    || !unknown
                    || acts && !mention.locative
                    || mention.identity.name.contains(' ') && !mention.locative
            })
            .collect();
        let mut next = 0;
        let map: Vec<Option<u32>> = keep
            .iter()
            .map(|&keep| {
                keep.then(|| {
                    next += 1;
                    next - 1
                })
            })
            .collect();
        let list = list
            .into_iter()
            .zip(&keep)
            .filter(|&(_, &keep)| keep)
            .map(|(mut mention, _)| {
                mention.antecedent = mention.antecedent.and_then(|i| map[i as usize]);
                mention.members = mention.members.iter().filter_map(|&i| map[i as usize]).collect();
                mention
            })
            .collect();
        Mentions::new(list)
    }
}
