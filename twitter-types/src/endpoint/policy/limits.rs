//! X's limits, as its replies tell them: what is left is shared by all who call.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use super::budget::{Budget, Room};
use crate::{
    endpoint::{LimitKind, RateLimits},
    timestamp::Timestamp,
};

/// What is left of X's limits, learnt from its replies, for all who share it: a call that would
/// exceed a window is not sent.
///
/// X counts by credential and operation. A clone shares what is known and counts for the same
/// credential; [`named`](Self::named) counts for another one of the same App.
///
/// While nothing is known of an operation, one call goes first, and the others wait for its answer;
/// calls under way count as made. What to do when a window is spent is up to each clone: to fail at
/// once with [`Error::RateLimited`](crate::Error::RateLimited), which is the default, to
/// [wait](Self::waiting), or to [ask](Self::asking). A limit of 24 hours is never waited for.
///
/// The machine's clock should be right: it is compared with the times that X names.
///
/// ```
/// use std::time::Duration;
/// use twitter_types::endpoint::policy::{Limits, Policy};
///
/// let alice = Limits::new().waiting(Duration::from_secs(15 * 60));
/// let bob = alice.named("bob"); // has windows of his own, and the App's day in common
/// # let _ = (Policy::new().with_limits(alice), Policy::new().with_limits(bob));
/// ```
#[derive(Clone)]
pub struct Limits {
    shared: Arc<Mutex<Shared>>,
    credential: Arc<str>,
    mode: Mode,
}

#[derive(Clone)]
enum Mode {
    Fail,
    Wait(Duration),
    Ask(Arc<dyn Fn(&Wait) -> bool + Send + Sync>),
}

/// What is known, by operation.
#[derive(Default)]
struct Shared {
    credentials: HashMap<(Arc<str>, &'static str), Own>,
    app: HashMap<&'static str, Budget>,
}

#[derive(Default)]
struct Own {
    window: Budget,
    day: Budget,
}

/// A wait for a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wait {
    /// The `operationId` of the call.
    pub operation: &'static str,
    /// When the next window begins.
    pub reset: Timestamp,
    /// The time until then. The wait may last a second more, so that not all come back at once.
    pub pause: Duration,
    /// How long this call has waited for windows before.
    pub waited: Duration,
}

impl Limits {
    /// Nothing is known yet, and a spent window is an error at once.
    pub fn new() -> Self {
        Self { shared: Arc::default(), credential: Arc::from(""), mode: Mode::Fail }
    }

    /// The limits of another credential of the same App, by a name of your choice: the user's id,
    /// say, but no secret. The same name is the same credential.
    #[must_use]
    pub fn named(&self, credential: &str) -> Self {
        Self { credential: credential.into(), ..self.clone() }
    }

    /// Waits for the next window, if a call does not wait longer than this in all.
    #[must_use]
    pub fn waiting(self, bound: Duration) -> Self {
        Self { mode: Mode::Wait(bound), ..self }
    }

    /// Tells of every wait before it begins, and waits only if the answer is `true`. The task that would
    /// wait calls this, so it must not block.
    ///
    /// ```
    /// use twitter_types::endpoint::policy::Limits;
    ///
    /// let limits = Limits::new().asking(|wait| {
    ///     eprintln!("{} goes on at {}", wait.operation, wait.reset);
    ///     wait.pause.as_secs() < 60
    /// });
    /// # let _ = limits;
    /// ```
    #[must_use]
    pub fn asking(self, ask: impl Fn(&Wait) -> bool + Send + Sync + 'static) -> Self {
        Self { mode: Mode::Ask(Arc::new(ask)), ..self }
    }

    /// Whether a spent window may be waited for at all.
    pub(super) const fn may_wait(&self) -> bool {
        !matches!(self.mode, Mode::Fail)
    }

    pub(super) fn allow(&self, wait: &Wait) -> bool {
        match &self.mode {
            Mode::Fail => false,
            Mode::Wait(bound) => wait.waited.saturating_add(wait.pause) <= *bound,
            Mode::Ask(ask) => ask(wait),
        }
    }

    /// Counts a call that is about to be sent.
    pub(super) fn reserve(&self, operation: &'static str, now: Timestamp) -> Reservation {
        let mut shared = self.lock();
        let (own, app) = shared.budgets(&self.credential, operation);
        let mut later = false;
        for (kind, budget) in [
            (LimitKind::AppDay, &mut *app),
            (LimitKind::UserDay, &mut own.day),
            (LimitKind::Window, &mut own.window),
        ] {
            match budget.room(now) {
                Room::Free => {}
                Room::Open => later = true,
                Room::Spent(reset) => return Reservation::Spent { kind, reset },
            }
        }
        if later {
            return Reservation::Later;
        }
        for budget in [app, &mut own.day, &mut own.window] {
            budget.reserve();
        }
        drop(shared);
        Reservation::Made(Permit { limits: self.clone(), operation, is_settled: false })
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        // Counters are whole between any two steps of those who hold the lock.
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mode = match &self.mode {
            Mode::Fail => "fail",
            Mode::Wait(_) => "wait",
            Mode::Ask(_) => "ask",
        };
        f.debug_struct("Limits")
            .field("credential", &self.credential)
            .field("mode", &mode)
            .finish_non_exhaustive()
    }
}

impl Shared {
    fn budgets(
        &mut self,
        credential: &Arc<str>,
        operation: &'static str,
    ) -> (&mut Own, &mut Budget) {
        let own = self.credentials.entry((Arc::clone(credential), operation)).or_default();
        (own, self.app.entry(operation).or_default())
    }
}

/// What became of the wish to call.
pub(super) enum Reservation {
    Made(Permit),
    /// Answers under way will tell.
    Later,
    Spent {
        kind: LimitKind,
        reset: Timestamp,
    },
}

/// One call that may be sent. One that is dropped counts as made: it may have been.
pub(super) struct Permit {
    limits: Limits,
    operation: &'static str,
    is_settled: bool,
}

impl Permit {
    /// The call was certainly not carried out.
    pub(super) fn release(self) {
        self.settle(|own, app| {
            for budget in [app, &mut own.day, &mut own.window] {
                budget.release();
            }
        });
    }

    /// X answered, and counted the call.
    pub(super) fn learn(self, limits: &RateLimits, now: Timestamp) {
        self.settle(|own, app| {
            app.learn(limits.app_day, now);
            own.day.learn(limits.user_day, now);
            own.window.learn(limits.window, now);
        });
    }

    /// X refused the call, since the window is spent until then.
    pub(super) fn refused(self, limits: &RateLimits, until: Timestamp, now: Timestamp) {
        self.settle(|own, app| {
            app.learn(limits.app_day, now);
            own.day.learn(limits.user_day, now);
            own.window.learn(limits.window, now);
            own.window.spend(until);
        });
    }

    fn settle(mut self, change: impl FnOnce(&mut Own, &mut Budget)) {
        let mut shared = self.limits.lock();
        let (own, app) = shared.budgets(&self.limits.credential, self.operation);
        change(own, app);
        drop(shared);
        self.is_settled = true;
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if self.is_settled {
            return;
        }
        let mut shared = self.limits.lock();
        let (own, app) = shared.budgets(&self.limits.credential, self.operation);
        for budget in [app, &mut own.day, &mut own.window] {
            budget.lose();
        }
    }
}
