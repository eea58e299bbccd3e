//! Who calls: the name that a token or a certificate gives, else the address; the key of rate limits and logs.

use std::net::IpAddr;
use std::sync::Arc;
use tonic::Request;

/// One who calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// `token:NAME`, `cert:NAME` or `addr:IP`.
    pub key: Arc<str>,
}

impl Client {
    /// Known by a token of this name.
    pub fn token(name: &str) -> Client {
        Client { key: format!("token:{name}").into() }
    }

    /// Known by a certificate of this fingerprint.
    pub fn certificate(fingerprint: &str) -> Client {
        Client { key: format!("cert:{fingerprint}").into() }
    }

    /// Known by nothing but the address.
    pub fn address(address: Option<IpAddr>) -> Client {
        Client { key: address.map_or("addr:unknown".into(), |address| format!("addr:{address}").into()) }
    }

    /// Who sent this call, as the door ([`super::auth`]) found out.
    pub fn of<T>(call: &Request<T>) -> Client {
        call.extensions().get::<Client>().cloned().unwrap_or_else(|| Client::address(None))
    }
}
