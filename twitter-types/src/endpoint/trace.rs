//! What `tracing` is told of a call, by either client: never a query, a header or a body.

use crate::endpoint::{Error, TransportError};
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

/// An answer came that is none. A refusal has been told already.
pub(crate) fn unreadable(error: &Error) {
    if matches!(error, Error::Decode(_)) {
        warn!("the answer is not what the operation answers");
    }
}
