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
//! * `grpc` turns the contract's messages into core's types and back: no linguistics.
//! * `server` is sockets, bounds, strangers and what is shown of the work; `config` and `telemetry` serve it.
//! * `cli` is arguments → commands.
//! * [`knowledge`] is the only room that opens files of tables and models.

#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "server")]
pub mod config;
pub mod core;
#[cfg(feature = "cli")]
pub mod evaluation;
#[cfg(feature = "server")]
pub mod grpc;
pub mod knowledge;
#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "server")]
pub mod telemetry;
#[cfg(feature = "train")]
pub mod train;
