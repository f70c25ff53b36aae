//! What `tracing` is told of a call, by either client: never a query, a header or a body.

use std::time::Duration;

use crate::endpoint::{Error, LimitKind, TransportError, policy::Wait};
use bearer::RefreshError;
use http::{Request, StatusCode};
use tracing::{Span, field::Empty, info, info_span, warn};

/// The span of a request, `x.request`, in OpenTelemetry's names for HTTP clients.
pub fn span<B>(operation: Option<&'static str>, request: &Request<B>) -> Span {
    let url = request.uri();
    info_span!(
        "x.request",
        operation,
        http.request.method = request.method().as_str(),
        server.address = url.host(),
        server.port = url.port_u16(),
        url.path = url.path(),
        http.response.status_code = Empty,
    )
}

/// An answer came, whatever it says; a refusal is also an event.
pub fn answered(span: &Span, status: StatusCode) {
    span.record("http.response.status_code", status.as_u16());
    if !status.is_success() {
        info!(parent: span, status = status.as_u16(), "refused");
    }
}

/// No answer came. The error's source is for the caller: it may quote what a log should not keep.
pub fn unanswered(span: &Span, error: &TransportError) {
    warn!(parent: span, kind = ?error.kind(), "no answer");
}

/// A token was had, and something about it needs attention.
pub(crate) fn renewed_with(warning: &RefreshError) {
    warn!(%warning, "the access token needs attention");
}

/// A call failed, and is sent again after a pause.
pub(crate) fn retrying(operation: &'static str, retry: u32, pause: Duration, error: &Error) {
    let status = error.status().map(|status| status.as_u16());
    let kind = match error {
        Error::Transport(error) => Some(error.kind()),
        _ => None,
    };
    let pause_ms = millis(pause);
    warn!(operation, retry, pause_ms, status, ?kind, "sending again");
}

/// A call waits for a window.
pub(crate) fn waiting(wait: &Wait) {
    let Wait { operation, pause, reset, .. } = *wait;
    info!(operation, pause_ms = millis(pause), %reset, "waiting for a window");
}

/// A call is not sent, since a limit is spent.
pub(crate) fn held_back(operation: &'static str, kind: LimitKind) {
    info!(operation, ?kind, "a limit is spent");
}

/// Machines share a limit over a server, and this one does not reach it.
#[cfg(feature = "redis")]
pub(crate) fn shared_limits_away(key: &str, why: &impl std::fmt::Display) {
    warn!(key, %why, "the limits' Redis server is no help: going on with this machine's share");
}

/// The server is there again.
#[cfg(feature = "redis")]
pub(crate) fn shared_limits_back(key: &str) {
    info!(key, "the limits' Redis server is back");
}

fn millis(pause: Duration) -> u64 {
    u64::try_from(pause.as_millis()).unwrap_or(u64::MAX)
}

/// An answer came that is none. A refusal has been told already.
pub(crate) fn unreadable(error: &Error) {
    if matches!(error, Error::Decode(_)) {
        warn!("the answer is not what the operation answers");
    }
}
