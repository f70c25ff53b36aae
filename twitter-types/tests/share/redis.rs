//! Leases and a log at a Redis server.

use std::{collections::HashMap, thread, time::Duration};

use redis::{Client, cmd};
use twitter_types::stream::{
    Cursor,
    share::{
        Ask, Batch, Batching, Entry, Lease, Leases as _, Log as _, RedisLeases, RedisLog, Roster,
        Share, ShareErrorKind, Step, Writer,
    },
};
use twitter_types::{endpoint::Stamp, stream::Event};

use super::redis_server::Redis;

/// The first question of a new consumer.
fn question(nonce: &str) -> Ask {
    let lease = Duration::from_millis(1000);
    let mut share = Share::new("test", 1..=3, &Stamp::new(nonce, 0)).with_lease(lease, lease / 3);
    let Step::Ask(ask) = share.step(std::time::Instant::now()) else { panic!("no question") };
    ask
}

fn held(roster: &Roster) -> Vec<(u8, &str)> {
    roster.leases.iter().map(|(partition, holder)| (*partition, &*holder.consumer)).collect()
}

#[test]
fn leases_are_taken_renewed_released_and_run_out() {
    let Some(redis) = Redis::start("leases", &[]) else { return };
    let open = || RedisLeases::open(&redis.url(), "test:leases").unwrap();
    let (one, two) = (open(), open());
    let (first, second) = (question("1"), question("2"));
    let roster = one.ask(&first).unwrap();
    assert!(roster.consumers.iter().eq(["test-1"]) && roster.leases.is_empty());

    let mut take = first.clone();
    take.take = vec![1, 2];
    let roster = one.ask(&take).unwrap();
    assert_eq!(held(&roster), [(1, "test-1"), (2, "test-1")]);
    let [a, b] = [1, 2].map(|partition| Lease::new(partition, roster.leases[&partition].token));
    assert!(a.token < b.token);
    // After a lost answer it is asked again, and what held before is worth nothing.
    let roster = one.ask(&take).unwrap();
    assert_eq!(held(&roster), [(1, "test-1"), (2, "test-1")]);
    let [old, a, b] =
        [a, Lease::new(1, roster.leases[&1].token), Lease::new(2, roster.leases[&2].token)];
    assert!(old.token < a.token);

    let mut also = second.clone();
    also.take = vec![2, 3];
    let roster = two.ask(&also).unwrap();
    assert_eq!(held(&roster), [(1, "test-1"), (2, "test-1"), (3, "test-2")]);
    assert!(roster.leases[&3].token > b.token);
    assert_eq!(roster.consumers.len(), 2);

    // A token that is not that of the lease releases and renews nothing.
    for (consumer, lease) in [(&second, a), (&first, old)] {
        let mut wrong = consumer.clone();
        wrong.release = vec![lease];
        assert_eq!(held(&two.ask(&wrong).unwrap()).len(), 3);
    }

    let mut release = first.clone();
    (release.release, release.renew) = (vec![a], vec![b]);
    assert_eq!(held(&one.ask(&release).unwrap()), [(2, "test-1"), (3, "test-2")]);
    for _ in 0..3 {
        thread::sleep(Duration::from_millis(500));
        release.release.clear();
        one.ask(&release).unwrap();
    }
    // The second one has not come for longer than a lease.
    let roster = one.ask(&release).unwrap();
    assert_eq!(held(&roster), [(2, "test-1")]);
    assert!(roster.consumers.iter().eq(["test-1"]));

    let mut leave = first;
    (leave.is_leaving, leave.release) = (true, vec![b]);
    let roster = one.ask(&leave).unwrap();
    assert!(roster.consumers.is_empty() && roster.leases.is_empty());
}

/// A server that forgets gives out greater tokens all the same.
#[test]
fn a_token_is_not_given_out_twice() {
    let Some(redis) = Redis::start("tokens", &[]) else { return };
    let leases = RedisLeases::open(&redis.url(), "test:leases").unwrap();
    let mut take = question("1");
    take.take = vec![1];
    let before = leases.ask(&take).unwrap().leases[&1].token;
    thread::sleep(Duration::from_millis(2));
    let mut connection = Client::open(redis.url()).unwrap().get_connection().unwrap();
    cmd("FLUSHALL").exec(&mut connection).unwrap();
    assert!(leases.ask(&take).unwrap().leases[&1].token > before);
}

