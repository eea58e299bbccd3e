//! The notation of a frame, e.g. `A ~ {sanction} on/against R`, read into slots.
//!
//! `~` is the trigger. Before it stands the subject, after it the object and what follows prepositions. `A` actor,
//! `R` recipient, `P` one of equal parties, `C` content (another deed), `_` anything, `{class}` a noun of that class, a
//! word in lower case itself. `?` makes a slot, or a preposition and its slot, optional; `R!` wants a participant
//! where `R` alone may be a thing;
//! `R{class}` wants the recipient's noun in that class;
//! `A:MIL,REB` wants one of those sectors; STATE, ARMED, CIV, POL and INT are groups of them.

use super::codebook::{ClassId, Filler, Relation, Role, Sectors, Slot};
use smol_str::SmolStr;

const PREPOSITIONS: &[&str] = &[
    "on",
    "upon",
    "at",
    "against",
    "with",
    "to",
    "from",
    "of",
    "for",
    "between",
    "among",
    "into",
    "in",
    "over",
    "about",
    "toward",
    "towards",
    "across",
    "around",
    "round",
    "through",
    "under",
    "off",
    "out",
    "as",
    "before",
    "near",
    "via",
    "within",
    "onto",
    "by",
    "after",
    "behind",
    "alongside",
    "without",
    "amid",
    "like",
    "along",
    "outside",
    "inside",
    "beneath",
    "using",
    "belonging",
    "owed",
    "beside",
    "past",
    "throughout",
];

/// The slots of a frame, or what is wrong with it. `class` gives the number of a word class.
pub fn parse_frame(frame: &str, class: &dyn Fn(&str) -> Option<ClassId>) -> Result<Vec<Slot>, String> {
    let mut slots: Vec<Slot> = Vec::new();
    let mut seen_trigger = false;
    let mut prepositions: Option<(Vec<SmolStr>, bool)> = None;
    for piece in frame.split_whitespace() {
        if piece == "~" {
            if seen_trigger {
                return Err("two `~`".into());
            }
            seen_trigger = true;
        } else if piece.trim_end_matches('?').split('/').all(|part| PREPOSITIONS.contains(&part)) {
            if prepositions.is_some() {
                return Err(format!("`{piece}` follows another preposition"));
            }
            let list = piece.trim_end_matches('?').split('/').map(SmolStr::from).collect();
            prepositions = Some((list, piece.ends_with('?')));
        } else {
            let (relation, optional) = match (prepositions.take(), seen_trigger) {
                (Some((prepositions, optional)), _) => (Relation::Oblique(prepositions), optional),
                (None, false) => (Relation::Subject, false),
                (None, true) => (Relation::Object, false),
            };
            let mut slot = slot(piece, relation, class)?;
            slot.optional |= optional;
            slots.push(slot);
        }
    }
    match (seen_trigger, prepositions) {
        (false, _) => Err("no `~`".into()),
        (_, Some(_)) => Err("a preposition without a slot at the end".into()),
        _ => Ok(slots),
    }
}

fn slot(piece: &str, relation: Relation, class: &dyn Fn(&str) -> Option<ClassId>) -> Result<Slot, String> {
    let (piece, optional) = match piece.strip_suffix('?') {
        Some(rest) => (rest, true),
        None => (piece, false),
    };
    let (piece, strict) = match piece.strip_suffix('!') {
        Some(rest) => (rest, true),
        None => (piece, false),
    };
    let (piece, conditions) = match piece.split_once(':') {
        Some((rest, list)) => (rest, list),
        None => (piece, ""),
    };
    let mut sectors = Sectors::default();
    for name in conditions.split(',').filter(|name| !name.is_empty()) {
        sectors.0 |= Sectors::named(name).ok_or_else(|| format!("no sector `{name}`"))?.0;
    }
    let (head, filler) = match piece.split_once('{') {
        Some((head, rest)) => {
            let name = rest.strip_suffix('}').ok_or_else(|| format!("`{piece}`: `}}` is missing"))?;
            (head, Filler::Class(class(name).ok_or_else(|| format!("no class `{name}`"))?))
        }
        None => (piece, Filler::Any),
    };
    let (role, filler) = match head {
        "A" => (Role::Actor, filler),
        "R" => (Role::Recipient, filler),
        "P" => (Role::Party, filler),
        "C" => (Role::Content, filler),
        "_" | "" => (Role::Thing, filler),
        word if word.chars().all(|c| c.is_lowercase() || c == '-') => {
            (Role::Thing, Filler::Word(SmolStr::from(word)))
        }
        other => return Err(format!("`{other}` is neither A, R, P, C, _, {{class}} nor a word")),
    };
    let strict = strict || sectors.0 != 0 || matches!(role, Role::Actor | Role::Party);
    Ok(Slot { relation, role, filler, sectors, optional, strict })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(frame: &str) -> Result<Vec<Slot>, String> {
        parse_frame(frame, &|name| (name == "sanction").then_some(3))
    }

    #[test]
    fn a_frame_is_read_into_slots() {
        let slots = parse("A:GOV,MIL ~ {sanction} on/against R?").unwrap();
        assert_eq!(slots.len(), 3);
        assert_eq!(slots[0].role, Role::Actor);
        assert_eq!(slots[0].sectors.0.count_ones(), 2);
        assert_eq!((slots[1].role, &slots[1].filler), (Role::Thing, &Filler::Class(3)));
        assert_eq!(slots[2].relation, Relation::Oblique(vec!["on".into(), "against".into()]));
        assert!(slots[2].optional);
        assert_eq!(parse("A ~ fire on R").unwrap()[1].filler, Filler::Word("fire".into()));
    }

    #[test]
    fn mistakes_are_named() {
        assert!(parse("A R").unwrap_err().contains("no `~`"));
        assert!(parse("A ~ {weapon}").unwrap_err().contains("weapon"));
        assert!(parse("A ~ R on").unwrap_err().contains("preposition"));
        assert!(parse("A:XYZ ~ R").unwrap_err().contains("XYZ"));
    }
}
