//! Consumers that share the partitions of a stream; one is dropped as if it had died.

#[path = "../../twitter-client-blocking/tests/sharing/firehose.rs"]
mod firehose;
#[path = "../../twitter-client-blocking/tests/sharing/logged.rs"]
mod logged;
#[path = "../../bearer/tests/support/redis.rs"]
mod redis_server;

use std::time::{Duration, Instant};

use tokio::time::sleep;
use twitter_client_async::{Client, Shared};
use twitter_types::{
    auth::AppToken,
    endpoint::Stamp,
    stream::{
        Options, Pauses, Recovery,
        share::{RedisLeases, RedisLog, Share, SharedError},
    },
    streams::PostsFirehose,
};

use firehose::Firehose;
use logged::{DELAY, HEARTBEAT, KEEP_ALIVE, LEASE, Logged, PARTITIONS};
use redis_server::Redis;

fn consumer(base_url: &str, redis: &str, name: &str) -> Shared<AppToken, PostsFirehose> {
    let client = Client::new(AppToken::new(name).unwrap()).with_base_url(base_url.parse().unwrap());
    let leases = RedisLeases::open(redis, "firehose:leases").unwrap();
    let log = RedisLog::open(redis, "firehose").unwrap();
    let share = Share::new(name, 1..=PARTITIONS, &Stamp::now()).with_lease(LEASE, HEARTBEAT);
    let options = Options::new()
        .recovery(Recovery::Backfill)
        .silence(KEEP_ALIVE)
        .pauses(Pauses::new().divided_by(20))
        .delay(DELAY);
    client.share(share, leases, log, PostsFirehose::new).with_options(options)
}

async fn wait_until(what: &str, firehose: &Firehose, owned: [(&str, usize); 2]) {
    let begun = Instant::now();
    loop {
        let owners = firehose.owners();
        let count = |name: &str| owners.values().filter(|owner| owner.consumer == name).count();
        if owned.iter().all(|(name, number)| count(name) == *number) {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(15), "{what}: {owners:?}");
        sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consumer_that_is_dropped_or_stopped_is_replaced_and_nothing_is_lost() {
    let Some(redis) = Redis::start("async-sharing", &["--appendfsync", "no"]) else { return };
    let firehose = Firehose::start();
    let one = tokio::spawn(consumer(firehose.base_url(), &redis.url(), "one").run());
    wait_until("one has all", &firehose, [("one", 6), ("two", 0)]).await;
    let two = consumer(firehose.base_url(), &redis.url(), "two");
    let (stop_two, two) = (two.stopper(), tokio::spawn(two.run()));
    wait_until("two has its part", &firehose, [("one", 3), ("two", 3)]).await;
    sleep(DELAY).await;

    let dropped = Instant::now();
    one.abort();
    assert!(one.await.unwrap_err().is_cancelled());
    wait_until("two has all", &firehose, [("one", 0), ("two", 6)]).await;
    let last = firehose.owners().into_values().map(|owner| owner.at).max().unwrap();
    assert!(last - dropped < KEEP_ALIVE, "{:?}", last - dropped);

    let three = consumer(firehose.base_url(), &redis.url(), "three");
    let (stop_three, three) = (three.stopper(), tokio::spawn(three.run()));
    wait_until("three has its part", &firehose, [("two", 3), ("three", 3)]).await;
    let stopped = Instant::now();
    stop_two.stop();
    two.await.unwrap().unwrap();
    wait_until("three has all", &firehose, [("two", 0), ("three", 6)]).await;
    assert!(stopped.elapsed() < LEASE, "{:?}", stopped.elapsed());
    sleep(2 * DELAY).await;
    stop_three.stop();
    three.await.unwrap().unwrap();

    let mut recovered = 0;
    for partition in 1..=PARTITIONS {
        let logged = Logged::read(&redis.url(), partition);
        let (_, lost) = logged.check(partition, firehose.first(partition));
        assert_eq!(lost, 0);
        recovered += logged.recovered + logged.again;
    }
    assert!(recovered > 0);
}

#[tokio::test]
async fn leases_that_cannot_be_had_end_it_at_the_beginning() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let shared = consumer("http://127.0.0.1:1", &format!("redis://{nobody}"), "one");
    let Err(SharedError::Leases(error)) = shared.run().await else { panic!("it runs") };
    assert!(error.to_string().contains("it does not answer"), "{error}");
}
