//! Moving requests and responses.

mod download;
mod source;

pub(crate) use source::Source;

use std::{fmt, io::Read, ops::ControlFlow, thread, time::Duration};

use bearer::{Access, NoReply, RefreshError, Session};
use http::{HeaderMap, Method, Request, header::USER_AGENT, response::Parts};
use tracing::Span;
use twitter_types::endpoint::{
    Begun, Download, Flow, Incoming, Moment, Response, Route, Step, Tape, TransportError,
    UserAgent, policy::TimeLeft, trace,
};
use ureq::{
    Agent, AsSendBody, Body, Proxy,
    tls::{RootCerts, TlsConfig},
};

use crate::failure;

/// What moves requests and responses: connections, and how long to wait for them.
///
/// It also sends what is no operation, such as the exchange of keys for a token:
///
/// ```
/// use bearer::App;
/// use twitter_client_blocking::{Client, Transport};
/// use twitter_types::auth::AppToken;
///
/// # let sandbox = twitter_sandbox::Sandbox::start()?;
/// # let (key, secret) = (sandbox.keys().api_key.clone(), sandbox.keys().api_secret.clone());
/// # let base_url: twitter_types::endpoint::BaseUrl = sandbox.base_url().parse()?;
/// let transport = Transport::default();
/// let app = App::new(key, secret)?;
/// # let app = app.with_base_url(base_url.clone());
/// let token = App::read_token(transport.send(app.token_request())?)?;
/// let client = Client::new(AppToken::from(token)).with_transport(transport);
/// # let client = client.with_base_url(base_url);
/// # client.send(&twitter_types::users::ById::new(2244994945))?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// By default it waits 10 seconds for a connection and 30 for a call in all, trusts the
/// certificates that the operating system trusts, and uses the proxy that the environment names.
/// It follows no redirect, and sends plain http to this machine only, past any proxy.
///
/// A clone is cheap and shares the connections.
#[derive(Clone)]
pub struct Transport {
    agent: Agent,
    is_own: bool,
    timeout: Option<Duration>,
    user_agent: Option<UserAgent>,
    body_limit: usize,
    tape: Tape,
    download_limit: u64,
}

impl Transport {
    const TIMEOUT: Duration = Duration::from_secs(30);
    const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
    const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

