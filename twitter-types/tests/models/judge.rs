//! What the tests judge decoded bodies by.

use std::fmt::Debug;

use serde_json::Value;
use twitter_types::Timestamp;

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

/// Renames the keys of a body from the current vocabulary to the old, and the scope's value.
pub(crate) fn rename(body: &Value, names: &[(&str, &str)]) -> Value {
    match body {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| {
                let new = names.iter().find(|(from, _)| from == name).map_or(&**name, |(_, to)| to);
                let value = match (&**name, value.as_str()) {
                    ("scope", Some("post")) => "tweet".into(),
                    _ => rename(value, names),
                };
                (new.to_owned(), value)
            })
            .collect(),
        Value::Array(values) => values.iter().map(|value| rename(value, names)).collect(),
        _ => body.clone(),
    }
}

/// Fails if any object in a decoded body, at any depth, has an unknown field or value.
pub(crate) fn assert_nothing_left(decoded: &impl Debug) {
    let text = format!("{decoded:?}");
    for sign in ["extra: {\"", "Unknown(\""] {
        if let Some(at) = text.find(sign) {
            let rest: String = text[at..].chars().take(200).collect();
            panic!("not known to the models: {rest}");
        }
    }
}

/// Where a body, read and written again, says something else, or nothing.
///
/// `null` and the empty list may go missing; a number and its digits are one, and so are two
/// spellings of an instant and of a name.
pub(crate) fn differences(path: &str, before: &Value, after: &Value, found: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (name, value) in before {
                let current = OLD_NAMES.iter().find(|(_, old)| old == name);
                let name = current.map_or(&**name, |(current, _)| current);
                let kept = after.get(name).unwrap_or(&Value::Null);
                differences(&format!("{path}.{name}"), value, kept, found);
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (at, (before, after)) in before.iter().zip(after).enumerate() {
                differences(&format!("{path}[{at}]"), before, after, found);
            }
        }
        (Value::Array(before), Value::Null) if before.is_empty() => {}
        (Value::String(before), Value::String(after)) if before == "tweet" && after == "post" => {}
        _ if before == after || digits(before) == digits(after) => {}
        _ if instant(before).is_some() && instant(before) == instant(after) => {}
        _ => found.push(format!("{path}: {before} became {after}")),
    }
}

fn digits(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn instant(value: &Value) -> Option<Timestamp> {
    value.as_str()?.parse().ok()
}
