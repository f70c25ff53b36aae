//! Rules of the filtered stream.

use serde_json::{Value, json};
use twitter_sandbox::{Sandbox, Stream};

use crate::client::{As, Reply, get, post};
use crate::reader::open;

const RULES: &str = "/2/tweets/search/stream/rules";

fn update(sandbox: &Sandbox, query: &str, body: &Value) -> Reply {
    post(sandbox, As::App, &format!("{RULES}{query}"), body)
}

fn add(sandbox: &Sandbox, values: &[&str]) -> Reply {
    let add: Vec<Value> = values.iter().map(|value| json!({ "value": value })).collect();
    update(sandbox, "", &json!({ "add": add }))
}

#[test]
fn rules_are_added_listed_counted_and_deleted() {
    let sandbox = Sandbox::start().unwrap();
    let body = json!({ "add": [{ "value": "cat has:images", "tag": "cats" }, { "value": "dog" }] });
    let dry = update(&sandbox, "?dry_run=true", &body);
    assert_eq!((dry.status, &dry.json["meta"]["summary"]["created"]), (200, &json!(2)));
    assert_eq!(get(&sandbox, As::App, RULES).json["meta"]["result_count"], 0);
    let added = update(&sandbox, "", &body);
    let summary = json!({ "created": 2, "not_created": 0, "valid": 2, "invalid": 0 });
    assert_eq!(added.json["meta"]["summary"], summary);
    let ids = added.column("id");
    let listed = get(&sandbox, As::App, RULES);
    assert_eq!(listed.json["data"], added.json["data"]);
    assert_eq!(listed.json["data"][1], json!({ "id": ids[1], "value": "dog" }));
    let one = get(&sandbox, As::App, &format!("{RULES}?ids={}", ids[0]));
    assert_eq!(one.column("value"), ["cat has:images"]);
    let counts = get(&sandbox, As::App, &format!("{RULES}/counts")).json;
    assert_eq!(counts["data"]["client_app_rules_count"]["rule_count"], 2);
    assert_eq!(counts["data"]["cap_per_client_app"], "1000");
    let usage = get(&sandbox, As::App, "/2/usage/tweets?usage.fields=daily_client_app_usage").json;
    assert_eq!(
        counts["data"]["client_app_rules_count"]["client_app_id"],
        usage["data"]["daily_client_app_usage"][0]["client_app_id"],
        "there is one App"
    );

    let deleted = update(&sandbox, "", &json!({ "delete": { "ids": [ids[0], "12"] } }));
    assert_eq!(deleted.json["meta"]["summary"], json!({ "deleted": 1, "not_deleted": 1 }));
    assert_eq!(deleted.json["errors"][0]["errors"][0]["message"], "Rule does not exist");
    let deleted = update(&sandbox, "", &json!({ "delete": { "values": ["dog"] } }));
    assert_eq!(deleted.json["meta"]["summary"], json!({ "deleted": 1, "not_deleted": 0 }));
    assert_eq!(add(&sandbox, &["a", "b", "c"]).status, 200);
    let all = post(&sandbox, As::App, &format!("{RULES}?delete_all=true"), &json!({}));
    assert_eq!(all.json["meta"]["summary"]["deleted"], 3);
    assert!(get(&sandbox, As::App, RULES).json.get("data").is_none());
}

