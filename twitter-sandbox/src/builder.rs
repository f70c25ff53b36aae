//! Settings of a sandbox, and its start.

use std::io;
use std::iter;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener};
use std::thread;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use crate::access::{Access, AppPermission, all_scopes};
use crate::engine::Engine;
use crate::keys::Keys;
use crate::limits::Settings;
use crate::sandbox::Sandbox;
use crate::server::{Shared, serve};
use crate::streams;
use crate::time::SECOND;
use crate::webhooks;

/// Settings of a sandbox, made by [`Sandbox::builder`].
#[derive(Clone, Debug, Default)]
pub struct Builder {
    port: u16,
    ipv6: bool,
    clock_offset: i64,
    keys: Option<Keys>,
    oauth2_scopes: Option<Vec<String>>,
    redirect_uris: Vec<String>,
    app_permission: AppPermission,
    limits: Settings,
    streams: streams::Settings,
    webhook_timeout: Option<Duration>,
    webhooks: Option<usize>,
}

/// The redirect URI that is always registered.
const REDIRECT_URI: &str = "http://127.0.0.1:8080/callback";

impl Builder {
    /// The port to listen on; 0, the default, means a free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Listens on `[::1]` instead of `127.0.0.1`.
    #[must_use]
    pub fn ipv6(mut self) -> Self {
        self.ipv6 = true;
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

    /// Registers one more redirect URI, which is also a callback of OAuth 1.0a, beside
    /// `http://127.0.0.1:8080/callback`. As with X, what a client asks for must be equal to one of
    /// them letter by letter, port and slash at the end included.
    #[must_use]
    pub fn redirect_uri(mut self, uri: &str) -> Self {
        self.redirect_uris.push(uri.to_owned());
        self
    }

    /// The App's permission, which [`Keys::access_token`] has too; the highest, unless this is
    /// called.
    #[must_use]
    pub fn app_permission(mut self, permission: AppPermission) -> Self {
        self.app_permission = permission;
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

    /// How long a stream is silent before it sends a keep-alive, an empty line; X's 20 seconds, unless
    /// this is called.
    #[must_use]
    pub fn keep_alive(mut self, interval: Duration) -> Self {
        self.streams.keep_alive = interval;
        self
    }

    /// How many bytes may wait for the reader of a stream before it is told that it is too slow, and
    /// disconnected; 32 MiB unless this is called. What the operating system buffers does not count.
    #[must_use]
    pub fn slow_reader(mut self, bytes: usize) -> Self {
        self.streams.room = bytes;
        self
    }

    /// How many connections each stream may have, or each partition of it. Unless this is called, it
    /// is 2 for the activity stream and 1 for every other.
    #[must_use]
    pub fn stream_connections(mut self, connections: usize) -> Self {
        self.streams.connections = Some(connections);
        self
    }

    /// Makes the sample streams carry everything, instead of a hundredth or a tenth.
    #[must_use]
    pub fn whole_samples(mut self) -> Self {
        self.streams.whole_samples = true;
        self
    }

    /// How long a webhook may take to answer, instead of 10 seconds. An event that is not answered with
    /// a 2xx by then is sent again after a tenth of that, three times in all.
    #[must_use]
    pub fn webhook_timeout(mut self, timeout: Duration) -> Self {
        self.webhook_timeout = Some(timeout);
        self
    }

    /// How many webhooks the App may have; 1, unless this is called.
    #[must_use]
    pub fn webhooks(mut self, most: usize) -> Self {
        self.webhooks = Some(most);
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
        let host: IpAddr =
            if self.ipv6 { Ipv6Addr::LOCALHOST.into() } else { Ipv4Addr::LOCALHOST.into() };
        let listener = TcpListener::bind((host, self.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let scopes = self.oauth2_scopes.unwrap_or_else(all_scopes);
        let redirect_uris = iter::once(REDIRECT_URI.to_owned()).chain(self.redirect_uris).collect();
        let access = Access::new(keys.clone(), scopes, redirect_uris, self.app_permission);
        let offset = self.clock_offset.saturating_mul(SECOND);
        let mut engine = Engine::new(access, self.limits, offset);
        engine.world.streams.settings = self.streams;
        let (outbox, outgoing) = mpsc::unbounded_channel();
        engine.world.webhooks.send_by(outbox);
        engine.world.webhooks.timeout = self.webhook_timeout;
        engine.world.webhooks.most = self.webhooks;
        let shared = Shared::new(engine, address);
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
                        () = webhooks::run(server.clone(), outgoing) => {}
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
