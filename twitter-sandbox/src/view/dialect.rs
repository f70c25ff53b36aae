//! The two vocabularies of the wire: replies follow the one that the request uses.
//!
//! Objects are rendered in the current vocabulary, and translated at the end if need be.

use serde_json::{Map, Value};

/// A vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// `repost_count`, `referenced_posts`, `includes.posts`.
    Post,
    /// `retweet_count`, `referenced_tweets`, `includes.tweets`.
    Tweet,
}

/// The current and the old name of each field that was renamed.
const FIELDS: [(&str, &str); 5] = [
    ("edit_history_post_ids", "edit_history_tweet_ids"),
    ("referenced_posts", "referenced_tweets"),
    ("note_post", "note_tweet"),
    ("pinned_post_id", "pinned_tweet_id"),
    ("most_recent_post_id", "most_recent_tweet_id"),
];

/// The same for what lies inside `public_metrics` and its like.
const METRICS: [(&str, &str); 2] =
    [("repost_count", "retweet_count"), ("post_count", "tweet_count")];

impl Dialect {
    /// The current name of a field that the request names.
    pub(crate) fn current(self, field: &str) -> &str {
        match self {
            Self::Post => field,
            Self::Tweet => {
                let pair = FIELDS.iter().find(|(_, old)| *old == field);
                pair.map_or(field, |(current, _)| current)
            }
        }
    }

    /// The name of a field in the reply.
    pub(crate) fn written(self, field: &str) -> &str {
        match self {
            Self::Post => field,
            Self::Tweet => {
                let pair = FIELDS.iter().find(|(current, _)| *current == field);
                pair.map_or(field, |(_, old)| old)
            }
        }
    }

    /// The name under which `includes` holds posts.
    pub(crate) fn posts(self) -> &'static str {
        match self {
            Self::Post => "posts",
            Self::Tweet => "tweets",
        }
    }

    /// An object with the names of this vocabulary.
    pub(crate) fn translate(self, object: Map<String, Value>) -> Map<String, Value> {
        if self == Self::Post {
            return object;
        }
        let inner = |field: &str, value: Value| match value {
            Value::Object(metrics) if field.ends_with("metrics") => metrics
                .into_iter()
                .map(|(name, value)| {
                    let pair = METRICS.iter().find(|(current, _)| *current == name);
                    (pair.map_or(name, |(_, old)| (*old).to_owned()), value)
                })
                .collect(),
            other => other,
        };
        object
            .into_iter()
            .map(|(field, value)| (self.written(&field).to_owned(), inner(&field, value)))
            .collect()
    }
}
