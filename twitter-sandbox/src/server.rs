//! Carries requests and replies between the server library and the engine.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::serve::ListenerExt as _;
use futures_util::stream;

use crate::engine::Engine;
use crate::exchange::{Answer, Content, Inbound};
use crate::problem::Problem;
use crate::webhooks;

/// The largest body that the sandbox reads.
const BODY_LIMIT: usize = 8 * 1024 * 1024;

/// An engine that the server's thread and the user's share.
#[derive(Clone)]
pub(crate) struct Shared {
    engine: Arc<Mutex<Engine>>,
    address: SocketAddr,
}

impl Shared {
    pub(crate) fn new(engine: Engine, address: SocketAddr) -> Self {
        Self { engine: Arc::new(Mutex::new(engine)), address }
    }

    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn engine(&self) -> MutexGuard<'_, Engine> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Serves until it is dropped.
pub(crate) async fn serve(
    listener: tokio::net::TcpListener,
    shared: Shared,
) -> std::io::Result<()> {
    // A line of a stream does not wait for the next one.
    let listener = listener.tap_io(|stream| {
        // Without it, lines are late, and that is all.
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, Router::new().fallback(handle).with_state(shared)).await
}

async fn handle(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    // A body that announces too much is refused before it comes.
    let announced = HttpBody::size_hint(&body).lower();
    let body =
        if announced > BODY_LIMIT as u64 { None } else { to_bytes(body, BODY_LIMIT).await.ok() };
    let Some(body) = body else {
        let problem = Problem::blank(413, "Payload Too Large", "Payload Too Large");
        return response(problem.answer().header("date", shared.engine().now().http_date()));
    };
    let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let authority = parts.uri.authority().map(|authority| authority.as_str());
    let inbound = Inbound {
        host: authority.or(host).map_or_else(|| shared.address.to_string(), str::to_owned),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        method: parts.method,
        headers: parts.headers,
        body,
    };
    let (mut answer, fault) = shared.engine().respond(&inbound);
    if let Some(challenge) = answer.challenge.take() {
        let settled = webhooks::answer(&shared, challenge).await;
        shared.engine().settled(&inbound.path, settled.status);
        answer = Answer { headers: answer.headers, ..settled };
    }
    let wait = fault.map_or(Duration::ZERO, |fault| fault.delay());
    if !wait.is_zero() {
        tokio::time::sleep(wait).await;
    }
    response(answer)
}

fn response(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let Content { media_type, bytes, cut } = answer.content;
    let length = bytes.len();
    let body = match answer.feed {
        Some(_) if cut => half(Vec::new()),
        Some(feed) => feed.into_body(),
        None if cut => half(bytes),
        None => Body::from(bytes),
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    if cut && length > 0 {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    for (name, value) in answer.headers {
        // What cannot be a header is left out: faults bring values of the user's own.
        if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    response
}

/// The first half of a body, then an error, which makes the server close the connection.
fn half(mut bytes: Vec<u8>) -> Body {
    bytes.truncate(bytes.len() / 2);
    let steps = [Some(Bytes::from(bytes)), None];
    Body::from_stream(stream::unfold(steps.into_iter(), |mut steps| async {
        let item = match steps.next()? {
            Some(bytes) => Ok(bytes),
            None => {
                // Long enough for the first half to leave before the connection closes.
                tokio::time::sleep(Duration::from_millis(20)).await;
                Err(std::io::Error::other("cut on purpose"))
            }
        };
        Some((item, steps))
    }))
}
