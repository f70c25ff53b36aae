//! What goes into a refresh and what comes out.

use std::time::Duration;

use http::Request;

use super::RefreshError;
use crate::{AccessToken, SecretForm};

/// What to do next.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "who drives it must know every step")]
pub enum Step {
    /// Send the request and hand what comes to [`Refresh::receive`](crate::Refresh::receive).
    Send(Request<SecretForm>),
    /// Wait this long, then call [`Refresh::step`](crate::Refresh::step) again.
    Wait(Duration),
    /// This is the outcome.
    Done(Result<Access, RefreshError>),
}

/// An access token that works.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Access {
    /// The token.
    pub token: AccessToken,
    /// What needs attention although there is a token: a new pair that could not be written, or a
    /// refresh that failed while the old token still lives.
    pub warning: Option<RefreshError>,
}

/// No reply came to a request: it could not be sent, or the connection broke, or time ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct NoReply;

impl NoReply {
    /// The mark of a failed request.
    pub const fn new() -> Self {
        Self
    }
}

impl Default for NoReply {
    fn default() -> Self {
        Self::new()
    }
}
