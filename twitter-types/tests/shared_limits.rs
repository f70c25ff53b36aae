//! Limits that machines share over a Redis server, against an X that counts: no call beyond the limit, none
//! left unused, whoever dies meanwhile.

#[path = "../../bearer/tests/support/redis.rs"]
mod redis_server;

use std::{
    mem,
    net::TcpListener,
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use proptest::{
    prelude::{ProptestConfig, any},
    prop_assert, prop_assert_eq, proptest,
};
use twitter_types::{
    Error, Reply, Timestamp,
    auth::AppToken,
    endpoint::{
        BaseUrl, Call, Flow as _, Moment, Response, Step, TransportErrorKind,
        policy::{Limits, Policy},
    },
    envelope::One,
    models::User,
    users::ById,
};

use redis_server::Redis;

/// An X with one window, which does not end while a test runs.
struct X {
    limit: u32,
    used: u32,
    refused: u32,
    lost: u32,
    reset: Timestamp,
}

impl X {
    fn new(limit: u32) -> Self {
        let reset = Moment::now().time.as_seconds() + 900;
        Self { limit, used: 0, refused: 0, lost: 0, reset: Timestamp::from_seconds(reset).unwrap() }
    }

    fn answer(&mut self) -> Response {
        let is_allowed = self.used < self.limit;
        self.used += u32::from(is_allowed);
        self.refused += u32::from(!is_allowed);
        http::Response::builder()
            .status(if is_allowed { 200 } else { 429 })
            .header("x-rate-limit-limit", self.limit)
            .header("x-rate-limit-remaining", self.limit - self.used)
            .header("x-rate-limit-reset", self.reset.as_seconds())
            .body(br#"{"data":{"id":"1","name":"a","username":"a"}}"#.to_vec())
            .unwrap()
    }
}

type Outcome = Result<Reply<One<User>>, Error>;

/// Where a call stands.
enum Stage {
    Stepping,
    /// Not yet at X.
    Sent,
    /// The answer is on its way.
    Answered(Box<Response>),
    Ended(Box<Outcome>),
}

struct Task<'a> {
    call: Call<'a, ById, AppToken>,
    stage: Stage,
}

impl Task<'_> {
    /// Takes the next step, and runs what may block.
    fn step(&mut self) {
        loop {
            match self.call.step(&Moment::now()) {
                Step::Work(work) => work.run(),
                Step::Wait(_) => return,
                Step::Send(_) => return self.stage = Stage::Sent,
                Step::Done(outcome) => return self.stage = Stage::Ended(Box::new(outcome)),
                Step::Renew(_) => panic!("this credential needs no token"),
            }
        }
    }

    fn go_on(&mut self, x: &mut X) {
        match mem::replace(&mut self.stage, Stage::Stepping) {
            Stage::Stepping => self.step(),
            Stage::Sent => self.stage = Stage::Answered(Box::new(x.answer())),
            Stage::Answered(answer) => {
                self.call.receive(&Moment::now(), Ok(*answer));
                self.step();
            }
            ended @ Stage::Ended(_) => self.stage = ended,
        }
    }

    fn lose(&mut self, kind: TransportErrorKind) {
        self.stage = Stage::Stepping;
        self.call.receive(&Moment::now(), Err(kind.into()));
        self.step();
    }

    fn is_held_back(&self) -> bool {
        matches!(&self.stage, Stage::Ended(outcome)
            if matches!(**outcome, Err(Error::RateLimited { .. })))
    }
}

/// One key for each history.
fn key() -> String {
    static NUMBERS: AtomicU32 = AtomicU32::new(0);
    format!("limits-{}", NUMBERS.fetch_add(1, Ordering::Relaxed))
}

fn policy(redis: &Redis, key: &str) -> Policy {
    Policy::new().with_limits(Limits::over_redis(&redis.url(), key).unwrap())
}

/// Random numbers that are the same each time: xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }
}

/// What goes wrong in a history.
#[derive(Clone, Copy)]
struct Troubles {
    /// Of so many answers one is lost, and of so many requests one never gets a connection.
    lossy: Option<usize>,
    /// The server goes away at such an action, and comes back at such another.
    outage: Option<[usize; 2]>,
}

