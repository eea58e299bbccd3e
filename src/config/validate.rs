//! What makes a configuration work: each rule names its key and says what to do.

use super::{Auth, Config, Limits, Tls, Traces};

/// A configuration that cannot work: one line for each fault, naming its key.
#[derive(Debug, thiserror::Error)]
#[error("the configuration cannot be used:\n  {}", faults.join("\n  "))]
pub struct Invalid {
    faults: Vec<String>,
}

impl Invalid {
    /// A single fault.
    pub fn one(fault: String) -> Invalid {
        Invalid { faults: vec![fault] }
    }

    /// Figment's faults, each with its key and where the value comes from.
    pub(super) fn from_figment(error: figment::Error) -> Invalid {
        let line = |error: figment::Error| {
            let mut key = error.path.join(".");
            if let figment::error::Kind::UnknownField(field, _) = &error.kind
                && error.path.last() != Some(field)
            {
                key = if key.is_empty() { field.clone() } else { format!("{key}.{field}") };
            }
            let origin = error.metadata.as_ref().map_or(String::new(), |metadata| match &metadata.source {
                Some(figment::Source::Code(_)) => " (from the command line)".to_owned(),
                Some(source) => format!(" (from {} {source})", metadata.name),
                None => format!(" (from {})", metadata.name),
            });
            format!("{key}: {}{origin}", error.kind)
        };
        Invalid { faults: error.into_iter().map(line).collect() }
    }
}

/// Checks what types cannot: ranges, pairs that belong together, files that must exist.
pub(super) fn check(config: &Config) -> Result<(), Invalid> {
    let mut faults = Vec::new();
    check_limits(&config.limits, &mut faults);
    check_tls(&config.tls, &mut faults);
    check_auth(config, &config.auth, &mut faults);
    check_traces(&config.traces, &mut faults);
    if config.server.threads > 1024 {
        faults.push("server.threads: at most 1024; 0 takes one for each core".to_owned());
    }
    if config
        .server
        .metrics_listen
        .is_some_and(|metrics| metrics == config.server.listen && metrics.port() != 0)
    {
        faults.push("server.metrics_listen: must differ from server.listen".to_owned());
    }
    if faults.is_empty() { Ok(()) } else { Err(Invalid { faults }) }
}

fn check_limits(limits: &Limits, faults: &mut Vec<String>) {
    let mut at_least = |key: &str, value: u64, least: u64, most: u64| {
        if !(least..=most).contains(&value) {
            faults.push(format!("limits.{key}: is {value}; must lie in {least}..{most}"));
        }
    };
    at_least("max_text_bytes", limits.max_text_bytes as u64, 1, crate::core::text::MAX_TEXT_BYTES as u64);
    at_least("max_message_bytes", limits.max_message_bytes as u64, limits.max_text_bytes as u64, 64 << 20);
    at_least("max_header_bytes", limits.max_header_bytes.into(), 1024, 1 << 20);
    at_least("max_requests", limits.max_requests as u64, 1, 1_000_000);
    at_least("max_streams", limits.max_streams as u64, 1, 1_000_000);
    at_least("max_streams_per_connection", limits.max_streams_per_connection.into(), 1, 1_000_000);
    at_least("queue_length", limits.queue_length as u64, 1, 1_000_000);
    at_least("bulk_window", limits.bulk_window as u64, 1, 4096);
    let most = u64::from(u32::MAX);
    at_least(
        "max_bytes_in_flight",
        limits.max_bytes_in_flight as u64,
        limits.max_text_bytes as u64,
        most << 10,
    );
    at_least("max_connections", limits.max_connections as u64, 1, 1_000_000);
    at_least("max_connections_per_peer", limits.max_connections_per_peer as u64, 1, 1_000_000);
    at_least("burst", limits.burst.into(), 1, 1_000_000_000);
    if !(limits.rate == 0.0 || (0.001..=1e9).contains(&limits.rate)) {
        faults.push(format!("limits.rate: is {}; must be 0 (no limit) or lie in 0.001..1e9", limits.rate));
    }
    for (key, length) in [
        ("article_time", limits.article_time),
        ("receive_time", limits.receive_time),
        ("handshake_time", limits.handshake_time),
        ("keepalive_timeout", limits.keepalive_timeout),
        ("retry_delay", limits.retry_delay),
    ] {
        if length.limit().is_none() {
            faults.push(format!("limits.{key}: must be longer than 0"));
        }
    }
}

fn check_tls(tls: &Tls, faults: &mut Vec<String>) {
    match (&tls.certificate, &tls.key) {
        (Some(_), None) => faults.push("tls.key: is missing; tls.certificate needs it".to_owned()),
        (None, Some(_)) => faults.push("tls.certificate: is missing; tls.key needs it".to_owned()),
        (None, None) if tls.client_ca.is_some() => {
            faults.push("tls.client_ca: needs tls.certificate and tls.key".to_owned());
        }
        _ => {}
    }
    for (key, path) in [("certificate", &tls.certificate), ("key", &tls.key), ("client_ca", &tls.client_ca)] {
        if let Some(path) = path.as_ref().filter(|path| !path.is_file()) {
            faults.push(format!("tls.{key}: {}: no such file", path.display()));
        }
    }
    if tls.reload_interval.0.limit().is_none() {
        faults.push("tls.reload_interval: must be longer than 0".to_owned());
    }
}

fn check_auth(config: &Config, auth: &Auth, faults: &mut Vec<String>) {
    if let Some(path) = auth.tokens.as_ref().filter(|path| !path.is_file()) {
        faults.push(format!("auth.tokens: {}: no such file", path.display()));
    }
    let guarded = auth.tokens.is_some() || config.tls.client_ca.is_some() || auth.anonymous;
    if !guarded && !config.server.listen.ip().is_loopback() {
        faults.push(format!(
            "server.listen: {} is open to others, and nothing tells who calls; set auth.tokens or tls.client_ca, or \
             auth.anonymous = true if that is meant",
            config.server.listen
        ));
    }
}

fn check_traces(traces: &Traces, faults: &mut Vec<String>) {
    let told = |url: &String| {
        url.strip_prefix("http://").is_none_or(|rest| rest.is_empty() || url.parse::<http::Uri>().is_err())
    };
    if let Some(url) = traces.endpoint.as_ref().filter(|url| told(url)) {
        faults.push(format!(
            "traces.endpoint: `{url}` is no URL such as `http://127.0.0.1:4317`; for a collector behind TLS run one on \
             this host that passes on"
        ));
    }
    if !(0.0..=1.0).contains(&traces.sample) {
        faults.push(format!("traces.sample: is {}; must lie in 0..1", traces.sample));
    }
}
