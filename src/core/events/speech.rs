//! Reported speech in a sentence: who says so, and which stretch of the sentence is what they say.
//!
//! Where a reporting clause hangs in the tree is the parser's hardest guess; word order tells more. "…, NP said", "…,” said NP",
//! "NP said (that) …", "as NP said", "according to NP", "was reported by NP", "quoted NP as saying", "NP's claim that …" are
//! found from left to right; the tree only helps to find a subject that stands far off.

use super::clause;
use super::codebook::{Codebook, Operator, Outcome, TriggerClass};
use crate::core::syntax::{Deprel, Sentence, Token, Upos, Xpos};

/// What somebody says in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The head of the speaker's phrase.
    pub who: u32,
    /// "said", "according", …
    pub says: u32,
    /// The speaker denies it.
    pub denies: bool,
    /// The stretches that are said: half-open ranges of tokens.
    pub scope: [(u32, u32); 2],
    /// How the sentence is built.
    pub form: Form,
}

/// Constructions of reported speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// "According to X": weaker than a verb of saying nearby.
    According,
    /// "…, X reported, citing Y": Y says so.
    Citing,
    /// The speech stands before the verb or around it: "…, X said".
    After,
    /// The speech stands after the verb: "X said that …".
    Before,
    /// All others.
    Other,
}

/// Verbs of saying that have another everyday meaning: they report only after the speech, or with "that".
const WEAK: &[&str] = &[
    "write",
    "recall",
    "carry",
    "find",
    "post",
    "answer",
    "caution",
    "note",
    "declare",
    "publish",
    "think",
    "believe",
    "fear",
    "count",
    "record",
    "log",
    "broadcast",
    "wire",
    "relay",
    "describe",
    "observe",
    "read",
    "respond",
    "reply",
    "vow",
    "repeat",
    "comment",
    "remark",
    "suspect",
    "swear",
    "attest",
    "ask",
    "show",
];
/// Nouns of saying with a clause of content.
const CLAIMS: &[&str] = &[
    "claim",
    "charge",
    "accusation",
    "allegation",
    "report",
    "suggestion",
    "complaint",
    "assertion",
    "statement",
    "announcement",
    "denial",
    "rumour",
    "rumor",
    "contention",
    "warning",
];
const REFUSING: &[&str] = &["reject", "dismiss", "deny", "refute", "rebut", "dispute"];
const TIMES: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "yesterday",
    "today",
    "later",
    "earlier",
    "afterwards",
    "recently",
    "tomorrow",
    "late",
    "early",
    "this",
    "last",
    "here",
    "there",
    "tonight",
];
const RELATIVE: &[&str] = &["who", "which", "whose", "whom", "that", "where"];
/// More reports than this are no sentence.
const MOST: usize = 32;
/// How far a complement of "quoted", "was reported" is looked for.
const NEAR: usize = 16;

/// All reports of a sentence, in text order.
pub fn reports(codebook: &Codebook, sentence: &Sentence) -> Vec<Report> {
    let reading = Reading { codebook, sentence, tokens: &sentence.tokens };
    let mut found: Vec<Report> = Vec::new();
    for at in 0..sentence.tokens.len() {
        if found.len() >= MOST {
            break;
        }
        if let Some(report) = reading.at(at, found.last()) {
            found.push(report);
        }
    }
    found
}

/// Whether a word reports speech; the value tells whether it denies.
pub fn says(codebook: &Codebook, lemma: &str) -> Option<bool> {
    codebook.candidates(TriggerClass::Verb, lemma).iter().find_map(|&entry| {
        match codebook.entries[entry as usize].outcome {
            Outcome::Compose(Operator::Say) => Some(false),
            Outcome::Compose(Operator::Deny) => Some(true),
            _ => None,
        }
    })
}

/// Whether a word stands in a clause that adds to a noun before it: ", which … *fell*, …".
pub fn in_aside(sentence: &Sentence, word: u32) -> bool {
    let tokens = &sentence.tokens;
    let mut at = (word as usize).min(tokens.len().saturating_sub(1));
    while at > 0 && !is_boundary(&tokens[at]) {
        if matches!(tokens[at].lemma.as_str(), "which" | "who" | "whose") && is_boundary(&tokens[at - 1]) {
            return true;
        }
        at -= 1;
    }
    false
}