    /// How long a call may take, from looking up the server's name to the last byte of the answer. The
    /// renewal of a session's token, if one comes first, has 30 seconds of its own, or more.
    ///
    /// A limit on each read beside it is a matter of a `ureq::Agent` of your own, with `timeout_per_read`.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        let agent = if self.is_own { own_agent(timeout) } else { self.agent };
        Self { agent, timeout: Some(timeout), ..self }
    }

    /// What to call this client, instead of this crate's name and version.
    #[must_use]
    pub fn with_user_agent(self, user_agent: UserAgent) -> Self {
        Self { user_agent: Some(user_agent), ..self }
    }

    /// The longest body to take, in bytes, after decompression; 32 MiB unless this is called.
    #[must_use]
    pub fn with_body_limit(self, bytes: usize) -> Self {
        Self { body_limit: bytes, ..self }
    }

    /// Records what is sent and received, or answers from a recording instead of sending. What is read
    /// in pieces, such as a stream or a download, is not recorded, and with a recording fails unsent.
    ///
    /// ```
    /// use twitter_client_blocking::{Client, Transport};
    /// use twitter_types::endpoint::{Recorder, Recording};
    /// use twitter_types::{auth::AppToken, users};
    ///
    /// # let sandbox = twitter_sandbox::Sandbox::start()?;
    /// # let token = &sandbox.keys().bearer_token;
    /// # let path = std::env::temp_dir().join(format!("blocking-{}.jsonl", std::process::id()));
    /// # let path = path.to_str().ok_or("path")?;
    /// // Once, with keys and a network; `path` is tests/lookup.jsonl, say:
    /// let recording = Transport::default().with_tape(Recorder::create(path)?);
    /// let client = Client::new(AppToken::new(token)?).with_transport(recording);
    /// # let client = client.with_base_url(sandbox.base_url().parse()?);
    /// client.send(&users::ById::new(2244994945))?;
    ///
    /// // In the tests, without either:
    /// let replaying = Transport::default().with_tape(Recording::open(path)?);
    /// let client = Client::new(AppToken::new("any")?).with_transport(replaying);
    /// let user = client.send(&users::ById::new(2244994945))?.body.data.ok_or("nobody")?;
    /// assert_eq!(user.username.ok_or("no name")?.as_str(), "XDevelopers");
    /// # std::fs::remove_file(path)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_tape(self, tape: impl Into<Tape>) -> Self {
        Self { tape: tape.into(), ..self }
    }

    /// Sends a request, and waits for the response, whatever its status.
    ///
    /// # Errors
    ///
    /// If there is no response, or not all of it; [`TransportError::kind`] says how that came.
    pub fn send<B: AsRef<[u8]>>(&self, request: Request<B>) -> Result<Response, TransportError> {
        let span = trace::span(None, &request);
        self.exchange(request, &span)
    }

    /// Goes through a flow to its end: sends, renews and waits as it says.
    pub fn run<F: Flow>(&self, mut flow: F) -> F::Output {
        let mut moment = Moment::now();
        loop {
            let request = match self.advance(&mut flow, moment) {
                ControlFlow::Continue(request) => request,
                ControlFlow::Break(output) => return output,
            };
            let span = trace::span(flow.operation(), &request);
            let outcome = self.exchange(request, &span);
            moment = Moment::now();
            span.in_scope(|| flow.receive(&moment, outcome));
        }
    }

    /// Goes through a flow to its next request, or to its end.
    fn advance<F: Flow>(
        &self,
        flow: &mut F,
        mut moment: Moment<'_>,
    ) -> ControlFlow<F::Output, Request<Vec<u8>>> {
        loop {
            match flow.step(&moment) {
                Step::Renew(session) => flow.renewed(self.renew(&session)),
                Step::Work(work) => work.run(),
                Step::Wait(pause) => thread::sleep(pause),
                Step::Send(request) => return ControlFlow::Continue(request),
                Step::Done(output) => return ControlFlow::Break(output),
            }
            moment = Moment::now();
        }
    }

    /// An access token of the session that works: the one in memory most of the time, or a new one.
    /// It waits while others renew it, and at least 30 seconds for each answer, whatever
    /// [`with_timeout`](Self::with_timeout) says: an answer that comes too late is lost, and the user
    /// would have to log in again.
    ///
    /// # Errors
    ///
    /// If there is none to be had; no token is lost by it.
    pub fn renew(&self, session: &Session) -> Result<Access, RefreshError> {
        let now = || Moment::now().seconds();
        let (transport, mut refresh) = (self.patient(), session.access_token());
        loop {
            match refresh.step(now()) {
                bearer::Step::Send(request) => {
                    let outcome = transport.send(request).map_err(|_| NoReply::new());
                    refresh.receive(now(), outcome);
                }
                bearer::Step::Wait(pause) => thread::sleep(pause),
                bearer::Step::Done(outcome) => return outcome,
            }
        }
    }

    /// For a request whose answer is lost for good if it comes too late or is too long.
    fn patient(&self) -> Self {
        let timeout = self.timeout.or_else(|| self.agent.config().timeouts().global);
        Self {
            timeout: Some(timeout.unwrap_or_default().max(Self::TIMEOUT)),
            body_limit: self.body_limit.max(Incoming::LIMIT),
            ..self.clone()
        }
    }

    pub(crate) fn exchange<B: AsRef<[u8]>>(
        &self,
        request: Request<B>,
        span: &Span,
    ) -> Result<Response, TransportError> {
        let outcome = match self.tape.begin(&request) {
            Begun::Answered(outcome) => outcome,
            Begun::Send(pending) => {
                let outcome = span.in_scope(|| self.response(request));
                pending.end(&outcome);
                outcome
            }
        };
        outcome
            .inspect(|response| trace::answered(span, response.status()))
            .inspect_err(|error| trace::unanswered(span, error))
    }

    fn response<B: AsRef<[u8]>>(&self, request: Request<B>) -> Result<Response, TransportError> {
        let route = Route::of(request.uri())?;
        let (mut head, body) = request.into_parts();
        self.name_user_agent(&mut head.headers);
        let body = body.as_ref();
        let bodiless = body.is_empty() && matches!(head.method, Method::GET | Method::DELETE);
        let response = if bodiless {
            self.run_agent(Request::from_parts(head, ()), route)
        } else {
            self.run_agent(Request::from_parts(head, body), route)
        };
        let (head, body) = response.map_err(failure::of)?.into_parts();
        self.read(head, body)
    }

    fn read(&self, head: Parts, body: Body) -> Result<Response, TransportError> {
        let mut incoming = Incoming::new(head, self.body_limit)?;
        let outcome = read(body, &mut incoming);
        incoming.finish(outcome)
    }

    /// The same transport with connections of its own, if they are not those of an agent of the user.
    pub(crate) fn apart(&self) -> Self {
        let timeout = self.timeout.unwrap_or(Self::TIMEOUT);
        let agent = if self.is_own { own_agent(timeout) } else { self.agent.clone() };
        Self { agent, ..self.clone() }
    }

    /// Closes all connections for good, unless they are those of an agent of the user.
    pub(crate) fn shut_down(&self) {
        if self.is_own {
            self.agent.clone().shutdown();
        }
    }

    fn name_user_agent(&self, headers: &mut HeaderMap) {
        if let Some(user_agent) = &self.user_agent {
            headers.entry(USER_AGENT).or_insert_with(|| user_agent.header());
        }
    }

    fn run_agent(
        &self,
        request: Request<impl AsSendBody>,
        route: Route,
    ) -> Result<http::Response<Body>, ureq::Error> {
        let config = self.agent.config();
        let past_proxy = route.loopback && config.proxy().is_some();
        let timeout = self.timeout.or_else(|| config.timeouts().global);
        let timeout = TimeLeft::of(&request).into_iter().chain(timeout).min();
        let is_set = config.max_redirects() == 0
            && !config.http_status_as_error()
            && config.timeouts().global == timeout;
        if is_set && !past_proxy {
            // ureq keeps its TLS set-up only for requests without a configuration of their own.
            return self.agent.run(request);
        }
        let proxy = if past_proxy { None } else { config.proxy().cloned() };
        let request = self
            .agent
            .configure_request(request)
            .max_redirects(0)
            .http_status_as_error(false)
            .proxy(proxy)
            .timeout_global(timeout);
        self.agent.run(request.build())
    }
}

