//! Connections to one server.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use redis::{Client, Cmd, Connection, ErrorKind, FromRedisValue, RedisError, ServerErrorKind};

use crate::stream::share::{ShareError, ShareErrorKind};

/// As many connections as are used at the same time.
pub(super) struct Link {
    client: Client,
    idle: Mutex<Vec<Connection>>,
    timeout: Duration,
    place: String,
}

impl Link {
    /// Nothing is connected yet. The error never holds the URL.
    pub(super) fn new(url: &str, key: &str, timeout: Duration) -> Result<Self, ShareError> {
        let place = format!("Redis, key {key}");
        match Client::open(url) {
            Ok(client) => Ok(Self { client, idle: Mutex::default(), timeout, place }),
            Err(_) => {
                let what = "the URL is not like redis://host:6379".to_owned();
                Err(ShareError::new(ShareErrorKind::Other(what), place))
            }
        }
    }

    pub(super) const fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sends a command that may be sent twice. A connection that the server has closed meanwhile is
    /// replaced, once.
    pub(super) fn run<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, ShareError> {
        let idle = self.idle().pop();
        if let Some(mut connection) = idle {
            match command.query(&mut connection) {
                Err(error) if error.is_io_error() && !error.is_timeout() => {}
                Err(error) if error.is_timeout() => return Err(self.failed(&error)),
                answer => {
                    self.idle().push(connection);
                    return answer.map_err(|error| self.failed(&error));
                }
            }
        }
        let connect = || {
            let mut connection = self.client.get_connection_with_timeout(self.timeout)?;
            connection.set_read_timeout(Some(self.timeout))?;
            connection.set_write_timeout(Some(self.timeout))?;
            let answer = command.query(&mut connection)?;
            self.idle().push(connection);
            Ok(answer)
        };
        connect().map_err(|error| self.failed(&error))
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        // A list of connections is whole between any two steps.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The error without the server's text, which can repeat what it was sent.
    fn failed(&self, error: &RedisError) -> ShareError {
        self.error(match (error.kind(), error.code()) {
            (ErrorKind::Io | ErrorKind::Server(ServerErrorKind::BusyLoading), _) => {
                ShareErrorKind::Unreachable
            }
            (ErrorKind::AuthenticationFailed, _)
            | (ErrorKind::Server(ServerErrorKind::ReadOnly | ServerErrorKind::NoPerm), _)
            | (_, Some("NOAUTH" | "WRONGPASS")) => ShareErrorKind::Forbidden,
            (_, Some("OOM")) => ShareErrorKind::Full,
            (_, Some("WRONGTYPE")) => ShareErrorKind::Corrupted,
            (kind, _) => ShareErrorKind::Other(format!("the server refuses ({kind:?})")),
        })
    }

    pub(super) fn error(&self, kind: ShareErrorKind) -> ShareError {
        ShareError::new(kind, self.place.clone())
    }

    pub(super) fn place(&self) -> &str {
        &self.place
    }
}
