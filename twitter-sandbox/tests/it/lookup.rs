//! Reading users and posts.

use serde_json::{Value, json};
use twitter_sandbox::Sandbox;

use crate::client::{As, get, post, strings};

#[test]
fn only_default_fields_come_unasked() {
    let sandbox = Sandbox::start().unwrap();
    let user = get(&sandbox, As::App, "/2/users/by/username/xdevelopers");
    let developers =
        json!({ "id": "2244994945", "name": "X Developers", "username": "XDevelopers" });
    assert_eq!(user.json, json!({ "data": developers }));
    let posts = get(&sandbox, As::App, "/2/users/2244994945/tweets?max_results=5");
    for post in posts.json["data"].as_array().unwrap() {
        let keys: Vec<_> = post.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["edit_history_post_ids", "id", "text"]);
    }
    assert!(posts.json.get("includes").is_none());
}

#[test]
fn fields_are_honoured_and_unknown_ones_skipped() {
    let sandbox = Sandbox::start().unwrap();
    let path = "/2/users/2244994945?user.fields=created_at,verified,nonsense&expansions=nothing";
    let user = get(&sandbox, As::App, path);
    let expected = json!({
        "id": "2244994945", "name": "X Developers", "username": "XDevelopers",
        "created_at": "2013-12-14T04:35:55.000Z", "verified": true,
    });
    assert_eq!((user.status, &user.json["data"]), (200, &expected));
    let private = "/2/users/me?user.fields=confirmed_email,connection_status,affiliation";
    let me = get(&sandbox, As::OAuth2, private);
    assert_eq!(me.json["data"]["confirmed_email"], "sandbox_owner@example.com");
    assert_eq!(me.json["data"]["affiliation"], Value::Null, "now an expansion");
}

#[test]
fn what_is_missing_is_a_partial_error() {
    let sandbox = Sandbox::start().unwrap();
    let users = get(&sandbox, As::App, "/2/users?ids=2244994945,12,2244994945");
    assert_eq!((users.status, users.column("id")), (200, vec!["2244994945".to_owned()]));
    let expected = json!([{
        "value": "12", "resource_id": "12", "parameter": "ids", "resource_type": "user",
        "title": "Not Found Error", "detail": "Could not find user with ids: [12].",
        "type": "https://api.x.com/2/problems/resource-not-found",
    }]);
    assert_eq!(users.json["errors"], expected);
    for path in [
        "/2/users/12",
        "/2/tweets/12",
        "/2/tweets?ids=1,2",
        "/2/users/by?usernames=nobody",
        "/2/users/12/tweets",
        "/2/users/12/followers",
    ] {
        let reply = get(&sandbox, As::App, path);
        assert_eq!(reply.status, 200, "{path}");
        let keys: Vec<_> = reply.json.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["errors"], "{path}");
    }
    let reply = get(&sandbox, As::App, "/2/users/by?usernames=nobody,SANDBOX_OWNER");
    assert_eq!(reply.column("username"), ["sandbox_owner"]);
    assert_eq!(reply.json["errors"][0]["value"], "nobody");
}

#[test]
fn protected_posts_are_for_followers() {
    let sandbox = Sandbox::start().unwrap();
    let user =
        get(&sandbox, As::OAuth1, "/2/users/by/username/quiet_account?user.fields=protected");
    assert_eq!(user.json["data"]["protected"], true);
    let id = user.json["data"]["id"].as_str().unwrap();
    for who in [As::App, As::OAuth1] {
        let posts = get(&sandbox, who, &format!("/2/users/{id}/tweets"));
        assert_eq!(posts.json["errors"][0]["title"], "Authorization Error");
        assert!(posts.json.get("data").is_none());
    }
    let owner = sandbox.owner_id();
    let path = format!("/2/users/{owner}/following");
    let reply = post(&sandbox, As::OAuth1, &path, &json!({ "target_user_id": id }));
    assert_eq!(reply.json, json!({ "data": { "following": false, "pending_follow": true } }));
}