#[test]
fn rules_that_cannot_be_are_told_apart() {
    let sandbox = Sandbox::start().unwrap();
    let first = add(&sandbox, &["cat"]).column("id");
    let long = "a ".repeat(513);
    let reply = add(&sandbox, &["cat", "has:links", &long, "dog"]);
    assert_eq!(reply.status, 200);
    let summary = json!({ "created": 1, "not_created": 3, "valid": 1, "invalid": 3 });
    assert_eq!(reply.json["meta"]["summary"], summary);
    let duplicate = json!({
        "value": "cat", "id": first[0], "title": "DuplicateRule",
        "type": "https://api.x.com/2/problems/duplicate-rules",
    });
    assert_eq!(reply.json["errors"][0], duplicate);
    for error in [&reply.json["errors"][1], &reply.json["errors"][2]] {
        assert_eq!(error["type"], "https://api.x.com/2/problems/invalid-rules");
        assert!(error["details"][0].is_string());
    }
    for (query, body) in [
        ("", json!({})),
        ("", json!({ "add": [] })),
        ("", json!({ "add": [{ "value": "a" }], "delete": { "ids": ["1"] } })),
        ("?delete_all=true", json!({ "add": [{ "value": "a" }] })),
        ("?dry_run=maybe", json!({ "add": [{ "value": "a" }] })),
        ("", json!({ "add": [{ "tag": "a" }] })),
        ("", json!({ "delete": { "ids": ["1"], "values": ["a"] } })),
        ("", json!({ "delete": {} })),
        ("", json!({ "delete": { "ids": "1" } })),
    ] {
        assert_eq!(update(&sandbox, query, &body).status, 400, "{query} {body}");
    }
}

#[test]
fn there_is_a_cap_and_there_are_pages() {
    let sandbox = Sandbox::start().unwrap();
    let values: Vec<String> = (0..1_000).map(|number| format!("word{number}")).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    assert_eq!(add(&sandbox, &values).json["meta"]["summary"]["created"], 1_000);
    let reply = add(&sandbox, &["one more"]);
    let kind = &reply.json["type"];
    assert_eq!((reply.status, kind), (400, &json!("https://api.x.com/2/problems/rule-cap")));
    let mut listed = Vec::new();
    let mut token = String::new();
    loop {
        let page = get(&sandbox, As::App, &format!("{RULES}?max_results=300{token}"));
        listed.extend(page.column("value"));
        let Some(next) = page.json["meta"]["next_token"].as_str() else { break };
        assert_eq!(next.len(), 16);
        token = format!("&pagination_token={next}");
    }
    assert_eq!(listed, values);
}

#[test]
fn rules_match_as_documented() {
    let sandbox = Sandbox::builder().stream_connections(1).start().unwrap();
    for (rule, matching, other) in [
        ("cat dog", "a dog and a Cat", "a cat"),
        ("cat dog OR bird", "bird", "dog"),
        ("cat (dog OR bird)", "cat bird", "dog bird"),
        ("cat -dog", "cat", "cat dog"),
        ("\"cat dog\"", "the cat dog", "dog cat"),
        ("\"cat dog\"~1", "dog big cat", "cat very big dog"),
        ("#café", "my #Café", "my #cafe"),
        ("crème", "CRÈME brûlée", "creme brulee"),
        ("@XDevelopers", "hello @xdevelopers", "hello xdevelopers"),
        ("$EXMP", "buy $exmp", "buy EXMP"),
        ("🦀 has:links", "🦀 https://example.com", "🦀"),
        ("from:sandbox_owner -has:mentions", "plain", "hi @exmp_news"),
        ("lang:ja 天気", "今日はいい天気", "tenki"),
        ("source:sandbox cat", "cat", "dog"),
        ("cat -source:elsewhere", "cat", "dog"),
        ("min_followers:10 cat", "cat", "dog"),
        (
            "bio:Asks url:\"example.com/a\"",
            "see https://example.com/a",
            "see https://example.com/b",
        ),
    ] {
        update(&sandbox, "?delete_all=true", &json!({}));
        let added = add(&sandbox, &[rule]);
        assert_eq!(added.json["meta"]["summary"]["created"], 1, "{rule}: {}", added.text);
        let mut lines = open(&sandbox, "/2/tweets/search/stream");
        sandbox.publish(other);
        let id = sandbox.publish(matching);
        sandbox.stream(Stream::Filtered).close();
        assert_eq!(lines.item()["data"]["id"], id.to_string(), "{rule}: {matching} / {other}");
        assert!(lines.item().is_null(), "{rule}: {matching} / {other}");
    }
}
