//! How the objects of a reply are declared, read and written: the macros `model!` and `open_enum!`,
//! and the traits that their expansions implement.
//!
//! What holds for every model:
//!
//! - Absent and `null` read alike; in a list, `null` elements are skipped, and an empty list reads
//!   and writes like an absent one.
//! - A field with old spellings reads them all, in any order. Within one object the current
//!   spelling wins, and of repeated keys the last; nothing of this is an error.
//! - Numbers are read from strings too, and texts and ids from numbers.
//! - A value of the wrong type is an error that names the field.
//! - Unknown fields are kept in `extra`, and written back.

mod extra;
mod field;
mod forms;
mod macros;
mod open_enum;
mod scalar;
mod secret;

pub use extra::Extra;
pub use field::{Field, Form, OneOrMany, Plain, Quoted};
pub(crate) use field::{KeySeed, ValueSeed, Written, write_field};
pub use forms::{Digits, Millis, QuotedMillis, UnixMillis, Unquoted, Unwrapped};
pub(crate) use macros::{form, model, wire_name};
pub use open_enum::OpenEnum;
pub(crate) use open_enum::{EnumVisitor, open_enum};
pub use secret::SecretText;

use core::{fmt, marker::PhantomData};

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A value as it stands in a reply.
///
/// Implemented by every model, id, enum and scalar of this crate; there is seldom a reason to call
/// it. Models also implement serde's own traits, which read and write the same JSON.
pub trait Wire: Sized {
    /// Reads a value, `None` for `null`. `field` is the name that an error gives.
    ///
    /// # Errors
    ///
    /// The deserializer's own, or a value of another type.
    fn read<'de, D: Deserializer<'de>>(
        field: &'static str,
        from: D,
    ) -> Result<Option<Self>, D::Error>;

    /// Reads a value, and puts it where it belongs. Objects are put there from within, since every
    /// layer of a deserializer that returned one would copy it.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    fn read_to<'de, D: Deserializer<'de>>(
        field: &'static str,
        from: D,
        put: impl FnOnce(Option<Self>),
    ) -> Result<(), D::Error> {
        put(Self::read(field, from)?);
        Ok(())
    }

    /// Writes the value with the names of one vocabulary.
    ///
    /// # Errors
    ///
    /// The serializer's own.
    fn write<S: Serializer>(&self, vocabulary: Vocabulary, to: S) -> Result<S::Ok, S::Error>;
}

/// An object of a reply, declared with `model!`.
pub trait Model: Sized {
    /// The name of the type, for messages.
    const NAME: &'static str;

    /// Reads the entries of an object.
    ///
    /// # Errors
    ///
    /// The deserializer's own, a value of another type, or a missing `id`.
    fn read_map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;

    /// Writes the entries of an object.
    ///
    /// # Errors
    ///
    /// The serializer's own.
    fn write_map<M: SerializeMap>(
        &self,
        vocabulary: Vocabulary,
        map: &mut M,
    ) -> Result<(), M::Error>;
}

/// The names that an object is written with. Both are read.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Vocabulary {
    /// The names since specification 2.167: `repost_count`, `referenced_posts`.
    #[default]
    Current,
    /// The names before, which X still sends to requests with `tweet.fields`: `retweet_count`,
    /// `referenced_tweets`.
    Old,
}

impl Vocabulary {
    /// Picks the spelling of a name; the first old one is the one that X used last.
    pub(crate) fn pick(self, current: &'static str, old: &[&'static str]) -> &'static str {
        match (self, old) {
            (Self::Old, [old, ..]) => old,
            _ => current,
        }
    }
}

/// Serializes a value with the old names at every depth.
///
/// ```
/// use twitter_types::model::OldNames;
/// use twitter_types::models::{Post, PostPublicMetrics};
///
/// let mut metrics = PostPublicMetrics::new();
/// metrics.repost_count = Some(3);
/// let mut post = Post::new(20.into());
/// post.public_metrics = Some(metrics);
///
/// let old = serde_json::to_string(&OldNames(&post))?;
/// assert_eq!(old, r#"{"id":"20","public_metrics":{"retweet_count":3}}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "made to be wrapped around a reference")]
pub struct OldNames<'a, T>(pub &'a T);

impl<T: Wire> Serialize for OldNames<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.write(Vocabulary::Old, to)
    }
}

/// Reads an object, or `null`: [`Wire::read_to`] of every model.
pub(crate) fn read_object<'de, M: Model, D: Deserializer<'de>>(
    field: &'static str,
    from: D,
    put: impl FnOnce(Option<M>),
) -> Result<(), D::Error> {
    from.deserialize_any(ObjectVisitor(field, put, PhantomData))
}

/// Writes an object: [`Wire::write`] of every model.
pub(crate) fn write_object<M: Model, S: Serializer>(
    object: &M,
    vocabulary: Vocabulary,
    to: S,
) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(None)?;
    object.write_map(vocabulary, &mut map)?;
    map.end()
}

struct ObjectVisitor<M, P>(&'static str, P, PhantomData<M>);

impl<'de, M: Model, P: FnOnce(Option<M>)> Visitor<'de> for ObjectVisitor<M, P> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expected(f, format_args!("a {} object", M::NAME), self.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        self.1(Some(M::read_map(map)?));
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.1(None);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.1(None);
        Ok(())
    }
}

/// Reads a value where `null` is not expected: serde's `deserialize` of every type here.
pub(crate) fn read_required<'de, T: Wire, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    T::read("", from)?.ok_or_else(|| serde::de::Error::custom("null where a value belongs"))
}

/// Implements serde's traits by [`Wire`].
macro_rules! serde_by_wire {
    ($name:ident $(<$t:ident $(: $bound:path)?>)?) => {
        impl<'de $(, $t $(: $bound)?)?> serde::Deserialize<'de> for $name $(<$t>)? {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::model::read_required(from)
            }
        }

        impl $(<$t $(: $bound)?>)? serde::Serialize for $name $(<$t>)? {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                $crate::model::Wire::write(self, $crate::model::Vocabulary::Current, to)
            }
        }
    };
}

pub(crate) use serde_by_wire;

/// What was expected, and in which field: the end of every error of a wrong type.
pub(crate) fn expected(
    f: &mut fmt::Formatter<'_>,
    what: impl fmt::Display,
    field: &str,
) -> fmt::Result {
    if field.is_empty() { write!(f, "{what}") } else { write!(f, "{what} in `{field}`") }
}
