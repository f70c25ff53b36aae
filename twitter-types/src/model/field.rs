//! The fields of a model: what a field may hold, and the seeds that read its name and its value.

use core::{fmt, marker::PhantomData};

use serde::de::value::{MapAccessDeserializer, StrDeserializer, U64Deserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{Vocabulary, Wire, expected};

/// What a field of a model holds: an `Option` or a `Vec`.
pub trait Field: Default {
    /// Reads the field's value; `null` is the empty field.
    ///
    /// # Errors
    ///
    /// The deserializer's own, or a value of another type.
    fn read<'de, D: Deserializer<'de>>(field: &'static str, from: D) -> Result<Self, D::Error>;

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
    fn read<'de, D: Deserializer<'de>>(field: &'static str, from: D) -> Result<Self, D::Error> {
        T::read(field, from)
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
    fn read<'de, D: Deserializer<'de>>(field: &'static str, from: D) -> Result<Self, D::Error> {
        from.deserialize_option(ListVisitor(field, PhantomData))
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

struct ListVisitor<T>(&'static str, PhantomData<T>);

impl<'de, T: Wire> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expected(f, "a list", self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = seq.next_element_seed(ValueSeed::<Option<T>>::new(self.0))? {
            let Some(value) = value else { continue };
            // `Vec` starts with room for four. Most lists of large elements, such as links, have one.
            if list.is_empty() && size_of::<T>() > 200 {
                list.reserve_exact(1);
            }
            list.push(value);
        }
        Ok(list)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_seq(self)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }
}

/// How a field looks on the wire, where its type alone does not say: `field: Type as Form`.
pub trait Form<F: Field> {
    /// Reads the field's value.
    ///
    /// # Errors
    ///
    /// The deserializer's own, or a value of another type.
    fn read<'de, D: Deserializer<'de>>(field: &'static str, from: D) -> Result<F, D::Error> {
        F::read(field, from)
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
    fn read<'de, D: Deserializer<'de>>(field: &'static str, from: D) -> Result<Vec<T>, D::Error> {
        from.deserialize_any(OneOrManyVisitor(ListVisitor(field, PhantomData)))
    }
}

struct OneOrManyVisitor<T>(ListVisitor<T>);

impl<'de, T: Wire> Visitor<'de> for OneOrManyVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expected(f, "a list, or its only element,", self.0.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        self.0.visit_seq(seq)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let from = MapAccessDeserializer::new(map);
        Ok(T::read(self.0.0, from)?.into_iter().collect())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        let from = StrDeserializer::new(text);
        Ok(T::read(self.0.0, from)?.into_iter().collect())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        let from = U64Deserializer::new(number);
        Ok(T::read(self.0.0, from)?.into_iter().collect())
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Vec::new())
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

/// Reads a field's value.
pub(crate) struct ValueSeed<F, As = Plain>(&'static str, PhantomData<(F, As)>);

impl<F, As> ValueSeed<F, As> {
    pub(crate) const fn new(field: &'static str) -> Self {
        Self(field, PhantomData)
    }
}

impl<'de, F: Field, As: Form<F>> DeserializeSeed<'de> for ValueSeed<F, As> {
    type Value = F;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<F, D::Error> {
        As::read(self.0, from)
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
