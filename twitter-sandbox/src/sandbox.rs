//! Starting a sandbox, talking to it from a test, and stopping it.

use std::fmt;
use std::io;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::access::{AppPermission, OWNER_NAME, Refreshes};
use crate::builder::Builder;
use crate::fault::Fault;
use crate::keys::{KeyKind, Keys, OWNER_ID};
use crate::ops::publish;
use crate::record::Received;
use crate::server::Shared;
use crate::streams::{Stream, StreamControl};
use crate::time::SECOND;
use crate::webhooks::Delivery;
use crate::world::Draft;

/// An X API on a loopback port, in a thread of its own; it stops when it is dropped.
///
/// It can be used from blocking and from async code alike.
pub struct Sandbox {
    pub(crate) base_url: String,
    pub(crate) keys: Keys,
    pub(crate) shared: Shared,
    pub(crate) stop: Option<oneshot::Sender<()>>,
    pub(crate) thread: Option<JoinHandle<()>>,
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

    /// Base URL and credentials by the names of environment variables under which this workspace's
    /// examples and command look for them.
    pub fn variables(&self) -> [(&'static str, &str); 8] {
        let keys = &self.keys;
        [
            ("X_BASE_URL", &self.base_url),
            ("X_API_KEY", &keys.api_key),
            ("X_API_SECRET", &keys.api_secret),
            ("X_ACCESS_TOKEN", &keys.access_token),
            ("X_ACCESS_TOKEN_SECRET", &keys.access_token_secret),
            ("X_BEARER_TOKEN", &keys.bearer_token),
            ("X_CLIENT_ID", &keys.client_id),
            ("X_CLIENT_SECRET", &keys.client_secret),
        ]
    }

    /// The id of the account that owns the App: the one that the user tokens stand for.
    pub fn owner_id(&self) -> u64 {
        OWNER_ID
    }

    /// The requests received so far, oldest first. Of more than 10,000, the oldest are forgotten.
    pub fn requests(&self) -> Vec<Received> {
        self.shared.engine().received.iter().cloned().collect()
    }

    /// How many requests were received so far, those that are forgotten among them.
    pub fn request_count(&self) -> u64 {
        self.shared.engine().requests
    }

    /// How many connections are open to streams, of whichever kind.
    pub fn open_streams(&self) -> usize {
        let engine = self.shared.engine();
        engine.world.streams.connections.iter().filter(|connection| connection.is_open()).count()
    }

    /// Makes the reply to the next request go wrong. Faults queue up: each spoils one reply.
    ///
    /// The operation itself is not carried out, except under [`Fault::Delay`] and
    /// [`Fault::LoseReply`].
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
    /// verifier, or the PIN of an `oob` token; `None` if the sandbox does not know this token.
    pub fn approve(&self, oauth_token: &str) -> Option<String> {
        self.shared.engine().access.handshake.approve(oauth_token)
    }

    /// Consents to an OAuth 2.0 authorization as the owner would in the browser: takes the URL of
    /// the page, and returns the redirect URI with `state` and `code`.
    ///
    /// # Errors
    ///
    /// What the page would say of a request that is wrong.
    pub fn approve_oauth2(&self, authorize_url: &str) -> Result<String, String> {
        self.approve_oauth2_as(OWNER_NAME, authorize_url)
    }

    /// The same as any user of the sandbox, by username: the tokens are this user's, and so are the
    /// rate limits.
    ///
    /// # Errors
    ///
    /// As [`approve_oauth2`](Self::approve_oauth2), or that there is no such user.
    pub fn approve_oauth2_as(&self, username: &str, authorize_url: &str) -> Result<String, String> {
        let mut engine = self.shared.engine();
        let now = engine.now();
        let user = engine.world.user_named(username).map(|user| user.id);
        let user = user.ok_or_else(|| format!("the sandbox has no user @{username}"))?;
        let outcome = engine.access.approve_oauth2(authorize_url, user, now);
        outcome.map_err(|problem| problem.reason)
    }

    /// The redirect URIs and callbacks that are registered for the App.
    pub fn redirect_uris(&self) -> Vec<String> {
        self.shared.engine().access.redirect_uris.clone()
    }

    /// How often refresh tokens were used so far.
    pub fn refreshes(&self) -> Refreshes {
        self.shared.engine().access.oauth2.refreshes
    }

    /// How long OAuth 2.0 access tokens live that are issued from now on; 2 hours unless this is
    /// called. `expires_in` counts whole seconds.
    pub fn set_access_token_lifetime(&self, lifetime: Duration) {
        self.shared.engine().access.oauth2.set_lifetime(lifetime);
    }

    /// Changes the App's permission. OAuth 1.0a tokens that exist keep what they have, as with X:
    /// the user signs in again, or the console regenerates the token.
    pub fn set_app_permission(&self, permission: AppPermission) {
        self.shared.engine().access.app_permission = permission;
    }

    /// Takes the App out of its Project, or puts it back: every operation answers 403 with
    /// `client-not-enrolled` while it is out.
    pub fn set_enrolled(&self, enrolled: bool) {
        self.shared.engine().access.enrolled = enrolled;
    }

    /// Draws a key anew, as the console does on "Regenerate": the old one is refused from now on,
    /// and [`keys`](Self::keys) holds the new one.
    ///
    /// # Errors
    ///
    /// Fails if the operating system gives no random bytes.
    pub fn regenerate(&mut self, kind: KeyKind) -> io::Result<()> {
        self.keys = self.shared.engine().access.regenerate(kind)?;
        Ok(())
    }

    /// How long the videos and GIFs are processed that are uploaded from now on, by the sandbox's
    /// clock; 1 second unless this is called.
    pub fn set_media_processing(&self, time: Duration) {
        let millis = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        self.shared.engine().world.processing.takes = millis;
    }

    /// Makes the processing of the next uploaded file fail, if it is a video or a GIF. Each call
    /// spoils one file.
    pub fn fail_next_media(&self) {
        self.shared.engine().world.processing.failing += 1;
    }

    /// How long the compliance jobs take that get their ids from now on, by the sandbox's clock; 1 second
    /// unless this is called.
    pub fn set_compliance_processing(&self, time: Duration) {
        let millis = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        self.shared.engine().world.jobs.takes = millis;
    }

    /// Makes the next compliance job that gets its ids fail. Each call spoils one job.
    pub fn fail_next_compliance_job(&self) {
        self.shared.engine().world.jobs.failing += 1;
    }

    /// Whether the segments of an upload are these bytes. The sandbox keeps no file, but knows the
    /// hash of each segment.
    pub fn holds_media(&self, media_id: u64, content: &[u8]) -> bool {
        let engine = self.shared.engine();
        engine.world.uploads.get(&media_id).is_some_and(|upload| upload.holds(content))
    }

    /// Posts a text on behalf of the App's owner, as `POST /2/tweets` does, and returns the post's id.
    /// Streams carry it.
    pub fn publish(&self, text: &str) -> u64 {
        self.publish_as(OWNER_ID, text)
    }

    /// The same on behalf of any user of the sandbox, by id.
    pub fn publish_as(&self, author: u64, text: &str) -> u64 {
        let mut engine = self.shared.engine();
        let now = engine.now();
        let draft = Draft { author, text: text.to_owned(), ..Draft::default() };
        publish(&mut engine.world, draft, now)
    }

    /// Publishes posts that say `numbered post 1`, `numbered post 2` and so on; the next call goes on
    /// from there. Returns their ids in this order.
    pub fn publish_numbered(&self, count: usize) -> Vec<u64> {
        let next = || {
            let mut engine = self.shared.engine();
            engine.world.streams.numbered += 1;
            engine.world.streams.numbered
        };
        (0..count).map(|_| self.publish(&format!("numbered post {}", next()))).collect()
    }

    /// What a test may do to a stream: make it misbehave, send any line, close it.
    ///
    /// ```
    /// use std::io::{BufRead as _, BufReader};
    /// use std::time::Duration;
    /// use twitter_sandbox::{Disconnect, Sandbox, Stream};
    ///
    /// let sandbox = Sandbox::builder().keep_alive(Duration::from_millis(50)).start()?;
    /// let bearer = format!("Bearer {}", sandbox.keys().bearer_token);
    /// let url = format!("{}/2/tweets/search/stream", sandbox.base_url());
    /// ureq::post(format!("{url}/rules"))
    ///     .header("authorization", &bearer)
    ///     .header("content-type", "application/json")
    ///     .send(r#"{"add":[{"value":"numbered","tag":"all"}]}"#)?;
    /// let reply = ureq::get(&url).header("authorization", &bearer).call()?;
    /// let stream = sandbox.stream(Stream::Filtered);
    /// assert!(stream.wait_connected(1, Duration::from_secs(5)));
    /// sandbox.publish_numbered(2);
    /// stream.disconnect(Disconnect::Operational);
    /// let mut lines = Vec::new();
    /// for line in BufReader::new(reply.into_body().into_reader()).lines() {
    ///     lines.extend(Some(line?).filter(|line| !line.is_empty())); // a keep-alive is empty
    /// }
    /// assert!(lines[0].contains(r#""text":"numbered post 1""#));
    /// assert!(lines[1].contains(r#""tag":"all""#));
    /// assert!(lines[2].contains(r#""disconnect_type":"OperationalDisconnect""#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn stream(&self, stream: Stream) -> StreamControl {
        StreamControl::new(self.shared.clone(), stream)
    }

    /// Sends an event to every webhook that is registered and valid, and returns how many there are.
    /// The body is signed and sent as it is; JSON is expected of it, and not checked.
    pub fn send_webhook(&self, body: &str) -> usize {
        let mut engine = self.shared.engine();
        let now = engine.now();
        let webhooks = &mut engine.world.webhooks;
        let ids: Vec<u64> = webhooks.list.iter().map(|webhook| webhook.id).collect();
        ids.into_iter().filter(|id| webhooks.send_text(*id, body.to_owned(), now)).count()
    }

    /// The attempts so far to deliver events to webhooks, oldest first. Of more than 10,000, the oldest
    /// are forgotten.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.shared.engine().world.webhooks.deliveries.iter().cloned().collect()
    }

    /// Moves the sandbox's clock to this many seconds ahead of the system's, or behind it.
    pub fn set_clock_offset(&self, seconds: i64) {
        self.shared.engine().clock_offset = seconds.saturating_mul(SECOND);
    }

    /// Moves the sandbox's clock on, as if that time had passed.
    pub fn advance(&self, time: Duration) {
        let millis = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        let mut engine = self.shared.engine();
        engine.clock_offset = engine.clock_offset.saturating_add(millis);
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
