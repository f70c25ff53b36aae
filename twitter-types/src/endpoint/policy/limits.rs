//! X's limits, as its replies tell them: what is left is shared by all who call.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

#[cfg(feature = "redis")]
use super::remote::Remote;
use super::{
    budget::{Budget, Room},
    permit::{NotNow, Permit, Reservation},
};
use crate::{endpoint::LimitKind, timestamp::Timestamp};

/// How long a call of a machine that died stands in the others' way.
#[cfg(feature = "redis")]
const LEASE: Duration = Duration::from_secs(60);

/// What is left of X's limits, learnt from its replies, for all who share it: a call that would
/// exceed a window is not sent.
///
/// X counts by credential and operation. A clone shares what is known and counts for the same
/// credential; [`named`](Self::named) counts for another one of the same App.
/// Whose windows and days are over is forgotten in time, so that a service may have any number of users.
///
/// While nothing is known of an operation, one call goes first, and the others wait for its answer;
/// calls under way count as made. What to do when a window is spent is up to each clone: to fail at
/// once with [`Error::RateLimited`](crate::Error::RateLimited), which is the default, to
/// [wait](Self::waiting), or to [ask](Self::asking). A limit of 24 hours is never waited for.
///
/// A call whose answer is lost counts as made. An answer that X gave before it was, and that comes later,
/// hides that: for each such loss X may refuse one call.
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
    #[cfg(feature = "redis")]
    remote: Option<Arc<Remote>>,
    #[cfg(feature = "redis")]
    lease: Duration,
}

#[derive(Clone)]
enum Mode {
    Fail,
    Wait(Duration),
    Ask(Arc<dyn Fn(&Wait) -> bool + Send + Sync>),
}

/// What is known, by operation.
#[derive(Default)]
pub(super) struct Shared {
    credentials: Named<Own>,
    app: HashMap<&'static str, Budget>,
}

/// Something for each credential and operation.
#[derive(Default)]
pub(super) struct Named<T> {
    pub(super) known: HashMap<Name, T>,
    /// When there are so many, the old ones are forgotten.
    many: usize,
}

