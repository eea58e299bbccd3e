//! One article's way through the pool: read, turned into messages, counted; stopped when nobody waits for it any more.

use super::metrics;
use crate::core::extraction::{Extraction, Options};
use crate::core::text::Article;
use crate::grpc::contract::v1;
use crate::grpc::from_proto::Request;
use crate::grpc::{status, to_proto};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use tonic::Status;
use tracing::field::Empty;

/// What reads an article: the pipeline, or in tests something slow or broken. The last argument says when to stop.
pub type Read = dyn Fn(&Article, &Options, &dyn Fn() -> bool) -> Extraction + Send + Sync;

/// All that one article gave, as messages.
#[derive(Debug)]
pub struct Answer {
    /// In text order.
    pub events: Vec<v1::DiplomaticEvent>,
    /// The close.
    pub summary: v1::ArticleSummary,
}

/// Somebody waits for an answer. Dropped, the work on it stops within a sentence.
#[derive(Debug)]
pub struct Awaited {
    reply: oneshot::Receiver<Result<Answer, Status>>,
    abandoned: Arc<AtomicBool>,
}

impl Awaited {
    /// The answer, once it is there.
    pub async fn answer(mut self) -> Result<Answer, Status> {
        (&mut self.reply).await.unwrap_or_else(|_lost| Err(status::internal("lost")))
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        self.abandoned.store(true, Ordering::Relaxed);
    }
}

/// A job for the pool that reads `request` for at most `limit`, and the one who waits for it.
pub fn job(read: Arc<Read>, request: Request, limit: Duration) -> (super::pool::Job, Awaited) {
    let (reply, receiver) = oneshot::channel();
    let abandoned = Arc::new(AtomicBool::new(false));
    let awaited = Awaited { reply: receiver, abandoned: abandoned.clone() };
    let queued = Instant::now();
    let span = tracing::Span::current();
    let work = move || {
        let waited = queued.elapsed();
        let span = tracing::info_span!(
            parent: &span,
            "article",
            waited_us = waited.as_micros() as u64,
            outcome = Empty,
            sentences = Empty,
            events = Empty
        );
        let _in = span.enter();
        metrics::queued(waited);
        if abandoned.load(Ordering::Relaxed) {
            span.record("outcome", metrics::Outcome::Abandoned.name());
            metrics::article(metrics::Outcome::Abandoned, Duration::ZERO);
            return;
        }
        let begun = Instant::now();
        let stop = || abandoned.load(Ordering::Relaxed) || begun.elapsed() > limit;
        let done = std::panic::catch_unwind(AssertUnwindSafe(|| answer(&*read, &request, &stop, begun)));
        let outcome = match &done {
            Err(_) => metrics::Outcome::Panicked,
            Ok(_) if abandoned.load(Ordering::Relaxed) => metrics::Outcome::Abandoned,
            Ok(answer) if is_cut_short(answer) => metrics::Outcome::CutShort,
            Ok(_) => metrics::Outcome::Read,
        };
        metrics::article(outcome, begun.elapsed());
        span.record("outcome", outcome.name());
        if let Ok(answer) = &done {
            span.record("sentences", answer.summary.sentence_count);
            span.record("events", answer.summary.event_count);
        }
        let result = done.map_err(|_panic| {
            let incident = incident();
            // Neither the panic's message nor the text: either may hold words of the article.
            tracing::error!(
                incident,
                article = request.article.id_or_derived(),
                "a stage panicked on an article"
            );
            status::internal(&incident)
        });
        let _ = reply.send(result);
    };
    (Box::new(work), awaited)
}

fn answer(read: &Read, request: &Request, stop: &dyn Fn() -> bool, begun: Instant) -> Answer {
    let extraction = read(&request.article, &request.options, stop);
    let events =
        to_proto::events(&request.article.text, &extraction, request.encoding, request.options.explain);
    for event in &extraction.events {
        metrics::event(event.event_type);
    }
    let summary = to_proto::summary(&extraction, begun.elapsed());
    tracing::debug!(
        article = extraction.article_id,
        events = extraction.events.len(),
        sentences = extraction.sentence_count,
        micros = begun.elapsed().as_micros() as u64,
        "read"
    );
    Answer { events, summary }
}

fn is_cut_short(answer: &Answer) -> bool {
    answer.summary.notes.iter().any(|note| note.code == v1::NoteCode::TimeExceeded as i32)
}

/// A name for a defect that happened now, to find it in the log.
fn incident() -> String {
    format!("{:016x}", RandomState::new().build_hasher().finish())
}
