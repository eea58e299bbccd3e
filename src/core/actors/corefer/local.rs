//! Links inside a sentence: appositions, acronyms in brackets, relative pronouns.

use super::Links;
use crate::core::actors::Form;
use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::syntax::{Deprel, TokenRef, Xpos};
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
        .find(|&t| sentence.token(t).deprel == Deprel::AclRelcl)?;
    let noun = sentence.token(clause).head?;
    links.at(TokenRef { sentence: head.sentence, token: noun })
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
