//! What happens in a call: one article through the pool, or many, with every bound held until the last answer is out.

use super::admission::Admission;
use super::client::Client;
use super::connections::{OpenCall, Peer};
use super::metrics;
use super::phase::{Phase, Phases};
use super::pool::Pool;
use super::reading::{self, Answer, Awaited, Read};
use super::tracing_context::InSpan;
use crate::config::Limits;
use crate::grpc::codec::Received;
use crate::grpc::contract::v1::{
    self, extract_events_bulk_response as bulk, extract_events_response as single,
};
use crate::grpc::service::{Handler, Inbound, Outbound};
use crate::grpc::{from_proto, info, status, to_proto};
use futures_util::stream::{FuturesUnordered, StreamExt};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tonic::{Code, Request, Response, Status};
use tonic_types::FieldViolation;

/// Stands for "never" where a timer needs a time.
const FOREVER: Duration = Duration::from_secs(10 * 365 * 86_400);

/// The service's handler. Cheap to clone: every call has its own.
#[derive(Clone)]
pub struct Calls {
    /// What reads an article.
    pub read: Arc<Read>,
    /// The threads that read.
    pub pool: Arc<Pool>,
    /// The bounds that calls share.
    pub admission: Arc<Admission>,
    /// Where the server stands.
    pub phases: Phases,
    /// The configured limits.
    pub limits: Arc<Limits>,
    /// The user's tables that are in force.
    pub own_tables: super::OwnTables,
}

impl Handler for Calls {
    async fn extract_events(
        &self,
        call: Request<Inbound<v1::ExtractEventsRequest>>,
    ) -> Result<Response<Outbound<v1::ExtractEventsResponse>>, Status> {
        let span = call.extensions().get().cloned().unwrap_or_else(tracing::Span::none);
        let mut record = Record::begin("ExtractEvents", span.clone());
        let client = Client::of(&call);
        let until = self.deadline(&call);
        let on_connection = self.on_connection(&call);
        let open = record.note(self.open(self.admission.request()))?;
        let mut inbound = call.into_inner();
        let (calls, received) = (self.clone(), Instant::now() + self.limits.receive_time.get());
        let stream = async_stream::stream! {
            let _open = (open, on_connection);
            let answer = tokio::select! {
                answer = calls.one(&mut inbound, &client) => answer,
                () = tokio::time::sleep_until(until.at.into()) => Err(until.passed()),
                () = tokio::time::sleep_until(received.into()), if until.at > received => {
                    metrics::rejected("receive_time");
                    Err(status::deadline_exceeded())
                }
            };
            match record.note(answer) {
                Ok(answer) => {
                    for event in answer.events {
                        yield Ok(v1::ExtractEventsResponse { result: Some(single::Result::Event(event)) });
                    }
                    record.done();
                    yield Ok(v1::ExtractEventsResponse { result: Some(single::Result::Summary(answer.summary)) });
                }
                Err(failure) => yield Err(failure),
            }
        };
        Ok(Response::new(Box::pin(InSpan::new(stream, span))))
    }

    async fn extract_events_bulk(
        &self,
        call: Request<Inbound<v1::ExtractEventsBulkRequest>>,
    ) -> Result<Response<Outbound<v1::ExtractEventsBulkResponse>>, Status> {
        let span = call.extensions().get().cloned().unwrap_or_else(tracing::Span::none);
        let mut record = Record::begin("ExtractEventsBulk", span.clone());
        let client = Client::of(&call);
        let until = self.deadline(&call);
        let on_connection = self.on_connection(&call);
        let open = record.note(self.open(self.admission.stream()))?;
        let mut inbound = call.into_inner();
        let calls = self.clone();
        let stream = async_stream::stream! {
            let _open = (open, on_connection);
            let mut under_way = FuturesUnordered::new();
            let mut end = None;
            let deadline = tokio::time::sleep_until(until.at.into());
            tokio::pin!(deadline);
            let closing = calls.phases.reached(Phase::Closing);
            tokio::pin!(closing);
            while end.is_none() || !under_way.is_empty() {
                let room = under_way.len() < calls.limits.bulk_window;
                let turn = tokio::select! {
                    biased;
                    () = &mut deadline => Turn::Expired,
                    Some(answer) = under_way.next() => Turn::Answered(answer),
                    () = &mut closing, if end.is_none() => Turn::Closing,
                    received = inbound.message(), if end.is_none() && room => Turn::Received(received),
                };
                match turn {
                    Turn::Received(Ok(Some(request))) => under_way.push(calls.one_of_many(request, &client)),
                    Turn::Received(Ok(None)) => end = Some(Ok(())),
                    Turn::Received(Err(failure)) => end = Some(Err(transport(failure, &calls.limits))),
                    Turn::Closing => end = Some(Err(status::draining())),
                    Turn::Answered(responses) => for response in responses {
                        yield Ok(response);
                    },
                    Turn::Expired => {
                        end = Some(Err(until.passed()));
                        break;
                    }
                }
            }
            // Whatever is still under way is stopped here, before the end is told.
            drop(under_way);
            match record.note(end.unwrap_or(Ok(()))) {
                Ok(()) => record.done(),
                Err(failure) => yield Err(failure),
            }
        };
        Ok(Response::new(Box::pin(InSpan::new(stream, span))))
    }

