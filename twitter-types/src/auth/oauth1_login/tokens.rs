//! A user's tokens.

use std::fmt;

use bearer::{InvalidKey, KeyPart};
use oauth1_sign::{TokenCredentials, handshake};

use crate::UserId;

/// A user's access token and its secret, and who that user is. They do not expire; the user or
/// [`OAuth1App::invalidate_request`](super::OAuth1App::invalidate_request) ends them.
///
/// Both are redacted when printed, and the secret is wiped from memory when dropped.
#[derive(Clone)]
#[non_exhaustive]
pub struct OAuth1Tokens {
    credentials: TokenCredentials,
    /// The user, where X says so.
    pub user_id: Option<UserId>,
    /// The user's name when the login took place, as X wrote it. Names change; ids do not.
    pub screen_name: Option<String>,
}

impl OAuth1Tokens {
    /// Tokens that were kept, or that the developer console shows.
    ///
    /// # Errors
    ///
    /// If one is empty, or holds a character that no token has.
    pub fn new(access_token: &str, access_token_secret: &str) -> Result<Self, InvalidKey> {
        let credentials = TokenCredentials::new(access_token, access_token_secret);
        Self { credentials, user_id: None, screen_name: None }.checked()
    }

    pub(super) fn from_reply(reply: handshake::AccessToken) -> Result<Self, InvalidKey> {
        let user_id = reply.parameter("user_id").and_then(|id| id.parse().ok());
        let screen_name = reply.parameter("screen_name").filter(|name| !name.is_empty());
        let screen_name = screen_name.map(str::to_owned);
        Self { credentials: reply.credentials, user_id, screen_name }.checked()
    }

    fn checked(self) -> Result<Self, InvalidKey> {
        KeyPart::AccessToken.check(self.access_token())?;
        KeyPart::AccessTokenSecret.check(self.access_token_secret())?;
        Ok(self)
    }

    pub(super) fn credentials(&self) -> &TokenCredentials {
        &self.credentials
    }

    /// The access token in the clear, to store it.
    pub fn access_token(&self) -> &str {
        self.credentials.token()
    }

    /// The access token's secret in the clear, to store it.
    pub fn access_token_secret(&self) -> &str {
        self.credentials.expose_secret()
    }
}

impl fmt::Debug for OAuth1Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth1Tokens")
            .field("credentials", &format_args!("[redacted]"))
            .field("user_id", &self.user_id)
            .field("screen_name", &self.screen_name)
            .finish()
    }
}
