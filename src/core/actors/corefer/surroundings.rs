//! Whose "soldiers", "police" or "protesters" are, where the phrase itself does not say: of the countries that the text names the
//! likeliest, or none.
//!
//! Every country of the sentence and of the text is seen by how its mentions stand to the description ([`super::sight`]), and learned
//! weights choose (models/land.tsv, `demarche train land`).

use super::Links;
use super::sight::{Asked, INTERNATIONAL, Sight, Stand, speaks};
use crate::core::actors::{Form, Mention};
use crate::core::choice::Describe;
use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::ontology::Sector;
use crate::core::syntax::{Deprel, Sentence, Upos};
use smol_str::SmolStr;

/// Sees a description, the countries that it may be of, and what speaks for each and for none.
pub type Watch<'w> = &'w mut dyn FnMut(&Mention, &[SmolStr], &Describe<'_>);

/// No more countries than these are weighed for one description.
const CHOICES: usize = 24;
/// Names that bodies of several countries go by, though the tables give them to the best known of these.
const SHARED: [&str; 7] = [
    "Congress",
    "Senate",
    "House of Representatives",
    "Labour",
    "Labour Party",
    "Conservative Party",
    "Socialist Party",
];
/// The reason of what was chosen here, by which it is known again.
const REASON: &str = "role word; the country of its surroundings";

/// Where a mention stands.
struct Site {
    stand: Stand,
    /// The verb, or the top of the sentence.
    clause: u32,
    /// The nominal of the clause that the mention stands in.
    top: u32,
    direct: bool,
}

/// What the article as a whole says of countries.
#[derive(Default)]
struct Talk {
    /// How often each is named.
    named: Weights,
    /// How often each is named as a place.
    placed: Weights,
    /// The first that is named.
    first: Option<SmolStr>,
    /// That of the dateline.
    dateline: Option<SmolStr>,
}

/// What was said before the sentence at hand.
#[derive(Default)]
struct Past {
    /// Countries, the latest heaviest.
    named: Weights,
    /// The country named last.
    last: Option<SmolStr>,
    /// Countries of the paragraph so far, and which paragraph it is.
    paragraph: (u32, Weights),
    /// The country last named as the place where something happens, and the sentence.
    scene: Option<(SmolStr, u32)>,
    /// The country last given to a description, and the sentence.
    given: Option<(SmolStr, u32)>,
    /// Role or sector and the country that it had last.
    alike: Vec<(SmolStr, SmolStr)>,
}

impl Links<'_, '_> {
    /// "Congress" of an article that speaks of other countries and never of its bearer's is another country's.
    fn shared_names(&mut self) {
        for i in 0..self.list.len() {
            let mention = &self.list[i];
            let words = mention.span.of(self.reader.text);
            let name = words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words);
            if !SHARED.contains(&name) || mention.identity.basis != ParticipantBasis::Named {
                continue;
            }
            let Some(code) = named_code(mention).cloned() else { continue };
            let others = || {
                self.list
                    .iter()
                    .filter(|other| other.identity.name != mention.identity.name)
                    .filter_map(named_code)
            };
            let elsewhere = others().any(|other| !INTERNATIONAL.contains(&other.as_str()));
            if elsewhere && !others().any(|other| *other == code) {
                let identity = &mut self.list[i].identity;
                identity.name = name.into();
                identity.country = None;
                identity.wikidata_id = None;
                identity.basis = ParticipantBasis::Description;
            }
        }
    }

    /// Descriptions without a country take it from what surrounds them.
    pub(super) fn surroundings(&mut self, watch: Watch<'_>) {
        self.shared_names();
        let talk = self.talk();
        let mut past = Past::default();
        let mut at = 0;
        while at < self.list.len() {
            let index = self.list[at].head.sentence;
            let end = at + self.list[at..].partition_point(|m| m.head.sentence == index);
            let wanting: Vec<usize> = (at..end).filter(|&i| self.wants_land(i)).collect();
            if !wanting.is_empty() {
                let sentence = &self.reader.document.sentences[index as usize];
                let named: Vec<usize> = (at..end).filter(|&j| named_code(&self.list[j]).is_some()).collect();
                let sites: Vec<Site> = named.iter().map(|&j| self.site(sentence, j)).collect();
                for &i in &wanting {
                    let (asked, sights) = self.sights(sentence, i, &named, &sites, &talk, &past);
                    let codes: Vec<SmolStr> = sights.iter().map(|sight| sight.code.clone()).collect();
                    let describe = |which: Option<usize>, take: &mut dyn FnMut(&str)| match which {
                        None => asked.tell_none(&sights, take),
                        Some(choice) => asked.tell(&sights[choice], take),
                    };
                    watch(&self.list[i], &codes, &describe);
                    // A paragraph that has spoken of one country only, as the scene, goes on there: too rare in what the weights were
                    // learned from for them to know.
                    let scene =
                        sights.iter().position(|sight| asked.here == 0 && sight.is_scene_of_paragraph());
                    let learned = || self.reader.actors.landing().choose(codes.len(), &describe);
                    if let Some(choice) = scene.or_else(|| learned().map(|(choice, _)| choice)) {
                        let identity = &mut self.list[i].identity;
                        identity.country = Some(codes[choice].clone());
                        identity.reason = SmolStr::new_static(REASON);
                    }
                }
            }
            self.pass(at, end, &mut past);
            at = end;
        }
    }

    /// What the article as a whole says of countries.
    fn talk(&self) -> Talk {
        let mut talk = Talk::default();
        for mention in &self.list {
            let Some(code) = named_code(mention) else { continue };
            talk.named.add(code, 1.0);
            talk.first.get_or_insert_with(|| code.clone());
            if mention.locative {
                talk.placed.add(code, 1.0);
            }
            let dateline = self.reader.document.sentence_of(mention.head).dateline;
            if dateline.is_some_and(|line| line.contains(mention.span)) {
                talk.dateline.get_or_insert_with(|| code.clone());
            }
        }
        talk
    }

    /// The mentions from `at` to `end` become past.
    fn pass(&self, at: usize, end: usize, past: &mut Past) {
        past.named.fade(0.7);
        let paragraph = self.paragraph_of(at);
        if past.paragraph.0 != paragraph {
            past.paragraph = (paragraph, Weights::default());
        }
        for i in at..end {
            let mention = &self.list[i];
            let Some(code) = named_code(mention) else { continue };
            for word in self.kin(i).into_iter().flatten() {
                match past.alike.iter().position(|(known, _)| *known == word) {
                    Some(at) => past.alike[at].1 = code.clone(),
                    None if past.alike.len() < 64 => past.alike.push((word, code.clone())),
                    None => {}
                }
            }
            let sentence = mention.head.sentence;
            past.paragraph.1.add(code, 1.0);
            if mention.identity.reason == REASON {
                past.given = Some((code.clone(), sentence));
                continue;
            }
            past.named.add(code, 0.6);
            past.last = Some(code.clone());
            let tree = &self.reader.document.sentences[sentence as usize];
            if mention.locative && rests(tree, mention.head.token) {
                past.scene = Some((code.clone(), sentence));
            }
        }
    }

    fn paragraph_of(&self, i: usize) -> u32 {
        self.reader.document.sentence_of(self.list[i].head).paragraph
    }

    /// What a party is called and what it is, where it is no country.
    fn kin(&self, i: usize) -> [Option<SmolStr>; 2] {
        let identity = &self.list[i].identity;
        if identity.kind == ParticipantKind::Country {
            return [None, None];
        }
        let role = self.clues[i].role.map(|role| self.reader.actors.roles[role as usize].name.clone());
        [role, identity.sectors.first().map(|sector| SmolStr::new_static(sector.name()))]
    }

    fn sights(
        &self,
        sentence: &Sentence,
        i: usize,
        named: &[usize],
        sites: &[Site],
        talk: &Talk,
        past: &Past,
    ) -> (Asked, Vec<Sight>) {
        let own = self.site(sentence, i);
        let head = self.list[i].head.token;
        let sector = self.list[i].identity.sectors.first().copied();
        let mut sights: Vec<Sight> = Vec::new();
        let mut nearest: Option<(u32, usize)> = None;
        let mut last: Option<(u32, usize)> = None;
        for (&j, site) in named.iter().zip(sites) {
            let Some(slot) = named_code(&self.list[j]).filter(|_| j != i).and_then(|c| slot(&mut sights, c))
            else {
                continue;
            };
            let sight = &mut sights[slot];
            let token = self.list[j].head.token;
            let distance = token.abs_diff(head);
            if nearest.is_none_or(|(known, _)| distance < known) {
                nearest = Some((distance, slot));
            }
            if token < head && last.is_none_or(|(known, _)| token > known) {
                last = Some((token, slot));
            }
            let same = site.clause == own.clause;
            sight.here = true;
            sight.stands |= 1 << (site.stand as u16 * 2 + u16::from(same));
            sight.before |= token < head;
            sight.inside |= !site.direct;
            sight.form = self.list[j].form_name();
            if climbs(sentence, token, head) {
                sight.attached = true;
            } else if site.top == own.top || climbs(sentence, head, token) {
                sight.coordinated = true;
            }
            sight.governs |= !same && under(sentence, own.clause, site.clause);
            sight.governed |= !same && under(sentence, site.clause, own.clause);
            if !same && speaks(sentence, own.clause) {
                sight.heard |= 1 << site.stand as u16;
            } else if !same && speaks(sentence, site.clause) && site.stand == Stand::Doer {
                sight.hears = true;
            }
            let other = &self.list[j].identity;
            sight.alike |= other.kind != ParticipantKind::Country && other.sectors.first().copied() == sector;
        }
        let here = sights.len();
        for weights in [&past.named, &talk.named] {
            for (code, _) in &weights.0 {
                slot(&mut sights, code);
            }
        }
        let kin = self.kin(i);
        for (index, sight) in sights.iter_mut().enumerate() {
            let code = &sight.code;
            sight.nearest = nearest.is_some_and(|(_, slot)| slot == index);
            sight.last = match last {
                Some((_, slot)) => slot == index,
                None => past.last.as_ref() == Some(code),
            };
            let since = |known: &Option<(SmolStr, u32)>| {
                let (_, sentence) = known.as_ref().filter(|(known, _)| known == code)?;
                Some(self.list[i].head.sentence.saturating_sub(*sentence))
            };
            sight.scene = since(&past.scene);
            sight.given = since(&past.given);
            if past.paragraph.0 == self.paragraph_of(i) {
                sight.paragraph = past.paragraph.1.of(code) > 0.0;
                sight.alone = sight.paragraph && past.paragraph.1.0.len() == 1;
            }
            sight.earlier = past.named.share(code);
            sight.article = talk.named.share(code);
            sight.foremost = talk.named.is_foremost(code);
            sight.placed = talk.placed.share(code);
            sight.most_placed = talk.placed.is_foremost(code);
            sight.first = talk.first.as_ref() == Some(code);
            sight.dateline = talk.dateline.as_ref() == Some(code);
            sight.international = INTERNATIONAL.contains(&code.as_str());
            for (kin, seen) in kin.iter().zip([&mut sight.same_role, &mut sight.same_sector]) {
                *seen = kin.is_some() && past.alike.iter().any(|(k, c)| Some(k) == kin.as_ref() && c == code);
            }
        }
        let asked = Asked {
            stand: own.stand,
            class: super::sight::class(sector.as_ref()),
            role: self.role_word(i),
            verb: sentence.lemma(own.clause).into(),
            speaks: speaks(sentence, own.clause),
            definite: self.clues[i].definite,
            plural: self.clues[i].plural,
            here,
            all: sights.len(),
            article: self.reader.document.sentences.len() > 3,
            dateline: talk.dateline.is_some(),
            international: named.iter().any(|&j| {
                named_code(&self.list[j]).is_some_and(|code| INTERNATIONAL.contains(&code.as_str()))
            }),
        };
        (asked, sights)
    }

    /// The head of the description's role word: "police" of "riot police".
    fn role_word(&self, i: usize) -> SmolStr {
        let role = self.clues[i].role.map(|role| &self.reader.actors.roles[role as usize].name);
        role.and_then(|name| name.rsplit(' ').next()).unwrap_or("-").into()
    }

    /// How a mention stands in its sentence.
    fn site(&self, sentence: &Sentence, i: usize) -> Site {
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
            if rests(sentence, mention.head.token) { Stand::Place } else { Stand::Motion }
        } else {
            match token.deprel {
                Deprel::Nsubj | Deprel::NsubjOuter | Deprel::OblAgent => Stand::Doer,
                Deprel::NsubjPass | Deprel::Obj | Deprel::Iobj => Stand::Undergoer,
                _ => Stand::Other,
            }
        };
        Site { stand, clause, top, direct }
    }

    /// Whether the mention is a role without a country.
    fn wants_land(&self, i: usize) -> bool {
        let mention = &self.list[i];
        let identity = &mention.identity;
        let titled = mention.form == Form::Name
            && identity.kind == ParticipantKind::Person
            && self.clues[i].role.is_some();
        let shared = mention.form == Form::Name && SHARED.contains(&identity.name.as_str());
        (mention.form == Form::Description || titled || shared)
            && identity.country.is_none()
            && mention.members.is_empty()
            && mention.antecedent.is_none()
            && !identity.sectors.is_empty()
            && identity.sectors != [Sector::Unknown]
            && identity.basis == ParticipantBasis::Description
            && !self.clues[i].homeless
    }
}

