//! Refusals, and answers that are none.

use std::{net::TcpListener, time::Instant};

use bearer::App;
use twitter_client_blocking::{Client, Transport};
use twitter_sandbox::{Fault, Sandbox};
use twitter_types::{
    Error,
    auth::{AppToken, OAuth1User},
    endpoint::{ApiError, TransportErrorKind},
    posts,
    problem::ProblemKind,
    users,
};

use crate::support::{Server, app_token, base_url, oauth1_user, oauth2_user, told};

const DEVELOPERS: u64 = 2244994945;

fn refusal(error: Error) -> ApiError {
    match error {
        Error::Api(error) => *error,
        other => panic!("{other:?}"),
    }
}

fn transport_kind(error: &Error) -> TransportErrorKind {
    match error {
        Error::Transport(error) => error.kind(),
        other => panic!("{other:?}"),
    }
}

/// What a lookup gives, when the sandbox does this to its reply.
fn faulty(fault: Fault) -> Error {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fail_next(fault);
    let client = Client::new(app_token(&sandbox)).with_base_url(base_url(&sandbox));
    let error = client.send(&users::ById::new(DEVELOPERS)).unwrap_err();
    assert!(!told(&error).contains(&sandbox.keys().bearer_token));
    // The client is none the worse for it.
    client.send(&users::ById::new(DEVELOPERS)).unwrap();
    error
}

#[test]
fn a_clock_that_is_wrong_is_what_the_error_tells_of() {
    for (offset, words) in [(600, "600 seconds behind"), (-600, "600 seconds ahead of")] {
        let sandbox = Sandbox::builder().clock_offset(offset).start().unwrap();
        let client = Client::new(oauth1_user(&sandbox)).with_base_url(base_url(&sandbox));
        let error = refusal(client.send(&users::Me::new()).unwrap_err());
        let seconds = error.clock_skew.unwrap().seconds;
        assert!((seconds + offset).abs() < 5, "{seconds}");
        // A second may pass between the two clocks.
        let near = words.replace("600", &seconds.unsigned_abs().to_string());
        assert!(error.to_string().contains(&near), "{error}");
    }
}

#[test]
fn wrong_keys_are_refused() {
    let sandbox = Sandbox::start().unwrap();
    let keys = sandbox.keys();
    let client = Client::new(AppToken::new("AAAAwrong").unwrap()).with_base_url(base_url(&sandbox));
    let error = client.send(&users::ById::new(DEVELOPERS)).unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert!(!told(&error).contains("AAAAwrong"));

    let wrong = OAuth1User::new(&keys.api_key, "wrong", &keys.access_token, "wrong").unwrap();
    let client = Client::new(wrong).with_base_url(base_url(&sandbox));
    let error = client.send(&users::Me::new()).unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert!(!told(&error).contains(&*keys.access_token));
}

#[test]
fn a_scope_that_was_not_granted_is_refused() {
    let sandbox = Sandbox::builder().oauth2_scopes(&["users.read", "tweet.read"]).start().unwrap();
    let client = Client::new(oauth2_user(&sandbox)).with_base_url(base_url(&sandbox));
    let error = client.send(&posts::Create::new("hello")).unwrap_err();
    assert_eq!(error.status().unwrap(), 403);
}

#[test]
fn wrong_keys_become_no_token() {
    let sandbox = Sandbox::start().unwrap();
    let app = App::new("wrong", "wrong").unwrap().with_base_url(base_url(&sandbox));
    let response = Transport::default().send(app.token_request()).unwrap();
    assert_eq!(response.status(), 403);
    assert!(App::read_token(response).is_err());
}

#[test]
fn what_does_not_exist_is_told_in_a_reply() {
    let sandbox = Sandbox::start().unwrap();
    let client = Client::new(app_token(&sandbox)).with_base_url(base_url(&sandbox));
    let reply = client.send(&users::ById::new(1)).unwrap();
    assert!(reply.body.data.is_none());
    assert_eq!(reply.body.errors[0].kind(), ProblemKind::ResourceNotFound);
    let reply = client.send(&users::ByIds::new([DEVELOPERS, 1].map(Into::into))).unwrap();
    assert_eq!((reply.body.data.len(), reply.body.errors.len()), (1, 1));
}

