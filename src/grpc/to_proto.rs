//! Extractions → messages: spans become words with offsets in the client's unit, unknowns become absent fields.

use super::contract::v1;
use super::offsets::Offsets;
use crate::core::extraction::*;
use crate::core::ontology::{EventType, Status};
use crate::core::text::Span;
use std::time::Duration;

/// The events of an article as messages, in order. `text` is the article's text.
pub fn events(
    text: &str,
    extraction: &Extraction,
    encoding: v1::OffsetEncoding,
    explain: bool,
) -> Vec<v1::DiplomaticEvent> {
    let writer = Writer { text, offsets: Offsets::new(text, encoding), explain };
    extraction.events.iter().map(|event| writer.event(&extraction.article_id, event)).collect()
}

/// The close of an article's answer. `spent` is the time that a core worked on it.
pub fn summary(extraction: &Extraction, spent: Duration) -> v1::ArticleSummary {
    v1::ArticleSummary {
        article_id: extraction.article_id.clone(),
        event_count: extraction.events.len() as u32,
        sentence_count: extraction.sentence_count,
        token_count: extraction.token_count,
        processing_time: Some(duration(spent)),
        notes: extraction.notes.iter().map(note).collect(),
    }
}

/// A length of time as a message.
pub fn duration(length: Duration) -> pbjson_types::Duration {
    pbjson_types::Duration { seconds: length.as_secs() as i64, nanos: length.subsec_nanos() as i32 }
}

/// The enum value of a type.
pub fn event_type(kind: EventType) -> v1::EventType {
    use EventType::*;
    match kind {
        Agree => v1::EventType::Agree,
        Consult => v1::EventType::Consult,
        Support => v1::EventType::Support,
        Concede => v1::EventType::Concede,
        Cooperate => v1::EventType::Cooperate,
        Aid => v1::EventType::Aid,
        Retreat => v1::EventType::Retreat,
        Request => v1::EventType::Request,
        Accuse => v1::EventType::Accuse,
        Reject => v1::EventType::Reject,
        Threaten => v1::EventType::Threaten,
        Protest => v1::EventType::Protest,
        Sanction => v1::EventType::Sanction,
        Mobilize => v1::EventType::Mobilize,
        Coerce => v1::EventType::Coerce,
        Assault => v1::EventType::Assault,
        Statement => v1::EventType::Statement,
    }
}

fn note(note: &Note) -> v1::Note {
    let code = match note.code {
        NoteCode::LanguageNotSupported => v1::NoteCode::LanguageNotSupported,
        NoteCode::NoPublicationDate => v1::NoteCode::NoPublicationDate,
        NoteCode::TextTruncated => v1::NoteCode::TextTruncated,
        NoteCode::SentenceCut => v1::NoteCode::SentenceCut,
        NoteCode::TextCleaned => v1::NoteCode::TextCleaned,
        NoteCode::NoEvents => v1::NoteCode::NoEvents,
        NoteCode::TimeExceeded => v1::NoteCode::TimeExceeded,
    };
    v1::Note { code: code.into(), message: note.message.clone() }
}

fn status(status: Status) -> v1::EventStatus {
    match status {
        Status::Occurred => v1::EventStatus::Occurred,
        Status::Ongoing => v1::EventStatus::Ongoing,
        Status::Future => v1::EventStatus::Future,
        Status::Hypothetical => v1::EventStatus::Hypothetical,
        Status::Negated => v1::EventStatus::Negated,
        Status::Historical => v1::EventStatus::Historical,
    }
}

/// A score as f64 without the noise that f32 leaves behind the fourth digit: 0.8, not 0.800000011920929.
fn score(value: f32) -> f64 {
    (f64::from(value) * 1e4).round() / 1e4
}

struct Writer<'a> {
    text: &'a str,
    offsets: Offsets<'a>,
    explain: bool,
}

