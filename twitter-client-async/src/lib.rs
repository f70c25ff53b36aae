#![doc = include_str!("../README.md")]

// What a caller meets.
mod client;
mod pages;
mod queue;
mod renewal;
mod rules;
mod stream;
mod transport;
mod upload;

// What those share.
mod failure;
mod tls;

pub use client::Client;
pub use pages::{Items, Pages};
pub use queue::Queued;
pub use stream::Stream;
pub use transport::Transport;

// The crates whose types stand in this one's signatures.
pub use reqwest;
pub use twitter_types;
