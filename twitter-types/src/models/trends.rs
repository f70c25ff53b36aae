//! What is talked about.

use crate::model::model;

model! {
    /// What a user may want to know of.
    pub struct PersonalizedTrend {
        /// What it belongs to, such as `Sports`.
        category: Option<String>,
        /// How many posts there are, in words.
        post_count | tweet_count: Option<String>,
        /// What is talked about.
        trend_name: Option<String>,
        /// Since when, in words.
        trending_since: Option<String>,
    }
}

model! {
    /// What is talked about in a place.
    pub struct Trend {
        /// What is talked about.
        trend_name: Option<String>,
        /// How many posts are about it.
        tweet_count: Option<u64>,
    }
}
