//! How posts were received.

use crate::{
    endpoint::endpoint,
    envelope::Page,
    fields::{Fields, PostAnalyticsField},
    id::PostId,
    models::{PostAnalytics, PostGranularity},
    timestamp::Timestamp,
};

endpoint! {
    /// Counts how posts were received, over time.
    GET "/2/tweets/analytics" getPostsAnalytics
    (AnyUser: "tweet.read" "users.read") -> Page<PostAnalytics>;
    pub struct Analytics {
        require {
            /// Which posts.
            ids: Vec<PostId> [1..=100],
            /// The oldest time, inclusive.
            start_time: Timestamp,
            /// The newest time, exclusive.
            end_time: Timestamp,
        }
        query {
            /// How finely to count; all together if not set.
            granularity: PostGranularity,
            /// What to return.
            fields = "analytics.fields": Fields<PostAnalyticsField>,
        }
    }
}
