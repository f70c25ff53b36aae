//! The documentation's bodies: which there are, as what each is read, and whether nothing is lost on the way. The comparison
//! with the peers in `benches` reads the same.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;
use twitter_types::endpoint::{Operation, Shape};
use twitter_types::json::Json;
use twitter_types::models::ActivityEvent;
use twitter_types::problem::Problem;
use twitter_types::{OPERATIONS, One, Timestamp};

/// Files that cannot be what they stand for, and why.
const WRONG: &[(&str, &str)] = &[
    ("responses/createActivitySubscription.json", "a list, where X's other example has an object"),
    ("responses/getAccountActivitySubscriptionCount.json", "words where a number belongs"),
    ("responses/getChatConversationEvents.json", "an event as a webhook receives it"),
    ("responses/getUsersOwnedLists.json", "the answer to making a list"),
];

/// One file of the folder.
pub(crate) struct Body {
    pub(crate) file: String,
    /// The `operationId`, or nothing.
    pub(crate) operation: String,
    /// `response`, `request`, `error`, `event` or `stream-item`.
    pub(crate) kind: String,
    pub(crate) bytes: Vec<u8>,
}

impl Body {
    /// Reads a folder by its `index.csv`.
    pub(crate) fn all(folder: &Path) -> io::Result<Vec<Self>> {
        let index = fs::read_to_string(folder.join("index.csv"))?;
        let body = |line: &str| {
            let mut columns = line.split(',').map(str::to_owned);
            let mut column = || columns.next().unwrap_or_default();
            let (file, operation, kind) = (column(), column(), column());
            let bytes = fs::read(folder.join(&file))?;
            Ok(Self { file, operation, kind, bytes })
        };
        index.lines().skip(1).map(body).collect()
    }

    /// Why the document is wrong, if it is.
    pub(crate) fn wrong(&self) -> Option<&'static str> {
        WRONG.iter().find(|(file, _)| *file == self.file).map(|(_, why)| *why)
    }

    /// What it is read as. One that belongs to no operation of the API is read as any JSON.
    pub(crate) fn shape(&self) -> Shape {
        let operation = OPERATIONS.iter().find(|known| known.id == self.operation);
        shape(operation, &self.kind)
    }

    /// What is missing or different in what was written back.
    pub(crate) fn lost(&self, written: &[u8]) -> Result<Vec<String>, serde_json::Error> {
        let (before, after) =
            (serde_json::from_slice(&self.bytes)?, serde_json::from_slice(written)?);
        let mut lost = Vec::new();
        compare("", &before, &after, &mut lost);
        Ok(lost)
    }
}

fn shape(operation: Option<&Operation>, kind: &str) -> Shape {
    match (operation, kind) {
        (Some(operation), "request") => operation.body,
        (_, "error") => Shape::of::<Problem>(),
        (Some(operation), "event") if operation.id == "activityStream" => {
            Shape::of::<One<ActivityEvent>>()
        }
        (Some(operation), "stream-item") if operation.id != "streamPosts" => {
            Shape::of::<twitter_types::envelope::Matched<twitter_types::models::Post>>()
        }
        (Some(operation), _) => operation.response,
        (None, _) => Shape::of::<Json>(),
    }
}

/// Where a body, read and written again, says something else, or nothing. `null` and what is empty may go
/// missing; a number and its digits are one, and so are two spellings of an instant or of a name.
fn compare(path: &str, before: &Value, after: &Value, lost: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (name, value) in before {
                let kept = after.get(name).or_else(|| after.get(&current(name)));
                compare(&format!("{path}.{name}"), value, kept.unwrap_or(&Value::Null), lost);
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (at, (before, after)) in before.iter().zip(after).enumerate() {
                compare(&format!("{path}[{at}]"), before, after, lost);
            }
        }
        (Value::Object(members), after) if members.len() == 1 && members.contains_key("data") => {
            compare(&format!("{path}.data"), &members["data"], after, lost);
        }
        (Value::Array(values), Value::Null) if values.is_empty() => {}
        (Value::Object(members), Value::Null) if members.is_empty() => {}
        (Value::String(text), Value::Null) if text.is_empty() => {}
        _ if before == after || digits(before) == digits(after) => {}
        _ if instant(before).is_some() && instant(before) == instant(after) => {}
        (Value::String(before), Value::String(after)) if current(before) == *after => {}
        _ => lost.push(format!("{path}: {before} became {after}")),
    }
}

/// The current spelling of a name or value of the old vocabulary.
fn current(name: &str) -> String {
    if name == "note_id" {
        return "id".into();
    }
    name.replace("retweet_count", "repost_count")
        .replace("liked_tweet_author_id", "tweet_author_id")
        .replace("referenced_tweets", "referenced_posts")
        .replace("tweet", "post")
}

fn digits(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn instant(value: &Value) -> Option<Timestamp> {
    let text = value.as_str()?;
    text.parse().ok()
}
