//! Traces: a collector in this process sees the spans of a call in the caller's trace, and never a word of the article.
#![cfg(feature = "server")]

mod common;

use common::*;
use demarche::config::{Log, Traces};
use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::{
    TraceService, TraceServiceServer,
};
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTraceServiceRequest, ExportTraceServiceResponse,
};
use opentelemetry_proto::tonic::trace::v1::Span;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{Request, Response, Status};

/// Keeps what it is sent.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Vec<ExportTraceServiceRequest>>>);

#[tonic::async_trait]
impl TraceService for Collector {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        self.0.lock().expect("whole").push(request.into_inner());
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

impl Collector {
    fn spans(&self) -> Vec<Span> {
        let requests = self.0.lock().expect("whole");
        let scopes =
            requests.iter().flat_map(|request| &request.resource_spans).flat_map(|of| &of.scope_spans);
        scopes.flat_map(|scope| scope.spans.clone()).collect()
    }
}

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const UNSAMPLED: &str = "1bf7651916cd43dd8448eb211c80319d";

fn traced(text: &str, parent: String) -> Request<demarche::grpc::contract::v1::ExtractEventsRequest> {
    let mut call = Request::new(request("a-1", text));
    call.metadata_mut().insert("traceparent", parent.parse().expect("a header"));
    call
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_is_a_span_of_its_callers_trace() {
    let collector = Collector::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    let service = TraceServiceServer::new(collector.clone());
    tokio::spawn(
        tonic::transport::Server::builder()
            .add_service(service)
            .serve_with_incoming(TcpListenerStream::new(listener)),
    );
    // Even where the log is told to say everything, the collector hears no text.
    let log = Log { level: "demarche=debug".to_owned(), article_text: true, ..Log::default() };
    let traces = Traces { endpoint: Some(endpoint), sample: 1.0 };
    let telling = demarche::telemetry::start(&log, &traces).expect("started");

    let text = "The foreign ministers of Norway and Latvia met in Riga on Monday.";
    let shown = pipeline();
    let read = Arc::new(
        move |article: &demarche::core::text::Article,
              options: &demarche::core::extraction::Options,
              stop: &dyn Fn() -> bool| {
            tracing::debug!(target: "demarche::cli::serve", text = article.text, "article");
            shown(article, options, stop)
        },
    );
    let server = Running::start(move |config| config.traces = traces, read).await;
    let mut client = server.client().await;
    let sampled = traced(text, format!("00-{TRACE}-b7ad6b7169203331-01"));
    let (events, _) = extract(&mut client, sampled).await.expect("an answer");
    assert!(!events.is_empty());
    let unsampled = traced(text, format!("00-{UNSAMPLED}-b7ad6b7169203331-00"));
    extract(&mut client, unsampled).await.expect("an answer");
    extract(&mut client, request("a-2", text)).await.expect("an answer of a call without a trace");
    server.stop().await;
    // The last spans are delivered at the end, as when the process stops.
    let begun = Instant::now();
    #[expect(
        clippy::disallowed_methods,
        reason = "one thread of a test, and the export waits for this runtime"
    )]
    let flushed = tokio::task::spawn_blocking(move || drop(telling));
    flushed.await.expect("no panic");
    assert!(begun.elapsed() < Duration::from_secs(4));

    let spans = collector.spans();
    let of = |trace: &str| spans.iter().filter(|span| hex(&span.trace_id) == trace).collect::<Vec<_>>();
    let (ours, names) = (of(TRACE), |span: &&&Span| span.name.clone());
    assert_eq!(ours.len(), 2, "{:?}", ours.iter().map(|span| names(&span)).collect::<Vec<_>>());
    let call = ours.iter().find(|span| span.name == "demarche.v1.ExtractionService/ExtractEvents");
    let call = call.expect("a span of the call");
    assert_eq!(hex(&call.parent_span_id), "b7ad6b7169203331", "the caller's span is its parent");
    assert_eq!(call.kind, 2, "a server's span");
    let article = ours.iter().find(|span| span.name == "article").expect("a span of the article");
    assert_eq!(article.parent_span_id, call.span_id);
    assert!(article.start_time_unix_nano >= call.start_time_unix_nano);
    assert!(article.end_time_unix_nano <= call.end_time_unix_nano + 1_000_000_000);
    assert!(of(UNSAMPLED).is_empty(), "the caller's wish not to be traced holds");
    let alone = spans.iter().filter(|span| span.parent_span_id.is_empty()).count();
    assert_eq!(alone, 1, "a call without a caller's trace begins one");

    let told = format!("{:?}", collector.0.lock().expect("whole"));
    assert!(told.contains("service.name") && told.contains("demarche"));
    for word in ["Norway", "Latvia", "Riga", "ministers"] {
        assert!(!told.contains(word), "`{word}` of the article was told");
    }
}
