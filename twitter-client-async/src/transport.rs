//! Moving requests and responses.

mod download;
mod pieces;
mod source;

pub(crate) use pieces::pieces;
pub(crate) use source::Source;

use std::{
    fmt,
    ops::ControlFlow,
    pin::pin,
    sync::{Arc, OnceLock},
    time::Duration,
};

use http::{
    HeaderValue, Method, Request,
    header::{CONTENT_LENGTH, USER_AGENT},
};
use reqwest::{Client as Agent, redirect::Policy};
use tracing::{Instrument as _, Span};
use twitter_types::endpoint::{
    Begun, Download, Flow, Incoming, Moment, Response, Route, Step, Tape, TransportError,
    TransportErrorKind, UserAgent, Work, policy::TimeLeft, trace,
};

use crate::{failure, renewal::finished, tls};

/// What moves requests and responses: connections, and how long to wait for them.
///
/// It also sends what is no operation, such as the exchange of keys for a token:
///
/// ```
/// use bearer::App;
/// use twitter_client_async::{Client, Transport};
/// use twitter_types::auth::AppToken;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = twitter_sandbox::Sandbox::start()?;
/// # let (key, secret) = (sandbox.keys().api_key.clone(), sandbox.keys().api_secret.clone());
/// # let base_url: twitter_types::endpoint::BaseUrl = sandbox.base_url().parse()?;
/// let transport = Transport::default();
/// let app = App::new(key, secret)?;
/// # let app = app.with_base_url(base_url.clone());
/// let token = App::read_token(transport.send(app.token_request()).await?)?;
/// let client = Client::new(AppToken::from(token)).with_transport(transport);
/// # let client = client.with_base_url(base_url);
/// # client.send(&twitter_types::users::ById::new(2244994945)).await?;
/// # Ok(())
/// # }
/// ```
///
/// By default it waits 10 seconds for a connection and 30 for a call in all, trusts the
/// certificates that the operating system trusts, and uses the proxy that the environment names.
/// It follows no redirect, and sends plain http to this machine only, past any proxy.
///
/// A clone is cheap and shares the connections.
#[derive(Clone)]
pub struct Transport {
    agents: Agents,
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
    /// A limit on each read beside it is a matter of a `reqwest::Client` of your own, with `read_timeout`.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
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
    /// use twitter_client_async::{Client, Transport};
    /// use twitter_types::endpoint::{Recorder, Recording};
    /// use twitter_types::{auth::AppToken, users};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = twitter_sandbox::Sandbox::start()?;
    /// # let token = &sandbox.keys().bearer_token;
    /// # let path = std::env::temp_dir().join(format!("async-{}.jsonl", std::process::id()));
    /// # let path = path.to_str().ok_or("path")?;
    /// // Once, with keys and a network; `path` is tests/lookup.jsonl, say:
    /// let recording = Transport::default().with_tape(Recorder::create(path)?);
    /// let client = Client::new(AppToken::new(token)?).with_transport(recording);
    /// # let client = client.with_base_url(sandbox.base_url().parse()?);
    /// client.send(&users::ById::new(2244994945)).await?;
    ///
    /// // In the tests, without either:
    /// let replaying = Transport::default().with_tape(Recording::open(path)?);
    /// let client = Client::new(AppToken::new("any")?).with_transport(replaying);
    /// let user = client.send(&users::ById::new(2244994945)).await?.body.data.ok_or("nobody")?;
    /// assert_eq!(user.username.ok_or("no name")?.as_str(), "XDevelopers");
    /// # std::fs::remove_file(path)?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_tape(self, tape: impl Into<Tape>) -> Self {
        Self { tape: tape.into(), ..self }
    }

    /// Sends a request, and waits for the response, whatever its status.
    ///
    /// The future can be dropped at any point: at most the response is lost.
    ///
    /// # Errors
    ///
    /// If there is no response, or not all of it; [`TransportError::kind`] says how that came.
    pub async fn send<B: AsRef<[u8]>>(
        &self,
        request: Request<B>,
    ) -> Result<Response, TransportError> {
        let span = trace::span(None, &request);
        self.exchange(request.map(|body| body.as_ref().to_vec()), &span).await
    }

    /// Goes through a flow to its end: sends, renews and waits as it says.
    pub async fn run<F: Flow>(&self, mut flow: F) -> F::Output {
        let mut moment = Moment::now();
        loop {
            let request = match self.advance(&mut flow, moment).await {
                ControlFlow::Continue(request) => request,
                ControlFlow::Break(output) => return output,
            };
            let span = trace::span(flow.operation(), &request);
            let outcome = self.exchange(request, &span).await;
            moment = Moment::now();
            span.in_scope(|| flow.receive(&moment, outcome));
        }
    }

    /// Goes through a flow to its next request, or to its end.
    async fn advance<F: Flow>(
        &self,
        flow: &mut F,
        mut moment: Moment<'_>,
    ) -> ControlFlow<F::Output, Request<Vec<u8>>> {
        loop {
            match flow.step(&moment) {
                Step::Renew(session) => flow.renewed(self.renew(&session).await),
                Step::Work(work) => off_thread(work).await,
                Step::Wait(pause) => tokio::time::sleep(pause).await,
                Step::Send(request) => return ControlFlow::Continue(request),
                Step::Done(output) => return ControlFlow::Break(output),
            }
            moment = Moment::now();
        }
    }

    pub(crate) async fn exchange(
        &self,
        request: Request<Vec<u8>>,
        span: &Span,
    ) -> Result<Response, TransportError> {
        let outcome = match self.tape.begin(&request) {
            Begun::Answered(outcome) => outcome,
            Begun::Send(pending) => {
                let outcome = self.in_time(request).instrument(span.clone()).await;
                pending.end(&outcome);
                outcome
            }
        };
        outcome
            .inspect(|response| trace::answered(span, response.status()))
            .inspect_err(|error| trace::unanswered(span, error))
    }

    /// For a request whose answer is lost for good if it comes too late or is too long.
    pub(crate) fn patient(&self) -> Self {
        Self {
            timeout: Some(self.timeout.unwrap_or_default().max(Self::TIMEOUT)),
            body_limit: self.body_limit.max(Incoming::LIMIT),
            ..self.clone()
        }
    }

    /// The response, unless the deadline of its call comes first.
    async fn in_time(&self, request: Request<Vec<u8>>) -> Result<Response, TransportError> {
        let left = TimeLeft::of(&request);
        // In one place for both ways: what is moved while it waits would be held twice by every call.
        let response = pin!(self.response(request));
        match left {
            Some(left) => tokio::time::timeout(left, response)
                .await
                .unwrap_or_else(|_| Err(TransportErrorKind::Timeout.into())),
            None => response.await,
        }
    }

    async fn response(&self, request: Request<Vec<u8>>) -> Result<Response, TransportError> {
        let opened = self.answer(request, self.timeout).await?;
        self.read(opened).await
    }

    /// The head of an answer whose body is endless: something must come within `silence`.
    pub(crate) async fn open_stream(
        &self,
        operation: &'static str,
        request: Request<Vec<u8>>,
        silence: Duration,
    ) -> Result<Opened, TransportError> {
        self.tape.pass(&request)?;
        let span = trace::span(Some(operation), &request);
        let answer = self.answer(request, Some(ENDLESS)).instrument(span.clone());
        let timeout = self.timeout.map_or(silence, |timeout| timeout.min(silence));
        tokio::time::timeout(timeout, answer)
            .await
            .unwrap_or_else(|_| Err(TransportErrorKind::Timeout.into()))
            .inspect(|opened| trace::answered(&span, opened.head.status))
            .inspect_err(|error| trace::unanswered(&span, error))
    }

    /// The head of an answer, and what brings its body. Without a timeout the request has that of the
    /// reqwest client.
    async fn answer(
        &self,
        request: Request<impl Into<reqwest::Body>>,
        timeout: Option<Duration>,
    ) -> Result<Opened, TransportError> {
        let route = Route::of(request.uri())?;
        let mut request = to_reqwest(request)?;
        if let Some(user_agent) = &self.user_agent {
            request.headers_mut().entry(USER_AGENT).or_insert_with(|| user_agent.header());
        }
        *request.timeout_mut() = timeout;
        let agent = self.agents.on(route)?;
        let mut body = agent.execute(request).await.map_err(failure::of)?;
        Ok(Opened { head: head(&mut body), body })
    }

    pub(crate) async fn read(&self, opened: Opened) -> Result<Response, TransportError> {
        let mut incoming = Incoming::new(opened.head, self.body_limit)?;
        let outcome = read(opened.body, &mut incoming).await;
        incoming.finish(outcome)
    }
}

