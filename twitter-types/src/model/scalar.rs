//! Texts, numbers and truth values, read from either of the types that X sends them as.

use core::{fmt, marker::PhantomData};

use serde::Serialize;
use serde::de::{Deserializer, Error, SeqAccess, Unexpected, Visitor};
use serde::ser::Serializer;

use super::{Field, Vocabulary, Wire, expected, field::ElementSeed};

/// Implements [`Visitor`] for a scalar, which goes where [`Wire::read_to`] puts it: the methods
/// given, and `null` as `None`.
macro_rules! scalar_visitor {
    ($visitor:ident reads $value:ty, $what:literal; $($method:tt)*) => {
        struct $visitor<P>(&'static str, P);

        impl<P: FnOnce(Option<$value>)> $visitor<P> {
            fn put<E>(self, value: $value) -> Result<(), E> {
                self.1(Some(value));
                Ok(())
            }
        }

        impl<'de, P: FnOnce(Option<$value>)> Visitor<'de> for $visitor<P> {
            type Value = ();

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                expected(f, $what, self.0)
            }

            fn visit_none<E>(self) -> Result<(), E> {
                self.1(None);
                Ok(())
            }

            fn visit_unit<E>(self) -> Result<(), E> {
                self.1(None);
                Ok(())
            }

            fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
                from.deserialize_any(self)
            }

            $($method)*
        }
    };
}

scalar_visitor! { TextVisitor reads String, "a text";
    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.put(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<(), E> {
        self.put(text)
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.put(number.to_string())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.put(number.to_string())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.put(number.to_string())
    }
}

/// Up to here every whole `f64` is exact: 2^53.
const EXACT: f64 = 9_007_199_254_740_992.0;

scalar_visitor! { UnsignedVisitor reads u64, "an unsigned integer";
    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.put(number)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        if number.fract() == 0.0 && (0.0..=EXACT).contains(&number) {
            return self.put(number as u64);
        }
        Err(E::invalid_value(Unexpected::Float(number), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        match text.parse() {
            Ok(number) => self.put(number),
            Err(_) => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }
}

scalar_visitor! { SignedVisitor reads i64, "an integer";
    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.put(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        match number.try_into() {
            Ok(number) => self.put(number),
            Err(_) => Err(E::invalid_value(Unexpected::Unsigned(number), &self)),
        }
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        if number.fract() == 0.0 && (-EXACT..=EXACT).contains(&number) {
            return self.put(number as i64);
        }
        Err(E::invalid_value(Unexpected::Float(number), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        match text.parse() {
            Ok(number) => self.put(number),
            Err(_) => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }
}

scalar_visitor! { FloatVisitor reads f64, "a number";
    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.put(number)
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.put(number as f64)
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.put(number as f64)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => self.put(number),
            _ => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }
}

scalar_visitor! { BoolVisitor reads bool, "true or false";
    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.put(value)
    }
}

/// Implements [`Wire`] for a scalar whose [`Serialize`] is already right.
macro_rules! scalar {
    ($value:ty, $visitor:ident) => {
        impl Wire for $value {
            fn read<'de, D: Deserializer<'de>>(
                field: &'static str,
                from: D,
            ) -> Result<Option<Self>, D::Error> {
                let mut read = None;
                Self::read_to(field, from, |value| read = value)?;
                Ok(read)
            }

            fn read_to<'de, D: Deserializer<'de>>(
                field: &'static str,
                from: D,
                put: impl FnOnce(Option<Self>),
            ) -> Result<(), D::Error> {
                from.deserialize_any($visitor(field, put))
            }

            fn write<S: Serializer>(&self, _: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
                self.serialize(to)
            }
        }
    };
}

scalar!(String, TextVisitor);
scalar!(u64, UnsignedVisitor);
scalar!(i64, SignedVisitor);
scalar!(f64, FloatVisitor);
scalar!(bool, BoolVisitor);

/// Implements [`Wire`] for the smaller numbers: what does not fit is an error.
macro_rules! small {
    ($($value:ty: $wide:ty, $visitor:ident, $unexpected:ident;)*) => {$(
        impl Wire for $value {
            fn read<'de, D: Deserializer<'de>>(
                field: &'static str,
                from: D,
            ) -> Result<Option<Self>, D::Error> {
                let Some(number) = <$wide>::read(field, from)? else { return Ok(None) };
                match Self::try_from(number) {
                    Ok(number) => Ok(Some(number)),
                    Err(_) => {
                        let expected = $visitor(field, drop::<Option<$wide>>);
                        Err(Error::invalid_value(Unexpected::$unexpected(number), &expected))
                    }
                }
            }

            fn write<S: Serializer>(&self, _: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
                self.serialize(to)
            }
        }
    )*};
}

small! {
    u8: u64, UnsignedVisitor, Unsigned;
    u16: u64, UnsignedVisitor, Unsigned;
    u32: u64, UnsignedVisitor, Unsigned;
    i32: i64, SignedVisitor, Signed;
}

impl<T: Wire> Wire for Box<T> {
    fn read<'de, D: Deserializer<'de>>(
        field: &'static str,
        from: D,
    ) -> Result<Option<Self>, D::Error> {
        Ok(T::read(field, from)?.map(Self::new))
    }

    fn read_to<'de, D: Deserializer<'de>>(
        field: &'static str,
        from: D,
        put: impl FnOnce(Option<Self>),
    ) -> Result<(), D::Error> {
        T::read_to(field, from, |value| put(value.map(Self::new)))
    }

    fn write<S: Serializer>(&self, vocabulary: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
        (**self).write(vocabulary, to)
    }
}

/// A list where one value stands, such as all that a request's body is: an empty one stays a list.
impl<T: Wire> Wire for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(
        field: &'static str,
        from: D,
    ) -> Result<Option<Self>, D::Error> {
        let mut list = Self::new();
        Field::read(&mut list, field, from)?;
        Ok(Some(list))
    }

    fn write<S: Serializer>(&self, vocabulary: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
        Field::write(self, vocabulary, to)
    }
}

/// A list of fixed length, such as a pair of offsets. An empty list reads like an absent one.
impl<T: Wire, const N: usize> Wire for [T; N] {
    fn read<'de, D: Deserializer<'de>>(
        field: &'static str,
        from: D,
    ) -> Result<Option<Self>, D::Error> {
        from.deserialize_option(ArrayVisitor(field, PhantomData))
    }

    fn write<S: Serializer>(&self, vocabulary: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter().map(|value| super::field::Written(value, vocabulary)))
    }
}

struct ArrayVisitor<T, const N: usize>(&'static str, PhantomData<T>);

impl<'de, T: Wire, const N: usize> Visitor<'de> for ArrayVisitor<T, N> {
    type Value = Option<[T; N]>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expected(f, "a list", self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut array = [const { None }; N];
        let mut length = 0;
        let mut put = |value: Option<T>| {
            let Some(value) = value else { return };
            if let Some(place) = array.get_mut(length) {
                *place = Some(value);
            }
            length += 1;
        };
        while seq.next_element_seed(ElementSeed::new(self.0, &mut put))?.is_some() {}
        match length {
            0 => Ok(None),
            _ if length == N => Ok(Some(array.map(|value| value.expect("as many as belong here")))),
            _ => Err(Error::custom(format_args!(
                "{length} elements where {N} belong in `{}`",
                self.0
            ))),
        }
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_seq(self)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}
