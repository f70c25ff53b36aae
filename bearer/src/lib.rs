#![doc = include_str!("../README.md")]

// What a caller meets.
mod app_only;
mod error;
mod form;
mod token;

// What those share.
mod base_url;
mod refusal;
mod reply;
mod text;

pub use app_only::App;
pub use base_url::{BaseUrl, InvalidBaseUrl};
pub use error::Error;
pub use form::SecretForm;
pub use refusal::Refusal;
pub use text::{Flaw, InvalidKey, InvalidToken, KeyPart};
pub use token::AccessToken;
