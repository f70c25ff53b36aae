//! Where a walk goes on, as a text that can be kept.

use std::{borrow::Cow, error, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::List;
use crate::endpoint::Endpoint;

/// Where a walk through pages goes on, to be kept in a file or a database: by its text, or by serde,
/// which writes the same text.
///
/// It holds the operation's name, a checksum of the parameters, X's token of the page, how much came so
/// far, and nothing secret. The parameters themselves are not in it: hand them in again, unchanged. Only
/// what says how much of the list to show, `max_results`, fields and expansions, may change.
///
/// ```
/// use twitter_types::{endpoint::{Cursor, Pages}, users};
///
/// let cursor: Cursor = "getUsersFollowers:bb473218095f70d2:140:2:40:=7140dibdnow9c7btw482".parse()?;
/// assert_eq!((cursor.items(), cursor.pages()), (140, 2));
/// let mut pages = Pages::resume(users::Followers::new(7), &cursor)?;
/// let next = pages.next_request().ok_or("at its end")??;
/// assert_eq!(next.pagination_token.as_deref(), Some("7140dibdnow9c7btw482"));
///
/// // It is of no use for the followers of another user.
/// Pages::resume(users::Followers::new(8), &cursor).unwrap_err();
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Cursor {
    pub(super) operation: Cow<'static, str>,
    pub(super) list: List,
    pub(super) place: Place,
    /// Items of that page that are done.
    pub(super) skip: u64,
    /// Items of the pages before.
    pub(super) before: u64,
    pub(super) pages: u64,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// The one that the operation asks for as it is.
    Start,
    /// The one that X calls so.
    At(String),
    /// None: the list is at its end.
    End,
}

impl Cursor {
    /// The beginning of the list that an operation asks for.
    pub(super) fn start<E: Endpoint>(endpoint: &E) -> Self {
        Self {
            operation: Cow::Borrowed(E::OPERATION),
            list: List::of(endpoint),
            place: Place::Start,
            skip: 0,
            before: 0,
            pages: 0,
        }
    }

    /// The `operationId` of the operation whose pages these are.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// How many items came so far, those before an earlier cursor included.
    pub const fn items(&self) -> u64 {
        self.before.saturating_add(self.skip)
    }

    /// How many whole pages came so far, those before an earlier cursor included.
    pub const fn pages(&self) -> u64 {
        self.pages
    }

    /// Whether the list is at its end: a walk that goes on from here has nothing to give.
    pub fn is_end(&self) -> bool {
        self.place == Place::End
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, list, skip, pages, .. } = self;
        write!(f, "{operation}:{list}:{}:{pages}:{skip}:", self.items())?;
        match &self.place {
            Place::Start => f.write_str("^"),
            Place::At(token) => write!(f, "={token}"),
            Place::End => f.write_str("$"),
        }
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        parse(text).ok_or(CursorError::Unreadable)
    }
}

fn parse(text: &str) -> Option<Cursor> {
    let mut parts = text.splitn(6, ':');
    let operation = parts.next().filter(|name| !name.is_empty())?;
    let list = parts.next()?.parse().ok()?;
    let mut number = || parts.next()?.parse::<u64>().ok();
    let (items, pages, skip) = (number()?, number()?, number()?);
    let place = match parts.next()? {
        "^" => Place::Start,
        "$" => Place::End,
        token => Place::At(token.strip_prefix('=').filter(|token| !token.is_empty())?.into()),
    };
    let operation = Cow::Owned(operation.into());
    Some(Cursor { operation, list, place, skip, before: items.checked_sub(skip)?, pages })
}

impl From<Cursor> for String {
    fn from(cursor: Cursor) -> Self {
        cursor.to_string()
    }
}

impl TryFrom<String> for Cursor {
    type Error = CursorError;

    fn try_from(text: String) -> Result<Self, CursorError> {
        text.parse()
    }
}

/// A walk cannot go on from what was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CursorError {
    /// The text is no cursor.
    Unreadable,
    /// The cursor is one of another operation.
    OtherOperation {
        /// The operation that the cursor names.
        found: String,
        /// The operation at hand.
        expected: &'static str,
    },
    /// The cursor is one of the operation with other parameters, such as the id of another user.
    OtherParameters {
        /// The operation.
        operation: &'static str,
    },
}

impl fmt::Display for CursorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => f.write_str("what was kept is no cursor: begin anew"),
            Self::OtherOperation { found, expected } => write!(
                f,
                "the cursor is one of {found:?}, and cannot go on with {expected}: begin anew"
            ),
            Self::OtherParameters { operation } => write!(
                f,
                "the cursor is one of {operation} with other parameters: hand in those that it was \
                 kept with, or begin anew"
            ),
        }
    }
}

impl error::Error for CursorError {}
