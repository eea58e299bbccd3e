//! What the process tells of itself: log lines on standard error, for people or machines, and traces for a collector. Never
//! the text of an article, unless the configuration asks the log for it.

use crate::config::{Invalid, Log, LogFormat, Traces};
use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::{SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};
use std::io::IsTerminal;
use std::time::Duration;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt};

/// How long the collector may take for one delivery, and the process for the last one.
const DELIVERY: Duration = Duration::from_secs(3);

/// Keeps telling until it is dropped, and then delivers the last spans.
#[derive(Debug, Default)]
#[must_use = "traces end when it is dropped"]
pub struct Telling(Option<SdkTracerProvider>);

impl Drop for Telling {
    fn drop(&mut self) {
        if let Some(provider) = &self.0
            && let Err(error) = provider.shutdown_with_timeout(DELIVERY)
        {
            tracing::warn!(%error, "the last traces were not delivered");
        }
    }
}

/// Starts telling. Once for the process; a second call changes nothing. With `traces.endpoint` it must be called inside a
/// tokio runtime, which must outlive what is returned.
///
/// # Errors
/// `log.level` that is no list of directives; `traces.endpoint` that is no address.
pub fn start(log: &Log, traces: &Traces) -> Result<Telling, Invalid> {
    let filter = EnvFilter::try_new(&log.level)
        .map_err(|error| Invalid::one(format!("log.level: `{}`: {error}", log.level)))?;
    let lines = match log.format {
        LogFormat::Text => {
            let colour = std::io::stderr().is_terminal();
            fmt::layer().with_writer(std::io::stderr).with_ansi(colour).with_target(false).boxed()
        }
        LogFormat::Json => {
            fmt::layer().json().flatten_event(true).with_span_list(false).with_writer(std::io::stderr).boxed()
        }
    };
    let provider =
        traces.endpoint.as_deref().map(|endpoint| provider(endpoint, traces.sample)).transpose()?;
    let spans = provider.as_ref().map(|provider| {
        tracing_opentelemetry::layer()
            .with_tracer(provider.tracer("demarche"))
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_tracked_inactivity(false)
            // Our own spans alone, never below `info`: what is told at `debug` may hold the text of an article.
            .with_filter(Targets::new().with_target("demarche", LevelFilter::INFO))
    });
    let _ = tracing_subscriber::registry().with(spans).with(lines.with_filter(filter)).try_init();
    quiet_panics();
    Ok(Telling(provider))
}

/// Spans to that collector, in batches. Where it cannot be reached they are dropped, and no call waits.
fn provider(endpoint: &str, sample: f64) -> Result<SdkTracerProvider, Invalid> {
    let exporter = SpanExporter::builder()
        .with_tonic()
        .with_endpoint(endpoint)
        .with_timeout(DELIVERY)
        .build()
        .map_err(|error| Invalid::one(format!("traces.endpoint: `{endpoint}`: {error}")))?;
    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES may say more.
    let mut resource = Resource::builder();
    if std::env::var_os("OTEL_SERVICE_NAME").is_none() {
        resource = resource.with_service_name("demarche");
    }
    let version = opentelemetry::KeyValue::new("service.version", crate::grpc::info::VERSION);
    Ok(SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_sampler(Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(sample))))
        .with_resource(resource.with_attribute(version).build())
        .build())
}

/// Panics are told by their place alone: the message of a slice out of range quotes the text that it cut.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let thread = std::thread::current().name().unwrap_or("unnamed").to_owned();
        tracing::error!(place, thread, "panic");
    }));
}
