//! The app-only token: issued, used, invalidated.

use oauth1_sign::Stamp;
use serde_json::{Value, json};
use twitter_sandbox::{CredentialKind, Keys, Sandbox};

use crate::client::{As, FORM, Reply, authorization, basic, exchange, get, submit};

fn ask(sandbox: &Sandbox, path: &str, key: &str, secret: &str, body: &str) -> Reply {
    submit(sandbox, path, Some(&basic(key, secret)), body)
}

fn token(sandbox: &Sandbox) -> Reply {
    let Keys { api_key, api_secret, .. } = sandbox.keys();
    ask(sandbox, "/oauth2/token", api_key, api_secret, "grant_type=client_credentials")
}

fn lookup(sandbox: &Sandbox, token: &str) -> Reply {
    let header = format!("Bearer {token}");
    exchange(sandbox, "GET", "/2/users/2244994945", Some(&header), None, None)
}

fn encoded(token: &str) -> String {
    token.replace('%', "%25")
}

#[test]
fn the_same_token_is_issued_until_it_is_invalidated() {
    let sandbox = Sandbox::start().unwrap();
    let keys = sandbox.keys();
    let reply = token(&sandbox);
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json, json!({ "token_type": "bearer", "access_token": keys.bearer_token }));
    assert_eq!(token(&sandbox).json, reply.json);
    assert_eq!(lookup(&sandbox, &keys.bearer_token).status, 200);

    let body = format!("access_token={}", encoded(&keys.bearer_token));
    let path = "/oauth2/invalidate_token";
    let reply = ask(&sandbox, path, &keys.api_key, &keys.api_secret, &body);
    assert_eq!(reply.json, json!({ "access_token": keys.bearer_token }));
    let dead = lookup(&sandbox, &keys.bearer_token);
    let invalid = json!({ "errors": [{ "code": 89, "message": "Invalid or expired token" }] });
    assert_eq!((dead.status, dead.json), (401, invalid));
    let again = ask(&sandbox, path, &keys.api_key, &keys.api_secret, &body);
    assert_eq!((again.status, &again.json["errors"][0]["code"]), (403, &json!(99)));

    let next = token(&sandbox).json["access_token"].as_str().unwrap().to_owned();
    assert_ne!(next, keys.bearer_token);
    assert_eq!(lookup(&sandbox, &next).status, 200);
}

#[test]
fn the_owner_invalidates_with_a_signature() {
    let sandbox = Sandbox::start().unwrap();
    let bearer = &sandbox.keys().bearer_token;
    let path = format!("/oauth2/invalidate_token?access_token={}", encoded(bearer));
    let header = authorization(&sandbox, As::OAuth1, "POST", &path, "", &Stamp::now());
    let reply = exchange(&sandbox, "POST", &path, header.as_deref(), None, Some(String::new()));
    assert_eq!((reply.status, reply.json), (200, json!({ "access_token": bearer })));
    let received = sandbox.requests().pop().unwrap();
    assert_eq!(received.query, "access_token=[redacted]");
    let reply = exchange(&sandbox, "POST", &path, header.as_deref(), None, Some(String::new()));
    assert_eq!((reply.status, &reply.json["errors"][0]["code"]), (401, &json!(89)));
}

#[test]
fn the_raw_token_is_taken_in_a_form_too() {
    let sandbox = Sandbox::start().unwrap();
    let Keys { api_key, api_secret, bearer_token, .. } = sandbox.keys();
    let body = format!("access_token={bearer_token}");
    let path = "/oauth2/invalidate_token";
    assert_eq!(ask(&sandbox, path, api_key, api_secret, &body).status, 200);
}

