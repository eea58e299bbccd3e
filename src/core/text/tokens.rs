//! From characters to words: Universal Dependencies tokens with their bytes, found in one pass over the text.
//!
//! Invariant: tokens lie in text order, never overlap, are never empty, and stand on character boundaries.

use super::{Abbreviations, Ending, Span};

/// One token before any syntax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawToken {
    /// Where it stands.
    pub span: Span,
    /// What lies between it and the token before.
    pub gap: Gap,
}

/// The white space before a token, from tight to wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing: the two touch.
    None,
    /// Spaces or tabs.
    Space,
    /// One line break.
    Line,
    /// A blank line, or the beginning of the text.
    Paragraph,
}

/// The longest run of characters without a space that is looked into; what is longer is cut there.
const LONGEST_CHUNK: usize = 2_000;

/// Splits `text` into tokens by the conventions of the English treebanks: `do n't`, `Lula 's`, `Asia - Pacific`, `$ 5 m`.
pub fn tokenize(text: &str, abbreviations: &Abbreviations) -> Vec<RawToken> {
    let mut tokens = Vec::with_capacity(text.len() / 5 + 4);
    let mut gap = Gap::Paragraph;
    let mut start = None;
    for (at, c) in text.char_indices() {
        if is_blank(c) {
            if let Some(begin) = start.take() {
                chunk(text, begin, at, gap, abbreviations, &mut tokens);
                gap = Gap::None;
            }
            gap = match c {
                '\n' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' => {
                    if gap >= Gap::Line {
                        Gap::Paragraph
                    } else {
                        Gap::Line
                    }
                }
                '\u{2029}' => Gap::Paragraph,
                _ => gap.max(Gap::Space),
            };
        } else {
            match start {
                None => start = Some(at),
                Some(begin) if at - begin >= LONGEST_CHUNK => {
                    chunk(text, begin, at, gap, abbreviations, &mut tokens);
                    gap = Gap::None;
                    start = Some(at);
                }
                Some(_) => {}
            }
        }
    }
    if let Some(begin) = start {
        chunk(text, begin, text.len(), gap, abbreviations, &mut tokens);
    }
    split_numbers(text, abbreviations, tokens)
}

/// `No.` keeps its period only before a figure, `etc.` only where the sentence goes on.
fn split_numbers(text: &str, abbreviations: &Abbreviations, tokens: Vec<RawToken>) -> Vec<RawToken> {
    let figure = |i: usize| {
        tokens
            .get(i)
            .is_some_and(|t: &RawToken| t.span.of(text).as_bytes().first().is_some_and(u8::is_ascii_digit))
    };
    let stands =
        |i: usize| abbreviations.ending(tokens[i].span.of(text)) == Some(Ending::Number) && !figure(i + 1);
    let wrong: Vec<usize> = (0..tokens.len()).filter(|&i| stands(i)).collect();
    if wrong.is_empty() {
        return tokens;
    }
    let mut kept = Vec::with_capacity(tokens.len() + wrong.len());
    let mut wrong = wrong.into_iter().peekable();
    for (i, token) in tokens.iter().enumerate() {
        if wrong.peek() == Some(&i) {
            wrong.next();
            let end = token.span.end as usize;
            kept.push(RawToken { span: Span::new(token.span.begin as usize, end - 1), gap: token.gap });
            kept.push(RawToken { span: Span::new(end - 1, end), gap: Gap::None });
        } else {
            kept.push(*token);
        }
    }
    kept
}

/// White space, control characters, and the marks of direction and width that have no shape of their own.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}')
}

/// Collects the tokens of one run of characters; the first of them carries the gap before the run.
struct Pieces<'a> {
    text: &'a str,
    gap: Gap,
    tokens: &'a mut Vec<RawToken>,
}

impl Pieces<'_> {
    fn push(&mut self, begin: usize, end: usize) {
        if begin < end {
            self.tokens.push(RawToken { span: Span::new(begin, end), gap: self.gap });
            self.gap = Gap::None;
        }
    }

    fn of(&self, begin: usize, end: usize) -> &str {
        self.text.get(begin..end).unwrap_or("")
    }
}

