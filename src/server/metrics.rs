//! What is counted. The names here are those of docs/operations.md, the dashboard and the alerts in deploy/.

use crate::core::ontology::EventType;
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use std::time::Duration;

/// How the work on one article ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Read to its end.
    Read,
    /// Stopped by `limits.article_time`.
    CutShort,
    /// Nobody waited for it any more.
    Abandoned,
    /// A stage panicked.
    Panicked,
    /// Refused: the request broke the contract.
    Invalid,
}

impl Outcome {
    /// As the label says it.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Read => "read",
            Outcome::CutShort => "cut_short",
            Outcome::Abandoned => "abandoned",
            Outcome::Panicked => "panicked",
            Outcome::Invalid => "invalid",
        }
    }
}

/// Seconds at which the latency histograms are cut.
const LATENCIES: &[f64] = &[
    0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];

/// Starts counting, once for the process, and gives the handle that writes the figures down.
pub fn install() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE
        .get_or_init(|| {
            let builder = PrometheusBuilder::new();
            let builder =
                match builder.set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), LATENCIES) {
                    Ok(builder) => builder,
                    Err(_empty) => PrometheusBuilder::new(),
                };
            let recorder = builder.build_recorder();
            let handle = recorder.handle();
            // Somebody else's recorder keeps counting if there is one; ours then stays empty.
            let _ = metrics::set_global_recorder(recorder);
            describe();
            handle
        })
        .clone()
}

fn describe() {
    describe_counter!("demarche_requests_total", "Calls by method and gRPC code, counted when they end");
    describe_gauge!("demarche_requests_open", "Calls that are open, by method");
    describe_histogram!("demarche_request_seconds", "From a call's head to its end, by method");
    describe_counter!("demarche_articles_total", "Articles by how the work on them ended");
    describe_histogram!("demarche_article_seconds", "Work of one core on one article");
    describe_histogram!(
        "demarche_queue_seconds",
        "From an article's arrival to the beginning of the work on it"
    );
    describe_histogram!(
        "demarche_stage_seconds",
        "Work of one core in one stage of the pipeline on one article"
    );
    describe_gauge!("demarche_queue_length", "Articles that wait for a core, by lane");
    describe_counter!("demarche_events_total", "Events delivered, by type");
    describe_counter!("demarche_rejected_total", "Calls, articles and connections turned away, by limit");
    describe_counter!("demarche_connections_total", "Connections accepted");
    describe_gauge!("demarche_connections_open", "Connections that are open");
    describe_counter!("demarche_tls_reloads_total", "Times that certificates were read again, by result");
    describe_gauge!("demarche_build_info", "Always 1; the labels say what runs");
    describe_gauge!("demarche_resource_info", "Always 1; the labels name each table and model and its hash");
    describe_gauge!("demarche_ready", "1 while articles are taken");
    describe_gauge!(
        "demarche_tasks",
        "Tasks of the runtime that are alive: one for each connection and call, and a few more"
    );
    describe_gauge!("process_resident_memory_bytes", "Resident memory");
    describe_gauge!("process_open_fds", "Open file descriptors");
}

/// What runs, as labels.
pub fn build(version: &'static str, commit: &'static str) {
    gauge!("demarche_build_info", "version" => version, "commit" => commit).set(1.0);
    for resource in crate::grpc::info::tables().into_iter().chain(crate::grpc::info::models()) {
        gauge!("demarche_resource_info", "name" => resource.name, "hash" => resource.hash).set(1.0);
    }
}

/// A call ended.
pub fn request(method: &'static str, code: tonic::Code, length: Duration) {
    counter!("demarche_requests_total", "method" => method, "code" => code_name(code)).increment(1);
    histogram!("demarche_request_seconds", "method" => method).record(length);
    gauge!("demarche_requests_open", "method" => method).decrement(1.0);
}

/// A call began.
pub fn request_begun(method: &'static str) {
    gauge!("demarche_requests_open", "method" => method).increment(1.0);
}

/// The work on an article ended.
pub fn article(outcome: Outcome, work: Duration) {
    counter!("demarche_articles_total", "outcome" => outcome.name()).increment(1);
    if matches!(outcome, Outcome::Read | Outcome::CutShort) {
        histogram!("demarche_article_seconds").record(work);
    }
}

/// A stage of the pipeline ended on an article.
pub fn stage(name: &'static str, work: Duration) {
    histogram!("demarche_stage_seconds", "stage" => name).record(work);
}

/// The work on an article begins.
pub fn queued(wait: Duration) {
    histogram!("demarche_queue_seconds").record(wait);
}

/// An event is delivered.
pub fn event(kind: EventType) {
    counter!("demarche_events_total", "type" => kind.name()).increment(1);
}

/// A limit turned something away; `limit` is its key.
pub fn rejected(limit: &'static str) {
    counter!("demarche_rejected_total", "limit" => limit).increment(1);
}

/// A connection opened.
pub fn connection_opened() {
    counter!("demarche_connections_total").increment(1);
    gauge!("demarche_connections_open").increment(1.0);
}

/// A connection closed.
pub fn connection_closed() {
    gauge!("demarche_connections_open").decrement(1.0);
}

/// Certificates were read again.
pub fn tls_reloaded(worked: bool) {
    counter!("demarche_tls_reloads_total", "result" => if worked { "ok" } else { "failed" }).increment(1);
}

/// Whether articles are taken.
pub fn ready(ready: bool) {
    gauge!("demarche_ready").set(if ready { 1.0 } else { 0.0 });
}

/// Figures that are looked up rather than counted: queues and the process itself (where /proc tells).
pub fn sample(waiting: (usize, usize)) {
    gauge!("demarche_queue_length", "lane" => "single").set(waiting.0 as f64);
    gauge!("demarche_queue_length", "lane" => "bulk").set(waiting.1 as f64);
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        gauge!("demarche_tasks").set(runtime.metrics().num_alive_tasks() as f64);
    }
    if let Some(bytes) = resident_bytes() {
        gauge!("process_resident_memory_bytes").set(bytes as f64);
    }
    if let Ok(entries) = std::fs::read_dir("/proc/self/fd") {
        gauge!("process_open_fds").set(entries.count() as f64);
    }
}

/// Resident memory in bytes, as Linux tells it.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

fn code_name(code: tonic::Code) -> &'static str {
    use tonic::Code::*;
    match code {
        Ok => "OK",
        Cancelled => "CANCELLED",
        Unknown => "UNKNOWN",
        InvalidArgument => "INVALID_ARGUMENT",
        DeadlineExceeded => "DEADLINE_EXCEEDED",
        NotFound => "NOT_FOUND",
        AlreadyExists => "ALREADY_EXISTS",
        PermissionDenied => "PERMISSION_DENIED",
        ResourceExhausted => "RESOURCE_EXHAUSTED",
        FailedPrecondition => "FAILED_PRECONDITION",
        Aborted => "ABORTED",
        OutOfRange => "OUT_OF_RANGE",
        Unimplemented => "UNIMPLEMENTED",
        Internal => "INTERNAL",
        Unavailable => "UNAVAILABLE",
        DataLoss => "DATA_LOSS",
        Unauthenticated => "UNAUTHENTICATED",
    }
}
