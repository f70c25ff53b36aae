//! Three processes, of which one is killed at random, and replaced, again and again.

#![cfg(unix)]

use std::{
    env,
    io::Read as _,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use twitter_types::{
    Timestamp,
    endpoint::{Moment, Stamp},
    stream::Recovery,
};

use crate::{
    DELAY, HEARTBEAT, KEEP_ALIVE, Logged, PARTITIONS, consumer, firehose::Firehose,
    redis_server::Redis, wait_until,
};

const CONSUMERS: usize = 3;
const KILLS: u32 = 3;

/// Tell a child process where everything is.
const BASE_URL: &str = "SHARING_TEST_BASE_URL";
const REDIS: &str = "SHARING_TEST_REDIS";
const NAME: &str = "SHARING_TEST_NAME";

#[test]
fn consumers_that_are_killed_lose_nothing() {
    let Some(redis) = Redis::start("sharing", &["--appendfsync", "no"]) else { return };
    let firehose = Firehose::start();
    let mut names = (1..).map(|number| format!("consumer{number}"));
    let mut start = || {
        let name = names.next().unwrap();
        (spawn(&firehose, &redis, &name), name)
    };
    let mut consumers = Vec::from_iter((0..CONSUMERS).map(|_| start()));
    let mut slowest = Duration::ZERO;
    for _ in 0..KILLS {
        wait_until_shared(&firehose, &consumers);
        thread::sleep(random(HEARTBEAT));

        let (mut dead, name) = consumers.swap_remove(random_below(CONSUMERS as u64) as usize);
        let killed = Instant::now();
        dead.kill().unwrap(); // SIGKILL
        dead.wait().unwrap();
        slowest = slowest.max(wait_until_taken_over(&firehose, &name) - killed);
        consumers.push(start());
    }
    // One that only seemed to be dead comes back to what is not its own any more.
    wait_until_shared(&firehose, &consumers);
    let (sleeper, name) = &consumers[random_below(CONSUMERS as u64) as usize];
    let asleep = Instant::now();
    signal(sleeper, "STOP");
    slowest = slowest.max(wait_until_taken_over(&firehose, name) - asleep);
    thread::sleep(HEARTBEAT);
    signal(sleeper, "CONT");
    let woken = Moment::now().time;
    wait_until_shared(&firehose, &consumers);
    thread::sleep(3 * DELAY);
    for (child, _) in consumers {
        stop(child);
    }
    println!(
        "slowest hand-over: {slowest:.1?}, {:.2} times the {KEEP_ALIVE:?} of a sign of life",
        slowest.as_secs_f64() / KEEP_ALIVE.as_secs_f64()
    );
    assert!(slowest < KEEP_ALIVE, "{slowest:?}");
    check(&firehose, &redis, woken);
}

fn wait_until_shared(firehose: &Firehose, consumers: &[(Child, String)]) {
    wait_until("each has its part", Duration::from_secs(20), || {
        let owners = firehose.owners();
        owners.len() == usize::from(PARTITIONS)
            && consumers.iter().all(|(_, name)| {
                let owned = owners.values().filter(|owner| owner.consumer == *name).count();
                owned * CONSUMERS == usize::from(PARTITIONS)
            })
    });
}

/// When the last of a consumer's partitions was read by somebody else.
fn wait_until_taken_over(firehose: &Firehose, name: &str) -> Instant {
    wait_until("others take over", 4 * KEEP_ALIVE, || {
        firehose.owners().values().all(|owner| owner.consumer != name)
    });
    firehose.owners().into_values().map(|owner| owner.at).max().unwrap()
}

fn signal(child: &Child, name: &str) {
    let signal = format!("-{name}");
    assert!(
        Command::new("kill").args([signal, child.id().to_string()]).status().unwrap().success()
    );
}

/// Everything up to a time, and more, is in the log.
fn check(firehose: &Firehose, redis: &Redis, time: Timestamp) {
    let (mut there, mut lost, mut again, mut recovered) = (0, 0, 0, 0);
    for partition in 1..=PARTITIONS {
        let logged = Logged::read(&redis.url(), partition);
        assert!(logged.cursor.as_ref().unwrap().time > time);
        let (in_log, in_gaps) = logged.check(partition, firehose.first(partition));
        (there, lost) = (there + in_log, lost + in_gaps);
        (again, recovered) = (again + logged.again, recovered + logged.recovered);
    }
    println!("{there} once by id, {again} again, {lost} in gaps, {recovered} gaps recovered");
    // The five minutes of a backfill are more than this test takes.
    assert_eq!(lost, 0);
    assert!(again > 0 && recovered > 0);
}

fn spawn(firehose: &Firehose, redis: &Redis, name: &str) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["processes::child", "--exact", "--ignored", "--nocapture"])
        .env(BASE_URL, firehose.base_url())
        .env(REDIS, redis.url())
        .env(NAME, name)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// A child ends when its input does.
fn stop(mut child: Child) {
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}

#[test]
#[ignore = "a process of the test above"]
fn child() {
    let [base_url, redis, name] = [BASE_URL, REDIS, NAME].map(|name| env::var(name).unwrap());
    let shared = consumer(&base_url, (&redis, &redis), &name, Recovery::Backfill);
    let stop = shared.stopper();
    thread::spawn(move || {
        std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
        stop.stop();
    });
    shared.run().unwrap();
}

fn random(most: Duration) -> Duration {
    most.mul_f64(random_below(1000) as f64 / 1000.0)
}

fn random_below(most: u64) -> u64 {
    let stamp = Stamp::now();
    u64::from_str_radix(&stamp.nonce().unwrap()[..15], 16).unwrap() % most
}
