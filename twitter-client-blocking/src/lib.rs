#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

// What a caller meets.
mod client;
mod download;
mod jobs;
mod pages;
mod poll;
mod queue;
mod rules;
mod shared;
mod stream;
mod transport;
mod upload;

// What there is to read: a page for each task.
pub mod guide;

// What those share.
mod failure;

pub use client::Client;
pub use jobs::ComplianceResults;
pub use pages::{Items, Pages};
pub use poll::{Poll, PollItems};
pub use queue::Queued;
pub use shared::{Shared, StopShared};
pub use stream::{Stop, Stream};
pub use transport::Transport;

// The crates whose types stand in this one's signatures.
pub use twitter_types;
pub use ureq;

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct RepositoryReadme;
