//! The right to send one call, and what its outcome says to the limits.

use std::{
    mem,
    sync::{Arc, Mutex, PoisonError},
};

#[cfg(feature = "redis")]
use super::remote::Ticket;
use super::{Limits, budget::Budget};
use crate::{
    endpoint::{LimitKind, RateLimits, Work},
    timestamp::Timestamp,
};

/// What became of the wish to call.
pub(super) enum Reservation {
    Made(Permit),
    Not(NotNow),
    /// This work will tell.
    #[cfg_attr(not(feature = "redis"), expect(dead_code, reason = "nothing else blocks"))]
    Ask(Work, Answer),
}

/// Why a call is not to be sent now.
pub(super) enum NotNow {
    /// Answers under way will tell.
    Later,
    Spent {
        kind: LimitKind,
        reset: Timestamp,
    },
}

/// Where work puts what became of a reservation.
#[derive(Clone, Default)]
pub(super) struct Answer(Arc<Mutex<Option<Reservation>>>);

impl Answer {
    #[cfg(feature = "redis")]
    pub(super) fn give(&self, reservation: Reservation) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(reservation);
    }

    pub(super) fn take(&self) -> Option<Reservation> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for Answer {
    /// Nobody will send the call.
    fn drop(&mut self) {
        if Arc::strong_count(&self.0) == 1
            && let Some(Reservation::Made(permit)) = self.take()
        {
            permit.settle(&Outcome::Unsent);
        }
    }
}

/// One call that may be sent. One that is dropped counts as made: it may have been.
pub(super) struct Permit {
    limits: Limits,
    operation: &'static str,
    is_settled: bool,
    #[cfg(feature = "redis")]
    ticket: Option<Ticket>,
}

/// What became of a call.
pub(super) enum Outcome<'a> {
    /// It was certainly not carried out.
    Unsent,
    /// X may have counted it.
    Unknown,
    /// X answered, and counted it.
    Answered { told: &'a RateLimits, now: Timestamp },
    /// X refused it, since the window is spent until then.
    Refused { told: &'a RateLimits, until: Timestamp, now: Timestamp },
}

impl Outcome<'_> {
    #[cfg(feature = "redis")]
    pub(super) fn told(&self) -> Option<RateLimits> {
        match self {
            Self::Unsent | Self::Unknown => None,
            Self::Answered { told, .. } | Self::Refused { told, .. } => Some(**told),
        }
    }

    fn change(&self, kind: LimitKind, budget: &mut Budget) {
        match self {
            Self::Unsent => budget.release(),
            Self::Unknown => budget.lose(),
            Self::Answered { told, now } => budget.learn(told.of(kind), *now),
            Self::Refused { told, until, now } => {
                budget.learn(told.of(kind), *now);
                if kind == LimitKind::Window {
                    budget.spend(*until);
                }
            }
        }
    }
}

impl Permit {
    pub(super) fn new(limits: &Limits, operation: &'static str) -> Self {
        Self {
            limits: limits.clone(),
            operation,
            is_settled: false,
            #[cfg(feature = "redis")]
            ticket: None,
        }
    }

    /// One that a server knows of.
    #[cfg(feature = "redis")]
    pub(super) fn shared(limits: &Limits, operation: &'static str, ticket: Ticket) -> Self {
        let mut permit = Self::new(limits, operation);
        permit.ticket = Some(ticket);
        permit
    }

    pub(super) fn settle(mut self, outcome: &Outcome<'_>) {
        self.end(outcome);
    }

    fn end(&mut self, outcome: &Outcome<'_>) {
        if mem::replace(&mut self.is_settled, true) {
            return;
        }
        let credential = self.limits.credential();
        let change = |kind, budget: &mut Budget| outcome.change(kind, budget);
        self.limits.lock().change(credential, self.operation, change);
        #[cfg(feature = "redis")]
        if let (Some(remote), Some(ticket)) = (self.limits.remote(), self.ticket.take()) {
            remote.settle((Arc::clone(credential), self.operation), ticket, outcome);
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.end(&Outcome::Unknown);
    }
}
