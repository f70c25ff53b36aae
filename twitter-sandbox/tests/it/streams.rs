//! Streams: what they carry, and how they end.

use std::time::{Duration, Instant};

use serde_json::json;
use twitter_sandbox::{Disconnect, Sandbox, Stream};

use crate::client::{As, delete, get, post};
use crate::reader::{connect, open};

const FILTERED: &str = "/2/tweets/search/stream";
const SOON: Duration = Duration::from_millis(30);

/// A sandbox with a rule for numbered posts.
fn started() -> Sandbox {
    let sandbox = Sandbox::builder().keep_alive(SOON).whole_samples().start().unwrap();
    add_rule(&sandbox, "numbered");
    sandbox
}

fn add_rule(sandbox: &Sandbox, value: &str) {
    let body = json!({ "add": [{ "value": value, "tag": "test" }] });
    let reply = post(sandbox, As::App, "/2/tweets/search/stream/rules", &body);
    assert_eq!((reply.status, &reply.json["meta"]["summary"]["created"]), (200, &json!(1)));
}

fn numbered(numbers: impl IntoIterator<Item = u32>) -> Vec<String> {
    numbers.into_iter().map(|number| format!("numbered post {number}")).collect()
}

#[test]
fn open_streams_and_requests_are_counted() {
    let sandbox = started();
    assert_eq!((sandbox.open_streams(), sandbox.request_count()), (0, 1));
    let lines = open(&sandbox, FILTERED);
    let sample = open(&sandbox, "/2/tweets/sample/stream");
    assert_eq!((sandbox.open_streams(), sandbox.request_count()), (2, 3));
    sandbox.stream(Stream::Sample).close();
    assert_eq!(sandbox.open_streams(), 1);
    drop((lines, sample));
    let start = Instant::now();
    while sandbox.open_streams() > 0 {
        assert!(start.elapsed() < Duration::from_secs(10), "the client's end is not noticed");
        std::thread::sleep(SOON);
    }
}

#[test]
fn the_filtered_stream_carries_what_matches() {
    let sandbox = started();
    let mut lines =
        open(&sandbox, &format!("{FILTERED}?tweet.fields=author_id&expansions=author_id"));
    sandbox.publish("nothing of interest");
    let id = sandbox.publish_numbered(1)[0].to_string();
    let rules = get(&sandbox, As::App, "/2/tweets/search/stream/rules");
    let owner = sandbox.owner_id().to_string();
    let expected = json!({
        "data": {
            "id": id, "text": "numbered post 1", "author_id": owner, "edit_history_tweet_ids": [id],
        },
        "includes": {
            "users": [{ "id": owner, "name": "Sandbox Owner", "username": "sandbox_owner" }],
        },
        "matching_rules": [{ "id": rules.column("id")[0], "tag": "test" }],
    });
    assert_eq!(lines.item(), expected);
    let body = json!({ "text": "numbered by hand" });
    assert_eq!(post(&sandbox, As::OAuth1, "/2/tweets", &body).status, 201);
    assert_eq!(lines.texts(1), ["numbered by hand"]);
    // A rule that comes later counts at once.
    add_rule(&sandbox, "from:exmp_news");
    let news = get(&sandbox, As::App, "/2/users/by/username/exmp_news");
    sandbox.publish_as(news.json["data"]["id"].as_str().unwrap().parse().unwrap(), "fresh");
    assert_eq!(lines.texts(1), ["fresh"]);
}

#[test]
fn keep_alives_come_while_nothing_else_does() {
    let sandbox = started();
    let start = Instant::now();
    let mut lines = open(&sandbox, FILTERED);
    for _ in 0..3 {
        assert_eq!(lines.raw().unwrap().as_deref(), Some(""));
    }
    assert!((3 * SOON..40 * SOON).contains(&start.elapsed()), "{:?}", start.elapsed());
    let stream = sandbox.stream(Stream::Filtered);
    stream.stall();
    sandbox.publish_numbered(1);
    std::thread::sleep(5 * SOON);
    stream.resume();
    let mut read = Vec::new();
    while let Some(line) = lines.raw().unwrap() {
        if line.starts_with('{') {
            break;
        }
        read.push(line);
    }
    assert!(read.len() <= 1, "one may have been on its way: {read:?}");
}

#[test]
fn a_connection_is_refused_without_rules_and_beyond_the_limit() {
    let sandbox = Sandbox::start().unwrap();
    let refused = get(&sandbox, As::App, FILTERED);
    assert_eq!(
        (refused.status, &refused.json["connection_issue"]),
        (409, &json!("RuleConfigurationIssue"))
    );
    assert_eq!(get(&sandbox, As::OAuth2, FILTERED).status, 403);
    add_rule(&sandbox, "numbered");
    let lines = open(&sandbox, FILTERED);
    let refused = get(&sandbox, As::App, FILTERED);
    let expected = json!({
        "title": "ConnectionException",
        "detail": "This stream is currently at the maximum allowed connection limit.",
        "connection_issue": "TooManyConnections",
        "type": "https://api.x.com/2/problems/streaming-connection",
    });
    assert_eq!((refused.status, refused.json), (429, expected));
    drop(lines);
    let stream = sandbox.stream(Stream::Filtered);
    let start = Instant::now();
    while stream.connected() > 0 {
        assert!(start.elapsed() < Duration::from_secs(5), "the server sees that the client went");
    }
    let _lines = open(&sandbox, FILTERED);
}

