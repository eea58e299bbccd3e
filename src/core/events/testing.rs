//! Trees written by hand for tests: one word a line, `form lemma XPOS head relation`, heads counted from 1.

use crate::core::syntax::{Deprel, Document, Morph, Sentence, SentenceKind, Token, Upos, Xpos};
use crate::core::text::Span;

/// A text and its one-sentence document from a tree by hand.
pub fn document(tree: &str) -> (String, Document) {
    let mut text = String::new();
    let mut tokens = Vec::new();
    for line in tree.lines().filter(|line| !line.trim().is_empty()) {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [form, lemma, xpos, head, deprel] = fields[..] else { panic!("five fields: {line}") };
        if !text.is_empty() && !matches!(form, "." | "," | "'s") {
            text.push(' ');
        }
        let begin = text.len();
        text.push_str(form);
        let xpos = Xpos::parse(xpos).expect(line);
        let head: u32 = head.parse().expect(line);
        tokens.push(Token {
            span: Span::new(begin, text.len()),
            upos: upos(xpos, lemma),
            xpos,
            morph: Morph::default(),
            lemma: lemma.into(),
            head: head.checked_sub(1),
            deprel: Deprel::parse(deprel).expect(line),
        });
    }
    let span = Span::new(0, text.len());
    let sentence = Sentence::new(span, 0, SentenceKind::Prose, None, tokens);
    (text, Document { sentences: vec![sentence], cut_sentences: 0 })
}

fn upos(xpos: Xpos, lemma: &str) -> Upos {
    match xpos {
        Xpos::NN | Xpos::NNS => Upos::Noun,
        Xpos::NNP | Xpos::NNPS => Upos::Propn,
        Xpos::MD => Upos::Aux,
        _ if xpos.name().starts_with("VB") && lemma == "be" => Upos::Aux,
        _ if xpos.name().starts_with("VB") => Upos::Verb,
        Xpos::JJ => Upos::Adj,
        Xpos::IN => Upos::Adp,
        Xpos::TO => Upos::Part,
        Xpos::DT => Upos::Det,
        Xpos::CC => Upos::Cconj,
        Xpos::CD => Upos::Num,
        Xpos::PRP | Xpos::WP | Xpos::WDT => Upos::Pron,
        Xpos::RB => Upos::Adv,
        _ => Upos::X,
    }
}
