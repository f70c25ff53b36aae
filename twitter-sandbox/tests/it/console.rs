//! What happens to a client when somebody changes the App in the console, or the clock is off.

use std::time::Duration;

use oauth1_sign::Stamp;
use serde_json::json;
use twitter_sandbox::{AppPermission, Fault, KeyKind, Keys, Sandbox};
use twitter_types::OPERATIONS;

use crate::client::{As, Reply, authorization, basic, exchange, get, send, submit};
use crate::oauth2::{confidential, error};

fn with_bearer(sandbox: &Sandbox, token: &str) -> Reply {
    let header = format!("Bearer {token}");
    exchange(sandbox, "GET", "/2/users/2244994945", Some(&header), None, None)
}

/// A sandbox that has regenerated one kind of key, and the keys from before.
fn regenerated(kind: KeyKind) -> (Sandbox, Keys) {
    let mut sandbox = Sandbox::start().unwrap();
    let old = sandbox.keys().clone();
    sandbox.regenerate(kind).unwrap();
    assert_ne!(*sandbox.keys(), old);
    (sandbox, old)
}

fn code_of(reply: &Reply) -> (u16, Option<u64>) {
    (reply.status, reply.json["errors"][0]["code"].as_u64())
}

#[test]
fn a_regenerated_bearer_token_ends_the_old_one() {
    let (sandbox, old) = regenerated(KeyKind::BearerToken);
    assert_eq!(code_of(&with_bearer(&sandbox, &old.bearer_token)), (401, Some(89)));
    assert_eq!(with_bearer(&sandbox, &sandbox.keys().bearer_token).status, 200);
    let header = basic(&old.api_key, &old.api_secret);
    let issued = submit(&sandbox, "/oauth2/token", Some(&header), "grant_type=client_credentials");
    assert_eq!(issued.json["access_token"], sandbox.keys().bearer_token.as_str());
}

#[test]
fn regenerated_api_keys_end_the_old_ones() {
    let (sandbox, old) = regenerated(KeyKind::ApiKey);
    let token = |keys: &Keys| {
        let header = basic(&keys.api_key, &keys.api_secret);
        submit(&sandbox, "/oauth2/token", Some(&header), "grant_type=client_credentials")
    };
    assert_eq!(code_of(&token(&old)), (403, Some(99)));
    assert_eq!(token(sandbox.keys()).status, 200);
    assert_eq!(get(&sandbox, As::OAuth1, "/2/users/me").status, 200);
    let before = Sandbox::builder().keys(old).start().unwrap();
    let header = authorization(&before, As::OAuth1, "GET", "/2/users/me", "", &Stamp::now());
    let refused = exchange(&sandbox, "GET", "/2/users/me", header.as_deref(), None, None);
    assert_eq!((refused.status, &refused.json["title"]), (401, &json!("Unauthorized")));
    assert!(sandbox.requests().pop().unwrap().reason.unwrap().contains("consumer key"));
}

#[test]
fn a_regenerated_access_token_has_the_permission_of_now() {
    let mut sandbox = Sandbox::builder().app_permission(AppPermission::Read).start().unwrap();
    let old = sandbox.keys().clone();
    sandbox.set_app_permission(AppPermission::ReadWrite);
    let level = |sandbox: &Sandbox| {
        get(sandbox, As::OAuth1, "/2/users/me").header("x-access-level").to_owned()
    };
    assert_eq!(level(&sandbox), "read");
    sandbox.regenerate(KeyKind::AccessToken).unwrap();
    assert_eq!(level(&sandbox), "read-write");
    let before = Sandbox::builder().keys(old).start().unwrap();
    let header = authorization(&before, As::OAuth1, "GET", "/2/users/me", "", &Stamp::now());
    let refused = exchange(&sandbox, "GET", "/2/users/me", header.as_deref(), None, None);
    assert_eq!(code_of(&refused), (401, Some(89)));
}

