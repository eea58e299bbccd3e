//! `demarche serve`: the configuration, the knowledge, the server, and the signals that stop it.

use super::Failure;
use crate::config::Config;
use crate::core::pipeline::Pipeline;
use crate::server::reading::Read;
use crate::server::{OwnTables, Server};
use crate::{knowledge, telemetry};
use arc_swap::ArcSwap;
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Every key of docs/operations.md can be set in the file, as `DEMARCHE_SECTION__KEY` in the environment, or by `--set`;
/// later ones win.
#[derive(Args, Debug, Default)]
pub struct ServeArgs {
    /// Configuration file (TOML); else the file that DEMARCHE_CONFIG names, else none
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where to serve gRPC [default: 127.0.0.1:50051]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// Where to serve /metrics, /healthz and /readyz [default: nowhere]
    #[arg(long, value_name = "ADDRESS")]
    metrics_listen: Option<String>,
    /// Threads that read articles [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<String>,
    /// What to log, e.g. `debug` or `demarche=debug,warn` [default: info]
    #[arg(long, value_name = "LEVEL")]
    log_level: Option<String>,
    /// `text` or `json` [default: text]
    #[arg(long, value_name = "FORMAT")]
    log_format: Option<String>,
    /// A folder of tables laid out as data/actors, read on top of the built-in ones, and again on SIGHUP or when a file changes
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Any key, e.g. `--set limits.queue_length=64`
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Check the configuration and end
    #[arg(long)]
    check: bool,
}

impl ServeArgs {
    fn load(&self) -> Result<Config, Failure> {
        let named = [
            ("server.listen", &self.listen),
            ("server.metrics_listen", &self.metrics_listen),
            ("server.threads", &self.threads),
            ("log.level", &self.log_level),
            ("log.format", &self.log_format),
        ];
        let mut flags: Vec<(String, String)> = Vec::new();
        for pair in &self.set {
            let (key, value) =
                pair.split_once('=').ok_or_else(|| format!("--set {pair}: expected KEY=VALUE"))?;
            flags.push((key.trim().to_owned(), value.trim().to_owned()));
        }
        flags.extend(named.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value.clone()?))));
        let file = self.config.clone().or_else(|| std::env::var_os("DEMARCHE_CONFIG").map(PathBuf::from));
        Ok(Config::load(file.as_deref(), &flags)?)
    }
}

/// Serves until a signal stops it.
pub fn run(arguments: &ServeArgs) -> Result<ExitCode, Failure> {
    let config = arguments.load()?;
    if arguments.check {
        println!("the configuration can be used");
        return Ok(ExitCode::SUCCESS);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().thread_name("serve").enable_all().build()?;
    let _telling = {
        let _in = runtime.enter();
        telemetry::start(&config.log, &config.traces)?
    };
    let begun = std::time::Instant::now();
    let own = arguments.data.as_deref().map(knowledge::tables_in).transpose()?.unwrap_or_default();
    let pipeline = Arc::new(ArcSwap::from_pointee(knowledge::load_with_tables(&own)?));
    let loaded = begun.elapsed();
    let show_text = config.log.article_text;
    let live = pipeline.clone();
    let read: Arc<Read> = Arc::new(move |article, options, stop| {
        if show_text {
            tracing::debug!(text = article.text, "article");
        }
        let mark = std::cell::Cell::new(std::time::Instant::now());
        // An article is read to its end with the tables that it began with.
        live.load_full().extract_watched(article, options, stop, &|stage| {
            let begun = mark.replace(std::time::Instant::now());
            crate::server::metrics::stage(stage.name(), mark.get() - begun);
        })
    });
    runtime.block_on(async {
        let threads = config.threads();
        let signals = Signals::listen()?;
        let server = Server::bind(config, read).await?;
        let address = server.address().map(|address| address.to_string()).unwrap_or_default();
        let metrics = server.metrics_address().map(|address| address.to_string());
        server.own_tables().store(Arc::new(named(&own)));
        if let Some(folder) = arguments.data.clone() {
            let (tell, hear) = std::sync::mpsc::sync_channel(1);
            tokio::spawn(hangups(tell));
            let names = server.own_tables();
            std::thread::Builder::new()
                .name("tables".to_owned())
                .spawn(move || watch(&folder, own, &pipeline, &names, &hear))?;
        }
        tracing::info!(address, metrics, threads, loaded_ms = loaded.as_millis() as u64, "ready to serve");
        server.run(signals.stop()).await?;
        Ok(ExitCode::SUCCESS)
    })
}

fn named(tables: &[(String, String)]) -> Vec<crate::grpc::contract::v1::Resource> {
    tables.iter().map(|(path, text)| crate::grpc::info::own_table(path, text)).collect()
}

/// How often the folder of tables is looked at.
const LOOK: std::time::Duration = std::time::Duration::from_secs(5);

/// Passes SIGHUP on; the channel closes with the runtime.
async fn hangups(tell: std::sync::mpsc::SyncSender<()>) {
    #[cfg(unix)]
    if let Ok(mut hangup) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()) {
        while hangup.recv().await.is_some() {
            // One that waits is enough.
            let _ = tell.try_send(());
        }
    }
    std::future::pending::<()>().await;
    drop(tell);
}

/// Reads the folder again when a file in it changes, looked at often and at once on SIGHUP. Tables that do not read are told and left
/// aside: what was in force stays, and so does every open stream. Ends when the channel closes.
fn watch(
    folder: &Path,
    mut tables: Vec<(String, String)>,
    pipeline: &ArcSwap<Pipeline>,
    names: &OwnTables,
    hangups: &std::sync::mpsc::Receiver<()>,
) {
    while hangups.recv_timeout(LOOK) != Err(std::sync::mpsc::RecvTimeoutError::Disconnected) {
        let now = match knowledge::tables_in(folder) {
            Ok(now) if now != tables => now,
            Ok(_) => continue,
            Err(error) => {
                tracing::error!(%error, "the folder of tables cannot be read; the old ones stay");
                continue;
            }
        };
        // Broken tables are told once, not with every look.
        tables = now;
        match knowledge::load_with_tables(&tables) {
            Ok(new) => {
                names.store(Arc::new(named(&tables)));
                pipeline.store(Arc::new(new));
                tracing::info!(tables = tables.len(), "the tables were read again");
            }
            Err(error) => tracing::error!(%error, "changed tables cannot be used; the old ones stay"),
        }
    }
}

/// The signals that stop a server: the first asks, the second insists.
struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Signals {
    fn listen() -> std::io::Result<Signals> {
        Ok(Signals {
            #[cfg(unix)]
            terminate: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?,
        })
    }

    /// Waits for the first signal; from then on the next one ends the process at once.
    async fn stop(mut self) {
        self.next().await;
        tokio::spawn(async move {
            self.next().await;
            tracing::warn!("a second signal: stopping at once");
            std::process::exit(1);
        });
    }

    async fn next(&mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    }
}
