//! Tokens on a Redis server: for many machines.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use redis::{
    Client, Cmd, Connection, ErrorKind, FromRedisValue, RedisError, RedisResult, ServerErrorKind,
    cmd,
};

use super::{StoreError, StoreErrorKind, StoreLock, Stored, Swap, TokenStore};

/// How long the server may take to connect, and to answer.
const TIMEOUT: Duration = Duration::from_secs(5);

/// How long a lock holds unless it is extended.
const LEASE: Duration = Duration::from_secs(60);

/// How many connections are kept that nobody uses.
const IDLE: usize = 8;

/// KEYS: the tokens. ARGV: whether something was read, what; whether something is new, what. That the
/// new text is there already is success: the answer to a first attempt may have been lost.
const SWAP: &str = "
    local found = redis.call('GET', KEYS[1])
    if ARGV[3] == '1' and found == ARGV[4] then return 1 end
    if ARGV[1] == '1' and found ~= ARGV[2] then return 0 end
    if ARGV[1] == '0' and found then return 0 end
    if ARGV[3] == '1' then redis.call('SET', KEYS[1], ARGV[4]) else redis.call('DEL', KEYS[1]) end
    return 1";

/// KEYS: the lock. ARGV: whose it should be, for how many milliseconds. That it is ours already is
/// success too.
const LOCK: &str = "
    if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
    if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
    return 0";

const EXTEND: &str = "
    if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
    return redis.call('PEXPIRE', KEYS[1], ARGV[2])";

const RELEASE: &str = "
    if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
    return redis.call('DEL', KEYS[1])";

/// Keeps the tokens of one user under a key of a Redis server, or of one that speaks its protocol.
///
/// The lock is a lease of 60 seconds under `KEY:lock`, so that a machine that dies does not hold up
/// the others for longer. Give the HTTP client a shorter timeout than that.
///
/// The server must keep what it has confirmed: with `appendfsync everysec`, Redis's default for an
/// append-only file, its crash loses the last second, and with it perhaps the only copy of a
/// refresh token; `appendfsync always` does not. A replica that takes over may lack it too.
///
/// `redis://` is unencrypted: use it on loopback or in a private network. For `rediss://`, add the crate
/// `redis` with one of its TLS features to your own dependencies.
///
/// The stores of many users share their connections: [`with_key`](Self::with_key).
#[derive(Clone)]
pub struct RedisStore(Arc<Inner>);

struct Inner {
    server: Arc<Server>,
    key: String,
    lease: Duration,
}

struct Server {
    client: Client,
    /// Those that nobody uses.
    idle: Mutex<Vec<Connection>>,
}

impl RedisStore {
    /// A store at a URL such as `redis://:password@127.0.0.1:6379/0`, under this key. Nothing is
    /// connected yet.
    ///
    /// # Errors
    ///
    /// [`StoreErrorKind::Other`] if the URL is none of Redis. It never holds the URL.
    pub fn open(url: &str, key: impl Into<String>) -> Result<Self, StoreError> {
        let key = key.into();
        let client = Client::open(url).map_err(|_| {
            let what = "the URL is not like redis://host:6379".to_owned();
            StoreError::new(StoreErrorKind::Other(what), place(&key))
        })?;
        let server = Arc::new(Server { client, idle: Mutex::default() });
        Ok(Self(Arc::new(Inner { server, key, lease: LEASE })))
    }

    /// The store of another user on the same server, under another key. It shares the connections:
    /// there are as many as are used at once, and at most eight of them are kept.
    ///
    /// ```
    /// use bearer::RedisStore;
    ///
    /// let alice = RedisStore::open("redis://127.0.0.1:6379", "x-tokens:alice")?;
    /// let bob = alice.with_key("x-tokens:bob");
    /// # let _ = bob;
    /// # Ok::<(), bearer::StoreError>(())
    /// ```
    #[must_use]
    pub fn with_key(&self, key: impl Into<String>) -> Self {
        let Inner { server, lease, .. } = &*self.0;
        Self(Arc::new(Inner { server: Arc::clone(server), key: key.into(), lease: *lease }))
    }

    /// Lets locks hold for another time than 60 seconds. It should be longer than a request for new
    /// tokens can take, by the timeout of the HTTP client: 30 seconds, where one of this workspace's
    /// clients sends it, or its own timeout if that is longer.
    #[must_use]
    pub fn with_lease(self, lease: Duration) -> Self {
        let Inner { server, key, .. } = &*self.0;
        Self(Arc::new(Inner { server: Arc::clone(server), key: key.clone(), lease }))
    }
}

impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStore")
            .field("key", &self.0.key)
            .field("lease", &self.0.lease)
            .finish_non_exhaustive()
    }
}

impl TokenStore for RedisStore {
    fn place(&self) -> String {
        place(&self.0.key)
    }

    fn load(&self) -> Result<Option<Stored>, StoreError> {
        let text: Option<String> = self.0.run(cmd("GET").arg(&self.0.key))?;
        Ok(text.map(Stored::from_text))
    }

    fn swap(&self, read: Option<&Stored>, new: Option<&Stored>) -> Result<Swap, StoreError> {
        let mut script = eval(SWAP, &self.0.key);
        for stored in [read, new] {
            script.arg(u8::from(stored.is_some())).arg(stored.map_or("", Stored::expose));
        }
        Ok(if self.0.run(&script)? { Swap::Done } else { Swap::Conflict })
    }

    fn try_lock(&self) -> Result<Option<Box<dyn StoreLock>>, StoreError> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|_| {
            let what = "the operating system gives no random bytes".to_owned();
            StoreError::new(StoreErrorKind::Other(what), self.place())
        })?;
        let lock = Lock {
            store: Arc::clone(&self.0),
            owner: format!("{:032x}", u128::from_ne_bytes(random)),
        };
        Ok(if lock.run(LOCK)? { Some(Box::new(lock)) } else { None })
    }
}

struct Lock {
    store: Arc<Inner>,
    owner: String,
}

impl Lock {
    fn run(&self, script: &str) -> Result<bool, StoreError> {
        let lease = u64::try_from(self.store.lease.as_millis()).unwrap_or(u64::MAX);
        let key = format!("{}:lock", self.store.key);
        self.store.run(eval(script, &key).arg(&self.owner).arg(lease))
    }
}

impl StoreLock for Lock {
    fn lease(&self) -> Option<Duration> {
        Some(self.store.lease)
    }

    fn extend(&mut self) -> Result<bool, StoreError> {
        self.run(EXTEND)
    }
}

impl Drop for Lock {
    /// A server that cannot be reached ends the lock when its time is over. One that refused it, for
    /// somebody else has it, does not mind.
    fn drop(&mut self) {
        let _ = self.run(RELEASE);
    }
}

impl fmt::Debug for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lock").field("key", &self.store.key).finish_non_exhaustive()
    }
}

impl Inner {
    fn run<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, StoreError> {
        self.server.run(command).map_err(|error| self.error(&error))
    }

    /// The error without the server's text, which can repeat what it was sent.
    fn error(&self, error: &RedisError) -> StoreError {
        let kind = match (error.kind(), error.code()) {
            (ErrorKind::Io | ErrorKind::Server(ServerErrorKind::BusyLoading), _) => {
                StoreErrorKind::Unreachable
            }
            (ErrorKind::AuthenticationFailed, _)
            | (ErrorKind::Server(ServerErrorKind::ReadOnly | ServerErrorKind::NoPerm), _)
            | (_, Some("NOAUTH" | "WRONGPASS")) => StoreErrorKind::Forbidden,
            (_, Some("OOM")) => StoreErrorKind::Full,
            (kind, _) => StoreErrorKind::Other(format!("the server refuses ({kind:?})")),
        };
        StoreError::new(kind, place(&self.key))
    }
}

impl Server {
    /// Sends a command that may be sent twice. A connection that the server has closed meanwhile is
    /// replaced, once.
    fn run<T: FromRedisValue>(&self, command: &Cmd) -> RedisResult<T> {
        // Out of the lock, so that nobody waits for the server on behalf of others.
        let kept = self.idle().pop();
        if let Some(mut connection) = kept {
            match command.query(&mut connection) {
                Err(error) if error.is_io_error() => {}
                answer => {
                    self.keep(connection);
                    return answer;
                }
            }
        }
        let mut connection = self.client.get_connection_with_timeout(TIMEOUT)?;
        connection.set_read_timeout(Some(TIMEOUT))?;
        connection.set_write_timeout(Some(TIMEOUT))?;
        let answer = command.query(&mut connection)?;
        self.keep(connection);
        Ok(answer)
    }

    fn keep(&self, connection: Connection) {
        let mut idle = self.idle();
        if idle.len() < IDLE {
            idle.push(connection);
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        // A thread that panicked has its connection with it, or has put it back.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn place(key: &str) -> String {
    format!("Redis, key {key}")
}

fn eval(script: &str, key: &str) -> Cmd {
    let mut command = cmd("EVAL");
    command.arg(script).arg(1).arg(key);
    command
}
