//! The connection to the server: short waits, and none while it is known to be away.

use std::{
    fmt,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use redis::{Client, Connection, ErrorKind, RedisError, cmd};
use serde::{Serialize, de::DeserializeOwned};

/// How long the server may take to connect, and to answer.
pub(super) const TIMEOUT: Duration = Duration::from_millis(500);

/// How long after a failure the server is not asked.
const PAUSE: Duration = Duration::from_millis(250);

const SCRIPT: &str = include_str!("script.lua");

/// Why the server was no help.
#[derive(Debug)]
pub(super) enum Failure {
    /// It does not answer, or not now.
    Away,
    /// It answers something that is not what the script answers.
    Refused(ErrorKind),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Away => f.write_str("it does not answer"),
            Self::Refused(kind) => write!(f, "it refuses ({kind:?})"),
        }
    }
}

/// A connection, if there is one.
pub(super) struct Link {
    client: Client,
    open: Option<Open>,
}

struct Open {
    connection: Connection,
    /// The script's name on that server.
    sha: String,
}

impl Link {
    pub(super) const fn new(client: Client) -> Self {
        Self { client, open: None }
    }

    pub(super) const fn is_open(&self) -> bool {
        self.open.is_some()
    }

    pub(super) fn connect(&mut self) -> Result<(), Failure> {
        let connect = || {
            let mut connection = self.client.get_connection_with_timeout(TIMEOUT)?;
            connection.set_read_timeout(Some(TIMEOUT))?;
            connection.set_write_timeout(Some(TIMEOUT))?;
            let sha = cmd("SCRIPT").arg("LOAD").arg(SCRIPT).query(&mut connection)?;
            Ok(Open { connection, sha })
        };
        self.open = Some(connect().map_err(|error| failure(&error))?);
        Ok(())
    }

    /// Runs the script. After an error there is no connection any more.
    pub(super) fn run<T: DeserializeOwned>(
        &mut self,
        keys: &[String; 3],
        ask: &impl Serialize,
    ) -> Result<T, Failure> {
        let Some(Open { connection, sha }) = &mut self.open else { return Err(Failure::Away) };
        let answer = run(connection, sha, keys, ask);
        if answer.is_err() {
            self.open = None;
        }
        answer
    }
}

fn run<T: DeserializeOwned>(
    connection: &mut Connection,
    sha: &str,
    keys: &[String; 3],
    ask: &impl Serialize,
) -> Result<T, Failure> {
    let ask = serde_json::to_string(ask).map_err(|_| Failure::Refused(ErrorKind::Client))?;
    let mut command = cmd("EVALSHA");
    command.arg(sha).arg(3).arg(keys).arg(ask);
    let answer: String = command.query(connection).map_err(|error| failure(&error))?;
    serde_json::from_str(&answer).map_err(|_| Failure::Refused(ErrorKind::UnexpectedReturnType))
}

/// What failed, without the server's text, which can repeat what it was sent.
fn failure(error: &RedisError) -> Failure {
    match error.kind() {
        ErrorKind::Io => Failure::Away,
        kind => Failure::Refused(kind),
    }
}

/// Until when the server is not asked.
pub(super) struct Rest {
    born: Instant,
    /// Milliseconds since then.
    until: AtomicU64,
}

impl Rest {
    pub(super) fn new() -> Self {
        Self { born: Instant::now(), until: AtomicU64::new(0) }
    }

    /// How long the server will not be asked yet.
    pub(super) fn left(&self) -> Duration {
        let until = Duration::from_millis(self.until.load(Ordering::Acquire));
        until.saturating_sub(self.born.elapsed())
    }

    /// Nobody else is to wait for an attempt that may take a while.
    pub(super) fn begin_attempt(&self) {
        self.set(2 * TIMEOUT + PAUSE);
    }

    pub(super) fn end_attempt(&self, has_failed: bool) {
        self.set(if has_failed { PAUSE } else { Duration::ZERO });
    }

    fn set(&self, pause: Duration) {
        let until = if pause.is_zero() { pause } else { self.born.elapsed() + pause };
        let until = u64::try_from(until.as_millis()).unwrap_or(u64::MAX);
        self.until.store(until, Ordering::Release);
    }
}
