//! The service on its sockets: listen, tell strangers from clients, bound everything, show what happens, and stop politely.
//!
//! ```text
//! connections (TLS, counts) → auth (client, span) → grpc::service → calls → admission → pool → reading → answers
//! ```

mod admin;
pub mod admission;
pub mod auth;
pub mod calls;
pub mod client;
pub mod connections;
pub mod metrics;
pub mod phase;
pub mod pool;
pub mod reading;
mod reload;
pub mod tls;
pub mod tracing_context;

use crate::config::Config;
use crate::grpc::contract::{DESCRIPTORS, SERVICE_NAME};
use crate::grpc::service::ExtractionService;
use axum::Router;
use calls::Calls;
use phase::{Phase, Phases};
use reading::Read;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tonic::service::Routes;
use tonic_health::ServingStatus;
use tonic_health::server::HealthReporter;

/// How long connections may take to say goodbye once no call is open.
const GOODBYE: Duration = Duration::from_secs(2);

/// The server cannot start, or could not go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The certificates cannot be used.
    #[error("tls: {0}")]
    Tls(#[from] tls::TlsError),
    /// The token file cannot be used.
    #[error("auth.tokens: {0}")]
    Tokens(#[from] auth::TokensError),
    /// A socket cannot be opened.
    #[error("{key}: cannot listen on {address}: {error}")]
    Listen {
        /// The key of the configuration.
        key: &'static str,
        /// The address.
        address: std::net::SocketAddr,
        /// What the system says.
        error: std::io::Error,
    },
    /// The threads that read cannot be started.
    #[error("server.threads: {0}")]
    Threads(std::io::Error),
    /// The transport failed.
    #[error("transport: {0}")]
    Transport(#[from] tonic::transport::Error),
    /// The contract's descriptors are broken.
    #[error("reflection: {0}")]
    Reflection(#[from] tonic_reflection::server::Error),
}

/// The user's tables that lie over the built-in ones, as `GetServiceInfo` names them.
pub type OwnTables = Arc<arc_swap::ArcSwap<Vec<crate::grpc::contract::v1::Resource>>>;

/// A server whose configuration is proven and whose sockets are open, but that answers nobody yet.
pub struct Server {
    config: Arc<Config>,
    calls: Calls,
    phase: watch::Sender<Phase>,
    listener: TcpListener,
    metrics_listener: Option<TcpListener>,
    certificates: Option<Arc<tls::Certificates>>,
    door: auth::Door,
}

impl Server {
    /// Proves what the configuration names, then opens the sockets. `read` is what reads an article.
    ///
    /// # Errors
    /// Whatever cannot be used, by its key.
    pub async fn bind(config: Config, read: Arc<Read>) -> Result<Server, ServeError> {
        let certificates = tls::Certificates::load(&config.tls, config.server.http1)?.map(Arc::new);
        let tokens = config.auth.tokens.as_deref().map(auth::Tokens::load).transpose()?;
        let door = tokens.map(|tokens| Arc::new(arc_swap::ArcSwap::from_pointee(tokens)));
        let pool =
            pool::Pool::new(config.threads(), config.limits.queue_length).map_err(ServeError::Threads)?;
        let listener = listen("server.listen", config.server.listen).await?;
        let metrics_listener = match config.server.metrics_listen {
            Some(address) => Some(listen("server.metrics_listen", address).await?),
            None => None,
        };
        let (phase, phases) = Phases::new();
        let calls = Calls {
            read,
            pool: Arc::new(pool),
            admission: Arc::new(admission::Admission::new(&config.limits)),
            phases,
            limits: Arc::new(config.limits.clone()),
            own_tables: OwnTables::default(),
        };
        Ok(Server { config: Arc::new(config), calls, phase, listener, metrics_listener, certificates, door })
    }

    /// Where it listens: the port is the system's choice if the configuration says 0.
    pub fn address(&self) -> Option<std::net::SocketAddr> {
        self.listener.local_addr().ok()
    }

    /// The user's tables that `GetServiceInfo` names; whoever changes them stores them here.
    pub fn own_tables(&self) -> OwnTables {
        self.calls.own_tables.clone()
    }

    /// Where metrics are served.
    pub fn metrics_address(&self) -> Option<std::net::SocketAddr> {
        self.metrics_listener.as_ref().and_then(|listener| listener.local_addr().ok())
    }

    /// Serves until `stop` comes, then drains: health turns NOT_SERVING and new calls are refused; open calls run on for
    /// `server.drain_time`; bulk calls then answer what they have taken and end.
    ///
    /// # Errors
    /// Where the transport fails.
    pub async fn run(self, stop: impl Future<Output = ()>) -> Result<(), ServeError> {
        let Server { config, calls, phase, listener, metrics_listener, certificates, door } = self;
        let figures = metrics::install();
        metrics::build(crate::grpc::info::VERSION, crate::grpc::info::commit());
        let (health, health_service) = tonic_health::server::health_reporter();
        tell(&health, ServingStatus::NotServing).await;
        let mut tasks = tokio::task::JoinSet::new();
        tasks.spawn(reload::watch(config.clone(), certificates.clone(), door.clone()));
        tasks.spawn(forget_the_quiet(calls.admission.clone()));
        let health_routes = admin::health_routes(calls.phases.clone());
        if let Some(listener) = metrics_listener {
            let routes =
                health_routes.clone().merge(admin::metrics_routes(figures.clone(), calls.pool.clone()));
            tasks.spawn(async move { drop(axum::serve(listener, routes).await) });
        }
        tasks.spawn(upkeep(figures));

        let service = ExtractionService::new(Arc::new(calls.clone()), config.limits.max_message_bytes);
        let mut routes = Routes::new(service).add_service(health_service);
        if config.server.reflection {
            let builder = || {
                tonic_reflection::server::Builder::configure()
                    .register_encoded_file_descriptor_set(DESCRIPTORS)
                    .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
            };
            routes = routes.add_service(builder().build_v1()?).add_service(builder().build_v1alpha()?);
        }
        let guard = auth::Guard {
            door,
            traced: config.traces.endpoint.is_some(),
            max_header_bytes: config.limits.max_header_bytes as usize,
        };
        let guard = axum::middleware::from_fn_with_state(guard, auth::guard);
        let mut grpc = routes.into_axum_router().layer(guard);
        let mut router = Router::new();
        if config.server.http1 {
            // On the gRPC routes only: a layer over all would answer 400 to every plain HTTP request.
            grpc = grpc.layer(tonic_web::GrpcWebLayer::new());
            router = health_routes;
        }
        let router = router.fallback_service(grpc);

        let connections = connections::accept(listener, certificates, &config.limits);
        let (close, closed) = tokio::sync::oneshot::channel::<()>();
        let transport = transport(&config)
            .add_routes(Routes::from(router))
            .serve_with_incoming_shutdown(connections, async { drop(closed.await) });
        let transport = tokio::spawn(transport);
        phase.send_replace(Phase::Serving);
        metrics::ready(true);
        tell(&health, ServingStatus::Serving).await;

        stop.await;
        tracing::info!("draining");
        tell(&health, ServingStatus::NotServing).await;
        metrics::ready(false);
        drain(&config, &calls, &phase).await;
        drop(close);
        match tokio::time::timeout(GOODBYE, transport).await {
            Ok(Ok(done)) => done?,
            Ok(Err(_)) | Err(_) => tracing::debug!("some connections did not say goodbye"),
        }
        tracing::info!("stopped");
        Ok(())
    }
}

async fn listen(key: &'static str, address: std::net::SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|error| ServeError::Listen { key, address, error })
}

/// The transport with its limits.
fn transport(config: &Config) -> tonic::transport::Server {
    let limits = &config.limits;
    let mut transport = tonic::transport::Server::builder()
        .accept_http1(config.server.http1)
        .max_concurrent_streams(limits.max_streams_per_connection)
        // The door refuses with a status; only beyond twice as much the transport does, without one.
        .http2_max_header_list_size(limits.max_header_bytes.saturating_mul(2))
        .http2_keepalive_interval(limits.keepalive_interval.limit())
        .http2_keepalive_timeout(Some(limits.keepalive_timeout.get()));
    if let Some(age) = limits.max_connection_age.limit() {
        // No grace: with one tonic cuts the connection off without a GOAWAY before. So open calls run to their end.
        transport = transport.max_connection_age(age);
    }
    transport
}

/// Tells the status of the server as a whole and of the service.
async fn tell(health: &HealthReporter, status: ServingStatus) {
    health.set_service_status("", status).await;
    health.set_service_status(SERVICE_NAME, status).await;
}

/// From serving to closing: first everybody may finish, then everybody must.
async fn drain(config: &Config, calls: &Calls, phase: &watch::Sender<Phase>) {
    phase.send_replace(Phase::Draining);
    let seen = tokio::time::sleep(config.server.drain_delay.get());
    let idle = async {
        seen.await;
        quiet(calls).await;
    };
    if tokio::time::timeout(config.server.drain_time.get(), idle).await.is_ok() {
        phase.send_replace(Phase::Closing);
        return;
    }
    tracing::warn!(
        open = calls.admission.open(),
        "drain time is over; open calls end after what they have taken"
    );
    phase.send_replace(Phase::Closing);
    // As long again for what was taken: full windows of many streams are more than one article's time.
    let last =
        (config.limits.article_time.get() + Duration::from_secs(1)).max(config.server.drain_time.get());
    if tokio::time::timeout(last, quiet(calls)).await.is_err() {
        tracing::warn!(open = calls.admission.open(), "calls were cut off");
    }
}

/// Waits until no extraction call is open.
async fn quiet(calls: &Calls) {
    while calls.admission.open() > 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn forget_the_quiet(admission: Arc<admission::Admission>) {
    loop {
        tokio::time::sleep(Duration::from_secs(60)).await;
        admission.forget_the_quiet();
    }
}

/// Histograms keep raw values until they are sorted in; without anybody who looks, this does it.
async fn upkeep(figures: metrics_exporter_prometheus::PrometheusHandle) {
    loop {
        tokio::time::sleep(Duration::from_secs(5)).await;
        figures.run_upkeep();
    }
}
