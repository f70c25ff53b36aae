//! What is counted of calls, through the crate `metrics`: install any of its recorders, and it comes.
//!
//! | Name | Kind | Labels | Counts |
//! |---|---|---|---|
//! | `x.calls` | counter | `operation`, `outcome` | calls that ended, retries and waits included |
//! | `x.requests` | counter | `operation`, `status` | requests that were sent, or that got no connection |
//! | `x.retries` | counter | `operation` | requests that are sent again after a failure |
//! | `x.waits` | counter | `operation` | waits for a window |
//! | `x.wait.duration` | histogram, seconds | `operation` | how long these waits are to be |
//! | `x.held_back` | counter | `operation`, `limit` | calls that were not sent, since a limit is spent |
//! | `x.spending` | counter, millionths of a dollar | `operation` | what calls cost, as the policy's meter estimates it |
//! | `x.tokens` | counter | `outcome` | access tokens that a session was asked for beyond the one in memory |
//! | `x.limits.away` | counter | | how often the Redis server of shared limits went away |
//!
//! `operation` is X's `operationId`. `outcome` is `ok` or the kind of error, such as `api` or
//! `outcome_unknown`; for tokens `ok`, `warning` or `error`. `status` is `2xx`, `4xx` or `5xx`, or why no
//! answer came, such as `timeout`. `limit` is `window`, `user_day`, `app_day` or `cap`. None
//! holds an id, a text or a secret, so the number of series is bounded by that of the operations.

use std::time::Duration;

use ::metrics::{Unit, counter, describe_counter, describe_histogram, histogram};
use http::StatusCode;

use super::{Error, LimitKind, TransportError, trace};
use crate::spending::Usd;

/// Tells the recorder what each name means. Call it once, after the recorder is installed, if that
/// shows descriptions.
pub fn describe() {
    describe_counter!("x.calls", "Calls that ended");
    describe_counter!("x.requests", "Requests that were sent");
    describe_counter!("x.retries", "Requests that are sent again after a failure");
    describe_counter!("x.waits", "Waits for a window");
    describe_histogram!("x.wait.duration", Unit::Seconds, "How long a wait for a window is");
    describe_counter!("x.held_back", "Calls not sent, since a limit is spent");
    describe_counter!("x.spending", "Estimated cost of calls, in millionths of a dollar");
    describe_counter!("x.tokens", "Access tokens that were asked for");
    describe_counter!("x.limits.away", "Times the Redis server of shared limits went away");
}

pub(crate) fn ended<T>(operation: &'static str, outcome: &Result<T, Error>) {
    let outcome = outcome.as_ref().map_or_else(kind, |_| "ok");
    counter!("x.calls", "operation" => operation, "outcome" => outcome).increment(1);
}

pub(crate) fn answered(operation: &'static str, outcome: Result<StatusCode, &TransportError>) {
    let status = match outcome {
        Ok(status) => match status.as_u16() / 100 {
            2 => "2xx",
            3 => "3xx",
            4 => "4xx",
            5 => "5xx",
            _ => "other",
        },
        Err(error) => trace::kind(error.kind()),
    };
    counter!("x.requests", "operation" => operation, "status" => status).increment(1);
}

pub(crate) fn retrying(operation: &'static str) {
    counter!("x.retries", "operation" => operation).increment(1);
}

pub(crate) fn waiting(operation: &'static str, pause: Duration) {
    counter!("x.waits", "operation" => operation).increment(1);
    histogram!("x.wait.duration", "operation" => operation).record(pause);
}

pub(crate) fn held_back(operation: &'static str, kind: LimitKind) {
    let limit = match kind {
        LimitKind::Window => "window",
        LimitKind::AppDay => "app_day",
        LimitKind::UserDay => "user_day",
        LimitKind::Cap => "cap",
    };
    counter!("x.held_back", "operation" => operation, "limit" => limit).increment(1);
}

pub(crate) fn spent(operation: &'static str, cost: Usd) {
    counter!("x.spending", "operation" => operation).increment(cost.as_micros());
}

pub(crate) fn token(outcome: &'static str) {
    counter!("x.tokens", "outcome" => outcome).increment(1);
}

#[cfg(feature = "redis")]
pub(crate) fn shared_limits_away() {
    counter!("x.limits.away").increment(1);
}

const fn kind(error: &Error) -> &'static str {
    match error {
        Error::Api(_) => "api",
        Error::Decode(_) => "decode",
        Error::Transport(error) => trace::kind(error.kind()),
        Error::OutOfRange(_) | Error::MissingParameter(_) | Error::UrlTooLong => "invalid",
        Error::NoCredential { .. } | Error::NotRenewed | Error::Signing(_) => "credential",
        Error::Renewal(_) => "renewal",
        Error::RateLimited { .. } => "rate_limited",
        Error::OutcomeUnknown { .. } | Error::NotPosted { .. } => "outcome_unknown",
        Error::DeadlinePassed { .. } => "deadline_passed",
        Error::NoProgress => "no_progress",
        Error::OverBudget(_) => "over_budget",
    }
}
