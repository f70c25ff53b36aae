//! Machines whose messages are late or lost, which stall and die, on one simulated clock.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use proptest::prelude::Rng as _;
use proptest::test_runner::{RngAlgorithm, TestRng};
use twitter_types::{
    endpoint::Stamp,
    stream::share::{Ask, Holder, Lease, Roster, Share, ShareError, ShareErrorKind, Step},
};

pub(crate) const LEASE: u64 = 10_000;
pub(crate) const HEARTBEAT: u64 = 3_000;

/// How far the clock goes at once, in milliseconds.
const TICK: u64 = 100;

/// The longest that a question or an answer is under way.
const DELAY: u64 = 200;

/// How long a consumer waits for an answer.
const TIMEOUT: u64 = 2_000;

/// How long a partition takes to end that is given back.
const FINISHING: u64 = 300;

pub(crate) struct World {
    rng: TestRng,
    born: Instant,
    pub(crate) now: u64,
    partitions: u8,
    leases: Place,
    pub(crate) consumers: BTreeMap<u32, Consumer>,
    number: u32,
    /// How many of 1000 questions or answers are lost.
    pub(crate) losses: u64,
    /// The tokens that opened each partition in the log.
    fences: BTreeMap<u8, u64>,
    /// Writes that the log refused.
    pub(crate) refused: u32,
    /// How often a partition began or ended.
    pub(crate) moves: u32,
}

/// What `Leases` promise, in memory.
#[derive(Default)]
struct Place {
    token: u64,
    consumers: BTreeMap<String, u64>,
    leases: BTreeMap<u8, (Holder, u64)>,
}

pub(crate) struct Consumer {
    share: Share,
    pub(crate) stalled_until: u64,
    /// A question or its answer, and when it arrives.
    asked: Option<(Ask, u64)>,
    answer: Option<(Result<Roster, ShareError>, u64)>,
    is_known: bool,
    /// What is read, and when it ends.
    pub(crate) readers: BTreeMap<Lease, Option<u64>>,
    pub(crate) is_done: bool,
}

impl Place {
    fn ask(&mut self, now: u64, ask: &Ask) -> Roster {
        let ends = now + ask.lease.as_millis() as u64;
        self.consumers.retain(|_, ends| *ends > now);
        self.leases.retain(|_, (_, ends)| *ends > now);
        let holder = |lease: &Lease| Holder::new(&*ask.consumer, lease.token);
        for lease in &ask.release {
            self.leases.retain(|p, (held, _)| *p != lease.partition || *held != holder(lease));
        }
        for lease in &ask.renew {
            if let Some((held, until)) = self.leases.get_mut(&lease.partition)
                && *held == holder(lease)
            {
                *until = ends;
            }
        }
        for &partition in &ask.take {
            let others = |(held, _): &(Holder, u64)| held.consumer != ask.consumer;
            if !self.leases.get(&partition).is_some_and(others) {
                self.token += 1;
                self.leases.insert(partition, (Holder::new(&*ask.consumer, self.token), ends));
            }
        }
        self.consumers.remove(&ask.consumer);
        if !ask.is_leaving {
            self.consumers.insert(ask.consumer.clone(), ends);
        }
        let mut roster = Roster::default();
        roster.consumers = self.consumers.keys().cloned().collect();
        roster.leases = self.leases.iter().map(|(p, (held, _))| (*p, held.clone())).collect();
        roster
    }
}

