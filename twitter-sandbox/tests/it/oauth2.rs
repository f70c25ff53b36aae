//! OAuth 2.0: from the consent page to a token, and what X says of a wrong exchange.

use std::time::Duration;

use serde_json::{Value, json};
use twitter_sandbox::{CredentialKind, Sandbox};

use crate::browser::{click, parameter};
use crate::client::{Reply, basic, exchange, submit};

/// RFC 7636, appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub(crate) const SCOPES: &str = "tweet.read%20users.read%20offline.access";
pub(crate) const REDIRECT_URI: &str = "http://127.0.0.1:8080/callback";
const TOKEN: &str = "/2/oauth2/token";

/// The consent page for this client.
pub(crate) fn page(client_id: &str, scopes: &str) -> String {
    format!(
        "/i/oauth2/authorize?response_type=code&client_id={client_id}\
         &redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fcallback&scope={scopes}\
         &state=a%20b%26c&code_challenge={CHALLENGE}&code_challenge_method=S256"
    )
}

/// A code that the owner has consented to.
pub(crate) fn code(sandbox: &Sandbox, client_id: &str, scopes: &str) -> String {
    let url = click(sandbox, &page(client_id, scopes), "allow");
    parameter(&url, "code").unwrap()
}

/// The confidential client's header.
pub(crate) fn confidential(sandbox: &Sandbox) -> String {
    basic(&sandbox.keys().client_id, &sandbox.keys().client_secret)
}

fn form(code: &str) -> String {
    format!(
        "grant_type=authorization_code&code={code}\
         &redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fcallback&code_verifier={VERIFIER}"
    )
}

/// Exchanges a code for the public client.
fn exchange_code(sandbox: &Sandbox, code: &str) -> Reply {
    let client_id = &sandbox.keys().public_client_id;
    submit(sandbox, TOKEN, None, &format!("{}&client_id={client_id}", form(code)))
}

/// A new pair for the public client.
pub(crate) fn sign_in(sandbox: &Sandbox, scopes: &str) -> Value {
    let code = code(sandbox, &sandbox.keys().public_client_id, scopes);
    let reply = exchange_code(sandbox, &code);
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json
}

pub(crate) fn me(sandbox: &Sandbox, token: &Value) -> Reply {
    let header = format!("Bearer {}", token.as_str().unwrap());
    exchange(sandbox, "GET", "/2/users/me", Some(&header), None, None)
}

pub(crate) fn error(reply: &Reply) -> (u16, &str, &str) {
    let text = |name: &str| reply.json[name].as_str().unwrap_or_default();
    (reply.status, text("error"), text("error_description"))
}

#[test]
fn a_public_client_signs_in() {
    let sandbox = Sandbox::start().unwrap();
    let pair = sign_in(&sandbox, SCOPES);
    assert_eq!(pair["token_type"], "bearer");
    assert_eq!(pair["expires_in"], 7200);
    assert_eq!(pair["scope"], "tweet.read users.read offline.access");
    assert!(pair["refresh_token"].is_string());
    let reply = me(&sandbox, &pair["access_token"]);
    assert_eq!((reply.status, &reply.json["data"]["username"]), (200, &json!("sandbox_owner")));
    assert_eq!(sandbox.requests().pop().unwrap().credential, CredentialKind::OAuth2User);
}

#[test]
fn each_user_has_tokens_and_limits_of_their_own() {
    let sandbox = Sandbox::builder().rate_limit("getUsersMe", 2).start().unwrap();
    let client_id = &sandbox.keys().public_client_id;
    let page = format!("{}{}", sandbox.base_url(), page(client_id, SCOPES));
    let url = sandbox.approve_oauth2_as("exmp_news", &page).unwrap();
    let pair = exchange_code(&sandbox, &parameter(&url, "code").unwrap()).json;
    let refresh = format!(
        "grant_type=refresh_token&client_id={client_id}&refresh_token={}",
        pair["refresh_token"].as_str().unwrap()
    );
    let renewed = submit(&sandbox, TOKEN, None, &refresh).json;
    for pair in [pair, renewed] {
        let reply = me(&sandbox, &pair["access_token"]);
        assert_eq!((reply.status, &reply.json["data"]["username"]), (200, &json!("exmp_news")));
    }
    let owner = sign_in(&sandbox, SCOPES);
    let reply = me(&sandbox, &owner["access_token"]);
    assert_eq!((reply.status, reply.header("x-rate-limit-remaining")), (200, "1"));
    let wrong = sandbox.approve_oauth2_as("nobody_here", &page).unwrap_err();
    assert_eq!(wrong, "the sandbox has no user @nobody_here");
}

