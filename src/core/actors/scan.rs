//! Names and role words in a sentence, found in one walk over its words.

use super::phrase::Phrase;
use super::tables::{Actors, Sense};
use super::words;
use crate::core::syntax::{Sentence, Upos, Xpos};
use smol_str::SmolStr;

/// A name of the tables, from token `begin` to before token `end`.
#[derive(Clone, Copy, Debug)]
pub struct Name<'a> {
    /// First token.
    pub begin: u32,
    /// One past the last token.
    pub end: u32,
    /// All that it may mean.
    pub senses: &'a [Sense],
    /// How the name stands to what it modifies.
    pub tie: Tie,
}

/// What a compound adjective says of the land in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// "Turkish", "Saudi-led", "London-based": the party is of that land.
    Of,
    /// "Iran-backed", "pro-Russian", "anti-American": the land is somebody else.
    Other,
}

/// A role word or phrase, from token `begin` to before token `end`.
#[derive(Clone, Copy, Debug)]
pub struct RoleWord {
    /// First token.
    pub begin: u32,
    /// One past the last token.
    pub end: u32,
    /// Which role.
    pub role: u16,
    /// Several of them.
    pub plural: bool,
}

/// What the walk found in one sentence.
#[derive(Debug, Default)]
pub struct Scan<'a> {
    /// Left to right, not overlapping.
    pub names: Vec<Name<'a>>,
    /// Left to right, not overlapping.
    pub roles: Vec<RoleWord>,
    /// 1 + index into `names` by token; 0 = none.
    name_at: Vec<u32>,
    /// 1 + index into `roles` by token.
    role_at: Vec<u32>,
}

struct Word {
    key: SmolStr,
    token: u32,
    capital: bool,
}

/// Participles after a hyphen that leave the land the owner.
const OWNING: [&str; 10] =
    ["led", "run", "based", "speaking", "owned", "majority", "born", "made", "style", "wide"];
/// Words before a hyphen that turn the land into somebody else.
const TURNING: [&str; 6] = ["pro", "anti", "non", "counter", "ex", "post"];

impl<'a> Scan<'a> {
    /// Walks over a sentence.
    pub fn of(actors: &'a Actors, text: &str, sentence: &Sentence) -> Scan<'a> {
        let list = word_list(text, sentence);
        let mut scan = Scan {
            name_at: vec![0; sentence.tokens.len()],
            role_at: vec![0; sentence.tokens.len()],
            ..Scan::default()
        };
        let mut at = 0;
        while at < list.len() {
            at += scan.name(actors, sentence, &list, at).unwrap_or(1);
        }
        let low: Vec<SmolStr> = list.iter().map(|word| lower(&word.key)).collect();
        let mut at = 0;
        while at < list.len() {
            let found = actors.role_words.longest(low[at..].iter().map(SmolStr::as_str));
            at += match found {
                Some((length, values)) if nominal(sentence, &list[at..at + length]) => {
                    // The last row wins: a user's own table comes after the built-in one.
                    let Some(&(role, plural)) = values.last() else { break };
                    let (begin, end) = (list[at].token, list[at + length - 1].token + 1);
                    scan.roles.push(RoleWord { begin, end, role, plural });
                    let index = scan.roles.len() as u32;
                    scan.role_at[begin as usize..end as usize].fill(index);
                    length
                }
                _ => {
                    scan.agent_noun(actors, sentence, &list[at], &low[at]);
                    1
                }
            };
        }
        scan
    }

    /// "swordsmen", "cartoonists": nouns of people that no table lists are people still.
    fn agent_noun(&mut self, actors: &Actors, sentence: &Sentence, word: &Word, key: &str) {
        let token = sentence.token(word.token);
        let person = ["man", "woman", "ist", "men", "women", "ists"].iter().any(|end| key.ends_with(end));
        if !person || token.upos != Upos::Noun || key.len() < 7 || self.role_at[word.token as usize] != 0 {
            return;
        }
        let plural = key.ends_with('s') || key.ends_with("men");
        let Some(&(role, _)) = actors.role_words.get(["person"]).and_then(|found| found.last()) else {
            return;
        };
        self.roles.push(RoleWord { begin: word.token, end: word.token + 1, role, plural });
        self.role_at[word.token as usize] = self.roles.len() as u32;
    }

    fn name(&mut self, actors: &'a Actors, sentence: &Sentence, list: &[Word], at: usize) -> Option<usize> {
        let first = &list[at];
        if !first.capital {
            return None;
        }
        let longest = |from: usize| actors.names.longest(list[from..].iter().map(|word| word.key.as_str()));
        let (length, senses) = longest(at).or_else(|| {
            // Capitals of a headline or dateline: "TURKEY", "ANKARA".
            let shouted = first.key.len() > 3 && first.key.bytes().all(|b| b.is_ascii_uppercase());
            shouted.then(|| {
                let low: Vec<SmolStr> =
                    list[at..list.len().min(at + 4)].iter().map(|word| lower(&word.key)).collect();
                actors.names.longest(low.iter().map(SmolStr::as_str))
            })?
        })?;
        let (begin, end) = (first.token, list[at + length - 1].token + 1);
        if !plausible(sentence, &list[at..at + length], senses) {
            return None;
        }
        let before = at.checked_sub(1).map_or("", |i| list[i].key.as_str());
        if length == 1 && actors.is_shy(&lower(&first.key)) && !is_whereabouts(before) {
            return None;
        }
        let tie = tie(list, at, length);
        self.names.push(Name { begin, end, senses, tie });
        let index = self.names.len() as u32;
        self.name_at[begin as usize..end as usize].fill(index);
        Some(length)
    }

    /// The name that covers a token.
    pub fn name_at(&self, token: u32) -> Option<&Name<'a>> {
        self.name_at.get(token as usize)?.checked_sub(1).map(|i| &self.names[i as usize])
    }

