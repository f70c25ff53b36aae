//! OAuth 2.0: refresh tokens rotate, access tokens expire, and both can be revoked.

use std::time::Duration;

use serde_json::{Value, json};
use twitter_sandbox::{Fault, Sandbox};

use crate::client::{As, Reply, agent, get, submit};
use crate::oauth2::{SCOPES, confidential, error, me, sign_in};

const INVALID: (u16, &str, &str) =
    (400, "invalid_request", "Value passed for the token was invalid.");

fn refresh(sandbox: &Sandbox, token: &Value) -> Reply {
    let (token, client_id) = (token.as_str().unwrap(), &sandbox.keys().public_client_id);
    let form = format!("grant_type=refresh_token&refresh_token={token}&client_id={client_id}");
    submit(sandbox, "/2/oauth2/token", None, &form)
}

fn revoke(sandbox: &Sandbox, token: &Value) -> Reply {
    let (token, client_id) = (token.as_str().unwrap(), &sandbox.keys().public_client_id);
    submit(sandbox, "/2/oauth2/revoke", None, &format!("token={token}&client_id={client_id}"))
}

#[test]
fn a_refresh_token_works_once() {
    let sandbox = Sandbox::start().unwrap();
    let first = sign_in(&sandbox, SCOPES);
    let second = refresh(&sandbox, &first["refresh_token"]);
    assert_eq!((second.status, &second.json["scope"]), (200, &first["scope"]), "{}", second.text);
    assert_ne!(second.json["refresh_token"], first["refresh_token"]);
    assert_ne!(second.json["access_token"], first["access_token"]);
    for _ in 0..2 {
        assert_eq!(error(&refresh(&sandbox, &first["refresh_token"])), INVALID);
    }
    let counted = sandbox.refreshes();
    assert_eq!((counted.rotated, counted.reused), (1, 2));
    let third = refresh(&sandbox, &second.json["refresh_token"]);
    assert_eq!(third.status, 200, "a reuse ends nothing else: {}", third.text);
    assert_eq!(me(&sandbox, &third.json["access_token"]).status, 200);
    assert_eq!(error(&refresh(&sandbox, &json!("guessed"))), INVALID);
    assert_eq!(error(&refresh(&sandbox, &third.json["access_token"])), INVALID);
    let counted = sandbox.refreshes();
    assert_eq!((counted.rotated, counted.reused), (2, 2));
}

#[test]
fn a_lost_reply_has_spent_the_refresh_token() {
    let sandbox = Sandbox::start().unwrap();
    let pair = sign_in(&sandbox, SCOPES);
    let (token, client_id) =
        (pair["refresh_token"].as_str().unwrap(), &sandbox.keys().public_client_id);
    sandbox.fail_next(Fault::LoseReply);
    let url = format!("{}/2/oauth2/token", sandbox.base_url());
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", token),
        ("client_id", client_id.as_str()),
    ];
    let reply = agent().post(&url).send_form(form).unwrap();
    assert!(reply.into_body().read_to_string().is_err(), "the body is cut");
    assert_eq!(sandbox.refreshes().rotated, 1);
    assert_eq!(error(&refresh(&sandbox, &pair["refresh_token"])), INVALID);
}

#[test]
fn a_refresh_token_belongs_to_its_client() {
    let sandbox = Sandbox::start().unwrap();
    let pair = sign_in(&sandbox, SCOPES);
    let token = pair["refresh_token"].as_str().unwrap();
    let form = format!("grant_type=refresh_token&refresh_token={token}");
    let other = submit(&sandbox, "/2/oauth2/token", Some(&confidential(&sandbox)), &form);
    assert_eq!(error(&other), INVALID);
    let form = format!("token={token}");
    let other = submit(&sandbox, "/2/oauth2/revoke", Some(&confidential(&sandbox)), &form);
    assert_eq!(error(&other), INVALID);
    assert_eq!(refresh(&sandbox, &pair["refresh_token"]).status, 200, "it is not spent");
}

#[test]
fn an_access_token_lives_for_two_hours() {
    let sandbox = Sandbox::start().unwrap();
    let pair = sign_in(&sandbox, SCOPES);
    sandbox.advance(Duration::from_secs(7190));
    assert_eq!(me(&sandbox, &pair["access_token"]).status, 200);
    sandbox.advance(Duration::from_secs(10));
    let reply = me(&sandbox, &pair["access_token"]);
    let body = json!({
        "title": "Unauthorized", "detail": "Unauthorized", "type": "about:blank", "status": 401,
    });
    assert_eq!((reply.status, reply.json), (401, body));
    assert!(sandbox.requests().pop().unwrap().reason.unwrap().contains("expired"));
    let next = refresh(&sandbox, &pair["refresh_token"]);
    assert_eq!(me(&sandbox, &next.json["access_token"]).status, 200);
    assert_eq!(get(&sandbox, As::OAuth2, "/2/users/me").status, 200, "the console's does not end");
}

#[test]
fn the_lifetime_can_be_set() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.set_access_token_lifetime(Duration::from_secs(90));
    let pair = sign_in(&sandbox, SCOPES);
    assert_eq!(pair["expires_in"], 90);
    sandbox.advance(Duration::from_secs(91));
    assert_eq!(me(&sandbox, &pair["access_token"]).status, 401);
    sandbox.set_access_token_lifetime(Duration::ZERO);
    let next = refresh(&sandbox, &pair["refresh_token"]).json;
    assert_eq!(next["expires_in"], 0);
    assert_eq!(me(&sandbox, &next["access_token"]).status, 401, "it is expired from the start");
}

#[test]
fn tokens_are_revoked() {
    let sandbox = Sandbox::start().unwrap();
    let pair = sign_in(&sandbox, SCOPES);
    let reply = revoke(&sandbox, &pair["access_token"]);
    assert_eq!((reply.status, reply.json), (200, json!({ "revoked": true })));
    let dead = me(&sandbox, &pair["access_token"]);
    assert_eq!((dead.status, &dead.json["title"]), (401, &json!("Unauthorized")));
    let next = refresh(&sandbox, &pair["refresh_token"]).json;
    assert_eq!(me(&sandbox, &next["access_token"]).status, 200, "the refresh token lived on");

    assert_eq!(revoke(&sandbox, &next["refresh_token"]).status, 200);
    assert_eq!(error(&refresh(&sandbox, &next["refresh_token"])), INVALID);
    assert_eq!(me(&sandbox, &next["access_token"]).status, 401);
    assert_eq!(sandbox.refreshes().reused, 0, "it was revoked, not reused");
    assert_eq!(revoke(&sandbox, &json!("unknown")).status, 200, "RFC 7009, section 2.2");
    let nobody = submit(&sandbox, "/2/oauth2/revoke", None, "token=x");
    assert_eq!((nobody.status, error(&nobody).1), (401, "unauthorized_client"));
    let client_id = &sandbox.keys().public_client_id;
    let nothing = submit(&sandbox, "/2/oauth2/revoke", None, &format!("client_id={client_id}"));
    assert_eq!(error(&nothing).2, "Missing required parameter [token].");
}