/// One run of characters without white space.
fn chunk(
    text: &str,
    begin: usize,
    end: usize,
    gap: Gap,
    abbreviations: &Abbreviations,
    tokens: &mut Vec<RawToken>,
) {
    let mut out = Pieces { text, gap, tokens };
    let (mut begin, mut end) = (begin, end);
    if text[begin..end].bytes().all(|b| b.is_ascii_alphabetic()) {
        return word(&mut out, begin, end);
    }
    if is_face(&text[begin..end]) {
        return out.push(begin, end);
    }
    // Punctuation that leads.
    while begin < end {
        let length = leading(out.of(begin, end));
        if length == 0 {
            break;
        }
        out.push(begin, begin + length);
        begin += length;
    }
    // Punctuation that trails, found from the end and written after the word.
    let mut tail = Vec::new();
    while begin < end {
        let length = trailing(out.of(begin, end), abbreviations);
        if length == 0 {
            break;
        }
        tail.push((end - length, end));
        end -= length;
    }
    if begin < end {
        middle(&mut out, begin, end, abbreviations);
    }
    for &(from, to) in tail.iter().rev() {
        out.push(from, to);
    }
}

/// How many bytes of punctuation open the run: a bracket, a quote, a currency sign, a run of dots or dashes.
fn leading(run: &str) -> usize {
    let Some(first) = run.chars().next() else { return 0 };
    let next = run[first.len_utf8()..].chars().next();
    match first {
        '\'' | '’' | '‘' | '`' => {
            // 's and its like stand on their own; '90s keeps its mark; all else is a quote.
            if run.len() == first.len_utf8() {
                return 0;
            }
            let rest = &run[first.len_utf8()..];
            if next.is_some_and(|c| c.is_ascii_digit())
                || ["s", "S", "em", "tis", "twas", "ll", "re", "ve", "d", "m"].contains(&rest)
            {
                0
            } else if (first == '\'' || first == '`') && next == Some(first) {
                2
            } else {
                first.len_utf8()
            }
        }
        '.' if next.is_some_and(|c| c.is_ascii_digit()) => 0,
        '.' | '-' | '–' | '—' | '_' | '*' | '=' | '~' | '!' | '?' | '…' => same(run, first),
        '#' if next.is_some_and(|c| c.is_ascii_digit()) => 1,
        '+' | '#' | '@' | '&' => 0,
        '<' | '>' | '$' => same(run, first),
        c if c.is_alphanumeric() => 0,
        c => c.len_utf8() + joiners(&run[c.len_utf8()..]),
    }
}

/// Marks that combine with the character before: accents, variation selectors, the joins of emoji.
fn joiners(rest: &str) -> usize {
    let mut length = 0;
    let mut joined = false;
    for c in rest.chars() {
        let mark = matches!(c, '\u{300}'..='\u{36F}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{200C}' | '\u{200D}');
        if !(mark || joined) {
            break;
        }
        joined = c == '\u{200D}';
        length += c.len_utf8();
    }
    length
}

/// The length of the run of one character at the start.
fn same(run: &str, c: char) -> usize {
    run.chars().take_while(|&x| x == c).count() * c.len_utf8()
}

/// How many bytes of punctuation close the run.
fn trailing(run: &str, abbreviations: &Abbreviations) -> usize {
    let Some(last) = run.chars().next_back() else { return 0 };
    match last {
        '.' => {
            let dots = run.bytes().rev().take_while(|&b| b == b'.').count();
            if dots > 1 {
                return dots;
            }
            if abbreviations.keeps_period(run) || initial_or_acronym(run) { 0 } else { 1 }
        }
        '!' | '?' => {
            let marks = run.bytes().rev().take_while(|b| matches!(b, b'!' | b'?')).count();
            let word = &run[..run.len() - marks];
            let dots = word.bytes().rev().take_while(|&b| b == b'.').count();
            // ".?" is one mark, but not where the period is an abbreviation's.
            if abbreviations.keeps_period(word) || initial_or_acronym(word) { marks } else { marks + dots }
        }
        '-' | '*' | '_' | '=' | '~' | '<' | '>' => run.chars().rev().take_while(|&x| x == last).count(),
        ')' | '(' if run.len() <= 4 && is_face(run) => run.len(),
        ')' if [":)", ";)", "=)", ":-)", ";-)"].iter().any(|face| run.ends_with(face)) => {
            if run.ends_with("-)") { 3 } else { 2 }
        }
        '\'' if run.ends_with("''") => 2,
        '/' if run.contains("://") || run.starts_with("www.") => 0,
        '+' | '#' | '@' | '&' | '\u{200C}' | '\u{200D}' => 0,
        c if c.is_alphanumeric() => 0,
        '\u{300}'..='\u{36F}' | '\u{FE00}'..='\u{FE0F}' => 0,
        c => c.len_utf8(),
    }
}

