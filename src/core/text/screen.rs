//! The door: is the text English, is it short enough, and what in it is noise? Nothing behind the door worries about these.
//!
//! Invariant: the screened text has the same length as the original and the same bytes but for noise, which becomes blanks.
//! Spans found in the one are therefore right in the other.

use super::Article;
use crate::core::extraction::{Note, NoteCode};
use std::borrow::Cow;

/// What is read of one text, in bytes; more is left unread, with a note.
pub const MAX_TEXT_BYTES: usize = 2 << 20;

/// Bytes from the start by which the language is judged.
const LANGUAGE_SAMPLE: usize = 4096;

/// Words below which the language is not judged: a headline of names belongs to every language.
const LANGUAGE_MIN_WORDS: usize = 12;

/// Words that make up a fifth and more of English news prose and are rare in other languages.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "that", "for", "with", "from", "by", "at", "said", "his", "its", "their",
    "has", "have", "had", "were", "are", "been", "which", "who", "would", "will", "after", "not", "but",
    "this", "as", "he", "they", "it",
];

/// The share of [`ENGLISH`] at which a text is English without further question, and below which it may be foreign.
const SURELY_ENGLISH: f32 = 0.18;
const HARDLY_ENGLISH: f32 = 0.10;

/// A text that may be read.
#[derive(Debug)]
pub struct Screened<'a> {
    /// What to read; `None` where the language is not ours.
    pub text: Option<Cow<'a, str>>,
    /// What the reader should know.
    pub notes: Vec<Note>,
}

/// Looks at an article before it is read. One pass, no allocation for a clean text.
pub fn screen(article: &Article) -> Screened<'_> {
    let mut notes = Vec::new();
    let text = shorten(&article.text, &mut notes);
    if let Some(language) = foreign(text, &article.language) {
        let message = format!("the text is {language}; only English is read");
        notes.push(Note { code: NoteCode::LanguageNotSupported, message });
        return Screened { text: None, notes };
    }
    if article.published.is_none() {
        let message = "no publication date: relative dates stay unresolved".to_owned();
        notes.push(Note { code: NoteCode::NoPublicationDate, message });
    }
    Screened { text: Some(blank_noise(text, &mut notes)), notes }
}

/// The text up to the limit, cut between words where there is a blank near the limit.
fn shorten<'a>(text: &'a str, notes: &mut Vec<Note>) -> &'a str {
    if text.len() <= MAX_TEXT_BYTES {
        return text;
    }
    let cut = text.floor_char_boundary(MAX_TEXT_BYTES);
    let cut = text[..cut].rfind(char::is_whitespace).filter(|&blank| blank + 1000 > cut).unwrap_or(cut);
    let message = format!("the text has {} bytes; the first {cut} were read", text.len());
    notes.push(Note { code: NoteCode::TextTruncated, message });
    &text[..cut]
}

/// The language's name where the text, or what the client says of it, is not English.
fn foreign(text: &str, tag: &str) -> Option<String> {
    let primary = tag.split('-').next().unwrap_or_default();
    if !primary.is_empty() && !matches!(primary.to_ascii_lowercase().as_str(), "en" | "eng") {
        return Some(format!("in `{tag}`, by its language tag"));
    }
    let sample = &text[..text.floor_char_boundary(LANGUAGE_SAMPLE)];
    let (mut words, mut english) = (0, 0);
    for word in sample.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words += 1;
        english += usize::from(ENGLISH.iter().any(|known| known.eq_ignore_ascii_case(word)));
    }
    let share = english as f32 / words.max(1) as f32;
    if share >= SURELY_ENGLISH || words == 0 {
        return None;
    }
    let info = whatlang::detect(sample)?;
    if info.script() != whatlang::Script::Latin {
        return Some(format!("in {}", info.lang().eng_name()));
    }
    let other = info.lang() != whatlang::Lang::Eng && info.is_reliable();
    (other && share < HARDLY_ENGLISH && words >= LANGUAGE_MIN_WORDS)
        .then(|| format!("in {}", info.lang().eng_name()))
}

