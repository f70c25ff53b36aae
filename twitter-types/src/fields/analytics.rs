//! Fields of analytics: how posts and videos were received.

use crate::model::open_enum;

open_enum! {
    /// Fields of [`MediaAnalytics`](crate::models::MediaAnalytics): `media_analytics.fields`.
    pub enum MediaAnalyticsField {
        /// `cta_url_clicks`.
        CtaUrlClicks = "cta_url_clicks",
        /// `cta_watch_clicks`.
        CtaWatchClicks = "cta_watch_clicks",
        /// `media_key`.
        MediaKey = "media_key",
        /// `play_from_tap`.
        PlayFromTap = "play_from_tap",
        /// `playback25`.
        Playback25 = "playback25",
        /// `playback50`.
        Playback50 = "playback50",
        /// `playback75`.
        Playback75 = "playback75",
        /// `playback_complete`.
        PlaybackComplete = "playback_complete",
        /// `playback_start`.
        PlaybackStart = "playback_start",
        /// `timestamp`.
        Timestamp = "timestamp",
        /// `timestamped_metrics`.
        TimestampedMetrics = "timestamped_metrics",
        /// `video_views`.
        VideoViews = "video_views",
        /// `watch_time_ms`.
        WatchTimeMs = "watch_time_ms",
    }
}

open_enum! {
    /// Fields of [`PostAnalytics`](crate::models::PostAnalytics): `analytics.fields`.
    pub enum PostAnalyticsField {
        /// `app_install_attempts`.
        AppInstallAttempts = "app_install_attempts",
        /// `app_opens`.
        AppOpens = "app_opens",
        /// `bookmarks`.
        Bookmarks = "bookmarks",
        /// `detail_expands`.
        DetailExpands = "detail_expands",
        /// `email_tweet`.
        EmailTweet = "email_tweet",
        /// `engagements`.
        Engagements = "engagements",
        /// `follows`.
        Follows = "follows",
        /// `hashtag_clicks`.
        HashtagClicks = "hashtag_clicks",
        /// `id`.
        Id = "id",
        /// `impressions`.
        Impressions = "impressions",
        /// `likes`.
        Likes = "likes",
        /// `media_views`.
        MediaViews = "media_views",
        /// `permalink_clicks`.
        PermalinkClicks = "permalink_clicks",
        /// `quote_tweets`.
        QuoteTweets = "quote_tweets",
        /// `replies`.
        Replies = "replies",
        /// `retweets`.
        Retweets = "retweets",
        /// `shares`.
        Shares = "shares",
        /// `timestamp`.
        Timestamp = "timestamp",
        /// `timestamped_metrics`.
        TimestampedMetrics = "timestamped_metrics",
        /// `unfollows`.
        Unfollows = "unfollows",
        /// `unlikes`.
        Unlikes = "unlikes",
        /// `url_clicks`.
        UrlClicks = "url_clicks",
        /// `user_profile_clicks`.
        UserProfileClicks = "user_profile_clicks",
    }
}

open_enum! {
    /// Fields of a [`PostCount`](crate::models::PostCount): `search_count.fields`.
    pub enum PostCountField {
        /// `end`.
        End = "end",
        /// `post_count`.
        PostCount = "post_count",
        /// `start`.
        Start = "start",
    }
}
