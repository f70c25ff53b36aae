//! One consumer's part in reading all partitions.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, VecDeque},
    time::{Duration, Instant},
};

use super::{Ask, Lease, Roster, ShareError, SharedError, trace};
use crate::endpoint::Stamp;

/// A consumer that reads its fair share of the partitions, without a socket or a clock. See the
/// [module](super).
///
/// Its times are those of a monotonic clock. It stops reading a partition a tenth of a lease before
/// another consumer could take it, unless it knows that the lease was renewed.
#[derive(Debug)]
#[must_use]
pub struct Share {
    consumer: String,
    partitions: BTreeSet<u8>,
    lease: Duration,
    heartbeat: Duration,
    held: BTreeMap<u8, Held>,
    /// Partitions whose stream has ended by itself, and until when others are to try them.
    resting: BTreeMap<u8, Instant>,
    ready: VecDeque<Step>,
    asked: Option<Asked>,
    /// The partitions to take by the next question.
    wanted: Vec<u8>,
    /// When to ask next; `None` for at once.
    next_ask: Option<Instant>,
    /// After a failure nothing is asked before this.
    pause: Option<Instant>,
    /// The others know of this consumer.
    is_known: bool,
    is_stopping: bool,
    has_left: bool,
    outcome: Result<(), SharedError>,
}

/// What a consumer does next.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "who drives a consumer must know every step")]
pub enum Step {
    /// Ask the [`Leases`](super::Leases) this, and call [`Share::answered`]. There is one question
    /// at a time. Go on to ask for steps meanwhile: leases may run out.
    Ask(Ask),
    /// Read this partition: open it in the log, begin its stream with the cursor that the log has,
    /// and append what comes. When that has ended, for whatever reason, call [`Share::ended`].
    Begin(Lease),
    /// Stop reading this partition, append what has come, and then call [`Share::ended`]. There is
    /// as much time for it as is left of the lease.
    Finish(Lease),
    /// Stop reading this partition at once, for it is lost, and call [`Share::ended`].
    Abandon(Lease),
    /// Ask again after this time, or when something has happened.
    Wait(Duration),
    /// It has ended, and holds nothing any more: [`Share::outcome`] says how.
    Done,
}

#[derive(Debug)]
struct Held {
    lease: Lease,
    /// When it runs out, at the earliest.
    until: Instant,
    phase: Phase,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Reading,
    Finishing,
    Abandoned,
    /// Nothing of it runs any more, and the others are to know.
    Ended,
}

#[derive(Debug)]
struct Asked {
    ask: Ask,
    at: Instant,
}

impl Share {
    /// A consumer that shares these partitions with others who share the same. The name is for
    /// people; what tells it from every other consumer are the random bits of the stamp, of which
    /// each needs its own.
    pub fn new(name: &str, partitions: impl IntoIterator<Item = u8>, stamp: &Stamp<'_>) -> Self {
        let nonce = stamp.nonce().unwrap_or_default();
        Self {
            consumer: format!("{name}-{nonce}"),
            partitions: partitions.into_iter().collect(),
            lease: Duration::from_secs(10),
            heartbeat: Duration::from_secs(3),
            held: BTreeMap::new(),
            resting: BTreeMap::new(),
            ready: VecDeque::new(),
            asked: None,
            wanted: Vec::new(),
            next_ask: None,
            pause: None,
            is_known: false,
            is_stopping: false,
            has_left: false,
            outcome: Ok(()),
        }
    }

    /// How long a lease holds unless it is renewed, and how often it is: 10 and 3 seconds unless
    /// this is called. All consumers need the same. A partition whose consumer dies is taken over
    /// within the sum; a lease should outlast two heartbeats and the longest wait for an answer.
    pub const fn with_lease(mut self, lease: Duration, heartbeat: Duration) -> Self {
        (self.lease, self.heartbeat) = (lease, heartbeat);
        self
    }

    /// Who this consumer is, to the others.
    pub fn consumer(&self) -> &str {
        &self.consumer
    }

    /// The partitions that are being read.
    pub fn reading(&self) -> impl Iterator<Item = Lease> {
        self.held.values().filter(|held| held.phase.is_at_work()).map(|held| held.lease)
    }

    /// Gives everything back, and then ends.
    pub fn stop(&mut self) {
        self.is_stopping = true;
        self.give_back(usize::MAX);
    }

