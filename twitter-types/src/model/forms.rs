//! Forms of numbers, times and objects that a type alone does not say, and bodies' own types.

use core::fmt;

use serde::de::{Deserializer, Error};
use serde::ser::Serializer;

use super::{Field, Form, Vocabulary, Wire, serde_by_wire};
use crate::id::Id;
use crate::json::Json;
use crate::timestamp::Timestamp;

/// A time as a number of milliseconds since 1970; read from a text too.
#[non_exhaustive]
#[derive(Debug)]
pub struct Millis;

/// A time as the digits of its milliseconds since 1970.
#[non_exhaustive]
#[derive(Debug)]
pub struct QuotedMillis;

fn read_millis<'de, D: Deserializer<'de>>(
    field: &'static str,
    from: D,
) -> Result<Option<Timestamp>, D::Error> {
    let Some(millis) = i64::read(field, from)? else { return Ok(None) };
    let outside = || D::Error::custom(format_args!("{millis} is no time in `{field}`"));
    Timestamp::from_millis(millis).ok_or_else(outside).map(Some)
}

impl Form<Option<Timestamp>> for Millis {
    fn read<'de, D: Deserializer<'de>>(
        value: &mut Option<Timestamp>,
        field: &'static str,
        from: D,
    ) -> Result<(), D::Error> {
        *value = read_millis(field, from)?;
        Ok(())
    }

    fn write<S: Serializer>(
        value: &Option<Timestamp>,
        _: Vocabulary,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(time) => to.serialize_i64(time.as_millis()),
            None => to.serialize_none(),
        }
    }
}

impl Form<Option<Timestamp>> for QuotedMillis {
    fn read<'de, D: Deserializer<'de>>(
        value: &mut Option<Timestamp>,
        field: &'static str,
        from: D,
    ) -> Result<(), D::Error> {
        *value = read_millis(field, from)?;
        Ok(())
    }

    fn write<S: Serializer>(
        value: &Option<Timestamp>,
        _: Vocabulary,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(time) => to.collect_str(&time.as_millis()),
            None => to.serialize_none(),
        }
    }
}

/// An id that the specification writes as a number.
#[non_exhaustive]
#[derive(Debug)]
pub struct Unquoted;

impl<T> Form<Option<Id<T>>> for Unquoted {
    fn write<S: Serializer>(
        value: &Option<Id<T>>,
        _: Vocabulary,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(id) => to.serialize_u64(id.as_u64()),
            None => to.serialize_none(),
        }
    }
}

/// An object that X also sends inside another one, as its `data`; written without.
#[non_exhaustive]
#[derive(Debug)]
pub struct Unwrapped;

impl<T: Wire> Form<Option<T>> for Unwrapped {
    fn read<'de, D: Deserializer<'de>>(
        value: &mut Option<T>,
        field: &'static str,
        from: D,
    ) -> Result<(), D::Error> {
        let mut json = Json::read(field, from)?.unwrap_or_default();
        if let Json::Object(members) = &json
            && let (1, Some(data)) = (members.len(), members.get("data"))
        {
            json = data.clone();
        }
        value.read(field, json).map_err(D::Error::custom)
    }
}

/// A number that a request writes as a text of digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digits(u64);

impl Digits {
    /// The number.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl From<u64> for Digits {
    fn from(number: u64) -> Self {
        Self(number)
    }
}

impl fmt::Display for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Wire for Digits {
    fn read<'de, D: Deserializer<'de>>(
        field: &'static str,
        from: D,
    ) -> Result<Option<Self>, D::Error> {
        Ok(u64::read(field, from)?.map(Self))
    }

    fn write<S: Serializer>(&self, _: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}

serde_by_wire!(Digits);

/// A time that a request writes as the digits of its milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixMillis(Timestamp);

impl UnixMillis {
    /// The time.
    pub const fn get(self) -> Timestamp {
        self.0
    }
}

impl From<Timestamp> for UnixMillis {
    fn from(time: Timestamp) -> Self {
        Self(time)
    }
}

impl Wire for UnixMillis {
    fn read<'de, D: Deserializer<'de>>(
        field: &'static str,
        from: D,
    ) -> Result<Option<Self>, D::Error> {
        Ok(read_millis(field, from)?.map(Self))
    }

    fn write<S: Serializer>(&self, vocabulary: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
        QuotedMillis::write(&Some(self.0), vocabulary, to)
    }
}

serde_by_wire!(UnixMillis);

#[cfg(feature = "samples")]
crate::sample::sample! {
    Digits: |from| Self(from.number());
    UnixMillis: |from| Self(Timestamp::sample(from));
}
