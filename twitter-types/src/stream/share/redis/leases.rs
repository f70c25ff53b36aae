//! Leases under one key of a Redis server.

use std::{collections::BTreeMap, fmt, time::Duration};

use redis::cmd;
use serde::Deserialize;

use super::link::Link;
use crate::stream::share::{Ask, Holder, Leases, Roster, ShareError, ShareErrorKind};

const SCRIPT: &str = include_str!("leases.lua");

/// Keeps the leases of all consumers of a stream under one key of a Redis server, or of one that
/// speaks its protocol.
///
/// If the server loses the key, the consumers lose their leases, and share anew within a lease. A
/// log keeps those out that are too late all the same, since tokens follow the server's clock.
///
/// `redis://` is unencrypted: use it on loopback or in a private network. For `rediss://`, add the
/// crate `redis` with one of its TLS features to your own dependencies.
pub struct RedisLeases {
    link: Link,
    key: String,
}

impl RedisLeases {
    /// Leases at a URL such as `redis://:password@127.0.0.1:6379/0`, under this key. Nothing is
    /// connected yet.
    ///
    /// # Errors
    ///
    /// If the URL is none of Redis. The error never holds the URL.
    pub fn open(url: &str, key: impl Into<String>) -> Result<Self, ShareError> {
        let key = key.into();
        Ok(Self { link: Link::new(url, &key, Duration::from_secs(1))?, key })
    }

    /// How long the server may take to connect, and to answer: a second unless this is called. It
    /// should be shorter than a heartbeat.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { link: self.link.with_timeout(timeout), ..self }
    }
}

impl Leases for RedisLeases {
    fn ask(&self, ask: &Ask) -> Result<Roster, ShareError> {
        let corrupted = || self.link.error(ShareErrorKind::Corrupted);
        let ask = serde_json::to_string(ask).map_err(|_| corrupted())?;
        let text: String = self.link.run(cmd("EVAL").arg(SCRIPT).arg(1).arg(&self.key).arg(ask))?;
        let state: State = serde_json::from_str(&text).map_err(|_| corrupted())?;
        Ok(Roster { consumers: state.consumers.into_keys().collect(), leases: state.leases })
    }
}

#[derive(Deserialize)]
struct State {
    consumers: BTreeMap<String, u64>,
    leases: BTreeMap<u8, Holder>,
}

impl fmt::Debug for RedisLeases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisLeases").field("place", &self.link.place()).finish_non_exhaustive()
    }
}
