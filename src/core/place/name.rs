//! Names as the gazetteer compares them: rows of words in lower case without diacritics; hyphens, points and apostrophes only part
//! words. "Port-au-Prince", "PORT AU PRINCE" and "Port au Prince" are one name.

use crate::core::text::{Span, base};

/// The hash of no words.
const EMPTY: u64 = 0xCBF2_9CE4_8422_2325;

/// A running hash of a name: words go in one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct NameHash(u64);

impl NameHash {
    pub const START: NameHash = NameHash(EMPTY);

    /// With one more word behind.
    pub fn with(self, word: &str) -> NameHash {
        let mut hash = self.byte(b' ');
        for c in word.chars() {
            match fold(c) {
                Folded::Same(c) => {
                    let mut buffer = [0; 4];
                    for byte in c.encode_utf8(&mut buffer).bytes() {
                        hash = hash.byte(byte);
                    }
                }
                Folded::Other(letters) => {
                    for byte in letters.bytes() {
                        hash = hash.byte(byte);
                    }
                }
            }
        }
        hash
    }

    fn byte(self, byte: u8) -> NameHash {
        NameHash((self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3))
    }

    /// The number to compare.
    pub fn value(self) -> u64 {
        // FNV leaves its high bits weak for short names.
        (self.0 ^ (self.0 >> 29)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

enum Folded {
    Same(char),
    Other(&'static str),
}

/// Lower case, and the letters of Latin alphabets without their marks.
fn fold(c: char) -> Folded {
    match c {
        _ if c.is_ascii() => Folded::Same(c.to_ascii_lowercase()),
        'ʼ' | 'ʻ' | '‘' | '’' | '\u{300}'..='\u{36f}' => Folded::Other(""),
        _ => base(c).map_or(Folded::Same(c), Folded::Other),
    }
}

/// One word of the text: letters and digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Word {
    pub span: Span,
    pub capital: bool,
    /// Whether only space, a hyphen, an apostrophe or an abbreviation's point parts it from the word before.
    pub joined: bool,
}

/// The words of `text[within]`, in order.
pub(super) fn words(text: &str, within: Span, into: &mut Vec<Word>) {
    into.clear();
    let slice = within.of(text);
    let base = within.begin as usize;
    let belongs = |c: char| c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c);
    let mut at = 0;
    let mut gap_from = 0;
    while at < slice.len() {
        let rest = &slice[at..];
        let Some(start) = rest.find(belongs) else { break };
        let begin = at + start;
        let length = slice[begin..].find(|c| !belongs(c)).unwrap_or(slice.len() - begin);
        let capital = slice[begin..].chars().next().is_some_and(|c| c.is_uppercase());
        let joined = begin > 0
            && matches!(
                &slice[gap_from..begin],
                " " | "-" | "'" | "’" | "." | ". " | "\u{a0}" | "‑" | "–" | "-\u{a0}"
            );
        into.push(Word { span: Span::new(base + begin, base + begin + length), capital, joined });
        at = begin + length;
        gap_from = at;
    }
}

/// The hash of a whole name.
pub(super) fn hash_of(name: &str) -> (usize, NameHash, NameHash) {
    let mut found = Vec::new();
    words(name, Span::new(0, name.len()), &mut found);
    let mut hash = NameHash::START;
    let mut first = NameHash::START;
    for (i, word) in found.iter().enumerate() {
        hash = hash.with(word.span.of(name));
        if i == 0 {
            first = hash;
        }
    }
    (found.len(), first, hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_agree() {
        assert_eq!(hash_of("Port-au-Prince").2, hash_of("PORT AU PRINCE").2);
        assert_eq!(hash_of("Şanlıurfa").2, hash_of("sanliurfa").2);
        assert_ne!(hash_of("Bor").2, hash_of("Bo r").2);
    }
}