#[test]
fn expansions_are_joined_once() {
    let sandbox = Sandbox::start().unwrap();
    let path = "/2/tweets/search/recent?query=%23XAPI&max_results=100&expansions=author_id,\
        referenced_posts,attachments.media_keys,attachments.poll_ids,geo.place_id,\
        entities.mentions.username,in_reply_to_user_id&media.fields=url,variants,alt_text\
        &poll.fields=voting_status&place.fields=country,geo&user.fields=public_metrics";
    let reply = get(&sandbox, As::App, path);
    let includes = &reply.json["includes"];
    let unique = |kind: &str, key: &str| {
        let mut found = strings(&includes[kind], key);
        let count = found.len();
        found.sort();
        found.dedup();
        assert_eq!(found.len(), count, "{kind}");
        assert!(count > 0, "{kind}");
        found
    };
    let users = unique("users", "id");
    let posts = unique("posts", "id");
    let media = unique("media", "media_key");
    unique("polls", "id");
    let places = unique("places", "id");
    for post in reply.json["data"].as_array().unwrap() {
        assert!(users.contains(&post["author_id"].as_str().unwrap().to_owned()));
        for reference in post["referenced_posts"].as_array().into_iter().flatten() {
            let id = reference["id"].as_str().unwrap().to_owned();
            let gone = reply.json["errors"].to_string().contains(&id);
            assert!(posts.contains(&id) || gone, "{id}");
        }
        for key in post["attachments"]["media_keys"].as_array().into_iter().flatten() {
            assert!(media.contains(&key.as_str().unwrap().to_owned()));
        }
        if let Some(place) = post["geo"]["place_id"].as_str() {
            assert!(places.contains(&place.to_owned()));
        }
    }
}

#[test]
fn entities_are_placed_in_code_points() {
    let sandbox = Sandbox::start().unwrap();
    let path = "/2/tweets/search/recent?query=%23rustlang%20-is%3Aretweet&max_results=20\
        &post.fields=entities";
    let reply = get(&sandbox, As::App, path);
    let mut seen = 0;
    for post in reply.json["data"].as_array().unwrap() {
        let text: Vec<char> = post["text"].as_str().unwrap().chars().collect();
        for tag in post["entities"]["hashtags"].as_array().unwrap() {
            let (start, end) = (tag["start"].as_u64().unwrap(), tag["end"].as_u64().unwrap());
            let part: String = text[start as usize..end as usize].iter().collect();
            assert_eq!(part, format!("#{}", tag["tag"].as_str().unwrap()));
            seen += 1;
        }
        for url in post["entities"]["urls"].as_array().into_iter().flatten() {
            let (start, end) = (url["start"].as_u64().unwrap(), url["end"].as_u64().unwrap());
            let part: String = text[start as usize..end as usize].iter().collect();
            assert_eq!(part, url["url"].as_str().unwrap());
        }
    }
    assert!(seen > 5);
}

#[test]
fn private_metrics_are_for_the_author() {
    let sandbox = Sandbox::start().unwrap();
    let owner = sandbox.owner_id();
    let own = format!("/2/users/{owner}/tweets?max_results=5&post.fields=non_public_metrics");
    let reply = get(&sandbox, As::OAuth1, &own);
    assert!(reply.json["data"][0]["non_public_metrics"]["impression_count"].is_u64());
    assert!(reply.json.get("errors").is_none());
    let reply = get(&sandbox, As::App, &own);
    assert!(reply.json["data"][0].get("non_public_metrics").is_none());
    assert_eq!(reply.json["errors"][0]["title"], "Field Authorization Error");
    assert_eq!(reply.json["errors"][0]["field"], "non_public_metrics");
}

#[test]
fn usage_counts_the_posts_that_were_read() {
    let sandbox = Sandbox::start().unwrap();
    let used = || get(&sandbox, As::App, "/2/usage/tweets").json["data"]["project_usage"].clone();
    assert_eq!(used(), "0");
    get(&sandbox, As::App, "/2/users/2244994945/tweets?max_results=7");
    get(&sandbox, As::App, "/2/users/2244994945");
    assert_eq!(used(), "7");
}
