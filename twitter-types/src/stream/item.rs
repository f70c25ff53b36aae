//! What a stream is made of.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::{
    endpoint::{Endpoint, Lines, Payload},
    envelope::{Matched, One},
    id::PostId,
    model::{Vocabulary, Wire},
    models::{
        ActivityEvent, Includes, Like, LikeCompliance, Post, PostCompliance, PostLabel,
        UserCompliance,
    },
    problem::Problem,
    streams,
    timestamp::Timestamp,
};

/// An operation that streams.
pub trait Streamed: Endpoint<Response = Lines<Self::Item>> + Clone + Send + 'static {
    /// What the lines hold.
    type Item: Item;

    /// Asks for the minutes before now once more.
    fn set_backfill_minutes(&mut self, minutes: Option<u8>);

    /// The times of a replay: when it begins, if it says so, and ends. `None` for a stream that
    /// goes on.
    fn span(&self) -> Option<(Option<Timestamp>, Timestamp)>;

    /// Asks for a replay of what happened between two times, where the operation has replays.
    fn set_span(&mut self, start: Timestamp, end: Timestamp);
}

/// A line of a stream that could be read.
pub trait Item: Payload {
    /// Whether it holds a thing, and not only problems.
    fn has_data(&self) -> bool;

    /// The problems that came instead of a thing, or with one.
    fn problems(&self) -> &[Problem];

    /// What tells it from every other; also from one that differs in its counts, where it has an
    /// id.
    fn identity(&self) -> Option<u64>;

    /// When it happened, if it says so.
    fn happened_at(&self) -> Option<Timestamp>;

    /// The post that it is, if it is one.
    fn post_id(&self) -> Option<PostId>;

    /// The item that a post would have been which a search found.
    fn from_search(_post: Post, _includes: Option<&Includes>) -> Option<Self> {
        None
    }
}

/// What the `data` of an item is.
pub trait Datum: Wire + fmt::Debug + Send + 'static {
    /// What tells it from every other: by its id, if it has one, and otherwise by all of it.
    fn identity(&self) -> u64 {
        hash(&self.encode(Vocabulary::Current))
    }

    /// When it happened, if it says so.
    fn happened_at(&self) -> Option<Timestamp> {
        None
    }

    /// The post that it is, if it is one.
    fn post_id(&self) -> Option<PostId> {
        None
    }

    /// The same from a post that a search found.
    fn from_post(_post: Post) -> Option<Self> {
        None
    }
}

impl Datum for Post {
    fn identity(&self) -> u64 {
        self.id.as_u64()
    }

    fn happened_at(&self) -> Option<Timestamp> {
        self.id.created_at()
    }

    fn post_id(&self) -> Option<PostId> {
        Some(self.id)
    }

    fn from_post(post: Post) -> Option<Self> {
        Some(post)
    }
}

impl Datum for Like {
    fn identity(&self) -> u64 {
        match &self.id {
            Some(id) => hash(id.as_bytes()),
            None => hash(&self.encode(Vocabulary::Current)),
        }
    }

    fn happened_at(&self) -> Option<Timestamp> {
        self.timestamp_ms.or(self.created_at)
    }
}

impl Datum for ActivityEvent {
    fn identity(&self) -> u64 {
        match self.key() {
            Some(id) => hash(id.as_bytes()),
            None => hash(&self.encode(Vocabulary::Current)),
        }
    }

    fn happened_at(&self) -> Option<Timestamp> {
        self.created_at
    }
}

/// Events of the compliance streams have no id, but a time.
macro_rules! compliance {
    ($($event:ty),+) => {$(
        impl Datum for $event {
            fn happened_at(&self) -> Option<Timestamp> {
                self.event_at()
            }
        }
    )+};
}

compliance!(LikeCompliance, PostCompliance, PostLabel, UserCompliance);

/// An item is what its envelope holds.
macro_rules! items {
    ($($envelope:ident),+) => {$(
        impl<T: Datum> Item for $envelope<T> {
            fn has_data(&self) -> bool {
                self.data.is_some()
            }

            fn problems(&self) -> &[Problem] {
                &self.errors
            }

            fn identity(&self) -> Option<u64> {
                Some(self.data.as_ref()?.identity())
            }

            fn happened_at(&self) -> Option<Timestamp> {
                self.data.as_ref()?.happened_at()
            }

            fn post_id(&self) -> Option<PostId> {
                self.data.as_ref()?.post_id()
            }

            fn from_search(post: Post, includes: Option<&Includes>) -> Option<Self> {
                let mut item = Self::new();
                item.data = Some(T::from_post(post)?);
                item.includes = includes.cloned();
                Some(item)
            }
        }
    )+};
}

items!(One, Matched);

/// A number that tells one text from another, the same in every program.
pub(super) fn hash(text: &[u8]) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = Sha256::digest(text).0;
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

macro_rules! streamed {
    ($($name:ident -> $item:ty;)+) => {$(
        impl Streamed for streams::$name {
            type Item = $item;

            fn set_backfill_minutes(&mut self, minutes: Option<u8>) {
                self.backfill_minutes = minutes;
            }

            fn span(&self) -> Option<(Option<Timestamp>, Timestamp)> {
                Some((self.start_time, self.end_time?))
            }

            fn set_span(&mut self, start: Timestamp, end: Timestamp) {
                (self.start_time, self.end_time) = (Some(start), Some(end));
            }
        }
    )+};
}

streamed! {
    Activity -> One<ActivityEvent>;
    Filtered -> Matched<Post>;
    LabelsCompliance -> One<PostLabel>;
    LikesCompliance -> One<LikeCompliance>;
    LikesFirehose -> One<Like>;
    LikesSample10 -> One<Like>;
    PostsCompliance -> One<PostCompliance>;
    PostsFirehose -> One<Post>;
    PostsFirehoseEn -> One<Post>;
    PostsFirehoseJa -> One<Post>;
    PostsFirehoseKo -> One<Post>;
    PostsFirehosePt -> One<Post>;
    PostsSample10 -> One<Post>;
    UsersCompliance -> One<UserCompliance>;
}

/// X replays every stream but this one.
impl Streamed for streams::PostsSample {
    type Item = One<Post>;

    fn set_backfill_minutes(&mut self, minutes: Option<u8>) {
        self.backfill_minutes = minutes;
    }

    fn span(&self) -> Option<(Option<Timestamp>, Timestamp)> {
        None
    }

    fn set_span(&mut self, _: Timestamp, _: Timestamp) {}
}
