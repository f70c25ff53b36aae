//! The attempts of one call: when to send it, and whether to send it again.

use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};

use super::{
    Policy, Resends, TimeLeft, Wait,
    permit::{Answer, NotNow, Outcome, Permit, Reservation},
    retries::{retry_after, spread},
};
use crate::{
    endpoint::{
        Error, LimitKind, Moment, RateLimits, Request, Response, TransportError,
        TransportErrorKind, Work, trace,
    },
    timestamp::Timestamp,
};

/// How long a window lasts that X only says is spent: its documentation's advice is a minute.
const UNTOLD: Duration = Duration::from_secs(60);

/// The least time until a window is tried again, however the clocks differ.
const LEAST: Duration = Duration::from_secs(1);

/// Waits for a window end within this time after its reset, each at its own moment.
const SPREAD: Duration = Duration::from_secs(1);

/// Where one call stands with its policy.
pub(crate) struct Attempts<'a> {
    policy: &'a Policy,
    operation: &'static str,
    started: Option<Timestamp>,
    /// When the last retry may begin.
    retry_until: Option<Timestamp>,
    retries: u32,
    /// How many requests were sent, those with a token that was refused included.
    sent: u32,
    /// The pause before the next attempt.
    pause: Option<Duration>,
    /// How long the call has waited for windows.
    waited: Duration,
    /// How often the call waited for the answers of others.
    looks: u32,
    permit: Option<Permit>,
    /// Where the work puts its answer that reserves the call.
    answer: Option<Answer>,
    /// Whether doing it twice is the same as doing it once.
    is_repeatable: bool,
    last: Option<Box<Error>>,
}

/// What an attempt needs next.
pub(crate) enum Next {
    Send,
    Work(Work),
    Wait(Duration),
    End(Error),
}

/// What the head of an answer says to a policy.
#[derive(Default)]
pub(crate) struct Heard {
    limits: Option<RateLimits>,
    retry_after: Option<Duration>,
    /// No answer came, since nothing was sent.
    is_unsent: bool,
    is_success: bool,
}

impl<'a> Attempts<'a> {
    pub(crate) const fn new(policy: &'a Policy, operation: &'static str) -> Self {
        Self {
            policy,
            operation,
            started: None,
            retry_until: None,
            retries: 0,
            sent: 0,
            pause: None,
            waited: Duration::ZERO,
            looks: 0,
            permit: None,
            answer: None,
            is_repeatable: false,
            last: None,
        }
    }

    /// Begins a step: it may be too late for one, or too early.
    pub(crate) fn begin(&mut self, now: Timestamp) -> Next {
        self.started.get_or_insert(now);
        if self.deadline().is_some_and(|deadline| now >= deadline) {
            return Next::End(Error::DeadlinePassed { source: self.last.take() });
        }
        self.pause.take().map_or(Next::Send, Next::Wait)
    }

    /// Reserves a call, or says when to ask again.
    pub(crate) fn reserve(&mut self, moment: &Moment<'_>) -> Next {
        let Some(limits) = &self.policy.limits else { return Next::Send };
        let answer = self.answer.take().and_then(|answer| answer.take());
        match answer.unwrap_or_else(|| limits.reserve(self.operation, moment.time)) {
            Reservation::Ask(work, answer) => {
                self.answer = Some(answer);
                Next::Work(work)
            }
            Reservation::Made(permit) => {
                self.permit = Some(permit);
                Next::Send
            }
            Reservation::Not(NotNow::Later) => {
                let ceiling = Duration::from_millis(20 << self.looks.min(5));
                self.looks = self.looks.saturating_add(1);
                let pause = ceiling / 2 + spread(ceiling / 2, moment);
                let left = self.time_left(moment.time);
                self.wait(left.map_or(pause, |left| left.min(pause)))
            }
            Reservation::Not(NotNow::Spent { kind, reset }) => self.wait_for(kind, reset, moment),
        }
    }

    fn wait_for(&mut self, kind: LimitKind, reset: Timestamp, moment: &Moment<'_>) -> Next {
        let (operation, waited) = (self.operation, self.waited);
        let pause = reset.saturating_since(moment.time);
        let wait = Wait { operation, reset, pause, waited };
        let left = self.time_left(moment.time);
        let is_allowed = kind == LimitKind::Window
            && left.is_none_or(|left| pause < left)
            && self.policy.limits.as_ref().is_some_and(|limits| limits.allow(&wait));
        if !is_allowed {
            trace::held_back(operation, kind);
            return Next::End(Error::RateLimited { operation, kind, reset });
        }
        trace::waiting(&wait);
        let spread = spread(SPREAD, moment);
        let spread = left.map_or(spread, |left| spread.min((left - pause) / 2));
        let pause = pause.saturating_add(spread);
        self.waited = self.waited.saturating_add(pause);
        self.wait(pause)
    }

    /// A wait for a window, or for the answer that tells of one: a retry's time goes on behind it.
    fn wait(&mut self, pause: Duration) -> Next {
        self.retry_until = self.retry_until.map(|until| until.saturating_add(pause));
        Next::Wait(pause)
    }

    /// Prepares a request that is about to be sent.
    pub(crate) fn send(&mut self, request: &mut Request, now: Timestamp) {
        let within = self.policy.retries.within;
        self.retry_until.get_or_insert_with(|| now.saturating_add(within));
        self.is_repeatable =
            matches!(*request.method(), Method::GET | Method::HEAD | Method::PUT | Method::DELETE);
        if let Some(left) = self.time_left(now) {
            request.extensions_mut().insert(TimeLeft(left));
        }
        if self.sent > 0 {
            request.extensions_mut().insert(Resends(self.sent));
        }
        self.sent += 1;
    }

