//! Limits that many machines share over a Redis server, and what each of them does without it.

mod link;
mod local;
mod script;
mod share;

use std::{
    collections::VecDeque,
    mem,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

pub(super) use self::local::Ticket;
use self::{
    link::{Failure, Link, Rest},
    local::Local,
    script::{Ask, KINDS, Kind, Numbers, Verdict},
    share::Share,
};
use super::{
    Limits,
    budget::{Budget, Room},
    limits::{Name, Shared},
    permit::{Answer, NotNow, Outcome, Permit, Reservation},
};
use crate::{
    endpoint::{Stamp, Work, flow::clock, trace},
    timestamp::Timestamp,
};

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

struct Settlement {
    name: Name,
    ask: Ask,
}

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
        let ask = Ask::reserve(id.clone(), self.machine.clone(), has_share, limits.lease());
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
        local.forget_old(now);
        let (own, app) = local.of(name);
        let mut shared = self.shared();
        shared.forget_old(now);
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
            .known
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
