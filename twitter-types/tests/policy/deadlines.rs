//! Deadlines: nothing begins after them, and nothing outlasts them.

use crate::*;

fn within(policy: Policy, seconds: u64) -> Policy {
    policy.with_deadline(Duration::from_secs(seconds))
}

fn slow(seconds: u64) -> Scripted {
    Scripted { takes: Duration::from_secs(seconds), ..ok() }
}

#[test]
fn a_request_is_given_up_at_the_deadline() {
    let mut world = World::new([slow(20)]);
    let error = world.call(&read(), &within(Policy::new(), 5)).unwrap_err();
    assert!(matches!(error, Error::DeadlinePassed { source: Some(_) }), "{error:?}");
    assert!(world.elapsed() <= Duration::from_millis(5001));
    // A write may have been carried out by then.
    let mut world = World::new([slow(20)]);
    let error = world.call(&write(), &within(retrying(), 5)).unwrap_err();
    assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
}

#[test]
fn a_retry_that_comes_too_late_is_not_waited_for() {
    let busy = answer(503, &[("retry-after", "10".to_owned())], "");
    let mut world = World::new([busy]);
    let error = world.call(&read(), &within(retrying(), 5)).unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert!(matches!(error, Error::DeadlinePassed { .. }) && world.waits.is_empty());
}

#[test]
fn a_window_that_resets_too_late_is_not_waited_for() {
    let mut world = World::new([answer(200, &window("rate", 1, 0, 900), OK), ok()]);
    let policy = waiting();
    world.call(&read(), &policy).unwrap();
    let error = world.call(&read(), &within(policy.clone(), 800)).unwrap_err();
    assert!(matches!(error, Error::RateLimited { .. }) && world.waits.is_empty());
    world.call(&read(), &within(policy, 901)).unwrap();
    assert!(world.elapsed() <= Duration::from_secs(902));
}

#[test]
fn no_time_is_no_request() {
    let mut world = World::new([]);
    let error = world.call(&read(), &within(retrying(), 0)).unwrap_err();
    assert!(matches!(error, Error::DeadlinePassed { source: None }) && world.sent.is_empty());
}

#[test]
fn a_call_in_time_is_none_the_worse_for_a_deadline() {
    let mut world = World::new([slow(4)]);
    world.call(&read(), &within(Policy::new(), 5)).unwrap();
    let mut world = World::new([status(503), slow(2)]);
    world.call(&write(), &within(retrying(), 5)).unwrap_err();
    world.call(&read(), &within(retrying(), 5)).unwrap();
}