#[test]
fn a_confidential_client_signs_in() {
    let sandbox = Sandbox::start().unwrap();
    let client_id = &sandbox.keys().client_id;
    let code = code(&sandbox, client_id, "tweet.read%20users.read");
    let reply = submit(&sandbox, TOKEN, Some(&confidential(&sandbox)), &form(&code));
    assert_eq!((reply.status, reply.header("cache-control")), (200, "no-store"));
    assert!(reply.json.get("refresh_token").is_none(), "offline.access was not asked for");
    assert_eq!(me(&sandbox, &reply.json["access_token"]).status, 200);
}

#[test]
fn a_plain_challenge_is_compared() {
    let sandbox = Sandbox::start().unwrap();
    let client_id = &sandbox.keys().public_client_id;
    let page = page(client_id, SCOPES).replace("S256", "plain");
    for (verifier, status) in [(CHALLENGE, 200), (VERIFIER, 400)] {
        let code = parameter(&click(&sandbox, &page, "allow"), "code").unwrap();
        let form = form(&code).replace(VERIFIER, verifier);
        let reply = submit(&sandbox, TOKEN, None, &format!("{form}&client_id={client_id}"));
        assert_eq!(reply.status, status, "{}", reply.text);
    }
}

#[test]
fn a_token_request_may_be_json() {
    let sandbox = Sandbox::start().unwrap();
    let client_id = &sandbox.keys().client_id;
    let code = code(&sandbox, client_id, SCOPES);
    let send = |path: &str, body: Value| {
        let header = confidential(&sandbox);
        let (kind, body) = (Some("application/json;charset=UTF-8"), Some(body.to_string()));
        exchange(&sandbox, "POST", path, Some(&header), kind, body)
    };
    let missing = send(TOKEN, json!({ "code": code, "client_id": 1 }));
    assert_eq!(error(&missing).2, "Missing required parameter [grant_type].");
    let pair = send(
        TOKEN,
        json!({
            "grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT_URI,
            "code_verifier": VERIFIER, "client_id": client_id,
        }),
    );
    assert_eq!(me(&sandbox, &pair.json["access_token"]).status, 200);
    let ended = send("/2/oauth2/revoke", json!({ "token": pair.json["access_token"] }));
    assert_eq!(ended.status, 200, "{}", ended.text);
    assert_eq!(me(&sandbox, &pair.json["access_token"]).status, 401);
}

#[test]
fn a_code_works_once_and_for_30_seconds() {
    let sandbox = Sandbox::start().unwrap();
    let client_id = &sandbox.keys().public_client_id;
    let invalid = (400, "invalid_request", "Value passed for the authorization code was invalid.");
    let first = code(&sandbox, client_id, SCOPES);
    let pair = exchange_code(&sandbox, &first);
    assert_eq!(error(&exchange_code(&sandbox, &first)), invalid);
    assert_eq!(me(&sandbox, &pair.json["access_token"]).status, 200);
    for (seconds, taken) in [(29, true), (30, false)] {
        let code = code(&sandbox, client_id, SCOPES);
        sandbox.advance(Duration::from_secs(seconds));
        let reply = exchange_code(&sandbox, &code);
        assert_eq!(reply.status == 200, taken, "{seconds} s: {}", reply.text);
        if !taken {
            assert_eq!(error(&reply), invalid);
            assert!(sandbox.requests().pop().unwrap().reason.unwrap().contains("30 seconds"));
        }
    }
    assert_eq!(error(&exchange_code(&sandbox, "guessed")), invalid);
}

