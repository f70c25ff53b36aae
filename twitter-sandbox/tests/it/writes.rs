//! What is posted, deleted, liked and followed stays so.

use serde_json::{Value, json};
use twitter_sandbox::Sandbox;

use crate::client::{As, Reply, delete, get, post};

fn create(sandbox: &Sandbox, body: &Value) -> Reply {
    post(sandbox, As::OAuth1, "/2/tweets", body)
}

fn metrics(sandbox: &Sandbox, id: &str) -> Value {
    let path = format!("/2/tweets/{id}?post.fields=public_metrics");
    get(sandbox, As::App, &path).json["data"]["public_metrics"].clone()
}

/// The newest post of X's developers.
fn other_post(sandbox: &Sandbox) -> String {
    let path = "/2/users/2244994945/tweets?exclude=retweets,replies";
    get(sandbox, As::App, path).column("id").remove(0)
}

#[test]
fn a_post_is_created_read_found_and_deleted() {
    let sandbox = Sandbox::start().unwrap();
    let text = "Hello from the tests 🦀 #sandbox";
    let reply = create(&sandbox, &json!({ "text": text }));
    assert_eq!(reply.status, 201, "{}", reply.text);
    let id = reply.json["data"]["id"].as_str().unwrap();
    assert_eq!(
        reply.json,
        json!({ "data": { "id": id, "text": text, "edit_history_tweet_ids": [id] } })
    );
    let read = get(&sandbox, As::App, &format!("/2/tweets/{id}?expansions=author_id"));
    assert_eq!(read.json["data"]["text"], text);
    assert_eq!(read.json["includes"]["users"][0]["username"], "sandbox_owner");
    let found =
        get(&sandbox, As::App, "/2/tweets/search/recent?query=%22hello%20from%20the%20tests%22");
    assert_eq!(found.column("id"), [id]);

    let again = create(&sandbox, &json!({ "text": text }));
    assert_eq!(again.status, 403);
    assert_eq!(
        again.json["detail"],
        "You are not allowed to create a Tweet with duplicate content."
    );
    let gone = delete(&sandbox, As::OAuth1, &format!("/2/tweets/{id}"));
    assert_eq!((gone.status, gone.json), (200, json!({ "data": { "deleted": true } })));
    let read = get(&sandbox, As::App, &format!("/2/tweets/{id}"));
    assert_eq!(read.json["errors"][0]["resource_type"], "tweet");
    let gone = delete(&sandbox, As::OAuth1, &format!("/2/tweets/{id}"));
    assert_eq!(gone.json, json!({ "data": { "deleted": false } }));
    assert_eq!(create(&sandbox, &json!({ "text": text })).status, 201);
    let other = delete(&sandbox, As::OAuth1, &format!("/2/tweets/{}", other_post(&sandbox)));
    assert_eq!(other.status, 403);
}

#[test]
fn links_are_shortened() {
    let sandbox = Sandbox::start().unwrap();
    let reply = create(&sandbox, &json!({ "text": "see https://example.com/a." }));
    let text = reply.json["data"]["text"].as_str().unwrap();
    assert!(text.starts_with("see https://t.co/") && text.ends_with('.'), "{text}");
    let id = reply.json["data"]["id"].as_str().unwrap();
    let read = get(&sandbox, As::App, &format!("/2/tweets/{id}?post.fields=entities"));
    let url = &read.json["data"]["entities"]["urls"][0];
    assert_eq!(url["expanded_url"], "https://example.com/a");
    assert_eq!((&url["start"], &url["end"]), (&json!(4), &json!(27)));
}

#[test]
fn replies_and_quotes_count() {
    let sandbox = Sandbox::start().unwrap();
    let other = other_post(&sandbox);
    let before = metrics(&sandbox, &other);
    let reply = json!({ "text": "an answer", "reply": { "in_reply_to_tweet_id": other } });
    let reply = create(&sandbox, &reply).json["data"]["id"].clone();
    let quote = create(&sandbox, &json!({ "text": "a quote", "quote_tweet_id": other }));
    assert_eq!(quote.status, 201);
    let after = metrics(&sandbox, &other);
    let grown = |key: &str| after[key].as_i64().unwrap() - before[key].as_i64().unwrap();
    assert_eq!((grown("reply_count"), grown("quote_count"), grown("repost_count")), (1, 1, 0));
    let path = format!(
        "/2/tweets/{}?tweet.fields=conversation_id,in_reply_to_user_id,referenced_tweets",
        reply.as_str().unwrap()
    );
    let data = get(&sandbox, As::App, &path).json["data"].clone();
    assert_eq!(data["conversation_id"], other.as_str());
    assert_eq!(data["in_reply_to_user_id"], "2244994945");
    assert_eq!(data["referenced_tweets"], json!([{ "type": "replied_to", "id": other }]));
    delete(&sandbox, As::OAuth1, &format!("/2/tweets/{}", reply.as_str().unwrap()));
    assert_eq!(metrics(&sandbox, &other)["reply_count"], before["reply_count"]);
    let lost = json!({ "text": "to nobody", "reply": { "in_reply_to_tweet_id": "1" } });
    assert_eq!(create(&sandbox, &lost).status, 403);
}