impl Writer<'_> {
    fn event(&self, article_id: &str, event: &Event) -> v1::DiplomaticEvent {
        let mut evidence = event.evidence.iter().map(|evidence| self.evidence(evidence));
        v1::DiplomaticEvent {
            event_id: event.id.clone(),
            article_id: article_id.to_owned(),
            r#type: event_type(event.event_type).into(),
            mode: event.mode.map_or("", |mode| mode.name()).to_owned(),
            contexts: event.contexts.iter().map(|context| context.name().to_owned()).collect(),
            cameo_code: event.cameo.clone(),
            quad_class: event.quad_class() as i32,
            intensity: score(event.intensity()),
            actors: event.actors.iter().map(|actor| self.participant(actor)).collect(),
            recipients: event.recipients.iter().map(|recipient| self.participant(recipient)).collect(),
            date: Some(self.date(&event.date)),
            place: event.place.as_ref().map(|place| self.place(place)),
            status: status(event.status).into(),
            attribution: event.attribution.as_ref().map(|by| self.attribution(by)),
            evidence: evidence.next(),
            confidence: score(event.confidence),
            further_evidence: evidence.collect(),
            casualties: casualties(&event.casualties),
            trace: if self.explain {
                event.trace.iter().map(|line| step(line)).collect()
            } else {
                Vec::new()
            },
        }
    }

    fn participant(&self, participant: &Participant) -> v1::Participant {
        let kind = match participant.kind {
            ParticipantKind::Country => v1::ParticipantKind::Country,
            ParticipantKind::Person => v1::ParticipantKind::Person,
            ParticipantKind::Organization => v1::ParticipantKind::Organization,
            ParticipantKind::Group => v1::ParticipantKind::Group,
        };
        let basis = match participant.basis {
            ParticipantBasis::Named => v1::ParticipantBasis::Named,
            ParticipantBasis::Coreference => v1::ParticipantBasis::Coreference,
            ParticipantBasis::Metonymy => v1::ParticipantBasis::Metonymy,
            ParticipantBasis::Description => v1::ParticipantBasis::Description,
            ParticipantBasis::Unresolved => v1::ParticipantBasis::Unresolved,
        };
        v1::Participant {
            mention: Some(self.span(participant.mention)),
            name: participant.name.clone(),
            kind: kind.into(),
            country_code: participant.country.clone().unwrap_or_default(),
            sectors: participant.sectors.iter().map(|sector| sector.name().to_owned()).collect(),
            office: participant.office.clone().unwrap_or_default(),
            code: participant.code(),
            wikidata_id: participant.wikidata_id.clone().unwrap_or_default(),
            basis: basis.into(),
            reason: self.reason(&participant.reason),
        }
    }

    fn date(&self, date: &EventDate) -> v1::EventDate {
        let precision = match date.precision {
            _ if date.start.is_none() => v1::DatePrecision::Unspecified,
            DatePrecision::Day => v1::DatePrecision::Day,
            DatePrecision::Week => v1::DatePrecision::Week,
            DatePrecision::Month => v1::DatePrecision::Month,
            DatePrecision::Quarter => v1::DatePrecision::Quarter,
            DatePrecision::Year => v1::DatePrecision::Year,
        };
        let basis = match date.basis {
            DateBasis::Explicit => v1::DateBasis::Explicit,
            DateBasis::Relative => v1::DateBasis::Relative,
            DateBasis::PublicationDate => v1::DateBasis::PublicationDate,
            DateBasis::Unknown => v1::DateBasis::Unknown,
        };
        v1::EventDate {
            start_date: date.start.map(|day| day.to_string()).unwrap_or_default(),
            end_date: date.end.or(date.start).map(|day| day.to_string()).unwrap_or_default(),
            precision: precision.into(),
            basis: basis.into(),
            mention: date.mention.map(|mention| self.span(mention)),
            reason: self.reason(&date.reason),
        }
    }

    fn place(&self, place: &Place) -> v1::Place {
        let precision = match place.precision {
            PlacePrecision::Site => v1::PlacePrecision::Site,
            PlacePrecision::City => v1::PlacePrecision::City,
            PlacePrecision::Region => v1::PlacePrecision::Region,
            PlacePrecision::Country => v1::PlacePrecision::Country,
            PlacePrecision::Area => v1::PlacePrecision::Area,
        };
        v1::Place {
            name: place.name.clone(),
            country_code: place.country.clone().unwrap_or_default(),
            admin1: place.admin1.clone().unwrap_or_default(),
            latitude: place.latitude,
            longitude: place.longitude,
            geonames_id: place.geonames_id.unwrap_or_default(),
            precision: precision.into(),
            mention: Some(self.span(place.mention)),
            reason: self.reason(&place.reason),
        }
    }

    fn attribution(&self, attribution: &Attribution) -> v1::Attribution {
        v1::Attribution {
            reporter: Some(self.participant(&attribution.reporter)),
            mention: Some(self.span(attribution.mention)),
        }
    }

    fn evidence(&self, evidence: &Evidence) -> v1::Evidence {
        v1::Evidence {
            sentence: Some(self.span(evidence.sentence)),
            trigger: Some(self.span(evidence.trigger)),
            reason: evidence.reason.clone(),
        }
    }

    fn span(&self, span: Span) -> v1::TextSpan {
        v1::TextSpan {
            content: span.of(self.text).to_owned(),
            begin_offset: self.offsets.at(span.begin),
            end_offset: self.offsets.at(span.end),
        }
    }

    fn reason(&self, reason: &str) -> String {
        if self.explain { reason.to_owned() } else { String::new() }
    }
}

fn casualties(counts: &Casualties) -> Option<v1::Casualties> {
    let &Casualties { dead, injured, arrested } = counts;
    (*counts != Casualties::default()).then_some(v1::Casualties { dead, injured, arrested })
}

/// `field: reason` in two.
fn step(line: &str) -> v1::TraceStep {
    let (field, reason) = line.split_once(": ").unwrap_or(("", line));
    v1::TraceStep { field: field.to_owned(), reason: reason.to_owned() }
}
