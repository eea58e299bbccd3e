//! Whether a deed happened: tense, aspect, modals, negation, conditions, questions, and the predicates that govern it.

use super::clause;
use super::codebook::{Codebook, Colour};
use crate::core::extraction::EventDate;
use crate::core::ontology::Status;
use crate::core::syntax::{Deprel, Sentence, Upos, Xpos};
use jiff::civil::Date;

/// How far up the governors of a predicate are read.
const CLIMB: usize = 12;

/// What was seen on the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    /// will, shall, is to, plans to
    pub future: bool,
    /// may, could, if, a question, hopes to
    pub hypothetical: bool,
    /// not, never, no, failed to
    pub negated: bool,
    /// is doing, continues to
    pub ongoing: bool,
    /// had done
    pub pluperfect: bool,
    /// A condition hangs on it ("if …").
    pub conditional: bool,
    /// Spoken of in the abstract ("the importance of …").
    pub void: bool,
}

impl Signs {
    /// The status these signs amount to.
    pub fn status(self) -> Status {
        if self.negated && !self.hypothetical {
            Status::Negated
        } else if self.hypothetical || (self.conditional && self.future) {
            Status::Hypothetical
        } else if self.future {
            Status::Future
        } else if self.ongoing {
            Status::Ongoing
        } else {
            Status::Occurred
        }
    }

    fn colour(&mut self, colour: Colour) {
        match colour {
            Colour::Begun => {}
            Colour::Ongoing => self.ongoing = true,
            Colour::Future => self.future = true,
            Colour::Hypothetical => self.hypothetical = true,
            Colour::Negated => self.negated = !self.negated,
            Colour::Void => self.void = true,
        }
    }
}

/// Background from before the reported occasion lies about three months back, or more.
const BACKGROUND_DAYS: i32 = 100;

/// Beyond this many years back it is history, not background of the news.
const HISTORY_YEARS: i16 = 60;

/// Whether the text dates it so far back that it is no news of any kind.
pub fn is_history(date: &EventDate, published: Option<Date>) -> bool {
    match (date.mention, date.end, published) {
        (Some(_), Some(end), Some(published)) => published.year() - end.year() > HISTORY_YEARS,
        (Some(_), Some(end), None) => end.year() < 1900,
        _ => false,
    }
}

/// The status once the date is known: what the text dates long before publication is background.
pub fn with_date(status: Status, date: &EventDate, published: Option<Date>) -> Status {
    let (Status::Occurred | Status::Ongoing, Some(_)) = (status, date.mention) else { return status };
    let (Some(end), Some(published)) = (date.end, published) else { return status };
    let days = published.since(end).map_or(0, |span| span.get_days());
    if days > BACKGROUND_DAYS { Status::Historical } else { status }
}

/// Reads the signs at a predicate (`anchor`) and above it. `trigger` may be a noun below its light verb.
pub fn signs(codebook: &Codebook, sentence: &Sentence, anchor: u32, trigger: u32) -> Signs {
    let mut signs = Signs::default();
    own(sentence, anchor, &mut signs);
    if trigger != anchor {
        determiners(codebook, sentence, trigger, &mut signs);
    } else if matches!(sentence.token(anchor).upos, Upos::Noun | Upos::Propn) {
        determiners(codebook, sentence, anchor, &mut signs);
    }
    if let Some(&colour) = codebook.governors.get(sentence.lemma(anchor))
        && trigger != anchor
    {
        signs.colour(colour);
    }
    for object in sentence.children_by(anchor, Deprel::Obj) {
        if no_word(sentence, object) {
            signs.negated = true;
        }
    }
    let mut at = anchor;
    for _ in 0..CLIMB {
        let token = sentence.token(at);
        let Some(head) = token.head else { break };
        match token.deprel {
            // Infinitives, gerunds and participles share the fate of what governs them.
            Deprel::Xcomp => {
                own(sentence, head, &mut signs);
                govern(codebook, sentence, head, &mut signs);
            }
            Deprel::Ccomp | Deprel::Csubj | Deprel::CsubjPass => {
                govern(codebook, sentence, head, &mut signs);
                if !clause::is_finite(sentence, at) {
                    own(sentence, head, &mut signs);
                }
                if clause::introduced_by(sentence, at, &["if", "whether"]) {
                    signs.hypothetical = true;
                }
            }
            Deprel::Advcl => {
                if clause::is_finite(sentence, at)
                    || clause::introduced_by(sentence, at, &["after", "since", "before"])
                {
                    break;
                }
                own(sentence, head, &mut signs);
                if clause::introduced_by(sentence, at, &["without", "instead"]) {
                    signs.negated = true;
                }
            }
            Deprel::Acl => {
                if !clause::is_finite(sentence, at) {
                    govern(codebook, sentence, head, &mut signs);
                }
                if token.xpos != Xpos::VB {
                    break;
                }
            }
            Deprel::Conj => {
                // A conjunct without a subject shares auxiliaries that stand before both.
                let own_clause = sentence.children(at).iter().any(|&child| {
                    matches!(
                        sentence.token(child).deprel,
                        Deprel::Nsubj | Deprel::NsubjPass | Deprel::Aux | Deprel::AuxPass
                    )
                });
                if !own_clause && sentence.token(at).xpos == sentence.token(head).xpos {
                    own(sentence, head, &mut signs);
                }
                if own_clause && sentence.token(head).deprel == Deprel::Root {
                    break;
                }
            }
            // A noun: who governs it colours it ("hopes for talks", "plans for a visit").
            Deprel::Obj
            | Deprel::Obl
            | Deprel::Nmod
            | Deprel::Nsubj
            | Deprel::NsubjPass
            | Deprel::Compound => {
                if matches!(sentence.token(at).upos, Upos::Noun | Upos::Propn) {
                    govern(codebook, sentence, head, &mut signs);
                    if token.deprel == Deprel::Nmod {
                        determiners(codebook, sentence, head, &mut signs);
                    } else if codebook.governors.contains_key(sentence.lemma(head)) {
                        own(sentence, head, &mut signs);
                    }
                }
            }
            Deprel::AclRelcl | Deprel::Parataxis => break,
            _ => {}
        }
        at = head;
    }
    if is_question(sentence, at) {
        signs.hypothetical = true;
    }
    signs
}

