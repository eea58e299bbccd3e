//! The span of a call: its method, client and request id, and the W3C trace that the caller is part of.

use super::client::Client;
use futures_util::Stream;
use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry::trace::{Status, TraceContextExt};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll};
use tonic::Code;
use tracing::Span;
use tracing::field::Empty;
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// The span under which a call is handled. The request id is the caller's `x-request-id` if it is a plain one. Where `traced`,
/// the span is one of the caller's trace if the caller is part of one.
pub fn span<B>(request: &http::Request<B>, client: &Client, traced: bool) -> Span {
    let path = request.uri().path().trim_start_matches('/');
    let method = path.rsplit('/').next().unwrap_or_default();
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let plain = |id: &&str| (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
    let id = header("x-request-id").filter(plain).map_or_else(fresh_id, str::to_owned);
    let span = tracing::info_span!(
        "call",
        method,
        client = %client.key,
        id,
        trace_id = Empty,
        otel.kind = Empty,
        otel.name = Empty
    );
    if traced {
        span.record("otel.kind", "server");
        span.record("otel.name", path);
        span.set_attribute("rpc.system", "grpc");
        let caller = TraceContextPropagator::new().extract(&Headers(request.headers()));
        // Refused only for a span that has begun, and this one has not.
        let _ = span.set_parent(caller);
        let trace = span.context().span().span_context().trace_id();
        span.record("trace_id", tracing::field::display(trace));
    } else if let Some(trace) = header("traceparent").and_then(trace_id) {
        span.record("trace_id", trace);
    }
    span
}

/// Headers as the propagator reads them.
struct Headers<'a>(&'a http::HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(|value| value.to_str().ok())
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(http::HeaderName::as_str).collect()
    }
}

/// Tells the span how its call ended: an error is what the server could not do, not what a client did wrong.
pub fn ended(span: &Span, code: Code) {
    span.set_attribute("rpc.grpc.status_code", i64::from(code as i32));
    let ours = [
        Code::Unknown,
        Code::DeadlineExceeded,
        Code::Unimplemented,
        Code::Internal,
        Code::Unavailable,
        Code::DataLoss,
    ];
    if ours.contains(&code) {
        span.set_status(Status::error(code.description()));
    }
}

/// The trace id of a `traceparent` header: 32 digits after the version.
fn trace_id(header: &str) -> Option<&str> {
    let mut parts = header.split('-');
    let (version, trace) = (parts.next()?, parts.next()?);
    let hexadecimal = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    (version.len() == 2 && trace.len() == 32 && hexadecimal(version) && hexadecimal(trace)).then_some(trace)
}

fn fresh_id() -> String {
    format!("{:016x}", RandomState::new().build_hasher().finish())
}

/// A stream whose every poll runs inside a span, as the call that made it did.
pub struct InSpan<S> {
    stream: Pin<Box<S>>,
    span: Span,
}

impl<S> InSpan<S> {
    /// `stream` inside `span`.
    pub fn new(stream: S, span: Span) -> InSpan<S> {
        InSpan { stream: Box::pin(stream), span }
    }
}

impl<S: Stream> Stream for InSpan<S> {
    type Item = S::Item;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<S::Item>> {
        let span = self.span.clone();
        let _in = span.enter();
        self.stream.as_mut().poll_next(context)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_a_whole_traceparent_counts() {
        let id = "0af7651916cd43dd8448eb211c80319c";
        assert_eq!(super::trace_id(&format!("00-{id}-b7ad6b7169203331-01")), Some(id));
        assert_eq!(super::trace_id("00-xyz-b7ad6b7169203331-01"), None);
        assert_eq!(super::trace_id("nonsense"), None);
    }
}
