//! Texts that are not to be printed.

use core::fmt;

use serde::de::Deserializer;
use serde::ser::Serializer;

use super::{Vocabulary, Wire, serde_by_wire};

/// A text that lets whoever has it act, such as the token of a bot.
///
/// `{:?}` does not show it; [`expose`](Self::expose) does, and so does the JSON of the object that
/// it is in. With the feature `endpoints` it is wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(String);

impl SecretText {
    /// The text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for SecretText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

#[cfg(feature = "endpoints")]
impl Drop for SecretText {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.0);
    }
}

impl Wire for SecretText {
    fn read<'de, D: Deserializer<'de>>(
        field: &'static str,
        from: D,
    ) -> Result<Option<Self>, D::Error> {
        Ok(String::read(field, from)?.map(Self))
    }

    fn write<S: Serializer>(&self, _: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

serde_by_wire!(SecretText);

#[cfg(feature = "samples")]
impl crate::sample::Sample for SecretText {
    fn sample(from: crate::sample::Sampler<'_>) -> Self {
        Self(String::sample(from))
    }
}