/// The faces of mail: `:)`, `;-)`.
fn is_face(run: &str) -> bool {
    run.len() <= 4
        && [
            ":)", ":(", ":D", ";)", ":-)", ":-(", ":P", ";-)", "=)", "(:", "^_^", ":/", ":O", ";P", ":-D",
            "=D", "=(", "<3",
        ]
        .contains(&run)
}

/// `J.`, `U.S.`, `D.C.`: one letter, or letters each with its period.
fn initial_or_acronym(run: &str) -> bool {
    let mut letters = 0;
    let mut chars = run.chars();
    while let Some(c) = chars.next() {
        if !c.is_alphabetic() || chars.next() != Some('.') {
            return false;
        }
        letters += 1;
    }
    // A lone small letter is no initial.
    letters > 1 || run.chars().next().is_some_and(char::is_uppercase)
}

/// What stands between the leading and the trailing punctuation.
fn middle(out: &mut Pieces, begin: usize, end: usize, abbreviations: &Abbreviations) {
    let run = out.of(begin, end);
    if is_address(run) || is_number(run) {
        return out.push(begin, end);
    }
    if abbreviations.keeps_period(run) {
        return out.push(begin, end);
    }
    let mut from = begin;
    let mut previous: Option<char> = None;
    let run = out.text;
    let mut skip = 0;
    for (offset, c) in run[begin..end].char_indices() {
        let at = begin + offset;
        if at < skip {
            previous = Some(c);
            continue;
        }
        let after = at + c.len_utf8();
        let next = run[after..end].chars().next();
        let digits = previous.is_some_and(|p| p.is_ascii_digit()) && next.is_some_and(|n| n.is_ascii_digit());
        let cut = match c {
            '-' | '‑' => from < at && next.is_some() && !keeps_hyphen(&run[from..at], &run[after..end]),
            '–' | '—' | '…' | '(' | ')' | '[' | ']' | '"' | '“' | '”' | ';' | '?' | '!' | '<' | '>' | '='
            | '|' | '{' | '}' => true,
            '/' | '\\' => !digits && !short_slash(&run[begin..end]),
            ',' | ':' => !digits,
            '.' => {
                // "end.Next": a full stop whose space is missing; a run of dots.
                next == Some('.')
                    || (at - from > 2
                        && previous.is_some_and(char::is_lowercase)
                        && next.is_some_and(char::is_uppercase)
                        && end - after > 2)
            }
            '$' | '£' | '€' | '%' => true,
            _ => false,
        };
        if cut {
            word(out, from, at);
            let length = if c == '.' || c == '-' { same(&run[at..end], c) } else { c.len_utf8() };
            out.push(at, at + length);
            from = at + length;
            skip = from;
        }
        previous = Some(c);
    }
    word(out, from, end);
}

/// `9/11`, `w/o`, `I/O`: too short to be two words.
fn short_slash(run: &str) -> bool {
    run.split('/').all(|part| part.chars().count() <= 1) || run.eq_ignore_ascii_case("w/o")
}

/// Prefixes that keep their hyphen in the treebanks.
const PREFIXES: &[&str] = &[
    "e", "non", "pro", "anti", "pre", "co", "re", "mid", "semi", "ex", "over", "cross", "post", "multi",
    "mini", "micro", "sub", "intra", "inter", "counter", "pan", "bi", "tri", "ultra", "un", "de", "quasi",
    "pseudo", "trans", "neo", "under", "vice",
];

fn keeps_hyphen(left: &str, right: &str) -> bool {
    if left.len() <= 7 && left.is_ascii() {
        let mut lower = [0u8; 8];
        lower[..left.len()].copy_from_slice(left.as_bytes());
        lower.make_ascii_lowercase();
        let is = |p: &&str| p.as_bytes() == &lower[..left.len()];
        if PREFIXES.iter().any(is) && !right.contains('-') {
            return true;
        }
    }
    false
}

/// Web and mail addresses, file names, tags and handles: one token.
fn is_address(run: &str) -> bool {
    run.contains("://")
        || run.starts_with("www.")
        || (run.contains('@') && run.len() > 1 && !run.ends_with('@'))
        || (run.starts_with('#') && run.len() > 1)
        || (run.contains('.')
            && [
                ".com", ".org", ".net", ".gov", ".html", ".htm", ".doc", ".pdf", ".xls", ".co.uk", ".ru",
                ".edu",
            ]
            .iter()
            .any(|ending| run.ends_with(ending)))
}

