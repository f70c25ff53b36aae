//! The reply speaks as the request does.

use serde_json::Value;
use twitter_sandbox::Sandbox;

use crate::client::{As, get};

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().map(|map| map.keys().map(String::as_str).collect()).unwrap_or_default()
}

const QUOTES: &str = "/2/tweets/search/recent?query=XAPI%20OR%20build%20OR%20coffee%20is%3Aquote";

#[test]
fn old_names_for_old_names() {
    let sandbox = Sandbox::start().unwrap();
    let path = "/2/tweets/search/recent?query=a%20is%3Aquote%20OR%20to%20is%3Aquote&max_results=10\
        &tweet.fields=public_metrics,referenced_tweets,author_id,nonsense\
        &expansions=referenced_tweets.id,author_id,referenced_tweets.id.author_id\
        &user.fields=public_metrics,pinned_tweet_id";
    let reply = get(&sandbox, As::App, path);
    let first = &reply.json["data"][0];
    assert_eq!(
        keys(first),
        [
            "author_id",
            "edit_history_tweet_ids",
            "id",
            "public_metrics",
            "referenced_tweets",
            "text"
        ]
    );
    assert!(first["public_metrics"]["retweet_count"].is_u64());
    assert!(first["public_metrics"].get("repost_count").is_none());
    assert_eq!(keys(&reply.json["includes"]), ["tweets", "users"]);
    let user = &reply.json["includes"]["users"][0];
    assert!(user["public_metrics"]["tweet_count"].is_u64());
    let quoted = &reply.json["includes"]["tweets"][0];
    assert!(quoted["edit_history_tweet_ids"].is_array());
}

#[test]
fn new_names_for_new_names() {
    let sandbox = Sandbox::start().unwrap();
    let path = format!(
        "{QUOTES}&max_results=10&post.fields=public_metrics,author_id\
         &expansions=referenced_posts&user.fields=public_metrics"
    );
    let reply = get(&sandbox, As::App, &path);
    let first = &reply.json["data"][0];
    let expected = ["edit_history_post_ids", "id", "public_metrics", "referenced_posts", "text"];
    assert_eq!(keys(first), expected, "author_id is an expansion here");
    assert!(first["public_metrics"]["repost_count"].is_u64());
    assert_eq!(keys(&reply.json["includes"]), ["posts"]);
}

#[test]
fn an_expansion_alone_sets_the_tone() {
    let sandbox = Sandbox::start().unwrap();
    let user = |query: &str| get(&sandbox, As::App, &format!("/2/users/2244994945?{query}"));
    let old = user("expansions=pinned_tweet_id&user.fields=public_metrics");
    assert_eq!(
        keys(&old.json["data"]),
        ["id", "name", "pinned_tweet_id", "public_metrics", "username"]
    );
    assert!(old.json["data"]["public_metrics"]["tweet_count"].is_u64());
    assert!(old.json["includes"]["tweets"][0]["text"].as_str().unwrap().starts_with("Pinned"));
    let new = user("expansions=pinned_post_id&user.fields=public_metrics");
    assert!(new.json["data"]["public_metrics"]["post_count"].is_u64());
    assert_eq!(new.json["includes"]["posts"][0]["id"], new.json["data"]["pinned_post_id"]);
    let silent = user("user.fields=public_metrics");
    assert!(silent.json["data"]["public_metrics"]["post_count"].is_u64());
    let field = user("user.fields=pinned_tweet_id");
    assert!(field.json["data"]["pinned_tweet_id"].is_string());
    let both = user("expansions=pinned_tweet_id,pinned_post_id&post.fields=id");
    assert_eq!(keys(&both.json["data"]), ["id", "name", "pinned_post_id", "username"]);
}

#[test]
fn long_posts_and_histories_follow() {
    let sandbox = Sandbox::start().unwrap();
    let old = "/2/tweets/search/recent?query=%23longread%20-is%3Aretweet\
        &tweet.fields=note_tweet,edit_controls";
    let reply = get(&sandbox, As::App, old);
    let first = &reply.json["data"][0];
    let (cut, whole) = (first["text"].as_str().unwrap(), &first["note_tweet"]["text"]);
    assert!(cut.ends_with('…') && whole.as_str().unwrap().len() > cut.len());
    assert_eq!(first["note_tweet"]["entities"]["hashtags"][0]["tag"], "longread");
    let new = old.replace("tweet.fields=note_tweet", "post.fields=note_post");
    assert!(get(&sandbox, As::App, &new).json["data"][0]["note_post"]["text"].is_string());
}
