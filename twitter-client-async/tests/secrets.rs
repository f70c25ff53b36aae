//! Nothing that this crate or a crate below it logs holds a secret, at any level.

#[path = "../../twitter-client-blocking/tests/support/log.rs"]
mod log;
#[path = "../../twitter-client-blocking/tests/support/mod.rs"]
mod support;

use std::time::Duration;

use bearer::{App, MemoryStore, OAuth2Client, Scope, SecretForm, Session};
use twitter_client_async::{Client, Transport};
use twitter_sandbox::{Fault, Sandbox};
use twitter_types::{
    auth::AppToken,
    endpoint::policy::{Limits, Policy, Retries},
    posts, users,
};

use log::Log;
use support::{Server, base_url, oauth1_user, oauth2_user};

#[tokio::test]
async fn no_secret_is_logged() {
    let log = Log::start();
    let sandbox = Sandbox::start().unwrap();
    let keys = sandbox.keys();
    let app = App::new(&*keys.api_key, &*keys.api_secret).unwrap();
    let app = app.with_base_url(base_url(&sandbox));
    let token =
        App::read_token(Transport::default().send(app.token_request()).await.unwrap()).unwrap();
    let as_app = Client::new(AppToken::from(token.clone())).with_base_url(base_url(&sandbox));
    let as_user = Client::new(oauth1_user(&sandbox)).with_base_url(base_url(&sandbox));
    as_app.send(&users::ById::new(2244994945)).await.unwrap();
    as_user.send(&users::Me::new()).await.unwrap();
    as_user.send(&posts::Create::new("a post for all to read")).await.unwrap();
    let search = posts::SearchRecent::new("something searched");
    as_user.send(&search).await.unwrap();
    let as_user2 = Client::new(oauth2_user(&sandbox)).with_base_url(base_url(&sandbox));
    as_user2.send(&users::Me::new()).await.unwrap();
    for fault in [Fault::Html, Fault::HtmlOk, Fault::CloseHalfWay, Fault::Empty] {
        sandbox.fail_next(fault);
        as_user.send(&users::Me::new()).await.unwrap_err();
    }
    // A policy sends again, waits, and holds back.
    let limited = Sandbox::builder().keys(keys.clone()).rate_limit("getUsersMe", 1);
    let limited = limited.window(Duration::from_secs(1)).start().unwrap();
    let limits = Limits::new().waiting(Duration::from_secs(5));
    let policy = Policy::new().with_retries(Retries::default()).with_limits(limits.clone());
    let patient = as_user.clone().with_base_url(base_url(&limited)).with_policy(policy);
    limited.fail_next(Fault::Html);
    for _ in 0..2 {
        patient.send(&users::Me::new()).await.unwrap();
    }
    let impatient = patient.with_policy(Policy::new().with_limits(limits.waiting(Duration::ZERO)));
    impatient.send(&users::Me::new()).await.unwrap_err();
    // What was sent to this one is known, signatures included.
    let server = Server::json("{}");
    as_app.clone().with_base_url(server.base_url()).send(&users::ById::new(1)).await.unwrap();
    as_user.clone().with_base_url(server.base_url()).send(&users::Me::new()).await.unwrap();
    let app = app.with_base_url(server.base_url());
    Transport::default().send(app.token_request()).await.unwrap();
    Transport::default().send(app.invalidate_request(&token)).await.unwrap();

    let mut secrets = log_in_by_oauth2(&sandbox).await;
    secrets.extend(log::sent(keys, &server));
    let lines = log.lines();
    log::check(&lines, &secrets);
    // The crates below have logged too.
    assert!(lines.iter().any(|line| line.contains("reqwest::connect: ")));
}

/// A user logs in by OAuth 2.0, has the token renewed, and logs out; then nothing of it works any
/// more. What must not be seen of it.
async fn log_in_by_oauth2(sandbox: &Sandbox) -> Vec<String> {
    let keys = sandbox.keys();
    let page = format!("{}/i/oauth2/authorize", sandbox.base_url());
    let client = OAuth2Client::confidential(&*keys.client_id, &*keys.client_secret).unwrap();
    let client = client.with_base_url(base_url(sandbox)).with_authorize_url(page.parse().unwrap());
    let send = async |request| Transport::default().send::<SecretForm>(request).await.unwrap();
    let scopes = [Scope::TWEET_READ, Scope::USERS_READ, Scope::OFFLINE_ACCESS].into();
    let login = client.login("http://127.0.0.1:8080/callback".parse().unwrap(), scopes, [7; 48]);
    let code = login.read_callback(&sandbox.approve_oauth2(login.url()).unwrap()).unwrap();
    let exchange = || client.exchange_request(&login, &code);
    // At the time 0, so that the token has ended long ago.
    let first = OAuth2Client::read_exchange(&login, send(exchange()).await, 0).unwrap();
    let session = Session::new(client.clone(), MemoryStore::new());
    session.save(&first).unwrap();
    Transport::default().renew(&session).await.unwrap();
    let as_user = Client::new(session.clone()).with_base_url(base_url(sandbox));
    as_user.send(&users::Me::new()).await.unwrap();
    let second = session.log_out().unwrap().unwrap();
    let refresh_token = second.refresh_token.clone().unwrap();
    send(client.revoke_access_request(&second.access_token)).await;
    send(client.revoke_refresh_request(&refresh_token)).await;

    OAuth2Client::read_exchange(&login, send(exchange()).await, 0).unwrap_err();
    session.save(&first).unwrap();
    Transport::default().renew(&session).await.unwrap_err();
    as_user.send(&users::Me::new()).await.unwrap_err();
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
