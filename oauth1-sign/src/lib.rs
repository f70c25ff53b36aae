#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(not(feature = "std"), no_std)]
#![warn(clippy::disallowed_methods, clippy::disallowed_types)]
#![warn(clippy::alloc_instead_of_core, clippy::std_instead_of_alloc, clippy::std_instead_of_core)]

extern crate alloc;

mod base_string;
mod credentials;
mod encoding;
mod error;
pub mod handshake;
#[cfg(feature = "http")]
mod http;
mod method;
mod parameters;
mod protocol;
mod request;
mod signer;
mod stamp;
mod url;
pub mod verify;

pub use base_string::{base_string_uri, normalized_parameters};
pub use credentials::{ClientCredentials, TokenCredentials};
pub use encoding::percent_encode;
pub use error::Error;
pub use method::SignatureMethod;
pub use request::Request;
pub use signer::Signer;
pub use stamp::Stamp;
pub use verify::Authorization;
