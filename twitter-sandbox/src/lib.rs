#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod access;
mod activity;
mod builder;
mod call;
mod dice;
mod engine;
mod exchange;
mod fault;
mod form;
mod html;
mod keys;
mod limits;
mod made_up;
mod operations;
mod ops;
mod page;
mod permit;
mod problem;
mod random;
mod record;
mod route;
mod sandbox;
mod search;
mod server;
mod streams;
mod text;
mod time;
mod view;
mod webhooks;
mod wire;
mod world;

pub use crate::access::{AppPermission, Refreshes};
pub use crate::builder::Builder;
pub use crate::fault::Fault;
pub use crate::keys::{KeyKind, Keys};
pub use crate::record::{CredentialKind, Received};
pub use crate::sandbox::Sandbox;
pub use crate::streams::{Disconnect, Stream, StreamControl};
pub use crate::webhooks::Delivery;
pub use crate::wire::{Mishap, Passing, Wire};