/// Longer than any program runs; without a timeout of its own, a request has that of reqwest's client.
const ENDLESS: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// An answer whose body is still to come.
pub(crate) struct Opened {
    pub(crate) head: http::response::Parts,
    pub(crate) body: reqwest::Response,
}

impl Default for Transport {
    fn default() -> Self {
        Self {
            agents: Agents::Own(Arc::default()),
            timeout: Some(Self::TIMEOUT),
            user_agent: UserAgent::new(Self::USER_AGENT).ok(),
            body_limit: Incoming::LIMIT,
            tape: Tape::default(),
            download_limit: Download::LIMIT,
        }
    }
}

impl From<Agent> for Transport {
    /// Sends by a client of yours, with its TLS, proxy, timeouts and user agent, and with its policy
    /// on redirects. reqwest takes the credential off a request that it redirects to another host
    /// or port, but repeats a body there; [`Policy::none`] follows none, as this crate's own does.
    fn from(client: Agent) -> Self {
        Self {
            agents: Agents::Given(client),
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

/// The reqwest clients: the user's, or ours, made when the first request needs one.
#[derive(Clone)]
enum Agents {
    Own(Arc<OwnAgents>),
    Given(Agent),
}

/// One client per way, because reqwest decides about TLS and proxies when it makes a client.
#[derive(Default)]
struct OwnAgents {
    remote: OnceLock<Agent>,
    local: OnceLock<Agent>,
    plain: OnceLock<Agent>,
}

impl Agents {
    fn on(&self, route: Route) -> Result<&Agent, TransportError> {
        let own = match self {
            Self::Given(agent) => return Ok(agent),
            Self::Own(own) => own,
        };
        let cell = match route {
            Route { encrypted: false, .. } => &own.plain,
            Route { loopback: true, .. } => &own.local,
            _ => &own.remote,
        };
        if let Some(agent) = cell.get() {
            return Ok(agent);
        }
        let agent = own_agent(route)?;
        Ok(cell.get_or_init(|| agent))
    }
}

fn own_agent(route: Route) -> Result<Agent, TransportError> {
    let tls = if route.encrypted { tls::system_roots() } else { tls::no_roots() };
    let tls = tls.map_err(|error| TransportError::new(TransportErrorKind::Connect, error))?;
    let agent = Agent::builder()
        .tls_backend_preconfigured(tls)
        .redirect(Policy::none())
        .connect_timeout(Transport::CONNECT_TIMEOUT);
    let agent = if route.loopback { agent.no_proxy() } else { agent };
    agent.build().map_err(failure::of)
}

async fn off_thread(work: Work) {
    finished(tokio::task::spawn_blocking(|| work.run())).await;
}

/// Signed or not, the URL is sent as it is: what reqwest's own type would change is an error.
fn to_reqwest(
    request: Request<impl Into<reqwest::Body>>,
) -> Result<reqwest::Request, TransportError> {
    let url = request.uri().clone();
    let request = request.map(Into::<reqwest::Body>::into);
    let is_empty = request.body().as_bytes().is_some_and(<[u8]>::is_empty);
    let says_nothing = is_empty && matches!(*request.method(), Method::POST | Method::PUT);
    let mut request = reqwest::Request::try_from(request).map_err(failure::of)?;
    if says_nothing {
        // RFC 9110, section 8.6: hyper leaves it out, and some servers answer 411 then.
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    if request.url().path() == url.path() && request.url().query() == url.query() {
        Ok(request)
    } else {
        let problem = "reqwest would send another URL than the one that was authorized";
        Err(TransportError::new(TransportErrorKind::Other, problem))
    }
}

/// The head of a response, as its own type has it; the body stays.
fn head(response: &mut reqwest::Response) -> http::response::Parts {
    let mut head = http::Response::new(());
    *head.status_mut() = response.status();
    *head.version_mut() = response.version();
    *head.headers_mut() = std::mem::take(response.headers_mut());
    head.into_parts().0
}

async fn read(
    mut response: reqwest::Response,
    incoming: &mut Incoming,
) -> Result<(), TransportError> {
    while let Some(piece) = response.chunk().await.map_err(failure::of)? {
        if !incoming.push(&piece)? {
            break;
        }
    }
    Ok(())
}