/// Lets machines make calls in random order, until each has been told that the window is spent.
fn history(redis: &mut Redis, machines: usize, limit: u32, seed: u64, troubles: Troubles) -> X {
    let (mut x, mut random, key) = (X::new(limit), Random(seed | 1), key());
    let policies: Vec<_> = (0..machines).map(|_| policy(redis, &key)).collect();
    let (base, ask, token) = (BaseUrl::default(), ById::new(1), AppToken::new("AAAA").unwrap());
    let begin = |machine: usize| {
        let call = Call::new(&base, &ask, &token).with_policy(&policies[machine]);
        Task { call, stage: Stage::Stepping }
    };
    // Three at once on each machine.
    let mut tasks: Vec<_> = (0..3 * machines).map(|task| begin(task % machines)).collect();
    let begun = Instant::now();
    for action in 0.. {
        assert!(begun.elapsed() < Duration::from_secs(30), "{} of {limit}", x.used);
        if let Some([stop, restart]) = troubles.outage {
            if action == stop {
                redis.stop();
            } else if action == restart {
                redis.restart();
            }
        }
        let number = random.below(tasks.len());
        let task = &mut tasks[number];
        let luck = troubles.lossy.map_or(1, |lossy| random.below(lossy));
        match task.stage {
            Stage::Sent if luck == 0 => task.lose(TransportErrorKind::Connect),
            Stage::Answered(_) if luck == 0 => {
                x.lost += 1;
                task.lose(TransportErrorKind::Closed);
            }
            _ => task.go_on(&mut x),
        }
        if matches!(task.stage, Stage::Ended(_)) && !task.is_held_back() {
            *task = begin(number % machines);
        }
        if tasks.iter().all(Task::is_held_back) {
            break;
        }
        if action % 50 == 0 {
            thread::sleep(Duration::from_millis(1));
        }
    }
    x
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn machines_use_all_of_a_window_and_no_more(
        seed in any::<u64>(),
        machines in 1..5_usize,
        limit in 1..40_u32,
    ) {
        let Some(mut redis) = Redis::start(&format!("all-{seed}"), &[]) else { return Ok(()) };
        let none = Troubles { lossy: None, outage: None };
        let x = history(&mut redis, machines, limit, seed, none);
        prop_assert_eq!((x.used, x.refused), (limit, 0));
    }

    /// What is lost counts as made, until an answer tells how many are left: that may have been given
    /// before the lost call came to X.
    #[test]
    fn lost_calls_are_counted(seed in any::<u64>(), machines in 1..4_usize, limit in 8..40_u32) {
        let Some(mut redis) = Redis::start(&format!("lost-{seed}"), &[]) else { return Ok(()) };
        let lossy = Troubles { lossy: Some(10), outage: None };
        let x = history(&mut redis, machines, limit, seed, lossy);
        prop_assert!(x.refused <= x.lost && x.used >= limit / 2, "{} of {limit}", x.used);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is no machine's share when the server goes is used when it is back; these calls wait for
    /// neither.
    #[test]
    fn an_outage_goes_beyond_nothing_and_costs_little(
        seed in any::<u64>(),
        machines in 2..4_usize,
        limit in 30..60_u32,
        stop in 40..200_usize,
        lasts in 1..200_usize,
        keeps in any::<bool>(),
    ) {
        let options: &[_] = if keeps { &[] } else { &["--appendonly", "no"] };
        let Some(mut redis) = Redis::start(&format!("out-{seed}"), options) else { return Ok(()) };
        let outage = Troubles { lossy: None, outage: Some([stop, stop + lasts]) };
        let x = history(&mut redis, machines, limit, seed, outage);
        prop_assert!(x.refused == 0 && x.used >= limit * 4 / 5, "{} of {limit}, {}", x.used, x.refused);
    }
}

fn task<'a>(policy: &'a Policy, ask: &'a ById, base: &'a BaseUrl, token: &'a AppToken) -> Task<'a> {
    let call = Call::new(base, ask, token).with_policy(policy);
    Task { call, stage: Stage::Stepping }
}

#[test]
fn a_machine_that_died_does_not_hold_its_calls_for_ever() {
    let Some(redis) = Redis::start("died", &[]) else { return };
    let limits = Limits::over_redis(&redis.url(), "x").unwrap().leasing(Duration::from_millis(300));
    let dies = Policy::new().with_limits(limits);
    let lives = policy(&redis, "x");
    let (base, ask, token) = (BaseUrl::default(), ById::new(1), AppToken::new("AAAA").unwrap());
    let mut first = task(&dies, &ask, &base, &token);
    first.step();
    assert!(matches!(first.stage, Stage::Sent));
    mem::forget(first);
    // Its answer would have told how many calls may follow.
    let mut second = task(&lives, &ask, &base, &token);
    second.step();
    assert!(matches!(second.stage, Stage::Stepping));
    thread::sleep(Duration::from_millis(350));
    second.step();
    assert!(matches!(second.stage, Stage::Sent));
}

#[test]
fn a_call_that_is_given_up_is_not_counted() {
    let Some(redis) = Redis::start("given-up", &[]) else { return };
    let (one, two) = (policy(&redis, "x"), policy(&redis, "x"));
    let (base, ask, token) = (BaseUrl::default(), ById::new(1), AppToken::new("AAAA").unwrap());
    let mut given_up = task(&one, &ask, &base, &token);
    let Step::Work(work) = given_up.call.step(&Moment::now()) else { panic!() };
    drop(given_up);
    work.run();
    // Told by a thread of its own.
    thread::sleep(Duration::from_millis(200));
    let mut next = task(&two, &ask, &base, &token);
    next.step();
    assert!(matches!(next.stage, Stage::Sent));
}

#[test]
fn a_server_that_never_answers_slows_one_call_and_not_each() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("redis://:MARKED@{}", listener.local_addr().unwrap());
    let policy = Policy::new().with_limits(Limits::over_redis(&url, "x").unwrap());
    let (base, ask, token) = (BaseUrl::default(), ById::new(1), AppToken::new("AAAA").unwrap());
    let mut x = X::new(1000);
    let begun = Instant::now();
    for number in 0..200 {
        let mut task = task(&policy, &ask, &base, &token);
        while !matches!(task.stage, Stage::Ended(_)) {
            task.go_on(&mut x);
        }
        assert!(!task.is_held_back());
        assert!(begun.elapsed() < Duration::from_millis(1500), "{number} calls");
    }
    assert_eq!(x.used, 200);
    assert!(!format!("{policy:?}").contains("MARKED"));
    let error = Limits::over_redis("http://:MARKED@x", "x").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("MARKED"), "{error:?}");
}
