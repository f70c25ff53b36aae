//! What is talked about.

use crate::{
    endpoint::endpoint,
    envelope::Page,
    fields::{Fields, PersonalizedTrendField, TrendField},
    models::{PersonalizedTrend, Trend},
};

endpoint! {
    /// Lists what is talked about in a place.
    GET "/2/trends/by/woeid/{woeid}" getTrendsByWoeid
    (AppOrOAuth2User:) -> Page<Trend>;
    pub struct ByWoeid {
        path {
            /// The place, by its Where On Earth Identifier; 1 is the whole world.
            woeid: u32,
        }
        query {
            /// How many; 20 if not set.
            max_trends: u8 [1..=50],
            /// What to return.
            fields = "trend.fields": Fields<TrendField>,
        }
    }
}

endpoint! {
    /// Lists what the user whose credential it is may want to know of.
    GET "/2/users/personalized_trends" getTrendsPersonalizedTrends
    (AnyUser: "tweet.read" "users.read") -> Page<PersonalizedTrend>;
    pub struct Personalized {
        query {
            /// What to return.
            fields = "personalized_trend.fields": Fields<PersonalizedTrendField>,
        }
    }
}
