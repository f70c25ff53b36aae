//! Why a request is refused, and with which status.

use std::fmt;

use http::StatusCode;

/// Why a challenge is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CrcError {
    /// The query has no `crc_token`.
    Missing,
    /// The `crc_token` does not look like one: an answer could be the signature of a forged event.
    Malformed,
}

impl CrcError {
    /// What to answer: 400.
    pub const fn status(self) -> StatusCode {
        StatusCode::BAD_REQUEST
    }
}

impl fmt::Display for CrcError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "the query has no crc_token: the request is not X's challenge",
            Self::Malformed => {
                "the crc_token does not look like one of X's: answered, it could be a forged event"
            }
        })
    }
}

impl std::error::Error for CrcError {}

/// Why a delivery is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReceiveError {
    /// It has no signature that the receiver has the secret of.
    MissingSignature,
    /// The signature is not that of this body by the App's secret.
    WrongSignature,
    /// It is signed, but is no JSON object.
    NotAnEvent,
}

impl ReceiveError {
    /// What to answer: 401 to what is not signed as it should be, 400 to what is no event.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::MissingSignature | Self::WrongSignature => StatusCode::UNAUTHORIZED,
            Self::NotAnEvent => StatusCode::BAD_REQUEST,
        }
    }
}

impl fmt::Display for ReceiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MissingSignature => {
                "the request has no signature by a secret that is known here: it is not X's, or \
                 signed by the App's other secret"
            }
            Self::WrongSignature => {
                "the signature does not fit the body: the request is not X's, the body is not as \
                 it came, or the secret is another App's"
            }
            Self::NotAnEvent => "the body is signed, but no JSON object",
        })
    }
}

impl std::error::Error for ReceiveError {}
