//! `twitter webhook`: events that X sends to an address, as lines of JSON.
//!
//! The server is axum, since the sandbox, which is part of the command, brings it along.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::{mpsc, oneshot};
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use twitter_types::auth::{KeyName, Secret};
use twitter_types::recent::Recent;
use twitter_types::webhook::{Event, Receiver};
use twitter_types::webhooks;

use crate::args;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{self, note};
use crate::signals::{self, Signals};

/// X waits ten seconds for an answer: less, so that it hears of a delay.
const PATIENCE: Duration = Duration::from_secs(9);

/// How long requests may take that are under way when the command is to end.
const GRACE: Duration = Duration::from_secs(2);

/// The longest delivery that is read, in bytes.
const LONGEST: usize = 4 << 20;

/// As many deliveries are known again when X repeats them.
const REMEMBERED: usize = 100_000;

/// Prints what is delivered until the command is asked to end.
pub(crate) fn listen(context: &Context, options: &args::Listen) -> Result<(), Failure> {
    if !options.path.starts_with('/') {
        return Err(Failure::usage("--path begins with a slash, as in /webhook"));
    }
    let (sender, failed) = mpsc::channel(1);
    let server = Arc::new(Server {
        path: options.path.clone(),
        receiver: receiver(context)?,
        recent: Mutex::new(Recent::new(REMEMBERED)),
        failed: sender,
    });
    let address = SocketAddr::new(options.address, options.port);
    let listener = TcpListener::bind(address)
        .map_err(|error| Failure::here(format!("cannot listen on {address}: {error}")))?;
    note!("Listening at http://{}{}. Ctrl-C ends it.", listener.local_addr()?, options.path);
    let (refused, is_refused) = oneshot::channel();
    let runtime = signals::runtime()?;
    thread::scope(|scope| {
        // X calls while it is asked to register the address.
        scope.spawn(move || {
            let outcome = options.register.as_ref().map_or(Ok(()), |url| register(context, url));
            if let Err(failure) = outcome {
                // Without a receiver, the command has ended.
                let _ = refused.send(failure);
            }
        });
        let outcome = runtime.block_on(serve(listener, server, failed, is_refused));
        runtime.shutdown_timeout(GRACE);
        outcome
    })
}

/// Knows the secret that X signs with: the API secret, or the Client Secret where that is all.
fn receiver(context: &Context) -> Result<Receiver, Failure> {
    let key = |name| context.keys.value(name).filter(|key: &&Secret| !key.expose().is_empty());
    match (key(KeyName::ApiSecret), key(KeyName::ClientSecret)) {
        (Some(secret), _) => Ok(Receiver::new(secret)?),
        (None, Some(secret)) => Ok(Receiver::of_client(secret)?),
        (None, None) => Err(Failure::no_credential(
            "what X sends is signed with the App's API Key Secret: set X_API_SECRET, or write it \
             into the key file",
        )),
    }
}

/// Has X know the address, or check it once more if X knows it.
fn register(context: &Context, url: &str) -> Result<(), Failure> {
    let client = context.client()?;
    let known = client.send(&webhooks::All::new()).map_err(|error| context.failure(error))?;
    let known = known.body.data.into_iter().find(|webhook| webhook.url.as_deref() == Some(url));
    if let Some(id) = known.and_then(|webhook| webhook.id) {
        client.send(&webhooks::Validate::new(id)).map_err(|error| context.failure(error))?;
        note!("X knows {url} as webhook {id}, and has been asked to check it again.");
        return Ok(());
    }
    let create = webhooks::Create::new(url.to_owned());
    let webhook = client.send(&create).map_err(|error| context.failure(error))?.body.data;
    let id = webhook.and_then(|webhook| webhook.id).map(|id| id.to_string()).unwrap_or_default();
    let delete = context.command(&format!("call webhooks.delete --webhook_id {id}"));
    note!("Registered {url} as webhook {id}, which stays: {delete} ends it.");
    Ok(())
}

