//! What the models see of a word: hashes of its form, its endings and its shape.

use super::clusters::{Classes, Clusters};
use super::linear::mix;

/// The parts of a word that features are made of; each is a hash.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// The form with figures made alike.
    pub form: u64,
    /// The form in small letters, figures made alike.
    pub lower: u64,
    /// Its last 1, 2, 3, 4 characters in small letters.
    pub suffixes: [u64; 4],
    /// Its first 1, 2, 3 characters in small letters.
    pub prefixes: [u64; 3],
    /// Kinds of characters in a row: `Xx`, `x-X`, `d,d`.
    pub shape: u64,
    /// What sort of sign it is.
    pub kind: Kind,
    /// What the lexicon knows of it.
    pub clusters: Classes,
}

/// Signs that other words look out for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Any other word.
    #[default]
    Other,
    /// An auxiliary, a modal, or "to".
    Helper,
    /// A comma.
    Comma,
    /// A coordinating conjunction.
    And,
    /// Any other sign without letters or figures.
    Mark,
}

fn kind(lower: &[u8]) -> Kind {
    match lower {
        b"is" | b"are" | b"was" | b"were" | b"be" | b"been" | b"being" | b"'s" | b"'re" | b"has"
        | b"have" | b"had" | b"having" | b"'ve" | b"do" | b"does" | b"did" | b"will" | b"would" | b"'ll"
        | b"'d" | b"can" | b"could" | b"may" | b"might" | b"shall" | b"should" | b"must" | b"to" => {
            Kind::Helper
        }
        b"," => Kind::Comma,
        b"and" | b"or" | b"but" | b"&" => Kind::And,
        [b'\'', _, ..] => Kind::Other,
        [first, ..] if first.is_ascii_punctuation() => Kind::Mark,
        _ => Kind::Other,
    }
}

/// A form longer than this is seen by its first bytes only.
const SEEN: usize = 48;

impl Word {
    /// The parts of `form`.
    pub fn new(form: &str, clusters: &Clusters) -> Word {
        let mut lower = [0u8; SEEN * 3];
        let mut starts = [0u8; SEEN + 1];
        let (mut length, mut count) = (0, 0);
        let mut shape = 7u64;
        let (mut last_kind, mut exact) = (0u8, 0u64);
        for c in form.chars().take(SEEN) {
            let kind = match c {
                'a'..='z' => b'x',
                'A'..='Z' => b'X',
                '0'..='9' => b'd',
                c if c.is_lowercase() => b'x',
                c if c.is_uppercase() => b'X',
                c if c.is_numeric() => b'd',
                c if c.is_alphabetic() => b'a',
                '’' | '‘' | '`' => b'\'',
                '“' | '”' => b'"',
                c if c.is_ascii() => c as u8,
                _ => b'?',
            };
            if kind != last_kind || (kind == b'X' && count == 1) {
                shape = mix(shape, u64::from(kind));
            }
            last_kind = kind;
            let c = match c {
                '0'..='9' => '0',
                '’' | '‘' | '`' => '\'',
                '“' | '”' => '"',
                _ => c,
            };
            exact = mix(exact, c as u64);
            let small =
                if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) };
            starts[count] = length as u8;
            count += 1;
            length += small.encode_utf8(&mut lower[length..]).len();
        }
        starts[count] = length as u8;
        let part = |from: usize, to: usize| hash(&lower[starts[from] as usize..starts[to] as usize]);
        let small = part(0, count);
        Word {
            form: exact,
            lower: small,
            kind: kind(&lower[..length]),
            clusters: clusters.of(small),
            suffixes: std::array::from_fn(|i| part(count.saturating_sub(i + 1), count)),
            prefixes: std::array::from_fn(|i| part(0, count.min(i + 1))),
            shape,
        }
    }
}

fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0x517C_C1B7, |state, &byte| mix(state, u64::from(byte)))
}
