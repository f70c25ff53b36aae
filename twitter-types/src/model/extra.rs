//! The unknown fields of an object.

use core::fmt;

use serde::de::MapAccess;
use serde::ser::SerializeMap;

use crate::json::{Json, Object};

/// The fields of an object that this crate does not know, in the order in which they came.
///
/// One pointer wide, and null for an object that has none.
#[derive(Clone, Default, PartialEq)]
pub struct Extra(Option<Box<Object>>);

impl Extra {
    /// No unknown fields.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The value of a field.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0.as_ref()?.get(name)
    }

    /// Names and values, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().flat_map(|fields| fields.iter())
    }

    /// Adds a field, to be written after those that the model knows.
    pub fn push(&mut self, name: impl Into<Box<str>>, value: Json) {
        self.0.get_or_insert_default().push(name, value);
    }

    #[cold]
    pub(crate) fn read<'de, A: MapAccess<'de>>(
        &mut self,
        name: Box<str>,
        map: &mut A,
    ) -> Result<(), A::Error> {
        self.push(name, map.next_value()?);
        Ok(())
    }

    pub(crate) fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
