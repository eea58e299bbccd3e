//! demarche: news articles in, coded diplomatic and political events out.
//!
//! How data flows, and what each room may not do:
//!
//! ```text
//! cli → server → grpc → core        arguments, sockets, contract, language
//! cli → knowledge → core            files and embedded tables become typed, immutable tables
//! ```
//!
//! * [`core`] turns text into events: no I/O, no async, no gRPC, no globals.
//! * [`knowledge`] is the only room that opens files of tables and models.

#[cfg(feature = "cli")]
pub mod cli;
pub mod core;
#[cfg(feature = "cli")]
pub mod evaluation;
#[cfg(feature = "server")]
pub mod grpc;
pub mod knowledge;
#[cfg(feature = "train")]
pub mod train;