#[test]
fn a_spent_window_says_when_the_next_begins() {
    let sandbox = Sandbox::builder().rate_limit("getUsersById", 1).start().unwrap();
    let client = Client::new(app_token(&sandbox)).with_base_url(base_url(&sandbox));
    client.send(&users::ById::new(DEVELOPERS)).unwrap();
    let error = client.send(&users::ById::new(DEVELOPERS)).unwrap_err();
    let exhausted = error.rate_limits().unwrap().exhausted().unwrap();
    assert_eq!((error.status().unwrap().as_u16(), exhausted.remaining), (429, 0));
    let error = refusal(error);
    assert_eq!(error.explain(), "wait until the window resets, then send it again");
}

#[test]
fn a_parameter_out_of_its_range_is_not_sent() {
    let sandbox = Sandbox::start().unwrap();
    let client = Client::new(app_token(&sandbox)).with_base_url(base_url(&sandbox));
    let followers = users::Followers::new(DEVELOPERS).max_results(1001);
    assert!(matches!(client.send(&followers), Err(Error::OutOfRange(_))));
    assert!(sandbox.requests().is_empty());
}

#[test]
fn a_page_in_place_of_an_answer_is_named() {
    let error = faulty(Fault::HtmlOk);
    assert!(matches!(error, Error::Decode(_)));
    assert!(error.to_string().contains("text/html"), "{error}");
    let error = refusal(faulty(Fault::Html));
    assert!(error.status == 503 && error.problems.is_empty());
}

#[test]
fn an_empty_answer_is_none() {
    let error = faulty(Fault::Empty);
    assert!(matches!(error, Error::Decode(_)));
    assert!(error.to_string().contains("empty body"), "{error}");
}

#[test]
fn an_answer_that_is_not_json_is_none() {
    assert!(matches!(faulty(Fault::TruncatedJson), Error::Decode(_)));
    assert!(matches!(faulty(Fault::NotUtf8), Error::Decode(_)));
}

#[test]
fn a_header_that_is_not_ascii_is_skipped() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fail_next(Fault::OddHeader);
    let client = Client::new(app_token(&sandbox)).with_base_url(base_url(&sandbox));
    assert_eq!(client.send(&users::ById::new(DEVELOPERS)).unwrap().rate_limits.window, None);
}

#[test]
fn a_long_error_page_is_an_error_of_its_status() {
    let start = Instant::now();
    let error = refusal(faulty(Fault::HugeError));
    assert!(start.elapsed().as_secs() < 5);
    assert_eq!((error.status.as_u16(), error.body().len()), (500, 64 * 1024));
}

#[test]
fn a_connection_that_ends_half_way_is_told() {
    let error = faulty(Fault::CloseHalfWay);
    assert_eq!(transport_kind(&error), TransportErrorKind::Closed);
    // And one that ends before it began, and one that ends in the head.
    for answer in ["", "HTTP/1.1 200 OK\r\ncontent-"] {
        let server = Server::new(answer);
        let client = Client::new(AppToken::new("AAAA").unwrap()).with_base_url(server.base_url());
        let error = client.send(&users::ById::new(1)).unwrap_err();
        assert_eq!(transport_kind(&error), TransportErrorKind::Closed, "{}", told(&error));
    }
}

#[test]
fn what_is_no_http_is_an_error() {
    let server = Server::new("SSH-2.0-OpenSSH_9.6\r\n");
    let client = Client::new(AppToken::new("AAAA").unwrap()).with_base_url(server.base_url());
    let error = client.send(&users::ById::new(1)).unwrap_err();
    assert_eq!(transport_kind(&error), TransportErrorKind::Other);
}

#[test]
fn a_port_that_nobody_listens_on_is_told() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = Client::new(AppToken::new("AAAA").unwrap());
    let client = client.with_base_url(base_url.parse().unwrap());
    let error = client.send(&users::ById::new(1)).unwrap_err();
    assert_eq!(transport_kind(&error), TransportErrorKind::Connect, "{}", told(&error));
}

#[test]
fn no_tls_where_it_belongs_is_an_error() {
    let server = Server::new("HTTP/1.1 400 Bad Request\r\n\r\n");
    let base_url = server.url("https", "localhost").parse().unwrap();
    let client = Client::new(AppToken::new("AAAA").unwrap()).with_base_url(base_url);
    let error = client.send(&users::ById::new(1)).unwrap_err();
    let kind = transport_kind(&error);
    assert!(matches!(kind, TransportErrorKind::Connect | TransportErrorKind::Other), "{kind:?}");
    assert!(!server.received().iter().any(|request| request.contains("aaaa")));
}
