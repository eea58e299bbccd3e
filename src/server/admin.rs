//! Plain HTTP for machines that watch: `/healthz` (the process answers), `/readyz` (articles are taken), `/metrics`.

use super::metrics;
use super::phase::{Phase, Phases};
use super::pool::Pool;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use std::sync::Arc;

/// `/healthz` and `/readyz`.
pub fn health_routes(phases: Phases) -> Router {
    let ready = move || {
        let phase = phases.now();
        async move {
            match phase {
                Phase::Serving => (StatusCode::OK, "ready\n"),
                Phase::Starting => (StatusCode::SERVICE_UNAVAILABLE, "starting\n"),
                Phase::Draining | Phase::Closing => (StatusCode::SERVICE_UNAVAILABLE, "draining\n"),
            }
        }
    };
    Router::new().route("/healthz", get(async || "ok\n")).route("/readyz", get(ready))
}

/// `/metrics` in Prometheus' text format.
pub fn metrics_routes(handle: PrometheusHandle, pool: Arc<Pool>) -> Router {
    let render = move || {
        metrics::sample(pool.waiting());
        let text = handle.render();
        async move { ([("content-type", "text/plain; version=0.0.4")], text) }
    };
    Router::new().route("/metrics", get(render))
}
