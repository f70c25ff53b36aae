//! When to connect again.

use std::time::Duration;

use super::Pauses;
use crate::{
    endpoint::{Error, Moment, TransportErrorKind, policy::spread},
    problem::{Problem, ProblemKind},
};

/// The kinds of failure that X's documentation tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    Network,
    Http,
    Limit,
    /// Trying again is of no use.
    Final,
}

/// How often in a row connecting failed, and in which way.
#[derive(Clone, Debug, Default)]
pub(super) struct Backoff {
    last: Option<Failure>,
    count: u32,
}

impl Backoff {
    /// A connection stood for a while.
    pub(super) fn reset(&mut self) {
        *self = Self::default();
    }

    /// The pause after a failure; `None` if it is the first of the network's since things went
    /// well.
    pub(super) fn pause(&mut self, failure: Failure, pauses: &Pauses) -> Option<Duration> {
        let is_first = self.last.is_none();
        if self.last == Some(failure) {
            self.count = self.count.saturating_add(1);
        } else {
            (self.last, self.count) = (Some(failure), 0);
        }
        let doubled = |first: Duration, most: Duration| {
            first.saturating_mul(1_u32.checked_shl(self.count).unwrap_or(u32::MAX)).min(most)
        };
        match failure {
            Failure::Network if is_first => None,
            Failure::Network => {
                let step = pauses.network_step.saturating_mul(self.count.saturating_add(1));
                Some(step.min(pauses.network_most))
            }
            Failure::Http | Failure::Final => Some(doubled(pauses.http_first, pauses.http_most)),
            Failure::Limit => Some(doubled(pauses.limit_first, pauses.limit_most)),
        }
    }
}

/// A pause with up to a quarter more at random.
pub(super) fn with_jitter(pause: Duration, moment: &Moment<'_>) -> Duration {
    pause.saturating_add(spread(pause / 4, moment))
}

/// What kind of failure an error is.
pub(super) fn failure_of(error: &Error) -> Failure {
    match error {
        Error::Transport(error) => match error.kind() {
            TransportErrorKind::Refused | TransportErrorKind::NotRecorded => Failure::Final,
            _ => Failure::Network,
        },
        Error::Api(api) if api.problems.iter().any(is_too_many) => Failure::Limit,
        Error::Api(api) if api.is(&ProblemKind::UsageCapped) => Failure::Final,
        Error::Api(api) => match api.status.as_u16() {
            420 | 429 => Failure::Limit,
            408 => Failure::Network,
            500..=599 => Failure::Http,
            _ => Failure::Final,
        },
        // A page of somebody between us and X.
        Error::Decode(_) => Failure::Http,
        _ => Failure::Final,
    }
}

/// What a notice of X says of the next attempt.
pub(super) fn failure_by(notice: &[Problem]) -> Failure {
    let forced = |problem: &Problem| problem.disconnect_type.as_deref() == Some("ForceDisconnect");
    if notice.iter().any(is_too_many) {
        Failure::Limit
    } else if notice.iter().any(forced) {
        // Another connection took the place of this one: two that take it at once from each
        // other help nobody.
        Failure::Http
    } else {
        Failure::Network
    }
}

fn is_too_many(problem: &Problem) -> bool {
    problem.connection_issue.as_deref() == Some("TooManyConnections")
}
