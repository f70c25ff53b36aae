//! The X Activity API: subscriptions, and what they lead to.

use serde_json::{Value, json};
use twitter_sandbox::{Sandbox, Stream};

use crate::client::{As, Reply, delete, get, post, send};
use crate::reader::open;

const PATH: &str = "/2/activity/subscriptions";

fn subscribe(sandbox: &Sandbox, event_type: &str, filter: Value) -> Reply {
    let body = json!({ "event_type": event_type, "filter": filter, "tag": event_type });
    post(sandbox, As::App, PATH, &body)
}

#[test]
fn subscriptions_are_made_listed_changed_and_deleted() {
    let sandbox = Sandbox::start().unwrap();
    let made = subscribe(&sandbox, "post.create", json!({ "user_id": "12" }));
    assert_eq!(made.status, 200, "{}", made.text);
    assert_eq!(made.json["meta"]["total_subscriptions"], 1);
    let subscription = &made.json["data"]["subscription"];
    assert_eq!(subscription["filter"], json!({ "user_id": "12" }));
    let id = subscription["subscription_id"].as_str().unwrap();
    assert_eq!(subscribe(&sandbox, "post.create", json!({ "user_id": "12" })).status, 409);
    let other = subscribe(&sandbox, "news.new", json!({ "keyword": "rust" }));
    assert_eq!(other.json["meta"]["total_subscriptions"], 2);
    let listed = get(&sandbox, As::App, PATH);
    assert_eq!(listed.column("event_type"), ["news.new", "post.create"]);
    let of_user = get(&sandbox, As::App, &format!("{PATH}?user_id=12"));
    assert_eq!(of_user.json["data"], json!([subscription]));

    let path = format!("{PATH}/{id}");
    let changed = send(&sandbox, As::App, "PUT", &path, Some(json!({ "tag": "new" }).to_string()));
    assert_eq!(changed.json["data"]["subscription"]["tag"], "new");
    assert_eq!(delete(&sandbox, As::App, &path).json["data"]["deleted"], true);
    assert_eq!(delete(&sandbox, As::App, &path).status, 404);
    let rest = listed.column("subscription_id")[0].clone();
    let deleted = delete(&sandbox, As::App, &format!("{PATH}?ids={rest},{id}"));
    assert_eq!(
        deleted.json["data"],
        json!([
            { "subscription_id": rest, "deleted": true },
            { "subscription_id": id, "deleted": false },
        ])
    );
    for (event_type, filter) in [
        ("post.explode", json!({ "user_id": "12" })),
        ("post.create", json!({})),
        ("post.create", json!({ "user_id": "x" })),
        ("post.create", json!({ "keyword": "a".repeat(151) })),
        ("post.create", json!({ "user_id": "12", "direction": "sideways" })),
    ] {
        assert_eq!(subscribe(&sandbox, event_type, filter.clone()).status, 400, "{filter}");
    }
}

#[test]
fn the_stream_tells_what_was_subscribed_to() {
    let sandbox = Sandbox::start().unwrap();
    let owner = sandbox.owner_id().to_string();
    for (event_type, filter) in [
        ("post.create", json!({ "user_id": owner })),
        ("post.mention.create", json!({ "user_id": "2244994945" })),
        ("like.create", json!({ "user_id": owner, "direction": "outbound" })),
        ("follow.unfollow", json!({ "user_id": owner })),
        ("post.delete", json!({ "user_id": owner })),
        ("post.create", json!({ "user_id": "12" })),
    ] {
        assert_eq!(subscribe(&sandbox, event_type, filter).status, 200);
    }
    let mut lines = open(&sandbox, "/2/activity/stream");
    let id = sandbox.publish("hello @XDevelopers").to_string();
    for event_type in ["post.create", "post.mention.create"] {
        let event = lines.item();
        assert_eq!(event["data"]["event_type"], event_type);
        assert_eq!(event["data"]["tag"], event_type);
        assert_eq!(event["data"]["payload"]["id"], id.as_str());
        assert_eq!(event["data"]["payload"]["public_metrics"]["retweet_count"], 0);
        assert_eq!(event["data"]["includes"]["users"][0]["username"], "sandbox_owner");
        assert!(event["data"]["event_uuid"].is_string());
    }
    let likes = format!("/2/users/{owner}/likes");
    assert_eq!(post(&sandbox, As::OAuth1, &likes, &json!({ "tweet_id": id })).status, 200);
    let event = lines.item();
    assert_eq!(event["data"]["event_type"], "like.create");
    assert_eq!(event["data"]["filter"]["direction"], "outbound");
    assert_eq!(event["data"]["payload"]["liked_tweet_id"], id.as_str());
    let follows = format!("/2/users/{owner}/following");
    let body = json!({ "target_user_id": "2244994945" });
    assert_eq!(post(&sandbox, As::OAuth1, &follows, &body).status, 200);
    assert_eq!(delete(&sandbox, As::OAuth1, &format!("{follows}/2244994945")).status, 200);
    let event = lines.item();
    assert_eq!(event["data"]["event_type"], "follow.unfollow");
    assert_eq!(event["data"]["payload"]["target"]["data"]["username"], "XDevelopers");
    assert_eq!(delete(&sandbox, As::OAuth1, &format!("/2/tweets/{id}")).status, 200);
    assert_eq!(lines.item()["data"]["event_type"], "post.delete");
    sandbox.stream(Stream::Activity).emit(r#"{"data":{"event_type":"news.new"}}"#);
    assert_eq!(lines.item()["data"]["event_type"], "news.new");
}
