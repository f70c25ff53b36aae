//! Two processes share one limit over a Redis server, which goes away and comes back.

#[path = "../../../bearer/tests/support/redis.rs"]
mod redis_server;
#[path = "../support/mod.rs"]
mod support;

use std::{
    collections::BTreeMap,
    env,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant, SystemTime},
};

use twitter_client_blocking::Client;
use twitter_sandbox::Sandbox;
use twitter_types::{
    auth::AppToken,
    endpoint::policy::{Limits, Policy},
    users,
};

use redis_server::Redis;

const PROCESSES: usize = 2;
const THREADS: usize = 8;

/// Calls in a window, for all processes together.
const LIMIT: u32 = 240;
const WINDOW: Duration = Duration::from_secs(3);

/// So long a thread does something else between two calls, so that a window is not spent at once.
const PAUSE: Duration = Duration::from_millis(60);

/// So long the processes make calls: four windows, and some of a fifth.
const TIME: Duration = Duration::from_secs(16);

/// Tell a child process where the sandbox and the server are, and its token.
const BASE_URL: &str = "LIMITS_TEST_BASE_URL";
const TOKEN: &str = "LIMITS_TEST_TOKEN";
const REDIS: &str = "LIMITS_TEST_REDIS";

/// What a child process says at its end, before the end of a window and the calls in it.
const CALLS: &str = "calls in the window until ";

#[test]
fn a_server_that_keeps_its_data_comes_back() {
    run("limits-kept", &[]);
}

#[test]
fn a_server_that_lost_its_data_comes_back() {
    run("limits-lost", &["--appendonly", "no"]);
}

fn run(name: &str, options: &[&'static str]) {
    let Some(mut redis) = Redis::start(name, options) else { return };
    let sandbox =
        Sandbox::builder().rate_limit("getUsersById", LIMIT).window(WINDOW).start().unwrap();
    let children = Vec::from_iter((0..PROCESSES).map(|_| spawn(&sandbox, &redis)));

    // Away in the middle of the second window, and from the middle of the third until the fourth.
    let limit = LIMIT as usize;
    until(|| sandbox.requests().len() > limit + limit / 3);
    redis.stop();
    thread::sleep(Duration::from_millis(700));
    redis.restart();
    until(|| sandbox.requests().len() > 2 * limit + limit / 2);
    redis.stop();
    until(|| sandbox.requests().len() > 3 * limit + limit / 3);
    redis.restart();

    let mut windows: BTreeMap<u64, u32> = BTreeMap::new();
    for child in children {
        for (reset, calls) in calls(child) {
            *windows.entry(reset).or_default() += calls;
        }
    }
    let refused = sandbox.requests().iter().filter(|request| request.status != 200).count();
    println!("{name}: {windows:?} of {LIMIT} each, {refused} refused");
    assert_eq!(refused, 0, "{windows:?}");
    // The processes ended within the last.
    windows.pop_last();
    assert!(windows.len() >= 4, "{windows:?}");
    let least = LIMIT * 95 / 100;
    assert!(windows.values().all(|calls| (least..=LIMIT).contains(calls)), "{windows:?}");
}

fn until(condition: impl Fn() -> bool) {
    let begun = Instant::now();
    while !condition() {
        assert!(begun.elapsed() < TIME, "it does not happen");
        thread::sleep(Duration::from_millis(5));
    }
}

fn spawn(sandbox: &Sandbox, redis: &Redis) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["child", "--exact", "--ignored", "--nocapture"])
        .env(BASE_URL, sandbox.base_url())
        .env(TOKEN, &*sandbox.keys().bearer_token)
        .env(REDIS, redis.url())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The calls that a child process has made, by the window's end.
fn calls(child: Child) -> Vec<(u64, u32)> {
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{output:?}");
    let lines = text.lines().filter_map(|line| line.split_once(CALLS)?.1.split_once(": "));
    lines.map(|(reset, calls)| (reset.parse().unwrap(), calls.parse().unwrap())).collect()
}

#[test]
#[ignore = "a process of the tests above"]
fn child() {
    let limits = Limits::over_redis(&env::var(REDIS).unwrap(), "limits").unwrap();
    let policy = Policy::new().with_limits(limits.waiting(4 * WINDOW));
    let client = Client::new(AppToken::new(env::var(TOKEN).unwrap()).unwrap())
        .with_base_url(env::var(BASE_URL).unwrap().parse().unwrap())
        .with_policy(policy);
    let end = SystemTime::now() + TIME;
    let work = || {
        let mut windows: BTreeMap<i64, u32> = BTreeMap::new();
        while SystemTime::now() < end {
            // A refusal is counted by the sandbox.
            if let Ok(reply) = client.send(&users::ById::new(2244994945)) {
                let window = reply.rate_limits.window.unwrap();
                *windows.entry(window.reset.as_seconds()).or_default() += 1;
            }
            thread::sleep(PAUSE);
        }
        windows
    };
    let windows: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    // The test runner's own words stand on the first line.
    println!();
    for (reset, calls) in windows {
        println!("{CALLS}{reset}: {calls}");
    }
}
