//! What things are called: numeric ids, ids that are texts, and usernames.

use core::{cmp, fmt, hash, marker::PhantomData, str::FromStr};

use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::ser::Serializer;

use crate::model::{Vocabulary, Wire, expected, serde_by_wire};
use crate::models::{ContextDomain, ContextEntity, Poll, Post, User};
use crate::timestamp::Timestamp;

/// The numeric id of a `T`.
///
/// X writes ids as strings of up to 20 digits, because not every JSON reader keeps so many; this
/// reads them from strings and from numbers, and writes strings. Ids are ordered by number.
///
/// ```
/// use twitter_types::{PostId, Timestamp};
///
/// let id: PostId = "1346889436626259968".parse()?;
/// let made: Timestamp = "2021-01-06T18:40:40.344Z".parse()?;
/// assert_eq!(id.created_at(), Some(made));
/// assert!(PostId::first_at(made) <= Some(id));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Id<T>(u64, PhantomData<fn() -> T>);

/// The id of a [`Post`].
pub type PostId = Id<Post>;
/// The id of a [`User`].
pub type UserId = Id<User>;
/// The id of a [`Poll`].
pub type PollId = Id<Poll>;
/// The id of a [`ContextDomain`].
pub type ContextDomainId = Id<ContextDomain>;
/// The id of a [`ContextEntity`].
pub type ContextEntityId = Id<ContextEntity>;
/// The id of a Community.
pub type CommunityId = Id<kind::Community>;
/// The id of a Community Note.
pub type NoteId = Id<kind::Note>;
/// The id of a request for a Community Note.
pub type SuggestionId = Id<kind::Suggestion>;
/// The id of an uploaded file, before a post shows it.
pub type MediaId = Id<kind::Upload>;
/// The id of a project in the developer console.
pub type ProjectId = Id<kind::Project>;
/// The id of an App in the developer console.
pub type AppId = Id<kind::App>;

/// What an [`Id`] may be of, where no model says it.
pub mod kind {
    /// A Community.
    #[derive(Debug)]
    #[non_exhaustive]
    pub enum Community {}
    /// A Community Note.
    #[derive(Debug)]
    #[non_exhaustive]
    pub enum Note {}
    /// A request for a Community Note.
    #[derive(Debug)]
    #[non_exhaustive]
    pub enum Suggestion {}
    /// An uploaded file.
    #[derive(Debug)]
    #[non_exhaustive]
    pub enum Upload {}
    /// A project in the developer console.
    #[derive(Debug)]
    #[non_exhaustive]
    pub enum Project {}
    /// An App in the developer console.
    #[derive(Debug)]
    #[non_exhaustive]
    pub enum App {}
}

/// The millisecond that snowflakes are counted from: 2010-11-04T01:42:54.657Z.
const SNOWFLAKE_EPOCH: i64 = 1_288_834_974_657;
/// Bits below the time: the worker and its sequence.
const SNOWFLAKE_SHIFT: u32 = 22;
/// Ids below were counted up one by one, and tell no time.
const FIRST_SNOWFLAKE: u64 = 29_700_000_000;

impl<T> Id<T> {
    /// The id with this number.
    pub const fn new(id: u64) -> Self {
        Self(id, PhantomData)
    }

    /// The number.
    pub const fn as_u64(self) -> u64 {
        self.0
    }

    /// When the id was made: `None` for ids from before X put the time into them, below about
    /// 29.7 × 10⁹. (User ids kept to small numbers for years after posts had left them.)
    pub fn created_at(self) -> Option<Timestamp> {
        if self.0 < FIRST_SNOWFLAKE {
            return None;
        }
        let millis = i64::try_from(self.0 >> SNOWFLAKE_SHIFT).ok()?;
        Timestamp::from_millis(SNOWFLAKE_EPOCH + millis)
    }

