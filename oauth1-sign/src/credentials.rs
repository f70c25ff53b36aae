//! The two pairs of identifier and secret that sign a request (RFC 5849, section 1.1).

use alloc::string::String;
use core::fmt;

use zeroize::Zeroizing;

/// The client's identifier and secret; X calls them API Key and API Key Secret.
///
/// The secret is wiped from memory on drop, and never printed.
#[derive(Clone)]
pub struct ClientCredentials {
    pub(crate) key: String,
    pub(crate) secret: Zeroizing<String>,
}

impl ClientCredentials {
    /// Both parts as the server showed them. An empty secret is legal in OAuth, and signs.
    pub fn new(key: impl Into<String>, secret: impl Into<String>) -> Self {
        Self { key: key.into(), secret: Zeroizing::new(secret.into()) }
    }

    /// The identifier, sent as `oauth_consumer_key`.
    pub fn key(&self) -> &str {
        &self.key
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials")
            .field("key", &self.key)
            .field("secret", &format_args!("[redacted]"))
            .finish()
    }
}

/// A user's token and its secret, or the temporary pair of a login in progress.
///
/// The secret is wiped from memory on drop, and never printed; neither is the token.
#[derive(Clone)]
pub struct TokenCredentials {
    pub(crate) token: String,
    pub(crate) secret: Zeroizing<String>,
}

impl TokenCredentials {
    /// Both parts as the server showed them. An empty secret is legal in OAuth, and signs.
    pub fn new(token: impl Into<String>, secret: impl Into<String>) -> Self {
        Self { token: token.into(), secret: Zeroizing::new(secret.into()) }
    }

    /// The token, sent as `oauth_token`.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The secret, to store it.
    pub fn expose_secret(&self) -> &str {
        &self.secret
    }
}

impl fmt::Debug for TokenCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenCredentials")
            .field("token", &format_args!("[redacted]"))
            .field("secret", &format_args!("[redacted]"))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::{ClientCredentials, TokenCredentials};

    #[test]
    fn debug_shows_no_secret() {
        assert_eq!(
            format!("{:?}", ClientCredentials::new("key", "hush")),
            r#"ClientCredentials { key: "key", secret: [redacted] }"#
        );
        assert_eq!(
            format!("{:?}", TokenCredentials::new("token", "hush")),
            "TokenCredentials { token: [redacted], secret: [redacted] }"
        );
    }
}
