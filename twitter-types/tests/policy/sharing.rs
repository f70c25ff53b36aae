//! Many calls at once over one `Limits`, against a server that counts: on a simulated clock.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

use proptest::prelude::*;

use crate::*;

/// A server with fixed windows that begin with the first call in them.
struct Server {
    limit: u32,
    length: i64,
    ends: i64,
    used: u32,
    refused: u32,
    /// Calls in each window, by its end.
    windows: BTreeMap<i64, u32>,
}

impl Server {
    fn new(limit: u32, length: Duration) -> Self {
        let length = i64::try_from(length.as_millis()).unwrap();
        Self { limit, length, ends: 0, used: 0, refused: 0, windows: BTreeMap::new() }
    }

    fn answer(&mut self, now: Timestamp) -> Response {
        let now = now.as_millis();
        if self.ends <= now {
            // In whole seconds, as X's are.
            self.ends = (now + self.length) / 1000 * 1000;
            self.used = 0;
        }
        let is_allowed = self.used < self.limit;
        if is_allowed {
            self.used += 1;
            *self.windows.entry(self.ends).or_default() += 1;
        } else {
            self.refused += 1;
        }
        let reset = self.ends / 1000 - START;
        let headers = window("rate", self.limit, self.limit - self.used, reset);
        let scripted = answer(if is_allowed { 200 } else { 429 }, &headers, OK);
        scripted.outcome.unwrap()
    }
}

enum Event {
    Step,
    Arrive,
    Receive(Result<Response, TransportErrorKind>),
}

/// How a crowd of calls fared.
#[derive(Debug, Default)]
struct Outcomes {
    succeeded: u32,
    held_back: u32,
    failed: u32,
    lost: u32,
}

/// Random numbers that are the same each time: xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

/// What is to happen, in the order of time.
#[derive(Default)]
struct Agenda {
    queue: BinaryHeap<Reverse<(Timestamp, usize, usize)>>,
    events: Vec<Option<Event>>,
}

impl Agenda {
    fn add(&mut self, time: Timestamp, task: usize, event: Event) {
        self.queue.push(Reverse((time, self.events.len(), task)));
        self.events.push(Some(event));
    }

    fn next(&mut self) -> Option<(Timestamp, usize, Event)> {
        let Reverse((time, event, task)) = self.queue.pop()?;
        Some((time, task, self.events[event].take().unwrap()))
    }
}

/// Begins so many calls within a second, and goes through them to their ends. Of so many answers, one
/// is lost on its way; none if that is 0.
fn crowd(calls: usize, policy: &Policy, server: &mut Server, seed: u64, lossy: u64) -> Outcomes {
    let (base, user, ask) = (BaseUrl::default(), user(), read());
    let mut tasks: Vec<_> =
        (0..calls).map(|_| Call::new(&base, &ask, &user).with_policy(policy)).collect();
    let mut random = Random(seed | 1);
    let mut agenda = Agenda::default();
    let mut outcomes = Outcomes::default();
    let start = Timestamp::from_seconds(START).unwrap();
    for task in 0..calls {
        agenda.add(
            start.saturating_add(Duration::from_millis(random.below(1000))),
            task,
            Event::Step,
        );
    }
    let mut moments = 0;
    while let Some((now, task, event)) = agenda.next() {
        moments += 1;
        assert!(moments < 1_000_000, "it never ends");
        let nonce = format!("{seed}-{moments}");
        let moment = moment(&nonce, now);
        let mut later = || now.saturating_add(Duration::from_millis(1 + random.below(400)));
        match event {
            Event::Step => match tasks[task].step(&moment) {
                Step::Send(_) => agenda.add(later(), task, Event::Arrive),
                Step::Wait(pause) => {
                    let end = now.saturating_add(pause + Duration::from_nanos(999_999));
                    agenda.add(end, task, Event::Step);
                }
                Step::Done(Ok(_)) => outcomes.succeeded += 1,
                Step::Done(Err(Error::RateLimited { .. })) => outcomes.held_back += 1,
                Step::Done(Err(_)) => outcomes.failed += 1,
                Step::Renew(_) | Step::Work(_) => {
                    panic!("this credential needs no token, and nothing blocks")
                }
            },
            Event::Arrive => {
                let answer = Ok(server.answer(now));
                let time = later();
                let is_lost = lossy > 0 && random.below(lossy) == 0;
                outcomes.lost += u32::from(is_lost);
                let answer = if is_lost { Err(TransportErrorKind::Closed) } else { answer };
                agenda.add(time, task, Event::Receive(answer));
            }
            Event::Receive(answer) => {
                tasks[task].receive(&moment, answer.map_err(Into::into));
                agenda.add(now, task, Event::Step);
            }
        }
    }
    outcomes
}

