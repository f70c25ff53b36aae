//! What X answers to a change: mostly the new state.

use crate::id::PostId;
use crate::model::model;

model! {
    /// The answer to creating a post.
    pub struct CreatedPost {
        required {
            /// The new post.
            id: PostId,
        }
        /// Every version of the post, oldest first.
        edit_history_post_ids | edit_history_tweet_ids: Vec<PostId>,
        /// The text as posted, with links shortened.
        text: Option<String>,
    }
}

model! {
    /// The answer to deleting something.
    pub struct Deleted {
        /// Whether it is gone.
        deleted: Option<bool>,
    }
}

model! {
    /// The answer to liking a post, or to taking the like back.
    pub struct Liked {
        /// Whether the post is liked now.
        liked: Option<bool>,
    }
}

model! {
    /// The answer to reposting a post, or to taking the repost back. X kept the old name here.
    pub struct Reposted {
        /// The repost.
        rest_id: Option<PostId>,
        /// Whether the post is reposted now.
        retweeted: Option<bool>,
    }
}

model! {
    /// The answer to bookmarking a post, or to removing the bookmark.
    pub struct Bookmarked {
        /// Whether the post is bookmarked now.
        bookmarked: Option<bool>,
        /// The post, when several were bookmarked at once.
        tweet_id: Option<PostId>,
    }
}

model! {
    /// The answer to following a user, or to unfollowing.
    pub struct Following {
        /// Whether the user is followed now.
        following: Option<bool>,
        /// Whether the user, being protected, has yet to agree.
        pending_follow: Option<bool>,
    }
}

model! {
    /// The answer to muting a user, or to unmuting.
    pub struct Muting {
        /// Whether the user is muted now.
        muting: Option<bool>,
    }
}

model! {
    /// The answer to a segment of an upload.
    pub struct AppendedMedia {
        /// Until when X keeps the upload, in seconds since 1970.
        expires_at: Option<u64>,
    }
}

model! {
    /// A post that a message shows, or that stands in a folder of bookmarks, by its id.
    pub struct PostStub {
        required {
            /// Identifies the post.
            id: PostId,
        }
    }
}

model! {
    /// The answer to what either is done or not.
    pub struct Done {
        /// Whether it was done.
        success: Option<bool>,
    }
}

model! {
    /// The answer to muting a conversation or a user in a chat, or to unmuting.
    pub struct Muted {
        /// Whether the conversation, or the user in a chat, is muted now.
        muted: Option<bool>,
    }
}

model! {
    /// The answer to publishing an article; also a post of a news story.
    pub struct PublishedArticle {
        /// The post.
        post_id: Option<PostId>,
    }
}

model! {
    /// The answer to a change.
    pub struct Updated {
        /// Whether it was changed.
        updated: Option<bool>,
    }
}

model! {
    /// The answer to blocking a user, or to unblocking.
    pub struct Blocking {
        /// Whether the user is blocked now.
        blocking: Option<bool>,
    }
}

model! {
    /// The answer to blocking the direct messages of a user, or to unblocking them.
    pub struct DmsBlocked {
        /// Whether they are blocked now.
        blocked: Option<bool>,
    }
}

model! {
    /// The answer to hiding an answer, or to showing it again.
    pub struct Hidden {
        /// Whether the answer is hidden.
        hidden: Option<bool>,
    }
}
