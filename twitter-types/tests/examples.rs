//! Bodies as X documents them, where they lie beside the checkout: read and written, they lose
//! nothing.

#[path = "support/beside.rs"]
mod beside;
#[path = "support/judge.rs"]
mod judge;

use std::fs;
use std::path::Path;

use beside::shared;
use judge::{OLD_NAMES, unknown};
use serde_json::{Value, from_slice};
use twitter_types::Timestamp;
use twitter_types::endpoint::{Operation, Shape};
use twitter_types::model::Vocabulary;

/// Examples that differ from X's own specification, and how: what the specification says is read.
const MISTAKEN: &[(&str, &str)] = &[
    (
        "responses/createActivitySubscription.2.json",
        "the subscription itself, without `subscription` around",
    ),
    ("responses/createActivitySubscription.json", "a list of the subscription"),
    ("responses/getAccountActivitySubscriptionCount.json", "words in place of numbers"),
    (
        "responses/getChatConversationEvents.json",
        "an event of the activity stream in place of a list",
    ),
    ("responses/getNews.json", "`last_updated_at_ms` in place of `updated_at`"),
    ("responses/getPostsCountsRecent.json", "posts in place of counts"),
    ("responses/getUsersOwnedLists.json", "one in place of several"),
    ("responses/searchPostsAll.json", "`nebashxt_token`"),
    (
        "responses/updateActivitySubscription.json",
        "the subscription itself, without `subscription` around",
    ),
];

/// What is lost of a body that is read and written again, or not known.
fn losses(shape: &Shape, body: &[u8]) -> Vec<String> {
    let reread = match shape.reread(body, Vocabulary::Current) {
        Ok(reread) => reread,
        Err(error) => return vec![error.to_string()],
    };
    let mut found = Vec::from_iter(unknown(&reread.debug));
    let before: Value = from_slice(body).unwrap();
    differences("", &before, &from_slice(&reread.body).unwrap(), &mut found);
    found
}

/// Where a body, read and written again, says something else, or nothing.
///
/// `null` and the empty list may go missing; a number and its digits are one, and so are two
/// spellings of an instant and of a name.
fn differences(path: &str, before: &Value, after: &Value, found: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (name, value) in before {
                let current = OLD_NAMES.iter().find(|(_, old)| old == name);
                let name = current.map_or(&**name, |(current, _)| current);
                let name = if name == "note_id" { "id" } else { name };
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

/// Compares all examples of a folder; tells how many there are.
fn compare(folder: &Path, shape: fn(&Operation) -> &Shape) -> usize {
    let (mut count, mut found) = (0, Vec::new());
    for entry in fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        let name = file.file_name().unwrap().to_str().unwrap();
        let body = fs::read(&file).unwrap();
        // Some are of no operation, and some are cut short for the reader.
        let operation = Operation::find(name.split('.').next().unwrap());
        let Some(operation) = operation.filter(|_| from_slice::<Value>(&body).is_ok()) else {
            continue;
        };
        count += 1;
        let losses = losses(shape(operation), &body);
        if MISTAKEN.iter().all(|(mistaken, _)| !file.ends_with(mistaken)) {
            found.extend(losses.iter().map(|loss| format!("{name}: {loss}")));
        } else if losses.is_empty() {
            found.push(format!("{name} is not mistaken any more"));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    count
}

#[test]
fn documented_replies_lose_nothing() {
    let Some(folder) = shared("x-api/examples/responses") else { return };
    let count = compare(&folder, |operation| &operation.response);
    assert!(count > 80, "{count} files");
}

#[test]
fn documented_requests_lose_nothing() {
    let Some(folder) = shared("x-api/examples/requests") else { return };
    let count = compare(&folder, |operation| &operation.body);
    assert!(count > 20, "{count} files");
}

#[test]
fn the_measured_page_loses_nothing() {
    let Some(file) = shared("bench/search.json") else { return };
    let search = Operation::find("searchPostsRecent").unwrap();
    let found = losses(&search.response, &fs::read(file).unwrap());
    assert!(found.is_empty(), "{found:#?}");
}
