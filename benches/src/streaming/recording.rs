//! The recorded stream.

use serde_json::{Value, json};
use twitter_types::model::Vocabulary;

use crate::decoding::made;

/// So many posts, one a line, in the old vocabulary, which twitter-v2 reads too; with a sign of life
/// after every hundredth.
///
/// # Panics
///
/// Never: the page is made here.
pub fn recording(posts: usize) -> Vec<u8> {
    let page: Value = serde_json::from_slice(&made::page(Vocabulary::Old)).expect("it is JSON");
    let data = page["data"].as_array().expect("it has posts");
    let users = page["includes"]["users"].as_array().expect("it has users");
    let mut recording = Vec::new();
    for number in 0..posts {
        let mut post = data[number % data.len()].clone();
        let author = users.iter().find(|user| user["id"] == post["author_id"]);
        post["id"] = (1_800_000_000_000_000_000_u64 + number as u64).to_string().into();
        let line = json!({
            "data": post,
            "includes": { "users": author.into_iter().collect::<Vec<_>>() },
            "matching_rules": [{ "id": "1166916266197536768", "tag": "a rule" }],
        });
        recording.extend(line.to_string().bytes());
        recording.extend(b"\r\n");
        if number % 100 == 99 {
            recording.extend(b"\r\n");
        }
    }
    recording
}
