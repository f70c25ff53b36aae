//! JSON that holds a secret: written on purpose only.

use std::{fmt, io::Write as _};

use serde::Serialize;
use zeroize::Zeroizing;

/// A secret as JSON, to be kept somewhere safe: redacted when printed, zeroized when dropped.
#[derive(Clone)]
pub struct SecretJson(Zeroizing<String>);

impl SecretJson {
    /// Writes `value`, whose texts have `length` bytes together.
    pub(crate) fn new(value: &impl Serialize, length: usize) -> Self {
        // Room for all at once, each character escaped: a buffer that grows leaves copies behind.
        let mut buffer = Zeroizing::new(Vec::with_capacity(2 * length + 512));
        serde_json::to_writer(buffer.by_ref(), value).expect("texts and numbers are JSON");
        let text = str::from_utf8(&buffer).expect("JSON is UTF-8");
        Self(Zeroizing::new(text.to_owned()))
    }

    /// Takes text that may be such JSON; who reads it finds out.
    pub(crate) fn from_text(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The JSON in the clear.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretJson([redacted])")
    }
}
