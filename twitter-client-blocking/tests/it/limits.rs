//! How long to wait, and how much to take.

use std::time::{Duration, Instant};

use twitter_client_blocking::{Client, Transport};
use twitter_types::{
    Error,
    auth::AppToken,
    endpoint::{ApiError, TransportErrorKind},
    users,
};

use crate::support::{GZIP, Server, response};

fn client(server: &Server, transport: Transport) -> Client<AppToken> {
    let token = AppToken::new("AAAA").unwrap();
    Client::new(token).with_base_url(server.base_url()).with_transport(transport)
}

fn kind(error: &Error) -> TransportErrorKind {
    match error {
        Error::Transport(error) => error.kind(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_server_that_never_answers_is_given_up() {
    let server = Server::silent();
    let transport = Transport::default().with_timeout(Duration::from_millis(200));
    let start = Instant::now();
    let error = client(&server, transport).send(&users::ById::new(1)).unwrap_err();
    assert_eq!(kind(&error), TransportErrorKind::Timeout);
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!(server.received().len(), 1);
}

#[test]
fn a_long_answer_is_not_taken() {
    let long = " ".repeat(2000);
    let announced = response("200 OK", "x: y", long.as_bytes());
    let unannounced = ["HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n", &long].concat();
    let endless = ["HTTP/1.1 200 OK\r\ncontent-length: 9999999999999\r\n\r\n", &long].concat();
    for answer in [announced, unannounced.into_bytes(), endless.into_bytes()] {
        let server = Server::new(answer);
        let transport = Transport::default().with_body_limit(1000);
        let error = client(&server, transport).send(&users::ById::new(1)).unwrap_err();
        assert_eq!(kind(&error), TransportErrorKind::TooLarge);
    }
}

#[test]
fn a_compressed_answer_counts_by_what_it_holds() {
    let server = Server::new(response("200 OK", "content-encoding: gzip", GZIP));
    let transport = Transport::default().with_body_limit(20_019);
    client(&server, transport).send(&users::ById::new(1)).unwrap();
    let transport = Transport::default().with_body_limit(20_018);
    let error = client(&server, transport).send(&users::ById::new(1)).unwrap_err();
    assert_eq!(kind(&error), TransportErrorKind::TooLarge);
}

#[test]
fn a_long_refusal_is_one_all_the_same() {
    let endless = "HTTP/1.1 503 Busy\r\ncontent-length: 9999999999999\r\n\r\nbusy";
    let server = Server::new(endless);
    let error = client(&server, Transport::default()).send(&users::ById::new(1)).unwrap_err();
    let refusal: ApiError = match error {
        Error::Api(error) => *error,
        other => panic!("{other:?}"),
    };
    assert_eq!((refusal.status.as_u16(), refusal.body()), (503, &b"busy"[..]));
}
