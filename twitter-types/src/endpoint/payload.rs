//! What a body holds, whichever way it is written.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::Error;

use crate::model::{Vocabulary, Wire, read_required};

/// What the body of a reply or of a request holds: JSON for every model, bytes for a download.
pub trait Payload: Sized + fmt::Debug + Send + 'static {
    /// The media type, where there is anything at all.
    const CONTENT_TYPE: Option<&'static str> = Some("application/json");

    /// Reads a body.
    ///
    /// # Errors
    ///
    /// If the body is something else.
    fn decode(body: &[u8]) -> Result<Self, Error>;

    /// Writes a body, with the names of one vocabulary.
    fn encode(&self, vocabulary: Vocabulary) -> Vec<u8>;
}

impl<T: Wire + fmt::Debug + Send + 'static> Payload for T {
    /// Checking the text once, and then reading it as text, is a seventh cheaper than checking each
    /// string.
    fn decode(body: &[u8]) -> Result<Self, Error> {
        let text = str::from_utf8(body).map_err(Error::custom)?;
        let mut from = serde_json::Deserializer::from_str(text);
        let value = Self::read("", &mut from)?;
        from.end()?;
        value.ok_or_else(|| Error::custom("null where a value belongs"))
    }

    fn encode(&self, vocabulary: Vocabulary) -> Vec<u8> {
        let mut body = Vec::new();
        let mut to = serde_json::Serializer::new(&mut body);
        self.write(vocabulary, &mut to).expect("a model is made of strings, numbers and lists");
        body
    }
}

/// Implements [`Payload`] for what is no model, but can be read and written by serde.
macro_rules! payload_by_serde {
    ($name:ty) => {
        impl $crate::endpoint::Payload for $name {
            fn decode(body: &[u8]) -> Result<Self, serde_json::Error> {
                serde_json::from_slice(body)
            }

            fn encode(&self, _: $crate::model::Vocabulary) -> Vec<u8> {
                serde_json::to_vec(self).expect("a body is made of strings, numbers and lists")
            }
        }
    };
}

pub(crate) use payload_by_serde;

/// Nothing: the body of a request that has none.
impl Payload for () {
    const CONTENT_TYPE: Option<&'static str> = None;

    fn decode(_: &[u8]) -> Result<Self, Error> {
        Ok(())
    }

    fn encode(&self, _: Vocabulary) -> Vec<u8> {
        Vec::new()
    }
}

/// A body that is no JSON: the contents of a file.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Bytes(Vec<u8>);

impl Bytes {
    /// The bytes.
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }

    /// The bytes, as they came.
    pub fn into_vec(self) -> Vec<u8> {
        self.0
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes({} bytes)", self.0.len())
    }
}

impl Payload for Bytes {
    const CONTENT_TYPE: Option<&'static str> = Some("application/octet-stream");

    fn decode(body: &[u8]) -> Result<Self, Error> {
        Ok(body.into())
    }

    fn encode(&self, _: Vocabulary) -> Vec<u8> {
        self.0.clone()
    }
}

/// A stream that was read to its end: one item a line, keep-alives left out.
///
/// X ends a stream only to disconnect, so this suits recorded streams and short ones.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Lines<T> {
    /// The items, in X's order.
    pub items: Vec<T>,
}

impl<T: Wire + fmt::Debug + Send + 'static> Payload for Lines<T> {
    fn decode(body: &[u8]) -> Result<Self, Error> {
        let text = str::from_utf8(body).map_err(Error::custom)?;
        let values = serde_json::Deserializer::from_str(text).into_iter::<Item<T>>();
        Ok(Self { items: values.map(|item| item.map(|item| item.0)).collect::<Result<_, _>>()? })
    }

    fn encode(&self, vocabulary: Vocabulary) -> Vec<u8> {
        let line = |item: &T| [item.encode(vocabulary).as_slice(), b"\r\n"].concat();
        self.items.iter().flat_map(line).collect()
    }
}

/// An item on its way in.
struct Item<T>(T);

impl<'de, T: Wire> Deserialize<'de> for Item<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        read_required(from).map(Self)
    }
}

/// What a body holds, as a value: for tools that learn at run time which operation it is of.
#[derive(Clone, Copy)]
pub struct Shape {
    content_type: Option<&'static str>,
    name: fn() -> &'static str,
    reread: fn(&[u8], Vocabulary) -> Result<Reread, Error>,
}

/// A body that was read and written again.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reread {
    /// The body as this crate writes it.
    pub body: Vec<u8>,
    /// The value as `{:?}` shows it: what this crate does not know stands in `extra: {…}` and in
    /// `Unknown(…)`.
    pub debug: String,
}

impl Shape {
    /// The shape of a type.
    pub const fn of<T: Payload>() -> Self {
        Self {
            content_type: T::CONTENT_TYPE,
            name: std::any::type_name::<T>,
            reread: |body, vocabulary| {
                let value = T::decode(body)?;
                Ok(Reread { body: value.encode(vocabulary), debug: format!("{value:?}") })
            },
        }
    }

    /// The media type, or `None` where there is no body.
    pub const fn content_type(&self) -> Option<&'static str> {
        self.content_type
    }

    /// The name of the type, for messages.
    pub fn name(&self) -> &'static str {
        (self.name)()
    }

    /// Reads a body and writes it again, with the names of one vocabulary.
    ///
    /// # Errors
    ///
    /// If the body is something else.
    pub fn reread(&self, body: &[u8], vocabulary: Vocabulary) -> Result<Reread, Error> {
        (self.reread)(body, vocabulary)
    }
}

impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shape({})", self.name())
    }
}

#[cfg(feature = "samples")]
mod samples {
    use super::{Bytes, Lines};
    use crate::sample::{Sample, Sampler};

    impl Sample for Bytes {
        fn sample(_: Sampler<'_>) -> Self {
            b"sample".as_slice().into()
        }
    }

    impl<T: Sample> Sample for Lines<T> {
        fn sample(from: Sampler<'_>) -> Self {
            Self { items: vec![T::sample(from)] }
        }
    }
}
