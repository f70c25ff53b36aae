//! Reads a folder of documented bodies as the types of their operations, and says what is lost.
//!
//! `cargo run -q -p twitter-types --example decode -- DIR`
//!
//! `DIR/index.csv` has a line for each file, `file,operation_id,kind,…`, where the kind is `response`,
//! `request`, `error`, `event` or `stream-item`. A file passes when it decodes, and when nothing that it
//! says is missing or different in what is written back.

use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::Value;
use twitter_types::endpoint::{Operation, Shape};
use twitter_types::json::Json;
use twitter_types::model::Vocabulary;
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

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("name a folder with an index.csv")?;
    let folder = Path::new(&folder);
    let index = fs::read_to_string(folder.join("index.csv"))?;
    let (mut passed, mut failed) = (0, 0);
    for line in index.lines().skip(1) {
        let mut columns = line.split(',');
        let mut column = || columns.next().unwrap_or_default();
        let (file, operation, kind) = (column(), column(), column());
        let body = fs::read(folder.join(file))?;
        match examine(operation, kind, &body) {
            Ok(unread) => {
                passed += 1;
                for name in unread {
                    println!("{file}: nothing reads {name}");
                }
            }
            Err(reason) => match WRONG.iter().find(|(wrong, _)| *wrong == file) {
                Some((_, why)) => println!("{file}: the document is wrong: {why}"),
                None => {
                    failed += 1;
                    println!("{file}: FAILED as the {kind} of {operation:?}: {reason}");
                }
            },
        }
    }
    println!("{passed} passed, {failed} failed");
    if failed == 0 { Ok(()) } else { Err("some files were not read".into()) }
}

/// The names of fields that nothing reads, or what is wrong.
fn examine(operation: &str, kind: &str, body: &[u8]) -> Result<Vec<String>, String> {
    let before: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let operation = OPERATIONS.iter().find(|known| known.id == operation);
    let reread = shape(operation, kind).reread(body, Vocabulary::Current);
    let reread = reread.map_err(|error| error.to_string())?;
    let after: Value = serde_json::from_slice(&reread.body).map_err(|error| error.to_string())?;
    let mut lost = Vec::new();
    compare("", &before, &after, &mut lost);
    if lost.is_empty() { Ok(unread(&reread.debug)) } else { Err(lost.join("; ")) }
}

/// What a file is read as. One that belongs to no operation of the API is read as any JSON.
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

/// The names behind each `extra: {` of a value's `Debug`.
fn unread(debug: &str) -> Vec<String> {
    let mut names: Vec<String> = debug
        .split("extra: {\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect();
    names.sort();
    names.dedup();
    names
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