/// A credential and an operation.
pub(super) type Name = (Arc<str>, &'static str);

#[derive(Default)]
pub(super) struct Own {
    pub(super) window: Budget,
    pub(super) day: Budget,
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
        Self {
            shared: Arc::default(),
            credential: Arc::from(""),
            mode: Mode::Fail,
            #[cfg(feature = "redis")]
            remote: None,
            #[cfg(feature = "redis")]
            lease: LEASE,
        }
    }

    /// The same budget for many machines, or many processes: what is known is kept on a Redis server, at
    /// a URL such as `redis://:password@127.0.0.1:6379/0`, under keys that begin with `key` and a
    /// colon. Nothing is connected yet. All who count for the same App and credential need the same
    /// key and the same [name](Self::named); the server needs Redis 5, or what speaks its protocol
    /// and runs its scripts.
    ///
    /// Each call is reserved by one script, which checks and counts all its limits at once by the
    /// server's clock, so that the clocks of the machines may differ; that of the server should be right.
    /// A machine that dies holds its calls for [a minute](Self::leasing) at most, and they count as
    /// made.
    ///
    /// **Without the server** calls go on. Every answer of the server promises the machine an equal
    /// share of what is left, among those that made such calls in the last minute; a machine that
    /// cannot reach the server keeps to its share, and in the next window to an equal share of the
    /// whole. So together they stay within the limit, and use most of it. When the server is back, with
    /// its data or without, machines tell it what they know, and keep to their shares for two seconds more,
    /// so that all have come. A machine that knows of no share, since it came last long before the outage or
    /// began in it, makes one call at a time, and may exceed by that one. So may a machine that
    /// alone does not reach a server that others reach, by its share. What X answers is believed in
    /// any case.
    ///
    /// A server that does not answer takes half a second from a call, now and then a second; after
    /// that it is asked four times a second at most, by one call, and the others do not wait. A
    /// promise has a price too: near the end of a window a call may wait up to two seconds for the
    /// share of a machine that has just gone.
    ///
    /// `redis://` is unencrypted: use it on loopback or in a private network. For `rediss://`, add the
    /// crate `redis` with one of its TLS features to your own dependencies.
    ///
    /// ```
    /// use twitter_types::endpoint::policy::{Limits, Policy};
    ///
    /// let limits = Limits::over_redis("redis://127.0.0.1:6379", "x-limits")?;
    /// let policy = Policy::new().with_limits(limits.named("alice"));
    /// # let _ = policy;
    /// # Ok::<(), twitter_types::endpoint::policy::InvalidRedisUrl>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the URL is none of Redis. The error does not hold it.
    #[cfg(feature = "redis")]
    pub fn over_redis(url: &str, key: impl Into<String>) -> Result<Self, InvalidRedisUrl> {
        let info =
            redis::IntoConnectionInfo::into_connection_info(url).map_err(|_| InvalidRedisUrl)?;
        // Who calls is nothing that the server must know, and each question takes its time to fail.
        let settings = info.redis_settings().clone().set_skip_set_lib_name();
        let client = redis::Client::open(info.set_redis_settings(settings));
        let client = client.map_err(|_| InvalidRedisUrl)?;
        let limits = Self::new();
        let remote = Remote::new(client, key.into(), Arc::clone(&limits.shared));
        Ok(Self { remote: Some(Arc::new(remote)), ..limits })
    }

    /// Lets a call be under way for so long on the Redis server, instead of a minute, before it counts as
    /// made without an answer. It should be longer than the client's timeout.
    #[cfg(feature = "redis")]
    #[must_use]
    pub fn leasing(self, lease: Duration) -> Self {
        Self { lease, ..self }
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
        #[cfg(feature = "redis")]
        if let Some(remote) = &self.remote {
            return remote.reserve(self, operation, now);
        }
        let mut shared = self.lock();
        shared.forget_old(now);
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
                Room::Spent(reset) => return Reservation::Not(NotNow::Spent { kind, reset }),
            }
        }
        if later {
            return Reservation::Not(NotNow::Later);
        }
        for budget in [app, &mut own.day, &mut own.window] {
            budget.reserve();
        }
        drop(shared);
        Reservation::Made(Permit::new(self, operation))
    }

    pub(super) const fn credential(&self) -> &Arc<str> {
        &self.credential
    }

    #[cfg(feature = "redis")]
    pub(super) const fn remote(&self) -> Option<&Arc<Remote>> {
        self.remote.as_ref()
    }

    #[cfg(feature = "redis")]
    pub(super) const fn lease(&self) -> Duration {
        self.lease
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Shared> {
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

impl<T> Named<T> {
    /// So many may be old.
    const FEW: usize = 1024;

    /// Forgets what is old once it is more than the rest, so that the memory grows with the users of a
    /// day, and not with all that there ever were.
    pub(super) fn forget(&mut self, is_old: impl Fn(&T) -> bool) {
        if self.known.len() >= self.many {
            self.known.retain(|_, it| !is_old(it));
            self.many = Self::FEW.max(2 * self.known.len());
        }
    }
}

impl Shared {
    pub(super) fn forget_old(&mut self, now: Timestamp) {
        self.credentials.forget(|own| own.window.is_over(now) && own.day.is_over(now));
    }

    pub(super) fn budgets(
        &mut self,
        credential: &Arc<str>,
        operation: &'static str,
    ) -> (&mut Own, &mut Budget) {
        let own = self.credentials.known.entry((Arc::clone(credential), operation)).or_default();
        (own, self.app.entry(operation).or_default())
    }

    /// Does the same to each limit of a call.
    pub(super) fn change(
        &mut self,
        credential: &Arc<str>,
        operation: &'static str,
        mut change: impl FnMut(LimitKind, &mut Budget),
    ) {
        let (own, app) = self.budgets(credential, operation);
        change(LimitKind::AppDay, app);
        change(LimitKind::UserDay, &mut own.day);
        change(LimitKind::Window, &mut own.window);
    }
}

/// The URL is none of Redis.
#[cfg(feature = "redis")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidRedisUrl;

#[cfg(feature = "redis")]
impl fmt::Display for InvalidRedisUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the URL is not like redis://host:6379")
    }
}

#[cfg(feature = "redis")]
impl std::error::Error for InvalidRedisUrl {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::{RateLimit, RateLimits, policy::permit::Outcome};

    #[test]
    fn users_that_are_gone_are_forgotten() {
        let limits = Limits::new();
        let at = |seconds: i64| Timestamp::from_seconds(1_800_000_000 + seconds).unwrap();
        let call = |name: &str, now| {
            let named = limits.named(name);
            let Reservation::Made(permit) = named.reserve("getUsersMe", now) else { return false };
            let reset = now.saturating_add(Duration::from_secs(900));
            let window = Some(RateLimit { limit: 1, remaining: 0, reset });
            let told = RateLimits { window, ..RateLimits::default() };
            permit.settle(&Outcome::Answered { told: &told, now });
            true
        };
        for second in 0..20_000 {
            assert!(call(&second.to_string(), at(second)));
        }
        assert!(limits.lock().credentials.known.len() <= 2 * Named::<Own>::FEW);
        // Whose window goes on is not forgotten.
        assert!(!call("19500", at(20_000)));
    }
}
