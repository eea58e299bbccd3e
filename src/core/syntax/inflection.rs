//! The regular endings of English, forwards: from a base to its forms. Forms of words that the tables know need no guessing.

use super::Xpos;

/// The forms of a regular verb with the Penn tags they carry; both spellings where writers differ ("travelled", "traveled").
pub fn verb_forms(base: &str) -> Vec<(Xpos, String)> {
    let mut forms =
        vec![(Xpos::VB, base.to_string()), (Xpos::VBP, base.to_string()), (Xpos::VBZ, with_s(base))];
    for stem in stems(base) {
        let past = if stem.ends_with('e') { format!("{stem}d") } else { format!("{stem}ed") };
        forms.push((Xpos::VBD, past.clone()));
        forms.push((Xpos::VBN, past));
    }
    forms.extend(gerunds(base).into_iter().map(|form| (Xpos::VBG, form)));
    forms
}

/// The British spelling of a base that has one of its own: "criticise", "labour", "defence".
pub fn british(base: &str) -> Option<String> {
    let swap = |from: &str, to: &str| base.strip_suffix(from).map(|stem| format!("{stem}{to}"));
    swap("ize", "ise")
        .or_else(|| swap("yze", "yse"))
        .or_else(|| swap("ization", "isation"))
        .or_else(|| swap("ense", "ence"))
        .or_else(|| swap("ter", "tre").filter(|_| base.len() <= 7))
        .or_else(|| swap("or", "our").filter(|_| !base.ends_with("tor") && !base.ends_with("sor")))
}

/// The third person of a verb and the plural of a noun: "marches", "denies", "visits".
pub fn with_s(base: &str) -> String {
    let sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|ending| base.ends_with(ending));
    match base.strip_suffix('y') {
        Some(stem) if ends_in_consonant(stem) => format!("{stem}ies"),
        _ if sibilant || base.ends_with('o') => format!("{base}es"),
        _ => format!("{base}s"),
    }
}

/// The forms in -ing; both spellings where writers differ.
pub fn gerunds(base: &str) -> Vec<String> {
    if let Some(stem) = base.strip_suffix("ie") {
        return vec![format!("{stem}ying")];
    }
    let silent = base.ends_with('e') && !["ee", "oe", "ye"].iter().any(|ending| base.ends_with(ending));
    match base.strip_suffix('e').filter(|_| silent) {
        Some(stem) => vec![format!("{stem}ing")],
        None => spellings(base).into_iter().map(|stem| format!("{stem}ing")).collect(),
    }
}

/// What -ed is put on.
fn stems(base: &str) -> Vec<String> {
    match base.strip_suffix('y') {
        Some(stem) if ends_in_consonant(stem) => vec![format!("{stem}i")],
        _ => spellings(base),
    }
}

/// The base with its last consonant doubled, single, or both: short words double it ("ban"), long ones may ("cancel").
fn spellings(base: &str) -> Vec<String> {
    let letters: Vec<char> = base.chars().collect();
    let doubles = match letters[..] {
        [.., before, vowel, last] => {
            is_vowel(vowel)
                && !is_vowel(last)
                && !matches!(last, 'w' | 'x' | 'y')
                && (!is_vowel(before) || before == 'u')
        }
        _ => false,
    };
    let last = letters.last().filter(|_| doubles);
    let Some(last) = last else { return vec![base.to_string()] };
    let doubled = format!("{base}{last}");
    let syllables = letters.windows(2).filter(|pair| is_vowel(pair[0]) && !is_vowel(pair[1])).count();
    if syllables == 1 { vec![doubled] } else { vec![base.to_string(), doubled] }
}

fn ends_in_consonant(stem: &str) -> bool {
    stem.chars().next_back().is_some_and(|last| !is_vowel(last))
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base: &str, past: &[&str], gerunds_expected: &[&str], third: &str) {
        let forms = verb_forms(base);
        let with = |tag: Xpos| -> Vec<&str> {
            forms.iter().filter(|form| form.0 == tag).map(|form| form.1.as_str()).collect()
        };
        assert_eq!(with(Xpos::VBD), past, "{base}");
        assert_eq!(with(Xpos::VBG), gerunds_expected, "{base}");
        assert_eq!(with(Xpos::VBZ), [third], "{base}");
    }

    #[test]
    fn regular_verbs() {
        check("loot", &["looted"], &["looting"], "loots");
        check("raid", &["raided"], &["raiding"], "raids");
        check("ban", &["banned"], &["banning"], "bans");
        check("seize", &["seized"], &["seizing"], "seizes");
        check("deny", &["denied"], &["denying"], "denies");
        check("cancel", &["canceled", "cancelled"], &["canceling", "cancelling"], "cancels");
        check("expel", &["expeled", "expelled"], &["expeling", "expelling"], "expels");
        check("besiege", &["besieged"], &["besieging"], "besieges");
        check("veto", &["vetoed"], &["vetoing"], "vetoes");
        check("agree", &["agreed"], &["agreeing"], "agrees");
        check("untie", &["untied"], &["untying"], "unties");
        check("quit", &["quitted"], &["quitting"], "quits");
        check("shell", &["shelled"], &["shelling"], "shells");
    }
}
