//! Measurements of the workspace beside its peers.
//!
//! `cargo run --release -p benches --features peers --bin table` prints instructions, allocations
//! and time per signature, per decoded page, per stream and per call, and the figures that they are held to. It
//! needs valgrind. With `-- correctness` it counts the signatures that are right and the bodies that are read.
//! `cargo bench -p benches --features peers` times signatures with criterion.

#![cfg(feature = "peers")]

pub mod calls;
pub mod correctness;
pub mod decoding;
pub mod signing;
pub mod streaming;