    /// What to do next.
    pub fn step(&mut self, now: Instant) -> Step {
        self.let_go(now);
        if let Some(step) = self.ready.pop_front() {
            trace::step(&step);
            return step;
        }
        let is_over = self.is_stopping && self.held.is_empty();
        if is_over && (self.has_left || !self.is_known) {
            return Step::Done;
        }
        if self.asked.is_none() {
            let has_news = is_over || self.held.values().any(|held| held.phase == Phase::Ended);
            let is_due = has_news || self.next_ask.is_none_or(|next| next <= now);
            if is_due && self.pause.is_none_or(|pause| pause <= now) {
                let ask = self.ask();
                self.asked = Some(Asked { ask: ask.clone(), at: now });
                return Step::Ask(ask);
            }
        }
        Step::Wait(self.wait(now))
    }

    /// Partitions whose lease may run out are not read any more.
    fn let_go(&mut self, now: Instant) {
        let margin = self.margin();
        self.held.retain(|_, held| held.phase != Phase::Ended || now < held.until);
        self.resting.retain(|_, until| now < *until);
        for held in self.held.values_mut() {
            if now + margin >= held.until {
                held.lose(&mut self.ready);
            }
        }
    }

    /// How long before its end a lease is not relied on any more.
    fn margin(&self) -> Duration {
        self.lease / 10
    }

    fn wait(&self, now: Instant) -> Duration {
        let margin = self.margin();
        let at_risk = self.held.values().filter(|held| held.phase != Phase::Abandoned);
        let ends = at_risk.map(|held| match held.phase {
            Phase::Ended => held.until,
            _ => held.until.checked_sub(margin).unwrap_or(now),
        });
        let next_ask = self.next_ask.max(self.pause).filter(|_| self.asked.is_none());
        let next = ends.chain(next_ask).min().unwrap_or(now + self.heartbeat);
        next.saturating_duration_since(now).max(Duration::from_millis(1))
    }

    fn ask(&mut self) -> Ask {
        let of = |is_wanted: fn(Phase) -> bool| {
            let held = self.held.values().filter(|held| is_wanted(held.phase));
            held.map(|held| held.lease).collect()
        };
        Ask {
            consumer: self.consumer.clone(),
            lease: self.lease,
            is_leaving: self.is_stopping,
            release: of(|phase| phase == Phase::Ended),
            renew: of(|phase| phase == Phase::Reading),
            take: std::mem::take(&mut self.wanted),
        }
    }

    /// Takes what came of the question. If it is the first, and fails, that ends the consumer; a later one
    /// is asked again.
    pub fn answered(&mut self, now: Instant, answer: Result<Roster, ShareError>) {
        let Some(Asked { ask, at }) = self.asked.take() else { return };
        let roster = match answer {
            Ok(roster) => roster,
            Err(error) if !self.is_known => return self.fail(SharedError::Leases(error)),
            Err(error) => {
                trace::leases_fail(&error);
                (self.pause, self.next_ask) = (Some(now + self.heartbeat / 3), None);
                self.has_left = ask.is_leaving && self.held.is_empty();
                return;
            }
        };
        (self.pause, self.next_ask) = (None, Some(at + self.heartbeat));
        self.settle(&ask, now, at + self.lease, &roster);
        if self.is_stopping {
            self.give_back(usize::MAX);
            self.has_left = ask.is_leaving && self.held.is_empty();
        } else if self.is_known {
            self.balance(&ask, &roster);
        }
        // Who comes first lets the others come before it takes everything.
        self.is_known = true;
    }

    /// What has become of the leases that were named.
    fn settle(&mut self, ask: &Ask, now: Instant, until: Instant, roster: &Roster) {
        for lease in &ask.release {
            self.held.remove(&lease.partition);
        }
        for lease in &ask.renew {
            let Some(held) = self.held.get_mut(&lease.partition) else { continue };
            if roster.has(&self.consumer, *lease) {
                held.until = until;
            } else if held.phase == Phase::Ended {
                self.held.remove(&lease.partition);
            } else {
                held.lose(&mut self.ready);
            }
        }
        // An answer may come so late that the lease has run out meanwhile.
        let is_in_time = now + self.margin() < until;
        for &partition in ask.take.iter().filter(|_| is_in_time) {
            let Some(holder) = roster.leases.get(&partition) else { continue };
            if holder.consumer == self.consumer && !self.held.contains_key(&partition) {
                let lease = Lease::new(partition, holder.token);
                self.held.insert(partition, Held { lease, until, phase: Phase::Reading });
                self.ready.push_back(Step::Begin(lease));
            }
        }
    }

