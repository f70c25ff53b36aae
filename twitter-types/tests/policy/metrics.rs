//! What is counted of calls.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use ::metrics::{
    Counter, CounterFn, Gauge, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder,
    SharedString, Unit, with_local_recorder,
};
use twitter_types::{
    endpoint::metrics::describe,
    spending::{Meter, Prices},
};

use crate::*;

/// Sums, by name and labels.
#[derive(Clone, Default)]
struct Sums(Arc<Mutex<BTreeMap<String, f64>>>);

struct Sum(Sums, String);

impl Sum {
    fn add(&self, value: f64) {
        *self.0.0.lock().unwrap().entry(self.1.clone()).or_default() += value;
    }
}

impl CounterFn for Sum {
    fn increment(&self, value: u64) {
        self.add(value as f64);
    }

    fn absolute(&self, _: u64) {
        panic!("counters only grow");
    }
}

impl HistogramFn for Sum {
    fn record(&self, value: f64) {
        self.add(value);
    }
}

impl Sums {
    fn of(&self, key: &Key) -> Arc<Sum> {
        let labels = key.labels().map(|label| format!(" {}={}", label.key(), label.value()));
        Arc::new(Sum(self.clone(), format!("{}{}", key.name(), labels.collect::<String>())))
    }
}

impl Recorder for Sums {
    fn describe_counter(&self, key: KeyName, _: Option<Unit>, _: SharedString) {
        self.0.lock().unwrap().insert(key.as_str().to_owned(), 0.0);
    }

    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_histogram(&self, key: KeyName, _: Option<Unit>, _: SharedString) {
        self.0.lock().unwrap().insert(key.as_str().to_owned(), 0.0);
    }

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(self.of(key))
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(self.of(key))
    }
}

fn counted(work: impl FnOnce()) -> Vec<(String, f64)> {
    let sums = Sums::default();
    with_local_recorder(&sums, work);
    let sums = sums.0.lock().unwrap().clone();
    sums.into_iter().collect()
}

#[test]
fn a_call_with_a_retry_and_a_wait_is_counted() {
    let spent = answer(429, &window("rate", 15, 0, 100), "{}");
    let script = [status(503), spent, failure(TransportErrorKind::Timeout), ok()];
    let meter = Meter::new(Prices::default());
    let sums = counted(|| {
        let mut world = World::new(script);
        world.call(&read(), &waiting().with_meter(meter)).unwrap();
    });
    let names: Vec<_> = sums.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "x.calls operation=getUsersById outcome=ok",
            "x.requests operation=getUsersById status=2xx",
            "x.requests operation=getUsersById status=4xx",
            "x.requests operation=getUsersById status=5xx",
            "x.requests operation=getUsersById status=timeout",
            "x.retries operation=getUsersById",
            "x.spending operation=getUsersById",
            "x.wait.duration operation=getUsersById",
            "x.waits operation=getUsersById",
        ]
    );
    let sum = |name: &str| sums.iter().find(|(key, _)| key.starts_with(name)).unwrap().1;
    assert_eq!((sum("x.retries"), sum("x.waits"), sum("x.spending")), (3.0, 1.0, 10_000.0));
    assert!((98.0..=100.0).contains(&sum("x.wait.duration")), "{sums:?}");
}

#[test]
fn what_is_not_sent_and_what_is_unknown_is_counted() {
    let spent = answer(200, &window("user", 15, 0, 100), OK);
    let policy = Policy::new().with_limits(Limits::new());
    let sums = counted(|| {
        let mut world = World::new([spent, status(500)]);
        world.call(&read(), &policy).unwrap();
        world.call(&read(), &policy).unwrap_err();
        world.call(&write(), &policy).unwrap_err();
    });
    for name in [
        "x.held_back operation=getUsersById limit=user_day",
        "x.calls operation=getUsersById outcome=rate_limited",
        "x.calls operation=createPosts outcome=outcome_unknown",
    ] {
        assert!(sums.contains(&(name.to_owned(), 1.0)), "{name}: {sums:?}");
    }
}

#[test]
fn every_name_is_described() {
    let described: Vec<_> = counted(describe).into_iter().map(|(name, _)| name).collect();
    let documentation = include_str!("../../src/endpoint/metrics.rs");
    let rows = documentation.lines().filter_map(|line| line.strip_prefix("//! | `"));
    let mut names: Vec<_> = rows.map(|row| row.split('`').next().unwrap().to_owned()).collect();
    names.sort();
    assert_eq!(described, names);
}
