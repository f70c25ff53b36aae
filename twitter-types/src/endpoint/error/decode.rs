//! Answers that are not what the operation answers.

use std::fmt;

use http::{HeaderMap, StatusCode, header::CONTENT_TYPE};

use super::excerpt;
use crate::endpoint::causes::{self, Cause};

/// X, or something in its place, answered what this operation does not answer.
#[non_exhaustive]
pub struct DecodeError {
    /// The `operationId` of the call.
    pub operation: &'static str,
    /// The status.
    pub status: StatusCode,
    content_type: String,
    body: Vec<u8>,
    source: serde_json::Error,
}

impl DecodeError {
    pub(crate) fn new(
        operation: &'static str,
        status: StatusCode,
        headers: &HeaderMap,
        body: Vec<u8>,
        source: serde_json::Error,
    ) -> Self {
        let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let content_type = excerpt(content_type.unwrap_or("none"), 100);
        Self { operation, status, content_type, body, source }
    }

    /// The body as it came.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Why it cannot be read, by the [table of causes](causes).
    pub fn why(&self) -> &'static Cause {
        match self.body.trim_ascii_start() {
            [] => &causes::ANSWER_EMPTY,
            [b'{' | b'[', ..] if self.source.is_eof() => &causes::ANSWER_CUT_OFF,
            [b'{' | b'[', ..] => &causes::ANSWER_UNKNOWN,
            _ => &causes::ANSWER_NO_JSON,
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, status, content_type, body, source } = self;
        let (cause, length) = (self.why(), body.len());
        write!(f, "{operation}: {status}, but {}", cause.means)?;
        if *cause == causes::ANSWER_NO_JSON {
            write!(f, " ({length} bytes of {content_type})")?;
        } else if *cause == causes::ANSWER_CUT_OFF {
            write!(f, " ({length} bytes)")?;
        } else if *cause == causes::ANSWER_UNKNOWN {
            write!(f, " ({length} bytes, {})", excerpt(&source.to_string(), 300))?;
        }
        write!(f, ": {}", cause.next)
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("source", &format_args!("{}", excerpt(&self.source.to_string(), 300)))
            .finish()
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
