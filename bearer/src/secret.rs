//! A text that must not be seen.

use std::{fmt, io::Write as _};

use serde::Serialize;
use zeroize::Zeroizing;

/// A key, a secret, a token, or a text that holds one: redacted when printed, and wiped from memory
/// when dropped. It is neither compared nor serialized.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Keeps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// Writes a value as JSON; its texts have `length` bytes together.
    ///
    /// # Panics
    ///
    /// If the value cannot be JSON, such as a map whose keys are no texts.
    pub fn json(value: &impl Serialize, length: usize) -> Self {
        // Room for all at once, each character escaped: a buffer that grows leaves copies behind.
        let mut buffer = Zeroizing::new(Vec::with_capacity(2 * length + 512));
        serde_json::to_writer(buffer.by_ref(), value).expect("texts and numbers are JSON");
        let text = str::from_utf8(&buffer).expect("JSON is UTF-8");
        Self(Zeroizing::new(text.to_owned()))
    }

    /// The text in the clear.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
