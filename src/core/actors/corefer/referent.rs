//! Whom the article has named so far, and the choice among them for a mention that stands for one.

use super::Links;
use crate::core::actors::Form;
use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::ontology::Sector;
use crate::core::syntax::Deprel;
use smol_str::SmolStr;

/// Somebody the article speaks of.
#[derive(Debug)]
struct Referent {
    /// The mention that names it best.
    root: u32,
    /// The last mention.
    last: u32,
    count: u32,
    kind: ParticipantKind,
    plural: bool,
    gender: Option<Gender>,
    /// Words that may describe it: of titles and offices.
    described: Vec<SmolStr>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gender {
    He,
    She,
}

/// All of them, in order of first mention.
#[derive(Debug, Default)]
pub struct Referents(Vec<Referent>);

/// What a mention may stand for.
pub struct Want {
    kinds: &'static [ParticipantKind],
    gender: Option<Gender>,
    plural: bool,
    pub two: bool,
    /// A word that must describe the referent, or sectors or codes it must have.
    word: Option<SmolStr>,
    sectors: &'static [Sector],
    codes: &'static [&'static str],
    /// Sentences to look back.
    reach: u32,
    possessive: bool,
    /// Whether the mention means nothing by itself.
    pub must: bool,
}

/// What was chosen.
pub enum Choice {
    /// One referent's root mention.
    One(u32),
    /// Several together.
    Many(Vec<u32>),
}

/// How many of the last referents are asked: a bound that keeps long articles linear.
const WINDOW: usize = 60;

use ParticipantKind::{Country, Group, Organization, Person};

impl Want {
    const NOTHING: Want = Want {
        kinds: &[],
        gender: None,
        plural: false,
        two: false,
        word: None,
        sectors: &[],
        codes: &[],
        reach: 3,
        possessive: false,
        must: false,
    };

    pub fn of_pronoun(links: &Links<'_, '_>, i: u32) -> Option<Want> {
        let mention = &links.list[i as usize];
        let written = mention.identity.name.to_lowercase();
        let possessive = matches!(written.as_str(), "his" | "her" | "their" | "its" | "whose")
            && links.relation(i) == Deprel::NmodPoss
            || written.ends_with("self")
            || written.ends_with("selves");
        let (kinds, gender, plural, reach): (&'static [ParticipantKind], _, _, _) = match written.as_str() {
            "he" | "him" | "his" | "himself" => (&[Person], Some(Gender::He), false, 3),
            "she" | "her" | "hers" | "herself" => (&[Person], Some(Gender::She), false, 3),
            "it" | "its" | "itself" => (&[Country, Organization, Group], None, false, 1),
            "they" | "them" | "their" | "theirs" | "themselves" => {
                (&[Group, Organization, Country], None, true, 2)
            }
            _ => return None,
        };
        Some(Want { kinds, gender, plural, reach, possessive, must: true, ..Want::NOTHING })
    }

    /// Whether a mention after the pronoun may be meant: its kind and number agree, and it is known.
    pub fn suits(&self, links: &Links<'_, '_>, to: u32) -> bool {
        let (mention, clue) = (&links.list[to as usize], &links.clues[to as usize]);
        self.kinds.contains(&mention.identity.kind)
            && mention.form != Form::Pronoun
            && (self.plural || !clue.plural)
            && (!mention.identity.sectors.is_empty() || mention.identity.country.is_some())
    }

