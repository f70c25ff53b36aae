//! Answers that are not what the operation answers.

use std::fmt;

use http::{HeaderMap, StatusCode, header::CONTENT_TYPE};

use super::excerpt;

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
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, status, content_type, body, source } = self;
        write!(f, "{operation}: {status}, ")?;
        if body.trim_ascii().is_empty() {
            return f.write_str(
                "with an empty body where an answer belongs: X may have carried it out all the \
                 same, so look before you send it again",
            );
        }
        let length = body.len();
        if !matches!(body.trim_ascii_start().first(), Some(b'{' | b'[')) {
            return write!(
                f,
                "with {length} bytes of {content_type} where JSON belongs: is a proxy or a login page \
                 between you and X?"
            );
        }
        if source.is_eof() {
            return write!(f, "but the body of {length} bytes is cut off: send a read again");
        }
        let reason = excerpt(&source.to_string(), 300);
        write!(
            f,
            "but the body of {length} bytes is not what the operation answers: {reason} (look at \
             it with `DecodeError::body`, and report it)"
        )
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