/// Serves until the command is asked to end, nothing can be printed any more, or X does not register
/// the address.
async fn serve(
    listener: TcpListener,
    server: Arc<Server>,
    mut failed: mpsc::Receiver<io::Error>,
    refused: oneshot::Receiver<Failure>,
) -> Result<(), Failure> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let mut signals = Signals::new()?;
    let (over, is_over) = oneshot::channel::<()>();
    let router = Router::new().fallback(answer).with_state(server);
    let serving = axum::serve(listener, router).with_graceful_shutdown(async {
        let _ = is_over.await;
    });
    let serving = tokio::spawn(async move { serving.await });
    let refused = async {
        match refused.await {
            Ok(failure) => failure,
            Err(_) => std::future::pending().await,
        }
    };
    let outcome = tokio::select! {
        () = signals.next() => Ok(()),
        Some(error) = failed.recv() => Err(error.into()),
        failure = refused => Err(failure),
    };
    drop(over);
    // Connections that are open without a request are closed after that.
    let _ = timeout(GRACE, serving).await;
    outcome
}

struct Server {
    path: String,
    receiver: Receiver,
    recent: Mutex<Recent>,
    /// Takes why standard output takes nothing any more.
    failed: mpsc::Sender<io::Error>,
}

async fn answer(State(server): State<Arc<Server>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    if head.uri.path() != server.path {
        return StatusCode::NOT_FOUND.into_response();
    }
    match head.method {
        Method::GET => server.challenge(head.uri.query().unwrap_or_default()),
        Method::POST => match timeout(PATIENCE, server.event(&head.headers, body)).await {
            Ok(status) => status.into_response(),
            Err(_) => {
                note!("A delivery took too long to arrive or to be printed: answered with 503.");
                StatusCode::SERVICE_UNAVAILABLE.into_response()
            }
        },
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

impl Server {
    fn challenge(&self, query: &str) -> Response {
        match self.receiver.answer_crc(query) {
            Ok(json) => {
                note!("Answered a challenge.");
                ([(header::CONTENT_TYPE, "application/json")], json).into_response()
            }
            Err(error) => refuse(error.status(), &error).into_response(),
        }
    }

    /// Prints an event, and says what to answer: 200 only to what has been printed.
    async fn event(&self, headers: &HeaderMap, body: Body) -> StatusCode {
        let Ok(body) = to_bytes(body, LONGEST).await else {
            return refuse(
                StatusCode::PAYLOAD_TOO_LARGE,
                &"the body broke off, or is longer than 4 MiB",
            );
        };
        let id = match self.receiver.read(headers, &body) {
            Ok(event) => Event::id(&event),
            Err(error) => return refuse(error.status(), &error),
        };
        // Before it is printed, since X may repeat it while that takes its time.
        if id.as_ref().is_some_and(|id| !self.recent().insert(id)) {
            return StatusCode::OK;
        }
        match spawn_blocking(move || print(&body)).await {
            Ok(Ok(())) => StatusCode::OK,
            Ok(Err(error)) => {
                // One is enough to end the command, and X sends the event to the next one again.
                let _ = self.failed.try_send(error);
                StatusCode::SERVICE_UNAVAILABLE
            }
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn recent(&self) -> impl std::ops::DerefMut<Target = Recent> + '_ {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn refuse(status: StatusCode, why: &dyn std::fmt::Display) -> StatusCode {
    note!("Refused a request with {}: {why}.", status.as_u16());
    status
}

/// Prints a body as it came, on one line: within JSON, the end of a line is a space.
fn print(body: &Bytes) -> io::Result<()> {
    let ends = |byte: &u8| if matches!(byte, b'\n' | b'\r') { b' ' } else { *byte };
    let mut line: Vec<_> = body.trim_ascii().iter().map(ends).collect();
    line.push(b'\n');
    output::print(&line)
}
