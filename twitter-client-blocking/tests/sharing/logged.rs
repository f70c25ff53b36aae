//! What has become of numbered posts, and the times of it all.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use redis::{Client, cmd};
use serde_json::Value;
use twitter_types::{PostId, Timestamp, stream::Cursor};

use super::firehose::id;

pub(crate) const PARTITIONS: u8 = 6;

/// A fifth of the usual times: X's sign of life would come every 4 seconds.
pub(crate) const LEASE: Duration = Duration::from_millis(2000);
pub(crate) const HEARTBEAT: Duration = Duration::from_millis(600);
pub(crate) const KEEP_ALIVE: Duration = Duration::from_millis(4000);

/// How late a post may be that was created just before a connection broke.
pub(crate) const DELAY: Duration = Duration::from_secs(1);

/// What a log holds of one partition.
#[derive(Default)]
pub(crate) struct Logged {
    pub(crate) ids: BTreeSet<PostId>,
    /// Entries whose id was there already.
    pub(crate) again: usize,
    /// Gaps that were not recovered.
    pub(crate) gaps: Vec<(Timestamp, Timestamp)>,
    pub(crate) recovered: usize,
    pub(crate) cursor: Option<Cursor>,
}

impl Logged {
    pub(crate) fn read(redis: &str, partition: u8) -> Self {
        let mut connection = Client::open(redis).unwrap().get_connection().unwrap();
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
    pub(crate) fn check(&self, partition: u8, first: u64) -> (usize, usize) {
        let end = self.cursor.as_ref().unwrap().time;
        let (mut there, mut lost) = (0, 0);
        for number in first.. {
            let id = id(partition, number);
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
