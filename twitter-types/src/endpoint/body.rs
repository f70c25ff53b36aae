//! What an operation sends besides its URL.

use std::fmt;

use http::HeaderValue;
use serde::Serialize;

/// A request's body and its content type.
#[derive(Clone, Default)]
pub struct Body {
    pub(crate) bytes: Vec<u8>,
    pub(crate) content_type: Option<HeaderValue>,
}

impl Body {
    /// No body, and no content type.
    pub const fn empty() -> Self {
        Self { bytes: Vec::new(), content_type: None }
    }

    /// A JSON body. It is not part of an OAuth 1.0a signature.
    ///
    /// # Panics
    ///
    /// If `value` cannot be written as JSON, as a map whose keys are no strings.
    pub fn json(value: &impl Serialize) -> Self {
        let bytes =
            serde_json::to_vec(value).expect("a body is made of strings, numbers and lists");
        Self { bytes, content_type: Some(HeaderValue::from_static("application/json")) }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({} bytes, {:?})", self.bytes.len(), self.content_type)
    }
}
