//! Links inside a sentence: appositions, acronyms in brackets, relative pronouns.

use super::Links;
use super::referent::Want;
use crate::core::actors::Form;
use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::syntax::{Deprel, TokenRef, Upos, Xpos};
use smol_str::SmolStr;

/// The mention that a relative pronoun stands for.
pub fn relative(links: &Links<'_, '_>, i: u32) -> Option<u32> {
    let head = links.list[i as usize].head;
    let sentence = links.reader.document.sentence_of(head);
    if !matches!(sentence.token(head.token).xpos, Xpos::WP | Xpos::WDT | Xpos::WPS) {
        return None;
    }
    let clause = std::iter::once(head.token)
        .chain(sentence.ancestors(head.token).take(4))
        .find(|&t| sentence.token(t).deprel == Deprel::AclRelcl);
    let noun = clause.and_then(|clause| sentence.token(clause).head);
    let noun = noun.and_then(|noun| links.at(TokenRef { sentence: head.sentence, token: noun }));
    noun.or_else(|| {
        // The tree hung the clause elsewhere: the phrase right before the pronoun ("that" joins clauses too often to tell).
        let written = sentence.token(head.token).span.of(links.reader.text);
        if written.eq_ignore_ascii_case("that") {
            return None;
        }
        let mut before = head.token.checked_sub(1)?;
        if sentence.token(before).upos == Upos::Punct {
            before = before.checked_sub(1)?;
        }
        let end = sentence.token(before).span.end;
        (0..i).rev().take(12).rev().find(|&j| {
            let mention = &links.list[j as usize];
            mention.head.sentence == head.sentence && mention.span.end == end && mention.form != Form::Pronoun
        })
    })
}

/// Whom a pronoun in front of its noun stands for: the speaker of what follows ("It did not fire, Damascus said"; "After he left, Putin
/// …"), or whom the speaker speaks of ("They broke the door, the editor said of the gendarmes").
pub fn cataphor(links: &Links<'_, '_>, i: u32, want: &Want) -> Option<u32> {
    let head = links.list[i as usize].head;
    let sentence = links.reader.document.sentence_of(head);
    // The first clause only: later pronouns look back.
    if head.token > 4 {
        return None;
    }
    let clause = sentence.token(head.token).head?;
    let at = |token: u32| links.at(TokenRef { sentence: head.sentence, token }).filter(|&to| to > i);
    let verbs = std::iter::once(clause).chain(sentence.ancestors(clause).take(3)).chain(
        sentence.children(clause).iter().copied().filter(|&child| {
            matches!(sentence.token(child).deprel, Deprel::Parataxis | Deprel::Ccomp | Deprel::Advcl)
                && child > head.token
        }),
    );
    let mut speaker = None;
    for verb in verbs {
        if verb <= head.token {
            continue;
        }
        for child in sentence.children(verb).iter().copied().filter(|&child| child > head.token) {
            let relation = sentence.token(child).deprel;
            let of = sentence.child(child, Deprel::Case).is_some_and(|case| sentence.lemma(case) == "of");
            if of
                && matches!(relation, Deprel::Obl | Deprel::Nmod)
                && let Some(to) = at(child).filter(|&to| want.suits(links, to))
            {
                return Some(to);
            }
            if matches!(relation, Deprel::Nsubj) && verb != clause {
                speaker = speaker.or_else(|| at(child).filter(|&to| want.suits(links, to)));
            }
        }
    }
    speaker
}

impl Links<'_, '_> {
    /// "Hakan Fidan, the Turkish foreign minister": either side lends the other what it lacks.
    pub(super) fn appositions(&mut self) {
        for i in 0..self.list.len() as u32 {
            if self.relation(i) != Deprel::Appos {
                continue;
            }
            let head = self.list[i as usize].head;
            let sentence = self.reader.document.sentence_of(head);
            let Some(governor) = sentence.token(head.token).head else { continue };
            let Some(first) = self.at(TokenRef { sentence: head.sentence, token: governor }) else {
                continue;
            };
            if first != i {
                self.same(first, i);
            }
        }
    }

    /// The two mentions are one: `second` in apposition to `first`.
    fn same(&mut self, first: u32, second: u32) {
        let (a, b) = (&self.list[first as usize], &self.list[second as usize]);
        // "Moscow, Russia" and lists read as apposition are no identity.
        let country = |m: &crate::core::actors::Mention| m.identity.kind == ParticipantKind::Country;
        if country(a) || country(b) || a.identity.kind != b.identity.kind && !persons(a, b) {
            return;
        }
        let (named, described) = match (a.form, b.form) {
            (Form::Name, Form::Description) => (first, second),
            (Form::Description, Form::Name) => (second, first),
            _ => return,
        };
        if self.clues[described as usize].plural
            && self.list[described as usize].identity.kind == ParticipantKind::Group
        {
            return;
        }
        let what = self.list[described as usize].identity.clone();
        let role = self.clues[described as usize].role;
        let who = &mut self.list[named as usize].identity;
        let known = who.basis == ParticipantBasis::Named;
        if !known || who.country.is_none() {
            who.country = who.country.take().or(what.country.clone());
            if who.sectors.is_empty() {
                who.sectors = what.sectors.clone();
            }
            who.office = who.office.take().or(what.office.clone());
            if !known {
                who.basis = ParticipantBasis::Description;
                who.reason = SmolStr::new_static("what the apposition says");
            }
        }
        if self.clues[named as usize].role.is_none() {
            self.clues[named as usize].role = role;
        }
        let mut whole = self.list[named as usize].identity.clone();
        if what.country.is_some() && whole.country != what.country && known {
            whole.country = what.country;
            whole.sectors = what.sectors;
        }
        whole.reason = SmolStr::new_static("apposition");
        self.list[described as usize].identity = whole;
        self.list[described as usize].antecedent = Some(named);
    }

    /// "the Rapid Support Forces (RSF)": the acronym stands for the name from here on.
    pub(super) fn brackets(&mut self) {
        for i in 0..self.list.len() as u32 {
            let mention = &self.list[i as usize];
            if mention.form == Form::Pronoun || mention.identity.kind == ParticipantKind::Person {
                continue;
            }
            let head = mention.head;
            let sentence = self.reader.document.sentence_of(head);
            let text = self.reader.text;
            let after = sentence.tokens.partition_point(|token| token.span.begin < mention.span.end);
            let Some([open, acronym, close]) = sentence.tokens.get(after..after + 3) else { continue };
            let written = acronym.span.of(text);
            if open.span.of(text) != "(" || close.span.of(text) != ")" || written.len() < 2 {
                continue;
            }
            if written.bytes().all(|b| b.is_ascii_uppercase() || b == b'-' || b == b'/' || b.is_ascii_digit())
            {
                let token = after as u32 + 1;
                if let Some(short) = self.at(TokenRef { sentence: head.sentence, token })
                    && short != i
                {
                    self.refer(short, i, "acronym in brackets");
                }
                self.aliases.push((SmolStr::new(written), i));
            }
        }
    }
}

fn persons(a: &crate::core::actors::Mention, b: &crate::core::actors::Mention) -> bool {
    let one = |m: &crate::core::actors::Mention| m.identity.kind == ParticipantKind::Person;
    one(a) && one(b)
}
