//! `demarche health`: asks a server whether it serves, for Docker's HEALTHCHECK and for scripts.

use super::Failure;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use tonic::transport::{Certificate, ClientTlsConfig, Endpoint};
use tonic_health::ServingStatus;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;

/// Exit code 0: it serves. 1: it does not, or does not answer.
#[derive(Args, Debug)]
pub struct HealthArgs {
    /// The server, `http://` or `https://`
    #[arg(default_value = "http://127.0.0.1:50051")]
    server: String,
    /// Service to ask for; empty = the server as a whole
    #[arg(long, default_value = "")]
    service: String,
    /// Authority that signed the server's certificate (PEM)
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// How long to wait, in seconds
    #[arg(long, default_value_t = 3)]
    timeout: u64,
}

/// Asks once.
pub fn run(arguments: &HealthArgs) -> Result<ExitCode, Failure> {
    let limit = Duration::from_secs(arguments.timeout);
    let mut endpoint = Endpoint::from_shared(arguments.server.clone())?.connect_timeout(limit).timeout(limit);
    if let Some(ca) = &arguments.ca {
        let pem = std::fs::read(ca).map_err(|error| format!("{}: {error}", ca.display()))?;
        endpoint = endpoint.tls_config(ClientTlsConfig::new().ca_certificate(Certificate::from_pem(pem)))?;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let asked: Result<ServingStatus, Failure> = runtime.block_on(async {
        let channel =
            endpoint.connect().await.map_err(|error| format!("{}: no answer: {error}", arguments.server))?;
        let request = HealthCheckRequest { service: arguments.service.clone() };
        let response = HealthClient::new(channel).check(request).await;
        let response = response.map_err(|status| format!("{}: {}", arguments.server, status.message()))?;
        Ok(match response.into_inner().status() {
            tonic_health::pb::health_check_response::ServingStatus::Serving => ServingStatus::Serving,
            _ => ServingStatus::NotServing,
        })
    });
    let serving = asked?;
    println!("{serving}");
    Ok(if serving == ServingStatus::Serving { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
