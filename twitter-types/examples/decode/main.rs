//! Reads a folder of documented bodies as the types of their operations, and says what is lost.
//!
//! `cargo run -q -p twitter-types --example decode -- DIR`
//!
//! `DIR/index.csv` has a line for each file, `file,operation_id,kind,…`, where the kind is `response`,
//! `request`, `error`, `event` or `stream-item`. A file passes when it decodes, and when nothing that it
//! says is missing or different in what is written back.

mod documented;

use std::error::Error;
use std::path::Path;

use documented::Body;
use twitter_types::model::Vocabulary;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("name a folder with an index.csv")?;
    let (mut passed, mut failed) = (0, 0);
    for body in Body::all(Path::new(&folder))? {
        let Body { file, operation, kind, .. } = &body;
        match examine(&body) {
            Ok(unread) => {
                passed += 1;
                for name in unread {
                    println!("{file}: nothing reads {name}");
                }
            }
            Err(reason) => match body.wrong() {
                Some(why) => println!("{file}: the document is wrong: {why}"),
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
fn examine(body: &Body) -> Result<Vec<String>, Box<dyn Error>> {
    let reread = body.shape().reread(&body.bytes, Vocabulary::Current)?;
    let lost = body.lost(&reread.body)?;
    if lost.is_empty() { Ok(unread(&reread.debug)) } else { Err(lost.join("; ").into()) }
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
