//! What streams carry: posts, likes, and events that are lines already.

use axum::body::Bytes;
use serde_json::Value;

use super::Stream;
use crate::time::Time;
use crate::world::World;

/// Something that happened.
#[derive(Clone)]
pub(crate) enum Item {
    /// A post, by its id.
    Post(u64),
    Like(Like),
    Event(Event),
}

/// A like.
#[derive(Clone)]
pub(crate) struct Like {
    pub(crate) id: String,
    pub(crate) post: u64,
    pub(crate) author: u64,
    pub(crate) at: Time,
}

/// A line of one stream.
#[derive(Clone)]
pub(crate) struct Event {
    pub(crate) stream: Stream,
    /// What decides about the partition; every partition carries an event without it.
    pub(crate) key: Option<u64>,
    pub(crate) bytes: Bytes,
}

impl Event {
    pub(crate) fn new(stream: Stream, key: Option<u64>, value: &Value) -> Self {
        Self { stream, key, bytes: line(&value.to_string()) }
    }
}

impl Item {
    /// Whether the stream carries it, as far as the kind of item and the language decide.
    pub(super) fn is_for(&self, stream: Stream, world: &World) -> bool {
        let in_language = |id, wanted| world.posts.get(id).is_some_and(|post| post.lang == wanted);
        match (self, stream) {
            (Self::Event(event), _) => event.stream == stream,
            (Self::Like(_), Stream::LikesFirehose | Stream::LikesSample10) => true,
            (
                Self::Post(_),
                Stream::Filtered | Stream::Sample | Stream::Sample10 | Stream::Firehose,
            ) => true,
            (Self::Post(id), Stream::FirehoseEn) => in_language(id, "en"),
            (Self::Post(id), Stream::FirehoseJa) => in_language(id, "ja"),
            (Self::Post(id), Stream::FirehoseKo) => in_language(id, "ko"),
            (Self::Post(id), Stream::FirehosePt) => in_language(id, "pt"),
            _ => false,
        }
    }

    /// Whether the partition, counted from 1, carries it.
    pub(super) fn is_in(&self, stream: Stream, partition: Option<u64>) -> bool {
        match (self.key(), partition) {
            (Some(key), Some(partition)) => key % stream.partitions() == partition - 1,
            _ => true,
        }
    }

    /// Whether it is among the hundredth, or the tenth, that a sample carries.
    pub(super) fn is_sampled(&self, stream: Stream) -> bool {
        let one_of = match stream {
            Stream::Sample => 100,
            Stream::Sample10 | Stream::LikesSample10 => 10,
            _ => return true,
        };
        // Mixed, so that the sample does not go by what the partitions go by.
        self.key().is_none_or(|key| {
            (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32).is_multiple_of(one_of)
        })
    }

    fn key(&self) -> Option<u64> {
        match self {
            Self::Post(id) => Some(*id),
            Self::Like(like) => Some(like.post),
            Self::Event(event) => event.key,
        }
    }
}

/// A text as a line of a stream.
pub(super) fn line(text: &str) -> Bytes {
    Bytes::from(format!("{text}\r\n"))
}
