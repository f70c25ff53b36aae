//! What X counts of posts and users, as they stood when X answered.

use crate::model::model;

model! {
    /// Counts of a post that anyone may ask for.
    pub struct PostPublicMetrics {
        /// Times it was bookmarked.
        bookmark_count: Option<u64>,
        /// Times it was viewed.
        impression_count: Option<u64>,
        /// Likes.
        like_count: Option<u64>,
        /// Posts that quote it.
        quote_count: Option<u64>,
        /// Posts that answer it.
        reply_count: Option<u64>,
        /// Times it was reposted.
        repost_count | retweet_count: Option<u64>,
    }
}

model! {
    /// Counts of a post that only its author may ask for, for 30 days. The specification leaves
    /// them open; these are the ones in X's data dictionary and examples.
    pub struct PostPrivateMetrics {
        /// Times that anyone did anything with it.
        engagements: Option<u64>,
        /// Times it was viewed.
        impression_count: Option<u64>,
        /// Likes.
        like_count: Option<u64>,
        /// Posts that quote it.
        quote_count: Option<u64>,
        /// Posts that answer it.
        reply_count: Option<u64>,
        /// Times it was reposted.
        repost_count | retweet_count: Option<u64>,
        /// Clicks on links in it.
        url_link_clicks: Option<u64>,
        /// Clicks on its author's name or picture.
        user_profile_clicks: Option<u64>,
    }
}

model! {
    /// Counts of a user.
    pub struct UserPublicMetrics {
        /// Users who follow this one.
        followers_count: Option<u64>,
        /// Users whom this one follows.
        following_count: Option<u64>,
        /// Posts that this user likes.
        like_count: Option<u64>,
        /// Lists that this user is on.
        listed_count: Option<u64>,
        /// Media items that this user has posted.
        media_count: Option<u64>,
        /// Posts by this user, reposts included.
        post_count | tweet_count: Option<u64>,
    }
}