/// Auxiliaries, negation and conditions of one predicate.
fn own(sentence: &Sentence, predicate: u32, signs: &mut Signs) {
    let token = sentence.token(predicate);
    let mut be = false;
    let mut had = false;
    let mut perfect = false;
    for &child in sentence.children(predicate) {
        let word = sentence.token(child);
        let lemma = word.lemma.as_str();
        match word.deprel {
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop => match lemma {
                "will" | "shall" | "'ll" | "wo" | "would" => signs.future = true,
                "may" | "might" | "could" | "can" | "should" | "must" => signs.hypothetical = true,
                "be" if word.deprel == Deprel::Aux => be = true,
                "have" => {
                    perfect = true;
                    had |= word.xpos == Xpos::VBD;
                }
                _ => {}
            },
            Deprel::Advmod if matches!(lemma, "not" | "never" | "n't" | "neither" | "nor") => {
                signs.negated = true
            }
            Deprel::Advmod if matches!(lemma, "no") => {}
            Deprel::Det | Deprel::Cc if matches!(lemma, "neither" | "nor") => signs.negated = true,
            Deprel::Mark if matches!(lemma, "if" | "unless" | "should" | "whether" | "lest") => {
                signs.hypothetical = true
            }
            Deprel::Advcl if is_condition(sentence, child) => signs.conditional = true,
            Deprel::Nsubj | Deprel::NsubjPass if no_word(sentence, child) => signs.negated = true,
            _ => {}
        }
    }
    if be && token.xpos == Xpos::VBG && !had {
        signs.ongoing = true;
    }
    // "is being held"
    if sentence.children_by(predicate, Deprel::AuxPass).any(|aux| sentence.token(aux).xpos == Xpos::VBG) {
        signs.ongoing = true;
    }
    signs.pluperfect |= perfect && had;
    // "is to be expelled", where the parser makes an auxiliary of "is"
    let to = sentence.children_by(predicate, Deprel::Mark).find(|&mark| sentence.lemma(mark) == "to");
    let is_to = |to: u32| {
        sentence.children_by(predicate, Deprel::Aux).any(|aux| aux < to && sentence.lemma(aux) == "be")
    };
    if to.is_some_and(is_to) {
        signs.future = true;
    }
    // "Ministers to meet on Thursday": an infinitive as a headline's main verb.
    if token.deprel == Deprel::Root && token.xpos == Xpos::VB && to.is_some() {
        signs.future = true;
    }
}

/// "if they march", "should they march".
fn is_condition(sentence: &Sentence, clause: u32) -> bool {
    let inverted = || {
        let first =
            sentence.children(clause).iter().find(|&&child| sentence.token(child).upos != Upos::Punct);
        first.is_some_and(|&first| first < clause && sentence.lemma(first) == "should")
    };
    clause::introduced_by(sentence, clause, &["if", "unless"]) || inverted()
}

fn no_word(sentence: &Sentence, noun: u32) -> bool {
    matches!(sentence.lemma(noun), "nobody" | "none" | "nothing" | "neither")
        || sentence.children(noun).iter().any(|&child| {
            // "no soldier", "neither Egypt nor Libya"
            let token = sentence.token(child);
            child < noun
                && ((token.deprel == Deprel::Det && matches!(sentence.lemma(child), "no" | "neither"))
                    || (sentence.lemma(child) == "neither" && token.upos != Upos::Verb))
        })
}

fn determiners(codebook: &Codebook, sentence: &Sentence, noun: u32, signs: &mut Signs) {
    for &child in sentence.children(noun) {
        match sentence.token(child).deprel {
            Deprel::Det if matches!(sentence.lemma(child), "no" | "neither") => signs.negated = true,
            Deprel::Amod | Deprel::Compound => {
                if let Some(&colour) = codebook.governors.get(sentence.lemma(child)) {
                    signs.colour(colour);
                }
            }
            _ => {}
        }
    }
}

/// A governing predicate's own colour: "failed to", "hopes for", "is due to".
fn govern(codebook: &Codebook, sentence: &Sentence, head: u32, signs: &mut Signs) {
    if let Some(&colour) = codebook.governors.get(sentence.lemma(head)) {
        signs.colour(colour);
    }
    // "is to visit": UD makes the infinitive a complement of "be".
    if sentence.lemma(head) == "be" {
        signs.future = true;
    }
}

fn is_question(sentence: &Sentence, root: u32) -> bool {
    let Some(last) = sentence.tokens.iter().rposition(|token| token.upos != Upos::Punct) else {
        return false;
    };
    let asks = sentence.tokens[last + 1..].iter().any(|token| token.lemma == "?");
    asks && sentence.token(root).head.is_none() && !said(sentence, root)
}

/// Whether the clause is what somebody says: then the question mark belongs to the quotation.
fn said(sentence: &Sentence, root: u32) -> bool {
    sentence.child(root, Deprel::Ccomp).is_some() && sentence.child(root, Deprel::Parataxis).is_none() && {
        matches!(sentence.lemma(root), "say" | "tell" | "report" | "write" | "announce" | "warn")
    }
}
