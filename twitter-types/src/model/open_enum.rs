//! The macro that declares open enums, and what its expansions share.

use core::{fmt, marker::PhantomData};

use serde::de::{Deserializer, Visitor};

use super::{Vocabulary, expected};

/// An enum of strings that keeps a value it does not know, declared with `open_enum!`.
pub trait OpenEnum:
    Sized + Clone + PartialEq + fmt::Display + 'static + for<'a> From<&'a str>
{
    /// Every known value.
    const ALL: &'static [Self];

    /// The value as one vocabulary spells it.
    fn spelling(&self, vocabulary: Vocabulary) -> &str;
}

/// Declares the values of a string field; a value that is not listed is kept as it came.
///
/// ```text
/// open_enum! {
///     /// What is withheld.
///     pub enum WithheldScope {
///         /// One post; `tweet` in older replies.
///         Post = "post" | "tweet",
///     }
/// }
/// ```
///
/// expands to
///
/// ```text
/// /// What is withheld.
/// #[non_exhaustive]
/// #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// pub enum WithheldScope {
///     /// One post; `tweet` in older replies.
///     Post,
///     /// A value that this crate does not know, as X spells it.
///     Unknown(Box<str>),
/// }
///
/// impl WithheldScope {
///     pub const ALL: &'static [Self] = &[Self::Post];
///     pub fn as_str(&self) -> &str { … }
/// }
/// // From<&str>, From<String>, FromStr, Display, AsRef<str>, OpenEnum, Wire, serde's two
/// ```
macro_rules! open_enum {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$vmeta:meta])* $variant:ident = $wire:literal $(| $old:literal)*),* $(,)?
    }) => {
        $(#[$meta])*
        #[non_exhaustive]
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$vmeta])* $variant,)*
            /// A value that this crate does not know, as X spells it. Made by `From<&str>`, which
            /// gives the known values their own variants.
            Unknown(Box<str>),
        }

        impl $name {
            /// Every known value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The value as X spells it.
            pub fn as_str(&self) -> &str {
                $crate::model::OpenEnum::spelling(self, $crate::model::Vocabulary::Current)
            }
        }

        impl $crate::model::OpenEnum for $name {
            const ALL: &'static [Self] = Self::ALL;

            fn spelling(&self, vocabulary: $crate::model::Vocabulary) -> &str {
                match self {
                    $(Self::$variant => vocabulary.pick($wire, &[$($old),*]),)*
                    Self::Unknown(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($wire $(| $old)* => Self::$variant,)*
                    _ => Self::Unknown(text.into()),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                text.as_str().into()
            }
        }

        impl core::str::FromStr for $name {
            type Err = core::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(text.into())
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl $crate::model::Wire for $name {
            fn read<'de, D: serde::Deserializer<'de>>(
                field: &'static str,
                from: D,
            ) -> Result<Option<Self>, D::Error> {
                from.deserialize_any($crate::model::EnumVisitor::new(field))
            }

            fn write<S: serde::Serializer>(
                &self,
                vocabulary: $crate::model::Vocabulary,
                to: S,
            ) -> Result<S::Ok, S::Error> {
                to.serialize_str($crate::model::OpenEnum::spelling(self, vocabulary))
            }
        }

        $crate::model::serde_by_wire!($name);

        #[cfg(feature = "samples")]
        impl $crate::sample::Sample for $name {
            fn sample(from: $crate::sample::Sampler<'_>) -> Self {
                $crate::sample::choice(from)
            }
        }
    };
}

pub(crate) use open_enum;

pub(crate) struct EnumVisitor<E>(&'static str, PhantomData<E>);

impl<E> EnumVisitor<E> {
    pub(crate) const fn new(field: &'static str) -> Self {
        Self(field, PhantomData)
    }
}

impl<'de, T: OpenEnum> Visitor<'de> for EnumVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expected(f, "a text", self.0)
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.into()))
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}
