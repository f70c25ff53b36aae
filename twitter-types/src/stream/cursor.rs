//! Where a stream stands, to be saved.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{id::PostId, timestamp::Timestamp};

/// Where a stream stands: everything that was created before [`time`](Self::time) has been handed
/// out, or reported as a gap. Save it when you are done with an item, and a stream that begins with
/// it reports and recovers what was missed in between. Its text is JSON, as serde writes it.
///
/// ```
/// use twitter_types::stream::Cursor;
///
/// let text = r#"{"operation":"streamPosts","last_id":"1","time":"2026-11-01T12:00:00.000Z"}"#;
/// let cursor: Cursor = text.parse()?;
/// assert_eq!(cursor.to_string(), text);
/// assert_eq!(serde_json::to_string(&cursor)?, text);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Cursor {
    /// The `operationId` of the stream.
    pub operation: Cow<'static, str>,
    /// The newest post that was handed out, if the stream is of posts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_id: Option<PostId>,
    /// From when on things may not have been handed out, by X's clock as far as it is known.
    pub time: Timestamp,
}

impl Cursor {
    pub(super) const fn new(
        operation: &'static str,
        last_id: Option<PostId>,
        time: Timestamp,
    ) -> Self {
        Self { operation: Cow::Borrowed(operation), last_id, time }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for Cursor {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(text)
    }
}

/// The cursor is of another stream.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OtherStream {
    /// The stream that the cursor is of, by its `operationId`.
    pub cursor: String,
    /// The stream that was to go on.
    pub stream: &'static str,
}

impl fmt::Display for OtherStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cursor, stream } = self;
        write!(f, "the cursor is of {cursor:?}, not of {stream:?}: keep one for each stream")
    }
}

impl std::error::Error for OtherStream {}
