//! Limits that many machines share over a Redis server, and what each of them does without it.

mod link;
mod share;

use std::{
    collections::{HashMap, HashSet, VecDeque},
    mem,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

use self::{
    link::{Failure, Link, Rest},
    share::{Share, Told},
};
use super::{
    Limits,
    budget::{Budget, Known, Room},
    limits::{Answer, NotNow, Outcome, Permit, Reservation, Shared},
    tidied::Tidied,
};
use crate::{
    endpoint::{LimitKind, RateLimit, Stamp, Work, flow::clock, trace},
    timestamp::Timestamp,
};

/// For how long a share stays promised to a machine that does not come back.
const PROMISE: Duration = Duration::from_secs(2);

/// For how long a machine relies on that, by its own clock: answers take time.
const TRUST: Duration = Duration::from_millis(1500);

/// How long all keep to their shares after one came back from an outage. The others come within that
/// time, if they make calls at all.
const SETTLING: Duration = Duration::from_secs(2);

/// Machines that did not come for so long have no share.
const LATELY: Duration = Duration::from_secs(60);

/// How long the server keeps what it knows: the longest window is a day.
const KEEP: Duration = Duration::from_secs(2 * 24 * 60 * 60);

/// Outcomes that wait to be told. Of more, the oldest are not: their calls count as made.
const PENDING: usize = 10_000;

/// A budget of many machines.
pub(super) struct Remote {
    inner: Arc<Inner>,
    worker: Mutex<Option<JoinHandle<()>>>,
}

struct Inner {
    key: String,
    machine: String,
    numbers: AtomicU64,
    link: Mutex<Link>,
    rest: Rest,
    pending: Mutex<Pending>,
    wake: Condvar,
    local: Mutex<Local>,
    /// What this machine's own calls were told.
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Pending {
    settlements: VecDeque<Settlement>,
    is_closed: bool,
}

/// What this machine knows beside that.
#[derive(Default)]
struct Local {
    has_spoken: bool,
    /// Since when the server is silent, or settling.
    silent_since: Option<Timestamp>,
    /// Whether that was logged.
    is_away: bool,
    credentials: HashMap<Name, Own>,
    apps: HashMap<&'static str, App>,
    tidied: Tidied,
}

/// A credential and an operation.
type Name = (Arc<str>, &'static str);

#[derive(Default)]
struct Own {
    day: Share,
    window: Share,
    calls: HashSet<String>,
}

#[derive(Default)]
struct App {
    day: Share,
    flying: u32,
}

/// What the server calls a call, and whether this machine's share was used for it.
pub(super) struct Ticket {
    id: String,
    is_of_share: bool,
}

struct Settlement {
    name: Name,
    ask: Ask,
}

/// What the script is asked to do.
#[derive(Clone, Serialize)]
#[serde(tag = "act", rename_all = "lowercase")]
enum Ask {
    Reserve {
        id: String,
        machine: String,
        has_share: bool,
        lease: u64,
        promise: u64,
        lately: u64,
        keep: u64,
    },
    Settle {
        id: String,
        how: &'static str,
        told: [Numbers; 3],
        #[serde(skip_serializing_if = "Option::is_none")]
        spent: Option<u64>,
        promise: u64,
        lately: u64,
        keep: u64,
    },
    Return {
        calls: Vec<String>,
        told: [Numbers; 3],
        settling: u64,
        lease: u64,
        promise: u64,
        lately: u64,
        keep: u64,
    },
}

/// What X told of one limit. Lua takes `null` for something.
#[derive(Clone, Copy, Serialize)]
#[serde(untagged)]
enum Numbers {
    None(bool),
    Some {
        #[serde(skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
        remaining: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        reset: Option<i64>,
    },
}

#[derive(Deserialize)]
struct Verdict {
    verdict: Kind,
    which: Option<usize>,
    reset: Option<u64>,
    shares: Option<[Told; 3]>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Made,
    Share,
    Later,
    Spent,
}

/// The limits of a call, in the order of the script.
const KINDS: [LimitKind; 3] = [LimitKind::AppDay, LimitKind::UserDay, LimitKind::Window];

impl Remote {
    pub(super) fn new(client: redis::Client, key: String, shared: Arc<Mutex<Shared>>) -> Self {
        let stamp = Stamp::now();
        let machine = stamp.nonce().unwrap_or_default().to_owned();
        let inner = Arc::new(Inner {
            key,
            machine,
            numbers: AtomicU64::new(0),
            link: Mutex::new(Link::new(client)),
            rest: Rest::new(),
            pending: Mutex::default(),
            wake: Condvar::new(),
            local: Mutex::default(),
            shared,
        });
        Self { inner, worker: Mutex::new(None) }
    }

    /// Counts a call that is about to be sent: at once if the server is away, by work otherwise.
    pub(super) fn reserve(
        &self,
        limits: &Limits,
        operation: &'static str,
        now: Timestamp,
    ) -> Reservation {
        if !self.inner.rest.left().is_zero() {
            return self.inner.reserve_alone(limits, operation, now);
        }
        let (inner, limits, answer) = (Arc::clone(&self.inner), limits.clone(), Answer::default());
        let to = answer.clone();
        let work = Work::new(move || to.give(inner.reserve(&limits, operation, now)));
        Reservation::Ask(work, answer)
    }

    /// Tells what became of a call, without a wait for it.
    pub(super) fn settle(&self, name: Name, ticket: Ticket, outcome: &Outcome<'_>) {
        self.inner.local().end(&name, &ticket, outcome);
        let settlement = Settlement { name, ask: Ask::settle(ticket.id, outcome) };
        let mut pending = self.inner.pending();
        if pending.settlements.len() >= PENDING {
            pending.settlements.pop_front();
        }
        pending.settlements.push_back(settlement);
        drop(pending);
        self.inner.wake.notify_one();
        let mut worker = self.worker.lock().unwrap_or_else(PoisonError::into_inner);
        if worker.is_none() {
            let inner = Arc::clone(&self.inner);
            let thread = thread::Builder::new().name("x-limits".to_owned());
            // Without a thread the next reservation tells it.
            *worker = thread.spawn(move || inner.tell_outcomes()).ok();
        }
    }
}

impl Drop for Remote {
    /// Lets the last outcomes be told, so that nobody waits for them.
    fn drop(&mut self) {
        self.inner.pending().is_closed = true;
        self.inner.wake.notify_one();
        let worker = self.worker.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(worker) = worker {
            // A panic there has been told already.
            let _ = worker.join();
        }
    }
}

impl Inner {
    fn reserve(&self, limits: &Limits, operation: &'static str, now: Timestamp) -> Reservation {
        let begun = Instant::now();
        let mut link = self.link.lock().unwrap_or_else(PoisonError::into_inner);
        let now = now.saturating_add(begun.elapsed());
        if !self.rest.left().is_zero() {
            return self.reserve_alone(limits, operation, now);
        }
        self.tell_pending(&mut link, now);
        let name = (Arc::clone(limits.credential()), operation);
        // What this machine would do alone, in case it has to.
        let alone = self.try_alone(&name, now);
        let (id, has_share) = match &alone {
            Ok(ticket) => (ticket.id.clone(), true),
            Err(_) => (self.new_id(), false),
        };
        let ask = self.ask_to_reserve(id.clone(), has_share, limits.lease());
        let asked = Instant::now();
        let verdict = self.talk(&mut link, &name, &ask, now);
        let answered = now.saturating_add(asked.elapsed());
        let Ok(verdict) = verdict else {
            return permit_or(limits, operation, alone);
        };
        let mut local = self.local();
        let reservation = match verdict.verdict {
            Kind::Share => permit_or(limits, operation, alone),
            Kind::Made => {
                let mut ticket = match alone {
                    Ok(ticket) => ticket,
                    Err(_) => self.count(&mut local, &name, id),
                };
                ticket.is_of_share = false;
                Reservation::Made(Permit::shared(limits, operation, ticket))
            }
            Kind::Later | Kind::Spent => {
                if let Ok(ticket) = alone {
                    self.uncount(&mut local, &name, &ticket);
                }
                let pause = Duration::from_millis(verdict.reset.unwrap_or_default());
                let kind = verdict.which.and_then(|which| KINDS.get(which));
                Reservation::Not(kind.map_or(NotNow::Later, |&kind| NotNow::Spent {
                    kind,
                    reset: answered.saturating_add(pause),
                }))
            }
        };
        if let Some(shares) = &verdict.shares {
            local.tell(&name, shares, now, answered);
        }
        reservation
    }

    /// Counts a call by what this machine knows, and by its share.
    fn reserve_alone(
        &self,
        limits: &Limits,
        operation: &'static str,
        now: Timestamp,
    ) -> Reservation {
        let name = (Arc::clone(limits.credential()), operation);
        permit_or(limits, operation, self.try_alone(&name, now))
    }

    fn try_alone(&self, name: &Name, now: Timestamp) -> Result<Ticket, NotNow> {
        let mut local = self.local();
        let silent_since = local.silent_since.unwrap_or(now);
        let mut shared = self.shared();
        shared.tidy(now);
        local.tidy(&shared, now);
        let (own, app) = local.of(name);
        let (own_budgets, app_budget) = shared.budgets(&name.0, name.1);
        let flying = u32::try_from(own.calls.len()).unwrap_or(u32::MAX);
        let limits: [(&mut Budget, &mut Share, u32); 3] = [
            (app_budget, &mut app.day, app.flying),
            (&mut own_budgets.day, &mut own.day, flying),
            (&mut own_budgets.window, &mut own.window, flying),
        ];
        let mut later = false;
        for (kind, (budget, share, flying)) in KINDS.into_iter().zip(limits) {
            for room in [budget.room(now), share.room(now, silent_since, flying)] {
                match room {
                    Room::Free => {}
                    Room::Open => later = true,
                    Room::Spent(reset) => return Err(NotNow::Spent { kind, reset }),
                }
            }
        }
        drop(shared);
        if later {
            return Err(NotNow::Later);
        }
        for share in [&mut app.day, &mut own.day, &mut own.window] {
            share.take();
        }
        let mut ticket = self.count(&mut local, name, self.new_id());
        ticket.is_of_share = true;
        Ok(ticket)
    }

    /// Counts a call as under way.
    fn count(&self, local: &mut Local, name: &Name, id: String) -> Ticket {
        let (own, app) = local.of(name);
        own.calls.insert(id.clone());
        app.flying += 1;
        self.shared().change(&name.0, name.1, |_, budget| budget.reserve());
        Ticket { id, is_of_share: false }
    }

    /// The call is not made.
    fn uncount(&self, local: &mut Local, name: &Name, ticket: &Ticket) {
        local.end(name, ticket, &Outcome::Unsent);
        self.shared().change(&name.0, name.1, |_, budget| budget.release());
    }

    /// Runs the script, over a new connection if the old one is gone.
    fn talk(
        &self,
        link: &mut Link,
        name: &Name,
        ask: &Ask,
        now: Timestamp,
    ) -> Result<Verdict, Failure> {
        let keys = self.keys(name);
        let begun = Instant::now();
        if link.is_open() {
            match link.run(&keys, ask) {
                // Closed, perhaps long ago: it is worth another connection, and a slow server is not.
                Err(Failure::Away) if begun.elapsed() < link::TIMEOUT / 2 => {
                    self.local().silent_since.get_or_insert(now);
                }
                Ok(verdict) => return Ok(verdict),
                Err(failure) => {
                    self.rest.end_attempt(true);
                    return Err(self.failed(failure, now));
                }
            }
        }
        self.rest.begin_attempt();
        let outcome = self.come_back(link, now).and_then(|()| link.run(&keys, ask));
        self.rest.end_attempt(outcome.is_err());
        outcome.map_err(|failure| self.failed(failure, now))
    }

    /// Connects, and tells what happened meanwhile.
    fn come_back(&self, link: &mut Link, now: Timestamp) -> Result<(), Failure> {
        link.connect()?;
        let mut local = self.local();
        let was_away = local.has_spoken || local.silent_since.is_some();
        local.has_spoken = true;
        if !was_away {
            return Ok(());
        }
        let mut shared = self.shared();
        let reports: Vec<(Name, Ask)> = local
            .credentials
            .iter()
            .map(|(name, own)| {
                let (budgets, app) = shared.budgets(&name.0, name.1);
                let told = [&*app, &budgets.day, &budgets.window].map(Numbers::of_budget);
                (name.clone(), Ask::come_back(own.calls.iter().cloned().collect(), told))
            })
            .collect();
        drop((shared, local));
        for (name, report) in reports {
            let _: Verdict = link.run(&self.keys(&name), &report)?;
        }
        let mut local = self.local();
        local.silent_since.get_or_insert(now);
        if mem::take(&mut local.is_away) {
            trace::shared_limits_back(&self.key);
        }
        Ok(())
    }

    /// From now on this machine is alone, until a share is promised again.
    fn failed(&self, failure: Failure, now: Timestamp) -> Failure {
        let mut local = self.local();
        local.silent_since.get_or_insert(now);
        if !mem::replace(&mut local.is_away, true) {
            trace::shared_limits_away(&self.key, &failure);
        }
        failure
    }

    /// Tells outcomes until there will be no more.
    fn tell_outcomes(&self) {
        let mut pending = self.pending();
        loop {
            let rest = self.rest.left();
            let (is_idle, is_closed) = (pending.settlements.is_empty(), pending.is_closed);
            if is_closed && (is_idle || !rest.is_zero()) {
                return;
            }
            pending = if is_idle {
                self.wake.wait(pending).unwrap_or_else(PoisonError::into_inner)
            } else if !rest.is_zero() {
                let waited = self.wake.wait_timeout(pending, rest);
                waited.unwrap_or_else(PoisonError::into_inner).0
            } else {
                drop(pending);
                let mut link = self.link.lock().unwrap_or_else(PoisonError::into_inner);
                self.tell_pending(&mut link, clock());
                drop(link);
                self.pending()
            };
        }
    }

    fn tell_pending(&self, link: &mut Link, now: Timestamp) {
        loop {
            let Some(settlement) = self.pending().settlements.pop_front() else { return };
            if self.talk(link, &settlement.name, &settlement.ask, now).is_err() {
                return self.pending().settlements.push_front(settlement);
            }
        }
    }

    fn ask_to_reserve(&self, id: String, has_share: bool, lease: Duration) -> Ask {
        Ask::Reserve {
            id,
            machine: self.machine.clone(),
            has_share,
            lease: millis(lease),
            promise: millis(PROMISE),
            lately: millis(LATELY),
            keep: millis(KEEP),
        }
    }

    fn keys(&self, (credential, operation): &Name) -> [String; 3] {
        let key = &self.key;
        [
            format!("{key}:app:{operation}"),
            format!("{key}:day:{operation}:{credential}"),
            format!("{key}:window:{operation}:{credential}"),
        ]
    }

    fn new_id(&self) -> String {
        format!("{}.{}", self.machine, self.numbers.fetch_add(1, Ordering::Relaxed))
    }

    fn pending(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn local(&self) -> MutexGuard<'_, Local> {
        self.local.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn permit_or(
    limits: &Limits,
    operation: &'static str,
    alone: Result<Ticket, NotNow>,
) -> Reservation {
    match alone {
        Ok(ticket) => Reservation::Made(Permit::shared(limits, operation, ticket)),
        Err(not_now) => Reservation::Not(not_now),
    }
}

impl Local {
    /// Forgets who has no share and no window, now and then. While the server is silent, all that is known
    /// is needed.
    fn tidy(&mut self, shared: &Shared, now: Timestamp) {
        if self.silent_since.is_some() {
            return;
        }
        self.tidied.retain(&mut self.credentials, |name, own| {
            let is_promised = own.window.is_promised(now) || own.day.is_promised(now);
            is_promised || !own.calls.is_empty() || shared.says_something(name, now)
        });
    }

    fn of(&mut self, name: &Name) -> (&mut Own, &mut App) {
        let own = self.credentials.entry(name.clone()).or_default();
        (own, self.apps.entry(name.1).or_default())
    }

    fn tell(&mut self, name: &Name, told: &[Told; 3], asked: Timestamp, now: Timestamp) {
        self.silent_since = None;
        let (own, app) = self.of(name);
        for (share, told) in [&mut app.day, &mut own.day, &mut own.window].into_iter().zip(told) {
            share.tell(told, asked, now);
        }
    }

    /// A call is not under way any more.
    fn end(&mut self, name: &Name, ticket: &Ticket, outcome: &Outcome<'_>) {
        let (own, app) = self.of(name);
        own.calls.remove(&ticket.id);
        app.flying = app.flying.saturating_sub(1);
        let told = outcome.told().unwrap_or_default();
        for (share, told) in [
            (&mut app.day, told.app_day),
            (&mut own.day, told.user_day),
            (&mut own.window, told.window),
        ] {
            if matches!(outcome, Outcome::Unsent) && ticket.is_of_share {
                share.give_back();
            }
            if let Some(told) = told {
                share.learn(told);
            }
        }
    }
}

impl Ask {
    fn settle(id: String, outcome: &Outcome<'_>) -> Self {
        let how = match outcome {
            Outcome::Unsent => "unsent",
            Outcome::Unknown => "unknown",
            Outcome::Answered { .. } | Outcome::Refused { .. } => "answered",
        };
        let spent = match outcome {
            Outcome::Refused { until, now, .. } => Some(millis(until.saturating_since(*now))),
            _ => None,
        };
        let told = outcome.told().unwrap_or_default();
        let told = [told.app_day, told.user_day, told.window].map(Numbers::of_limit);
        let (promise, lately, keep) = (millis(PROMISE), millis(LATELY), millis(KEEP));
        Self::Settle { id, how, told, spent, promise, lately, keep }
    }

    fn come_back(calls: Vec<String>, told: [Numbers; 3]) -> Self {
        Self::Return {
            calls,
            told,
            settling: millis(SETTLING),
            lease: millis(LATELY),
            promise: millis(PROMISE),
            lately: millis(LATELY),
            keep: millis(KEEP),
        }
    }
}

impl Numbers {
    fn of_limit(limit: Option<RateLimit>) -> Self {
        limit.map_or(Self::None(false), |limit| Self::Some {
            limit: Some(limit.limit),
            remaining: limit.remaining,
            reset: Some(limit.reset.as_millis()),
        })
    }

    fn of_budget(budget: &Budget) -> Self {
        match budget.known {
            Known::Window { limit, remaining, reset } => {
                Self::Some { limit, remaining, reset: reset.map(Timestamp::as_millis) }
            }
            Known::Nothing | Known::NoLimit => Self::None(false),
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_without_a_share_are_forgotten_unless_the_server_is_silent() {
        let now: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
        let ago = |seconds| now.checked_sub(Duration::from_secs(seconds)).unwrap();
        let name = |name: &str| -> Name { (Arc::from(name), "getUsersMe") };
        let told =
            r#"{"unlimited": false, "limit": 75, "share": 74, "machines": 1, "reset": 9000}"#;
        let told: Told = serde_json::from_str(told).unwrap();
        let (mut local, mut shared) = (Local::default(), Shared::default());
        for (user, asked) in [("lately", ago(59)), ("long ago", ago(60))] {
            local.of(&name(user)).0.window.tell(&told, asked, asked);
        }
        local.of(&name("under way")).0.calls.insert("1".to_owned());
        local.of(&name("window"));
        let window = RateLimit { limit: 75, remaining: 9, reset: now.saturating_add(PROMISE) };
        shared.budgets(&Arc::from("window"), "getUsersMe").0.window.learn(Some(window), now);
        for user in 0..1024 {
            local.of(&name(&user.to_string()));
        }

        local.silent_since = Some(now);
        local.tidy(&shared, now);
        assert_eq!(local.credentials.len(), 1028);
        local.silent_since = None;
        local.tidy(&shared, now);
        let mut left = Vec::from_iter(local.credentials.keys().map(|(user, _)| &**user));
        left.sort_unstable();
        assert_eq!(left, ["lately", "under way", "window"]);
    }
}
