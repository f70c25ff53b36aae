//! What each error means, and what to do next: one table, by which [`Error::why`](super::Error::why),
//! [`ApiError::why`](super::ApiError::why) and the command `twitter doctor` go.
//!
//! The first row of the table that fits an answer is its cause, so that what is told by a problem's
//! type or code stands before what is told by the status alone. Where the kind of credential matters
//! and is known, its row stands before the general one.
//!
//! Nothing here has been seen on the live X by the authors: it follows X's documentation of 2026 and
//! specification 2.173, and what others have reported of X, which the source marks.
//!
//! ```
//! use twitter_types::endpoint::{self, Error};
//! use twitter_types::users;
//!
//! let body = br#"{"title":"Client Forbidden","reason":"client-not-enrolled",
//!     "type":"https://api.x.com/2/problems/client-forbidden"}"#;
//! let response = http::Response::builder().status(403).body(body.to_vec())?;
//! let error = endpoint::reply::<users::Me>(response).unwrap_err();
//! assert_eq!(error.why().id, "client-not-enrolled");
//! assert_eq!(
//!     error.explain(),
//!     "attach the App to a Project with access in the developer console"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The table
//!
//! "Sign" is what the answer has, all of it: an HTTP status, the last segment of a problem's type, a
//! reason, a code of the older API, words, the kind of credential. Where there is no answer to go by,
//! it is the error's variant.
#![doc = include_str!("causes/table.md")]

mod codes;
mod local;
mod messages;
mod of_errors;
mod problems;
mod signs;
mod statuses;

pub(super) use codes::CLOCK_OFF;
pub(super) use local::{ANSWER_CUT_OFF, ANSWER_EMPTY, ANSWER_NO_JSON, ANSWER_UNKNOWN};
pub(super) use of_errors::of;
pub(super) use signs::Seen;
pub use signs::{Sign, Signs};

use std::fmt;

/// Why something failed, and what to do next.
///
/// As a text it is both: `the App has no credits left: buy credits in the developer console, since
/// waiting does not help`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Cause {
    /// Its name, which stays the same from release to release: for logs, metrics and searches.
    pub id: &'static str,
    /// What it is recognized by.
    pub sign: Sign,
    /// What it means.
    pub means: &'static str,
    /// What to do next.
    pub next: &'static str,
}

impl Cause {
    /// Every cause: the table.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        let of_answers =
            [problems::ROWS, messages::ROWS, statuses::LIMITS, codes::ROWS, statuses::ROWS];
        of_answers.into_iter().chain([local::ROWS]).flatten()
    }

    /// The cause of that name.
    pub fn named(id: &str) -> Option<&'static Self> {
        Self::all().find(|cause| cause.id == id)
    }

    /// The first cause that fits an answer.
    pub(super) fn of(seen: &Seen<'_>) -> Option<&'static Self> {
        Self::all().find(|cause| matches!(&cause.sign, Sign::Answer(signs) if signs.fit(seen)))
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.means, self.next)
    }
}

impl PartialEq for Cause {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Cause {}