#[test]
fn an_exchange_must_fit_the_authorization() {
    let sandbox = Sandbox::start().unwrap();
    let client_id = &sandbox.keys().public_client_id;
    let refused = |from: &str, to: &str| {
        let code = code(&sandbox, client_id, SCOPES);
        let form = format!("{}&client_id={client_id}", form(&code)).replace(from, to);
        let reply = submit(&sandbox, TOKEN, None, &form);
        assert_eq!(exchange_code(&sandbox, &code).status == 200, to.is_empty(), "{from}");
        let (status, kind, description) = error(&reply);
        assert_eq!((status, kind), (400, "invalid_request"), "{}", reply.text);
        description.to_owned()
    };
    assert_eq!(
        refused(VERIFIER, CHALLENGE),
        "Value passed for the code verifier did not match the code challenge."
    );
    assert_eq!(
        refused("callback", "callback%2F"),
        "Value passed for the redirect uri did not match the uri of the authorization code."
    );
    let verifier = format!("code_verifier={VERIFIER}");
    assert_eq!(refused(&verifier, ""), "Missing required parameter [code_verifier].");
    let grant = "grant_type=authorization_code";
    assert_eq!(refused(grant, ""), "Missing required parameter [grant_type].");
    let code = code(&sandbox, client_id, SCOPES);
    let other = submit(&sandbox, TOKEN, Some(&confidential(&sandbox)), &form(&code));
    assert_eq!(error(&other).2, "Value passed for the authorization code was invalid.");
    assert_eq!(exchange_code(&sandbox, &code).status, 200, "another client has not spent it");
    let password = submit(&sandbox, TOKEN, Some(&confidential(&sandbox)), "grant_type=password");
    assert_eq!((password.status, error(&password).1), (400, "unsupported_grant_type"));
}

#[test]
fn a_client_that_does_not_prove_itself_is_refused() {
    let sandbox = Sandbox::start().unwrap();
    let keys = sandbox.keys();
    let unproven = (401, "unauthorized_client", "Missing valid authorization header");
    let unknown = (400, "invalid_client", "Value passed for the client id was invalid.");
    let form = |rest: &str| format!("grant_type=refresh_token&refresh_token=x{rest}");
    let in_form = |id: &str| form(&format!("&client_id={id}"));
    let ask = |header: Option<&str>, form: &str| submit(&sandbox, TOKEN, header, form);
    assert_eq!(error(&ask(None, &form(""))), unproven);
    assert_eq!(error(&ask(None, &in_form(&keys.client_id))), unproven);
    let in_body = format!("{}&client_secret={}", in_form(&keys.client_id), keys.client_secret);
    assert_eq!(error(&ask(None, &in_body)), unproven);
    assert_eq!(error(&ask(Some(&basic(&keys.client_id, "wrong")), &form(""))), unproven);
    assert_eq!(error(&ask(Some("Basic !"), &form(""))), unproven);
    assert_eq!(error(&ask(Some("Bearer x"), &form(""))), unproven);
    assert_eq!(error(&ask(None, &in_form(&keys.api_key))), unknown);
    assert_eq!(error(&ask(Some(&basic(&keys.api_key, &keys.api_secret)), &form(""))), unknown);
    assert_eq!(error(&ask(Some(&basic(&keys.public_client_id, "")), &form(""))), unknown);
    let both = ask(Some(&confidential(&sandbox)), &in_form(&keys.client_id));
    assert_eq!(error(&both).2, "Value passed for the token was invalid.");
    let odd = ask(Some(&confidential(&sandbox)), &in_form(&keys.public_client_id));
    assert_eq!(error(&odd), unknown);
    let text = Some("grant_type=refresh_token".to_owned());
    let reply = exchange(&sandbox, "POST", TOKEN, None, Some("text/plain"), text);
    assert_eq!(error(&reply).2, "Missing required parameter [grant_type].");
    let got = exchange(&sandbox, "GET", TOKEN, None, None, None);
    assert_eq!((got.status, got.header("allow")), (405, "POST"));
}
