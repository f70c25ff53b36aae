//! The error codes of OAuth 2.0, which X sends from its authorization page and its token endpoint.

use std::fmt;

/// The `error` code of RFC 6749 section 4.1.2.1 (the callback) or section 5.2 (the token endpoint).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OAuth2Error {
    /// `invalid_request`. X also answers so when a code or a refresh token no longer works.
    InvalidRequest,
    /// `invalid_client`: the Client ID is unknown, or the Client Secret is wrong or missing.
    InvalidClient,
    /// `invalid_grant`: the code or the refresh token is expired, revoked or already used.
    InvalidGrant,
    /// `unauthorized_client`: the App may not use this way of logging in.
    UnauthorizedClient,
    /// `unsupported_grant_type`: the server does not know this kind of request.
    UnsupportedGrantType,
    /// `invalid_scope`: a scope is unknown, or more than was granted.
    InvalidScope,
    /// `access_denied`: the user said no.
    AccessDenied,
    /// `unsupported_response_type`: the server gives no codes.
    UnsupportedResponseType,
    /// `server_error`: a fault on the server's side.
    ServerError,
    /// `temporarily_unavailable`: the server is overloaded or under maintenance.
    TemporarilyUnavailable,
    /// Any other code, cut to a short printable text.
    Other(String),
}

impl OAuth2Error {
    /// The code as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidScope => "invalid_scope",
            Self::AccessDenied => "access_denied",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::Other(code) => code,
        }
    }

    /// Reads a code. `code` is an excerpt already.
    pub(crate) fn new(code: &str) -> Self {
        const KNOWN: [OAuth2Error; 10] = [
            OAuth2Error::InvalidRequest,
            OAuth2Error::InvalidClient,
            OAuth2Error::InvalidGrant,
            OAuth2Error::UnauthorizedClient,
            OAuth2Error::UnsupportedGrantType,
            OAuth2Error::InvalidScope,
            OAuth2Error::AccessDenied,
            OAuth2Error::UnsupportedResponseType,
            OAuth2Error::ServerError,
            OAuth2Error::TemporarilyUnavailable,
        ];
        let known = KNOWN.into_iter().find(|known| known.as_str() == code);
        known.unwrap_or_else(|| Self::Other(code.to_owned()))
    }

    /// What to do next.
    pub(crate) fn advice(&self) -> &'static str {
        match self {
            Self::InvalidRequest => {
                "compare the Client ID and the redirect URI with the App's settings in the developer \
                 console, letter by letter"
            }
            Self::InvalidClient => {
                "compare the Client ID and Client Secret with the developer console, where \
                 regenerating the secret ends the old one; an App of type Web App or Automated App \
                 needs its secret, a Native App or Single Page App has none"
            }
            Self::InvalidGrant => "log in again",
            Self::UnauthorizedClient | Self::UnsupportedResponseType => {
                "set up user authentication (OAuth 2.0) for the App in the developer console"
            }
            Self::UnsupportedGrantType => "check that the base URL leads to the X API",
            Self::InvalidScope => {
                "ask for scopes that exist, and for no more than the App's permissions in the \
                 developer console allow"
            }
            Self::AccessDenied => "log in again and authorize the App, if that was not intended",
            Self::ServerError | Self::TemporarilyUnavailable => "log in again in a while",
            Self::Other(_) => "check the request against what the server says here",
        }
    }
}

impl fmt::Display for OAuth2Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