/// Noise becomes as many blanks as it has bytes, so that every offset stays.
fn blank_noise<'a>(text: &'a str, notes: &mut Vec<Note>) -> Cow<'a, str> {
    // All noise is either an ASCII control or begins with one of three lead bytes: most texts pass on the first look.
    let suspect = |byte: u8| byte < 0x20 || matches!(byte, 0x7F | 0xC2 | 0xE2 | 0xEF);
    if !text.bytes().any(suspect) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut count = 0usize;
    for c in text.chars() {
        if is_noise(c) {
            count += 1;
            clean.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            clean.push(c);
        }
    }
    if count == 0 {
        return Cow::Borrowed(text);
    }
    let message = format!("{count} control or invisible characters were passed over");
    notes.push(Note { code: NoteCode::TextCleaned, message });
    Cow::Owned(clean)
}

/// Characters that carry no text: controls, marks of direction, zero-width joints, byte order marks, replacement characters.
fn is_noise(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => true,
        '\u{AD}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFD}' => true,
        _ => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str, language: &str) -> Vec<NoteCode> {
        let article = Article {
            text: text.to_owned(),
            language: language.to_owned(),
            published: Some(jiff::civil::date(2024, 1, 1)),
            ..Default::default()
        };
        screen(&article).notes.into_iter().map(|note| note.code).collect()
    }

    #[test]
    fn other_languages_are_noticed() {
        let foreign = [
            "Le ministre des Affaires étrangères a rencontré lundi à Genève son homologue pour discuter de la reprise des négociations.",
            "Der Außenminister traf am Montag in Genf seinen Amtskollegen, um über die Wiederaufnahme der Gespräche zu beraten.",
            "El ministro de Exteriores se reunió el lunes en Ginebra con su homólogo para hablar de la reanudación del diálogo.",
            "De minister van Buitenlandse Zaken sprak maandag in Genève met zijn ambtgenoot over de hervatting van het overleg.",
            "Министр иностранных дел встретился в понедельник в Женеве со своим коллегой.",
            "外交部长星期一在日内瓦会见了他的同行。",
        ];
        for text in foreign {
            assert_eq!(codes(text, ""), [NoteCode::LanguageNotSupported], "{text}");
        }
        assert_eq!(codes("The envoys met on Monday.", "fr-FR"), [NoteCode::LanguageNotSupported]);
    }

    #[test]
    fn english_passes_even_where_it_is_mostly_names() {
        for text in [
            "Erdoğan met Aliyev in Baku.",
            "Sánchez, Meloni, Tusk, Orbán, Frederiksen, Kallas, Nausėda, Plenković meet Zelenskyy, Sandu, Vučić in Granada",
            "PARIS (AFP) - President Macron hosted Chancellor Merz at the Elysee Palace on Tuesday for talks on Ukraine.",
            "?!",
        ] {
            assert_eq!(codes(text, ""), [], "{text}");
        }
        assert_eq!(codes("Envoys met.", "en-GB"), []);
    }

    #[test]
    fn noise_becomes_blanks_of_the_same_length() {
        let article =
            Article { text: "\u{FEFF}Envoys\u{0} met\u{202E}.\u{85}\n".to_owned(), ..Default::default() };
        let screened = screen(&article);
        assert_eq!(screened.text.as_deref(), Some("   Envoys  met   .  \n"));
        assert_eq!(screened.notes.last().map(|note| note.code), Some(NoteCode::TextCleaned));
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        let article = Article { text: "Envoys met on the border. ".repeat(100_000), ..Default::default() };
        let screened = screen(&article);
        let text = screened.text.expect("English");
        assert!(text.len() <= MAX_TEXT_BYTES && text.len() > MAX_TEXT_BYTES - 1000);
        assert!(screened.notes.iter().any(|note| note.code == NoteCode::TextTruncated));
    }
}
