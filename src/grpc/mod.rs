//! The contract ↔ core. No linguistics here: messages are checked and turned into core's types, and events into messages.
//!
//! Invariant: no client can make it panic. Every enum, length and date from outside is checked in [`from_proto`].

pub mod codec;
pub mod contract;
pub mod from_proto;
pub mod info;
pub mod offsets;
pub mod service;
pub mod status;
pub mod to_proto;