    pub fn of_description(links: &Links<'_, '_>, i: u32) -> Option<Want> {
        let mention = &links.list[i as usize];
        let clue = &links.clues[i as usize];
        let role = &links.reader.actors.roles[clue.role? as usize];
        let both = links.opens_with_two(i);
        let word = role.name.rsplit(' ').next().unwrap_or("");
        if both
            || clue.plural
                && clue.definite
                && matches!(word, "side" | "party" | "neighbor" | "neighbour" | "rival" | "ally")
        {
            let kinds: &'static [ParticipantKind] = match word {
                "country" | "nation" | "state" | "neighbor" | "neighbour" | "government" | "power"
                | "capital" | "ally" | "rival" | "republic" | "kingdom" | "foe" | "adversary" => {
                    &[Country, Organization]
                }
                _ if role.person && word != "side" => &[Person],
                _ => &[Country, Organization, Person, Group],
            };
            return both.then_some(Want {
                kinds,
                two: true,
                plural: true,
                reach: 2,
                must: true,
                ..Want::NOTHING
            });
        }
        if !clue.definite
            || clue.possessor.is_some()
            || mention.identity.country.is_some()
            || clue.plural && role.person
        {
            return None;
        }
        let bare = links.is_bare(i);
        if !bare {
            return None;
        }
        let want = match word {
            "country" | "nation" | "kingdom" | "republic" | "state" | "emirate" | "monarchy"
            | "sultanate" => Want { kinds: &[Country], reach: 3, must: true, ..Want::NOTHING },
            "bloc" => {
                Want { kinds: &[Organization], codes: &["EUR", "IGO"], reach: 6, must: true, ..Want::NOTHING }
            }
            "alliance" => Want { kinds: &[Organization], codes: &["IGO"], reach: 6, ..Want::NOTHING },
            "group" | "organization" | "organisation" | "movement" | "militia" | "faction" | "cartel"
            | "gang" | "insurgency" => Want {
                kinds: &[Organization],
                sectors: &[
                    Sector::Rebel,
                    Sector::Criminal,
                    Sector::Society,
                    Sector::UnidentifiedArmed,
                    Sector::ProGovernmentParamilitary,
                    Sector::Party,
                ],
                codes: &["NGO", "IMG", "ISM", "IGO"],
                reach: 4,
                ..Want::NOTHING
            },
            "bank" if links.international_named(word) => {
                Want { kinds: &[Organization], word: Some(word.into()), reach: 6, ..Want::NOTHING }
            }
            "company" | "firm" | "bank" | "giant" | "airline" | "manufacturer" => Want {
                kinds: &[Organization],
                sectors: &[Sector::Business],
                codes: &["MNC"],
                reach: 4,
                ..Want::NOTHING
            },
            "party" => Want { kinds: &[Organization], sectors: &[Sector::Party], reach: 4, ..Want::NOTHING },
            "agency" | "body" | "watchdog" | "council" | "commission" | "committee" | "court"
            | "tribunal" | "ministry" | "department" | "network" | "newspaper" | "broadcaster"
            | "charity" | "union" | "university" | "hospital" | "fund" | "mission" | "force" | "assembly"
            | "parliament" | "senate" | "service" | "front" | "brigade" | "corps" | "society"
            | "association" | "federation" => {
                Want { kinds: &[Organization], word: Some(word.into()), reach: 6, ..Want::NOTHING }
            }
            _ if role.person => Want { kinds: &[Person], word: Some(word.into()), reach: 8, ..Want::NOTHING },
            _ => return None,
        };
        Some(want)
    }
}

impl Referents {
    /// The referent that somebody of these name words was called by before: the same last word, and no word against it.
    pub fn by_name(&self, links: &Links<'_, '_>, i: u32, words: &[SmolStr]) -> Option<u32> {
        let last = words.last()?;
        let own = &links.list[i as usize].identity;
        self.0.iter().rev().take(WINDOW * 4).find_map(|referent| {
            if referent.kind != Person {
                return None;
            }
            let other = &links.list[referent.root as usize].identity;
            if own.basis == ParticipantBasis::Named && own.name == other.name {
                return Some(referent.root);
            }
            let names = &links.clues[referent.root as usize].name_words;
            let family = names.last().is_some_and(|name| name.eq_ignore_ascii_case(last))
                || words.len() == 1
                    && names.len() > 1
                    && names.first().is_some_and(|name| name.eq_ignore_ascii_case(last));
            let rest = words.len() == 1
                || names.len() == 1
                || words.iter().all(|word| names.iter().any(|n| n.eq_ignore_ascii_case(word)));
            let lands = own.country.is_none() || other.country.is_none() || own.country == other.country;
            (family && rest && lands && !names.is_empty()).then_some(referent.root)
        })
    }