    /// The role phrase that covers a token.
    pub fn role_at(&self, token: u32) -> Option<&RoleWord> {
        self.role_at.get(token as usize)?.checked_sub(1).map(|i| &self.roles[i as usize])
    }

    /// Takes in titles and demonyms that stand right before the phrase, whatever tree the parser gave them: "Kenyan" ← "Foreign Minister
    /// Mudavadi", "Hamas leader" ← "Ismail Haniyeh".
    pub fn widen(&self, actors: &Actors, sentence: &Sentence, mut phrase: Phrase) -> Phrase {
        let titled = |first: u32| self.role_at(first).is_some_and(|role| role.begin == first);
        // A name of the tables and a title stay whole, whatever the tree says.
        if let Some(name) = self.name_at(phrase.head) {
            phrase.first = phrase.first.min(name.begin);
            phrase.last = phrase.last.max(name.end - 1);
        }
        if let Some(role) = self.role_at(phrase.first) {
            phrase.first = phrase.first.min(role.begin);
        }
        for _ in 0..4 {
            let Some(before) = phrase.first.checked_sub(1) else { break };
            let token = sentence.token(before);
            let named =
                sentence.token(phrase.head).upos == Upos::Propn && self.role_at(phrase.head).is_none();
            if let Some(role) = self.role_at(before)
                && role.end == phrase.first
                && !role.plural
                && named
                && actors.roles[role.role as usize].person
                && !matches!(token.xpos, Xpos::NNS | Xpos::NNPS)
            {
                phrase.first = role.begin;
            } else if let Some(name) = self.name_at(before)
                && name.end == phrase.first
                && matches!(token.upos, Upos::Adj | Upos::Propn | Upos::Noun)
                && name.senses.iter().any(|sense| matches!(sense, Sense::Adjective(_) | Sense::Entity(_)))
                && titled(phrase.first)
            {
                phrase.first = name.begin;
            } else if titled(phrase.first)
                && (token.upos == Upos::Det
                    || matches!(token.lemma.as_str(), "former" | "ousted" | "exiled" | "late"))
                && token.head.is_some_and(|head| head >= phrase.first)
            {
                phrase.first = before;
            } else {
                break;
            }
        }
        phrase
    }

    /// The names that start in that range of tokens.
    pub fn names_in(&self, begin: u32, end: u32) -> &[Name<'a>] {
        let from = self.names.partition_point(|name| name.begin < begin);
        let to = self.names.partition_point(|name| name.begin < end);
        &self.names[from..to.max(from)]
    }

    /// The role phrases that start in that range of tokens.
    pub fn roles_in(&self, begin: u32, end: u32) -> &[RoleWord] {
        let from = self.roles.partition_point(|role| role.begin < begin);
        let to = self.roles.partition_point(|role| role.begin < end);
        &self.roles[from..to.max(from)]
    }
}

