//! Likes, reposts, quotes and answers.

use super::PostFields;
use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    id::{PostId, UserId},
    models::{Exclude, Hidden, Post, Reposted, User},
    operations::users::UserFields,
};

endpoint! {
    /// Lists the users who like a post.
    GET "/2/tweets/{id}/liking_users" getPostsLikingUsers
    (AnyUser: "like.read" "tweet.read" "users.read") -> Page<User>;
    pub struct LikingUsers {
        path {
            /// Which post.
            id: PostId,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return.
            fields: UserFields,
        }
    }
}

endpoint! {
    /// Lists the posts that quote a post.
    GET "/2/tweets/{id}/quote_tweets" getPostsQuotedPosts
    (Anyone: "tweet.read" "users.read") -> Page<Post>;
    pub struct Quotes {
        path {
            /// Which post.
            id: PostId,
        }
        query {
            /// Results per page.
            max_results: u16 [10..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to leave out.
            exclude: Vec<Exclude>,
            /// What to return.
            fields: PostFields,
        }
    }
}

endpoint! {
    /// Lists the users who have reposted a post.
    GET "/2/tweets/{id}/retweeted_by" getPostsRepostedBy
    (Anyone: "tweet.read" "users.read") -> Page<User>;
    pub struct RepostedBy {
        path {
            /// Which post.
            id: PostId,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return.
            fields: UserFields,
        }
    }
}

endpoint! {
    /// Lists the reposts of a post.
    GET "/2/tweets/{id}/retweets" getPostsReposts
    (Anyone: "tweet.read" "users.read") -> Page<Post>;
    pub struct Reposts {
        path {
            /// Which post.
            id: PostId,
        }
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
    /// Hides an answer to one's post, or shows it again.
    PUT "/2/tweets/{tweet_id}/hidden" hidePostsReply
    (AnyUser: "tweet.moderate.write" "tweet.read" "users.read") -> One<Hidden>;
    pub struct HideReply {
        path {
            /// The answer.
            post_id as tweet_id: PostId,
        }
        json {
            /// Whether to hide it.
            hidden: bool,
        }
    }
}

endpoint! {
    /// Reposts a post.
    POST "/2/users/{id}/retweets" repostPost
    (AnyUser: "tweet.read" "tweet.write" "users.read") -> One<Reposted>;
    pub struct Repost {
        path {
            /// Who does it: the user whose credential it is.
            id: UserId,
        }
        json {
            /// The post.
            post_id = "tweet_id": PostId,
        }
    }
}

endpoint! {
    /// Takes back a repost.
    DELETE "/2/users/{id}/retweets/{source_tweet_id}" unrepostPost
    (AnyUser: "tweet.read" "tweet.write" "users.read") -> One<Reposted>;
    pub struct Unrepost {
        path {
            /// Who does it: the user whose credential it is.
            id: UserId,
            /// What was reposted.
            post_id as source_tweet_id: PostId,
        }
    }
}