#[test]
fn wrong_requests_get_code_99() {
    let sandbox = Sandbox::start().unwrap();
    let Keys { api_key, api_secret, .. } = sandbox.keys();
    let right = "grant_type=client_credentials";
    let wrong = json!({ "errors": [{
        "code": 99,
        "message": "Unable to verify your credentials",
        "label": "authenticity_token_error",
    }] });
    for (key, secret, body) in [
        ("other", api_secret.as_str(), right),
        (api_key.as_str(), "other", right),
        (api_key.as_str(), "", right),
        (api_key.as_str(), api_secret.as_str(), "grant_type=password"),
        (api_key.as_str(), api_secret.as_str(), ""),
    ] {
        let reply = ask(&sandbox, "/oauth2/token", key, secret, body);
        assert_eq!((reply.status, reply.json), (403, wrong.clone()), "{body}");
    }
    for header in [None, Some("Basic"), Some("Basic !"), Some("Basic Og=="), Some("Bearer x")] {
        let body = Some(right.to_owned());
        let reply = exchange(&sandbox, "POST", "/oauth2/token", header, Some(FORM), body);
        assert_eq!(reply.status, 403, "{header:?}");
    }
    assert_eq!(get(&sandbox, As::Nobody, "/oauth2/token").status, 405);
}

#[test]
fn a_token_is_compared_as_it_was_issued() {
    let sandbox = Sandbox::start().unwrap();
    let bearer = &sandbox.keys().bearer_token;
    let decoded = bearer.replace("%2F", "/").replace("%3D", "=");
    assert_eq!(lookup(&sandbox, &decoded).status, 401);
    assert_eq!(sandbox.requests()[0].credential, CredentialKind::UnknownBearer);
}

#[test]
fn the_kind_of_credential_matters() {
    let sandbox = Sandbox::start().unwrap();
    let reply = get(&sandbox, As::App, "/2/users/me");
    assert_eq!(reply.status, 403);
    assert_eq!(reply.json["title"], "Unsupported Authentication");
    assert_eq!(reply.json["type"], "https://api.x.com/2/problems/unsupported-authentication");
    assert_eq!(get(&sandbox, As::OAuth2, "/2/users/me").status, 200);
    assert_eq!(get(&sandbox, As::OAuth1, "/2/usage/tweets").status, 403);
    let usage = get(&sandbox, As::App, "/2/usage/tweets?days=2&usage.fields=daily_project_usage");
    let days = &usage.json["data"]["daily_project_usage"]["usage"];
    assert_eq!(days.as_array().map(Vec::len), Some(2));
    let nobody = get(&sandbox, As::Nobody, "/2/users/me");
    assert_eq!((nobody.status, &nobody.json["title"]), (401, &json!("Unauthorized")));
    assert_eq!(nobody.header("x-rate-limit-limit"), "");
}

#[test]
fn scopes_are_checked() {
    let sandbox = Sandbox::builder().oauth2_scopes(&["tweet.read", "users.read"]).start().unwrap();
    assert_eq!(get(&sandbox, As::OAuth2, "/2/users/me").status, 200);
    let reply = get(&sandbox, As::OAuth2, "/2/users/2244994945/followers");
    assert_eq!((reply.status, &reply.json["title"]), (403, &json!("Forbidden")));
    let reason = sandbox.requests().pop().unwrap().reason.unwrap();
    assert!(reason.contains("follows.read"), "{reason}");
}

#[test]
fn keys_and_port_can_be_given() {
    let mut keys = Keys::random().unwrap();
    keys.api_key = "my key/+".to_owned();
    keys.api_secret = "my:secret%".to_owned();
    let sandbox = Sandbox::builder().keys(keys).start().unwrap();
    let body = "grant_type=client_credentials";
    let reply = ask(&sandbox, "/oauth2/token", "my%20key%2F%2B", "my%3Asecret%25", body);
    assert_eq!(reply.status, 200, "{}", reply.text);
    let port: u16 = sandbox.base_url().rsplit(':').next().unwrap().parse().unwrap();
    assert!(Sandbox::builder().port(port).start().is_err(), "the port is taken");
    assert!(Sandbox::builder().rate_limit("getUserById", 1).start().is_err(), "a typo");
    drop(sandbox);
    let again = Sandbox::builder().port(port).start().unwrap();
    assert_eq!(again.base_url(), format!("http://127.0.0.1:{port}"));
    assert_eq!(get(&again, As::App, "/2/users/2244994945").json["errors"], Value::Null);
}
