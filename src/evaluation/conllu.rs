//! Reads CoNLL-U treebanks: gold sentences, and the raw text that they stand for.

use crate::core::syntax::{Deprel, Upos, Xpos};
use crate::core::text::Span;
use std::path::Path;
use thiserror::Error;

/// Why a treebank cannot be read.
#[derive(Debug, Error)]
pub enum TreebankError {
    /// The file cannot be opened.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A line is not CoNLL-U.
    #[error("{path}:{line}: {what}")]
    Line {
        /// Which file.
        path: String,
        /// Which line, from 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
}

/// A gold word.
#[derive(Clone, Debug, PartialEq)]
pub struct GoldWord {
    /// Where it stands in [`Treebank::text`]; the words of a contraction may share bytes.
    pub span: Span,
    /// As written; of a contraction's words, as UD spells them.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Morphological features, as the treebank writes them.
    pub feats: String,
    /// Governor in the sentence; `None` for the root.
    pub head: Option<u32>,
    /// Relation.
    pub deprel: Deprel,
}

/// A gold sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GoldSentence {
    /// The treebank's name for it.
    pub id: String,
    /// Its genre, where the document's name tells it: `news`, `reviews`, …
    pub genre: String,
    /// From its first to its last word.
    pub span: Span,
    /// Whether a new paragraph or document begins with it.
    pub opens_paragraph: bool,
    /// Its words in order.
    pub words: Vec<GoldWord>,
    /// The surface tokens: words, but a contraction as one.
    pub tokens: Vec<Span>,
}

/// A treebank and the text that it annotates: sentences joined by a space, paragraphs by an empty line.
#[derive(Clone, Debug, Default)]
pub struct Treebank {
    /// The raw text.
    pub text: String,
    /// Its sentences in order.
    pub sentences: Vec<GoldSentence>,
}

impl Treebank {
    /// Reads one CoNLL-U file.
    pub fn open(path: &Path) -> Result<Treebank, TreebankError> {
        let name = path.display().to_string();
        let content = std::fs::read_to_string(path)
            .map_err(|source| TreebankError::Io { path: name.clone(), source })?;
        Treebank::parse(&content).map_err(|(line, what)| TreebankError::Line { path: name, line, what })
    }

    /// Parses CoNLL-U; an error names the line, from 1.
    pub fn parse(content: &str) -> Result<Treebank, (usize, String)> {
        let mut bank = Treebank::default();
        let mut sentence = GoldSentence { opens_paragraph: true, ..GoldSentence::default() };
        let mut genre = String::new();
        let mut contraction: Option<Contraction> = None;
        let mut space = false;
        for (number, line) in content.lines().enumerate() {
            let fail = |what: &str| (number + 1, what.to_owned());
            if line.is_empty() {
                if !sentence.words.is_empty() {
                    bank.finish(&mut sentence);
                    contraction = None;
                }
                continue;
            }
            if let Some(comment) = line.strip_prefix('#') {
                let comment = comment.trim();
                if let Some(id) = comment.strip_prefix("sent_id = ") {
                    sentence.id = id.to_owned();
                    sentence.genre = genre.clone();
                } else if let Some(id) = comment.strip_prefix("newdoc id = ") {
                    genre = genre_of(id);
                    sentence.opens_paragraph = true;
                } else if comment.starts_with("newpar") && !comment.starts_with("newpar_") {
                    sentence.opens_paragraph = true;
                }
                continue;
            }
            let columns: Vec<&str> = line.split('\t').collect();
            let [id, form, lemma, upos, xpos, feats, head, deprel, _, misc] = columns.as_slice() else {
                return Err(fail("ten columns expected"));
            };
            if id.contains('.') {
                continue;
            }
            if sentence.tokens.is_empty() && !bank.text.is_empty() {
                bank.text.push_str(if sentence.opens_paragraph { "\n\n" } else { " " });
                space = false;
            }
            let spaced = !misc.split('|').any(|part| part == "SpaceAfter=No");
            if let Some((first, last)) = id.split_once('-') {
                let last: usize = last.parse().map_err(|_| fail("a range of words expected"))?;
                let first: usize = first.parse().map_err(|_| fail("a range of words expected"))?;
                let span = bank.surface(form, &mut space, spaced);
                sentence.tokens.push(span);
                contraction =
                    Some(Contraction { span, last, at: span.begin as usize, left: last + 1 - first });
                continue;
            }
            let number: usize = id.parse().map_err(|_| fail("a word's number expected"))?;
            let span = match &mut contraction {
                Some(whole) if number <= whole.last => whole.next(&bank.text, form),
                _ => {
                    let span = bank.surface(form, &mut space, spaced);
                    sentence.tokens.push(span);
                    span
                }
            };
            let head: u32 = head.parse().map_err(|_| fail("a governor's number expected"))?;
            sentence.words.push(GoldWord {
                span,
                form: (*form).to_owned(),
                lemma: (*lemma).to_owned(),
                upos: Upos::parse(upos).ok_or_else(|| fail("unknown part of speech"))?,
                xpos: Xpos::parse(xpos).unwrap_or(Xpos::NN),
                feats: (*feats).to_owned(),
                head: head.checked_sub(1),
                deprel: Deprel::parse(deprel).ok_or_else(|| fail("unknown relation"))?,
            });
        }
        if !sentence.words.is_empty() {
            bank.finish(&mut sentence);
        }
        Ok(bank)
    }

    fn surface(&mut self, form: &str, space: &mut bool, spaced: bool) -> Span {
        if *space {
            self.text.push(' ');
        }
        let begin = self.text.len();
        self.text.push_str(form);
        *space = spaced;
        Span::new(begin, self.text.len())
    }

    fn finish(&mut self, sentence: &mut GoldSentence) {
        let ends = sentence.tokens.first().zip(sentence.tokens.last());
        sentence.span = ends.map_or(Span::default(), |(first, last)| first.join(*last));
        self.sentences.push(std::mem::take(sentence));
    }
}

/// A surface token of several words, and how much of it is given out.
struct Contraction {
    span: Span,
    last: usize,
    at: usize,
    left: usize,
}

impl Contraction {
    /// The part of the token that is the next word; the whole of it where the forms do not add up.
    fn next(&mut self, text: &str, form: &str) -> Span {
        self.left = self.left.saturating_sub(1);
        let rest = text.get(self.at..self.span.end as usize).unwrap_or("");
        if rest.starts_with(form) {
            let begin = self.at;
            self.at += form.len();
            return Span::new(begin, self.at);
        }
        let length: usize = rest.chars().take(form.chars().count()).map(char::len_utf8).sum();
        let begin = self.at;
        self.at = if self.left == 0 { self.span.end as usize } else { begin + length };
        if begin == self.at { self.span } else { Span::new(begin, self.at) }
    }
}

/// `GUM_news_x` → news; `weblog-x` → weblog.
fn genre_of(document: &str) -> String {
    let mut parts = document.split(['_', '-']);
    let first = parts.next().unwrap_or("");
    if first == "GUM" { parts.next().unwrap_or("").to_owned() } else { first.to_owned() }
}
