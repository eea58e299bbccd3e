//! The types that build.rs generates from proto/, and the descriptors of the same.

/// Package `demarche`.
pub mod demarche {
    /// Package `demarche.v1`; documented in proto/demarche/v1/.
    #[allow(missing_docs, clippy::all, clippy::pedantic)]
    pub mod v1 {
        include!(concat!(env!("OUT_DIR"), "/demarche.v1.rs"));
        include!(concat!(env!("OUT_DIR"), "/demarche.v1.serde.rs"));
    }
}

/// Package `google`.
pub mod google {
    /// Package `google.rpc`: only `Status`.
    #[allow(missing_docs, clippy::all, clippy::pedantic)]
    pub mod rpc {
        include!(concat!(env!("OUT_DIR"), "/google.rpc.rs"));
        include!(concat!(env!("OUT_DIR"), "/google.rpc.serde.rs"));
    }
}

pub use demarche::v1;

/// The descriptors of the contract, an encoded `google.protobuf.FileDescriptorSet`.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));

/// The full name of the service, as health and reflection know it.
pub const SERVICE_NAME: &str = "demarche.v1.ExtractionService";
