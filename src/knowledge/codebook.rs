//! data/events/ → [`Codebook`].

use super::KnowledgeError;
use crate::core::events::codebook::{
    Codebook, Colour, Composition, Content, Entry, Operator, Outcome, TriggerClass,
};
use crate::core::events::notation::parse_frame;
use crate::core::events::present::needs;
use crate::core::ontology::{Context, EventType, Mode};
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

macro_rules! tables {
    ($($name:literal),+ $(,)?) => {
        &[$((concat!("data/events/", $name), include_str!(concat!("../../data/events/", $name)))),+]
    };
}

/// The trigger files: (path, text).
const TRIGGERS: &[(&str, &str)] = tables![
    "triggers/consult.tsv",
    "triggers/agree.tsv",
    "triggers/support.tsv",
    "triggers/concede.tsv",
    "triggers/cooperate.tsv",
    "triggers/aid.tsv",
    "triggers/retreat.tsv",
    "triggers/accuse.tsv",
    "triggers/reject.tsv",
    "triggers/threaten.tsv",
    "triggers/protest.tsv",
    "triggers/sanction.tsv",
    "triggers/mobilize.tsv",
    "triggers/coerce.tsv",
    "triggers/assault.tsv",
    "triggers/operators.tsv",
];

/// The other tables, in the order of the match in [`built_in`].
const OTHERS: &[(&str, &str)] = tables![
    "classes.tsv",
    "light.tsv",
    "transparent.tsv",
    "governors.tsv",
    "composition.tsv",
    "contexts.tsv",
    "context_weights.tsv",
    "vetoes.tsv",
];

/// The codebook that is built in.
///
/// # Errors
/// Names the line that does not read.
pub fn codebook() -> Result<Codebook, KnowledgeError> {
    let mut codebook = Codebook::default();
    for &(file, text) in OTHERS.iter().chain(TRIGGERS) {
        add(&mut codebook, file, text)?;
    }
    Ok(codebook)
}

/// The codebook of a folder laid out as data/events/: tables that are absent there are taken from the built-in ones.
///
/// # Errors
/// A file that cannot be read, or the line that does not.
pub fn codebook_from(folder: &std::path::Path) -> Result<Codebook, KnowledgeError> {
    let mut codebook = Codebook::default();
    for &(file, built_in) in OTHERS.iter().chain(TRIGGERS) {
        let path = folder.join(file.strip_prefix("data/events/").unwrap_or(file));
        let name = path.display().to_string();
        if path.exists() {
            let text = std::fs::read_to_string(&path)
                .map_err(|error| KnowledgeError::at(name.as_str(), 0, error.to_string()))?;
            add(&mut codebook, &name, &text)?;
        } else {
            add(&mut codebook, file, built_in)?;
        }
    }
    Ok(codebook)
}

/// Adds one table to a codebook; its path tells which it is.
///
/// # Errors
/// Names the line that does not read.
pub fn add(codebook: &mut Codebook, file: &str, text: &str) -> Result<(), KnowledgeError> {
    let table = file.rsplit('/').next().unwrap_or(file);
    for (number, line) in text.lines().enumerate().skip(1) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
        let column = |i: usize| columns.get(i).copied().unwrap_or("");
        let (first, second) = (column(0), column(1));
        let done = match table {
            "classes.tsv" => class(codebook, first, second),
            "light.tsv" => light(codebook, first, second),
            "transparent.tsv" => {
                codebook.transparent.insert(first.into());
                Ok(())
            }
            "governors.tsv" => governors(codebook, first, second),
            "composition.tsv" => {
                composition(codebook, first, second, column(2), column(3), table, number + 1)
            }
            "contexts.tsv" => contexts(&mut codebook.contexts, first, second),
            "context_weights.tsv" => contexts(&mut codebook.context_weights, first, second),
            "vetoes.tsv" => vetoes(codebook, first, second),
            _ => trigger(codebook, [first, second, column(2), column(3), column(4)], table, number + 1),
        };
        done.map_err(|message| KnowledgeError::at(file, number + 1, message))?;
    }
    Ok(())
}

fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|word| !word.is_empty())
}

fn class(codebook: &mut Codebook, name: &str, list: &str) -> Result<(), String> {
    if list.is_empty() {
        return Err(format!("class `{name}` has no words"));
    }
    if codebook.class_id(name).is_some() {
        return Err(format!("class `{name}` is here a second time"));
    }
    codebook.class_names.push(name.into());
    codebook.classes.push(words(list).map(SmolStr::from).collect::<FxHashSet<_>>());
    Ok(())
}

fn light(codebook: &mut Codebook, word: &str, subject: &str) -> Result<(), String> {
    let as_recipient = match subject {
        "actor" => false,
        "recipient" => true,
        other => return Err(format!("`{other}` is neither actor nor recipient")),
    };
    codebook.light_verbs.insert(word.into(), as_recipient);
    Ok(())
}

fn governors(codebook: &mut Codebook, list: &str, colour: &str) -> Result<(), String> {
    let colour = match colour {
        "begun" => Colour::Begun,
        "ongoing" => Colour::Ongoing,
        "future" => Colour::Future,
        "hypothetical" => Colour::Hypothetical,
        "negated" => Colour::Negated,
        "void" => Colour::Void,
        other => return Err(format!("no colour `{other}`")),
    };
    codebook.governors.extend(words(list).map(|word| (word.into(), colour)));
    Ok(())
}

