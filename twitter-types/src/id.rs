//! What things are called: ids that are numbers, ids that are texts, and usernames.
//!
//! Every kind of thing has a type of its own, so that none is taken for another.

mod text;

pub use text::{
    BroadcastId, CallId, ChatConversationId, ChatInviteToken, ChatMediaKey, ChatUploadId,
    DmConversationId, DmResourceId, MediaKey, PlaceId, SourceId, SpaceId, TopicId, Username,
};

use core::{cmp, fmt, hash, marker::PhantomData, str::FromStr};

use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::ser::Serializer;

use crate::model::{Vocabulary, Wire, expected, serde_by_wire};
use crate::models::{
    ActivitySubscription, BroadcastChatMessage, ComplianceJob, ContextDomain, ContextEntity,
    DmEvent, List, News, Poll, Post, Rule, ScheduledCall, User, Webhook,
};
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
/// The id of a [`List`].
pub type ListId = Id<List>;
/// The id of a [`Webhook`].
pub type WebhookId = Id<Webhook>;
/// The id of an [`ActivitySubscription`].
pub type ActivitySubscriptionId = Id<ActivitySubscription>;
/// The id of a [`Rule`].
pub type RuleId = Id<Rule>;
/// The id of a [`ComplianceJob`].
pub type ComplianceJobId = Id<ComplianceJob>;
/// The id of a [`News`] story.
pub type NewsId = Id<News>;
/// The id of a [`ScheduledCall`].
pub type ScheduledCallId = Id<ScheduledCall>;
/// The id of a [`DmEvent`].
pub type DmEventId = Id<DmEvent>;
/// The id of a [`BroadcastChatMessage`].
pub type BroadcastMessageId = Id<BroadcastChatMessage>;
/// The id of an article.
pub type ArticleId = Id<kind::Article>;
/// The id of a folder of bookmarks.
pub type BookmarkFolderId = Id<kind::BookmarkFolder>;
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
    /// An article.
    #[derive(Debug)]
    #[non_exhaustive]
    pub enum Article {}
    /// A folder of bookmarks.
    #[derive(Debug)]
    #[non_exhaustive]
    pub enum BookmarkFolder {}
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

/// Eight digits at a time, since a page holds thousands of ids.
fn parse_digits(text: &str) -> Option<u64> {
    let digits = text.as_bytes();
    if !matches!(digits.len(), 1..=20) {
        return None;
    }
    let (eights, rest) = digits.as_chunks();
    let mut number = 0;
    for digits in eights {
        number = number * 100_000_000 + eight_digits(*digits)?;
    }
    for byte in rest {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = number.checked_mul(10)?.checked_add(digit.into())?;
    }
    Some(number)
}

/// Adds up neighbours: digits to pairs, pairs to fours, fours to eight. The first is the lowest
/// byte.
fn eight_digits(digits: [u8; 8]) -> Option<u64> {
    const EACH: u64 = u64::MAX / 255;
    let ones = u64::from_le_bytes(digits) ^ (EACH * u64::from(b'0'));
    // A byte above 9 has its highest bit, or gets it by adding what 10 lacks of it.
    if (ones | ones.wrapping_add(EACH * (0x80 - 10))) & (EACH * 0x80) != 0 {
        return None;
    }
    let pairs = (ones * 10 + (ones >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    Some((fours & 0xffff) * 10_000 + (fours >> 32))
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