/// Phone numbers, dates and sums: digits and the marks between them, where hyphens do not mean a range.
fn is_number(run: &str) -> bool {
    if !run.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.' | b',' | b':' | b'/' | b'+')) {
        return false;
    }
    let parts: Vec<usize> = run.split('-').map(str::len).collect();
    match parts.as_slice() {
        [_] => true,
        [3, 4] | [5, 4] => true,
        [_, _] => false,
        _ => true,
    }
}

/// A run of letters and digits: clitics come off its end, units off its number.
fn word(out: &mut Pieces, begin: usize, end: usize) {
    let run = out.of(begin, end);
    let cut = clitic(run).or_else(|| unit(run));
    match cut {
        Some(at) => {
            // A clitic may stand before another: couldn't've. Two are enough.
            let first = out.of(begin, begin + at);
            match clitic(first) {
                Some(inner) => {
                    out.push(begin, begin + inner);
                    out.push(begin + inner, begin + at);
                }
                None => out.push(begin, begin + at),
            }
            out.push(begin + at, end);
        }
        None => out.push(begin, end),
    }
}

/// Contractions of hasty writers, without their mark, and where they part.
const BARE_CLITICS: &[(&str, usize)] = &[
    ("dont", 2),
    ("doesnt", 4),
    ("didnt", 3),
    ("cant", 2),
    ("wont", 2),
    ("couldnt", 5),
    ("wouldnt", 5),
    ("shouldnt", 6),
    ("isnt", 2),
    ("wasnt", 3),
    ("arent", 3),
    ("werent", 4),
    ("havent", 4),
    ("hasnt", 3),
    ("hadnt", 3),
    ("im", 1),
    ("ive", 1),
    ("youre", 3),
    ("youll", 3),
    ("youve", 3),
    ("theyre", 4),
    ("theyve", 4),
    ("weve", 2),
    ("hes", 2),
    ("shes", 3),
    ("thats", 4),
    ("theres", 5),
    ("whats", 4),
    ("lets", 3),
    ("alot", 1),
];

/// Where a clitic begins: `do|n't`, `he|'s`, `can|not`, `gon|na`.
fn clitic(run: &str) -> Option<usize> {
    let bytes = run.as_bytes();
    let last = *bytes.last()?;
    let lower = last | 0x20;
    let ends = |tail: &str| {
        run.len() > tail.len()
            && run.is_char_boundary(run.len() - tail.len())
            && run[run.len() - tail.len()..].eq_ignore_ascii_case(tail)
    };
    if lower == b't' {
        for tail in ["n't", "n’t", "n`t"] {
            if ends(tail) {
                return Some(run.len() - tail.len());
            }
        }
        if run.eq_ignore_ascii_case("cannot") {
            return Some(3);
        }
    }
    if matches!(lower, b's' | b'd' | b'm' | b'l' | b'e')
        && (run.contains('\'') || run.contains('’') || run.contains('`'))
    {
        for tail in ["'s", "’s", "`s", "'d", "’d", "'m", "’m", "'ll", "’ll", "'re", "’re", "'ve", "’ve"]
        {
            if ends(tail) {
                return Some(run.len() - tail.len());
            }
        }
        return None;
    }
    if run.len() <= 9 && run.is_ascii() {
        let mut small = [0u8; 9];
        small[..run.len()].copy_from_slice(bytes);
        small.make_ascii_lowercase();
        let small = &small[..run.len()];
        if let Some((_, at)) = BARE_CLITICS.iter().find(|(word, _)| word.as_bytes() == small) {
            return Some(*at);
        }
    }
    if lower == b'a'
        && run.len() == 5
        && ["gonna", "wanna", "gotta"].iter().any(|w| run.eq_ignore_ascii_case(w))
    {
        return Some(3);
    }
    None
}

/// Where a unit begins: `5|km`, `7:30|pm`, `3|m`; not `20th`, `1990s`, `4A`.
fn unit(run: &str) -> Option<usize> {
    if !run.as_bytes().first()?.is_ascii_digit() {
        return None;
    }
    let at = run.bytes().position(|b| b.is_ascii_alphabetic())?;
    let tail = &run[at..];
    let units = [
        "am", "pm", "km", "mm", "cm", "kg", "ft", "mph", "km/h", "m", "k", "x", "bn", "tn", "hz", "mw", "gw",
        "percent", "lb", "lbs", "mg",
    ];
    units.iter().any(|unit| tail.eq_ignore_ascii_case(unit)).then_some(at)
}
