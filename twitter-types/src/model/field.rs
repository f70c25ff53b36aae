//! The fields of a model: what a field may hold, and the seeds that read its name and its value.

use core::{fmt, marker::PhantomData};

use serde::de::value::{MapAccessDeserializer, StrDeserializer, U64Deserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{Vocabulary, Wire, expected};

/// What a field of a model holds: an `Option` or a `Vec`.
pub trait Field: Default {
    /// Reads the field's value in the place of what it held; `null` is the empty field.
    ///
    /// # Errors
    ///
    /// The deserializer's own, or a value of another type; what the field holds then is of no use.
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        field: &'static str,
        from: D,
    ) -> Result<(), D::Error>;

    /// Writes the field's value.
    ///
    /// # Errors
    ///
    /// The serializer's own.
    fn write<S: Serializer>(&self, vocabulary: Vocabulary, to: S) -> Result<S::Ok, S::Error>;

    /// Whether the field is left out when written.
    fn is_empty(&self) -> bool;

    /// The field, or what an older spelling of its name gave.
    #[must_use]
    fn or_old(self, old: Self) -> Self {
        if self.is_empty() { old } else { self }
    }
}

impl<T: Wire> Field for Option<T> {
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        field: &'static str,
        from: D,
    ) -> Result<(), D::Error> {
        T::read_to(field, from, |value| *self = value)
    }

    fn write<S: Serializer>(&self, vocabulary: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.write(vocabulary, to),
            None => to.serialize_none(),
        }
    }

    fn is_empty(&self) -> bool {
        self.is_none()
    }
}

impl<T: Wire> Field for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        field: &'static str,
        from: D,
    ) -> Result<(), D::Error> {
        self.clear();
        from.deserialize_any(ListVisitor(field, self))
    }

    fn write<S: Serializer>(&self, vocabulary: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
        let mut seq = to.serialize_seq(Some(self.len()))?;
        for value in self {
            seq.serialize_element(&Written(value, vocabulary))?;
        }
        seq.end()
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

struct ListVisitor<'a, T>(&'static str, &'a mut Vec<T>);

impl<'de, T: Wire> Visitor<'de> for ListVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expected(f, "a list", self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Self(field, list) = self;
        while seq.next_element_seed(ElementSeed::new(field, |value| push(list, value)))?.is_some() {
        }
        if is_large::<T>() {
            list.shrink_to_fit();
        }
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// Reads an element of a list to its place.
pub(super) struct ElementSeed<T, P>(&'static str, P, PhantomData<T>);

impl<T, P: FnOnce(Option<T>)> ElementSeed<T, P> {
    pub(super) const fn new(field: &'static str, put: P) -> Self {
        Self(field, put, PhantomData)
    }
}

impl<'de, T: Wire, P: FnOnce(Option<T>)> DeserializeSeed<'de> for ElementSeed<T, P> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        T::read_to(self.0, from, self.1)
    }
}

/// Adds an element to a list, unless it is `null`.
fn push<T>(list: &mut Vec<T>, value: Option<T>) {
    let Some(value) = value else { return };
    if is_large::<T>() && list.len() == list.capacity() {
        let room = ROOM.into_iter().find(|room| *room > list.len());
        list.reserve_exact(room.map_or(list.len(), |room| room - list.len()));
    }
    list.push(value);
}

/// Room for large elements: most lists of links have one, and most pages a hundred posts at most.
/// `Vec` on its own starts with four, and copies more often.
const ROOM: [usize; 4] = [1, 4, 32, 128];

const fn is_large<T>() -> bool {
    size_of::<T>() > 200
}

/// How a field looks on the wire, where its type alone does not say: `field: Type as Form`.
pub trait Form<F: Field> {
    /// Reads the field's value in the place of what it held.
    ///
    /// # Errors
    ///
    /// The deserializer's own, or a value of another type.
    fn read<'de, D: Deserializer<'de>>(
        value: &mut F,
        field: &'static str,
        from: D,
    ) -> Result<(), D::Error> {
        value.read(field, from)
    }

    /// Writes the field's value.
    ///
    /// # Errors
    ///
    /// The serializer's own.
    fn write<S: Serializer>(value: &F, vocabulary: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
        value.write(vocabulary, to)
    }
}

/// The form of most fields: as the type says.
#[non_exhaustive]
#[derive(Debug)]
pub struct Plain;

impl<F: Field> Form<F> for Plain {}

/// A number that the specification writes as a string.
#[non_exhaustive]
#[derive(Debug)]
pub struct Quoted;

impl<T: Wire + fmt::Display> Form<Option<T>> for Quoted {
    fn write<S: Serializer>(value: &Option<T>, _: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => to.collect_str(value),
            None => to.serialize_none(),
        }
    }
}

/// A list that X has also sent as its only element; written as a list.
#[non_exhaustive]
#[derive(Debug)]
pub struct OneOrMany;

impl<T: Wire> Form<Vec<T>> for OneOrMany {
    fn read<'de, D: Deserializer<'de>>(
        list: &mut Vec<T>,
        field: &'static str,
        from: D,
    ) -> Result<(), D::Error> {
        list.clear();
        from.deserialize_any(OneOrManyVisitor(ListVisitor(field, list)))
    }
}

struct OneOrManyVisitor<'a, T>(ListVisitor<'a, T>);

impl<'de, T: Wire> OneOrManyVisitor<'_, T> {
    fn one<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        let ListVisitor(field, list) = self.0;
        T::read_to(field, from, |value| push(list, value))
    }
}

impl<'de, T: Wire> Visitor<'de> for OneOrManyVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expected(f, "a list, or its only element,", self.0.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<(), A::Error> {
        self.0.visit_seq(seq)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        self.one(MapAccessDeserializer::new(map))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.one(StrDeserializer::new(text))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.one(U64Deserializer::new(number))
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// Reads a field's name as the variant `K` that stands for it, or keeps a name that is unknown.
pub(crate) struct KeySeed<K>(pub(crate) fn(&str) -> Option<K>);

impl<'de, K> DeserializeSeed<'de> for KeySeed<K> {
    type Value = Result<K, Box<str>>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl<K> Visitor<'_> for KeySeed<K> {
    type Value = Result<K, Box<str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok((self.0)(name).ok_or_else(|| name.into()))
    }
}

/// Reads a field's value to its place.
pub(crate) struct ValueSeed<'a, F, As = Plain>(&'static str, &'a mut F, PhantomData<As>);

impl<'a, F, As> ValueSeed<'a, F, As> {
    pub(crate) const fn new(field: &'static str, value: &'a mut F) -> Self {
        Self(field, value, PhantomData)
    }
}

impl<'de, F: Field, As: Form<F>> DeserializeSeed<'de> for ValueSeed<'_, F, As> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        As::read(self.1, self.0, from)
    }
}

/// Writes a field, if it is not empty.
pub(crate) fn write_field<F: Field, As: Form<F>, M: SerializeMap>(
    map: &mut M,
    name: &'static str,
    value: &F,
    vocabulary: Vocabulary,
) -> Result<(), M::Error> {
    if value.is_empty() {
        return Ok(());
    }
    map.serialize_entry(name, &Formed::<F, As>(value, vocabulary, PhantomData))
}

struct Formed<'a, F, As>(&'a F, Vocabulary, PhantomData<As>);

impl<F: Field, As: Form<F>> Serialize for Formed<'_, F, As> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        As::write(self.0, self.1, to)
    }
}

/// A value on its way out, with the names that it is written with.
pub(crate) struct Written<'a, T>(pub(crate) &'a T, pub(crate) Vocabulary);

impl<T: Wire> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.write(self.1, to)
    }
}
