//! Windows: learnt from replies, obeyed before anything is sent, waited for.

use std::sync::{Arc, Mutex};

use twitter_types::endpoint::LimitKind;

use crate::*;

/// A policy that only knows limits.
fn by(limits: Limits) -> Policy {
    Policy::new().with_limits(limits)
}

#[test]
fn a_spent_window_is_an_error_before_anything_is_sent() {
    let mut world = World::new([answer(200, &window("rate", 1, 0, 900), OK), ok()]);
    let policy = by(Limits::new());
    world.call(&read(), &policy).unwrap();
    let error = world.call(&read(), &policy).unwrap_err();
    let Error::RateLimited { operation: "getUsersById", kind: LimitKind::Window, reset } = error
    else {
        panic!("{error:?}")
    };
    assert_eq!(reset.as_seconds(), START + 900);
    assert_eq!(world.sent.len(), 1);
    // Another operation and another credential have windows of their own.
    world.script.extend([ok(), ok()]);
    world.call(&users::Me::new(), &policy).unwrap();
    // And the next window is free.
    world.pass(15 * MINUTE);
    world.call(&read(), &policy).unwrap();
}

#[test]
fn credentials_have_windows_of_their_own_and_the_day_of_the_app_in_common() {
    let alice = Limits::new().named("alice");
    let (bob, again) = (alice.named("bob"), alice.named("alice"));
    let mut headers = window("rate", 1, 0, 900);
    headers.extend(window("app", 10, 1, 80_000));
    let mut world = World::new([answer(200, &headers, OK)]);
    world.call(&read(), &by(alice)).unwrap();
    let error = world.call(&read(), &by(again)).unwrap_err();
    assert!(matches!(error, Error::RateLimited { kind: LimitKind::Window, .. }));

    let day = window("app", 10, 0, 80_000);
    world.script.push_back(answer(200, &day, OK));
    world.call(&read(), &by(bob.clone())).unwrap();
    world.pass(15 * MINUTE);
    for limits in [bob.clone().waiting(1000 * MINUTE), bob.named("carol")] {
        let error = world.call(&read(), &by(limits)).unwrap_err();
        let Error::RateLimited { kind: LimitKind::AppDay, reset, .. } = error else {
            panic!("{error:?}")
        };
        assert_eq!(reset.as_seconds(), START + 80_000);
    }
    assert_eq!(world.sent.len(), 2);
}

#[test]
fn a_window_is_waited_for_within_the_bound() {
    let spent = || answer(200, &window("rate", 1, 0, 900), OK);
    let mut world = World::new([spent(), ok()]);
    let policy = by(Limits::new().waiting(15 * MINUTE));
    world.call(&read(), &policy).unwrap();
    world.call(&read(), &policy).unwrap();
    let second = world.sent[1].0.as_seconds();
    assert!((START + 900..=START + 901).contains(&second), "{second}");

    let mut world = World::new([spent()]);
    let policy = by(Limits::new().waiting(14 * MINUTE));
    world.call(&read(), &policy).unwrap();
    let error = world.call(&read(), &policy).unwrap_err();
    assert!(matches!(error, Error::RateLimited { .. }));
    assert!(world.waits.is_empty());
}

#[test]
fn whoever_asks_is_told_of_each_wait() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&told);
    let limits = Limits::new().asking(move |wait| {
        log.lock().unwrap().push(*wait);
        wait.reset.as_seconds() < START + 1000
    });
    let policy = by(limits);
    let mut world = World::new([
        answer(200, &window("rate", 1, 0, 900), OK),
        answer(200, &window("rate", 1, 0, 1800), OK),
    ]);
    world.call(&read(), &policy).unwrap();
    world.call(&read(), &policy).unwrap();
    let error = world.call(&read(), &policy).unwrap_err();
    assert!(matches!(error, Error::RateLimited { .. }));
    let told = told.lock().unwrap();
    assert_eq!((told.len(), world.waits.len()), (2, 1));
    assert!(told[0].operation == "getUsersById" && told[0].waited.is_zero());
    assert!(told[0].pause < 15 * MINUTE && told[0].pause > 14 * MINUTE);
}

