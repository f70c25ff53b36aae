//! Streams: who is connected to which, what they are sent, and what a test makes of it.

mod connection;
mod control;
mod hub;
mod item;
mod lines;
mod rules;

pub(crate) use self::connection::{Connection, Wanted};
pub use self::control::{Disconnect, StreamControl};
pub(crate) use self::hub::{Hub, Settings};
pub(crate) use self::item::{Event, Item, Like};
pub(crate) use self::lines::Feed;
pub(crate) use self::rules::{RULES, Rule, Rules};

/// A stream of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Stream {
    /// `/2/tweets/search/stream`: posts that match the App's rules.
    Filtered,
    /// `/2/tweets/sample/stream`: a hundredth of all posts.
    Sample,
    /// `/2/tweets/sample10/stream`: a tenth of all posts, in 2 partitions.
    Sample10,
    /// `/2/tweets/firehose/stream`: all posts, in 20 partitions.
    Firehose,
    /// `/2/tweets/firehose/stream/lang/en`: all posts in English, in 8 partitions.
    FirehoseEn,
    /// `/2/tweets/firehose/stream/lang/ja`: all posts in Japanese, in 2 partitions.
    FirehoseJa,
    /// `/2/tweets/firehose/stream/lang/ko`: all posts in Korean, in 2 partitions.
    FirehoseKo,
    /// `/2/tweets/firehose/stream/lang/pt`: all posts in Portuguese, in 2 partitions.
    FirehosePt,
    /// `/2/likes/firehose/stream`: all likes, in 20 partitions.
    LikesFirehose,
    /// `/2/likes/sample10/stream`: a tenth of all likes, in 2 partitions.
    LikesSample10,
    /// `/2/tweets/compliance/stream`: what must be done to stored posts, in 4 partitions.
    PostsCompliance,
    /// `/2/users/compliance/stream`: what must be done to stored users, in 4 partitions.
    UsersCompliance,
    /// `/2/likes/compliance/stream`: which likes were taken back.
    LikesCompliance,
    /// `/2/tweets/label/stream`: labels that are put on posts.
    Labels,
    /// `/2/activity/stream`: events that the App has subscribed to.
    Activity,
}

/// Every stream with its `operationId`, its name among connections, and its partitions. The name of
/// the activity stream is not among those that the specification lists.
const STREAMS: [(Stream, &str, &str, u64); 15] = [
    (Stream::Filtered, "streamPosts", "filtered_stream", 1),
    (Stream::Sample, "streamPostsSample", "sample_stream", 1),
    (Stream::Sample10, "streamPostsSample10", "sample10_stream", 2),
    (Stream::Firehose, "streamPostsFirehose", "firehose_stream", 20),
    (Stream::FirehoseEn, "streamPostsFirehoseEn", "firehose_stream_lang_en", 8),
    (Stream::FirehoseJa, "streamPostsFirehoseJa", "firehose_stream_lang_ja", 2),
    (Stream::FirehoseKo, "streamPostsFirehoseKo", "firehose_stream_lang_ko", 2),
    (Stream::FirehosePt, "streamPostsFirehosePt", "firehose_stream_lang_pt", 2),
    (Stream::LikesFirehose, "streamLikesFirehose", "likes_firehose_stream", 20),
    (Stream::LikesSample10, "streamLikesSample10", "likes_sample10_stream", 2),
    (Stream::PostsCompliance, "streamPostsCompliance", "tweets_compliance_stream", 4),
    (Stream::UsersCompliance, "streamUsersCompliance", "users_compliance_stream", 4),
    (Stream::LikesCompliance, "streamLikesCompliance", "likes_compliance_stream", 1),
    (Stream::Labels, "streamLabelsCompliance", "tweet_label_stream", 1),
    (Stream::Activity, "activityStream", "activity_stream", 1),
];

impl Stream {
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        STREAMS.iter().map(|(stream, ..)| *stream)
    }

    pub(crate) fn of_operation(id: &str) -> Option<Self> {
        STREAMS.iter().find(|(_, operation, ..)| *operation == id).map(|(stream, ..)| *stream)
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        STREAMS.iter().find(|(_, _, known, _)| *known == name).map(|(stream, ..)| *stream)
    }

    /// The name of the stream among connections.
    pub(crate) fn name(self) -> &'static str {
        self.row().2
    }

    /// How many partitions there are; 1 if the stream has none.
    pub(crate) fn partitions(self) -> u64 {
        self.row().3
    }

    /// How many connections an App may have, to each partition.
    pub(crate) fn connections(self) -> usize {
        if self == Self::Activity { 2 } else { 1 }
    }

    fn row(self) -> &'static (Self, &'static str, &'static str, u64) {
        STREAMS.iter().find(|(stream, ..)| *stream == self).expect("every stream has a row")
    }
}
