//! Consumers that share the partitions of a stream, and write to a log, while some of them die.

#[path = "../../../bearer/tests/support/redis.rs"]
mod redis_server;

mod firehose;
mod hand_over;
mod logged;
mod processes;

use std::time::{Duration, Instant};

use twitter_client_blocking::{Client, Shared};
use twitter_types::{
    auth::AppToken,
    endpoint::Stamp,
    stream::{
        Options, Pauses, Recovery,
        share::{RedisLeases, RedisLog, Share},
    },
    streams::PostsFirehose,
};

use logged::{DELAY, HEARTBEAT, KEEP_ALIVE, LEASE, Logged, PARTITIONS};

fn consumer(
    base_url: &str,
    (leases, log): (&str, &str),
    name: &str,
    recovery: Recovery,
) -> Shared<AppToken, PostsFirehose> {
    let client = Client::new(AppToken::new(name).unwrap()).with_base_url(base_url.parse().unwrap());
    let leases = RedisLeases::open(leases, "firehose:leases").unwrap();
    let log = RedisLog::open(log, "firehose").unwrap();
    let share = Share::new(name, 1..=PARTITIONS, &Stamp::now()).with_lease(LEASE, HEARTBEAT);
    let options = Options::new()
        .recovery(recovery)
        .silence(KEEP_ALIVE)
        .pauses(Pauses::new().divided_by(20))
        .delay(DELAY);
    client.share(share, leases, log, PostsFirehose::new).with_options(options)
}

fn wait_until(what: &str, most: Duration, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < most, "{what}: not within {most:?}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
