//! Posts: reading, finding, writing and liking them.

mod draft;

pub use draft::{InvalidMedia, InvalidPoll, NewMedia, NewPoll, NewPost};

use crate::{
    endpoint::{Parameter, Query, endpoint},
    envelope::{One, Page},
    fields::{Fields, MediaField, PlaceField, PollField, PostExpansion, PostField, UserField},
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
            /// Which.
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
            /// Which.
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
            /// Words and operators, such as `from:XDevelopers -is:retweet`. X takes 512 characters
            /// from most Apps, and 4096 from some.
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
            /// Which.
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PostFields {
    /// Of posts: `post.fields`.
    pub post: Fields<PostField>,
    /// What to bring along: `expansions`.
    pub expansions: Fields<PostExpansion>,
    /// Of the users who are brought along: `user.fields`.
    pub user: Fields<UserField>,
    /// Of the media: `media.fields`.
    pub media: Fields<MediaField>,
    /// Of the polls: `poll.fields`.
    pub poll: Fields<PollField>,
    /// Of the places: `place.fields`.
    pub place: Fields<PlaceField>,
}

impl PostFields {
    /// All that X has, but for what only the author may see.
    pub fn all() -> Self {
        Self {
            post: Fields::all().without(PostField::PRIVATE),
            expansions: Fields::all(),
            user: Fields::all().without(UserField::PRIVATE),
            media: Fields::all().without(MediaField::PRIVATE),
            poll: Fields::all(),
            place: Fields::all(),
        }
    }
}

impl<F: Into<Fields<PostField>>> From<F> for PostFields {
    fn from(fields: F) -> Self {
        Self { post: fields.into(), ..Self::default() }
    }
}

impl Parameter for PostFields {
    fn append(&self, _: &str, query: &mut Query) {
        self.post.append("post.fields", query);
        self.expansions.append("expansions", query);
        self.user.append("user.fields", query);
        self.media.append("media.fields", query);
        self.poll.append("poll.fields", query);
        self.place.append("place.fields", query);
    }
}
