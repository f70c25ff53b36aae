//! Nothing that this crate or a crate below it logs holds a secret, at any level; but for one target
//! of ureq's, which the README names.

#[path = "support/log.rs"]
mod log;
#[path = "support/mod.rs"]
mod support;

use std::time::Duration;

use bearer::{App, MemoryStore, OAuth2Client, Scope, SecretForm, Session};
use twitter_client_blocking::{Client, Transport};
use twitter_sandbox::{Fault, Sandbox};
use twitter_types::{
    auth::{AppToken, OAuth1App, OAuth1Callback},
    endpoint::{
        Stamp,
        policy::{Limits, Policy, Retries},
    },
    posts, users,
};

use log::Log;
use support::{Server, base_url, oauth1_user, oauth2_user};

/// ureq's copy of all bytes that it sends and receives.
const WIRE: &str = " ureq_proto::util: ";

#[test]
fn no_secret_is_logged() {
    let log = Log::start();
    let sandbox = Sandbox::start().unwrap();
    let keys = sandbox.keys();
    let app = App::new(&*keys.api_key, &*keys.api_secret).unwrap();
    let app = app.with_base_url(base_url(&sandbox));
    let token = App::read_token(Transport::default().send(app.token_request()).unwrap()).unwrap();
    let as_app = Client::new(AppToken::from(token.clone())).with_base_url(base_url(&sandbox));
    let as_user = Client::new(oauth1_user(&sandbox)).with_base_url(base_url(&sandbox));
    as_app.send(&users::ById::new(2244994945)).unwrap();
    as_user.send(&users::Me::new()).unwrap();
    as_user.send(&posts::Create::new("a post for all to read")).unwrap();
    let search = posts::SearchRecent::new("something searched");
    as_user.send(&search).unwrap();
    let as_user2 = Client::new(oauth2_user(&sandbox)).with_base_url(base_url(&sandbox));
    as_user2.send(&users::Me::new()).unwrap();
    for fault in [Fault::Html, Fault::HtmlOk, Fault::CloseHalfWay, Fault::Empty] {
        sandbox.fail_next(fault);
        as_user.send(&users::Me::new()).unwrap_err();
    }
    // A policy sends again, waits, and holds back.
    let limited = Sandbox::builder().keys(keys.clone()).rate_limit("getUsersMe", 1);
    let limited = limited.window(Duration::from_secs(1)).start().unwrap();
    let limits = Limits::new().waiting(Duration::from_secs(5));
    let policy = Policy::new().with_retries(Retries::default()).with_limits(limits.clone());
    let patient = as_user.clone().with_base_url(base_url(&limited)).with_policy(policy);
    limited.fail_next(Fault::Html);
    for _ in 0..2 {
        patient.send(&users::Me::new()).unwrap();
    }
    let impatient = patient.with_policy(Policy::new().with_limits(limits.waiting(Duration::ZERO)));
    impatient.send(&users::Me::new()).unwrap_err();
    // What was sent to this one is known, signatures included.
    let server = Server::json("{}");
    as_app.clone().with_base_url(server.base_url()).send(&users::ById::new(1)).unwrap();
    as_user.clone().with_base_url(server.base_url()).send(&users::Me::new()).unwrap();
    let app = app.with_base_url(server.base_url());
    Transport::default().send(app.token_request()).unwrap();
    Transport::default().send(app.invalidate_request(&token)).unwrap();

    let mut secrets = log_in(&sandbox);
    secrets.extend(log_in_by_oauth2(&sandbox));
    secrets.extend(log::sent(keys, &server));
    let (wire, lines): (Vec<_>, Vec<_>) =
        log.lines().into_iter().partition(|line| line.contains(WIRE));
    log::check(&lines, &secrets);
    // The crates below have logged too.
    assert!(lines.iter().any(|line| line.contains("ureq::run: ")));
    assert_wire_is_as_documented(&wire, &keys.bearer_token.to_lowercase());
}

/// A user logs in by OAuth 1.0a, and out: what must not be seen of it.
fn log_in(sandbox: &Sandbox) -> Vec<String> {
    let keys = sandbox.keys();
    let app = OAuth1App::new(&keys.api_key, &keys.api_secret).unwrap();
    let app = app.with_base_url(base_url(sandbox));
    let send = |request| Transport::default().send::<Vec<u8>>(request).unwrap();
    let callback = OAuth1Callback::url("http://127.0.0.1:8080/callback").unwrap();
    let request = app.login_request(&callback, None, &Stamp::now()).unwrap();
    let login = app.read_login(&callback, send(request)).unwrap();
    let verifier = sandbox.approve(login.token()).unwrap();
    let query = format!("oauth_token={}&oauth_verifier={verifier}", login.token());
    let request = app.tokens_request(&login, &login.read_callback(&query).unwrap(), &Stamp::now());
    let tokens = app.read_tokens(send(request.unwrap())).unwrap();
    app.read_invalidated(send(app.invalidate_request(&tokens, &Stamp::now()).unwrap())).unwrap();
    [login.token(), &verifier, tokens.access_token(), tokens.access_token_secret()]
        .map(str::to_lowercase)
        .into()
}

/// A user logs in by OAuth 2.0, has the token renewed, and logs out; then nothing of it works any
/// more. What must not be seen of it.
fn log_in_by_oauth2(sandbox: &Sandbox) -> Vec<String> {
    let keys = sandbox.keys();
    let page = format!("{}/i/oauth2/authorize", sandbox.base_url());
    let client = OAuth2Client::confidential(&*keys.client_id, &*keys.client_secret).unwrap();
    let client = client.with_base_url(base_url(sandbox)).with_authorize_url(page.parse().unwrap());
    let send = |request| Transport::default().send::<SecretForm>(request).unwrap();
    let scopes = [Scope::TWEET_READ, Scope::USERS_READ, Scope::OFFLINE_ACCESS].into();
    let login = client.login("http://127.0.0.1:8080/callback".parse().unwrap(), scopes, [7; 48]);
    let code = login.read_callback(&sandbox.approve_oauth2(login.url()).unwrap()).unwrap();
    let exchange = || client.exchange_request(&login, &code);
    // At the time 0, so that the token has ended long ago.
    let first = OAuth2Client::read_exchange(&login, send(exchange()), 0).unwrap();
    let session = Session::new(client.clone(), MemoryStore::new());
    session.save(&first).unwrap();
    Transport::default().renew(&session).unwrap();
    let as_user = Client::new(session.clone()).with_base_url(base_url(sandbox));
    as_user.send(&users::Me::new()).unwrap();
    let second = session.log_out().unwrap().unwrap();
    let refresh_token = second.refresh_token.clone().unwrap();
    send(client.revoke_access_request(&second.access_token));
    send(client.revoke_refresh_request(&refresh_token));

    OAuth2Client::read_exchange(&login, send(exchange()), 0).unwrap_err();
    session.save(&first).unwrap();
    Transport::default().renew(&session).unwrap_err();
    as_user.send(&users::Me::new()).unwrap_err();
    [
        keys.client_secret.as_str(),
        login.code_verifier().expose(),
        login.state(),
        code.expose(),
        first.access_token.expose(),
        first.refresh_token.as_ref().unwrap().expose(),
        second.access_token.expose(),
        refresh_token.expose(),
    ]
    .map(str::to_lowercase)
    .into()
}

/// When this fails, ureq has stopped to log what it sends, and the README need not warn of it.
fn assert_wire_is_as_documented(wire: &[String], secret: &str) {
    // 16 bytes to a line, at its end.
    let text: String = wire.iter().map(|line| &line[line.len() - 16..]).collect();
    assert!(text.contains(secret));
}