#[test]
fn a_hundred_calls_at_once_never_exceed_a_window() {
    for seed in 1..50 {
        let mut server = Server::new(30, 15 * MINUTE);
        let policy = Policy::new().with_limits(Limits::new());
        let outcomes = crowd(100, &policy, &mut server, seed, 0);
        assert_eq!((outcomes.succeeded, outcomes.held_back, outcomes.failed), (30, 70, 0));
        assert_eq!(server.refused, 0);
    }
}

#[test]
fn a_hundred_calls_that_wait_all_succeed_window_by_window() {
    for seed in 1..50 {
        let mut server = Server::new(30, 15 * MINUTE);
        let policy = Policy::new().with_limits(Limits::new().waiting(60 * MINUTE));
        let outcomes = crowd(100, &policy, &mut server, seed, 0);
        assert_eq!((outcomes.succeeded, server.refused), (100, 0), "{outcomes:?}");
        let windows: Vec<_> = server.windows.into_values().collect();
        assert_eq!(windows, [30, 30, 30, 10]);
    }
}

/// With one call a window, a crowd looks for answers longer than a minute in all. It is part of waiting
/// for windows, which a retry's time leaves out.
#[test]
fn looking_for_the_answers_of_others_is_no_time_of_a_retry() {
    let mut server = Server::new(1, 15 * MINUTE);
    let limits = Limits::new().waiting(100_000 * MINUTE);
    let policy = Policy::new().with_retries(Retries::new(50)).with_limits(limits);
    let outcomes = crowd(119, &policy, &mut server, 6_410_839_256_006_660_414, 5);
    assert_eq!(outcomes.succeeded, 119, "{outcomes:?}");
}

#[test]
fn days_of_windows_pass_in_no_time() {
    let mut server = Server::new(15, 15 * MINUTE);
    let policy = Policy::new().with_limits(Limits::new().waiting(3 * 24 * 60 * MINUTE));
    let outcomes = crowd(15 * 4 * 24 * 2, &policy, &mut server, 7, 0);
    assert_eq!((outcomes.succeeded, server.refused), (2880, 0), "{outcomes:?}");
    assert_eq!(server.windows.len(), 2 * 24 * 4);
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn no_call_goes_beyond_a_window(
        seed in any::<u64>(),
        calls in 1..120_usize,
        limit in 1..60_u32,
        seconds in 5..2000_u64,
    ) {
        let mut server = Server::new(limit, Duration::from_secs(seconds));
        let policy = Policy::new().with_limits(Limits::new().waiting(10_000 * MINUTE));
        let outcomes = crowd(calls, &policy, &mut server, seed, 0);
        prop_assert_eq!((outcomes.succeeded as usize, server.refused), (calls, 0));
        prop_assert!(server.windows.values().all(|used| *used <= limit));
    }

    #[test]
    fn lost_answers_do_not_lock_the_others_out(
        seed in any::<u64>(),
        calls in 1..120_usize,
        limit in 1..60_u32,
    ) {
        let mut server = Server::new(limit, 15 * MINUTE);
        let limits = Limits::new().waiting(100_000 * MINUTE);
        // A call may lose answer after answer: how long it is repeated is not what is asked here.
        let retries = Retries::new(1000).within(100_000 * MINUTE);
        let policy = Policy::new().with_retries(retries).with_limits(limits);
        let outcomes = crowd(calls, &policy, &mut server, seed, 5);
        prop_assert_eq!(outcomes.succeeded as usize, calls);
        // An answer that is lost may be the one that would have told of a window.
        prop_assert!(server.refused <= outcomes.lost, "{} {:?}", server.refused, outcomes);
    }
}
