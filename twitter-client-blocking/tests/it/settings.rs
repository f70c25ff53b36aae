//! What can be set, and what cannot.

use std::time::Duration;

use http::Request;
use twitter_client_blocking::{Client, Transport, ureq};
use twitter_sandbox::Sandbox;
use twitter_types::{
    auth::AppToken,
    endpoint::{BaseUrl, TransportErrorKind},
    posts, users,
};

use crate::support::{Server, app_token, base_url, oauth1_user, run_ignored, told};

const USER: &str = r#"{"data":{"id":"1"}}"#;

#[test]
fn a_request_says_who_asks_and_for_what() {
    let server = Server::json(USER);
    let client = Client::new(AppToken::new("AAAA").unwrap()).with_base_url(server.base_url());
    client.send(&users::ById::new(1)).unwrap();
    let own = Transport::default().with_user_agent("my-app/1.0 (me)".parse().unwrap());
    client.with_transport(own).send(&users::ById::new(1)).unwrap();
    let [by_default, own] = &server.received()[..] else { panic!() };
    let default = concat!("user-agent: twitter-client-blocking/", env!("CARGO_PKG_VERSION"));
    assert!(by_default.starts_with("get /2/users/1 http/1.1\r\n"));
    for line in [default, "accept: application/json", "authorization: bearer aaaa"] {
        assert!(by_default.contains(&format!("\r\n{line}\r\n")), "{by_default}");
    }
    for header in ["content-length", "content-type", "transfer-encoding", "cookie", "referer"] {
        assert!(!by_default.contains(header), "{by_default}");
    }
    assert!(own.contains("\r\nuser-agent: my-app/1.0 (me)\r\n"), "{own}");
}

#[test]
fn a_body_says_what_it_is() {
    let sandbox = Sandbox::start().unwrap();
    let server = Server::json(USER);
    let client = Client::new(oauth1_user(&sandbox)).with_base_url(server.base_url());
    client.send(&posts::Create::new("a")).unwrap();
    client.send(&posts::Delete::new(1)).unwrap();
    let [create, delete] = &server.received()[..] else { panic!() };
    assert!(create.contains("\r\ncontent-type: application/json\r\n"));
    assert!(create.ends_with("\r\n\r\n{\"text\":\"a\"}"), "{create}");
    assert!(!delete.contains("content-"), "{delete}");
}

#[test]
fn nothing_goes_unencrypted_to_another_machine() {
    assert!("http://api.x.com".parse::<BaseUrl>().is_err());
    for url in ["http://192.0.2.1/2/users/me", "http://localhost.example/", "ftp://127.0.0.1/"] {
        let request = Request::get(url).header("authorization", "Bearer AAAA").body("").unwrap();
        let error = Transport::default().send(request).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Refused);
        assert!(!told(&error).contains("AAAA"));
    }
}

#[test]
fn settings_of_the_users_own_agent_hold() {
    let server = Server::silent();
    let agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_millis(200)))
        .user_agent("theirs/1.0")
        .build()
        .new_agent();
    let client = Client::new(AppToken::new("AAAA").unwrap())
        .with_base_url(server.base_url())
        .with_transport(agent);
    let error = client.send(&users::ById::new(1)).unwrap_err();
    assert!(told(&error).contains("in the time allowed"));
    assert!(server.received()[0].contains("\r\nuser-agent: theirs/1.0\r\n"));
}

#[test]
fn no_proxy_stands_between_a_machine_and_itself() {
    let proxy = Server::new("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    let url = proxy.url("http", "127.0.0.1");
    let variables = ["HTTP_PROXY", "http_proxy", "ALL_PROXY"].map(|name| (name, url.clone()));
    run_ignored("settings::past_the_proxy_of_the_environment", &variables);
    assert!(proxy.received().is_empty());
}

#[test]
#[ignore = "run by the test above, with a proxy in the environment"]
fn past_the_proxy_of_the_environment() {
    assert!(std::env::var("HTTP_PROXY").is_ok());
    let sandbox = Sandbox::start().unwrap();
    let client = Client::new(app_token(&sandbox)).with_base_url(base_url(&sandbox));
    client.send(&users::ById::new(2244994945)).unwrap();
}

#[test]
fn nothing_prints_a_secret() {
    let client = Client::new(AppToken::new("AAAAsecret").unwrap());
    let pages = client.pages(users::Followers::new(1));
    for text in [format!("{client:?}"), format!("{pages:?}"), format!("{:?}", client.transport())] {
        assert!(!text.contains("AAAAsecret"), "{text}");
    }
}

#[test]
fn a_client_can_be_shared() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<Client<AppToken>>();
    shared::<Transport>();
}
