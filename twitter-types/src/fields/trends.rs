//! Fields of trends: what is talked about.

use crate::model::open_enum;

open_enum! {
    /// Fields of a [`PersonalizedTrend`](crate::models::PersonalizedTrend):
    /// `personalized_trend.fields`.
    pub enum PersonalizedTrendField {
        /// `category`.
        Category = "category",
        /// `post_count`.
        PostCount = "post_count",
        /// `trend_name`.
        TrendName = "trend_name",
        /// `trending_since`.
        TrendingSince = "trending_since",
    }
}

open_enum! {
    /// Fields of a [`Trend`](crate::models::Trend): `trend.fields`.
    pub enum TrendField {
        /// `trend_name`.
        TrendName = "trend_name",
        /// `tweet_count`.
        TweetCount = "tweet_count",
    }
}
