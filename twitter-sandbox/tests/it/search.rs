//! Recent search.

use serde_json::{Value, json};
use twitter_sandbox::Sandbox;

use crate::client::{As, Reply, get, post};

const FIELDS: &str = "max_results=100&tweet.fields=entities,attachments,referenced_tweets,lang,\
    author_id,conversation_id,in_reply_to_user_id,created_at,note_tweet,geo\
    &expansions=attachments.media_keys,author_id";

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn search(sandbox: &Sandbox, query: &str) -> Reply {
    let path = format!("/2/tweets/search/recent?query={}&{FIELDS}", encoded(query));
    let reply = get(sandbox, As::App, &path);
    assert_eq!(reply.status, 200, "{query}: {}", reply.text);
    reply
}

fn check(sandbox: &Sandbox, query: &str, test: impl Fn(&Value, &str) -> bool) {
    let reply = search(sandbox, query);
    let posts = reply.json["data"].as_array().map(Vec::as_slice).unwrap_or_default();
    assert!(!posts.is_empty(), "{query} finds nothing");
    for post in posts {
        let text = post["note_tweet"]["text"].as_str().or_else(|| post["text"].as_str()).unwrap();
        assert!(test(post, &text.to_lowercase()), "{query}: {post}");
    }
}

fn refers(post: &Value, kind: &str) -> bool {
    post["referenced_tweets"].as_array().into_iter().flatten().any(|other| other["type"] == kind)
}

#[test]
fn words_and_phrases() {
    let sandbox = Sandbox::start().unwrap();
    check(&sandbox, "COFFEE", |_, text| text.contains("coffee"));
    check(&sandbox, "creme brulee", |_, text| text.contains("crème brûlée"));
    check(&sandbox, "strassenbahn OR straßenbahn", |_, text| text.contains("straßenbahn"));
    check(&sandbox, "\"the build is green\"", |_, text| text.contains("the build is green"));
    check(&sandbox, "天気", |_, text| text.contains("天気"));
    check(&sandbox, "the -green", |_, text| !text.contains("green"));
    check(&sandbox, "napkin", |post, _| {
        post["note_tweet"].is_object() || refers(post, "retweeted")
    });
    let none = search(&sandbox, "\"build the is green\"");
    assert_eq!(none.json["meta"]["result_count"], 0);
}

#[test]
fn operators() {
    let sandbox = Sandbox::start().unwrap();
    let developers = |post: &Value, key: &str| post[key] == "2244994945";
    check(&sandbox, "from:XDevelopers", |post, _| developers(post, "author_id"));
    check(&sandbox, "from:2244994945", |post, _| developers(post, "author_id"));
    check(&sandbox, "to:xdevelopers", |post, _| developers(post, "in_reply_to_user_id"));
    check(&sandbox, "#RustLang", |_, text| text.contains("#rustlang"));
    check(&sandbox, "#散歩", |_, text| text.contains("#散歩"));
    check(&sandbox, "@sandbox_owner", |_, text| text.contains("@sandbox_owner"));
    check(&sandbox, "$exmp", |_, text| text.contains("$exmp"));
    let every = "(from:XDevelopers OR from:sandbox_owner)";
    let media = |post: &Value| post["attachments"]["media_keys"].is_array();
    check(&sandbox, &format!("{every} has:media"), |post, _| media(post));
    check(&sandbox, &format!("{every} -has:media"), |post, _| !media(post));
    let photo = |post: &Value| post["attachments"]["media_keys"].to_string().contains("\"3_");
    check(&sandbox, &format!("{every} has:images"), |post, _| photo(post));
    let entity = |post: &Value, kind: &str| {
        post["entities"][kind].is_array() || post["note_tweet"]["entities"][kind].is_array()
    };
    for (operator, kind) in
        [("has:links", "urls"), ("has:hashtags", "hashtags"), ("has:mentions", "mentions")]
    {
        check(&sandbox, &format!("{every} {operator}"), |post, _| entity(post, kind));
    }
    for (operator, kind) in
        [("is:reply", "replied_to"), ("is:retweet", "retweeted"), ("is:quote", "quoted")]
    {
        check(&sandbox, &format!("a {operator}"), |post, _| refers(post, kind));
        check(&sandbox, &format!("a -{operator}"), |post, _| !refers(post, kind));
    }
    // Behind what a long post shows.
    check(&sandbox, "#longread has:hashtags has:links", |_, text| {
        text.ends_with(char::is_alphanumeric)
    });
    let owner = sandbox.owner_id().to_string();
    check(&sandbox, "from_affiliate_of:XDevelopers", |post, _| post["author_id"] == owner.as_str());
    check(&sandbox, "café lang:fr", |post, _| post["lang"] == "fr");
    check(&sandbox, "url:\"example.com/talks\"", |_, text| text.contains("slides"));
}