impl Mention {
    fn form_name(&self) -> &'static str {
        match (self.form, self.identity.kind) {
            (Form::Modifier, _) => "adjective",
            (_, ParticipantKind::Country) => "country",
            (Form::Name, ParticipantKind::Person) => "person",
            (Form::Name, _) => "body",
            _ => "description",
        }
    }
}

/// The place of a country among the sights, which may be new; `None` where there are enough.
fn slot(sights: &mut Vec<Sight>, code: &SmolStr) -> Option<usize> {
    let known = sights.iter().position(|sight| sight.code == *code);
    if known.is_none() && sights.len() < CHOICES {
        sights.push(Sight { code: code.clone(), ..Sight::default() });
        return Some(sights.len() - 1);
    }
    known
}

/// Whether the word says where the sentence takes place, rather than whereto or whence.
fn rests(sentence: &Sentence, token: u32) -> bool {
    sentence.children_by(token, Deprel::Case).any(|case| {
        let case = sentence.token(case);
        case.upos == Upos::Adp
            && matches!(
                case.lemma.as_str(),
                "in" | "at" | "near" | "outside" | "across" | "inside" | "throughout" | "around"
            )
    })
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

    fn of(&self, code: &SmolStr) -> f32 {
        self.0.iter().find(|(known, _)| known == code).map_or(0.0, |(_, weight)| *weight)
    }

    /// What part of the whole is a country's, 0..1.
    fn share(&self, code: &SmolStr) -> f32 {
        self.of(code) / self.0.iter().map(|(_, weight)| weight).sum::<f32>().max(0.01)
    }

    /// Whether no other weighs as much.
    fn is_foremost(&self, code: &SmolStr) -> bool {
        let own = self.of(code);
        own > 0.0 && self.0.iter().all(|(other, weight)| other == code || *weight < own)
    }
}