struct Reading<'s> {
    codebook: &'s Codebook,
    sentence: &'s Sentence,
    tokens: &'s [Token],
}

/// What follows a verb of saying.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clause {
    That,
    Bare,
    None,
}

impl Reading<'_> {
    fn at(&self, at: usize, before: Option<&Report>) -> Option<Report> {
        let token = &self.tokens[at];
        let lemma = token.lemma.as_str();
        if matches!(lemma, "according" | "accord") && self.lemma(at + 1) == "to" {
            let (mut who, after) = self.phrase_after(at + 2);
            if self.lemma(after) == "cite" {
                who = self.phrase_after(after + 1).0.or(who);
            }
            return Some(self.report(at, who?, false, [(0, self.tokens.len()), (0, 0)], Form::According));
        }
        if token.upos == Upos::Noun && CLAIMS.contains(&lemma) && self.lemma(at + 1) == "that" {
            return self.claim(at);
        }
        // "…, rescuers report": a headline's last word is easily taken for a noun.
        let last = lemma == "report"
            && token.upos == Upos::Noun
            && at > 2
            && self.tokens[at + 1..].iter().all(|rest| rest.upos == Upos::Punct);
        if !(is_verb(token) || last) || token.xpos == Xpos::VB {
            return None;
        }
        match lemma {
            "quote" => self.quoting(at),
            "cite" => self.citing(at, before),
            _ => {
                let denies = says(self.codebook, lemma)?;
                self.saying(at, denies)
            }
        }
    }

    /// "rejected the charge that …", "Moscow's claim that …".
    fn claim(&self, at: usize) -> Option<Report> {
        let end = self.tokens.len();
        let refused = (at.saturating_sub(12)..at).rev().find(|&verb| {
            is_verb(&self.tokens[verb]) && REFUSING.contains(&self.tokens[verb].lemma.as_str())
        });
        if let Some(verb) = refused {
            let (_, who) = self.phrase_before(verb)?;
            return Some(self.report(verb, who, true, [(at + 1, end), (0, 0)], Form::Other));
        }
        let children = self.sentence.children(at as u32).iter().copied();
        let who = children.into_iter().find(|&child| {
            matches!(self.sentence.token(child).deprel, Deprel::NmodPoss | Deprel::Compound | Deprel::Amod)
                && !matches!(self.sentence.token(child).upos, Upos::Verb | Upos::Punct)
        })?;
        Some(self.report(at, who as usize, false, [(at + 1, end), (0, 0)], Form::Other))
    }

    /// "quoted X as saying …", "X was quoted as saying".
    fn quoting(&self, at: usize) -> Option<Report> {
        let end = self.tokens.len();
        let near = at + 1..end.min(at + NEAR).saturating_sub(1);
        let as_ = near.into_iter().find(|&word| {
            self.lemma(word) == "as" && self.tokens.get(word + 1).is_some_and(|next| next.xpos == Xpos::VBG)
        })?;
        let who = if self.is_passive(at) { self.phrase_before(at)?.1 } else { self.head(at + 1, as_)? };
        let follows = self.clause_after(as_ + 2) != Clause::None;
        let scope = if follows { (as_ + 2, end) } else { (0, at) };
        Some(self.report(at, who, false, [scope, (0, 0)], Form::Other))
    }

    /// "…, Anadolu reported, citing prosecutors": they say so.
    fn citing(&self, at: usize, before: Option<&Report>) -> Option<Report> {
        let before = before.filter(|report| report.form == Form::After)?;
        if self.tokens[at].xpos != Xpos::VBG || at == 0 || self.lemma(at - 1) != "," {
            return None;
        }
        let who = self.phrase_after(at + 1).0?;
        Some(Report { who: who as u32, says: at as u32, form: Form::Citing, ..before.clone() })
    }

    fn saying(&self, at: usize, denies: bool) -> Option<Report> {
        let end = self.tokens.len();
        let token = &self.tokens[at];
        let lemma = token.lemma.as_str();
        if matches!(token.xpos, Xpos::VBG) {
            return None;
        }
        if let Some(report) = self.inverted(at, denies) {
            return Some(report);
        }
        if self.is_passive(at) {
            let by = (at + 1..end.min(at + 6)).find(|&word| self.lemma(word) == "by")?;
            let published = matches!(
                lemma,
                "report"
                    | "document"
                    | "confirm"
                    | "announce"
                    | "disclose"
                    | "reveal"
                    | "claim"
                    | "verify"
                    | "record"
                    | "attest"
                    | "deny"
            );
            let who = self.phrase_after(by + 1).0.filter(|_| published)?;
            return Some(self.report(at, who, denies, [(0, at), (0, 0)], Form::Other));
        }
        let (begin, who) = match self.phrase_before(at) {
            Some((begin, who)) => (Some(begin), who),
            None => {
                let subject = clause::surface_subject(self.sentence, at as u32)?;
                if (subject as usize) > at {
                    return None;
                }
                (None, subject as usize)
            }
        };
        if let Some(begin) = begin.filter(|&begin| self.lemma(begin) == "as" && begin + 1 < at) {
            let who = self.head(begin + 1, at)?;
            return Some(self.report(at, who, denies, [(0, begin), (at + 1, end)], Form::Other));
        }
        let content = self.clause_after(at + 1);
        if let Some(begin) = begin.filter(|&begin| begin > 0)
            && content == Clause::None
            && self.may_report_after(begin, at)
        {
            let mut scope = [(0, begin), (0, 0)];
            if let Some(rest) = self.goes_on(at, begin) {
                scope[1] = (rest, end);
            }
            return Some(self.report(at, who, denies, scope, Form::After));
        }
        if (WEAK.contains(&lemma) && content != Clause::That) || (content == Clause::None && !denies) {
            return None;
        }
        // "denied it and asked for more": what the speaker does next is not said.
        let next_deed =
            self.sentence.children_by(at as u32, Deprel::Conj).map(|next| next as usize).find(|&next| {
                next > at
                    && is_finite(&self.tokens[next])
                    && self.sentence.child(next as u32, Deprel::Nsubj).is_none()
            });
        let close = (at + 2..end).find(|&word| self.closes(word, at)).unwrap_or(end);
        let close = next_deed.map_or(close, |next| next.min(close));
        Some(self.report(at, who, denies, [(at + 1, close), (0, 0)], Form::Before))
    }

    /// "…,” said X".
    fn inverted(&self, at: usize, denies: bool) -> Option<Report> {
        let end = self.tokens.len();
        let before = at.checked_sub(1).map(|before| &self.tokens[before])?;
        let quoted = is_quote(before) || is_dash(before) || matches!(before.lemma.as_str(), "?" | "!");
        if !quoted && before.lemma != "," {
            return None;
        }
        let next = self.tokens.get(at + 1)?;
        if !matches!(next.upos, Upos::Det | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num)
            && !matches!(next.lemma.as_str(), "he" | "she" | "they")
        {
            return None;
        }
        let (who, after) = self.phrase_after(at + 1);
        let subject_before = self.sentence.children(at as u32).iter().any(|&child| {
            (child as usize) < at
                && matches!(self.sentence.token(child).deprel, Deprel::Nsubj | Deprel::NsubjPass)
        });
        let ends = self.tokens.get(after).is_none_or(|next| {
            next.upos == Upos::Punct
                || RELATIVE.contains(&next.lemma.as_str())
                || next.xpos == Xpos::VBG
                || next.upos == Upos::Sconj
                || (is_finite(next) && before.lemma == ",")
        });
        if subject_before || !ends || (before.lemma == "," && self.phrase_before(at).is_some()) {
            return None;
        }
        let mut scope = [(0, at), (0, 0)];
        let opens = matches!(self.tokens[0].upos, Upos::Sconj | Upos::Adv | Upos::Adp | Upos::Part);
        let next = self.tokens.get(after);
        if next.is_some_and(is_finite) || (opens && next.is_some_and(|next| next.lemma == ",")) {
            scope[1] = (after, end);
        }
        Some(self.report(at, who?, denies, scope, Form::After))
    }

    /// Whether the phrase from `begin` to the verb may follow what is said.
    fn may_report_after(&self, begin: usize, at: usize) -> bool {
        let first = &self.tokens[begin];
        let lemma = first.lemma.as_str();
        let opens = matches!(
            lemma,
            "what"
                | "whatever"
                | "than"
                | "which"
                | "who"
                | "where"
                | "when"
                | "while"
                | "whereas"
                | "although"
                | "though"
                | "after"
        ) || (first.upos == Upos::Cconj && lemma != "but");
        let tells = matches!(self.tokens[at].lemma.as_str(), "tell" | "inform");
        let has_object = self.tokens.get(at + 1).is_some_and(|next| {
            matches!(next.upos, Upos::Det | Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
                && !TIMES.contains(&next.lemma.to_lowercase().as_str())
        });
        !opens && (tells || !has_object)
    }

    /// "…, officials said on Friday, *and shelled its clinic*": where the speech goes on after the parenthesis.
    fn goes_on(&self, at: usize, begin: usize) -> Option<usize> {
        let comma = (at + 1..self.tokens.len()).find(|&word| is_boundary(&self.tokens[word]))?;
        let next = self.tokens.get(comma + 1)?;
        if self.lemma(comma) != "," || self.lemma(begin - 1) != "," {
            return None;
        }
        let stops = next.xpos == Xpos::VBG
            || next.upos == Upos::Sconj
            || matches!(
                next.lemma.as_str(),
                "while"
                    | "as"
                    | "after"
                    | "before"
                    | "although"
                    | "though"
                    | "whereas"
                    | "but"
                    | "who"
                    | "which"
                    | "when"
                    | "because"
                    | "with"
                    | "a"
                    | "an"
            )
            || (next.lemma == "and" && !self.tokens.get(comma + 2).is_some_and(is_finite));
        (!stops).then_some(comma)
    }

    /// Where the speech after a verb ends.
    fn closes(&self, word: usize, says: usize) -> bool {
        let token = &self.tokens[word];
        let next = self.lemma(word + 1);
        let comma = token.lemma == ",";
        token.lemma == ";"
            || (comma && matches!(next, "while" | "but" | "whereas" | "although" | "though" | "as"))
            || (token.upos == Upos::Sconj
                && matches!(token.lemma.as_str(), "after" | "while")
                && word > says + 3)
            || (comma && (word + 1..word + 5).any(|word| self.lemma(word) == "after"))
    }

    /// Whether a clause of what is said begins at `from`.
    fn clause_after(&self, from: usize) -> Clause {
        let to_boundary =
            || self.tokens[from.min(self.tokens.len())..].iter().take_while(|t| !is_boundary(t));
        if to_boundary().any(|token| {
            matches!(token.lemma.as_str(), "that" | "how" | "whether")
                && matches!(token.upos, Upos::Sconj | Upos::Pron | Upos::Adv)
        }) {
            return Clause::That;
        }
        // "said on Wednesday it had not"
        let dated = |at: usize| TIMES.contains(&self.lemma(at).to_lowercase().as_str());
        let skip = if self.lemma(from) == "on" && dated(from + 1) { 2 } else { 0 };
        let mut somebody = false;
        for (offset, token) in to_boundary().skip(skip).enumerate() {
            if (offset == 0 && token.upos == Upos::Adp)
                || token.upos == Upos::Sconj
                || (RELATIVE.contains(&token.lemma.as_str()) && matches!(token.upos, Upos::Pron | Upos::Det))
            {
                return Clause::None;
            }
            if is_finite(token) {
                return if somebody { Clause::Bare } else { Clause::None };
            }
            somebody |= is_nominal(token) && !TIMES.contains(&token.lemma.to_lowercase().as_str());
        }
        Clause::None
    }

    /// The phrase that begins at `from`: its head, and where it ends.
    fn phrase_after(&self, from: usize) -> (Option<usize>, usize) {
        let mut end = from;
        while let Some(token) = self.tokens.get(end) {
            let relative = end > from && RELATIVE.contains(&token.lemma.as_str());
            if is_boundary(token) || relative || matches!(token.upos, Upos::Verb | Upos::Aux | Upos::Sconj) {
                break;
            }
            end += 1;
        }
        (self.head(from, end), end)
    }

    /// The phrase before a verb: where it begins, and its head. "X, its spokesman, *said*" and "X, who fled, *said*" are X's.
    fn phrase_before(&self, verb: usize) -> Option<(usize, usize)> {
        let mut end = verb;
        while end > 0 && matches!(self.tokens[end - 1].upos, Upos::Adv | Upos::Aux) {
            end -= 1;
        }
        let start_of =
            |end: usize| (0..end).rev().find(|&at| is_boundary(&self.tokens[at])).map_or(0, |at| at + 1);
        let finite = |from: usize, to: usize| self.tokens[from..to].iter().any(is_finite);
        if end == 0 {
            return None;
        }
        if self.lemma(end - 1) == "," {
            let middle = start_of(end - 1);
            if middle == 0 || middle == end - 1 || self.lemma(middle - 1) != "," {
                return None;
            }
            if finite(middle, end - 1) && !RELATIVE.contains(&self.lemma(middle)) {
                return None;
            }
            let begin = start_of(middle - 1);
            if finite(begin, middle - 1) {
                return None;
            }
            return Some((begin, self.head(begin, middle - 1)?));
        }
        let begin = start_of(end);
        let first_finite = (begin..end).find(|&at| is_finite(&self.tokens[at]));
        if let Some(finite) = first_finite
            && !(begin..finite).any(|at| RELATIVE.contains(&self.lemma(at)))
        {
            return None;
        }
        Some((begin, self.head(begin, end)?))
    }

    /// The head of the phrase in `from..to`: its last nominal before a preposition, a comma or a relative.
    fn head(&self, from: usize, to: usize) -> Option<usize> {
        let mut head = None;
        for at in from..to.min(self.tokens.len()) {
            let token = &self.tokens[at];
            let breaks = matches!(token.upos, Upos::Adp | Upos::Sconj | Upos::Verb | Upos::Aux)
                || RELATIVE.contains(&token.lemma.as_str())
                || is_boundary(token);
            if head.is_some() && breaks {
                break;
            }
            if is_nominal(token) || (token.upos == Upos::Adj && at + 1 == to && head.is_none()) {
                head = Some(at);
            }
        }
        head
    }

    fn is_passive(&self, at: usize) -> bool {
        self.sentence.child(at as u32, Deprel::AuxPass).is_some()
            || (self.tokens[at].xpos == Xpos::VBN
                && at.checked_sub(1).is_some_and(|before| self.lemma(before) == "be"))
    }

    fn lemma(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.lemma.as_str())
    }

    fn report(
        &self,
        says: usize,
        who: usize,
        denies: bool,
        scope: [(usize, usize); 2],
        form: Form,
    ) -> Report {
        let scope = scope.map(|(from, to)| (from as u32, to as u32));
        Report { who: who as u32, says: says as u32, denies, scope, form }
    }
}

fn is_verb(token: &Token) -> bool {
    matches!(token.upos, Upos::Verb | Upos::Aux)
        || matches!(token.xpos, Xpos::VBD | Xpos::VBN | Xpos::VBZ | Xpos::VBP | Xpos::VBG)
}

fn is_finite(token: &Token) -> bool {
    matches!(token.xpos, Xpos::VBD | Xpos::VBZ | Xpos::VBP | Xpos::MD)
}

fn is_nominal(token: &Token) -> bool {
    matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
}

/// Punctuation that ends a phrase; hyphens, apostrophes and dots inside names do not.
fn is_boundary(token: &Token) -> bool {
    token.upos == Upos::Punct && !matches!(token.lemma.as_str(), "-" | "’" | "'" | "." | "·" | "/")
}

fn is_quote(token: &Token) -> bool {
    matches!(token.lemma.as_str(), "“" | "”" | "\"" | "„" | "«" | "»" | "``" | "''")
}

fn is_dash(token: &Token) -> bool {
    matches!(token.lemma.as_str(), "—" | "–" | "--")
}