#[test]
fn places() {
    let sandbox = Sandbox::start().unwrap();
    let (lisbon, paris) = ("01a9a39529b27f36", "09f6a7707f18e0b1");
    for (query, place) in [
        ("place:Paris", paris),
        ("place_country:PT", lisbon),
        ("point_radius:[-9.16 38.745 10mi]", lisbon),
        ("point_radius:[2.35 48.86 15km] has:geo", paris),
        ("bounding_box:[2.2 48.8 2.5 48.95]", paris),
    ] {
        check(&sandbox, query, |post, _| post["geo"]["place_id"] == place);
    }
    let elsewhere = search(&sandbox, "bounding_box:[2.3 48.8 2.5 48.95]");
    assert_eq!(elsewhere.json["meta"]["result_count"], 0);
}

#[test]
fn groups_bind_as_documented() {
    let sandbox = Sandbox::start().unwrap();
    let count =
        |query: &str| search(&sandbox, query).json["meta"]["result_count"].as_u64().unwrap();
    let test = |_: &Value, text: &str| {
        text.contains("coffee") && text.contains("green") || text.contains("tip")
    };
    check(&sandbox, "coffee green OR tip", test);
    assert!(count("coffee (green OR tip)") <= count("coffee green OR tip"));
    let path = "/2/tweets/search/recent?query=";
    for query in ["-(a%20b)", "has:links", "a%20OR", "(a", "foo:bar", "%22a", "lang:en"] {
        let reply = get(&sandbox, As::App, &format!("{path}{query}"));
        assert_eq!((reply.status, &reply.json["title"]), (400, &json!("Invalid Request")));
        let message = reply.json["errors"][0]["message"].as_str().unwrap();
        assert!(message.starts_with("There were errors processing your request"), "{message}");
    }
    assert_eq!(get(&sandbox, As::App, "/2/tweets/search/recent").status, 400);
}

#[test]
fn a_conversation_is_found() {
    let sandbox = Sandbox::start().unwrap();
    let post = |text: &str, to: &Value| {
        let reply = match to {
            Value::Null => json!({ "text": text }),
            to => json!({ "text": text, "reply": { "in_reply_to_tweet_id": to } }),
        };
        let reply = post(&sandbox, As::OAuth2, "/2/tweets", &reply);
        assert_eq!(reply.status, 201, "{}", reply.text);
        reply.json["data"]["id"].clone()
    };
    let root = post("a root", &Value::Null);
    let reply = post("a reply", &root);
    let last = post("@sandbox_owner a reply to the reply", &reply);
    let found = search(&sandbox, &format!("conversation_id:{}", root.as_str().unwrap()));
    assert_eq!(json!(found.column("id")), json!([last, reply, root]));
    let reply_to =
        |id: &Value| search(&sandbox, &format!("in_reply_to_tweet_id:{}", id.as_str().unwrap()));
    assert_eq!(json!(reply_to(&reply).column("id")), json!([last]));
}

#[test]
fn times_and_ids_bound_a_search() {
    let sandbox = Sandbox::start().unwrap();
    let all = search(&sandbox, "from:XDevelopers");
    let (ids, times) = (all.column("id"), all.column("created_at"));
    let bounded = |bounds: &str| {
        let path =
            format!("/2/tweets/search/recent?query=from:XDevelopers&max_results=100&{bounds}");
        get(&sandbox, As::App, &path)
    };
    assert_eq!(bounded(&format!("since_id={}", ids[9])).column("id"), ids[..9]);
    assert_eq!(
        bounded(&format!("since_id={}&until_id={}", ids[9], ids[3])).column("id"),
        ids[4..9]
    );
    let between = bounded(&format!("start_time={}&end_time={}", times[9], times[3]));
    assert_eq!(between.column("id"), ids[4..10]);
    let recent = bounded("sort_order=recency").column("id");
    let relevant = bounded("sort_order=relevancy").column("id");
    assert_ne!(recent, relevant);
    for bounds in [
        "start_time=2020-01-01T00:00:00Z",
        "end_time=2020-01-01T00:00:00Z",
        "since_id=1",
        "end_time=2999-01-01T00:00:00Z",
        "sort_order=random",
        "max_results=9",
        "max_results=101",
        "since_id=x",
        "next_token=x",
    ] {
        assert_eq!(bounded(bounds).status, 400, "{bounds}");
    }
}
