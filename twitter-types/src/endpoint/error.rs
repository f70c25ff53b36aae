//! The one error of both clients: what failed, and what to do next.

mod api;
mod decode;
mod transport;

pub use api::ApiError;
pub use decode::DecodeError;
pub use transport::{TransportError, TransportErrorKind};

use std::fmt;

use crate::{
    auth::Kind,
    endpoint::{LimitKind, OutOfRange, RateLimits},
    spending::Refusal,
    timestamp::Timestamp,
};

/// Why a call has no reply.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// X answered, and refused.
    Api(Box<ApiError>),
    /// X answered something that this operation does not answer.
    Decode(Box<DecodeError>),
    /// No answer came.
    Transport(TransportError),
    /// A parameter is out of its range; nothing was sent.
    OutOfRange(OutOfRange),
    /// A parameter that the operation cannot go without is not set; nothing was sent.
    MissingParameter(&'static str),
    /// The parameters make a URL that is too long; nothing was sent.
    UrlTooLong,
    /// The operation accepts none of the credentials at hand; nothing was sent.
    NoCredential {
        /// What it accepts.
        accepted: &'static [Kind],
    },
    /// There is no access token that works, and none could be had; nothing was sent.
    Renewal(bearer::RefreshError),
    /// The session has no token at hand; nothing was sent. A [`Call`](super::Call) renews it first.
    NotRenewed,
    /// The request cannot be signed; nothing was sent.
    Signing(oauth1_sign::Error),
    /// A limit is spent that the call would count against; nothing was sent.
    RateLimited {
        /// The `operationId` of the call.
        operation: &'static str,
        /// Which limit it is.
        kind: LimitKind,
        /// When it resets.
        reset: Timestamp,
    },
    /// A write got no answer, none that can be read, or 5xx: it may have been carried out, and was not
    /// repeated.
    OutcomeUnknown {
        /// What came instead of an answer.
        source: Box<Self>,
    },
    /// A post got no answer, and is not among the user's latest posts: as far as can be seen it was not
    /// created. See [`posts::Once`](crate::posts::Once).
    NotPosted {
        /// How often they were read.
        looks: u32,
        /// What came instead of an answer.
        source: Box<Self>,
    },
    /// The time that the call was given is over, or would be before the next attempt.
    DeadlinePassed {
        /// Why the last attempt failed, if there was one. None is known to have succeeded.
        source: Option<Box<Self>>,
    },
    /// X named a page that it gave before as the next one, or gave the same page again: paging would never
    /// end.
    NoProgress,
    /// The budget does not let the call through; nothing was sent.
    OverBudget(Box<Refusal>),
}

impl Error {
    /// The status of X's answer, where one came.
    pub fn status(&self) -> Option<http::StatusCode> {
        match self {
            Self::Api(error) => Some(error.status),
            Self::Decode(error) => Some(error.status),
            _ => self.last_attempt()?.status(),
        }
    }

    /// The limits that the call counted against, where X named them.
    pub fn rate_limits(&self) -> Option<RateLimits> {
        match self {
            Self::Api(error) => Some(error.rate_limits),
            _ => self.last_attempt()?.rate_limits(),
        }
    }

    /// The error of the last attempt, if this one says how a call ended after it.
    fn last_attempt(&self) -> Option<&Self> {
        match self {
            Self::OutcomeUnknown { source } | Self::NotPosted { source, .. } => Some(source),
            Self::DeadlinePassed { source } => source.as_deref(),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::OutOfRange(error) => error.fmt(f),
            Self::MissingParameter(name) => {
                write!(f, "{name} is missing: the operation cannot go without; nothing was sent")
            }
            Self::NoCredential { accepted } => write!(
                f,
                "this operation accepts none of the credentials at hand, but {accepted:?}; nothing \
                 was sent"
            ),
            Self::Renewal(error) => error.fmt(f),
            Self::UrlTooLong
            | Self::NotRenewed
            | Self::Signing(_)
            | Self::OutcomeUnknown { .. }
            | Self::NotPosted { .. }
            | Self::DeadlinePassed { .. }
            | Self::NoProgress => self.why().fmt(f),
            Self::RateLimited { operation, kind, reset } => {
                let limit = match kind {
                    LimitKind::Window => "the window",
                    LimitKind::AppDay => "the App's day",
                    LimitKind::UserDay => "the user's day",
                    LimitKind::Cap => "the cap",
                };
                write!(
                    f,
                    "{operation}: {limit} is spent until {reset}: send it again then; nothing was \
                     sent"
                )
            }
            Self::OverBudget(refusal) => refusal.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Api(_)
            | Self::OutOfRange(_)
            | Self::MissingParameter(_)
            | Self::UrlTooLong
            | Self::NoCredential { .. }
            | Self::NotRenewed
            | Self::RateLimited { .. }
            | Self::NoProgress
            | Self::OverBudget(_) => None,
            Self::OutcomeUnknown { .. } | Self::NotPosted { .. } | Self::DeadlinePassed { .. } => {
                self.last_attempt().map(|error| error as _)
            }
            Self::Renewal(error) => error.source(),
            Self::Decode(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Signing(error) => Some(error),
        }
    }
}

impl From<OutOfRange> for Error {
    fn from(error: OutOfRange) -> Self {
        Self::OutOfRange(error)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::OverBudget(Box::new(refusal))
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

/// At most `limit` bytes of a text from elsewhere, on one line and without control characters: an
/// error is read by people, in terminals.
fn excerpt(text: &str, limit: usize) -> String {
    let end = (0..=limit.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    let end = end.unwrap_or_default();
    let words = text[..end].split(|c: char| c.is_whitespace() || c.is_control());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if end < text.len() { line + "…" } else { line }
}
