//! Streams: what happens, as it happens.

use crate::id::{PostId, UserId};
use crate::model::{Millis, model};
use crate::timestamp::Timestamp;

model! {
    /// A like.
    pub struct Like {
        /// When it was made.
        created_at: Option<Timestamp>,
        /// Identifies it.
        id: Option<String>,
        /// The post, to be found in [`Includes`](super::Includes).
        liked_tweet_id: Option<PostId>,
        /// When, in milliseconds.
        timestamp_ms: Option<Timestamp> as Millis,
        /// Who wrote the post.
        tweet_author_id | liked_tweet_author_id: Option<UserId>,
    }
}
