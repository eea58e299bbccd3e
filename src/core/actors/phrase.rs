//! The words of a noun phrase: the head with its modifiers, without relative clauses, appositions and conjuncts.

use crate::core::syntax::{Deprel, Sentence, Upos};
use crate::core::text::Span;

/// A noun phrase as tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Its head.
    pub head: u32,
    /// First token.
    pub first: u32,
    /// Last token, inclusive.
    pub last: u32,
    /// Last token of the head's name: its `flat` words included.
    pub name_last: u32,
}

/// Whether the token can head a phrase of its own: a nominal that is no modifier inside another.
pub fn is_head(sentence: &Sentence, token: u32) -> bool {
    let word = sentence.token(token);
    use Deprel::*;
    let modifier = matches!(
        word.deprel,
        Compound
            | Flat
            | Fixed
            | Goeswith
            | Amod
            | Det
            | DetPredet
            | Nummod
            | NmodDesc
            | Case
            | Mark
            | Cc
            | CcPreconj
            | Punct
            | Aux
            | AuxPass
            | Cop
            | Advmod
            | Expl
            | Discourse
            | CompoundPrt
            | Reparandum
    );
    match word.upos {
        Upos::Noun | Upos::Propn | Upos::Pron => !modifier,
        Upos::X | Upos::Sym => !modifier,
        // "the wounded", "five of them", "the two": only in the place of a noun.
        Upos::Num | Upos::Adj | Upos::Det => {
            matches!(word.deprel, Nsubj | NsubjPass | Obj | Iobj | Obl | OblAgent | Nmod | NmodPoss | Appos)
        }
        _ => false,
    }
}

/// Whether the dependents of the head by that relation lie outside its phrase.
fn outside(relation: Deprel, at_head: bool) -> bool {
    use Deprel::*;
    match relation {
        Appos | AclRelcl | Acl | Parataxis | Advcl | AdvclRelcl | Ccomp | Xcomp | Dislocated | Discourse
        | Vocative | Orphan | List | Nsubj | NsubjPass | NsubjOuter | Csubj | CsubjPass | CsubjOuter
        | Aux | AuxPass | Cop | Expl | Obj | Iobj | Obl | OblAgent | OblUnmarked | NmodUnmarked | Mark
        | Root | Reparandum | Dep => true,
        Conj | Cc | CcPreconj | Case | Punct => at_head,
        _ => false,
    }
}

/// The phrase around a head. Costs no more than the words under it.
pub fn around(sentence: &Sentence, head: u32) -> Phrase {
    let mut inside = vec![head];
    let mut at = 0;
    while at < inside.len() {
        let token = inside[at];
        for &child in sentence.children(token) {
            let relation = sentence.token(child).deprel;
            let loose = token == head && matches!(relation, Deprel::Nmod) && !belongs(sentence, head, child);
            if !outside(relation, token == head) && !loose {
                inside.push(child);
            }
        }
        at += 1;
    }
    inside.sort_unstable();
    let middle = inside.binary_search(&head).unwrap_or(0);
    let gap_is_mark = |from: u32, to: u32| {
        (from + 1..to).all(|t| sentence.token(t).upos == Upos::Punct && !is_comma(sentence, t))
    };
    let (mut first, mut last) = (head, head);
    for &token in inside[..middle].iter().rev() {
        if first - token == 1 || gap_is_mark(token, first) { first = token } else { break }
    }
    for &token in &inside[middle + 1..] {
        if token - last == 1 || gap_is_mark(last, token) { last = token } else { break }
    }
    loop {
        let next = (first + 1).min(head);
        let time = |t: u32| t < head && super::describe::is_time(&sentence.token(t).lemma);
        let last_friday = time(next)
            && matches!(
                sentence.token(first).lemma.as_str(),
                "last" | "next" | "this" | "late" | "early" | "mid"
            );
        if first < head && (trims(sentence, first) || time(first) || last_friday) {
            first += 1;
        } else {
            break;
        }
    }
    while last > head && (trims(sentence, last) || sentence.token(last).deprel == Deprel::Cc) {
        last -= 1;
    }
    let mut name_last = head;
    for &child in sentence.children(head) {
        if child == name_last + 1 && matches!(sentence.token(child).deprel, Deprel::Flat | Deprel::Goeswith)
            || child > name_last && child - name_last <= 2 && sentence.token(child).deprel == Deprel::Flat
        {
            name_last = child;
        }
    }
    Phrase { head, first, last, name_last }
}

/// Whether a prepositional modifier of the head is part of who it is ("of", "from"), rather than of where and when. A place belongs to
/// the phrase where it stands before the verb ("Doctors in Tegucigalpa struck").
fn belongs(sentence: &Sentence, head: u32, child: u32) -> bool {
    let Some(case) = sentence.child(child, Deprel::Case) else { return true };
    match sentence.lemma(case) {
        "of" | "from" => true,
        "for" => {
            child == head + 2
                || sentence.token(child).upos == Upos::Propn
                || sentence.token(head).upos == Upos::Propn
        }
        "in" => {
            let subject = matches!(sentence.token(head).deprel, Deprel::Nsubj | Deprel::NsubjPass);
            subject
                && sentence.token(head).head.is_some_and(|verb| verb > child)
                && sentence.token(child).upos == Upos::Propn
        }
        // "according to officials", "including two children" tell more of the clause than of the one it counts.
        _ => !matches!(sentence.token(case).upos, Upos::Adp | Upos::Verb | Upos::Sconj),
    }
}

fn is_comma(sentence: &Sentence, token: u32) -> bool {
    sentence.token(token).xpos == crate::core::syntax::Xpos::Comma
}

/// Words that do not open or close a phrase, although they hang in it.
fn trims(sentence: &Sentence, token: u32) -> bool {
    let word = sentence.token(token);
    // "at least four people", "some 300 families": the number counts, the hedge does not.
    if matches!(word.lemma.as_str(), "least" | "most" | "little")
        && sentence.lemma(token.saturating_sub(1)) == "at"
    {
        return true;
    }
    matches!(word.upos, Upos::Punct | Upos::Adp | Upos::Cconj | Upos::Sconj | Upos::Part)
        && !matches!(word.deprel, Deprel::Compound | Deprel::Flat)
        || word.upos == Upos::Adv
            && word.deprel == Deprel::Advmod
            && word.head.is_some_and(|h| h >= token)
            && word
                .head
                .is_some_and(|h| sentence.token(h).upos != Upos::Num && sentence.token(h).upos != Upos::Adj)
}

impl Phrase {
    /// The text span of the phrase.
    pub fn span(self, sentence: &Sentence) -> Span {
        sentence.token(self.first).span.join(sentence.token(self.last).span)
    }
}