#[test]
fn every_documented_disconnect_is_the_last_line() {
    let sandbox = started();
    for reason in Disconnect::ALL {
        let mut lines = open(&sandbox, FILTERED);
        sandbox.stream(Stream::Filtered).disconnect(reason);
        let item = lines.item();
        let error = &item["errors"][0];
        assert_eq!(error["disconnect_type"], reason.name());
        assert_eq!(error["title"], "operational-disconnect");
        assert_eq!(error["type"], "https://api.x.com/2/problems/operational-disconnect");
        assert_eq!(lines.next().unwrap(), None);
    }
}

#[test]
fn streams_are_broken_off() {
    let sandbox = started();
    let stream = sandbox.stream(Stream::Filtered);
    let mut lines = open(&sandbox, FILTERED);
    sandbox.publish_numbered(1);
    stream.abort();
    assert_eq!(lines.texts(1), numbered([1]));
    assert!(lines.next().is_err());

    let mut lines = open(&sandbox, FILTERED);
    stream.cut_next();
    sandbox.publish_numbered(2);
    let half = lines.next();
    assert!(half.is_err(), "{half:?}");

    let mut lines = open(&sandbox, FILTERED);
    sandbox.publish_numbered(1);
    stream.close();
    assert_eq!(lines.texts(1), numbered([4]));
    assert_eq!(lines.next().unwrap(), None);
}

#[test]
fn items_come_twice_out_of_order_and_in_pieces() {
    let sandbox = started();
    let stream = sandbox.stream(Stream::Filtered);
    let mut lines = open(&sandbox, FILTERED);
    stream.pieces(Some(3));
    stream.duplicate_next(1);
    sandbox.publish_numbered(2);
    assert_eq!(lines.texts(3), numbered([1, 1, 2]));
    stream.reverse_next(3);
    sandbox.publish_numbered(4);
    assert_eq!(lines.texts(4), numbered([5, 4, 3, 6]));
    stream.emit("{not json 🦀");
    assert_eq!(lines.next().unwrap().as_deref(), Some("{not json 🦀"));
    stream.emit_bytes(b"\xff\r\n");
    assert!(lines.next().is_err(), "not UTF-8");
}

#[test]
fn a_slow_reader_is_told_and_disconnected() {
    let sandbox = Sandbox::builder().slow_reader(2_000).start().unwrap();
    add_rule(&sandbox, "numbered");
    let mut lines = open(&sandbox, FILTERED);
    let stream = sandbox.stream(Stream::Filtered);
    stream.stall();
    sandbox.publish_numbered(100);
    assert_eq!(stream.connected(), 0);
    stream.resume();
    // A closed connection is still being read.
    let mut items = Vec::new();
    loop {
        match lines.item() {
            serde_json::Value::Null => break,
            item => items.push(item),
        }
    }
    let last = items.pop().unwrap();
    assert_eq!(last["errors"][0]["disconnect_type"], "SlowReader");
    assert!((5..20).contains(&items.len()), "{}", items.len());
}

#[test]
fn a_backfill_delivers_the_last_minutes_once_more() {
    let sandbox = started();
    sandbox.publish_numbered(1);
    sandbox.advance(Duration::from_secs(90));
    sandbox.publish_numbered(2);
    let mut lines = open(&sandbox, &format!("{FILTERED}?backfill_minutes=1"));
    assert_eq!(lines.texts(2), numbered([2, 3]));
    sandbox.publish_numbered(1);
    assert_eq!(lines.texts(1), numbered([4]));
    assert_eq!(connect(&sandbox, &format!("{FILTERED}?backfill_minutes=6")).status, 400);
}

#[test]
fn a_replay_ends_by_itself() {
    let sandbox = started();
    let now = |sandbox: &Sandbox| {
        let id = sandbox.publish("the time is what matters");
        let reply = get(sandbox, As::App, &format!("/2/tweets/{id}?post.fields=created_at"));
        reply.json["data"]["created_at"].as_str().unwrap().to_owned()
    };
    sandbox.publish_numbered(1);
    sandbox.advance(Duration::from_secs(60));
    let start = now(&sandbox);
    sandbox.publish_numbered(2);
    sandbox.advance(Duration::from_secs(60));
    let end = now(&sandbox);
    sandbox.publish_numbered(1);
    let path = format!("{FILTERED}?start_time={start}&end_time={end}");
    let mut lines = open(&sandbox, &path);
    assert_eq!(lines.texts(2), numbered([2, 3]));
    assert_eq!(lines.next().unwrap(), None);
    let old = format!("{FILTERED}?start_time=2020-01-01T00:00:00Z");
    assert_eq!(connect(&sandbox, &old).status, 400);
}

