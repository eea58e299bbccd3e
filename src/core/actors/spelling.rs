//! Misspelt names of countries: "Afganistan", "Phillipines", "Switserland" lead to the one country that they nearly name.
//!
//! For look-ups only: in running text a near spelling is too often another name.

use super::tables::{Actors, Sense};
use super::words;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// Names of countries, demonyms and peoples by their first letter, written as one word.
#[derive(Clone, Debug, Default)]
pub struct Spellings(FxHashMap<u8, Vec<(SmolStr, u16)>>);

impl Spellings {
    /// Takes in a name.
    pub(super) fn add(&mut self, name: &str, land: u16) {
        let joined = words::split(name).concat().to_ascii_lowercase();
        if let Some(&first) = joined.as_bytes().first().filter(|_| (5..=30).contains(&joined.len())) {
            let list = self.0.entry(first).or_default();
            if !list.iter().any(|(known, other)| *known == joined && *other == land) {
                list.push((joined.into(), land));
            }
        }
    }
}

impl Actors {
    /// The land that a name of five letters or more is a misspelling of: one slip of the pen, two from eight letters on, the first
    /// letter right. `None` where none or several lands are as near.
    pub fn misspelt(&self, name: &str) -> Option<Sense> {
        let joined = words::split(name).concat().to_ascii_lowercase();
        let list = self.spellings.0.get(joined.as_bytes().first()?)?;
        let allowed = if joined.len() >= 8 { 2 } else { usize::from(joined.len() >= 5) };
        let mut best: Option<(usize, u16)> = None;
        let mut tied = false;
        for (known, land) in list {
            let Some(slips) = slips(&joined, known, allowed) else { continue };
            match best {
                Some((before, _)) if before < slips => {}
                Some((before, other)) if before == slips => {
                    tied |= self.land(other).code != self.land(*land).code;
                }
                _ => {
                    best = Some((slips, *land));
                    tied = false;
                }
            }
        }
        best.filter(|_| !tied).map(|(_, land)| Sense::Adjective(land))
    }
}

/// Whether two folded words may be spellings of one name: equal, or one slip in five letters, two in eight.
pub fn near(a: &str, b: &str) -> bool {
    let longest = a.len().max(b.len());
    let allowed = if longest >= 8 { 2 } else { usize::from(longest >= 5) };
    a == b || longest <= 40 && a.as_bytes().first() == b.as_bytes().first() && slips(a, b, allowed).is_some()
}

/// Letters left out, put in, changed or swapped with their neighbour between the two, if not more than `allowed`.
fn slips(a: &str, b: &str, allowed: usize) -> Option<usize> {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > allowed {
        return None;
    }
    let mut rows = [(0..=b.len()).collect::<Vec<usize>>(), vec![0; b.len() + 1], vec![0; b.len() + 1]];
    for i in 1..=a.len() {
        let (now, before, earlier) = (i % 3, (i + 2) % 3, (i + 1) % 3);
        rows[now][0] = i;
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[before][j] + 1).min(rows[now][j - 1] + 1).min(rows[before][j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[earlier][j - 2] + 1);
            }
            rows[now][j] = least;
        }
    }
    Some(rows[a.len() % 3][b.len()]).filter(|&slips| slips <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_a_letter_more_less_other_or_swapped() {
        assert_eq!(slips("geramny", "germany", 1), Some(1));
        assert_eq!(slips("phillipines", "philippines", 2), Some(2));
        assert_eq!(slips("abcdefgh", "abcdefgh", 0), Some(0));
        assert_eq!(slips("france", "greece", 1), None);
    }
}
