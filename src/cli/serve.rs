//! `demarche serve`: the configuration, the knowledge, the server, and the signals that stop it.

use super::Failure;
use crate::config::Config;
use crate::server::Server;
use crate::server::reading::Read;
use crate::{knowledge, telemetry};
use clap::Args;
use std::path::PathBuf;
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
    let pipeline = knowledge::load()?;
    let loaded = begun.elapsed();
    let show_text = config.log.article_text;
    let read: Arc<Read> = Arc::new(move |article, options, stop| {
        if show_text {
            tracing::debug!(text = article.text, "article");
        }
        let mark = std::cell::Cell::new(std::time::Instant::now());
        pipeline.extract_watched(article, options, stop, &|stage| {
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
        tracing::info!(address, metrics, threads, loaded_ms = loaded.as_millis() as u64, "ready to serve");
        server.run(signals.stop()).await?;
        Ok(ExitCode::SUCCESS)
    })
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
