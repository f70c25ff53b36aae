//! Measurements of the workspace beside its peers.
//!
//! `cargo run --release -p benches --features peers --bin table` prints instructions, allocations
//! and time per signature, per decoded page, per stream and per call, and the figures that they are held to. It
//! needs valgrind. With `-- correctness` it counts the signatures that are right and the bodies that are read.
//! `cargo bench -p benches --features peers` times signatures with criterion.

#[cfg(feature = "peers")]
pub mod calls;
#[cfg(feature = "peers")]
pub mod correctness;
#[cfg(feature = "peers")]
pub mod decoding;
pub mod report;
#[cfg(feature = "peers")]
pub mod scripts;
#[cfg(feature = "peers")]
pub mod signing;
#[cfg(feature = "peers")]
pub mod streaming;
