//! How posts were received, and how many there were.

use crate::id::PostId;
use crate::model::{model, open_enum};
use crate::timestamp::Timestamp;

model! {
    /// How a post was received.
    pub struct PostAnalytics {
        /// How often an app's installation was begun.
        app_install_attempts: Option<u64>,
        /// How often an app was opened.
        app_opens: Option<u64>,
        /// How often the post was bookmarked.
        bookmarks: Option<u64>,
        /// How often the post was opened.
        detail_expands: Option<u64>,
        /// How often the post was sent by e-mail.
        email_tweet: Option<u64>,
        /// How often people did anything with the post.
        engagements: Option<u64>,
        /// How often people followed the author from the post.
        follows: Option<u64>,
        /// Clicks on hashtags.
        hashtag_clicks: Option<u64>,
        /// The post.
        id: Option<PostId>,
        /// How often the post was seen.
        impressions: Option<u64>,
        /// How often the post was liked.
        likes: Option<u64>,
        /// How often the media were seen.
        media_views: Option<u64>,
        /// Clicks on the post's address.
        permalink_clicks: Option<u64>,
        /// How often the post was quoted.
        quote_tweets: Option<u64>,
        /// How often the post was answered.
        replies: Option<u64>,
        /// How often the post was reposted.
        retweets: Option<u64>,
        /// How often the post was shared.
        shares: Option<u64>,
        /// When the counts begin.
        timestamp: Option<Timestamp>,
        /// The counts, by span of time.
        timestamped_metrics: Vec<PostAnalyticsBucket>,
        /// How often people unfollowed the author from the post.
        unfollows: Option<u64>,
        /// How often a like was taken back.
        unlikes: Option<u64>,
        /// Clicks on links.
        url_clicks: Option<u64>,
        /// Clicks on the author's profile.
        user_profile_clicks: Option<u64>,
    }
}

model! {
    /// How a post was received in a span of time.
    pub struct PostAnalyticsBucket {
        /// The counts.
        metrics: Option<Box<PostAnalyticsCounts>>,
        /// When the span begins.
        timestamp: Option<Timestamp>,
    }
}

model! {
    /// Counts of a post.
    pub struct PostAnalyticsCounts {
        /// How often an app's installation was begun.
        app_install_attempts: Option<u64>,
        /// How often an app was opened.
        app_opens: Option<u64>,
        /// How often the post was bookmarked.
        bookmarks: Option<u64>,
        /// How often the post was opened.
        detail_expands: Option<u64>,
        /// How often the post was sent by e-mail.
        email_tweet: Option<u64>,
        /// How often people did anything with the post.
        engagements: Option<u64>,
        /// How often people followed the author from the post.
        follows: Option<u64>,
        /// Clicks on hashtags.
        hashtag_clicks: Option<u64>,
        /// How often the post was seen.
        impressions: Option<u64>,
        /// How often the post was liked.
        likes: Option<u64>,
        /// How often the media were seen.
        media_views: Option<u64>,
        /// Clicks on the post's address.
        permalink_clicks: Option<u64>,
        /// How often the post was quoted.
        quote_tweets: Option<u64>,
        /// How often the post was answered.
        replies: Option<u64>,
        /// How often the post was reposted.
        retweets: Option<u64>,
        /// How often the post was shared.
        shares: Option<u64>,
        /// How often people unfollowed the author from the post.
        unfollows: Option<u64>,
        /// How often a like was taken back.
        unlikes: Option<u64>,
        /// Clicks on links.
        url_clicks: Option<u64>,
        /// Clicks on the author's profile.
        user_profile_clicks: Option<u64>,
    }
}

model! {
    /// How many posts there were in a span of time.
    pub struct PostCount {
        /// Where it ends; exclusive.
        end: Option<Timestamp>,
        /// How many posts there were.
        post_count | tweet_count: Option<u64>,
        /// Where it starts; inclusive.
        start: Option<Timestamp>,
    }
}

open_enum! {
    /// How finely to count posts.
    pub enum CountGranularity {
        /// `minute`.
        Minute = "minute",
        /// `hour`.
        Hour = "hour",
        /// `day`.
        Day = "day",
    }
}

open_enum! {
    /// How finely to count how posts were received.
    pub enum PostGranularity {
        /// `hourly`.
        Hourly = "hourly",
        /// `weekly`.
        Weekly = "weekly",
        /// `daily`.
        Daily = "daily",
        /// `total`.
        Total = "total",
    }
}
