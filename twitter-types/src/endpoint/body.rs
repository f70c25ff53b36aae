//! What an operation sends besides its URL.

use std::fmt;

use http::HeaderValue;
use memchr::memmem;

use crate::{endpoint::Payload, model::Vocabulary};

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

    /// JSON, the contents of a file, or nothing. It is not part of an OAuth 1.0a signature.
    pub fn of<P: Payload>(payload: &P) -> Self {
        let content_type = P::CONTENT_TYPE.map(HeaderValue::from_static);
        Self { bytes: payload.encode(Vocabulary::Current), content_type }
    }

    /// A form with fields and one file behind them (RFC 7578). It is not part of an OAuth 1.0a
    /// signature.
    pub fn multipart(fields: &[(&str, &dyn fmt::Display)], file: (&str, &[u8])) -> Self {
        let (name, content) = file;
        let fields: Vec<String> =
            fields.iter().map(|(name, value)| part(name, "", &value.to_string())).collect();
        let is_free = |boundary: &String| {
            let inside = |part: &[u8]| memmem::find(part, boundary.as_bytes()).is_some();
            !inside(content) && !fields.iter().any(|field| inside(field.as_bytes()))
        };
        let boundary = (0_u64..).map(|number| format!("x-boundary-{number:016x}")).find(is_free);
        let boundary = boundary.expect("a body is shorter than all boundaries together");
        let mut bytes = Vec::with_capacity(content.len() + 512);
        for field in &fields {
            bytes.extend_from_slice(format!("--{boundary}\r\n{field}\r\n").as_bytes());
        }
        let head = part(name, "; filename=\"file\"\r\nContent-Type: application/octet-stream", "");
        bytes.extend_from_slice(format!("--{boundary}\r\n{head}").as_bytes());
        bytes.extend_from_slice(content);
        bytes.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        let content_type = format!("multipart/form-data; boundary={boundary}");
        let content_type = HeaderValue::try_from(content_type).expect("a boundary is plain ASCII");
        Self { bytes, content_type: Some(content_type) }
    }
}

/// A part of a form: its headers, an empty line, and its value.
fn part(name: &str, more: &str, value: &str) -> String {
    format!("Content-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{value}")
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({} bytes, {:?})", self.bytes.len(), self.content_type)
    }
}

#[cfg(test)]
mod tests {
    use super::Body;

    #[test]
    fn a_form_keeps_its_bytes_and_its_boundary_apart() {
        let content = b"--x-boundary-0000000000000000\r\n\0\xff";
        let body = Body::multipart(&[("segment_index", &7)], ("media", content));
        let boundary = "x-boundary-0000000000000001";
        let content_type = format!("multipart/form-data; boundary={boundary}");
        assert_eq!(body.content_type.unwrap(), content_type);
        let mut expected = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"segment_index\"\r\n\r\n7\r\n\
             --{boundary}\r\nContent-Disposition: form-data; name=\"media\"; filename=\"file\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        expected.extend_from_slice(content);
        expected.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        assert_eq!(body.bytes, expected);
    }
}