    /// The first id that can be made at an instant: every id made then or later is at least this,
    /// every id made before is below. `None` before 2010-11-04 and after the year 2149, which ids
    /// of 64 bits cannot tell.
    pub fn first_at(instant: Timestamp) -> Option<Self> {
        let millis = u64::try_from(instant.as_millis() - SNOWFLAKE_EPOCH).ok()?;
        (millis.leading_zeros() >= SNOWFLAKE_SHIFT).then(|| Self::new(millis << SNOWFLAKE_SHIFT))
    }
}

// By hand, since a derive would ask the same of `T`.

impl<T> Copy for Id<T> {}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl<T> hash::Hash for Id<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({})", self.0)
    }
}

impl<T> From<u64> for Id<T> {
    fn from(id: u64) -> Self {
        Self::new(id)
    }
}

impl<T> From<Id<T>> for u64 {
    fn from(id: Id<T>) -> Self {
        id.0
    }
}

impl<T> FromStr for Id<T> {
    type Err = IdError;

    /// Takes 1 to 20 digits, nothing else.
    fn from_str(text: &str) -> Result<Self, IdError> {
        parse_digits(text).map(Self::new).ok_or(IdError("an id is a number of 1 to 20 digits"))
    }
}

fn parse_digits(text: &str) -> Option<u64> {
    let digits = matches!(text.len(), 1..=20) && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// Why a text is not an id or a username: says what one looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdError(&'static str);

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for IdError {}

impl<T> Wire for Id<T> {
    fn read<'de, D: Deserializer<'de>>(
        field: &'static str,
        from: D,
    ) -> Result<Option<Self>, D::Error> {
        Ok(from.deserialize_any(IdVisitor(field))?.map(Self::new))
    }

    fn write<S: Serializer>(&self, _: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

serde_by_wire!(Id<T>);

/// X has answered `""` where it had no id, so that reads as none.
struct IdVisitor(&'static str);

impl<'de> Visitor<'de> for IdVisitor {
    type Value = Option<u64>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expected(f, "an id of 1 to 20 digits", self.0)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        match parse_digits(text) {
            None if !text.is_empty() => Err(E::invalid_value(Unexpected::Str(text), &self)),
            id => Ok(id),
        }
    }

    fn visit_u64<E>(self, id: u64) -> Result<Self::Value, E> {
        Ok(Some(id))
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

/// Declares an id that is a text. It holds nothing that would need escaping in the path of a URL.
macro_rules! text_id {
    ($($(#[$meta:meta])* pub struct $name:ident: $valid:path, $rule:literal;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// Checks a text.
            ///
            /// # Errors
            ///
            #[doc = concat!("Unless it is ", $rule, ".")]
            pub fn new(text: impl AsRef<str>) -> Result<Self, IdError> {
                match $valid(text.as_ref()) {
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
                let Some(text) = String::read(field, from)?.filter(|text| !text.is_empty()) else {
                    return Ok(None);
                };
                Self::new(&text).map(Some).map_err(|error| {
                    D::Error::custom(format_args!("{error} in `{field}`, found {text:?}"))
                })
            }

            fn write<S: Serializer>(&self, _: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(&self.0)
            }
        }

        serde_by_wire!($name);
    )*};
}

text_id! {
    /// The key of a media item, such as `3_1136048009270239232`: its kind, then its id.
    pub struct MediaKey: path_segment, "a text id without spaces, slashes or percent signs";
    /// The id of a place, such as `01a9a39529b27f36`.
    pub struct PlaceId: path_segment, "a text id without spaces, slashes or percent signs";
    /// The id of a topic.
    pub struct TopicId: path_segment, "a text id without spaces, slashes or percent signs";
    /// The id of a call, which is also what lets a person join it.
    pub struct CallId: path_segment, "a text id without spaces, slashes or percent signs";
    /// The id of an XChat conversation: `A:B` or `A-B` between two users, `g…` for a group.
    pub struct ChatConversationId: path_segment,
        "a text id without spaces, slashes or percent signs";
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
    pub struct Username: username, "a username of 1 to 15 letters, digits and underscores";
}

/// RFC 3986 section 3.3: characters that stand for themselves in a path, and no dot segment. Without the
/// comma, which separates ids in a query.
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
