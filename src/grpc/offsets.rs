//! Byte offsets → the unit that the client counts in. The only place where another unit than bytes exists.
//!
//! Linear in the text: one pass counts the units before every block of 64 bytes; a look-up then counts inside one block.

use super::contract::v1::OffsetEncoding;

const BLOCK: usize = 64;

/// Turns byte offsets of one text into offsets of one encoding.
#[derive(Debug)]
pub struct Offsets<'a> {
    text: &'a [u8],
    encoding: OffsetEncoding,
    /// Units before each block; empty where bytes and units are the same.
    before: Vec<u32>,
}

impl<'a> Offsets<'a> {
    /// Prepares for `text`; free of cost for UTF-8 and for pure ASCII.
    pub fn new(text: &'a str, encoding: OffsetEncoding) -> Offsets<'a> {
        let bytes = text.as_bytes();
        let mut before = Vec::new();
        let same = matches!(encoding, OffsetEncoding::Utf8 | OffsetEncoding::Unspecified) || text.is_ascii();
        if !same {
            before.reserve(bytes.len() / BLOCK + 1);
            let mut units = 0;
            for block in bytes.chunks(BLOCK) {
                before.push(units);
                units += count(block, encoding);
            }
        }
        Offsets { text: bytes, encoding, before }
    }

    /// The offset of byte `at`, which must lie on a character boundary. Beyond the text: that of its end.
    pub fn at(&self, at: u32) -> u32 {
        let at = (at as usize).min(self.text.len());
        if self.before.is_empty() {
            return at as u32;
        }
        let block = (at / BLOCK).min(self.before.len() - 1);
        self.before[block] + count(&self.text[block * BLOCK..at], self.encoding)
    }
}

/// Units that begin in these bytes. Bytes that continue a character count nothing, so that a block may begin within one;
/// the lead byte of four counts two in UTF-16, for it becomes a pair of surrogates.
fn count(bytes: &[u8], encoding: OffsetEncoding) -> u32 {
    let characters = bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
    let pairs = match encoding {
        OffsetEncoding::Utf16 => bytes.iter().filter(|&&byte| byte >= 0xF0).count(),
        _ => 0,
    };
    (characters + pairs) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_encoding_counts_its_own_units() {
        let text = "Erdoğan 🤝 Esad";
        let end = text.len() as u32;
        let in_units = |encoding| Offsets::new(text, encoding).at(end);
        assert_eq!(in_units(OffsetEncoding::Utf8), 18);
        assert_eq!(in_units(OffsetEncoding::Unspecified), 18);
        assert_eq!(in_units(OffsetEncoding::Utf16), 15);
        assert_eq!(in_units(OffsetEncoding::Utf32), 14);
    }

    #[test]
    fn beyond_the_text_is_its_end() {
        assert_eq!(Offsets::new("ğ", OffsetEncoding::Utf32).at(99), 1);
        assert_eq!(Offsets::new("", OffsetEncoding::Utf32).at(99), 0);
    }

    proptest! {
        #[test]
        fn agrees_with_counting_from_the_start(text in "\\PC{0,200}") {
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let before = &text[..at];
                let at = at as u32;
                prop_assert_eq!(Offsets::new(&text, OffsetEncoding::Utf8).at(at), at);
                let utf16 = before.encode_utf16().count() as u32;
                prop_assert_eq!(Offsets::new(&text, OffsetEncoding::Utf16).at(at), utf16);
                let utf32 = before.chars().count() as u32;
                prop_assert_eq!(Offsets::new(&text, OffsetEncoding::Utf32).at(at), utf32);
            }
        }
    }
}
