//! Calls that got no answer.

use std::{error, fmt};

/// No answer came, or not all of it.
///
/// A request that was sent may have been carried out: only [`TransportErrorKind::Connect`],
/// [`TransportErrorKind::Refused`] and [`TransportErrorKind::NotRecorded`] say for certain that it was
/// not.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn error::Error + Send + Sync>>,
}

/// How a call failed to get an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was made: the name was not found, the server refused, or TLS failed.
    Connect,
    /// The time that was allowed is over.
    Timeout,
    /// The connection ended before the answer did.
    Closed,
    /// The answer is longer than the client takes.
    TooLarge,
    /// The request was not sent: it would have carried a credential where none belongs.
    Refused,
    /// A [`Recording`](crate::endpoint::Recording) has no answer to the request; nothing was sent.
    NotRecorded,
    /// Anything else.
    Other,
}

impl TransportError {
    /// An error of a transport.
    pub fn new(
        kind: TransportErrorKind,
        source: impl Into<Box<dyn error::Error + Send + Sync>>,
    ) -> Self {
        Self { kind, source: Some(source.into()) }
    }

    /// How the call failed.
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl From<TransportErrorKind> for TransportError {
    fn from(kind: TransportErrorKind) -> Self {
        Self { kind, source: None }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.why().fmt(f)
    }
}

impl error::Error for TransportError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