fn is_whereabouts(word: &str) -> bool {
    matches!(
        word,
        "in" | "near" | "at" | "outside" | "around" | "inside" | "into" | "towards" | "toward" | "across"
    )
}

fn lower(key: &SmolStr) -> SmolStr {
    if key.bytes().any(|b| b.is_ascii_uppercase()) { key.to_ascii_lowercase().into() } else { key.clone() }
}

fn word_list(text: &str, sentence: &Sentence) -> Vec<Word> {
    let mut list: Vec<Word> = Vec::with_capacity(sentence.tokens.len() + 8);
    let mut capitals = 0;
    let mut letters = 0;
    for (i, token) in sentence.tokens.iter().enumerate() {
        let written = token.span.of(text);
        if token.upos == Upos::Punct && written != "," {
            continue;
        }
        capitals += usize::from(words::is_acronym(written) && written.len() > 1 && !written.contains('.'));
        letters += usize::from(written.len() > 2);
        let capital = written.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
        let hyphenated = written.contains(['-', '–', '‑']);
        words::words(written, |key| {
            // Parts of a hyphenated token count as capitalised where any of it is: "al-Assad", "pro-Russian".
            let capital = capital || hyphenated && written.chars().any(char::is_uppercase);
            list.push(Word { key, token: i as u32, capital });
        });
    }
    // A shouted headline has no acronyms.
    if capitals * 2 > letters && letters > 3 {
        list.iter_mut().filter(|word| word.key.len() > 3).for_each(|word| word.key = lower(&word.key));
    }
    list
}

/// Whether a role phrase stands as a noun: its last word before any "of" is no verb or the like.
fn nominal(sentence: &Sentence, list: &[Word]) -> bool {
    let token = sentence.token(list[list.len() - 1].token);
    matches!(token.upos, Upos::Noun | Upos::Propn | Upos::X | Upos::Sym)
        || token.upos == Upos::Adj
            && (matches!(token.xpos, Xpos::NN | Xpos::NNS | Xpos::NNP | Xpos::NNPS)
                || is_nominal_adjective(sentence, list))
}

/// "the wounded", "the poor", "Democrat Nancy Pelosi": an adjective that heads a phrase, or is part of a longer role.
fn is_nominal_adjective(sentence: &Sentence, list: &[Word]) -> bool {
    let token = sentence.token(list[list.len() - 1].token);
    list.len() > 1 || token.deprel != crate::core::syntax::Deprel::Amod
}

/// Whether the words may be that name here: a common word that only starts the sentence is none.
fn plausible(sentence: &Sentence, list: &[Word], senses: &[Sense]) -> bool {
    let first = &list[0];
    let token = sentence.token(first.token);
    if list.len() > 1 || first.key.len() > 1 && first.key.bytes().all(|b| !b.is_ascii_lowercase()) {
        return true;
    }
    let land = senses
        .iter()
        .any(|sense| matches!(sense, Sense::Land(_) | Sense::Adjective(_) | Sense::Nationals(_)));
    match token.upos {
        Upos::Propn | Upos::X | Upos::Sym => true,
        Upos::Adj => land || first.token > 0,
        Upos::Noun => land || first.token > 0,
        Upos::Verb | Upos::Adv => land && first.token > 0,
        _ => false,
    }
}

fn tie(list: &[Word], at: usize, length: usize) -> Tie {
    let before = at.checked_sub(1).map(|i| list[i].key.as_str());
    if before.is_some_and(|word| TURNING.contains(&word)) {
        return Tie::Other;
    }
    match list.get(at + length).map(|word| word.key.as_str()) {
        Some(after) if after.ends_with("ed") && after.len() > 4 && !OWNING.contains(&after) => {
            const STANDING: [&str; 18] = [
                "backed",
                "allied",
                "aligned",
                "supported",
                "funded",
                "sponsored",
                "trained",
                "armed",
                "linked",
                "affiliated",
                "occupied",
                "controlled",
                "administered",
                "brokered",
                "mediated",
                "imposed",
                "financed",
                "inspired",
            ];
            if STANDING.contains(&after) { Tie::Other } else { Tie::Of }
        }
        Some("friendly" | "held" | "born") => Tie::Other,
        _ => Tie::Of,
    }
}
