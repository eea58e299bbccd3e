//! Files that may change while the server runs: certificates and tokens. Looked at by their content, for links and mounts
//! change without a word about time.

use super::auth::{Door, Tokens};
use super::metrics;
use super::tls::Certificates;
use crate::config::Config;
use std::path::PathBuf;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// Watches for ever; what cannot be used is told and left aside, what was in force stays.
pub async fn watch(config: Arc<Config>, certificates: Option<Arc<Certificates>>, door: Door) {
    let certificate_files =
        certificates.as_ref().map(|certificates| certificates.files()).unwrap_or_default();
    let token_files: Vec<PathBuf> = config.auth.tokens.iter().cloned().collect();
    let (mut certificates_seen, mut tokens_seen) = (look(&certificate_files), look(&token_files));
    loop {
        tokio::time::sleep(config.tls.reload_interval.0.get()).await;
        let now = look(&certificate_files);
        if let Some(certificates) = certificates.as_ref().filter(|_| now != certificates_seen) {
            let done = certificates.reload();
            metrics::tls_reloaded(done.is_ok());
            match done {
                Ok(()) => tracing::info!("certificates were read again"),
                Err(error) => {
                    tracing::error!(%error, "changed certificates cannot be used; the old ones stay")
                }
            }
            certificates_seen = now;
        }
        let now = look(&token_files);
        if let (Some(tokens), Some(path)) =
            (door.as_ref().filter(|_| now != tokens_seen), &config.auth.tokens)
        {
            match Tokens::load(path) {
                Ok(read) => {
                    tokens.store(Arc::new(read));
                    tracing::info!("tokens were read again");
                }
                Err(error) => tracing::error!(%error, "changed tokens cannot be used; the old ones stay"),
            }
            tokens_seen = now;
        }
    }
}

/// A hash of each file's content; `None` for one that cannot be read.
fn look(files: &[PathBuf]) -> Vec<Option<u64>> {
    files.iter().map(|file| std::fs::read(file).ok().map(|bytes| xxh3_64(&bytes))).collect()
}