#[test]
fn partitions_are_the_whole_together() {
    let sandbox = started();
    let mut parts: Vec<_> = (1..=20)
        .map(|part| open(&sandbox, &format!("/2/tweets/firehose/stream?partition={part}")))
        .collect();
    let mut sample = open(&sandbox, "/2/tweets/sample/stream");
    let mut japanese = open(&sandbox, "/2/tweets/firehose/stream/lang/ja?partition=1");
    let mut other = open(&sandbox, "/2/tweets/firehose/stream/lang/ja?partition=2");
    sandbox.publish("今日はいい天気");
    let ids = sandbox.publish_numbered(60);
    for stream in [Stream::Firehose, Stream::Sample, Stream::FirehoseJa] {
        sandbox.stream(stream).close();
    }
    let mut seen = Vec::new();
    for (part, lines) in parts.iter_mut().enumerate() {
        while let Some(id) = lines.item()["data"]["id"].as_str() {
            let id: u64 = id.parse().unwrap();
            assert_eq!(id % 20, part as u64);
            seen.push(id);
        }
    }
    seen.sort_unstable();
    assert_eq!(seen[1..], ids);
    assert_eq!(sample.texts(2), ["今日はいい天気", "numbered post 1"]);
    let found = [japanese.item(), other.item()];
    assert_eq!(found.iter().filter(|item| !item.is_null()).count(), 1, "{found:?}");
    for wrong in ["", "?partition=0", "?partition=21"] {
        assert_eq!(connect(&sandbox, &format!("/2/tweets/firehose/stream{wrong}")).status, 400);
    }
}

#[test]
fn samples_are_a_hundredth_and_a_tenth() {
    let sandbox = Sandbox::start().unwrap();
    let mut hundredth = open(&sandbox, "/2/tweets/sample/stream");
    let mut tenth: Vec<_> = [1, 2]
        .map(|part| open(&sandbox, &format!("/2/tweets/sample10/stream?partition={part}")))
        .into();
    sandbox.publish_numbered(3_000);
    sandbox.stream(Stream::Sample).close();
    sandbox.stream(Stream::Sample10).close();
    let count = |lines: &mut crate::reader::Lines| {
        std::iter::from_fn(|| Some(lines.item()).filter(|item| !item.is_null())).count()
    };
    let found = count(&mut hundredth);
    assert!((10..70).contains(&found), "{found}");
    for lines in &mut tenth {
        let found = count(lines);
        assert!((80..230).contains(&found), "{found}");
    }
}

#[test]
fn likes_and_deletions_are_told() {
    let sandbox = started();
    let owner = sandbox.owner_id().to_string();
    let id = sandbox.publish("likeable").to_string();
    let number: u64 = id.parse().unwrap();
    let mut likes = open(
        &sandbox,
        &format!(
            "/2/likes/firehose/stream?partition={}&expansions=liked_tweet_id,liked_tweet_author_id",
            number % 20 + 1
        ),
    );
    let mut unlikes = open(&sandbox, "/2/likes/compliance/stream");
    let mut posts =
        open(&sandbox, &format!("/2/tweets/compliance/stream?partition={}", number % 4 + 1));
    let path = format!("/2/users/{owner}/likes");
    assert_eq!(post(&sandbox, As::OAuth1, &path, &json!({ "tweet_id": id })).status, 200);
    assert_eq!(delete(&sandbox, As::OAuth1, &format!("{path}/{id}")).status, 200);
    assert_eq!(delete(&sandbox, As::OAuth1, &format!("/2/tweets/{id}")).status, 200);
    let like = likes.item();
    assert_eq!(like["data"]["liked_tweet_id"], id.as_str());
    assert_eq!(like["data"]["tweet_author_id"], owner.as_str());
    assert!(like["data"]["timestamp_ms"].is_u64());
    assert_eq!(like["includes"]["tweets"][0]["text"], "likeable");
    assert_eq!(like["includes"]["users"][0]["username"], "sandbox_owner");
    let unlike = unlikes.item();
    assert_eq!(unlike["data"]["delete"]["favorite"], json!({ "id": id, "user_id": owner }));
    let deletion = posts.item();
    assert_eq!(deletion["data"]["delete"]["tweet"], json!({ "id": id, "author_id": owner }));
    // What no state of the sandbox leads to is said by the test.
    let mut users = open(&sandbox, "/2/users/compliance/stream?partition=3");
    sandbox.stream(Stream::UsersCompliance).emit(r#"{"data":{"user_suspend":{}}}"#);
    assert_eq!(users.item(), json!({ "data": { "user_suspend": {} } }));
}