    /// The request could not be built.
    pub(crate) fn cancel(&mut self) {
        if let Some(permit) = self.permit.take() {
            permit.settle(&Outcome::Unsent);
        }
    }

    /// What an outcome says, before it is read.
    pub(crate) fn hear(
        &self,
        outcome: &Result<Response, TransportError>,
        moment: &Moment<'_>,
    ) -> Heard {
        let response = match outcome {
            Ok(response) => response,
            Err(error) => return Heard { is_unsent: is_unsent(error), ..Heard::default() },
        };
        let (status, headers): (_, &HeaderMap) = (response.status(), response.headers());
        let waits = status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS;
        Heard {
            limits: self.permit.is_some().then(|| RateLimits::from_headers(headers)),
            retry_after: if waits { retry_after(headers, moment) } else { None },
            is_unsent: false,
            is_success: status.is_success(),
        }
    }

    /// Tells the limits what was heard.
    pub(crate) fn settle(&mut self, heard: &Heard, error: Option<&Error>, now: Timestamp) {
        let Some(permit) = self.permit.take() else { return };
        let outcome = match &heard.limits {
            _ if heard.is_unsent => Outcome::Unsent,
            Some(told) if is_window(error) => {
                let until = now.saturating_add(window_pause(heard, told, now));
                Outcome::Refused { told, until, now }
            }
            Some(told) if heard.is_success || told.window.is_some() => {
                Outcome::Answered { told, now }
            }
            // Without an answer X may have counted the call.
            _ => Outcome::Unknown,
        };
        permit.settle(&outcome);
    }

    /// Whether this error ends the call, and as what; `None` if it is sent again.
    pub(crate) fn fail(
        &mut self,
        error: Error,
        heard: &Heard,
        moment: &Moment<'_>,
    ) -> Option<Error> {
        let left = self.time_left(moment.time);
        let pause = self.pause_after(&error, heard, moment);
        if let Some(pause) = pause
            && left.is_none_or(|left| pause < left)
        {
            self.retries += 1;
            trace::retrying(self.operation, self.retries, pause, &error);
            self.pause = Some(pause);
            self.last = Some(Box::new(error));
            return None;
        }
        let is_late = pause.is_some() || left == Some(Duration::ZERO) && is_timeout(&error);
        Some(if !self.is_repeatable && is_unknown(&error) {
            Error::OutcomeUnknown { source: Box::new(error) }
        } else if is_late {
            Error::DeadlinePassed { source: Some(Box::new(error)) }
        } else {
            error
        })
    }

    /// The pause before the next attempt, if there may be one.
    fn pause_after(&self, error: &Error, heard: &Heard, moment: &Moment<'_>) -> Option<Duration> {
        let retries = &self.policy.retries;
        if self.retries >= retries.limit {
            return None;
        }
        let backoff = retries.pause(self.retries, moment);
        let pause = match error {
            Error::Transport(error) => match error.kind() {
                TransportErrorKind::Connect => backoff,
                TransportErrorKind::Closed | TransportErrorKind::Timeout if self.is_repeatable => {
                    backoff
                }
                _ => return None,
            },
            Error::Api(api) => match api.status.as_u16() {
                500 | 502 | 503 | 504 if self.is_repeatable => {
                    backoff.max(heard.retry_after.unwrap_or_default())
                }
                _ if is_window(Some(error)) => match &self.policy.limits {
                    // The wait for the window comes when the call is reserved again.
                    Some(limits) if limits.may_wait() => backoff,
                    Some(_) => return None,
                    None => {
                        window_pause(heard, &api.rate_limits, moment.time).saturating_add(backoff)
                    }
                },
                _ => return None,
            },
            _ => return None,
        };
        (moment.time.saturating_add(pause) <= self.retry_until?).then_some(pause)
    }

    fn deadline(&self) -> Option<Timestamp> {
        Some(self.started?.saturating_add(self.policy.deadline?))
    }

    fn time_left(&self, now: Timestamp) -> Option<Duration> {
        Some(self.deadline()?.saturating_since(now))
    }
}

/// How long a window will stay spent that X refused a call for.
fn window_pause(heard: &Heard, limits: &RateLimits, now: Timestamp) -> Duration {
    let told = limits.window.map(|window| window.reset.saturating_since(now));
    let pause = match (told, heard.retry_after) {
        (None, None) => UNTOLD,
        (told, retry_after) => told.max(retry_after).unwrap_or_default(),
    };
    pause.max(LEAST)
}

fn is_window(error: Option<&Error>) -> bool {
    matches!(error, Some(Error::Api(error)) if error.limit_kind() == Some(LimitKind::Window))
}

/// Whether a write that ended so may have been carried out.
fn is_unknown(error: &Error) -> bool {
    match error {
        Error::Transport(error) => !is_unsent(error),
        Error::Api(error) => error.status.is_server_error(),
        // Somebody says 200: X, or a proxy that has taken X's answer away.
        Error::Decode(_) => true,
        _ => false,
    }
}

fn is_unsent(error: &TransportError) -> bool {
    matches!(
        error.kind(),
        TransportErrorKind::Connect | TransportErrorKind::Refused | TransportErrorKind::NotRecorded
    )
}

fn is_timeout(error: &Error) -> bool {
    matches!(error, Error::Transport(error) if error.kind() == TransportErrorKind::Timeout)
}
