//! OAuth 1.0a signatures are checked.

use oauth1_sign::{ClientCredentials, Request, Signer, Stamp, TokenCredentials};
use serde_json::json;
use twitter_sandbox::{CredentialKind, Sandbox};

use crate::client::{As, Reply, authorization, exchange, get, post};

fn me(sandbox: &Sandbox, header: &str) -> Reply {
    exchange(sandbox, "GET", "/2/users/me", Some(header), None, None)
}

fn reason(sandbox: &Sandbox) -> String {
    sandbox.requests().pop().unwrap().reason.unwrap_or_default()
}

#[test]
fn a_right_signature_is_taken() {
    let sandbox = Sandbox::start().unwrap();
    let reply = get(&sandbox, As::OAuth1, "/2/users/me?user.fields=created_at,public_metrics");
    assert_eq!(reply.status, 200, "{} {}", reply.text, reason(&sandbox));
    assert_eq!(reply.json["data"]["username"], "sandbox_owner");
    assert_eq!(reply.json["data"]["id"], sandbox.owner_id().to_string());
    let query = "/2/tweets/search/recent?query=caf%C3%A9%20OR%20%23Paris&max_results=10";
    assert_eq!(get(&sandbox, As::OAuth1, query).status, 200, "{}", reason(&sandbox));
    let reply = post(&sandbox, As::OAuth1, "/2/tweets", &json!({ "text": "signed, ünicode" }));
    assert_eq!(reply.status, 201, "{}", reason(&sandbox));
    assert_eq!(sandbox.requests()[0].credential, CredentialKind::OAuth1);
}

#[test]
fn a_changed_request_is_refused() {
    let sandbox = Sandbox::start().unwrap();
    let header = |path| authorization(&sandbox, As::OAuth1, "GET", path, "", &Stamp::now());
    let refused = |header: Option<String>| {
        let reply = me(&sandbox, &header.unwrap());
        assert_eq!(reply.status, 401, "{}", reply.text);
        let body = json!({
            "title": "Unauthorized", "detail": "Unauthorized", "type": "about:blank", "status": 401,
        });
        assert_eq!(reply.json, body);
        reason(&sandbox)
    };
    assert!(refused(header("/2/users/me?user.fields=name")).contains("signature"));
    assert!(refused(header("/2/users/ME")).contains("signature"));
    let post = authorization(&sandbox, As::OAuth1, "POST", "/2/users/me", "", &Stamp::now());
    assert!(refused(post).contains("signature"));
    let form = authorization(&sandbox, As::OAuth1, "GET", "/2/users/me", "a=1", &Stamp::now());
    assert!(refused(form).contains("signature"));
    assert!(refused(Some("OAuth oauth_consumer_key=\"half".to_owned())).len() > 5);
    assert!(refused(Some("OAuth ".to_owned())).len() > 5);
}

#[test]
fn unknown_keys_and_tokens_are_refused() {
    let sandbox = Sandbox::start().unwrap();
    let keys = sandbox.keys();
    let url = format!("{}/2/users/me", sandbox.base_url());
    let reason_of = |key: &str, secret: &str, token: &str, token_secret: &str| {
        let client = ClientCredentials::new(key, secret);
        let token = TokenCredentials::new(token, token_secret);
        let signer = Signer::new(&client, Some(&token));
        let header = signer.sign(&Request::new("GET", &url), &Stamp::now()).unwrap();
        assert_eq!(me(&sandbox, &header).status, 401);
        reason(&sandbox)
    };
    let (key, secret) = (keys.api_key.as_str(), keys.api_secret.as_str());
    let (token, token_secret) = (keys.access_token.as_str(), keys.access_token_secret.as_str());
    assert!(reason_of("other", secret, token, token_secret).contains("consumer key"));
    assert!(reason_of(key, "other", token, token_secret).contains("signature"));
    assert!(reason_of(key, secret, "other", token_secret).contains("access token"));
    assert!(reason_of(key, secret, token, "other").contains("signature"));
    assert!(reason_of(key, secret, token, "").contains("signature"));
}

#[test]
fn a_nonce_is_taken_once() {
    let sandbox = Sandbox::start().unwrap();
    let header = authorization(&sandbox, As::OAuth1, "GET", "/2/users/me", "", &Stamp::now());
    let header = header.unwrap();
    assert_eq!(me(&sandbox, &header).status, 200);
    assert_eq!(me(&sandbox, &header).status, 401);
    assert!(reason(&sandbox).contains("nonce"));
}

#[test]
fn a_clock_that_is_off_is_refused() {
    for (offset, status) in [(290, 200), (-290, 200), (310, 401), (-310, 401), (86_400, 401)] {
        let sandbox = Sandbox::builder().clock_offset(offset).start().unwrap();
        let reply = get(&sandbox, As::OAuth1, "/2/users/me");
        assert_eq!(reply.status, status, "{offset} {}", reason(&sandbox));
        sandbox.set_clock_offset(0);
        assert_eq!(get(&sandbox, As::OAuth1, "/2/users/me").status, 200);
    }
}

#[test]
fn a_form_body_is_part_of_the_signature() {
    let sandbox = Sandbox::start().unwrap();
    let path = "/1.1/oauth/invalidate_token.json";
    let send = |signed: &str, sent: &str| {
        let header = authorization(&sandbox, As::OAuth1, "POST", path, signed, &Stamp::now());
        let form = Some("application/x-www-form-urlencoded; charset=UTF-8");
        exchange(&sandbox, "POST", path, header.as_deref(), form, Some(sent.to_owned()))
    };
    let refused = send("a=1", "a=2");
    assert_eq!((refused.status, &refused.json["errors"][0]["code"]), (401, &json!(89)));
    let taken = send("a=1+1", "a=1%201");
    assert_eq!(taken.status, 200, "{}", reason(&sandbox));
    assert_eq!(taken.json, json!({ "access_token": sandbox.keys().access_token }));
    assert_eq!(get(&sandbox, As::OAuth1, "/2/users/me").status, 401);
}

#[test]
fn parameters_may_come_in_the_query() {
    let sandbox = Sandbox::start().unwrap();
    let keys = sandbox.keys();
    let client = ClientCredentials::new(&keys.api_key, &keys.api_secret);
    let token = TokenCredentials::new(&keys.access_token, &keys.access_token_secret);
    let url = format!("{}/2/users/me?user.fields=url", sandbox.base_url());
    let signer = Signer::new(&client, Some(&token));
    let signed = signer.sign_url(&Request::new("GET", &url), &Stamp::now()).unwrap();
    let path = signed.strip_prefix(sandbox.base_url()).unwrap();
    let reply = exchange(&sandbox, "GET", path, None, None, None);
    assert_eq!(reply.status, 200, "{}", reason(&sandbox));
    let received = sandbox.requests().pop().unwrap();
    assert!(!received.query.contains(&keys.access_token), "{}", received.query);
}
