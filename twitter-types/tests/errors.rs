//! Responses that are no reply: in every shape that X refuses in, and whatever may come instead.

#[path = "errors/bodies.rs"]
mod bodies;
#[path = "errors/bodies_of_causes.rs"]
mod bodies_of_causes;
#[path = "errors/causes.rs"]
mod causes;
#[path = "errors/documented.rs"]
mod documented;
#[path = "errors/limits.rs"]
mod limits;
#[path = "errors/properties.rs"]
mod properties;
#[path = "errors/shapes.rs"]
mod shapes;

use std::error::Error as _;

use twitter_types::{
    endpoint::{
        self, ApiError, DecodeError, Error, LimitKind, Response, TransportError, TransportErrorKind,
    },
    users,
};

/// What becomes of a response to "who am I".
fn read(status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> Result<(), Error> {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    let response: Response = response.body(body.into()).unwrap();
    endpoint::reply::<users::Me>(response).map(drop)
}

/// X's refusal, checked for what holds of every one.
fn refused(status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> ApiError {
    let error = read(status, headers, body).unwrap_err();
    assert_eq!(error.status().unwrap(), status);
    let text = error.to_string();
    assert_readable(&text);
    let Error::Api(error) = error else { panic!("{error:?}") };
    assert!(text.starts_with(&format!("getUsersMe: {}", error.status)), "{text}");
    assert!(text.ends_with(&format!("({})", error.why())), "{text}");
    assert!(text.contains(error.explain()), "{text}");
    *error
}

/// An answer that cannot be read, checked for what holds of every one.
fn unreadable(status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> DecodeError {
    let error = read(status, headers, body).unwrap_err();
    assert_eq!(error.status().unwrap(), status);
    assert_readable(&error.to_string());
    assert!(error.source().unwrap().is::<serde_json::Error>());
    let Error::Decode(error) = error else { panic!("{error:?}") };
    *error
}

/// One line for people: short, and nothing in it that a terminal would obey.
fn assert_readable(text: &str) {
    assert!((20..1024).contains(&text.len()), "{} bytes: {text}", text.len());
    assert!(!text.contains(char::is_control), "{text:?}");
    assert!(!text.contains(['\u{2028}', '\u{2029}']), "{text:?}");
}

#[test]
fn errors_without_an_answer_say_what_to_do_next() {
    let refused = TransportError::from(TransportErrorKind::Refused);
    assert!(refused.source().is_none());
    for kind in [
        TransportErrorKind::Connect,
        TransportErrorKind::Timeout,
        TransportErrorKind::Closed,
        TransportErrorKind::TooLarge,
        TransportErrorKind::Refused,
        TransportErrorKind::Other,
    ] {
        let error = Error::from(TransportError::new(kind, "the cause"));
        assert_readable(&error.to_string());
        assert!(error.to_string().contains(':'), "{error}");
        assert_eq!(error.source().unwrap().to_string(), "the cause");
        assert!((error.status(), error.rate_limits()) == (None, None));
    }
    let spent = |kind| {
        let reset = "2026-01-01T00:15:00Z".parse().unwrap();
        Error::RateLimited { operation: "getUsersMe", kind, reset }
    };
    for error in [
        Error::UrlTooLong,
        Error::NoProgress,
        Error::DeadlinePassed { source: None },
        spent(LimitKind::Window),
        spent(LimitKind::AppDay),
        spent(LimitKind::UserDay),
    ] {
        assert_readable(&error.to_string());
        assert!(error.source().is_none() && error.to_string().contains(": "), "{error}");
    }
    assert!(spent(LimitKind::Window).to_string().contains("until 2026-01-01T00:15:00.000Z"));
}

#[test]
fn errors_about_how_a_call_ended_keep_what_came_of_it() {
    type Wrap = fn(Box<Error>) -> Error;
    let wraps: [Wrap; 2] = [
        |source| Error::OutcomeUnknown { source },
        |source| Error::DeadlinePassed { source: Some(source) },
    ];
    for wrap in wraps {
        let error = wrap(Box::new(read(503, &[], "").unwrap_err()));
        assert_readable(&error.to_string());
        assert!(error.to_string().contains(": "), "{error}");
        assert_eq!(error.status().unwrap(), 503);
        assert!(error.rate_limits().is_some());
        let source = error.source().unwrap().downcast_ref::<Error>();
        assert!(matches!(source, Some(Error::Api(source)) if source.status == 503));
    }
}

/// Errors go through `?` into an error type of any kind, and to other threads.
#[test]
fn errors_can_be_sent() {
    fn takes(_: impl std::error::Error + Send + Sync + 'static) {}
    takes(read(500, &[], "").unwrap_err());
}