    /// Takes note of mention `i`, which stands for the referent of `root` if given.
    pub fn note(&mut self, links: &Links<'_, '_>, i: u32, root: Option<u32>) {
        let mention = &links.list[i as usize];
        let clue = &links.clues[i as usize];
        let found = match root {
            Some(root) => self.0.iter().rposition(|referent| referent.root == root),
            None if mention.form != Form::Description => {
                let identity = &mention.identity;
                self.0.iter().rposition(|referent| {
                    let other = &links.list[referent.root as usize];
                    other.form != Form::Description
                        && other.identity.name == identity.name
                        && other.identity.country == identity.country
                        && referent.kind == identity.kind
                })
            }
            None => None,
        };
        let index = found.unwrap_or_else(|| {
            self.0.push(Referent {
                root: root.unwrap_or(i),
                last: i,
                count: 0,
                kind: mention.identity.kind,
                plural: clue.plural,
                gender: None,
                described: Vec::new(),
            });
            self.0.len() - 1
        });
        let referent = &mut self.0[index];
        referent.last = i;
        referent.count += 1;
        if let Some(role) = clue.role {
            let role = &links.reader.actors.roles[role as usize];
            let word = role.name.rsplit(' ').next().unwrap_or("");
            referent.gender = referent.gender.or(match word {
                _ if word.ends_with("woman") => Some(Gender::She),
                "queen" | "empress" | "princess" | "first lady" | "mother" | "wife" | "daughter"
                | "sister" | "nun" => Some(Gender::She),
                _ if word.ends_with("man") => Some(Gender::He),
                "king" | "emperor" | "prince" | "sultan" | "emir" | "pope" | "father" | "husband" | "son"
                | "brother" | "ayatollah" => Some(Gender::He),
                _ => None,
            });
            referent.described.extend(role.name.split(' ').map(SmolStr::new));
        }
        if let Some(office) = &mention.identity.office {
            referent.described.extend(office.to_lowercase().split(' ').map(SmolStr::new));
            if mention.identity.sectors.first() == Some(&Sector::Government) {
                referent.described.push(SmolStr::new_static("leader"));
            }
        }
        if mention.form == Form::Name && mention.identity.kind == Organization {
            referent.described.extend(mention.identity.name.to_lowercase().split(' ').map(SmolStr::new));
        }
        if mention.form == Form::Pronoun {
            match mention.span.of(links.reader.text).to_lowercase().as_str() {
                "he" | "him" | "his" | "himself" => referent.gender = Some(Gender::He),
                "she" | "her" | "hers" | "herself" => referent.gender = Some(Gender::She),
                _ => {}
            }
        }
    }

