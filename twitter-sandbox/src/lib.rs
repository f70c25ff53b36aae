//! A local X API v2 on loopback, to try and to test clients without keys or a network.
//!
//! ```
//! use twitter_sandbox::Sandbox;
//!
//! let sandbox = Sandbox::start()?;
//! let reply = ureq::get(format!("{}/2/users/by/username/XDevelopers", sandbox.base_url()))
//!     .header("authorization", format!("Bearer {}", sandbox.keys().bearer_token))
//!     .call()?
//!     .into_body()
//!     .read_to_string()?;
//! assert_eq!(
//!     reply,
//!     r#"{"data":{"id":"2244994945","name":"X Developers","username":"XDevelopers"}}"#
//! );
//! assert_eq!(sandbox.requests()[0].operation, Some("getUsersByUsername"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A [`Sandbox`] has one App with its [`Keys`], an account that owns the App, about sixty users and
//! a few hundred posts. It checks credentials and rate limits, keeps what is posted, liked and
//! followed, and answers in X's shapes. It does not use the types of this workspace's clients: what
//! it sends is written by hand, so that it can judge them.
//!
//! Errors are as terse as X's own. [`Sandbox::requests`] says why each request was refused, and
//! [`Sandbox::fail_next`] makes a reply go wrong on purpose.

mod access;
mod call;

mod engine;
mod exchange;
mod fault;
mod form;
mod keys;
mod limits;
mod operations;
mod ops;
mod page;
mod problem;
mod random;
mod record;
mod route;
mod sandbox;
mod search;
mod server;
mod text;
mod time;
mod view;
mod world;

pub use crate::fault::Fault;
pub use crate::keys::Keys;
pub use crate::record::{CredentialKind, Received};
pub use crate::sandbox::{Builder, Sandbox};
