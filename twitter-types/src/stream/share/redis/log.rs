//! A log in Redis Streams.

use std::{borrow::Cow, fmt, time::Duration};

use redis::{Cmd, cmd};
use serde_json::json;

use super::link::Link;
use crate::stream::{
    Cursor, Gap, Means,
    share::{Batch, Entry, Lease, Log, ShareError, ShareErrorKind},
};

/// KEYS: the partition's state. ARGV: the token. Says whether nobody has a greater one, and the
/// cursor.
const OPEN: &str = "
    local token = redis.call('HGET', KEYS[1], 'token')
    if token and tonumber(token) > tonumber(ARGV[1]) then return {0, ''} end
    redis.call('HSET', KEYS[1], 'token', ARGV[1], 'number', 0)
    return {1, redis.call('HGET', KEYS[1], 'cursor') or ''}";

const APPEND: &str = include_str!("append.lua");

/// A log in Redis Streams, one for each partition, on one server or on several.
///
/// The stream of partition 3 is under `KEY:3`, and what is known of it under `KEY:3:state`. An
/// entry has the fields `id` and `item`, with an item as JSON; or `gap`, with the JSON object
/// `{from, to, recovered}`; or `unreadable`, with a line that is no item. Read it by `XREAD` or a
/// consumer group, and drop what has an `id` that you have had.
///
/// A batch is appended by one script: wholly, once, and by the rightful holder alone.
///
/// With an append-only file and `appendfsync everysec` a crash of the server loses about the last
/// second, and a replica that takes over may lack as much: entries and cursor alike. The consumer
/// notices by the number of its next batch, and reads once more from the cursor that is left. A
/// server that comes back empty has lost all, cursors too. Set `maxmemory-policy noeviction`, so
/// that a server that is full refuses instead of forgetting. Several servers here are servers of
/// their own, not nodes of a Redis Cluster.
pub struct RedisLog {
    links: Vec<Link>,
    key: String,
    length: u64,
}

impl RedisLog {
    /// A log at a URL such as `redis://:password@127.0.0.1:6379/0`, under keys that begin with this
    /// one. Nothing is connected yet.
    ///
    /// # Errors
    ///
    /// If the URL is none of Redis. The error never holds the URL.
    pub fn open(url: &str, key: impl Into<String>) -> Result<Self, ShareError> {
        Self::over([url], key)
    }

    /// A log on several servers: partition `p` is on the one with the index `p` modulo their
    /// number. All consumers need the same list.
    ///
    /// # Errors
    ///
    /// If a URL is none of Redis, or there is none.
    pub fn over<'a>(
        urls: impl IntoIterator<Item = &'a str>,
        key: impl Into<String>,
    ) -> Result<Self, ShareError> {
        let key = key.into();
        let link = |url| Link::new(url, &key, Duration::from_secs(5));
        let links = urls.into_iter().map(link).collect::<Result<Vec<_>, _>>()?;
        if links.is_empty() {
            let what = "there is no server".to_owned();
            return Err(ShareError::new(ShareErrorKind::Other(what), format!("Redis, key {key}")));
        }
        Ok(Self { links, key, length: 0 })
    }

    /// Keeps about so many entries of each partition, and drops the oldest; without, it keeps all,
    /// until the server is full.
    #[must_use]
    pub const fn with_length(mut self, entries: u64) -> Self {
        self.length = entries;
        self
    }

    /// How long a server may take to connect, and to answer: five seconds unless this is called.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        let links = self.links.into_iter().map(|link| link.with_timeout(timeout)).collect();
        Self { links, ..self }
    }

    fn link(&self, partition: u8) -> &Link {
        &self.links[usize::from(partition) % self.links.len()]
    }

    fn state_key(&self, partition: u8) -> String {
        format!("{}:{partition}:state", self.key)
    }

    fn append_command(&self, batch: &Batch) -> Result<Cmd, serde_json::Error> {
        let Lease { partition, token } = batch.lease;
        let cursor = batch.cursor.as_ref().map(serde_json::to_string).transpose()?;
        let mut command = cmd("EVAL");
        command.arg(APPEND).arg(2).arg(self.state_key(partition));
        command.arg(format!("{}:{partition}", self.key));
        command.arg(token).arg(batch.number).arg(cursor.unwrap_or_default()).arg(self.length);
        for entry in &batch.entries {
            let (field, value, id) = match entry {
                Entry::Item { id, json } => ("item", Cow::Borrowed(&json[..]), id.as_str()),
                Entry::Gap(gap) => ("gap", Cow::Owned(text_of(gap).into_bytes()), ""),
                Entry::Unreadable(line) => ("unreadable", Cow::Borrowed(&line[..]), ""),
            };
            command.arg(field).arg(&*value).arg(id);
        }
        Ok(command)
    }
}

impl Log for RedisLog {
    fn open(&self, lease: Lease) -> Result<Option<Cursor>, ShareError> {
        let link = self.link(lease.partition);
        let mut command = cmd("EVAL");
        command.arg(OPEN).arg(1).arg(self.state_key(lease.partition)).arg(lease.token);
        match link.run(&command)? {
            (0, _) => Err(link.error(ShareErrorKind::Superseded)),
            (_, text) if String::is_empty(&text) => Ok(None),
            (_, text) => match serde_json::from_str(&text) {
                Ok(cursor) => Ok(Some(cursor)),
                Err(_) => Err(link.error(ShareErrorKind::Corrupted)),
            },
        }
    }

    fn append(&self, batch: &Batch) -> Result<(), ShareError> {
        let link = self.link(batch.lease.partition);
        let command = self.append_command(batch);
        let command = command.map_err(|_| link.error(ShareErrorKind::Corrupted))?;
        match link.run::<String>(&command)?.as_str() {
            "superseded" => Err(link.error(ShareErrorKind::Superseded)),
            "forgotten" => Err(link.error(ShareErrorKind::Forgotten)),
            _ => Ok(()),
        }
    }
}

fn text_of(gap: &Gap) -> String {
    let recovered = gap.recovered.map(|means| match means {
        Means::Backfill => "backfill",
        Means::Replay => "replay",
        Means::Search => "search",
    });
    json!({ "from": gap.from.to_string(), "to": gap.to.to_string(), "recovered": recovered })
        .to_string()
}

impl fmt::Debug for RedisLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places: Vec<_> = self.links.iter().map(Link::place).collect();
        f.debug_struct("RedisLog").field("places", &places).field("length", &self.length).finish()
    }
}
