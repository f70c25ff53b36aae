#![cfg_attr(feature = "endpoints", doc = include_str!("../README.md"))]
#![cfg_attr(not(feature = "endpoints"), doc = "The X (Twitter) API v2 as types: the models alone.")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(clippy::disallowed_methods, clippy::disallowed_types)]
#![cfg_attr(test, allow(clippy::disallowed_methods, clippy::disallowed_types))]

// The models, on `serde` alone.
pub mod envelope;
pub mod fields;
pub mod id;
pub mod json;
pub mod model;
pub mod models;
pub mod problem;
pub mod recent;
#[cfg(feature = "samples")]
pub mod sample;
pub mod timestamp;

// The counter of X.
#[cfg(feature = "text")]
pub mod text;

// The operations, from request to reply.
#[cfg(feature = "endpoints")]
pub mod auth;
#[cfg(feature = "endpoints")]
mod checksum;
#[cfg(feature = "endpoints")]
pub mod endpoint;
#[cfg(feature = "endpoints")]
pub mod jobs;
#[cfg(feature = "endpoints")]
mod operations;
#[cfg(feature = "endpoints")]
pub mod query;
#[cfg(feature = "endpoints")]
pub mod spending;
#[cfg(feature = "endpoints")]
pub mod stream;
#[cfg(feature = "endpoints")]
pub mod upload;
#[cfg(feature = "endpoints")]
pub mod webhook;

pub use envelope::{One, Page};
pub use id::{Id, PostId, UserId, Username};
pub use timestamp::Timestamp;

#[cfg(feature = "endpoints")]
pub use endpoint::{Error, Reply};
#[cfg(feature = "endpoints")]
pub use operations::{
    OPERATIONS, account, account_activity, activity, articles, bookmarks, bots, broadcasts, calls,
    chat, communities, community_notes, compliance, connections, direct_messages, lists, media,
    news, openapi, posts, rules, spaces, streams, trends, usage, users, webhooks,
};
#[cfg(all(feature = "endpoints", feature = "samples"))]
pub use operations::{OperationVisitor, visit_operations};
