//! Measurements of the workspace beside its peers.
//!
//! `cargo run --release -p benches --features peers --bin table` prints instructions, allocations
//! and time per signature, and the figures that they are held to. It needs valgrind.
//! `cargo bench -p benches --features peers` times the same with criterion.

#![cfg(feature = "peers")]

mod cases;
mod contestants;

pub use cases::{CASES, Case};
pub use contestants::{Contestant, OAUTH1_REQUEST, RAW_HMAC, SIGN, SIGN_INTO, contestants};
