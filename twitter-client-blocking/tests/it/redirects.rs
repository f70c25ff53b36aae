//! A redirect leads no credential to another host.

use twitter_client_blocking::{Client, Transport, ureq};
use twitter_sandbox::{Fault, Sandbox};
use twitter_types::{auth::AppToken, posts, users};

use crate::support::{Server, app_token, base_url, oauth1_user, response};

#[test]
fn no_redirect_is_followed() {
    let sandbox = Sandbox::start().unwrap();
    let elsewhere = Server::json("{}");
    let client = Client::new(oauth1_user(&sandbox)).with_base_url(base_url(&sandbox));
    for host in ["127.0.0.1", "localhost"] {
        sandbox.fail_next(Fault::Redirect(elsewhere.url("http", host)));
        let error = client.send(&users::Me::new()).unwrap_err();
        assert_eq!(error.status().unwrap(), 307);
        assert!(error.to_string().contains("does not redirect"), "{error}");
        sandbox.fail_next(Fault::Redirect(elsewhere.url("http", host)));
        assert_eq!(client.send(&posts::Create::new("a")).unwrap_err().status().unwrap(), 307);
    }
    assert!(elsewhere.received().is_empty());
}

#[test]
fn every_redirecting_status_is_a_refusal() {
    for status in ["301 Moved", "302 Found", "303 See Other", "308 Permanent Redirect"] {
        let elsewhere = Server::json("{}");
        let location = format!("location: {}", elsewhere.url("http", "127.0.0.1"));
        let server = Server::new(response(status, &location, b""));
        let client = Client::new(AppToken::new("AAAA").unwrap()).with_base_url(server.base_url());
        let error = client.send(&users::ById::new(1)).unwrap_err();
        assert_eq!(error.status().unwrap().as_str(), &status[..3]);
        assert!(elsewhere.received().is_empty());
    }
}

#[test]
fn an_agent_of_the_users_own_shows_no_credential_elsewhere() {
    let sandbox = Sandbox::start().unwrap();
    let elsewhere = Server::json("{}");
    // By itself, this one follows redirects and makes errors of statuses.
    let transport = Transport::from(ureq::Agent::new_with_defaults());
    let client = Client::new(app_token(&sandbox))
        .with_base_url(base_url(&sandbox))
        .with_transport(transport);
    sandbox.fail_next(Fault::Redirect(elsewhere.url("http", "localhost")));
    assert_eq!(client.send(&users::ById::new(1)).unwrap_err().status().unwrap(), 307);
    assert!(elsewhere.received().is_empty());
}
