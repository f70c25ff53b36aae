//! Tokens as a text with a version.

use std::fmt;

use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::{StoreError, StoreErrorKind};
use crate::{AccessToken, RefreshToken, Secret, UserTokens};

/// The number in `format` of what this version writes.
const FORMAT: u64 = 1;

/// What a [`TokenStore`](crate::TokenStore) keeps: tokens as JSON, with the version of their format.
/// Redacted when printed and zeroized when dropped.
///
/// ```text
/// {"format":1,"access_token":"…","refresh_token":"…","expires_at":1764108000,"scope":"tweet.read"}
/// ```
#[derive(Clone)]
pub struct Stored(Secret);

impl Stored {
    /// Writes tokens.
    pub fn new(tokens: &UserTokens) -> Self {
        let secret = |text: &str| Zeroizing::new(text.to_owned());
        let text = Text {
            access_token: secret(tokens.access_token.expose()),
            refresh_token: tokens.refresh_token.as_ref().map(|token| secret(token.expose())),
            expires_at: tokens.expires_at,
            scope: tokens.scopes.as_ref().map(ToString::to_string),
        };
        let length = text.access_token.len()
            + text.refresh_token.as_ref().map_or(0, |token| token.len())
            + text.scope.as_ref().map_or(0, String::len);
        Self(Secret::json(&Versioned { format: FORMAT, text }, length))
    }

    /// Takes the text that a store has read. [`Stored::tokens`] finds out what it is worth.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(Secret::new(text))
    }

    /// The text in the clear, for a store to write.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// Reads the tokens.
    ///
    /// # Errors
    ///
    /// [`StoreErrorKind::NewerFormat`] or [`StoreErrorKind::Corrupted`].
    pub fn tokens(&self) -> Result<UserTokens, StoreError> {
        const PLACE: &str = "the token store";
        let corrupted = || StoreError::new(StoreErrorKind::Corrupted, PLACE);
        let Format { format } = serde_json::from_str(self.expose()).map_err(|_| corrupted())?;
        if format > FORMAT {
            let kind = StoreErrorKind::NewerFormat { format };
            return Err(StoreError::new(kind, PLACE));
        }
        let text: Text = serde_json::from_str(self.expose()).map_err(|_| corrupted())?;
        let refresh_token = text.refresh_token.map(|token| RefreshToken::new(token.as_str()));
        Ok(UserTokens {
            access_token: AccessToken::new(text.access_token.as_str()).map_err(|_| corrupted())?,
            refresh_token: refresh_token.transpose().map_err(|_| corrupted())?,
            expires_at: text.expires_at,
            scopes: text.scope.map(|scope| scope.parse()).transpose().map_err(|_| corrupted())?,
        })
    }
}

/// Compares the texts, in constant time.
impl PartialEq for Stored {
    fn eq(&self, other: &Self) -> bool {
        self.expose().as_bytes().ct_eq(other.expose().as_bytes()).into()
    }
}

impl Eq for Stored {}

impl fmt::Debug for Stored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stored([redacted])")
    }
}

#[derive(Deserialize)]
struct Format {
    format: u64,
}

#[derive(Serialize)]
struct Versioned {
    format: u64,
    #[serde(flatten)]
    text: Text,
}

#[derive(Serialize, Deserialize)]
struct Text {
    access_token: Zeroizing<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<Zeroizing<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
}
