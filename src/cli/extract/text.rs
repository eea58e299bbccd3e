//! Events for people: one block an event, its evidence marked in the sentence that reports it.

use super::Reading;
use crate::core::extraction::{DateBasis, Event, EventDate, Participant, Place};
use crate::core::text::Span;
use owo_colors::{OwoColorize, Style};
use std::io::{Result, Write};

/// Prints one article.
pub fn print(out: &mut impl Write, reading: &Reading, explain: bool, colour: bool) -> Result<()> {
    let Reading { article, extraction, spent } = reading;
    let paint = Paint { colour };
    let published =
        article.published.map_or("publication date unknown".to_owned(), |day| format!("published {day}"));
    let count = |number: usize, thing: &str| match number {
        0 => format!("no {thing}s"),
        1 => format!("1 {thing}"),
        _ => format!("{number} {thing}s"),
    };
    writeln!(
        out,
        "{}  {published}, {}, {}, {}, {:.1} ms",
        paint.with(&extraction.article_id, Style::new().bold()),
        count(extraction.sentence_count as usize, "sentence"),
        count(extraction.token_count as usize, "word"),
        count(extraction.events.len(), "event"),
        spent.as_secs_f64() * 1e3
    )?;
    for note in &extraction.notes {
        writeln!(out, "note: {}", note.message)?;
    }
    for (at, event) in extraction.events.iter().enumerate() {
        writeln!(out)?;
        print_event(out, at + 1, event, &article.text, explain, paint)?;
    }
    Ok(())
}

fn print_event(
    out: &mut impl Write,
    number: usize,
    event: &Event,
    text: &str,
    explain: bool,
    paint: Paint,
) -> Result<()> {
    let mode = event.mode.map_or(String::new(), |mode| format!("/{mode}"));
    let headline = format!("{}{mode}", event.event_type);
    writeln!(
        out,
        "{number:>3}  {}  {}  (CAMEO {}, intensity {:+.1}, {:.0} % sure)",
        paint.with(&headline, Style::new().bold().yellow()),
        event.status,
        event.cameo,
        event.intensity(),
        event.confidence * 100.0
    )?;
    let line = |out: &mut dyn Write, name: &str, value: &str| writeln!(out, "     {name:<6} {value}");
    let (who, whom) = (people(&event.actors), people(&event.recipients));
    line(out, "who", &paint.with(&who, Style::new().green()))?;
    if !event.recipients.is_empty() {
        line(out, "whom", &paint.with(&whom, Style::new().blue()))?;
    }
    line(out, "when", &paint.with(&date(&event.date, text), Style::new().cyan()))?;
    if let Some(found) = &event.place {
        line(out, "where", &paint.with(&place(found), Style::new().magenta()))?;
    }
    if !event.contexts.is_empty() {
        let contexts: Vec<&str> = event.contexts.iter().map(|context| context.name()).collect();
        line(out, "about", &contexts.join(", "))?;
    }
    if let Some(by) = &event.attribution {
        line(out, "says", &person(&by.reporter))?;
    }
    let counts = [
        (event.casualties.dead, "dead"),
        (event.casualties.injured, "injured"),
        (event.casualties.arrested, "arrested"),
    ];
    let counts: Vec<String> =
        counts.iter().filter_map(|(count, name)| count.map(|count| format!("{count} {name}"))).collect();
    if !counts.is_empty() {
        line(out, "harm", &counts.join(", "))?;
    }
    if let Some(evidence) = event.evidence.first() {
        writeln!(out, "     {}", marked(event, evidence.sentence, evidence.trigger, text, paint))?;
        if explain {
            line(out, "rule", &evidence.reason)?;
        }
    }
    if explain {
        for step in &event.trace {
            writeln!(out, "       {step}")?;
        }
    }
    Ok(())
}

fn people(list: &[Participant]) -> String {
    list.iter().map(person).collect::<Vec<_>>().join("; ")
}

fn person(who: &Participant) -> String {
    let mut codes = vec![who.country.clone().unwrap_or_else(|| "?".to_owned())];
    codes.extend(who.sectors.iter().map(|sector| sector.name().to_owned()));
    let office = who.office.as_ref().map_or(String::new(), |office| format!(", {office}"));
    format!("{} ({}{office})", who.name, codes.join(" "))
}

fn date(date: &EventDate, text: &str) -> String {
    let words = date.mention.map_or(String::new(), |mention| format!(", \"{}\"", flat(mention.of(text))));
    let basis = match date.basis {
        DateBasis::Explicit => "explicit",
        DateBasis::Relative => "relative",
        DateBasis::PublicationDate => "day of publication",
        DateBasis::Unknown => "unknown",
    };
    match (date.start, date.end) {
        (Some(start), Some(end)) if start != end => format!("{start} to {end} ({basis}{words})"),
        (Some(start), _) => format!("{start} ({basis}{words})"),
        (None, _) => format!("unknown{words}"),
    }
}

fn place(place: &Place) -> String {
    let parts = [Some(place.name.clone()), place.admin1.clone(), place.country.clone()];
    let mut parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.dedup();
    let point = match (place.latitude, place.longitude) {
        (Some(north), Some(east)) => format!(" ({north:.2}, {east:.2})"),
        _ => String::new(),
    };
    format!("{}{point}", parts.join(", "))
}

/// The sentence with the words of the deed, the parties, the place and the time marked: by colour, or by brackets.
fn marked(event: &Event, sentence: Span, trigger: Span, text: &str, paint: Paint) -> String {
    let mut marks = vec![(trigger, Style::new().bold().yellow(), ("«", "»"))];
    let brackets = ("[", "]");
    marks.extend(event.actors.iter().map(|actor| (actor.mention, Style::new().green(), brackets)));
    marks.extend(event.recipients.iter().map(|recipient| (recipient.mention, Style::new().blue(), brackets)));
    marks.extend(event.place.iter().map(|place| (place.mention, Style::new().magenta(), brackets)));
    marks.extend(event.date.mention.iter().map(|&mention| (mention, Style::new().cyan(), brackets)));
    // The deed first, then the parties: what overlaps with something before it stays unmarked.
    let mut kept: Vec<(Span, Style, (&str, &str))> = Vec::new();
    for mark in marks {
        let fits = sentence.contains(mark.0)
            && !mark.0.is_empty()
            && kept.iter().all(|other| !other.0.overlaps(mark.0));
        if fits {
            kept.push(mark);
        }
    }
    kept.sort_by_key(|mark| mark.0);
    let mut line = String::new();
    let mut at = sentence.begin;
    for (span, style, (open, close)) in kept {
        line += &flat(Span { begin: at, end: span.begin }.of(text));
        let words = flat(span.of(text));
        line += &if paint.colour { paint.with(&words, style) } else { format!("{open}{words}{close}") };
        at = span.end;
    }
    line + &flat(Span { begin: at, end: sentence.end }.of(text))
}

/// On one line, and without anything that a terminal would obey.
fn flat(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[derive(Clone, Copy)]
struct Paint {
    colour: bool,
}

impl Paint {
    fn with(self, words: &str, style: Style) -> String {
        if self.colour { words.style(style).to_string() } else { words.to_owned() }
    }
}
