//! The span of a call: its method, client and request id, and the W3C trace that the caller is part of.

use super::client::Client;
use futures_util::Stream;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll};
use tracing::Span;

/// The span under which a call is handled. The request id is the caller's `x-request-id` if it is a plain one.
pub fn span<B>(request: &http::Request<B>, client: &Client) -> Span {
    let method = request.uri().path().rsplit('/').next().unwrap_or_default();
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let plain = |id: &&str| (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
    let id = header("x-request-id").filter(plain).map_or_else(fresh_id, str::to_owned);
    let span =
        tracing::info_span!("call", method, client = %client.key, id, trace_id = tracing::field::Empty);
    if let Some(trace) = header("traceparent").and_then(trace_id) {
        span.record("trace_id", trace);
    }
    span
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
