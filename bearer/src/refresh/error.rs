//! Why there is no fresh access token, and what to do about it.

use std::{error, fmt};

use crate::{Error, Refusal, StoreError};

/// Why a session has no fresh access token. No token is lost by it, and none is shown by it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum RefreshError {
    /// The store is empty: nobody has logged in yet, or somebody has logged out.
    LoggedOut,
    /// The access token has ended or was refused, and there is no refresh token.
    NoRefreshToken,
    /// X does not take the refresh token: it was used already, revoked, or is too old.
    Spent(Refusal),
    /// The token endpoint's reply yields no token. The old pair is kept and tried again next time.
    Reply(Error),
    /// No reply came, twice. The old pair is kept and tried again next time.
    NoReply,
    /// The store failed, so that refreshing would not be safe, or the new pair could not be written.
    Store(StoreError),
    /// Somebody else has held the lock for two minutes without an outcome.
    #[non_exhaustive]
    Busy {
        /// The store whose lock it is.
        place: String,
    },
}

impl fmt::Display for RefreshError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LoggedOut => f.write_str("there are no tokens of a user: log in"),
            Self::NoRefreshToken => f.write_str(
                "the access token no longer works, and there is no refresh token to obtain another \
                 with: log in again, with the scope offline.access to receive one",
            ),
            Self::Spent(refusal) => write!(f, "the refresh token no longer works: {refusal}"),
            Self::Reply(error) => write!(f, "the access token was not renewed: {error}"),
            Self::NoReply => f.write_str(
                "the access token was not renewed, because no reply came: check the network, then \
                 try again; the refresh token is kept",
            ),
            Self::Store(error) => write!(f, "the token store failed: {error}"),
            Self::Busy { place } => write!(
                f,
                "{place}: another task or process has been renewing the tokens for two minutes: end it \
                 if it hangs, then try again"
            ),
        }
    }
}

impl error::Error for RefreshError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Reply(error) => Some(error),
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}

impl From<StoreError> for RefreshError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
