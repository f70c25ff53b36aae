//! What is sent again, and what is not.

use std::error::Error as _;

use http::{Method, Request};
use twitter_types::endpoint::Endpoint as _;

use crate::*;

use TransportErrorKind::{Closed, Connect, Other, Refused, Timeout, TooLarge};

#[test]
fn the_default_is_one_request() {
    for outcome in [status(503), status(429), failure(Connect)] {
        let mut world = World::new([outcome]);
        world.call(&read(), &Policy::default()).unwrap_err();
        assert!(world.sent.len() == 1 && world.waits.is_empty());
    }
}

#[test]
fn a_read_is_repeated_until_it_succeeds_each_time_signed_anew() {
    for trouble in [
        || status(500),
        || status(502),
        || status(503),
        || status(504),
        || failure(Connect),
        || failure(Closed),
        || failure(Timeout),
    ] {
        let mut world = World::new([trouble(), trouble(), trouble(), ok()]);
        world.call(&read(), &retrying()).unwrap();
        assert_eq!(world.waits.len(), 3);
        let ceilings = [500, 1000, 2000].map(Duration::from_millis);
        assert!(world.waits.iter().zip(ceilings).all(|(wait, ceiling)| *wait <= ceiling));
        let mut authorizations: Vec<_> = world.sent.iter().map(|(_, text)| text).collect();
        authorizations.dedup();
        assert_eq!(authorizations.len(), 4);
    }
}

#[test]
fn put_and_delete_are_repeated_too() {
    assert_eq!(posts::Delete::METHOD, Method::DELETE);
    let mut world = World::new([status(503), failure(Closed), ok()]);
    world.call(&posts::Delete::new(1), &retrying()).unwrap();
    assert_eq!(world.sent.len(), 3);
}

#[test]
fn the_last_failure_is_told_when_all_is_tried() {
    let mut world = World::new((0..4).map(|_| status(503)));
    let error = world.call(&read(), &retrying()).unwrap_err();
    assert!(matches!(error, Error::Api(error) if error.status == 503));
    assert_eq!(world.sent.len(), 4);
}

#[test]
fn refusals_and_what_cannot_help_are_not_repeated() {
    for code in [400, 401, 402, 403, 404, 409, 501, 505] {
        let mut world = World::new([status(code)]);
        let error = world.call(&read(), &retrying()).unwrap_err();
        assert!(matches!(error, Error::Api(error) if error.status == code));
    }
    for kind in [TooLarge, Refused, Other] {
        let mut world = World::new([failure(kind)]);
        let error = world.call(&read(), &retrying()).unwrap_err();
        assert!(matches!(error, Error::Transport(error) if error.kind() == kind));
    }
}

#[test]
fn a_write_whose_outcome_is_unknown_is_not_repeated() {
    for policy in [Policy::new(), retrying(), waiting()] {
        for code in [500, 502, 503, 504] {
            let error = World::new([status(code)]).call(&write(), &policy).unwrap_err();
            assert_eq!(error.status().unwrap(), code);
            assert!(matches!(error, Error::OutcomeUnknown { .. }));
        }
        for kind in [Closed, Timeout, TooLarge, Other] {
            let error = World::new([failure(kind)]).call(&write(), &policy).unwrap_err();
            let source = error.source().unwrap().downcast_ref::<Error>();
            assert!(
                matches!(source, Some(Error::Transport(source)) if source.kind() == kind),
                "{error:?}"
            );
            assert!(matches!(error, Error::OutcomeUnknown { .. }));
        }
        let page = answer(200, &[("content-type", "text/html".to_owned())], "<!DOCTYPE html>");
        let error = World::new([page]).call(&write(), &policy).unwrap_err();
        let Error::OutcomeUnknown { source } = error else { panic!("{error:?}") };
        assert!(matches!(*source, Error::Decode(_)), "{source:?}");
    }
}

#[test]
fn a_write_that_was_not_carried_out_is_repeated() {
    let mut world = World::new([failure(Connect), status(429), ok()]);
    world.call(&write(), &waiting()).unwrap();
    assert_eq!(world.sent.len(), 3);
    let error = World::new([failure(Refused)]).call(&write(), &retrying()).unwrap_err();
    assert!(matches!(error, Error::Transport(_)));
}

#[test]
fn retry_after_is_obeyed_in_both_forms() {
    let date = "Thu, 01 Jan 2026 00:00:30 GMT".to_owned();
    for (value, least) in [("30".to_owned(), 30), (date, 29)] {
        let mut world = World::new([answer(503, &[("retry-after", value)], ""), ok()]);
        world.call(&read(), &retrying()).unwrap();
        assert!((least..=30).contains(&world.waits[0].as_secs()), "{:?}", world.waits);
    }
    // But not beyond the time that retries have.
    for value in ["61", "99999999999999999999"] {
        let mut world = World::new([answer(503, &[("retry-after", value.to_owned())], "")]);
        world.call(&read(), &retrying()).unwrap_err();
        assert!(world.waits.is_empty());
    }
}

#[test]
fn retries_end_in_time() {
    let second = Duration::from_secs(1);
    let retries = Retries::new(1000).within(10 * second).pausing(second, second);
    let mut world = World::new((0..200).map(|_| status(503)));
    world.call(&read(), &Policy::new().with_retries(retries)).unwrap_err();
    assert!(world.sent.len() > 10 && world.sent.last().unwrap().0.as_seconds() <= START + 10);
}

#[test]
fn a_request_without_a_deadline_has_all_the_time() {
    assert_eq!(TimeLeft::of(&Request::new(())), None);
}
