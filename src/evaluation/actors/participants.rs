//! Mentions against marked participants: the project's corpus (span, country, sector, link) and the public PLOVER pairs (overlap).

use crate::core::actors::{Form, Mentions};
use crate::core::extraction::{Participant, ParticipantBasis};
use crate::core::pipeline::Pipeline;
use crate::core::text::Span;
use crate::evaluation::corpus::{GoldMention, Item};
use crate::evaluation::plv::Pair;
use crate::evaluation::report::{Row, Table};
use std::path::Path;

/// What one gold participant met.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The item.
    pub id: String,
    /// The gold words.
    pub words: String,
    /// Gold country and sectors, as in the corpus.
    pub wanted: String,
    /// The mention that overlaps best, shown; empty where none does.
    pub found: String,
    /// Some mention overlaps.
    pub overlap: bool,
    /// One has exactly the words.
    pub exact: bool,
    /// Country right.
    pub country: bool,
    /// Primary sector right, or neither side has one.
    pub sector: bool,
    /// For mentions that stand for somebody named elsewhere: linked to a mention that bears that name; `None` for others.
    pub linked: Option<bool>,
    /// The same, linked somewhere else.
    pub mislinked: bool,
}

/// Every gold participant of the items against the mentions that the pipeline finds in them.
pub fn outcomes(items: &[Item], pipeline: &Pipeline) -> Vec<Outcome> {
    let tables = pipeline.tables();
    let mut outcomes = Vec::new();
    for item in items {
        let text = &item.article.text;
        let document = tables.syntax.analyze(text);
        let mentions = tables.actors.find(text, &document, item.article.published);
        let mut seen: Vec<Span> = Vec::new();
        for event in &item.events {
            for gold in event.actors.iter().chain(&event.recipients).chain(&event.by) {
                if !seen.contains(&gold.span) {
                    seen.push(gold.span);
                    outcomes.push(outcome(item, text, gold, &mentions));
                }
            }
        }
    }
    outcomes
}

/// All mentions as participants, members in the place of what they make up.
fn participants(mentions: &Mentions) -> Vec<(u32, Participant)> {
    (0..mentions.list.len() as u32)
        .flat_map(|i| mentions.participants(i).into_iter().map(move |p| (i, p)))
        .collect()
}

fn outcome(item: &Item, text: &str, gold: &GoldMention, mentions: &Mentions) -> Outcome {
    let overlap = |span: Span| {
        let shared = gold.span.end.min(span.end).saturating_sub(gold.span.begin.max(span.begin));
        f64::from(shared) / gold.span.join(span).len().max(1) as f64
    };
    let all = participants(mentions);
    let best = all
        .iter()
        .filter(|(_, p)| p.mention.overlaps(gold.span))
        .max_by(|a, b| overlap(a.1.mention).total_cmp(&overlap(b.1.mention)));
    let names: Vec<&str> = gold.sectors.iter().map(|sector| sector.name()).collect();
    let wanted = format!("{} {}", gold.country.as_deref().unwrap_or("-"), names.join(" "));
    let mut outcome = Outcome {
        id: item.id.clone(),
        words: gold.span.of(text).to_owned(),
        wanted,
        found: String::new(),
        overlap: false,
        exact: false,
        country: false,
        sector: false,
        linked: gold.who.as_ref().map(|_| false),
        mislinked: false,
    };
    let Some((index, found)) = best else { return outcome };
    let sectors: Vec<&str> = found.sectors.iter().map(|sector| sector.name()).collect();
    outcome.overlap = true;
    outcome.exact = found.mention == gold.span;
    outcome.found = format!(
        "{} | {} {} | {} | {}",
        found.mention.of(text),
        found.country.as_deref().unwrap_or("-"),
        sectors.join(" "),
        found.name,
        found.reason
    );
    outcome.country = found.country == gold.country;
    let international = gold
        .country
        .as_deref()
        .is_some_and(|c| matches!(c, "IGO" | "UNO" | "EUR" | "NGO" | "ISM" | "IMG" | "MNC"));
    outcome.sector =
        found.sectors.first() == gold.sectors.first() || international && gold.sectors.is_empty();
    if let Some(who) = &gold.who {
        let mention = &mentions.list[*index as usize];
        let roots = mention.antecedent.into_iter().chain(mention.members.iter().copied());
        let named = roots.clone().any(|root| {
            let root = &mentions.list[root as usize];
            alike(root.span.of(text), who) || alike(&root.identity.name, who)
        });
        let right = named
            || alike(&found.name, who)
                && found.basis != ParticipantBasis::Unresolved
                && mention.form != Form::Pronoun;
        outcome.linked = Some(right);
        outcome.mislinked = !right && roots.count() > 0;
    }
    outcome
}

/// Whether one name holds the other's last word.
fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (crate::core::actors::split(a), crate::core::actors::split(b));
    match (a.last(), b.last()) {
        (Some(x), Some(y)) => a.contains(y) || b.contains(x),
        _ => false,
    }
}

/// The measures over outcomes.
pub fn table(title: &str, outcomes: &[Outcome]) -> Table {
    let note = "Every gold participant against the mention that overlaps it best. Country and sector (primary) of those found. \
                Linked: of gold mentions that stand for somebody named elsewhere, those that lead to that name.";
    let mut table = Table::new(title, note);
    let mut share = |name: &str, of: &dyn Fn(&Outcome) -> Option<bool>| {
        let list: Vec<bool> = outcomes.iter().filter_map(of).collect();
        let right = list.iter().filter(|&&yes| yes).count();
        table.rows.push(Row::value(name, list.len(), 100.0 * right as f64 / list.len().max(1) as f64));
    };
    share("overlapped by a mention", &|o| Some(o.overlap));
    share("exactly a mention", &|o| Some(o.exact));
    share("country right, given the span", &|o| o.overlap.then_some(o.country));
    share("sector right, given the span", &|o| o.overlap.then_some(o.sector));
    share("linked right", &|o| o.linked);
    share("linked wrongly", &|o| o.linked.map(|_| o.mislinked));
    table
}

/// Sources and targets of the public pairs that some mention overlaps.
pub fn pairs(data: &Path, pipeline: &Pipeline) -> Result<Vec<Table>, String> {
    let list = crate::evaluation::plv::load(&data.join("events/plv_train.tsv"))?;
    let mut table = Table::new(
        "Participants of the public pairs (plv_train)",
        "Marked sources and targets that some mention of ours overlaps; known = with a country or sector.",
    );
    let source: fn(&Pair) -> Option<Span> = |pair| pair.source;
    let target: fn(&Pair) -> Option<Span> = |pair| pair.target;
    let sides = [("source", source), ("target", target)];
    for (name, side) in sides {
        let (mut n, mut overlapped, mut known) = (0, 0, 0);
        for pair in &list {
            let Some(span) = side(pair) else { continue };
            let tables = pipeline.tables();
            let document = tables.syntax.analyze(&pair.text);
            let mentions = tables.actors.find(&pair.text, &document, None);
            let mut found = mentions.list.iter().filter(|mention| mention.span.overlaps(span)).peekable();
            n += 1;
            overlapped += usize::from(found.peek().is_some());
            known +=
                usize::from(found.any(|m| m.identity.country.is_some() || !m.identity.sectors.is_empty()));
        }
        table.rows.push(Row::value(
            format!("{name} overlapped"),
            n,
            100.0 * overlapped as f64 / n.max(1) as f64,
        ));
        table.rows.push(Row::value(
            format!("{name} overlapped by one known"),
            n,
            100.0 * known as f64 / n.max(1) as f64,
        ));
    }
    Ok(vec![table])
}
