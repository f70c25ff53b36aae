//! Lists of posts of, for or about a user.

use super::PostFields;
use crate::{
    endpoint::endpoint,
    envelope::Page,
    id::{PostId, UserId},
    models::{Exclude, Post},
    timestamp::Timestamp,
};

endpoint! {
    /// Lists the reposts of posts of the user whose credential it is.
    GET "/2/users/reposts_of_me" getUsersRepostsOfMe
    (AnyUser: "timeline.read" "tweet.read") -> Page<Post>;
    pub struct RepostsOfMe {
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return.
            fields: PostFields,
        }
    }
}

endpoint! {
    /// Lists the posts that a user likes.
    GET "/2/users/{id}/liked_tweets" getUsersLikedPosts
    (AnyUser: "like.read" "tweet.read" "users.read") -> Page<Post>;
    pub struct LikedBy {
        path {
            /// Which user.
            id: UserId,
        }
        query {
            /// Results per page.
            max_results: u16 [5..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return.
            fields: PostFields,
        }
    }
}

endpoint! {
    /// Lists the posts that mention a user.
    GET "/2/users/{id}/mentions" getUsersMentions
    (Anyone: "tweet.read" "users.read") -> Page<Post>;
    pub struct Mentioning {
        path {
            /// Which user.
            id: UserId,
        }
        query {
            /// Results per page.
            max_results: u16 [5..=100],
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
            /// What to return.
            fields: PostFields,
        }
    }
}

endpoint! {
    /// Lists the newest posts of those whom a user follows.
    GET "/2/users/{id}/timelines/reverse_chronological" getUsersTimeline
    (AnyUser: "tweet.read" "users.read") -> Page<Post>;
    pub struct HomeTimeline {
        path {
            /// Which user.
            id: UserId,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=100],
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
            /// What to leave out.
            exclude: Vec<Exclude>,
            /// What to return.
            fields: PostFields,
        }
    }
}

endpoint! {
    /// Lists a user's posts.
    GET "/2/users/{id}/tweets" getUsersPosts
    (Anyone: "tweet.read" "users.read") -> Page<Post>;
    pub struct OfUser {
        path {
            /// Which user.
            id: UserId,
        }
        query {
            /// Results per page.
            max_results: u16 [5..=100],
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
            /// What to leave out.
            exclude: Vec<Exclude>,
            /// What to return.
            fields: PostFields,
        }
    }
}