#[test]
fn a_regenerated_client_secret_ends_the_old_one() {
    let (sandbox, old) = regenerated(KeyKind::ClientSecret);
    let form = "grant_type=refresh_token&refresh_token=x";
    let ask = |header: &str| submit(&sandbox, "/2/oauth2/token", Some(header), form);
    let refused = ask(&basic(&old.client_id, &old.client_secret));
    assert_eq!((refused.status, error(&refused).1), (401, "unauthorized_client"));
    assert_eq!(error(&ask(&confidential(&sandbox))).2, "Value passed for the token was invalid.");
    assert_eq!(get(&sandbox, As::OAuth2, "/2/users/me").status, 200, "tokens live on");
}

#[test]
fn an_app_outside_a_project_gets_nothing() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.set_enrolled(false);
    for operation in OPERATIONS.iter().filter(|operation| !operation.credentials.is_empty()) {
        let path = operation.path.replace('{', "1").replace('}', "");
        for who in [As::App, As::OAuth1, As::OAuth2] {
            let reply = send(&sandbox, who, operation.method.as_str(), &path, None);
            assert_eq!(reply.status, 403, "{} {who:?}", operation.id);
            assert_eq!(reply.json["title"], "Client Forbidden");
            assert_eq!(reply.json["reason"], "client-not-enrolled");
            let kind = reply.json["type"].as_str().unwrap();
            assert!(kind.ends_with("/2/problems/client-forbidden"), "{kind}");
            assert!(reply.json["registration_url"].is_string());
        }
    }
    assert_eq!(get(&sandbox, As::Nobody, "/2/users/me").status, 401, "that comes first");
    sandbox.set_enrolled(true);
    assert_eq!(get(&sandbox, As::OAuth1, "/2/users/me").status, 200);
}

#[test]
fn spent_credits_are_a_402() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fail_next(Fault::CreditsDepleted);
    let reply = get(&sandbox, As::OAuth2, "/2/users/me");
    assert_eq!((reply.status, &reply.json["title"]), (402, &json!("CreditsDepleted")));
    assert_eq!(reply.json["type"], "https://api.twitter.com/2/problems/credits");
    assert_eq!(reply.json["account_id"], sandbox.owner_id());
    assert_eq!(reply.header("content-type"), "application/problem+json");
}

#[test]
fn a_clock_that_is_off_is_named_and_can_be_measured() {
    for minutes in [-10, 10] {
        let sandbox = Sandbox::builder().clock_offset(minutes * 60).start().unwrap();
        let body = json!({ "errors": [{ "code": 135, "message": "Timestamp out of bounds." }] });
        for (method, path) in [("GET", "/2/users/me"), ("POST", "/1.1/oauth/invalidate_token")] {
            let reply = send(&sandbox, As::OAuth1, method, path, None);
            assert_eq!((reply.status, &reply.json), (401, &body), "{path}");
        }
        let fair = Sandbox::start().unwrap();
        let date = |sandbox| get(sandbox, As::OAuth2, "/2/users/me").header("date").to_owned();
        assert_ne!(date(&sandbox)[17..22], date(&fair)[17..22], "the hour and minute");
    }
}

#[test]
fn every_reply_has_the_sandboxs_date() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.set_clock_offset(-i64::from(u32::MAX));
    sandbox.advance(Duration::from_secs(u64::from(u32::MAX)));
    let now = get(&sandbox, As::App, "/2/tweets").header("date").to_owned();
    sandbox.advance(Duration::from_secs(366 * 86_400));
    for reply in [
        get(&sandbox, As::App, "/2/tweets"),
        get(&sandbox, As::Nobody, "/nothing"),
        get(&sandbox, As::Nobody, "/oauth/authorize"),
        submit(&sandbox, "/2/oauth2/token", None, ""),
    ] {
        assert_ne!(reply.header("date")[12..16], now[12..16], "{}: a year on", reply.status);
    }
}
