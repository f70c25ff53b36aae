#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

// What a caller meets: app-only tokens, logins of users, and keeping their tokens.
mod app_only;
mod oauth2;
mod refresh;
mod session;
mod store;

// What those are made of.
mod base_url;
mod clock;
mod error;
mod form;
mod oauth_error;
mod refusal;
mod reply;
mod request;
mod scope;
mod secret;
mod text;
mod token;

pub use app_only::App;
pub use base_url::{BaseUrl, InvalidBaseUrl};
pub use clock::ClockSkew;
pub use error::Error;
pub use form::SecretForm;
pub use oauth_error::OAuth2Error;
pub use oauth2::{
    AuthorizationCode, CallbackError, CodeChallengeMethod, CodeVerifier, InvalidCodeVerifier,
    InvalidLogin, InvalidRedirectUri, Login, OAuth2Client, RedirectUri, UserTokens, callback_state,
};
pub use refresh::{Access, NoReply, Refresh, RefreshError, Step};
pub use refusal::Refusal;
pub use scope::{InvalidScope, Scope, Scopes};
pub use secret::Secret;
pub use session::Session;
#[cfg(feature = "file")]
pub use store::FileStore;
#[cfg(feature = "keyring")]
pub use store::KeyringStore;
#[cfg(feature = "redis")]
pub use store::RedisStore;
pub use store::{MemoryStore, StoreError, StoreErrorKind, StoreLock, Stored, Swap, TokenStore};
pub use text::{Flaw, InvalidKey, InvalidToken, KeyPart};
pub use token::{AccessToken, RefreshToken};
