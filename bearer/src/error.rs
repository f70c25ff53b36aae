//! What can go wrong with a reply. Each text is one sentence that ends with what to do next.

use std::{error, fmt};

use http::StatusCode;
use serde_json::Value;

use crate::{InvalidToken, Refusal};

/// The longest `token_type` worth quoting. A longer one might be a token in the wrong place.
const MAX_TOKEN_TYPE: usize = 16;

/// Why a reply yields no token.
///
/// It is small whatever the server sent, holds no credential, and never quotes a body that is not
/// JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The server refused the request.
    Refused(Refusal),
    /// The reply is not JSON: the HTML page of a proxy, for example, or half of a body.
    #[non_exhaustive]
    NotJson {
        /// The status of the reply.
        status: StatusCode,
        /// Its `Content-Type`, if it has one that is text.
        content_type: Option<String>,
        /// The length of its body in bytes.
        length: usize,
        /// Whether the body is JSON that ends too early.
        truncated: bool,
    },
    /// The status says success, but there is no body.
    #[non_exhaustive]
    Empty {
        /// The status of the reply.
        status: StatusCode,
    },
    /// The reply is JSON without a text `access_token`.
    MissingAccessToken,
    /// The reply's `token_type` is not `bearer`.
    #[non_exhaustive]
    WrongTokenType {
        /// What it is instead, if it is there and looks like a type.
        token_type: Option<String>,
    },
    /// The reply's `access_token` cannot be sent as a bearer token.
    InvalidToken(InvalidToken),
    /// The reply's `refresh_token` cannot be one.
    InvalidRefreshToken(InvalidToken),
}

impl Error {
    /// Whether the server says that the code or the refresh token no longer works, as
    /// [`Refusal::is_spent_grant`] has it.
    pub fn is_spent_grant(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.is_spent_grant())
    }

    pub(crate) fn wrong_token_type(token_type: Option<Value>) -> Self {
        let is_name = |name: &str| {
            (1..=MAX_TOKEN_TYPE).contains(&name.len())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        };
        let token_type = match token_type {
            Some(Value::String(name)) if is_name(&name) => Some(name),
            _ => None,
        };
        Self::WrongTokenType { token_type }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const CHECK_BASE_URL: &str = "check that the base URL leads to the X API";
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::NotJson { status, length, truncated: true, .. } => write!(
                f,
                "the reply with status {} breaks off after {length} bytes: send the request again",
                status.as_u16()
            ),
            Self::NotJson { status, content_type, length, .. } => {
                let kind = content_type.as_deref().unwrap_or("an unnamed type");
                write!(
                    f,
                    "the reply with status {} is not JSON ({length} bytes of {kind}): \
                     {CHECK_BASE_URL} and that no proxy answers in its place, then try again",
                    status.as_u16()
                )
            }
            Self::Empty { status } => write!(
                f,
                "the reply with status {} is empty: {CHECK_BASE_URL}, then send the request again",
                status.as_u16()
            ),
            Self::MissingAccessToken => {
                write!(f, "the reply is JSON without an access_token: {CHECK_BASE_URL}")
            }
            Self::WrongTokenType { token_type: Some(kind) } => {
                write!(f, "the reply holds a token of type {kind}, not bearer: {CHECK_BASE_URL}")
            }
            Self::WrongTokenType { token_type: None } => {
                write!(
                    f,
                    "the reply does not say that its token is of type bearer: {CHECK_BASE_URL}"
                )
            }
            Self::InvalidToken(error) => write!(
                f,
                "the access_token of the reply {}, so it cannot be sent: {CHECK_BASE_URL}",
                error.flaw
            ),
            Self::InvalidRefreshToken(error) => write!(
                f,
                "the refresh_token of the reply {}, so it cannot be used: {CHECK_BASE_URL}",
                error.flaw
            ),
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::InvalidToken(error) | Self::InvalidRefreshToken(error) => Some(error),
            _ => None,
        }
    }
}

impl From<InvalidToken> for Error {
    fn from(error: InvalidToken) -> Self {
        Self::InvalidToken(error)
    }
}
