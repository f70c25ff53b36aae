//! What reqwest's errors mean here.

use std::{
    error::Error as _,
    io::{self, ErrorKind},
};

use reqwest::Error;
use twitter_types::endpoint::{TransportError, TransportErrorKind};

/// The error of a call, or of reading its body.
pub(crate) fn of(error: Error) -> TransportError {
    let kind = kind(&error);
    if error.is_redirect() {
        // Its source quotes the URL, whose query may hold a secret.
        return TransportError::new(kind, "the client does not take the redirect");
    }
    TransportError::new(kind, error.without_url())
}

fn kind(error: &Error) -> TransportErrorKind {
    if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if is_closed(error) {
        TransportErrorKind::Closed
    } else {
        TransportErrorKind::Other
    }
}

fn is_closed(error: &Error) -> bool {
    let mut source = error.source();
    while let Some(error) = source {
        let broken = |error: &io::Error| {
            matches!(
                error.kind(),
                ErrorKind::UnexpectedEof
                    | ErrorKind::ConnectionReset
                    | ErrorKind::ConnectionAborted
                    | ErrorKind::BrokenPipe
            )
        };
        let unfinished = |error: &hyper::Error| {
            error.is_incomplete_message() || error.is_closed() || error.is_canceled()
        };
        if error.downcast_ref().is_some_and(broken) || error.downcast_ref().is_some_and(unfinished)
        {
            return true;
        }
        source = error.source();
    }
    false
}
