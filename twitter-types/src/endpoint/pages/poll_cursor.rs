//! Where a poll goes on, as a text that can be kept.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{CursorError, List};
use crate::id::PostId;

/// Where a poll goes on, to be kept in a file or a database: by its text, which is JSON, or by serde.
///
/// Between two rounds it is one post's id; in the middle of a round it also names the page, and up to
/// some 1,500 posts that came of the round. Nothing in it is secret. Of the operation's parameters it has
/// a checksum: hand them in again, unchanged but for `max_results`, fields and expansions, and for where
/// the poll began, its `since_id` or start time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollCursor {
    pub(super) operation: String,
    pub(super) list: List,
    pub(super) since_id: Option<PostId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) newest_id: Option<PostId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) until_id: Option<PostId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) token: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) seen: Vec<PostId>,
}

impl PollCursor {
    /// The `operationId` of the operation that is polled.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// Whether a round has yet to begin.
    pub(super) fn is_between(&self) -> bool {
        self.newest_id.is_none() && self.until_id.is_none() && self.token.is_none()
    }

    /// The newest post of the last round that came to its end: every post up to this one is done.
    pub const fn since_id(&self) -> Option<PostId> {
        self.since_id
    }
}

impl fmt::Display for PollCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for PollCursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        serde_json::from_str(text).map_err(|_| CursorError::Unreadable)
    }
}
