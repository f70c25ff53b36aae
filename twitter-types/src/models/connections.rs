//! Connections to streams.

use crate::model::{model, open_enum};
use crate::timestamp::Timestamp;

model! {
    /// What became of a connection that was to be closed.
    pub struct ClosedConnection {
        /// Why it failed.
        error_message: Option<String>,
        /// Whether it was done.
        success: Option<bool>,
        /// The connection.
        uuid: Option<String>,
    }
}

model! {
    /// What became of the connections that were to be closed.
    pub struct ClosedConnections {
        /// Connections that could not be closed.
        failed_kills: Option<u64>,
        /// What became of each.
        results: Vec<ClosedConnection>,
        /// Connections that were closed.
        successful_kills: Option<u64>,
    }
}

model! {
    /// A connection to a stream.
    pub struct Connection {
        /// The address that the connection came from.
        client_ip: Option<String>,
        /// When the connection was made.
        connected_at: Option<Timestamp>,
        /// Why the connection ended.
        disconnect_reason: Option<String>,
        /// When the connection ended; absent while it lasts.
        disconnected_at: Option<Timestamp>,
        /// The stream.
        endpoint_name: Option<String>,
        /// Identifies it.
        id: Option<String>,
    }
}

open_enum! {
    /// Which connections to list.
    pub enum ConnectionFilter {
        /// `active`.
        Active = "active",
        /// `inactive`.
        Inactive = "inactive",
        /// `all`.
        All = "all",
    }
}

open_enum! {
    /// A stream, by its name.
    pub enum StreamEndpoint {
        /// `filtered_stream`.
        FilteredStream = "filtered_stream",
        /// `sample_stream`.
        SampleStream = "sample_stream",
        /// `sample10_stream`.
        Sample10Stream = "sample10_stream",
        /// `firehose_stream`.
        FirehoseStream = "firehose_stream",
        /// `tweets_compliance_stream`.
        TweetsComplianceStream = "tweets_compliance_stream",
        /// `users_compliance_stream`.
        UsersComplianceStream = "users_compliance_stream",
        /// `tweet_label_stream`.
        TweetLabelStream = "tweet_label_stream",
        /// `firehose_stream_lang_en`.
        FirehoseStreamLangEn = "firehose_stream_lang_en",
        /// `firehose_stream_lang_ja`.
        FirehoseStreamLangJa = "firehose_stream_lang_ja",
        /// `firehose_stream_lang_ko`.
        FirehoseStreamLangKo = "firehose_stream_lang_ko",
        /// `firehose_stream_lang_pt`.
        FirehoseStreamLangPt = "firehose_stream_lang_pt",
        /// `likes_firehose_stream`.
        LikesFirehoseStream = "likes_firehose_stream",
        /// `likes_sample10_stream`.
        LikesSample10Stream = "likes_sample10_stream",
        /// `likes_compliance_stream`.
        LikesComplianceStream = "likes_compliance_stream",
    }
}
