//! What the keys are called: here, and in the variables of X's pages and of other programs.

use std::fmt;

/// One of the values that the developer console shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum KeyName {
    /// The API key, also called consumer key.
    ApiKey,
    /// The API secret, also called API key secret or consumer secret.
    ApiSecret,
    /// The OAuth 1.0a access token of a user.
    AccessToken,
    /// The secret that belongs to the access token.
    AccessTokenSecret,
    /// The App's own token, for public information.
    BearerToken,
    /// The Client ID of OAuth 2.0.
    ClientId,
    /// The Client Secret of OAuth 2.0, which confidential clients have.
    ClientSecret,
}

impl KeyName {
    /// Every key, in the order of the developer console.
    pub const ALL: [Self; 7] = [
        Self::ApiKey,
        Self::ApiSecret,
        Self::AccessToken,
        Self::AccessTokenSecret,
        Self::BearerToken,
        Self::ClientId,
        Self::ClientSecret,
    ];

    /// The variable that holds it, such as `X_API_KEY`.
    pub fn variable(self) -> &'static str {
        self.variables()[0]
    }

    /// Every variable that may hold it, that of [`variable`](Self::variable) first.
    pub fn variables(self) -> &'static [&'static str] {
        match self {
            Self::ApiKey => &[
                "X_API_KEY",
                "X_CONSUMER_KEY",
                "API_KEY",
                "CONSUMER_KEY",
                "TWITTER_API_KEY",
                "TWITTER_CONSUMER_KEY",
            ],
            Self::ApiSecret => &[
                "X_API_SECRET",
                "X_API_KEY_SECRET",
                "X_CONSUMER_SECRET",
                "API_SECRET",
                "API_KEY_SECRET",
                "CONSUMER_SECRET",
                "TWITTER_API_SECRET",
                "TWITTER_API_KEY_SECRET",
                "TWITTER_CONSUMER_SECRET",
            ],
            Self::AccessToken => &["X_ACCESS_TOKEN", "ACCESS_TOKEN", "TWITTER_ACCESS_TOKEN"],
            Self::AccessTokenSecret => {
                &["X_ACCESS_TOKEN_SECRET", "ACCESS_TOKEN_SECRET", "TWITTER_ACCESS_TOKEN_SECRET"]
            }
            Self::BearerToken => {
                &["X_BEARER_TOKEN", "X_API_BEARER_TOKEN", "BEARER_TOKEN", "TWITTER_BEARER_TOKEN"]
            }
            Self::ClientId => &["X_CLIENT_ID", "CLIENT_ID", "TWITTER_CLIENT_ID"],
            Self::ClientSecret => &["X_CLIENT_SECRET", "CLIENT_SECRET", "TWITTER_CLIENT_SECRET"],
        }
    }

    /// The key that a variable holds, and the variable's name.
    pub(super) fn of_variable(variable: &str) -> Option<(Self, &'static str)> {
        Self::ALL.into_iter().find_map(|name| {
            let known = name.variables().iter().find(|known| **known == variable)?;
            Some((name, *known))
        })
    }
}

impl fmt::Display for KeyName {
    /// As the developer console calls it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ApiKey => "API key",
            Self::ApiSecret => "API secret",
            Self::AccessToken => "access token",
            Self::AccessTokenSecret => "access token secret",
            Self::BearerToken => "bearer token",
            Self::ClientId => "Client ID",
            Self::ClientSecret => "Client Secret",
        })
    }
}
