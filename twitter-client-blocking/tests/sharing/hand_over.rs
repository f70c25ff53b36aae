//! Consumers in one process.

use std::{
    collections::BTreeSet,
    thread,
    time::{Duration, Instant},
};

use redis::cmd;
use twitter_types::stream::{Recovery, share::SharedError};

use crate::{
    DELAY, HEARTBEAT, LEASE, Logged, PARTITIONS, consumer, firehose::Firehose, redis_server::Redis,
    wait_until,
};

const LONG: Duration = Duration::from_secs(15);

/// Without a recovery what is missed at a hand-over is told.
#[test]
fn partitions_go_to_who_comes_and_back_from_who_leaves() {
    let Some(redis) = Redis::start("hand-over", &["--appendfsync", "no"]) else { return };
    let firehose = Firehose::start();
    let start = |name| {
        let shared =
            consumer(firehose.base_url(), (&redis.url(), &redis.url()), name, Recovery::None);
        (shared.stopper(), thread::spawn(move || shared.run()))
    };
    let owners = |names: &[&str]| {
        let owners = firehose.owners();
        let found = BTreeSet::from_iter(owners.values().map(|opened| &*opened.consumer));
        owners.len() == usize::from(PARTITIONS) && found.iter().eq(names)
    };
    let (stop_one, one) = start("one");
    wait_until("one has all", LONG, || owners(&["one"]));
    let (stop_two, two) = start("two");
    wait_until("two has its part", LONG, || owners(&["one", "two"]));

    thread::sleep(DELAY);

    // Nothing has to run out when one leaves.
    let left = Instant::now();
    stop_one.stop();
    one.join().unwrap().unwrap();
    wait_until("two has all", LONG, || owners(&["two"]));
    println!("{:.1?} from stop to the last connection", left.elapsed());
    thread::sleep(2 * DELAY);
    stop_two.stop();
    two.join().unwrap().unwrap();

    let (mut there, mut lost, mut again) = (0, 0, 0);
    for partition in 1..=PARTITIONS {
        let logged = Logged::read(&redis.url(), partition);
        let (in_log, in_gaps) = logged.check(partition, firehose.first(partition));
        (there, lost, again) = (there + in_log, lost + in_gaps, again + logged.again);
    }
    assert!(lost > 0 && again == 0);
    println!("{there} in the log, {lost} in gaps");
}

#[test]
fn leases_that_cannot_be_had_end_it_at_the_beginning() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let nobody = format!("redis://{nobody}");
    let shared = consumer("http://127.0.0.1:1", (&nobody, &nobody), "one", Recovery::None);
    let Err(SharedError::Leases(error)) = shared.run() else { panic!("it runs") };
    assert!(error.to_string().contains("it does not answer"), "{error}");
}

/// A server that crashed, or a replica that took over, may lack the last second of the log.
#[test]
fn what_the_log_has_lost_is_read_once_more() {
    let Some(redis) = Redis::start("forgotten", &["--appendfsync", "no"]) else { return };
    let firehose = Firehose::start();
    let shared =
        consumer(firehose.base_url(), (&redis.url(), &redis.url()), "one", Recovery::Backfill);
    let stop = shared.stopper();
    let running = thread::spawn(move || shared.run());
    let mut connection = redis::Client::open(redis.url()).unwrap().get_connection().unwrap();
    wait_until("it has all", LONG, || firehose.owners().len() == usize::from(PARTITIONS));
    thread::sleep(2 * HEARTBEAT);
    let key = "firehose:1:state";
    let [number, cursor]: [String; 2] =
        cmd("HMGET").arg(key).arg("number").arg("cursor").query(&mut connection).unwrap();
    let (last, _): (String, redis::Value) = cmd("XREVRANGE")
        .arg("firehose:1")
        .arg(&["+", "-", "COUNT", "1"])
        .query::<Vec<_>>(&mut connection)
        .unwrap()
        .remove(0);
    thread::sleep(HEARTBEAT);
    let forget = "
        local lost = redis.call('XRANGE', KEYS[2], '(' .. ARGV[3], '+')
        for _, entry in ipairs(lost) do redis.call('XDEL', KEYS[2], entry[1]) end
        redis.call('HSET', KEYS[1], 'number', ARGV[1], 'cursor', ARGV[2])
        return #lost";
    let lost: usize = cmd("EVAL")
        .arg(forget)
        .arg(2)
        .arg(&[key, "firehose:1", &number, &cursor, &last])
        .query(&mut connection)
        .unwrap();
    assert!(lost > 0);
    wait_until("it is read again", LONG, || {
        firehose.opened().iter().filter(|opened| opened.partition == 1).count() == 2
    });
    thread::sleep(3 * DELAY);
    stop.stop();
    running.join().unwrap().unwrap();
    let logged = Logged::read(&redis.url(), 1);
    let (_, lost) = logged.check(1, firehose.first(1));
    assert!(lost == 0 && logged.recovered == 1);
}

/// The log goes away for a while: nothing is lost, and the partitions are kept.
#[test]
fn a_server_that_was_away_is_waited_for() {
    let Some(mut redis) = Redis::start("away", &["--appendfsync", "no"]) else { return };
    let firehose = Firehose::start();
    let shared =
        consumer(firehose.base_url(), (&redis.url(), &redis.url()), "one", Recovery::Backfill);
    let stop = shared.stopper();
    let running = thread::spawn(move || shared.run());
    let all = || firehose.owners().len() == usize::from(PARTITIONS);
    wait_until("it has all", LONG, all);
    thread::sleep(HEARTBEAT);
    redis.restart();
    thread::sleep(3 * HEARTBEAT);
    stop.stop();
    running.join().unwrap().unwrap();
    for partition in 1..=PARTITIONS {
        let (_, lost) =
            Logged::read(&redis.url(), partition).check(partition, firehose.first(partition));
        assert_eq!(lost, 0);
    }
}

/// A log that does not come back keeps nobody from leaving.
#[test]
fn who_is_stopped_ends_though_the_log_is_away() {
    let Some(redis) = Redis::start("stopped", &["--appendfsync", "no"]) else { return };
    let Some(mut log) = Redis::start("stopped-log", &["--appendfsync", "no"]) else { return };
    let firehose = Firehose::start();
    let shared =
        consumer(firehose.base_url(), (&redis.url(), &log.url()), "one", Recovery::Backfill);
    let stop = shared.stopper();
    let running = thread::spawn(move || shared.run());
    wait_until("it has all", LONG, || firehose.owners().len() == usize::from(PARTITIONS));
    log.stop();
    thread::sleep(LEASE + HEARTBEAT);
    let stopped = Instant::now();
    stop.stop();
    running.join().unwrap().unwrap();
    assert!(stopped.elapsed() < 2 * LEASE, "{:?}", stopped.elapsed());
}