fn type_and_mode(code: &str) -> Result<(EventType, Option<Mode>), String> {
    let (name, mode) = match code.split_once('-') {
        Some((name, mode)) => (name, Some(mode)),
        None => (code, None),
    };
    let event_type = EventType::parse(name).ok_or_else(|| format!("no event type `{name}`"))?;
    match mode {
        None => Ok((event_type, None)),
        Some(mode) => match event_type.mode(mode) {
            Some(mode) => Ok((event_type, Some(mode))),
            None => Err(format!("{name} has no mode `{mode}`")),
        },
    }
}

#[allow(clippy::too_many_arguments)]
fn composition(
    codebook: &mut Codebook,
    operator: &str,
    content: &str,
    code: &str,
    cameo: &str,
    table: &str,
    line: usize,
) -> Result<(), String> {
    let operator = Operator::parse(operator).ok_or_else(|| format!("no operator `{operator}`"))?;
    let content = match content {
        "unknown" => Content::Unknown,
        "cooperation" => Content::Cooperation,
        "conflict" => Content::Conflict,
        named => match type_and_mode(named)? {
            (event_type, Some(mode)) => Content::Mode(event_type, mode),
            (event_type, None) => Content::Type(event_type),
        },
    };
    let row = Composition {
        outcome: type_and_mode(code)?,
        cameo: cameo.into(),
        source: format!("{table}:{line}").into(),
    };
    match codebook.compositions.insert((operator, content), row) {
        Some(before) => Err(format!("stands already in {}", before.source)),
        None => Ok(()),
    }
}

type ByContext = FxHashMap<SmolStr, Vec<(Context, f32)>>;

fn contexts(table: &mut ByContext, context: &str, list: &str) -> Result<(), String> {
    let context = Context::parse(context).ok_or_else(|| format!("no context `{context}`"))?;
    for word in words(list) {
        let (word, weight) = match word.split_once('=') {
            Some((word, weight)) => (word, weight.parse().map_err(|_| format!("`{weight}` is no number"))?),
            None => (word, 1.0),
        };
        table.entry(word.into()).or_default().push((context, weight));
    }
    Ok(())
}

fn vetoes(codebook: &mut Codebook, list: &str, weight: &str) -> Result<(), String> {
    let weight: f32 = weight.parse().map_err(|_| format!("`{weight}` is no number"))?;
    codebook.vetoes.extend(words(list).map(|word| (SmolStr::from(word), weight)));
    Ok(())
}

fn trigger(codebook: &mut Codebook, columns: [&str; 5], table: &str, line: usize) -> Result<(), String> {
    let [class, list, frame, code, cameo] = columns;
    let class = match class {
        "v" => TriggerClass::Verb,
        "n" => TriggerClass::Noun,
        "a" => TriggerClass::Adjective,
        other => return Err(format!("`{other}` is neither v, n nor a")),
    };
    let slots = parse_frame(frame, &|name| codebook.class_id(name))?;
    let outcome = match Operator::parse(code) {
        Some(operator) => Outcome::Compose(operator),
        None if code == "nothing" => Outcome::Nothing,
        None => {
            let (event_type, mode) = type_and_mode(code)?;
            Outcome::Code(event_type, mode)
        }
    };
    for phrase in words(list) {
        let mut parts: Vec<&str> = phrase.split_whitespace().collect();
        // A verb comes before its particles, a noun after what qualifies it.
        let head = if class == TriggerClass::Noun { parts.pop() } else { Some(parts.remove(0)) };
        let Some(head) = head else { continue };
        let number = codebook.entries.len() as u32;
        let with: Vec<SmolStr> = parts.into_iter().map(SmolStr::from).collect();
        codebook.entries.push(Entry {
            needs: needs(&with, &slots),
            with,
            slots: slots.clone(),
            outcome,
            cameo: cameo.into(),
            source: format!("{table}:{line}").into(),
        });
        let index = match class {
            TriggerClass::Verb => &mut codebook.verbs,
            TriggerClass::Noun => &mut codebook.nouns,
            TriggerClass::Adjective => &mut codebook.adjectives,
        };
        index.entry(head.into()).or_default().push(number);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_codebook_reads_and_covers_every_type_and_most_modes() {
        let codebook = codebook().expect("reads");
        let codes: FxHashSet<(EventType, Option<Mode>)> = codebook
            .entries
            .iter()
            .filter_map(|entry| match entry.outcome {
                Outcome::Code(event_type, mode) => Some((event_type, mode)),
                _ => None,
            })
            .chain(codebook.compositions.values().map(|row| row.outcome))
            .collect();
        for &event_type in EventType::ALL.iter().filter(|&&t| t != EventType::Statement) {
            assert!(codes.iter().any(|&(known, _)| known == event_type), "nothing codes to {event_type}");
            for &(mode, _) in event_type.modes() {
                // The place of a threat is settled by its content, not by a word.
                let settled_later = event_type == EventType::Threaten && mode == Mode::Territory
                    || event_type == EventType::Consult && mode == Mode::Multilateral;
                assert!(
                    settled_later || codes.contains(&(event_type, Some(mode))),
                    "nothing codes to {event_type}-{mode}"
                );
            }
        }
    }

    #[test]
    fn a_mistake_is_reported_with_its_line() {
        let mut book = Codebook::default();
        let text = "class\twords\tframe\tcodes\tcameo\nv\tmeet\tP ~ P\tCONSULT\t040\nv\tmeet\tP ~ with P\tCONSULT-demo\t040\n";
        let error = add(&mut book, "mine/triggers/consult.tsv", text).expect_err("CONSULT has no mode demo");
        assert_eq!(error.to_string(), "mine/triggers/consult.tsv:3: CONSULT has no mode `demo`");
    }
}
