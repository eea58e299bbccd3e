//! One configuration: defaults < file (TOML) < environment (`DEMARCHE_SECTION__KEY`) < flags; proven before a socket opens.
//!
//! Every key is documented in docs/operations.md; a test holds the two together.

mod duration;
mod validate;

pub use duration::Span as Duration;
pub use validate::Invalid;

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Everything that can be set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Sockets and life cycle.
    pub server: Server,
    /// What one client, one article, all together may take.
    pub limits: Limits,
    /// Encryption of the connection.
    pub tls: Tls,
    /// Who may call.
    pub auth: Auth,
    /// What is told of the work.
    pub log: Log,
    /// Where traces of the calls go.
    pub traces: Traces,
}

/// Sockets and life cycle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// Where gRPC, gRPC-Web and plain health checks are served.
    pub listen: SocketAddr,
    /// Where metrics and plain health checks are served; none = nowhere.
    pub metrics_listen: Option<SocketAddr>,
    /// Threads that read articles; 0 = one for each core.
    pub threads: usize,
    /// Whether clients may ask for the contract.
    pub reflection: bool,
    /// Whether gRPC-Web and plain HTTP/1.1 are answered beside gRPC.
    pub http1: bool,
    /// How long open calls may run on after the signal to stop.
    pub drain_time: Duration,
    /// How long the server stays reachable at least after that signal, that balancers see it NOT_SERVING.
    pub drain_delay: Duration,
}

/// What one client, one article, all together may take.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Longest text of one article, bytes.
    pub max_text_bytes: usize,
    /// Longest request message, bytes.
    pub max_message_bytes: usize,
    /// Longest request head, bytes.
    pub max_header_bytes: u32,
    /// Open ExtractEvents calls, all clients together.
    pub max_requests: usize,
    /// Open ExtractEventsBulk calls, all clients together.
    pub max_streams: usize,
    /// Open calls on one connection.
    pub max_streams_per_connection: u32,
    /// Articles of ExtractEvents calls that wait for a core; beyond it calls are refused.
    pub queue_length: usize,
    /// Articles of one bulk call that are read ahead.
    pub bulk_window: usize,
    /// Text of all articles under way together, bytes.
    pub max_bytes_in_flight: usize,
    /// Longest work on one article; its events up to there are delivered.
    pub article_time: Duration,
    /// Longest wait for the request message of an ExtractEvents call, and for its answer.
    pub receive_time: Duration,
    /// Longest time that any call may stay open; 0 = no limit.
    pub call_time: Duration,
    /// Open connections, all peers together.
    pub max_connections: usize,
    /// Open connections of one address.
    pub max_connections_per_peer: usize,
    /// A connection is told to go after this time; 0 = never.
    pub max_connection_age: Duration,
    /// A connection without a byte in either direction is closed after this time; 0 = never.
    pub idle_time: Duration,
    /// The server pings a quiet connection after this time; 0 = never.
    pub keepalive_interval: Duration,
    /// A ping unanswered for this time closes the connection.
    pub keepalive_timeout: Duration,
    /// Longest TLS handshake.
    pub handshake_time: Duration,
    /// Articles a second for one client; 0 = no limit.
    pub rate: f64,
    /// Articles that one client may send at once before the rate holds it.
    pub burst: u32,
    /// The delay that overloaded calls are told to wait.
    pub retry_delay: Duration,
}

/// Encryption of the connection.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tls {
    /// Chain of certificates, PEM; none = no TLS.
    pub certificate: Option<PathBuf>,
    /// Private key, PEM.
    pub key: Option<PathBuf>,
    /// Authorities that sign clients, PEM; none = clients need no certificate.
    pub client_ca: Option<PathBuf>,
    /// How often the files are looked at for changes.
    pub reload_interval: ReloadInterval,
}

/// A duration with its own default.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReloadInterval(pub Duration);

