//! Texts, numbers and truth values, read from either of the types that X sends them as.

use core::fmt;

use serde::Serialize;
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::ser::Serializer;

use super::{Field, Vocabulary, Wire, expected};

/// Implements [`Visitor`] for a scalar: the methods given, and `null` as `None`.
macro_rules! scalar_visitor {
    ($visitor:ident reads $value:ty, $what:literal; $($method:tt)*) => {
        pub(crate) struct $visitor(pub(crate) &'static str);

        impl<'de> Visitor<'de> for $visitor {
            type Value = Option<$value>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                expected(f, $what, self.0)
            }

            fn visit_none<E>(self) -> Result<Self::Value, E> {
                Ok(None)
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(None)
            }

            fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
                from.deserialize_any(self)
            }

            $($method)*
        }
    };
}

scalar_visitor! { TextVisitor reads String, "a text";
    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.into()))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Some(text))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }
}

/// Up to here every whole `f64` is exact: 2^53.
const EXACT: f64 = 9_007_199_254_740_992.0;

scalar_visitor! { UnsignedVisitor reads u64, "an unsigned integer";
    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        if number.fract() == 0.0 && (0.0..=EXACT).contains(&number) {
            return Ok(Some(number as u64));
        }
        Err(E::invalid_value(Unexpected::Float(number), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        match text.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }
}

scalar_visitor! { SignedVisitor reads i64, "an integer";
    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        match number.try_into() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(E::invalid_value(Unexpected::Unsigned(number), &self)),
        }
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        if number.fract() == 0.0 && (-EXACT..=EXACT).contains(&number) {
            return Ok(Some(number as i64));
        }
        Err(E::invalid_value(Unexpected::Float(number), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        match text.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }
}

scalar_visitor! { FloatVisitor reads f64, "a number";
    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number as f64))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number as f64))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }
}

scalar_visitor! { BoolVisitor reads bool, "true or false";
    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value))
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
                from.deserialize_any($visitor(field))
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
                        Err(Error::invalid_value(Unexpected::$unexpected(number), &$visitor(field)))
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
        Field::read(field, from).map(Some)
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
        let list: Vec<T> = Field::read(field, from)?;
        if list.is_empty() {
            return Ok(None);
        }
        match Self::try_from(list) {
            Ok(array) => Ok(Some(array)),
            Err(list) => Err(Error::custom(format_args!(
                "{} elements where {N} belong in `{field}`",
                list.len()
            ))),
        }
    }

    fn write<S: Serializer>(&self, vocabulary: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter().map(|value| super::field::Written(value, vocabulary)))
    }
}
