//! Starting a sandbox, talking to it from a test, and stopping it.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::access::Access;
use crate::engine::Engine;
use crate::fault::Fault;
use crate::keys::{Keys, OWNER_ID};
use crate::limits::Settings;
use crate::operations::OPERATIONS;
use crate::record::Received;
use crate::server::{Shared, serve};

/// An X API on a loopback port, in a thread of its own; it stops when it is dropped.
///
/// It can be used from blocking and from async code alike.
pub struct Sandbox {
    base_url: String,
    keys: Keys,
    shared: Shared,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// Starts a sandbox on a free port.
    ///
    /// # Errors
    ///
    /// Fails if no port can be opened, no thread can be started, or the operating system gives no
    /// random bytes for the keys.
    pub fn start() -> io::Result<Self> {
        Self::builder().start()
    }

    /// Settings for a sandbox that is not like the others.
    ///
    /// ```
    /// use std::time::Duration;
    /// use twitter_sandbox::Sandbox;
    ///
    /// let sandbox = Sandbox::builder()
    ///     .rate_limit("getUsersById", 3)
    ///     .window(Duration::from_millis(200))
    ///     .clock_offset(-600)
    ///     .start()?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where to send requests, such as `http://127.0.0.1:40123`, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The credentials that this sandbox accepts.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The id of the account that owns the App: the one that the user tokens stand for.
    pub fn owner_id(&self) -> u64 {
        OWNER_ID
    }

    /// The requests received so far, oldest first. Of more than 10,000, the oldest are forgotten.
    pub fn requests(&self) -> Vec<Received> {
        self.shared.engine().received.clone()
    }

    /// Makes the reply to the next request go wrong. Faults queue up: each spoils one reply.
    ///
    /// The operation itself is not carried out, except under [`Fault::Delay`].
    ///
    /// ```
    /// use twitter_sandbox::{Fault, Sandbox};
    ///
    /// let sandbox = Sandbox::start()?;
    /// sandbox.fail_next(Fault::Status(402, r#"{"title":"CreditsDepleted"}"#.to_owned()));
    /// let agent: ureq::Agent =
    ///     ureq::Agent::config_builder().http_status_as_error(false).build().into();
    /// assert_eq!(agent.get(sandbox.base_url()).call()?.status(), 402);
    /// assert_eq!(agent.get(sandbox.base_url()).call()?.status(), 404);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fail_next(&self, fault: Fault) {
        self.shared.engine().faults.push_back(fault);
    }

    /// Consents to an OAuth 1.0a request token as the owner would in the browser, and returns the
    /// verifier; `None` if the sandbox has not issued this token.
    pub fn approve(&self, oauth_token: &str) -> Option<String> {
        self.shared.engine().access.handshake.approve(oauth_token)
    }

    /// Moves the sandbox's clock to this many seconds ahead of the system's, or behind it.
    pub fn set_clock_offset(&self, seconds: i64) {
        self.shared.engine().clock_offset = seconds;
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Fails only if the thread is gone already.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Sandbox").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

/// Settings of a sandbox, made by [`Sandbox::builder`].
#[derive(Clone, Debug, Default)]
pub struct Builder {
    port: u16,
    clock_offset: i64,
    keys: Option<Keys>,
    oauth2_scopes: Option<Vec<String>>,
    limits: Settings,
}

impl Builder {
    /// The port to listen on; 0, the default, means a free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// How many seconds the sandbox's clock is ahead of the system's; negative if behind.
    #[must_use]
    pub fn clock_offset(mut self, seconds: i64) -> Self {
        self.clock_offset = seconds;
        self
    }

    /// The keys to accept, instead of random ones.
    #[must_use]
    pub fn keys(mut self, keys: Keys) -> Self {
        self.keys = Some(keys);
        self
    }

    /// The scopes of [`Keys::oauth2_user_token`]; all, unless this is called.
    #[must_use]
    pub fn oauth2_scopes(mut self, scopes: &[&str]) -> Self {
        self.oauth2_scopes = Some(scopes.iter().map(|scope| (*scope).to_owned()).collect());
        self
    }

    /// How many calls of an operation, named by its `operationId`, one window allows.
    #[must_use]
    pub fn rate_limit(mut self, operation: &str, calls: u32) -> Self {
        self.limits.per_window.insert(operation.to_owned(), calls);
        self
    }

    /// How many calls of an operation a user may make in 24 hours.
    #[must_use]
    pub fn daily_limit(mut self, operation: &str, calls: u32) -> Self {
        self.limits.per_day.insert(operation.to_owned(), calls);
        self
    }

    /// The length of a rate-limit window, instead of 15 minutes.
    #[must_use]
    pub fn window(mut self, length: Duration) -> Self {
        self.limits.window = Some(i64::try_from(length.as_millis()).unwrap_or(i64::MAX / 2).max(1));
        self
    }

    /// Starts the sandbox.
    ///
    /// # Errors
    ///
    /// Fails if a limit was set for an operation that the sandbox does not have, the port cannot be
    /// opened, no thread can be started, or the operating system gives no random bytes for the keys.
    pub fn start(self) -> io::Result<Sandbox> {
        if let Some(name) = self.limits.unknown() {
            let message = format!("a limit was set for an unknown operation: {name}");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let keys = self.keys.map_or_else(Keys::random, Ok)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let scopes = self.oauth2_scopes.unwrap_or_else(all_scopes);
        let access = Access::new(keys.clone(), scopes);
        let shared = Shared::new(Engine::new(access, self.limits, self.clock_offset), address);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let server = shared.clone();
        let thread =
            thread::Builder::new().name("twitter-sandbox".to_owned()).spawn(move || {
                runtime.block_on(async {
                    // Connections are tasks of the runtime: they end when it is dropped.
                    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
                    tokio::select! {
                        _ = stopped => {}
                        _ = serve(listener, server) => {}
                    }
                });
            })?;
        Ok(Sandbox {
            base_url: format!("http://{address}"),
            keys,
            shared,
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

/// Every scope that an operation needs, and the one for refresh tokens.
fn all_scopes() -> Vec<String> {
    let scopes = OPERATIONS.iter().flat_map(|operation| operation.scopes);
    let scopes: BTreeSet<_> = scopes.copied().chain(["offline.access", "users.email"]).collect();
    scopes.into_iter().map(str::to_owned).collect()
}
