//! What a call does about failures, limits, time and money.
//!
//! A [`Policy`] is what both clients and [`Call`](super::Call) take: [`Retries`] repeat what may be
//! repeated, [`Limits`] hold calls back that X would refuse, a deadline ends them, and a
//! [`Meter`] adds up what they cost.

mod attempts;
mod budget;
mod limits;
mod permit;
#[cfg(feature = "redis")]
#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the edge: limits over Redis have a connection, and a thread that tells of it"
)]
mod remote;
mod retries;

pub(crate) use attempts::{Attempts, Next};
#[cfg(feature = "redis")]
pub use limits::InvalidRedisUrl;
pub use limits::{Limits, Wait};
pub use retries::Retries;
pub(crate) use retries::spread;

use std::time::Duration;

use crate::spending::Meter;

/// How a client's calls survive: what they repeat, what they wait for, and when they give up.
///
/// The default is none of it: one request per call, and what came of it. A policy is cheap to
/// clone, and so is a client: for a call that needs another policy, clone the client with it.
///
/// A post, or any other `POST`, is never sent twice unless it certainly was not carried out: no
/// connection was made, or X refused it by 429. If that is not known, the call ends with
/// [`Error::OutcomeUnknown`](super::Error::OutcomeUnknown), under any policy.
///
/// ```
/// use std::time::Duration;
/// use twitter_types::endpoint::policy::{Limits, Policy, Retries};
///
/// let policy = Policy::new()
///     .with_retries(Retries::default())
///     .with_limits(Limits::new().waiting(Duration::from_secs(15 * 60)))
///     .with_deadline(Duration::from_secs(20 * 60));
/// # let _ = policy;
/// ```
#[derive(Clone, Debug)]
pub struct Policy {
    retries: Retries,
    limits: Option<Limits>,
    deadline: Option<Duration>,
    meter: Option<Meter>,
}

impl Policy {
    /// One request per call.
    pub const fn new() -> Self {
        Self { retries: Retries::NONE, limits: None, deadline: None, meter: None }
    }

    /// Repeats what may be repeated.
    #[must_use]
    pub fn with_retries(self, retries: Retries) -> Self {
        Self { retries, ..self }
    }

    /// Learns X's limits from its replies, and sends nothing beyond them.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits: Some(limits), ..self }
    }

    /// Adds up what calls cost, as an estimate, and sends nothing beyond the meter's budget.
    #[must_use]
    pub fn with_meter(self, meter: Meter) -> Self {
        Self { meter: Some(meter), ..self }
    }

    /// How long a call may take in all, to the millisecond: after it nothing is sent or waited for,
    /// and a request under way is given up. A wait that would end after it does not begin.
    ///
    /// Only the renewal of a session's token is not cut: an answer that is lost would log the user
    /// out. The call ends after it.
    #[must_use]
    pub fn with_deadline(self, deadline: Duration) -> Self {
        Self { deadline: Some(deadline), ..self }
    }

    pub(crate) const fn meter(&self) -> Option<&Meter> {
        self.meter.as_ref()
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self::new()
    }
}

/// How long the answer to a request may take until the deadline of its call. Whoever drives a flow
/// gives up no later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeLeft(Duration);

impl TimeLeft {
    /// The time that a request has, if its call has a deadline: a flow puts it among the extensions.
    pub fn of<B>(request: &http::Request<B>) -> Option<Duration> {
        Some(request.extensions().get::<Self>()?.0)
    }
}

/// Which repetition of a call a request is. A flow puts it among the extensions, for logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resends(u32);

impl Resends {
    /// How often the call was sent before this request, if it was.
    pub fn of<B>(request: &http::Request<B>) -> Option<u32> {
        Some(request.extensions().get::<Self>()?.0)
    }
}