    /// Takes what is free and due to this consumer, or gives back what is more than that.
    fn balance(&mut self, ask: &Ask, roster: &Roster) {
        let due = self.fair_share(roster);
        let reading = self.held.values().filter(|held| held.phase == Phase::Reading).count();
        self.give_back(reading.saturating_sub(due));
        let mine = self.held.values().filter(|held| held.phase != Phase::Abandoned).count();
        // What is this one's and not held is what an answer told that was lost.
        let is_other = |partition: &u8| {
            roster.leases.get(partition).is_some_and(|holder| holder.consumer != self.consumer)
        };
        let is_free = |partition: &u8| {
            !is_other(partition)
                && !self.held.contains_key(partition)
                && !self.resting.contains_key(partition)
        };
        let free = self.partitions.iter().copied().filter(is_free);
        self.wanted = free.take(due.saturating_sub(mine)).collect();
        if !self.wanted.is_empty() && ask.take.is_empty() {
            self.next_ask = None;
        } else if mine < due {
            // Others are about to give back what is due to this one.
            self.next_ask = self.next_ask.and_then(|next| next.checked_sub(self.heartbeat * 3 / 4));
        }
    }

    /// How many partitions are due to this consumer. Where they cannot be divided evenly, those who
    /// hold more keep more, so that nothing moves without need.
    fn fair_share(&self, roster: &Roster) -> usize {
        let mut consumers: Vec<_> = roster.consumers.iter().map(String::as_str).collect();
        if !roster.consumers.contains(&self.consumer) {
            consumers.push(&self.consumer);
        }
        let each = self.partitions.len() / consumers.len();
        let rest = self.partitions.len() % consumers.len();
        let order = |consumer: &str| (Reverse(roster.count(consumer)), consumer.to_owned());
        let mine = order(&self.consumer);
        let others = || consumers.iter().filter(|consumer| **consumer != self.consumer);
        let with_more = others().filter(|other| roster.count(other) > each).count();
        let before = others().filter(|other| order(other) < mine).count();
        each + usize::from(with_more < rest || before < rest)
    }

    /// Ends so many of the partitions that are read, those first that were taken last.
    fn give_back(&mut self, count: usize) {
        let mut reading: Vec<_> =
            self.held.values_mut().filter(|held| held.phase == Phase::Reading).collect();
        reading.sort_by_key(|held| Reverse(held.lease.token));
        for held in reading.into_iter().take(count) {
            held.phase = Phase::Finishing;
            self.ready.push_back(Step::Finish(held.lease));
        }
    }

    /// Nothing of a partition runs any more: it was to end, or has ended by itself. An error ends the
    /// consumer, which gives back the other partitions first.
    pub fn ended(&mut self, now: Instant, lease: Lease, outcome: Result<(), SharedError>) {
        let held = self.held.get_mut(&lease.partition);
        if let Some(held) = held.filter(|held| held.lease == lease) {
            if held.phase == Phase::Reading {
                self.resting.insert(lease.partition, now + self.lease);
            }
            held.phase = Phase::Ended;
        }
        if let Err(error) = outcome {
            self.fail(error);
        }
    }

    fn fail(&mut self, error: SharedError) {
        if self.outcome.is_ok() {
            self.outcome = Err(error);
        }
        self.stop();
    }

    /// How it has ended, after [`Step::Done`].
    ///
    /// # Errors
    ///
    /// The first thing that ended it, unless it was [`stop`](Self::stop).
    pub fn outcome(self) -> Result<(), SharedError> {
        self.outcome
    }
}

impl Held {
    fn lose(&mut self, ready: &mut VecDeque<Step>) {
        if self.phase.is_at_work() {
            self.phase = Phase::Abandoned;
            ready.push_back(Step::Abandon(self.lease));
        }
    }
}

impl Phase {
    const fn is_at_work(self) -> bool {
        matches!(self, Self::Reading | Self::Finishing)
    }
}
