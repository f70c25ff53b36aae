//! Where a walk goes on, as a text that can be kept.

use std::{borrow::Cow, error, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Where a walk through pages goes on, to be kept in a file or a database: by its text, or by serde,
/// which writes the same text.
///
/// It holds the operation's name, X's token of the page, how much came so far, and nothing secret.
/// The operation's parameters are not in it: hand them in again, unchanged.
///
/// ```
/// use twitter_types::{endpoint::{Cursor, Pages}, users};
///
/// let cursor: Cursor = "getUsersFollowers:140:2:40:=7140dibdnow9c7btw482".parse()?;
/// assert_eq!((cursor.items(), cursor.pages()), (140, 2));
/// let mut pages = Pages::resume(users::Followers::new(7), &cursor)?;
/// let next = pages.next_request().ok_or("at its end")??;
/// assert_eq!(next.pagination_token.as_deref(), Some("7140dibdnow9c7btw482"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Cursor {
    pub(super) operation: Cow<'static, str>,
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
    pub(super) const fn start(operation: &'static str) -> Self {
        let operation = Cow::Borrowed(operation);
        Self { operation, place: Place::Start, skip: 0, before: 0, pages: 0 }
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

    pub(super) fn check(&self, operation: &'static str) -> Result<(), CursorError> {
        CursorError::unless_same(&self.operation, operation)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, skip, pages, .. } = self;
        write!(f, "{operation}:{}:{pages}:{skip}:", self.items())?;
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
    let mut parts = text.splitn(5, ':');
    let operation = parts.next().filter(|name| !name.is_empty())?;
    let mut number = || parts.next()?.parse::<u64>().ok();
    let (items, pages, skip) = (number()?, number()?, number()?);
    let place = match parts.next()? {
        "^" => Place::Start,
        "$" => Place::End,
        token => Place::At(token.strip_prefix('=').filter(|token| !token.is_empty())?.into()),
    };
    let operation = Cow::Owned(operation.into());
    Some(Cursor { operation, place, skip, before: items.checked_sub(skip)?, pages })
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
}

impl CursorError {
    pub(super) fn unless_same(found: &str, expected: &'static str) -> Result<(), Self> {
        if found == expected {
            return Ok(());
        }
        Err(Self::OtherOperation { found: found.chars().take(60).collect(), expected })
    }
}

impl fmt::Display for CursorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => f.write_str("what was kept is no cursor: begin anew"),
            Self::OtherOperation { found, expected } => write!(
                f,
                "the cursor is one of {found:?}, and cannot go on with {expected}: begin anew"
            ),
        }
    }
}

impl error::Error for CursorError {}
