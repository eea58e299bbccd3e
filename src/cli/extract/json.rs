//! Events as JSON: the very messages of the service in proto3's JSON mapping, so that file and wire never differ.

use super::Reading;
use crate::cli::Failure;
use crate::grpc::contract::v1::{ArticleSummary, DiplomaticEvent, OffsetEncoding};
use crate::grpc::to_proto;
use serde::Serialize;
use std::io::Write;

/// One article.
#[derive(Serialize)]
struct Answer {
    events: Vec<DiplomaticEvent>,
    summary: ArticleSummary,
}

fn events(reading: &Reading, explain: bool) -> Vec<DiplomaticEvent> {
    to_proto::events(&reading.article.text, &reading.extraction, OffsetEncoding::Utf8, explain)
}

/// One article as an object, indented.
pub fn print_article(out: &mut impl Write, reading: &Reading, explain: bool) -> Result<(), Failure> {
    let answer = Answer {
        events: events(reading, explain),
        summary: to_proto::summary(&reading.extraction, reading.spent),
    };
    Ok(serde_json::to_writer_pretty(out, &answer)?)
}

/// One event a line. Notes, which have no line here, go to standard error.
pub fn print_events(out: &mut impl Write, reading: &Reading, explain: bool) -> Result<(), Failure> {
    for note in &reading.extraction.notes {
        eprintln!("{}: {}", reading.extraction.article_id, note.message);
    }
    for event in events(reading, explain) {
        serde_json::to_writer(&mut *out, &event)?;
        writeln!(out)?;
    }
    Ok(())
}