#[test]
fn a_poll_and_a_place_are_attached() {
    let sandbox = Sandbox::start().unwrap();
    let body = json!({
        "text": "which?", "geo": { "place_id": "09f6a7707f18e0b1" }, "reply_settings": "following",
        "poll": { "options": ["this", "that"], "duration_minutes": 60 },
    });
    let reply = create(&sandbox, &body);
    let id = reply.json["data"]["id"].as_str().unwrap();
    let path = format!(
        "/2/tweets/{id}?expansions=attachments.poll_ids,geo.place_id&post.fields=reply_settings\
         &poll.fields=voting_status,duration_minutes"
    );
    let read = get(&sandbox, As::App, &path).json;
    assert_eq!(read["data"]["reply_settings"], "following");
    assert_eq!(read["includes"]["polls"][0]["options"][1]["label"], "that");
    assert_eq!(read["includes"]["polls"][0]["voting_status"], "open");
    assert_eq!(read["includes"]["places"][0]["full_name"], "Paris, France");
}

#[test]
fn an_edit_makes_a_new_version() {
    let sandbox = Sandbox::start().unwrap();
    let first = create(&sandbox, &json!({ "text": "teh typo" })).json["data"]["id"].clone();
    let edit = json!({ "text": "the typo", "edit_options": { "previous_post_id": first } });
    let reply = create(&sandbox, &edit);
    let second = reply.json["data"]["id"].clone();
    assert_eq!(reply.json["data"]["edit_history_tweet_ids"], json!([first, second]));
    let path = format!("/2/tweets/{}?post.fields=edit_controls", first.as_str().unwrap());
    let old = get(&sandbox, As::App, &path).json["data"].clone();
    assert_eq!(
        (&old["text"], &old["edit_history_post_ids"]),
        (&json!("teh typo"), &json!([first, second]))
    );
    assert_eq!(old["edit_controls"]["edits_remaining"], 5);
    let timeline = format!("/2/users/{}/tweets", sandbox.owner_id());
    let shown = get(&sandbox, As::App, &timeline).column("id");
    assert!(json!(shown[0]) == second && !shown.contains(&first.as_str().unwrap().to_owned()));
    assert_eq!(create(&sandbox, &edit).status, 403, "the first version is no longer the last");
    delete(&sandbox, As::OAuth1, &format!("/2/tweets/{}", second.as_str().unwrap()));
    assert!(get(&sandbox, As::App, &path).json.get("data").is_none());
}

#[test]
fn likes_are_kept() {
    let sandbox = Sandbox::start().unwrap();
    let owner = sandbox.owner_id();
    let liked =
        || get(&sandbox, As::OAuth1, &format!("/2/users/{owner}/liked_tweets")).column("id");
    let other = liked().remove(2);
    let unlike = delete(&sandbox, As::OAuth2, &format!("/2/users/{owner}/likes/{other}"));
    assert_eq!(unlike.json, json!({ "data": { "liked": false } }));
    assert!(!liked().contains(&other));
    let before = metrics(&sandbox, &other)["like_count"].as_i64().unwrap();
    let path = format!("/2/users/{owner}/likes");
    for _ in 0..2 {
        let reply = post(&sandbox, As::OAuth1, &path, &json!({ "tweet_id": other }));
        assert_eq!(reply.json, json!({ "data": { "liked": true } }));
    }
    assert_eq!(metrics(&sandbox, &other)["like_count"], before + 1);
    assert_eq!(liked()[0], other);
    let missing = post(&sandbox, As::OAuth1, &path, &json!({ "tweet_id": "1" }));
    assert_eq!((missing.status, &missing.json["title"]), (404, &json!("Not Found Error")));
    let other_user = post(&sandbox, As::OAuth1, "/2/users/1/likes", &json!({ "tweet_id": other }));
    assert_eq!(other_user.status, 400);
    assert!(other_user.text.contains("must be the same as the authenticating user"));
}

#[test]
fn follows_are_kept() {
    let sandbox = Sandbox::start().unwrap();
    let owner = sandbox.owner_id();
    let path = format!("/2/users/{owner}/following");
    let following = || get(&sandbox, As::OAuth1, &path).column("id");
    let counted = || {
        let user = get(&sandbox, As::App, &format!("/2/users/{owner}?user.fields=public_metrics"));
        user.json["data"]["public_metrics"]["following_count"].as_u64().unwrap() as usize
    };
    assert_eq!(counted(), following().len());
    let target = following()[0].clone();
    let reply = delete(&sandbox, As::OAuth1, &format!("{path}/{target}"));
    assert_eq!(reply.json, json!({ "data": { "following": false } }));
    assert!(!following().contains(&target));
    let reply = post(&sandbox, As::OAuth2, &path, &json!({ "target_user_id": target }));
    assert_eq!(reply.json, json!({ "data": { "following": true, "pending_follow": false } }));
    assert_eq!(following()[0], target);
    assert_eq!(counted(), following().len());
    let followers = get(&sandbox, As::App, &format!("/2/users/{target}/followers"));
    assert_eq!(followers.column("id")[0], owner.to_string());
    let itself = json!({ "target_user_id": owner.to_string() });
    assert_eq!(post(&sandbox, As::OAuth1, &path, &itself).status, 400);
}
