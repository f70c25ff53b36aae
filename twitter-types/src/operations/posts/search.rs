//! Finding and counting posts of the archive.

use super::PostFields;
use super::SortOrder;
use crate::{
    endpoint::endpoint,
    envelope::Page,
    fields::{Fields, PostCountField},
    id::PostId,
    models::{CountGranularity, Post, PostCount},
    timestamp::Timestamp,
};

endpoint! {
    /// Counts posts of the whole archive, over time.
    GET "/2/tweets/counts/all" getPostsCountsAll
    (AppOnly:) -> Page<PostCount>;
    pub struct CountAll {
        require {
            /// Words and operators.
            query: String [1..=4096],
        }
        query {
            /// The page to return, as an earlier one named it.
            next_token: String,
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// The oldest time, inclusive.
            start_time: Timestamp,
            /// The newest time, exclusive.
            end_time: Timestamp,
            /// Posts newer than this one.
            since_id: PostId,
            /// Posts older than this one.
            until_id: PostId,
            /// How finely to count; by hour if not set.
            granularity: CountGranularity,
            /// What to return.
            fields = "search_count.fields": Fields<PostCountField>,
        }
    }
}

endpoint! {
    /// Counts posts of the last seven days, over time.
    GET "/2/tweets/counts/recent" getPostsCountsRecent
    (AppOrOAuth2User:) -> Page<PostCount>;
    pub struct CountRecent {
        require {
            /// Words and operators.
            query: String [1..=4096],
        }
        query {
            /// The page to return, as an earlier one named it.
            next_token: String,
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// The oldest time, inclusive.
            start_time: Timestamp,
            /// The newest time, exclusive.
            end_time: Timestamp,
            /// Posts newer than this one.
            since_id: PostId,
            /// Posts older than this one.
            until_id: PostId,
            /// How finely to count; by hour if not set.
            granularity: CountGranularity,
            /// What to return.
            fields = "search_count.fields": Fields<PostCountField>,
        }
    }
}

endpoint! {
    /// Finds posts of the whole archive.
    GET "/2/tweets/search/all" searchPostsAll
    (Anyone: "tweet.read" "users.read") -> Page<Post>;
    pub struct SearchAll {
        require {
            /// Words and operators.
            query: String [1..=4096],
        }
        query {
            /// Results per page.
            max_results: u16 [10..=500],
            /// The page to return, as an earlier one named it.
            next_token: String,
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// The oldest time, inclusive.
            start_time: Timestamp,
            /// The newest time, exclusive.
            end_time: Timestamp,
            /// Posts newer than this one.
            since_id: PostId,
            /// Posts older than this one.
            until_id: PostId,
            /// What comes first.
            sort_order: SortOrder,
            /// What to return.
            fields: PostFields,
        }
    }
}