fn cursor(seconds: u8) -> Cursor {
    let time = format!("2026-11-01T12:00:{seconds:02}.000Z");
    let text = format!(r#"{{"operation":"streamPosts","time":"{time}"}}"#);
    serde_json::from_str(&text).unwrap()
}

fn entry(id: u64) -> Option<Entry> {
    let line = format!(r#"{{"data":{{"id":"{id}","text":"a"}}}}"#);
    let item = serde_json::from_str::<twitter_types::One<twitter_types::models::Post>>(&line);
    Entry::of(Event::Item(item.unwrap()))
}

fn batch(writer: &mut Writer, ids: &[u64], seconds: u8) -> Batch {
    let now = std::time::Instant::now();
    for id in ids {
        writer.push(now, entry(*id), None);
    }
    writer.push(now, None, Some(cursor(seconds)));
    let batch = writer.batch().unwrap().clone();
    writer.appended();
    batch
}

fn ids(redis: &Redis, key: &str) -> Vec<String> {
    let mut connection = Client::open(redis.url()).unwrap().get_connection().unwrap();
    let entries: Vec<(String, HashMap<String, String>)> =
        cmd("XRANGE").arg(key).arg("-").arg("+").query(&mut connection).unwrap();
    entries.into_iter().map(|(_, mut fields)| fields.remove("id").unwrap()).collect()
}

#[test]
fn a_log_takes_a_batch_once_and_from_the_last_who_opened_it() {
    let Some(redis) = Redis::start("log", &[]) else { return };
    let open = || RedisLog::open(&redis.url(), "test").unwrap();
    let (one, two) = (open(), open());
    let [early, late] = [7, 8].map(|token| Lease::new(3, token));
    assert_eq!(one.open(early).unwrap(), None);
    let mut writer = Writer::new(early, Batching::new());
    let first = batch(&mut writer, &[10, 11], 1);
    for _ in 0..2 {
        one.append(&first).unwrap();
    }
    assert_eq!(ids(&redis, "test:3"), ["10", "11"]);
    assert_eq!(one.open(early).unwrap(), Some(cursor(1)));
    let mut writer = Writer::new(early, Batching::new());

    // Up to here the first one may write, whoever holds the lease.
    one.append(&batch(&mut writer, &[12], 2)).unwrap();
    assert_eq!(two.open(late).unwrap(), Some(cursor(2)));
    let error = one.append(&batch(&mut writer, &[13], 3)).unwrap_err();
    assert_eq!(error.kind, ShareErrorKind::Superseded);
    assert_eq!(one.open(early).unwrap_err().kind, ShareErrorKind::Superseded);
    assert_eq!(ids(&redis, "test:3"), ["10", "11", "12"]);

    let mut writer = Writer::new(late, Batching::new());
    two.append(&batch(&mut writer, &[12, 13], 3)).unwrap();
    assert_eq!(ids(&redis, "test:3"), ["10", "11", "12", "12", "13"]);
    // What a crash has taken from the server is noticed.
    let mut connection = Client::open(redis.url()).unwrap().get_connection().unwrap();
    cmd("HSET").arg("test:3:state").arg("number").arg(0).exec(&mut connection).unwrap();
    let error = two.append(&batch(&mut writer, &[14], 4)).unwrap_err();
    assert_eq!(error.kind, ShareErrorKind::Forgotten);
    // Other partitions are their own.
    assert_eq!(one.open(Lease::new(4, 1)).unwrap(), None);
}

#[test]
fn a_log_keeps_about_as_much_as_it_was_told() {
    let Some(redis) = Redis::start("length", &[]) else { return };
    let log = RedisLog::over([&*redis.url(), &*redis.url()], "test").unwrap().with_length(1000);
    let lease = Lease::new(1, 1);
    log.open(lease).unwrap();
    let mut writer = Writer::new(lease, Batching::new());
    for number in 0..30 {
        let new = Vec::from_iter(number * 100..(number + 1) * 100);
        log.append(&batch(&mut writer, &new, 0)).unwrap();
    }
    let ids = ids(&redis, "test:1");
    assert!((1000..1200).contains(&ids.len()), "{}", ids.len());
    assert_eq!(ids.last().unwrap(), "2999");
}

#[test]
fn a_server_that_is_full_or_gone_says_so_and_shows_no_secret() {
    let options = &["--maxmemory", "1", "--maxmemory-policy", "noeviction"];
    let Some(mut redis) = Redis::start("full-log", options) else { return };
    let log = RedisLog::open(&redis.url(), "test").unwrap();
    assert_eq!(log.open(Lease::new(1, 1)).unwrap_err().kind, ShareErrorKind::Full);
    redis.stop();
    let error = log.open(Lease::new(1, 1)).unwrap_err();
    assert_eq!(error.kind, ShareErrorKind::Unreachable, "{error}");
    let leases = RedisLeases::open(&redis.url(), "test:leases").unwrap();
    assert_eq!(leases.ask(&question("1")).unwrap_err().kind, ShareErrorKind::Unreachable);

    let url = redis.url().replace("//", "//:MARKED@");
    let log = RedisLog::open(&url, "test").unwrap();
    let leases = RedisLeases::open(&url, "test").unwrap();
    let error = RedisLog::open("http://:MARKED@x", "test").unwrap_err();
    assert!(!format!("{log:?} {leases:?} {error} {error:?}").contains("MARKED"));
}
