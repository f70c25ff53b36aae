//! What `tracing` is told of a call, by either client: the one policy on logs.
//!
//! | Level | What |
//! |---|---|
//! | span at info | `x.request`, one for each request, with the fields below |
//! | info | `refused`: X answered, and not by success; `waiting for a window`; `a limit is spent`; that a Redis server is back |
//! | warn | `no answer`; `sending again`, with the pause; an answer that is none; a token that needs attention; that a Redis server is away |
//! | error, debug, trace | nothing: an error is returned, and what to make of it is up to the caller |
//!
//! **Never logged**, at any level: credentials and tokens, headers, queries, bodies, and the sources of
//! errors, which may quote them. The path is logged, and with it the ids of users and posts; leave
//! `x.request` spans out, or their `url.path`, where that is too much. URLs of Redis servers are not
//! logged either, their keys are.
//!
//! Span and fields have the names of OpenTelemetry's [conventions for HTTP clients], for a layer
//! such as that of `tracing-opentelemetry`:
//!
//! | Field | What |
//! |---|---|
//! | `otel.kind` | `client` |
//! | `operation` | X's `operationId`, if the request is of an operation |
//! | `http.request.method` | |
//! | `http.request.resend_count` | which repetition it is, if it is one |
//! | `http.response.status_code` | if an answer came |
//! | `error.type` | the status of a refusal, or why no answer came, such as `timeout` |
//! | `otel.status_code` | `ERROR` in both cases |
//! | `server.address`, `server.port` | |
//! | `url.scheme`, `url.path` | in place of `url.full`, which would hold the query |
//! | `url.template` | the path as X's reference writes it |
//!
//! Feature `metrics` counts the same, in the module `metrics` beside this one. Streams that are shared tell
//! more: [`stream::share::trace`](crate::stream::share::trace).
//!
//! [conventions for HTTP clients]: https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span

use std::time::Duration;

#[cfg(feature = "metrics")]
use super::metrics;
use crate::{
    endpoint::{
        Error, LimitKind, Response, TransportError, TransportErrorKind,
        policy::{Resends, Wait},
    },
    operations::Place,
    spending::Usd,
};
use bearer::{Access, RefreshError};
use http::{Request, StatusCode};
use tracing::{Span, field::Empty, info, info_span, warn};

/// The span of a request.
pub fn span<B>(operation: Option<&'static str>, request: &Request<B>) -> Span {
    let url = request.uri();
    info_span!(
        "x.request",
        otel.kind = "client",
        operation,
        http.request.method = request.method().as_str(),
        http.request.resend_count = Resends::of(request),
        server.address = url.host(),
        server.port = url.port_u16().or_else(|| default_port(url.scheme_str())),
        url.scheme = url.scheme_str(),
        url.path = url.path(),
        url.template = operation.and_then(template),
        http.response.status_code = Empty,
        error.type = Empty,
        otel.status_code = Empty,
    )
}

fn default_port(scheme: Option<&str>) -> Option<u16> {
    match scheme? {
        "https" => Some(443),
        "http" => Some(80),
        _ => None,
    }
}

fn template(operation: &str) -> Option<&'static str> {
    Some(Place::of(operation)?.path)
}

/// An answer came, whatever it says; a refusal is also an event.
pub fn answered(span: &Span, status: StatusCode) {
    span.record("http.response.status_code", status.as_u16());
    if !status.is_success() {
        span.record("error.type", status.as_str());
        span.record("otel.status_code", "ERROR");
        info!(parent: span, status = status.as_u16(), "refused");
    }
}

/// No answer came. The error's source is for the caller: it may quote what a log should not keep.
pub fn unanswered(span: &Span, error: &TransportError) {
    span.record("error.type", kind(error.kind()));
    span.record("otel.status_code", "ERROR");
    warn!(parent: span, kind = ?error.kind(), "no answer");
}

/// A word for why no answer came.
pub(crate) const fn kind(kind: TransportErrorKind) -> &'static str {
    match kind {
        TransportErrorKind::Connect => "connect",
        TransportErrorKind::Timeout => "timeout",
        TransportErrorKind::Closed => "closed",
        TransportErrorKind::TooLarge => "too_large",
        TransportErrorKind::Refused => "refused",
        TransportErrorKind::NotRecorded => "not_recorded",
        TransportErrorKind::Other => "other",
    }
}

/// A session was asked for a token.
pub(crate) fn renewed(outcome: &Result<Access, RefreshError>) {
    #[cfg(feature = "metrics")]
    metrics::token(match outcome {
        Err(_) => "error",
        Ok(Access { warning: Some(_), .. }) => "warning",
        Ok(_) => "ok",
    });
    #[cfg(not(feature = "metrics"))]
    let _ = outcome;
}

/// A token was had, and something about it needs attention.
pub(crate) fn renewed_with(warning: &RefreshError) {
    warn!(%warning, "the access token needs attention");
}

/// A request has an outcome.
pub(crate) fn received(operation: &'static str, outcome: &Result<Response, TransportError>) {
    #[cfg(feature = "metrics")]
    metrics::answered(operation, outcome.as_ref().map(Response::status));
    #[cfg(not(feature = "metrics"))]
    let _ = (operation, outcome);
}

/// An answer came that is none. A refusal has been told already.
pub(crate) fn unreadable(error: &Error) {
    if matches!(error, Error::Decode(_)) {
        warn!("the answer is not what the operation answers");
    }
}

/// A call has ended.
pub(crate) fn ended<T>(operation: &'static str, outcome: &Result<T, Error>) {
    #[cfg(feature = "metrics")]
    metrics::ended(operation, outcome);
    #[cfg(not(feature = "metrics"))]
    let _ = (operation, outcome);
}

/// A call cost that much, as an estimate.
pub(crate) fn spent(operation: &'static str, cost: Usd) {
    #[cfg(feature = "metrics")]
    metrics::spent(operation, cost);
    #[cfg(not(feature = "metrics"))]
    let _ = (operation, cost);
}

/// A call failed, and is sent again after a pause.
pub(crate) fn retrying(operation: &'static str, retry: u32, pause: Duration, error: &Error) {
    let status = error.status().map(|status| status.as_u16());
    let kind = match error {
        Error::Transport(error) => Some(error.kind()),
        _ => None,
    };
    let pause_ms = millis(pause);
    #[cfg(feature = "metrics")]
    metrics::retrying(operation);
    warn!(operation, retry, pause_ms, status, ?kind, "sending again");
}

/// A call waits for a window.
pub(crate) fn waiting(wait: &Wait) {
    let Wait { operation, pause, reset, .. } = *wait;
    #[cfg(feature = "metrics")]
    metrics::waiting(operation, pause);
    info!(operation, pause_ms = millis(pause), %reset, "waiting for a window");
}

/// A call is not sent, since a limit is spent.
pub(crate) fn held_back(operation: &'static str, kind: LimitKind) {
    #[cfg(feature = "metrics")]
    metrics::held_back(operation, kind);
    info!(operation, ?kind, "a limit is spent");
}

/// Machines share a limit over a server, and this one does not reach it.
#[cfg(feature = "redis")]
pub(crate) fn shared_limits_away(key: &str, why: &impl std::fmt::Display) {
    #[cfg(feature = "metrics")]
    metrics::shared_limits_away();
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