    fn service_info(&self) -> v1::GetServiceInfoResponse {
        let limits = &self.limits;
        let limits = v1::ServiceLimits {
            max_text_bytes: limits.max_text_bytes as u64,
            max_message_bytes: limits.max_message_bytes as u64,
            max_streams: limits.max_streams as u32,
            queue_length: limits.queue_length as u32,
            max_article_time: Some(to_proto::duration(limits.article_time.get())),
            rate_limit: limits.rate,
        };
        info::service_info(limits, &self.own_tables.load())
    }
}

/// When a call must end.
#[derive(Clone, Copy)]
struct Deadline {
    at: Instant,
    /// By `limits.call_time`, not by the client's own deadline.
    ours: bool,
}

impl Deadline {
    /// The end of a call whose time is over.
    fn passed(self) -> Status {
        if self.ours {
            metrics::rejected("call_time");
        }
        status::deadline_exceeded()
    }
}

/// What comes next in a bulk call.
#[expect(clippy::large_enum_variant, reason = "one at a time, on the stack")]
enum Turn {
    Received(Result<Option<Received<v1::ExtractEventsBulkRequest>>, Status>),
    Answered(Vec<v1::ExtractEventsBulkResponse>),
    Closing,
    Expired,
}

impl Calls {
    /// A permit, unless the server drains.
    fn open<T>(&self, permit: Result<T, Status>) -> Result<T, Status> {
        if self.phases.now() == Phase::Serving { permit } else { Err(status::draining()) }
    }

    /// When the call must end: by the client's deadline or by ours. tonic's own timeout ends with the response's head.
    fn deadline<T>(&self, call: &Request<T>) -> Deadline {
        let header = call.metadata().get("grpc-timeout").and_then(|value| value.to_str().ok());
        let theirs = header.and_then(parse_timeout).unwrap_or(FOREVER);
        let ours = self.limits.call_time.limit().unwrap_or(FOREVER);
        Deadline { at: Instant::now() + theirs.min(ours).min(FOREVER), ours: ours < theirs }
    }

    /// The call's place among those of its connection.
    fn on_connection<T>(&self, call: &Request<T>) -> Option<OpenCall> {
        let peer = call.extensions().get::<Peer>()?;
        Some(peer.open_call(self.limits.max_streams_per_connection))
    }

    /// The one article of an ExtractEvents call.
    async fn one(
        &self,
        inbound: &mut Inbound<v1::ExtractEventsRequest>,
        client: &Client,
    ) -> Result<Answer, Status> {
        let received = inbound.message().await.map_err(|failure| transport(failure, &self.limits))?;
        let Some(Received { message, fault }) = received else {
            return Err(status::invalid(vec![FieldViolation::new(
                "article",
                "is required; the call sent no message",
            )]));
        };
        let request = self.check(message.article, message.options, fault)?;
        self.admission.rate(&client.key)?;
        let _text = self.admission.text(request.article.text.len())?;
        let (job, awaited) = self.job(request);
        self.pool.single(job).map_err(|_full| self.admission.queue_full())?;
        awaited.answer().await
    }