impl Default for Transport {
    fn default() -> Self {
        Self {
            agent: own_agent(Self::TIMEOUT),
            is_own: true,
            timeout: Some(Self::TIMEOUT),
            user_agent: UserAgent::new(Self::USER_AGENT).ok(),
            body_limit: Incoming::LIMIT,
            tape: Tape::default(),
            download_limit: Download::LIMIT,
        }
    }
}

impl From<Agent> for Transport {
    /// Sends by an agent of yours, with its TLS, proxy, timeouts and user agent. Three things are
    /// not up to it: no redirect is followed, no status is an error of ureq's, and no request to
    /// this machine goes through a proxy. Set `max_redirects(0)` and `http_status_as_error(false)`
    /// yourself, and ureq need not prepare TLS anew for each connection.
    fn from(agent: Agent) -> Self {
        Self {
            agent,
            is_own: false,
            timeout: None,
            user_agent: None,
            body_limit: Incoming::LIMIT,
            tape: Tape::default(),
            download_limit: Download::LIMIT,
        }
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("timeout", &self.timeout)
            .field("user_agent", &self.user_agent)
            .field("body_limit", &self.body_limit)
            .finish_non_exhaustive()
    }
}

fn own_agent(timeout: Duration) -> Agent {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    Agent::config_builder()
        .tls_config(tls)
        .proxy(Proxy::try_from_env())
        .timeout_global(Some(timeout))
        .timeout_connect(Some(Transport::CONNECT_TIMEOUT))
        .max_redirects(0)
        .http_status_as_error(false)
        .user_agent(Transport::USER_AGENT)
        .build()
        .new_agent()
}

/// The most bytes that are read of a body at a time.
const PIECE: usize = 16 * 1024;

fn read(body: Body, incoming: &mut Incoming) -> Result<(), TransportError> {
    // No longer than the answer: filling it with zeros takes its time.
    let announced = body.content_length().and_then(|length| usize::try_from(length).ok());
    let mut piece = vec![0; announced.map_or(PIECE, |length| length.clamp(1, PIECE))];
    let mut reader = body.into_reader();
    loop {
        let length = reader.read(&mut piece).map_err(|error| failure::of(error.into()))?;
        if length == 0 || !incoming.push(&piece[..length])? {
            return Ok(());
        }
    }
}
