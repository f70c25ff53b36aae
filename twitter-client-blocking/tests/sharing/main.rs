//! Consumers that share the partitions of a stream, and write to a log, while some of them die.

#[path = "../../../bearer/tests/support/redis.rs"]
mod redis_server;

mod firehose;
mod hand_over;
mod processes;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use redis::{Client as RedisClient, cmd};
use serde_json::Value;
use twitter_client_blocking::{Client, Shared};
use twitter_types::{
    PostId, Timestamp,
    auth::AppToken,
    endpoint::Stamp,
    stream::{
        Cursor, Options, Pauses, Recovery,
        share::{RedisLeases, RedisLog, Share},
    },
    streams::PostsFirehose,
};

const PARTITIONS: u8 = 6;

/// A fifth of the usual times: X's sign of life would come every 4 seconds.
const LEASE: Duration = Duration::from_millis(2000);
const HEARTBEAT: Duration = Duration::from_millis(600);
const KEEP_ALIVE: Duration = Duration::from_millis(4000);

/// How late a post may be that was created just before a connection broke.
const DELAY: Duration = Duration::from_secs(1);

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

/// What a log holds of one partition.
#[derive(Default)]
struct Logged {
    ids: BTreeSet<PostId>,
    /// Entries whose id was there already.
    again: usize,
    /// Gaps that were not recovered.
    gaps: Vec<(Timestamp, Timestamp)>,
    recovered: usize,
    cursor: Option<Cursor>,
}

impl Logged {
    fn read(redis: &str, partition: u8) -> Self {
        let mut connection = RedisClient::open(redis).unwrap().get_connection().unwrap();
        let key = format!("firehose:{partition}");
        let entries: Vec<(String, BTreeMap<String, String>)> =
            cmd("XRANGE").arg(&key).arg("-").arg("+").query(&mut connection).unwrap();
        let cursor: Option<String> =
            cmd("HGET").arg(format!("{key}:state")).arg("cursor").query(&mut connection).unwrap();
        let cursor = cursor.map(|text| serde_json::from_str(&text).unwrap());
        let mut logged = Self { cursor, ..Self::default() };
        for (_, fields) in entries {
            logged.take(&fields);
        }
        logged
    }

    fn take(&mut self, fields: &BTreeMap<String, String>) {
        if let Some(gap) = fields.get("gap") {
            let gap: Value = serde_json::from_str(gap).unwrap();
            let at = |name: &str| gap[name].as_str().unwrap().parse().unwrap();
            if gap["recovered"].is_null() {
                self.gaps.push((at("from"), at("to")));
            } else {
                self.recovered += 1;
            }
            return;
        }
        let item: Value = serde_json::from_str(&fields["item"]).unwrap();
        assert_eq!(item["data"]["id"], *fields["id"]);
        let is_new = self.ids.insert(fields["id"].parse().unwrap());
        self.again += usize::from(!is_new);
    }

    /// Every post from one on is there, or in a gap; up to where the log says that it is complete.
    fn check(&self, partition: u8, first: u64) -> (usize, usize) {
        let end = self.cursor.as_ref().unwrap().time;
        let (mut there, mut lost) = (0, 0);
        for number in first.. {
            let id = firehose::id(partition, number);
            let created = id.created_at().unwrap();
            if created >= end {
                break;
            }
            if self.ids.contains(&id) {
                there += 1;
            } else {
                lost += 1;
                let is_told = self.gaps.iter().any(|(from, to)| (*from..*to).contains(&created));
                assert!(is_told, "{number} of partition {partition}, {created}, is missing");
            }
        }
        assert!(there > 0, "nothing of partition {partition} is there");
        (there, lost)
    }
}

fn wait_until(what: &str, most: Duration, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < most, "{what}: not within {most:?}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