impl World {
    pub(crate) fn new(seed: u64, partitions: u8) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        Self {
            rng: TestRng::from_seed(RngAlgorithm::ChaCha, &bytes),
            born: Instant::now(),
            now: 0,
            partitions,
            leases: Place::default(),
            consumers: BTreeMap::new(),
            number: 0,
            losses: 0,
            fences: BTreeMap::new(),
            refused: 0,
            moves: 0,
        }
    }

    pub(crate) fn random(&mut self, below: u64) -> u64 {
        self.rng.next_u64() % below
    }

    pub(crate) fn join(&mut self) -> u32 {
        let nonce = self.rng.next_u64().to_string();
        let (lease, heartbeat) = (Duration::from_millis(LEASE), Duration::from_millis(HEARTBEAT));
        let share = Share::new("consumer", 1..=self.partitions, &Stamp::new(&nonce, 0))
            .with_lease(lease, heartbeat);
        self.number += 1;
        let consumer = Consumer {
            share,
            stalled_until: 0,
            asked: None,
            answer: None,
            is_known: false,
            readers: BTreeMap::new(),
            is_done: false,
        };
        self.consumers.insert(self.number, consumer);
        self.number
    }

    /// One of those who are there.
    pub(crate) fn any(&mut self) -> Option<u32> {
        let place = self.random(self.consumers.len().max(1) as u64);
        self.consumers.keys().nth(place as usize).copied()
    }

    pub(crate) fn kill(&mut self, number: u32) {
        let consumer = self.consumers.remove(&number).unwrap();
        // What it has asked last may still arrive.
        if let Some((ask, _)) = consumer.asked {
            self.leases.ask(self.now, &ask);
        }
    }

    pub(crate) fn stop(&mut self, number: u32) {
        self.consumers.get_mut(&number).unwrap().share.stop();
    }

    /// Who reads each partition.
    pub(crate) fn readers(&self) -> BTreeMap<u8, Vec<u32>> {
        let mut readers = BTreeMap::<_, Vec<_>>::new();
        for (number, consumer) in &self.consumers {
            for lease in consumer.readers.keys() {
                readers.entry(lease.partition).or_default().push(*number);
            }
        }
        readers
    }

    pub(crate) fn run(&mut self, millis: u64) {
        let until = self.now + millis;
        while self.now < until {
            let moves = self.moves;
            self.now += TICK;
            for number in Vec::from_iter(self.consumers.keys().copied()) {
                let mut consumer = self.consumers.remove(&number).unwrap();
                if consumer.stalled_until <= self.now {
                    self.tick(&mut consumer);
                }
                if !consumer.is_done {
                    self.consumers.insert(number, consumer);
                }
            }
            if self.moves != moves {
                self.check_readers();
            }
        }
    }

    /// No two who are awake read one partition.
    fn check_readers(&self) {
        for (partition, readers) in self.readers() {
            let awake = |number: &&u32| self.consumers[number].stalled_until <= self.now;
            let readers = Vec::from_iter(readers.iter().filter(awake));
            assert!(readers.len() <= 1, "{readers:?} read partition {partition}");
        }
    }

    fn tick(&mut self, consumer: &mut Consumer) {
        // Threads that were stalled too write before anybody tells them not to.
        for lease in consumer.readers.keys() {
            let fence = self.fences[&lease.partition];
            assert!(lease.token <= fence);
            self.refused += u32::from(lease.token < fence);
        }
        self.deliver(consumer);
        let now = self.born + Duration::from_millis(self.now);
        loop {
            match consumer.share.step(now) {
                Step::Ask(ask) => {
                    assert!(consumer.asked.is_none() && consumer.answer.is_none());
                    // One whose first question fails would end.
                    if consumer.is_known && self.random(1000) < self.losses {
                        consumer.answer = Some((Err(lost()), self.now + TIMEOUT));
                    } else {
                        consumer.asked = Some((ask, self.now + self.random(DELAY)));
                    }
                }
                Step::Begin(lease) => {
                    let fence = self.fences.entry(lease.partition).or_default();
                    assert!(*fence < lease.token, "a token was given out twice");
                    *fence = lease.token;
                    consumer.readers.insert(lease, None);
                    self.moves += 1;
                }
                Step::Finish(lease) => {
                    let ends = self.now + self.random(FINISHING);
                    consumer.readers.insert(lease, Some(ends));
                    self.moves += 1;
                }
                Step::Abandon(lease) => {
                    consumer.readers.remove(&lease);
                    consumer.share.ended(now, lease, Ok(()));
                    self.moves += 1;
                }
                Step::Wait(pause) => return assert!(!pause.is_zero()),
                Step::Done => return consumer.is_done = true,
            }
        }
    }

    fn deliver(&mut self, consumer: &mut Consumer) {
        let now = self.born + Duration::from_millis(self.now);
        if let Some((ask, at)) = consumer.asked.take() {
            if at > self.now {
                consumer.asked = Some((ask, at));
            } else {
                let roster = self.leases.ask(self.now, &ask);
                consumer.answer = Some(if consumer.is_known && self.random(1000) < self.losses {
                    (Err(lost()), self.now + TIMEOUT)
                } else {
                    (Ok(roster), self.now + self.random(DELAY))
                });
            }
        }
        if let Some((answer, at)) = consumer.answer.take() {
            if at > self.now {
                consumer.answer = Some((answer, at));
            } else {
                consumer.is_known = true;
                consumer.share.answered(now, answer);
            }
        }
        let ended = |(_, ends): &(&Lease, &Option<u64>)| ends.is_some_and(|ends| ends <= self.now);
        for lease in Vec::from_iter(consumer.readers.iter().filter(ended).map(|(l, _)| *l)) {
            consumer.readers.remove(&lease);
            consumer.share.ended(now, lease, Ok(()));
        }
    }
}

fn lost() -> ShareError {
    ShareError::new(ShareErrorKind::Unreachable, "nowhere")
}
