//! Ids that are texts, and usernames.

use core::{fmt, str::FromStr};

use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::ser::Serializer;

use super::IdError;
use crate::model::{Vocabulary, Wire, expected, serde_by_wire};

/// Declares ids that are texts. They hold nothing that would need escaping in the path of a URL. One
/// that is a key at once is not shown by `{:?}`.
macro_rules! text_id {
    (@debug $id:ident $f:ident) => { write!($f, "{:?}", $id.0) };

    (@debug $id:ident $f:ident key) => { $f.write_str("[redacted]") };

    ($valid:ident, $rule:literal;
        $($(#[$meta:meta])* pub struct $name:ident $(as $key:ident)?;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "("))?;
                text_id!(@debug self f $($key)?)?;
                f.write_str(")")
            }
        }

        impl $name {
            /// Checks a text.
            ///
            /// # Errors
            ///
            #[doc = concat!("Unless it is ", $rule, ".")]
            pub fn new(text: &str) -> Result<Self, IdError> {
                match $valid(text) {
                    Some(text) => Ok(Self(text.into())),
                    None => Err(IdError(concat!("expected ", $rule))),
                }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = IdError;

            fn try_from(text: &str) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl Wire for $name {
            fn read<'de, D: Deserializer<'de>>(
                field: &'static str,
                from: D,
            ) -> Result<Option<Self>, D::Error> {
                from.deserialize_any(TextIdVisitor { field, make: Self::new, rule: $rule })
            }

            fn write<S: Serializer>(&self, _: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(&self.0)
            }
        }

        serde_by_wire!($name);

        #[cfg(feature = "samples")]
        impl crate::sample::Sample for $name {
            fn sample(from: crate::sample::Sampler<'_>) -> Self {
                let number: u64 = from.number();
                // As a length, if it can be one, and as a number.
                let long = usize::try_from(number).ok().filter(|length| *length < 1000);
                let long = long.and_then(|length| Self::new(&"a".repeat(length)).ok());
                long.unwrap_or_else(|| {
                    Self::new(&format!("a{}", number % 1_000_000)).expect("letters and digits")
                })
            }
        }
    )*};
}

/// Makes a text id of a text, or of a number; as with numeric ids, `""` reads as none.
struct TextIdVisitor<T> {
    field: &'static str,
    make: fn(&str) -> Result<T, IdError>,
    rule: &'static str,
}

impl<'de, T> Visitor<'de> for TextIdVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expected(f, self.rule, self.field)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        match (self.make)(text) {
            Ok(id) => Ok(Some(id)),
            Err(_) if text.is_empty() => Ok(None),
            Err(_) => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        self.visit_string(number.to_string())
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
}

text_id! {
    path_segment, "an id of ASCII letters, digits and `-._~!$&'()*+;=:@`, not `.` or `..`";
    /// The key of a media item, such as `3_1136048009270239232`: its kind, then its id.
    pub struct MediaKey;
    /// The id of a place, such as `01a9a39529b27f36`.
    pub struct PlaceId;
    /// The id of a topic.
    pub struct TopicId;
    /// The id of a call, which is also what lets a person join it.
    pub struct CallId;
    /// The id of a broadcast, planned or not.
    pub struct BroadcastId;
    /// The token in the address by which people join a group.
    pub struct ChatInviteToken;
    /// The key of an encrypted file in XChat.
    pub struct ChatMediaKey;
    /// The id of the upload of an encrypted file.
    pub struct ChatUploadId;
    /// The id of a conversation of direct messages: `A-B` between two users, a number for a group.
    pub struct DmConversationId;
    /// The name of a file in a direct message.
    pub struct DmResourceId;
    /// The id of a source of video, which is its stream key: keep it secret. `{:?}` does not show it.
    pub struct SourceId as key;
    /// The id of a Space.
    pub struct SpaceId;
    /// The id of an XChat conversation: `A:B` or `A-B` between two users, `g…` for a group.
    pub struct ChatConversationId;
}

text_id! {
    username, "a username of 1 to 15 letters, digits and underscores";
    /// A username as it stands in a profile's address: the handle without its `@`.
    ///
    /// One leading `@` is taken off, since handles are written and pasted with it. X ignores case
    /// in usernames; this type keeps it, and compares by it.
    ///
    /// ```
    /// use twitter_types::Username;
    ///
    /// assert_eq!(Username::new("@XDevelopers")?.as_str(), "XDevelopers");
    /// assert!(Username::new("../me").is_err());
    /// # Ok::<(), twitter_types::id::IdError>(())
    /// ```
    pub struct Username;
}

/// RFC 3986 section 3.3: characters that stand for themselves in a path, and no dot segment.
/// Without the comma, which separates ids in a query.
fn path_segment(text: &str) -> Option<&str> {
    let valid = !matches!(text, "" | "." | "..")
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~!$&'()*+;=:@".contains(&b));
    valid.then_some(text)
}

/// The specification's pattern for usernames, `^[A-Za-z0-9_]{1,15}$`.
fn username(text: &str) -> Option<&str> {
    let text = text.strip_prefix('@').unwrap_or(text);
    let valid = matches!(text.len(), 1..=15)
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    valid.then_some(text)
}
