//! A session's token, renewed while calls go on: by processes and threads that share it, after
//! refusals, and when something on the way breaks.

#[path = "../../../bearer/tests/support/redis.rs"]
mod redis_server;
#[path = "../support/mod.rs"]
mod support;

mod processes;
mod refusals;
mod troubles;

use bearer::{Session, TokenStore};
use twitter_client_blocking::{Client, Transport};
use twitter_sandbox::Sandbox;

use support::{base_url, login::Consent};

fn log_in(sandbox: &Sandbox, store: impl TokenStore + 'static) -> Session {
    let consent = Consent::new(sandbox);
    let response = Transport::default().send(consent.request()).unwrap();
    consent.session(response, store)
}

fn client(sandbox: &Sandbox, session: &Session) -> Client<Session> {
    Client::new(session.clone()).with_base_url(base_url(sandbox))
}
