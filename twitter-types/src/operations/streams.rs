//! Streams: what happens, as it happens.

use crate::{
    endpoint::{Lines, endpoint, field_set},
    envelope::{Matched, One},
    fields::{
        LikeExpansion, LikeField, MediaField, PlaceField, PollField, StreamExpansion,
        StreamPostField, StreamUserField,
    },
    models::{
        ActivityEvent, Like, LikeCompliance, Post, PostCompliance, PostLabel, UserCompliance,
    },
    timestamp::Timestamp,
};

endpoint! {
    /// Streams the events that the App has subscribed to.
    GET "/2/activity/stream" activityStream
    (AppOnly:) -> Lines<One<ActivityEvent>>;
    pub struct Activity {
        query {
            /// Minutes before now to deliver once more, after an interruption; of some Apps only.
            backfill_minutes: u8 [0..=5],
            /// The oldest time, inclusive.
            start_time: Timestamp,
            /// The newest time, exclusive.
            end_time: Timestamp,
        }
    }
}

endpoint! {
    /// Streams which likes were taken back.
    GET "/2/likes/compliance/stream" streamLikesCompliance
    (AppOnly:) -> Lines<One<LikeCompliance>>;
    pub struct LikesCompliance {
        query {
            /// Minutes before now to deliver once more, after an interruption; of some Apps only.
            backfill_minutes: u8 [0..=5],
            /// The oldest time, inclusive.
            start_time: Timestamp,
            /// The newest time, exclusive.
            end_time: Timestamp,
        }
    }
}

endpoint! {
    /// Streams every like.
    GET "/2/likes/firehose/stream" streamLikesFirehose
    (AppOnly:) -> Lines<One<Like>>;
    pub struct LikesFirehose {
        require {
            /// Which part of the stream; together the parts are the whole.
            partition: u8 [1..=20],
        }
        query {
            /// Minutes before now to deliver once more, after an interruption; of some Apps only.
            backfill_minutes: u8 [0..=5],
            /// The oldest time, inclusive.
            start_time: Timestamp,
            /// The newest time, exclusive.
            end_time: Timestamp,
            /// What to return.
            fields: LikeFields,
        }
    }
}

endpoint! {
    /// Streams a tenth of all likes.
    GET "/2/likes/sample10/stream" streamLikesSample10
    (AppOnly:) -> Lines<One<Like>>;
    pub struct LikesSample10 {
        require {
            /// Which part of the stream; together the parts are the whole.
            partition: u8 [1..=2],
        }
        query {
            /// Minutes before now to deliver once more, after an interruption; of some Apps only.
            backfill_minutes: u8 [0..=5],
            /// The oldest time, inclusive.
            start_time: Timestamp,
            /// The newest time, exclusive.
            end_time: Timestamp,
            /// What to return.
            fields: LikeFields,
        }
    }
}

endpoint! {
    /// Streams what must be done to stored posts: which were deleted, withheld or edited.
    GET "/2/tweets/compliance/stream" streamPostsCompliance
    (AppOnly:) -> Lines<One<PostCompliance>>;
    pub struct PostsCompliance {
        require {
            /// Which part of the stream; together the parts are the whole.
            partition: u8 [1..=4],
        }
        query {
            /// Minutes before now to deliver once more, after an interruption; of some Apps only.
            backfill_minutes: u8 [0..=5],
            /// The oldest time, inclusive.
            start_time: Timestamp,
            /// The newest time, exclusive.
            end_time: Timestamp,
        }
    }
}

endpoint! {
    /// Streams every public post.
    GET "/2/tweets/firehose/stream" streamPostsFirehose
    (AppOnly:) -> Lines<One<Post>>;
    pub struct PostsFirehose {
        require {
            /// Which part of the stream; together the parts are the whole.
            partition: u8 [1..=20],
        }
        query {
            /// Minutes before now to deliver once more, after an interruption; of some Apps only.
            backfill_minutes: u8 [0..=5],
            /// The oldest time, inclusive.
            start_time: Timestamp,
            /// The newest time, exclusive.
            end_time: Timestamp,
            /// What to return.
            fields: StreamFields,
        }
    }
}

endpoint! {
    /// Streams every public post in English.
    GET "/2/tweets/firehose/stream/lang/en" streamPostsFirehoseEn
    (AppOnly:) -> Lines<One<Post>>;
    pub struct PostsFirehoseEn {
        require {
            /// Which part of the stream; together the parts are the whole.
            partition: u8 [1..=8],
        }
        query {
            /// Minutes before now to deliver once more, after an interruption; of some Apps only.
            backfill_minutes: u8 [0..=5],
            /// The oldest time, inclusive.
            start_time: Timestamp,
            /// The newest time, exclusive.
            end_time: Timestamp,
            /// What to return.
            fields: StreamFields,
        }
    }
}

endpoint! {
    /// Streams every public post in Japanese.
    GET "/2/tweets/firehose/stream/lang/ja" streamPostsFirehoseJa
    (AppOnly:) -> Lines<One<Post>>;
    pub struct PostsFirehoseJa {
        require {
            /// Which part of the stream; together the parts are the whole.
            partition: u8 [1..=2],
        }
        query {
            /// Minutes before now to deliver once more, after an interruption; of some Apps only.
            backfill_minutes: u8 [0..=5],
            /// The oldest time, inclusive.
            start_time: Timestamp,
            /// The newest time, exclusive.
            end_time: Timestamp,
            /// What to return.
            fields: StreamFields,
        }
    }
}

