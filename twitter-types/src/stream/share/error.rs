//! Why leases or a log failed, and what to do about it.

use std::{error, fmt};

/// The leases or the log could not be had. It holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShareError {
    /// What happened.
    pub kind: ShareErrorKind,
    /// Which leases or log, for people: the key on a server.
    pub place: String,
}

/// What kept leases or a log from working.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShareErrorKind {
    /// Another consumer has taken the partition over: stop reading it.
    Superseded,
    /// The log has lost what it had confirmed: open the partition again, and begin with its cursor.
    Forgotten,
    /// The server does not answer.
    Unreachable,
    /// The server wants another password, or gives no right to do this.
    Forbidden,
    /// There is no room left.
    Full,
    /// What is there is nothing that was written by this code.
    Corrupted,
    /// Anything else, in a few words without a secret.
    Other(String),
}

impl ShareError {
    /// An error of leases or a log of your own. `place` must hold no secret, such as the password
    /// in a URL.
    pub fn new(kind: ShareErrorKind, place: impl Into<String>) -> Self {
        Self { kind, place: place.into() }
    }
}

impl fmt::Display for ShareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        match &self.kind {
            ShareErrorKind::Superseded => {
                f.write_str("another consumer has taken the partition over: stop reading it")
            }
            ShareErrorKind::Forgotten => f.write_str(
                "it has lost what it had confirmed, as a server does that crashed: begin again with its \
                 cursor",
            ),
            ShareErrorKind::Unreachable => {
                f.write_str("it does not answer: check that it runs, its address and the network")
            }
            ShareErrorKind::Forbidden => f.write_str(
                "the server refuses: check the password, the user's rights, and that it is no replica",
            ),
            ShareErrorKind::Full => f.write_str(
                "there is no room left: give the server more memory, or keep fewer entries",
            ),
            ShareErrorKind::Corrupted => f.write_str(
                "what is there was written by something else: choose another key",
            ),
            ShareErrorKind::Other(what) => write!(f, "{what}: check that it works at all"),
        }
    }
}

impl error::Error for ShareError {}