    /// One article of a bulk call: all its responses, in order.
    async fn one_of_many(
        &self,
        received: Received<v1::ExtractEventsBulkRequest>,
        client: &Client,
    ) -> Vec<v1::ExtractEventsBulkResponse> {
        let Received { message: v1::ExtractEventsBulkRequest { sequence, article, options }, fault } =
            received;
        let known = article.as_ref().map(|article| article.article_id.clone()).unwrap_or_default();
        let respond = |article_id: &str, result| v1::ExtractEventsBulkResponse {
            sequence,
            article_id: article_id.to_owned(),
            result: Some(result),
        };
        let answer = async {
            let request = self.check(article, options, fault)?;
            self.admission.rate_turn(&client.key).await;
            let _text = self.admission.text_turn(request.article.text.len()).await;
            let place = self.pool.bulk_place().await;
            let (job, awaited) = self.job(request);
            self.pool.bulk(place, job);
            awaited.answer().await
        };
        match answer.await {
            Ok(Answer { events, summary }) => {
                let id = summary.article_id.clone();
                let events = events.into_iter().map(bulk::Result::Event);
                events.chain([bulk::Result::Summary(summary)]).map(|result| respond(&id, result)).collect()
            }
            Err(failure) => vec![respond(&known, bulk::Result::Error(status::to_rpc(&failure)))],
        }
    }

    fn check(
        &self,
        article: Option<v1::Article>,
        options: Option<v1::ExtractionOptions>,
        fault: Option<String>,
    ) -> Result<from_proto::Request, Status> {
        let checked = match fault {
            Some(fault) => Err(vec![FieldViolation::new("article", format!("is no valid message: {fault}"))]),
            None => from_proto::request(article, options, self.limits.max_text_bytes),
        };
        checked.map_err(|violations| {
            metrics::article(metrics::Outcome::Invalid, Duration::ZERO);
            if violations.iter().any(|violation| violation.description.contains("are allowed")) {
                metrics::rejected("max_text_bytes");
            }
            status::invalid(violations)
        })
    }

    fn job(&self, request: from_proto::Request) -> (super::pool::Job, Awaited) {
        reading::job(self.read.clone(), request, self.limits.article_time.get())
    }
}

/// A message that tonic could not take, in the contract's words: it tells oversize by OUT_OF_RANGE.
fn transport(failure: Status, limits: &Limits) -> Status {
    match failure.code() {
        Code::OutOfRange => {
            metrics::rejected("max_message_bytes");
            let description = format!("the message is longer than {} bytes", limits.max_message_bytes);
            status::invalid(vec![FieldViolation::new("article.text", description)])
        }
        _ => failure,
    }
}

/// `grpc-timeout`: at most eight digits and a unit.
fn parse_timeout(header: &str) -> Option<Duration> {
    let (digits, unit) = header.split_at_checked(header.len().checked_sub(1)?)?;
    let number: u64 = (digits.len() <= 8).then(|| digits.parse().ok())??;
    Some(match unit {
        "H" => Duration::from_secs(number * 3600),
        "M" => Duration::from_secs(number * 60),
        "S" => Duration::from_secs(number),
        "m" => Duration::from_millis(number),
        "u" => Duration::from_micros(number),
        "n" => Duration::from_nanos(number),
        _ => return None,
    })
}

/// Counts a call when it is over. One that is dropped before its end was cancelled by its client.
struct Record {
    method: &'static str,
    begun: Instant,
    code: Code,
    span: tracing::Span,
}

impl Record {
    fn begin(method: &'static str, span: tracing::Span) -> Record {
        metrics::request_begun(method);
        Record { method, begun: Instant::now(), code: Code::Cancelled, span }
    }

    /// Remembers a failure and passes the result on.
    fn note<T>(&mut self, result: Result<T, Status>) -> Result<T, Status> {
        result.inspect_err(|failure| self.code = failure.code())
    }

    fn done(&mut self) {
        self.code = Code::Ok;
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        let length = self.begun.elapsed();
        metrics::request(self.method, self.code, length);
        super::tracing_context::ended(&self.span, self.code);
        let ms = length.as_secs_f64() * 1e3;
        tracing::info!(parent: &self.span, code = ?self.code, ms, "call ended");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timeouts_are_read_as_grpc_writes_them() {
        assert_eq!(parse_timeout("250m"), Some(Duration::from_millis(250)));
        assert_eq!(parse_timeout("99999999H"), Some(Duration::from_secs(99_999_999 * 3600)));
        for bad in ["", "S", "1", "123456789S", "-1S", "1 S", "1é"] {
            assert_eq!(parse_timeout(bad), None, "{bad}");
        }
    }
}
