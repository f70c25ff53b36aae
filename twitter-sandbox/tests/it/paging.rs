//! Walking through pages, forward and back.

use serde_json::json;
use twitter_sandbox::Sandbox;

use crate::client::{As, Reply, get, post};

/// All pages of a list, from the first on.
fn pages(sandbox: &Sandbox, who: As, path: &str) -> Vec<Reply> {
    let mut pages = Vec::new();
    let mut token = None;
    loop {
        let path = match &token {
            Some(token) => format!("{path}&pagination_token={token}"),
            None => path.to_owned(),
        };
        let page = get(sandbox, who, &path);
        assert_eq!(page.status, 200, "{}", page.text);
        token = page.json["meta"]["next_token"].as_str().map(str::to_owned);
        pages.push(page);
        if token.is_none() {
            return pages;
        }
    }
}

fn ids(pages: &[Reply]) -> Vec<String> {
    pages.iter().flat_map(|page| page.column("id")).collect()
}

#[test]
fn pages_cover_a_list_exactly_once() {
    let sandbox = Sandbox::start().unwrap();
    let owner = sandbox.owner_id();
    let lists = [
        (
            As::App,
            "/2/users/2244994945/followers?max_results=7".to_owned(),
            "/2/users/2244994945/followers?max_results=1000".to_owned(),
        ),
        (
            As::App,
            "/2/users/2244994945/following?max_results=1".to_owned(),
            "/2/users/2244994945/following?max_results=1000".to_owned(),
        ),
        (
            As::OAuth1,
            format!("/2/users/{owner}/liked_tweets?max_results=5"),
            format!("/2/users/{owner}/liked_tweets?max_results=100"),
        ),
        (
            As::App,
            "/2/users/2244994945/tweets?max_results=9&exclude=replies".to_owned(),
            String::new(),
        ),
        (
            As::App,
            "/2/tweets/search/recent?query=a&sort_order=relevancy&max_results=10".to_owned(),
            String::new(),
        ),
    ];
    for (who, path, whole) in lists {
        let all = pages(&sandbox, who, &path);
        assert!(all.len() > 3, "{path} {}", all.len());
        let found = ids(&all);
        let mut unique = found.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), found.len(), "{path}");
        if !whole.is_empty() {
            assert_eq!(found, get(&sandbox, who, &whole).column("id"), "{path}");
        }
        let counted: u64 =
            all.iter().map(|page| page.json["meta"]["result_count"].as_u64().unwrap()).sum();
        assert_eq!(counted as usize, found.len());
        assert!(all[0].json["meta"].get("previous_token").is_none());
        assert!(all[1].json["meta"]["previous_token"].is_string());
    }
}

#[test]
fn a_page_leads_back() {
    let sandbox = Sandbox::start().unwrap();
    let path = "/2/users/2244994945/followers?max_results=10";
    let forward = pages(&sandbox, As::App, path);
    let back = forward[2].json["meta"]["previous_token"].as_str().unwrap();
    let page = get(&sandbox, As::App, &format!("{path}&pagination_token={back}"));
    assert_eq!(page.column("id"), forward[1].column("id"));
    let back = page.json["meta"]["previous_token"].as_str().unwrap();
    let page = get(&sandbox, As::App, &format!("{path}&pagination_token={back}"));
    assert_eq!(page.column("id"), forward[0].column("id"));
    assert!(page.json["meta"].get("previous_token").is_none());
}

#[test]
fn new_items_do_not_shift_pages() {
    let sandbox = Sandbox::start().unwrap();
    let path = format!("/2/users/{}/tweets?max_results=5", sandbox.owner_id());
    let before = ids(&pages(&sandbox, As::OAuth1, &path));
    let first = get(&sandbox, As::OAuth1, &path);
    let meta = &first.json["meta"];
    assert_eq!(meta["newest_id"], first.json["data"][0]["id"]);
    assert_eq!(meta["oldest_id"], first.json["data"][4]["id"]);
    post(&sandbox, As::OAuth1, "/2/tweets", &json!({ "text": "in between" }));
    let token = meta["next_token"].as_str().unwrap();
    let second = get(&sandbox, As::OAuth1, &format!("{path}&pagination_token={token}"));
    assert_eq!(second.column("id"), before[5..10]);
    let since = format!("{path}&since_id={}", before[0]);
    assert_eq!(get(&sandbox, As::OAuth1, &since).json["data"][0]["text"], "in between");
    let until = format!("{path}&until_id={}", before[2]);
    assert_eq!(get(&sandbox, As::OAuth1, &until).column("id"), before[3..8]);
}

#[test]
fn tokens_belong_to_their_list() {
    let sandbox = Sandbox::start().unwrap();
    let followers = "/2/users/2244994945/followers?max_results=5";
    let token = get(&sandbox, As::App, followers).json["meta"]["next_token"].clone();
    let token = token.as_str().unwrap();
    assert!(token.len() >= 16);
    let with = |path: &str, token: &str| {
        get(&sandbox, As::App, &format!("{path}&pagination_token={token}")).status
    };
    assert_eq!(with("/2/users/2244994945/followers?max_results=50", token), 200);
    assert_eq!(with("/2/users/2244994945/following?max_results=5", token), 400);
    let other = format!("/2/users/{}/followers?max_results=5", sandbox.owner_id());
    assert_eq!(with(&other, token), 400);
    let changed = token.replace('0', "1");
    assert_eq!(with(followers, &changed), 400);
    assert_eq!(with(followers, "n\u{e9}"), 400);
}

#[test]
fn an_empty_list_has_no_data() {
    let sandbox = Sandbox::start().unwrap();
    let reply = get(&sandbox, As::App, "/2/tweets/search/recent?query=notawordofthesandbox");
    assert_eq!(reply.json, json!({ "meta": { "result_count": 0 } }));
}