endpoint! {
    /// Streams every public post in Korean.
    GET "/2/tweets/firehose/stream/lang/ko" streamPostsFirehoseKo
    (AppOnly:) -> Lines<One<Post>>;
    pub struct PostsFirehoseKo {
        require {
            /// Which part of the stream; together the parts are the whole.
            partition: u8 [1..=2],
        }
        query {
            /// Minutes before now to deliver once more, after an interruption; of some Apps only.
            backfill_minutes: u8 [0..=5],
            /// The oldest time, inclusive.
            start_time: Timestamp,
            /// The newest time, exclusive.
            end_time: Timestamp,
            /// What to return.
            fields: StreamFields,
        }
    }
}

endpoint! {
    /// Streams every public post in Portuguese.
    GET "/2/tweets/firehose/stream/lang/pt" streamPostsFirehosePt
    (AppOnly:) -> Lines<One<Post>>;
    pub struct PostsFirehosePt {
        require {
            /// Which part of the stream; together the parts are the whole.
            partition: u8 [1..=2],
        }
        query {
            /// Minutes before now to deliver once more, after an interruption; of some Apps only.
            backfill_minutes: u8 [0..=5],
            /// The oldest time, inclusive.
            start_time: Timestamp,
            /// The newest time, exclusive.
            end_time: Timestamp,
            /// What to return.
            fields: StreamFields,
        }
    }
}

endpoint! {
    /// Streams the labels that X puts on posts.
    GET "/2/tweets/label/stream" streamLabelsCompliance
    (AppOnly:) -> Lines<One<PostLabel>>;
    pub struct LabelsCompliance {
        query {
            /// Minutes before now to deliver once more, after an interruption; of some Apps only.
            backfill_minutes: u8 [0..=5],
            /// The oldest time, inclusive.
            start_time: Timestamp,
            /// The newest time, exclusive.
            end_time: Timestamp,
        }
    }
}

endpoint! {
    /// Streams about a hundredth of all public posts.
    GET "/2/tweets/sample/stream" streamPostsSample
    (AppOnly:) -> Lines<One<Post>>;
    pub struct PostsSample {
        query {
            /// Minutes before now to deliver once more, after an interruption; of some Apps only.
            backfill_minutes: u8 [0..=5],
            /// What to return.
            fields: StreamFields,
        }
    }
}

endpoint! {
    /// Streams a tenth of all public posts.
    GET "/2/tweets/sample10/stream" streamPostsSample10
    (AppOnly:) -> Lines<One<Post>>;
    pub struct PostsSample10 {
        require {
            /// Which part of the stream; together the parts are the whole.
            partition: u8 [1..=2],
        }
        query {
            /// Minutes before now to deliver once more, after an interruption; of some Apps only.
            backfill_minutes: u8 [0..=5],
            /// The oldest time, inclusive.
            start_time: Timestamp,
            /// The newest time, exclusive.
            end_time: Timestamp,
            /// What to return.
            fields: StreamFields,
        }
    }
}

endpoint! {
    /// Streams the posts that match the App's rules.
    GET "/2/tweets/search/stream" streamPosts
    (AppOnly:) -> Lines<Matched<Post>>;
    pub struct Filtered {
        query {
            /// Minutes before now to deliver once more, after an interruption; of some Apps only.
            backfill_minutes: u8 [0..=5],
            /// The oldest time, inclusive.
            start_time: Timestamp,
            /// The newest time, exclusive.
            end_time: Timestamp,
            /// What to return.
            fields: StreamFields,
        }
    }
}

endpoint! {
    /// Streams what must be done to stored users: which were deleted, suspended or protected.
    GET "/2/users/compliance/stream" streamUsersCompliance
    (AppOnly:) -> Lines<One<UserCompliance>>;
    pub struct UsersCompliance {
        require {
            /// Which part of the stream; together the parts are the whole.
            partition: u8 [1..=4],
        }
        query {
            /// Minutes before now to deliver once more, after an interruption; of some Apps only.
            backfill_minutes: u8 [0..=5],
            /// The oldest time, inclusive.
            start_time: Timestamp,
            /// The newest time, exclusive.
            end_time: Timestamp,
        }
    }
}

field_set! {
    /// What to return.
    pub struct LikeFields: LikeField {
        /// Of likes:
        like: LikeField = "like_with_tweet_author.fields",
        /// Of the media:
        media: MediaField = "media.fields" without PRIVATE,
        /// Of the users:
        user: StreamUserField = "user.fields" without PRIVATE,
        /// Of the posts:
        post: StreamPostField = "tweet.fields" without PRIVATE,
        /// What to bring along:
        expansions: LikeExpansion = "expansions",
    }
}

field_set! {
    /// What to return.
    pub struct StreamFields: StreamPostField {
        /// Of the posts:
        post: StreamPostField = "tweet.fields" without PRIVATE,
        /// Of the media:
        media: MediaField = "media.fields" without PRIVATE,
        /// Of the polls:
        poll: PollField = "poll.fields",
        /// Of the users:
        user: StreamUserField = "user.fields" without PRIVATE,
        /// Of the places:
        place: PlaceField = "place.fields",
        /// What to bring along:
        expansions: StreamExpansion = "expansions",
    }
}
