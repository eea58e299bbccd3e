//! TLS, client certificates and tokens: who may call, who may not, and changes while the server runs.
#![cfg(feature = "server")]

mod common;

use common::*;
use demarche::config::{Duration as Length, ReloadInterval};
use demarche::grpc::contract::v1::extraction_service_client::ExtractionServiceClient;
use demarche::server::auth::new_token;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Identity};
use tonic::{Code, Request};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;

const NEWS: &str = "The envoys met in Riga on Monday.";

/// A folder that is gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("demarche-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }

    fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, content).expect("written");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// An authority, and a certificate and key that it signed for `localhost`.
struct Authority {
    pem: String,
    issuer: rcgen::Issuer<'static, rcgen::KeyPair>,
}

impl Authority {
    fn new() -> Authority {
        let key = rcgen::KeyPair::generate().expect("a key");
        let mut parameters = rcgen::CertificateParams::new(Vec::new()).expect("parameters");
        parameters.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let pem = parameters.self_signed(&key).expect("an authority").pem();
        Authority { pem, issuer: rcgen::Issuer::new(parameters, key) }
    }

    fn sign(&self) -> (String, String) {
        let key = rcgen::KeyPair::generate().expect("a key");
        let parameters = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).expect("parameters");
        (parameters.signed_by(&key, &self.issuer).expect("a certificate").pem(), key.serialize_pem())
    }
}

async fn tls_client(
    server: &Running,
    ca: &str,
    identity: Option<(String, String)>,
) -> Result<Client, String> {
    let mut tls = ClientTlsConfig::new().ca_certificate(Certificate::from_pem(ca)).domain_name("localhost");
    if let Some((certificate, key)) = identity {
        tls = tls.identity(Identity::from_pem(certificate, key));
    }
    let endpoint = Channel::from_shared(format!("https://{}", server.address)).expect("a URL");
    let channel =
        endpoint.tls_config(tls).expect("TLS").connect().await.map_err(|error| error.to_string())?;
    Ok(ExtractionServiceClient::new(channel))
}

async fn reads(client: Result<Client, String>) -> bool {
    match client {
        Ok(mut client) => extract(&mut client, request("", NEWS)).await.is_ok(),
        Err(_) => false,
    }
}

/// Writes certificate and key and starts a server with them.
async fn tls_server(folder: &Folder, pair: (String, String), client_ca: Option<&Path>) -> Running {
    let (certificate, key) = (folder.write("cert.pem", &pair.0), folder.write("key.pem", &pair.1));
    Running::start(
        |config| {
            config.tls.certificate = Some(certificate);
            config.tls.key = Some(key);
            config.tls.client_ca = client_ca.map(Path::to_path_buf);
            config.tls.reload_interval = ReloadInterval(Length::milliseconds(50));
        },
        pipeline(),
    )
    .await
}

#[tokio::test]
async fn certificates_are_read_again_when_they_change() {
    let folder = Folder::new("reload");
    let (old, new) = (Authority::new(), Authority::new());
    let server = tls_server(&folder, old.sign(), None).await;
    assert!(reads(tls_client(&server, &old.pem, None).await).await);
    assert!(!reads(tls_client(&server, &new.pem, None).await).await, "a strange authority is not trusted");
    let mut open = tls_client(&server, &old.pem, None).await.expect("a connection");

    let (certificate, key) = new.sign();
    folder.write("key.pem", &key);
    folder.write("cert.pem", &certificate);
    let begun = Instant::now();
    while !reads(tls_client(&server, &new.pem, None).await).await {
        assert!(begun.elapsed() < Duration::from_secs(5), "the new certificate never came");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    extract(&mut open, request("", NEWS)).await.expect("the old connection lives on");

    folder.write("cert.pem", "no certificate");
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(reads(tls_client(&server, &new.pem, None).await).await, "what was in force stays");
    server.stop().await;
}

#[tokio::test]
async fn with_a_client_authority_only_its_clients_come_in() {
    let folder = Folder::new("mutual");
    let (servers, clients) = (Authority::new(), Authority::new());
    let client_ca = folder.write("clients.pem", &clients.pem);
    let server = tls_server(&folder, servers.sign(), Some(&client_ca)).await;
    assert!(reads(tls_client(&server, &servers.pem, Some(clients.sign())).await).await);
    assert!(!reads(tls_client(&server, &servers.pem, None).await).await);
    assert!(!reads(tls_client(&server, &servers.pem, Some(servers.sign())).await).await);
    server.stop().await;
}

#[tokio::test]
async fn a_handshake_that_does_not_come_ends() {
    let folder = Folder::new("handshake");
    let (certificate, key) = Authority::new().sign();
    let (certificate, key) = (folder.write("cert.pem", &certificate), folder.write("key.pem", &key));
    let server = Running::start(
        |config| {
            config.tls.certificate = Some(certificate);
            config.tls.key = Some(key);
            config.limits.handshake_time = Length::milliseconds(150);
        },
        pipeline(),
    )
    .await;
    let before = counted("handshake_time");
    let mut silent = tokio::net::TcpStream::connect(server.address).await.expect("a socket");
    let begun = Instant::now();
    let mut bytes = Vec::new();
    let read = tokio::io::AsyncReadExt::read_to_end(&mut silent, &mut bytes);
    assert!(tokio::time::timeout(Duration::from_secs(3), read).await.is_ok(), "the connection stays open");
    assert!(begun.elapsed() >= Duration::from_millis(100));
    assert!(counted("handshake_time") > before);
    server.stop().await;
}

fn with_token(token: &str) -> Request<demarche::grpc::contract::v1::ExtractEventsRequest> {
    let mut call = Request::new(request("", NEWS));
    call.metadata_mut().insert("authorization", format!("Bearer {token}").parse().expect("a header"));
    call
}

#[tokio::test]
async fn without_a_token_only_health_is_told() {
    let folder = Folder::new("tokens");
    let (first, first_line) = new_token("crawler").expect("a token");
    let (second, second_line) = new_token("crawler").expect("a token");
    let path = folder.write("tokens", &format!("{first_line}\n"));
    let server = Running::start(
        |config| {
            config.auth.tokens = Some(path);
            config.tls.reload_interval = ReloadInterval(Length::milliseconds(50));
        },
        pipeline(),
    )
    .await;
    let mut client = server.client().await;
    for call in [Request::new(request("", NEWS)), with_token("wrong"), with_token(&second)] {
        assert_eq!(extract(&mut client, call).await.expect_err("a stranger").code(), Code::Unauthenticated);
    }
    extract(&mut client, with_token(&first)).await.expect("known");
    let mut health = HealthClient::new(server.channel().await);
    health.check(HealthCheckRequest { service: String::new() }).await.expect("health is open");
    let mut bulk = Request::new(tokio_stream::iter([bulk_request(1, "", NEWS)]));
    bulk.metadata_mut().insert("authorization", "bearer".parse().expect("a header"));
    assert_eq!(client.extract_events_bulk(bulk).await.expect_err("a stranger").code(), Code::Unauthenticated);

    // Rotation: the second token comes, then the first one goes.
    folder.write("tokens", &second_line);
    let begun = Instant::now();
    while extract(&mut client, with_token(&second)).await.is_err() {
        assert!(begun.elapsed() < Duration::from_secs(5), "the new token never came");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(
        extract(&mut client, with_token(&first)).await.expect_err("gone").code(),
        Code::Unauthenticated
    );
    server.stop().await;
}
