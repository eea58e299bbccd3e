//! Certificates: read, proven, and read again when their files change, without a connection dropped.

use crate::config::Tls;
use arc_swap::ArcSwap;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// Certificates that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file is unreadable or no PEM.
    #[error("{0}: {1}")]
    File(String, rustls::pki_types::pem::Error),
    /// A file holds nothing of its kind.
    #[error("{0}: holds no certificate")]
    Empty(String),
    /// Certificate and key do not fit, or an authority is none.
    #[error("{0}: {1}")]
    Unfit(String, String),
}

/// The certificates in force.
#[derive(Debug)]
pub struct Certificates {
    files: Tls,
    http1: bool,
    current: ArcSwap<ServerConfig>,
}

impl Certificates {
    /// Reads the certificates of the configuration; none where it names none.
    ///
    /// # Errors
    /// Files that cannot be read or do not fit together, by their names.
    pub fn load(files: &Tls, http1: bool) -> Result<Option<Certificates>, TlsError> {
        let Some(config) = read(files, http1)? else { return Ok(None) };
        Ok(Some(Certificates { files: files.clone(), http1, current: ArcSwap::from_pointee(config) }))
    }

    /// Accepts one connection by the certificates now in force.
    pub fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(self.current.load_full())
    }

    /// Reads the files again. What is in force stays so if they cannot be used.
    ///
    /// # Errors
    /// As [`Certificates::load`].
    pub fn reload(&self) -> Result<(), TlsError> {
        if let Some(config) = read(&self.files, self.http1)? {
            self.current.store(Arc::new(config));
        }
        Ok(())
    }

    /// The files to watch.
    pub fn files(&self) -> Vec<PathBuf> {
        [&self.files.certificate, &self.files.key, &self.files.client_ca]
            .into_iter()
            .flatten()
            .cloned()
            .collect()
    }
}

/// The SHA-256 of a certificate, in hexadecimal.
pub fn fingerprint(certificate: &CertificateDer<'_>) -> String {
    super::auth::hex(&Sha256::digest(certificate))
}

fn read(files: &Tls, http1: bool) -> Result<Option<ServerConfig>, TlsError> {
    let (Some(certificate), Some(key)) = (&files.certificate, &files.key) else { return Ok(None) };
    let chain = certificates(certificate)?;
    let private = PrivateKeyDer::from_pem_file(key).map_err(|error| TlsError::File(name(key), error))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let unfit = |path: &Path, error: &dyn std::fmt::Display| TlsError::Unfit(name(path), error.to_string());
    let builder = ServerConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| unfit(certificate, &error))?;
    let builder = match &files.client_ca {
        None => builder.with_no_client_auth(),
        Some(authorities) => {
            let mut roots = rustls::RootCertStore::empty();
            for authority in certificates(authorities)? {
                roots.add(authority).map_err(|error| unfit(authorities, &error))?;
            }
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
                .build()
                .map_err(|error| unfit(authorities, &error))?;
            builder.with_client_cert_verifier(verifier)
        }
    };
    let mut config = builder.with_single_cert(chain, private).map_err(|error| unfit(certificate, &error))?;
    config.alpn_protocols = vec![b"h2".to_vec()];
    if http1 {
        config.alpn_protocols.push(b"http/1.1".to_vec());
    }
    Ok(Some(config))
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let unreadable = |error| TlsError::File(name(path), error);
    let found: Result<Vec<_>, _> = CertificateDer::pem_file_iter(path).map_err(unreadable)?.collect();
    match found {
        Ok(found) if found.is_empty() => Err(TlsError::Empty(name(path))),
        Ok(found) => Ok(found),
        Err(error) => Err(TlsError::File(name(path), error)),
    }
}

fn name(path: &Path) -> String {
    path.display().to_string()
}