#[test]
fn only_the_429_of_a_window_is_waited_for() {
    let refused = |headers: &[_], body| answer(429, headers, body);
    let day = [window("rate", 100, 99, 900), window("user", 17, 0, 80_000)].concat();
    let capped = r#"{"type":"https://api.x.com/2/problems/usage-capped","title":"UsageCapExceeded",
        "detail":"Usage cap exceeded","period":"Monthly","scope":"Product"}"#;
    for (refusal, kind) in [
        (refused(&day, "{}"), LimitKind::UserDay),
        (refused(&window("app", 17, 0, 80_000), "{}"), LimitKind::AppDay),
        (refused(&window("rate", 100, 99, 900), "{}"), LimitKind::Cap),
        (refused(&[], capped), LimitKind::Cap),
    ] {
        let mut world = World::new([refusal]);
        let error = world.call(&read(), &waiting()).unwrap_err();
        let Error::Api(error) = error else { panic!("{error:?}") };
        assert_eq!(error.limit_kind(), Some(kind));
        assert!(world.waits.is_empty());
    }
    let mut world = World::new([refused(&window("rate", 100, 0, 900), "{}"), ok()]);
    world.call(&read(), &waiting()).unwrap();
    assert!((900..=901).contains(&(world.sent[1].0.as_seconds() - START)));
}

#[test]
fn a_429_without_numbers_holds_for_a_minute_or_as_it_says() {
    let body = r#"{"errors":[{"code":88,"message":"Rate limit exceeded"}]}"#;
    for (headers, seconds) in [(vec![], 60), (vec![("retry-after", "7".to_owned())], 7)] {
        let mut world = World::new([answer(429, &headers, body), ok()]);
        world.call(&read(), &waiting()).unwrap();
        let pause = world.sent[1].0.as_seconds() - START;
        assert!((seconds..=seconds + 1).contains(&pause), "{pause}");
    }
}

#[test]
fn a_clock_that_is_ahead_does_not_hammer() {
    // X's window ends in the past, by this clock.
    let refusal = || answer(429, &window("rate", 1, 0, -100), "{}");
    let mut world = World::new((0..4).map(|_| refusal()));
    let error = world.call(&read(), &waiting()).unwrap_err();
    assert!(matches!(error, Error::Api(_)));
    assert!(world.sent.windows(2).all(|pair| pair[1].0.saturating_since(pair[0].0) >= MINUTE / 60));
}

#[test]
fn without_limits_a_429_waits_as_long_as_retries_may() {
    let mut world = World::new([answer(429, &window("rate", 1, 0, 40), "{}"), ok()]);
    world.call(&read(), &retrying()).unwrap();
    assert!(world.sent[1].0.as_seconds() >= START + 40);
    let mut world = World::new([answer(429, &window("rate", 1, 0, 400), "{}")]);
    let error = world.call(&read(), &retrying()).unwrap_err();
    assert!(matches!(error, Error::Api(_)) && world.waits.is_empty());
}

#[test]
fn a_call_that_cannot_be_sent_is_not_waited_for() {
    let policy = waiting();
    let mut world = World::new([answer(200, &window("rate", 1, 0, 900), r#"{"data":[]}"#)]);
    world.call(&users::Followers::new(1), &policy).unwrap();
    let error = world.call(&users::Followers::new(1).max_results(1001), &policy).unwrap_err();
    assert!(matches!(error, Error::OutOfRange(_)) && world.waits.is_empty());
}

#[test]
fn a_call_that_is_dropped_counts_as_made() {
    let policy = by(Limits::new());
    let mut world = World::new([answer(200, &window("rate", 2, 1, 900), OK)]);
    world.call(&read(), &policy).unwrap();
    let (base, user, ask) = (BaseUrl::default(), user(), read());
    let mut call = Call::new(&base, &ask, &user).with_policy(&policy);
    assert!(matches!(call.step(&moment("n", world.now)), Step::Send(_)));
    drop(call);
    let error = world.call(&read(), &policy).unwrap_err();
    assert!(matches!(error, Error::RateLimited { .. }));
}

#[test]
fn a_call_that_got_no_connection_does_not_count() {
    let policy = by(Limits::new());
    let mut world = World::new([
        answer(200, &window("rate", 2, 1, 900), OK),
        failure(TransportErrorKind::Connect),
        ok(),
    ]);
    world.call(&read(), &policy).unwrap();
    assert!(matches!(world.call(&read(), &policy), Err(Error::Transport(_))));
    world.call(&read(), &policy).unwrap();
}
