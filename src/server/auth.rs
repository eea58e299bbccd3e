//! The door: who calls, by token or certificate, and the span under which all that the call does is told.
//!
//! The token file has a line a client: `NAME sha256:HEX`, several lines of one name for rotation; `#` begins a comment.
//! `demarche token NAME` makes a token and its line. Only hashes are kept; all are compared, each in constant time.

use super::client::Client;
use super::connections::Peer;
use super::{metrics, tracing_context};
use crate::grpc::status;
use arc_swap::ArcSwap;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;
use subtle::ConstantTimeEq;
use tracing::Instrument;

/// Clients by the hash of their token.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tokens(Vec<(String, [u8; 32])>);

/// A token file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TokensError {
    /// It cannot be read.
    #[error("{0}: {1}")]
    Unreadable(String, std::io::Error),
    /// A line is no token.
    #[error("{file}:{line}: expected `NAME sha256:HEX` as `demarche token NAME` prints it")]
    BadLine {
        /// The file.
        file: String,
        /// From 1.
        line: usize,
    },
    /// It names nobody, so that nobody could call.
    #[error("{0}: holds no token; make one with `demarche token NAME`")]
    Empty(String),
}

impl Tokens {
    /// Reads a token file.
    ///
    /// # Errors
    /// An unreadable file, a line that is no token, a file without any.
    pub fn load(path: &Path) -> Result<Tokens, TokensError> {
        let file = path.display().to_string();
        let text =
            std::fs::read_to_string(path).map_err(|error| TokensError::Unreadable(file.clone(), error))?;
        Tokens::parse(&text, &file)
    }

    fn parse(text: &str, file: &str) -> Result<Tokens, TokensError> {
        let mut tokens = Vec::new();
        for (at, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let entry = line.split_once(char::is_whitespace).and_then(|(name, hash)| {
                let hash = unhex(hash.trim().strip_prefix("sha256:")?)?;
                is_name(name).then(|| (name.to_owned(), hash))
            });
            tokens.push(entry.ok_or_else(|| TokensError::BadLine { file: file.to_owned(), line: at + 1 })?);
        }
        if tokens.is_empty() { Err(TokensError::Empty(file.to_owned())) } else { Ok(Tokens(tokens)) }
    }

    /// The client whose token this is.
    pub fn name(&self, token: &str) -> Option<&str> {
        let hash: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        let mut found = None;
        // No early way out: the time tells nothing about which entry matched, or whether one did.
        for (name, known) in &self.0 {
            if bool::from(known.ct_eq(&hash)) {
                found = Some(name.as_str());
            }
        }
        found
    }
}

/// A fresh token for a client, and its line for the token file.
///
/// # Errors
/// A name that is none, or a system without randomness.
pub fn new_token(name: &str) -> Result<(String, String), String> {
    if !is_name(name) {
        return Err(format!("`{name}` is no name: take letters, digits, `-`, `_` and `.`"));
    }
    let mut secret = [0u8; 32];
    let random = rustls::crypto::ring::default_provider().secure_random;
    random.fill(&mut secret).map_err(|_| "the system gives no random numbers".to_owned())?;
    let token = format!("dmr_{}", hex(&secret));
    let line = format!("{name} sha256:{}", hex(&Sha256::digest(token.as_bytes())));
    Ok((token, line))
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(digits: &str) -> Option<[u8; 32]> {
    let mut bytes = [0u8; 32];
    if digits.len() != 64 || !digits.is_ascii() {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// The tokens in force; none where everybody may call.
pub type Door = Option<Arc<ArcSwap<Tokens>>>;

/// What the door goes by.
#[derive(Clone)]
pub struct Guard {
    /// The tokens in force.
    pub door: Door,
    /// Whether calls are traced.
    pub traced: bool,
    /// Longest head of a call, bytes, counted as HTTP/2 counts it.
    pub max_header_bytes: usize,
}

/// Lets a call through with its [`Client`] and span, or answers UNAUTHENTICATED. Health is open to all, for probes.
pub async fn guard(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let Guard { door, traced, max_header_bytes } = guard;
    // Each field weighs its name, its value and 32 bytes more (RFC 9113, 6.5.2).
    let weigh =
        |(name, value): (&http::HeaderName, &http::HeaderValue)| name.as_str().len() + value.len() + 32;
    if request.headers().iter().map(weigh).sum::<usize>() > max_header_bytes {
        metrics::rejected("max_header_bytes");
        return status::long_head(max_header_bytes).into_http();
    }
    let peer = request.extensions().get::<Peer>().cloned().unwrap_or_default();
    let client = match &door {
        None => peer.client(),
        Some(_) if request.uri().path().starts_with("/grpc.health.v1.Health/") => peer.client(),
        Some(tokens) => {
            let header = request.headers().get(http::header::AUTHORIZATION);
            let token = header.and_then(|value| value.to_str().ok()).and_then(bearer);
            match token.and_then(|token| tokens.load().name(token).map(Client::token)) {
                Some(client) => client,
                None => {
                    metrics::rejected("auth");
                    return status::unauthenticated().into_http();
                }
            }
        }
    };
    let span = tracing_context::span(&request, &client, traced);
    request.extensions_mut().insert(client);
    request.extensions_mut().insert(span.clone());
    next.run(request).instrument(span).await
}

/// The token of an `Authorization` header, whose scheme knows no case.
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_token_is_known_by_its_line_alone() {
        let (old, old_line) = new_token("crawler").expect("a token");
        let (new, new_line) = new_token("crawler").expect("a token");
        let file = format!("# two at once, for rotation\n{old_line}\n\n{new_line} # since May\n");
        let tokens = Tokens::parse(&file, "tokens").expect("valid");
        assert_eq!((tokens.name(&old), tokens.name(&new)), (Some("crawler"), Some("crawler")));
        assert_eq!(tokens.name("dmr_"), None);
        assert!(!file.contains(&old[4..]));
    }

    #[test]
    fn bad_lines_are_named() {
        for bad in ["crawler", "crawler sha256:12", "crawler md5:00", "cr/awler sha256:00"] {
            let message = Tokens::parse(&format!("#\n{bad}\n"), "tokens").expect_err("bad").to_string();
            assert!(message.starts_with("tokens:2: "), "{message}");
        }
        assert!(matches!(Tokens::parse("# nobody\n", "tokens"), Err(TokensError::Empty(_))));
        assert!(new_token("two words").is_err());
    }

    #[test]
    fn the_scheme_knows_no_case() {
        assert_eq!(bearer("bEARER abc"), Some("abc"));
        assert_eq!(bearer("Basic abc"), None);
        assert_eq!(bearer("abc"), None);
    }
}