    /// The referent that mention `i` stands for, or why none.
    pub fn choose(&self, links: &Links<'_, '_>, i: u32, want: &Want) -> Result<Choice, &'static str> {
        let group = if want.plural { links.group_before(i, want.reach, want.kinds) } else { None };
        if want.two {
            if let Some((members, _)) = group.filter(|(members, _)| members.len() >= 2) {
                return Ok(Choice::Many(members));
            }
            return self.last_two(links, i, want).map(Choice::Many).ok_or("no two parties before it");
        }
        let mut best: Option<(f32, u32)> = None;
        let mut second = f32::MIN;
        for referent in self.0.iter().rev().take(WINDOW) {
            let Some(score) = self.score(links, i, want, referent) else { continue };
            match best {
                Some((before, _)) if before >= score => second = second.max(score),
                _ => {
                    second = best.map_or(second, |(before, _)| before);
                    best = Some((score, referent.root));
                }
            }
        }
        if let Some((members, score)) = group
            && best.is_none_or(|(before, _)| score >= before)
        {
            return Ok(Choice::Many(members));
        }
        match best {
            Some((score, _)) if score - second < 0.25 => Err("two fit equally well"),
            Some((_, root)) => Ok(Choice::One(root)),
            None => Err("nothing before it agrees"),
        }
    }

    fn score(&self, links: &Links<'_, '_>, i: u32, want: &Want, referent: &Referent) -> Option<f32> {
        let (mention, last) = (&links.list[i as usize], &links.list[referent.last as usize]);
        if referent.last >= i
            || last.span.contains(mention.span) && !want.possessive
            || last.span.contains(mention.span) && last.head == mention.head
        {
            return None;
        }
        let distance = mention.head.sentence - last.head.sentence;
        if distance > want.reach || !want.kinds.contains(&referent.kind) {
            return None;
        }
        if let (Some(a), Some(b)) = (want.gender, referent.gender)
            && a != b
        {
            return None;
        }
        // "its army": what the possessor stands in cannot be the possessor.
        if want.possessive && last.span.contains(mention.span) && last.span.begin == mention.span.begin {
            return None;
        }
        let root = &links.list[referent.root as usize];
        if let Some(word) = &want.word
            && !referent.described.contains(word)
        {
            return None;
        }
        if !want.sectors.is_empty() || !want.codes.is_empty() {
            let identity = &root.identity;
            let sector = identity.sectors.first().is_some_and(|sector| want.sectors.contains(sector));
            let code = identity.country.as_ref().is_some_and(|code| want.codes.contains(&code.as_str()));
            if !sector && !code {
                return None;
            }
        }
        if want.must
            && want.word.is_none()
            && root.form == Form::Description
            && root.identity.country.is_none()
            && root.identity.sectors.is_empty()
        {
            return None;
        }
        let mut score = match distance {
            0 => 3.0,
            1 => 2.2,
            2 => 1.2,
            _ => 0.8 / distance as f32,
        };
        if distance == 0 {
            // Nearer in the sentence is a little better, but subjects outweigh it.
            score += 0.3 * (referent.last as f32 / i.max(1) as f32);
            if !want.possessive && links.same_clause(referent.last, i) {
                return None;
            }
        }
        score += match links.relation(referent.last) {
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter => 1.5,
            Deprel::Obj | Deprel::Iobj | Deprel::OblAgent => 0.5,
            Deprel::NmodPoss => 0.3,
            Deprel::Amod | Deprel::Compound => -0.6,
            Deprel::Obl | Deprel::Nmod => 0.0,
            _ => 0.2,
        };
        if last.locative {
            score -= 0.8;
        }
        score += 0.25 * (referent.count.min(4) as f32 - 1.0);
        if want.plural {
            score += match (referent.plural, referent.kind) {
                (true, _) => 0.8,
                (false, Group) => 0.4,
                (false, Organization) => -0.3,
                _ => -1.0,
            };
        } else if referent.plural {
            return None;
        }
        Some(score)
    }

    /// The last two different parties before `i`.
    fn last_two(&self, links: &Links<'_, '_>, i: u32, want: &Want) -> Option<Vec<u32>> {
        let sentence = links.list[i as usize].head.sentence;
        let mut near: Vec<&Referent> = self
            .0
            .iter()
            .rev()
            .take(WINDOW)
            .filter(|r| {
                r.last < i
                    && sentence - links.list[r.last as usize].head.sentence <= want.reach
                    && want.kinds.contains(&r.kind)
            })
            .filter(|r| {
                links.list[r.root as usize].form != Form::Description
                    || links.list[r.root as usize].identity.country.is_some()
            })
            .collect();
        near.sort_by_key(|r| std::cmp::Reverse(r.last));
        let mut members: Vec<u32> = Vec::new();
        for referent in near {
            let identity = &links.list[referent.root as usize].identity;
            let known = members.iter().any(|&m| links.list[m as usize].identity.country == identity.country);
            if !known {
                members.push(referent.root);
            }
            if members.len() == 2 {
                members.reverse();
                return Some(members);
            }
        }
        None
    }
}
