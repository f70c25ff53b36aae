//! What tests judge decoded bodies by.

/// Names and values since specification 2.167, and what they were before.
pub(crate) const OLD_NAMES: &[(&str, &str)] = &[
    ("repost_count", "retweet_count"),
    ("post_count", "tweet_count"),
    ("edit_history_post_ids", "edit_history_tweet_ids"),
    ("referenced_posts", "referenced_tweets"),
    ("note_post", "note_tweet"),
    ("pinned_post_id", "pinned_tweet_id"),
    ("most_recent_post_id", "most_recent_tweet_id"),
    ("posts", "tweets"),
    ("total_post_count", "total_tweet_count"),
];

/// The first thing in a decoded body, as `{:?}` shows it, that the models do not know: an unknown
/// field or value of any object, at any depth.
pub(crate) fn unknown(decoded: &str) -> Option<String> {
    let at = ["extra: {\"", "Unknown(\""].iter().find_map(|sign| decoded.find(sign))?;
    Some(decoded[at..].chars().take(200).collect())
}
