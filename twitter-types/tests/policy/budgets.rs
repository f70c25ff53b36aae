//! A meter in a policy: what ended calls cost is counted, and nothing is sent beyond the budget.

use twitter_types::spending::{Budget, Meter, Prices, Usd};

use crate::*;

/// A post costs $0.015, a look-up of one user $0.010.
fn metered(cents: u32) -> (Meter, Policy) {
    let meter = Meter::new(Prices::default());
    let meter = meter.with_budget(Budget::none().per_day(Usd::from_cents(cents.into())));
    (meter.clone(), retrying().with_meter(meter))
}

fn spent(meter: &Meter, world: &World) -> String {
    meter.today(world.now).usd.to_string()
}

#[test]
fn what_succeeds_is_counted_once_whatever_it_took() {
    let (meter, policy) = metered(100);
    let mut world = World::new([status(503), failure(TransportErrorKind::Closed), ok()]);
    world.call(&read(), &policy).unwrap();
    assert_eq!(spent(&meter, &world), "$0.0100");
}

#[test]
fn what_was_refused_costs_nothing_and_what_nobody_knows_costs_all() {
    let (meter, policy) = metered(100);
    let mut world = World::new([status(404), status(403), status(503)]);
    world.call(&read(), &policy).unwrap_err();
    world.call(&write(), &policy).unwrap_err();
    assert_eq!(spent(&meter, &world), "$0.0000");
    let unknown = world.call(&write(), &policy);
    assert!(matches!(unknown, Err(Error::OutcomeUnknown { .. })));
    assert_eq!(spent(&meter, &world), "$0.0150");
}

#[test]
fn beyond_the_budget_nothing_is_sent() {
    let (meter, policy) = metered(2);
    let mut world = World::new([ok(), ok()]);
    world.call(&write(), &policy).unwrap();
    let refused = world.call(&write(), &policy);
    assert!(matches!(refused, Err(Error::OverBudget(_))), "{refused:?}");
    assert_eq!(world.sent.len(), 1);
    assert_eq!(spent(&meter, &world), "$0.0150");
    world.pass(24 * 60 * MINUTE);
    world.call(&write(), &policy).unwrap();
    assert_eq!(spent(&meter, &world), "$0.0150");
}
