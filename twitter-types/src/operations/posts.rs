//! Posts: reading, finding, writing and liking them.

mod analytics;
mod draft;
mod once;
mod reactions;
mod search;
mod timelines;

pub use analytics::Analytics;
pub use draft::{AppInstall, InvalidMedia, InvalidPoll, NewMedia, NewPoll, NewPost};
pub use once::{Once, PostOnce, Posted};
pub use reactions::{HideReply, LikingUsers, Quotes, Repost, RepostedBy, Reposts, Unrepost};
pub use search::{CountAll, CountRecent, SearchAll};
pub use timelines::{HomeTimeline, LikedBy, Mentioning, OfUser, RepostsOfMe};

use crate::{
    endpoint::{endpoint, field_set},
    envelope::{One, Page},
    fields::{MediaField, PlaceField, PollField, PostExpansion, PostField, UserField},
    id::{PostId, UserId},
    model::open_enum,
    models::{CreatedPost, Deleted, Liked, Post},
    timestamp::Timestamp,
};

endpoint! {
    /// Looks up one post.
    GET "/2/tweets/{id}" getPostsById
    (Anyone: "tweet.read" "users.read") -> One<Post>;
    pub struct ById {
        path {
            /// Which post.
            id: PostId,
        }
        query {
            /// What to return besides id and text.
            fields: PostFields,
        }
    }
}

endpoint! {
    /// Looks up several posts.
    GET "/2/tweets" getPostsByIds
    (Anyone: "tweet.read" "users.read") -> Page<Post>;
    pub struct ByIds {
        require {
            /// Which posts.
            ids: Vec<PostId> [1..=100],
        }
        query {
            /// What to return besides id and text.
            fields: PostFields,
        }
    }
}

endpoint! {
    /// Finds posts of the last seven days.
    ///
    /// The newest come first, unless `sort_order` says otherwise.
    GET "/2/tweets/search/recent" searchPostsRecent
    (Anyone: "tweet.read" "users.read") -> Page<Post>;
    pub struct SearchRecent {
        require {
            /// Words and operators, such as `from:XDevelopers -is:retweet`; module `query` builds
            /// them. X takes 512 characters from most Apps, and 4096 from some.
            query: String [1..=4096],
        }
        query {
            /// Posts per page; 10 if not set.
            max_results: u16 [10..=100],
            /// The page to return, as an earlier one named it: X's older name of
            /// `pagination_token`.
            next_token: String,
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// The oldest time, inclusive, in whole seconds.
            start_time: Timestamp,
            /// The newest time, exclusive, in whole seconds.
            end_time: Timestamp,
            /// Posts newer than this one.
            since_id: PostId,
            /// Posts older than this one.
            until_id: PostId,
            /// What comes first.
            sort_order: SortOrder,
            /// What to return besides id and text.
            fields: PostFields,
        }
    }
}

open_enum! {
    /// What a search returns first.
    pub enum SortOrder {
        /// The newest.
        Recency = "recency",
        /// What X holds to fit best.
        Relevancy = "relevancy",
    }
}

endpoint! {
    /// Publishes a post, in the name of the user whose credential it is.
    POST "/2/tweets" createPosts
    (AnyUser: "tweet.read" "tweet.write" "users.read") -> One<CreatedPost>;
    pub struct Create {
        body {
            /// What to publish; a text alone will do.
            post: NewPost,
        }
    }
}

endpoint! {
    /// Deletes a post of the user whose credential it is.
    DELETE "/2/tweets/{id}" deletePosts
    (AnyUser: "tweet.read" "tweet.write" "users.read") -> One<Deleted>;
    pub struct Delete {
        path {
            /// Which post.
            id: PostId,
        }
    }
}

endpoint! {
    /// Likes a post.
    POST "/2/users/{id}/likes" likePost
    (AnyUser: "like.write" "tweet.read" "users.read") -> One<Liked>;
    pub struct Like {
        path {
            /// Who likes: the user whose credential it is.
            id: UserId,
        }
        json {
            /// What to like.
            post_id = "tweet_id": PostId,
        }
    }
}

endpoint! {
    /// Takes back a like.
    DELETE "/2/users/{id}/likes/{tweet_id}" unlikePost
    (AnyUser: "like.write" "tweet.read" "users.read") -> One<Liked>;
    pub struct Unlike {
        path {
            /// Who liked: the user whose credential it is.
            id: UserId,
            /// What was liked.
            post_id as tweet_id: PostId,
        }
    }
}

field_set! {
    /// What to return of posts: their own fields, what to bring along, and the fields of that.
    ///
    /// ```
    /// use twitter_types::{fields::{PostExpansion, PostField}, posts::{ById, PostFields}};
    ///
    /// let counted = ById::new(20).fields([PostField::PublicMetrics]);
    /// let mut fields = PostFields::from([PostField::CreatedAt]);
    /// fields.expansions.insert(PostExpansion::AuthorId);
    /// let with_author = ById::new(20).fields(fields);
    /// let everything = ById::new(20).fields(PostFields::all());
    /// # let _ = (counted, with_author, everything);
    /// ```
    pub struct PostFields: PostField {
        /// Of posts:
        post: PostField = "post.fields" without PRIVATE,
        /// What to bring along:
        expansions: PostExpansion = "expansions",
        /// Of the users who are brought along:
        user: UserField = "user.fields" without PRIVATE,
        /// Of the media:
        media: MediaField = "media.fields" without PRIVATE,
        /// Of the polls:
        poll: PollField = "poll.fields",
        /// Of the places:
        place: PlaceField = "place.fields",
    }
}
