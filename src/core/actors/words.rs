//! The spelling under which names meet: lower case, no diacritics, hyphens and apostrophes as gaps, acronyms kept apart.

use crate::core::text::base;
use smol_str::{SmolStr, SmolStrBuilder};

/// Whether a written word is an acronym: two to six capitals or digits, full stops aside ("U.S.", "G7", "M23").
pub fn is_acronym(word: &str) -> bool {
    let mut capitals = 0;
    let mut length = 0;
    for c in word.chars().filter(|&c| c != '.') {
        match c {
            'A'..='Z' => capitals += 1,
            '0'..='9' | '+' => {}
            _ => return false,
        }
        length += 1;
    }
    (2..=6).contains(&length) && capitals > 0 || length == 0
}

/// Calls `each` with every word of `text`: folded, or as capitals where it is an acronym. A comma is a word of its own.
///
/// Full stops inside acronyms vanish; hyphens, apostrophes and other marks only separate; `&` reads "and".
pub fn words(text: &str, mut each: impl FnMut(SmolStr)) {
    for chunk in text.split(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '–' | '—' | '‑' | '\'' | '’' | '‘' | 'ʼ' | '/' | '`')
    }) {
        if chunk.is_empty() {
            continue;
        }
        let (body, comma) = match chunk.strip_suffix(',') {
            Some(body) => (body, true),
            None => (chunk, false),
        };
        if is_acronym(body) && body.bytes().any(|b| b.is_ascii_uppercase()) {
            let mut word = SmolStrBuilder::new();
            body.chars().filter(|&c| c != '.').for_each(|c| word.push(c));
            each(word.finish());
        } else {
            let folded = fold(body);
            if !folded.is_empty() {
                each(folded);
            }
        }
        if comma {
            each(SmolStr::new_static(","));
        }
    }
}

/// One word in lower case without diacritics and marks; other scripts' letters stay as they are.
pub fn fold(word: &str) -> SmolStr {
    if word == "&" {
        return SmolStr::new_static("and");
    }
    let mut folded = SmolStrBuilder::new();
    for c in word.chars() {
        if c.is_ascii_alphanumeric() || c == '+' {
            folded.push(c.to_ascii_lowercase());
        } else if let Some(letters) = base(c) {
            folded.push_str(letters);
        } else if c.is_alphanumeric() {
            c.to_lowercase().for_each(|c| folded.push(c));
        }
    }
    folded.finish()
}

/// All words of `text` as a list.
pub fn split(text: &str) -> Vec<SmolStr> {
    let mut list = Vec::new();
    words(text, |word| list.push(word));
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_meet() {
        assert_eq!(split("Mevlüt Çavuşoğlu"), ["mevlut", "cavusoglu"]);
        assert_eq!(split("Côte d’Ivoire"), split("Cote d'Ivoire"));
        assert_eq!(split("Guinea-Bissau"), ["guinea", "bissau"]);
        assert_eq!(split("U.S."), ["US"]);
        assert_eq!(split("us"), ["us"]);
        assert_eq!(split("Washington, D.C."), ["washington", ",", "DC"]);
        assert_eq!(split("Bashar al-Assad"), ["bashar", "al", "assad"]);
    }
}