impl Default for ReloadInterval {
    fn default() -> Self {
        ReloadInterval(Duration::seconds(10))
    }
}

/// Who may call.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Auth {
    /// File of hashed bearer tokens (`demarche token` makes lines for it); none = no tokens.
    pub tokens: Option<PathBuf>,
    /// Serve everybody, beyond loopback too.
    pub anonymous: bool,
}

/// What is told of the work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// Directives as of tracing-subscriber: `info`, `demarche=debug,warn`.
    pub level: String,
    /// For people or for machines.
    pub format: LogFormat,
    /// Whether the text of articles may be logged (at `debug`).
    pub article_text: bool,
}

/// Where traces of the calls go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Traces {
    /// An OpenTelemetry collector that takes OTLP over gRPC, e.g. `http://127.0.0.1:4317`; none = no traces.
    pub endpoint: Option<String>,
    /// The share of calls that are traced, 0..1, where the caller's `traceparent` does not decide.
    pub sample: f64,
}

/// For people or for machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Default for Server {
    fn default() -> Self {
        Server {
            listen: SocketAddr::from(([127, 0, 0, 1], 50051)),
            metrics_listen: None,
            threads: 0,
            reflection: true,
            http1: true,
            drain_time: Duration::seconds(20),
            drain_delay: Duration::seconds(0),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_text_bytes: 1 << 20,
            max_message_bytes: 4 << 20,
            max_header_bytes: 16 << 10,
            max_requests: 1024,
            max_streams: 1024,
            max_streams_per_connection: 256,
            queue_length: 512,
            bulk_window: 16,
            max_bytes_in_flight: 128 << 20,
            article_time: Duration::seconds(10),
            receive_time: Duration::seconds(60),
            call_time: Duration::seconds(0),
            max_connections: 4096,
            max_connections_per_peer: 1024,
            max_connection_age: Duration::seconds(0),
            idle_time: Duration::seconds(300),
            keepalive_interval: Duration::seconds(30),
            keepalive_timeout: Duration::seconds(20),
            handshake_time: Duration::seconds(10),
            rate: 0.0,
            burst: 1000,
            retry_delay: Duration::milliseconds(250),
        }
    }
}

impl Default for Log {
    fn default() -> Self {
        Log { level: "info".to_owned(), format: LogFormat::Text, article_text: false }
    }
}

impl Default for Traces {
    fn default() -> Self {
        Traces { endpoint: None, sample: 1.0 }
    }
}

impl Config {
    /// Reads and checks the configuration. `file` must exist where it is given; `flags` are pairs of key and value, as
    /// `limits.queue_length` and `64`.
    ///
    /// # Errors
    /// Every key that is unknown, of the wrong type, or of a value that cannot work.
    pub fn load(file: Option<&Path>, flags: &[(String, String)]) -> Result<Config, Invalid> {
        let mut figment = Figment::from(Serialized::defaults(Config::default()));
        if let Some(file) = file {
            if !file.is_file() {
                return Err(Invalid::one(format!("{}: no such configuration file", file.display())));
            }
            figment = figment.merge(Toml::file_exact(file));
        }
        // A key needs its section (`__`), so that foreign variables such as Kubernetes' DEMARCHE_PORT are no keys.
        let sections = |key: &figment::value::UncasedStr| key.as_str().contains("__");
        figment = figment.merge(Env::prefixed("DEMARCHE_").filter(sections).split("__"));
        for (key, value) in flags {
            let parsed: figment::value::Value = value.parse().unwrap_or_else(|_| value.as_str().into());
            figment = figment.merge(Serialized::default(key, parsed));
        }
        let config: Config = figment.extract().map_err(Invalid::from_figment)?;
        validate::check(&config)?;
        Ok(config)
    }

    /// Threads that read articles: as set, or one for each core.
    pub fn threads(&self) -> usize {
        match self.server.threads {
            0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            threads => threads,
        }
    }
}

#[cfg(test)]
mod tests;
