//! Every partition has one reader, and soon after a death it has another.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use twitter_types::{
    Error,
    endpoint::Stamp,
    stream::share::{Holder, Lease, Roster, Share, ShareError, ShareErrorKind, SharedError, Step},
};

use crate::world::{HEARTBEAT, LEASE, World};

/// A question and its answer, and once more to take what was free.
const WAY: u64 = 1_000;

/// Each partition has one reader, and the numbers of the readers' partitions differ by one at most.
fn check_shares(world: &World, partitions: u8) -> Result<(), TestCaseError> {
    let readers = world.readers();
    prop_assert_eq!(readers.len(), usize::from(partitions), "{:?}", readers);
    prop_assert!(readers.values().all(|readers| readers.len() == 1), "{:?}", readers);
    let counts = world.consumers.values().map(|consumer| consumer.readers.len());
    let (least, most) = (counts.clone().min().unwrap(), counts.max().unwrap());
    prop_assert!(most - least <= 1, "{:?}", readers);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Consumers come, go, die and stall, and messages are lost. `World::run` looks that no two who are
    /// awake read one partition.
    #[test]
    fn partitions_are_shared_whatever_happens(seed: u64, partitions in 1_u8..24) {
        let mut world = World::new(seed, partitions);
        for _ in 0..3 {
            world.join();
        }
        for _ in 0..3 {
            world.losses = 100;
            for _ in 0..10 {
                let number = world.any();
                match (world.random(6), number) {
                    (0, _) | (_, None) => drop(world.join()),
                    (1, Some(number)) => world.kill(number),
                    (2, Some(number)) => world.stop(number),
                    (3 | 4, Some(number)) => {
                        let until = world.now + world.random(3 * LEASE);
                        world.consumers.get_mut(&number).unwrap().stalled_until = until;
                    }
                    _ => {}
                }
                let pause = world.random(2 * LEASE);
                world.run(pause);
            }
            // Everything heals.
            world.losses = 0;
            world.join();
            world.run(6 * LEASE);
            check_shares(&world, partitions)?;
            // And then nothing moves any more.
            let moves = world.moves;
            world.run(8 * LEASE);
            prop_assert_eq!(world.moves, moves);
        }
    }

    /// What a dead consumer held is read again within a lease and a heartbeat.
    #[test]
    fn a_dead_consumer_is_replaced_in_time(seed: u64, partitions in 3_u8..24, consumers in 2..6) {
        let mut world = World::new(seed, partitions);
        for _ in 0..consumers {
            world.join();
            let pause = world.random(HEARTBEAT);
            world.run(pause);
        }
        world.run(6 * LEASE);
        check_shares(&world, partitions)?;
        let pause = world.random(HEARTBEAT);
        world.run(pause);
        let dead = world.any().unwrap();
        world.kill(dead);
        world.run(LEASE + HEARTBEAT + WAY);
        check_shares(&world, partitions)?;
    }

    /// One that is stopped has no lease to run out.
    #[test]
    fn a_stopped_consumer_is_replaced_at_once(seed: u64, partitions in 3_u8..24) {
        let mut world = World::new(seed, partitions);
        let first = world.join();
        world.join();
        world.run(6 * LEASE);
        world.stop(first);
        world.run(HEARTBEAT + 2 * WAY);
        prop_assert_eq!(world.consumers.len(), 1);
        check_shares(&world, partitions)?;
    }
}

/// Writes of a consumer that slept through its successor's coming are refused.
#[test]
fn a_consumer_that_only_seemed_dead_cannot_write() {
    let mut world = World::new(1, 4);
    let sleeper = world.join();
    world.run(6 * LEASE);
    assert_eq!(world.consumers[&sleeper].readers.len(), 4);
    world.consumers.get_mut(&sleeper).unwrap().stalled_until = world.now + 4 * LEASE;
    world.join();
    world.run(3 * LEASE);
    assert_eq!(world.refused, 0);
    world.run(3 * LEASE);
    assert_eq!(world.refused, 4);
    check_shares(&world, 4).unwrap();
}

/// Consumers that begin together do not pass partitions around.
#[test]
fn a_common_start_moves_nothing_twice() {
    let mut world = World::new(1, 20);
    for _ in 0..3 {
        world.join();
        world.run(HEARTBEAT / 4);
    }
    world.run(6 * LEASE);
    check_shares(&world, 20).unwrap();
    assert_eq!(world.moves, 20);
}

fn error() -> ShareError {
    ShareError::new(ShareErrorKind::Unreachable, "nowhere")
}

/// A consumer that was asked its first question.
fn asked(now: Instant) -> Share {
    let mut share = Share::new("one", 1..=2, &Stamp::new("a", 0));
    assert!(matches!(share.step(now), Step::Ask(_)));
    share
}

#[test]
fn the_first_answer_decides_whether_a_consumer_begins() {
    let now = Instant::now();
    let mut share = asked(now);
    share.answered(now, Err(error()));
    assert_eq!(share.step(now), Step::Done);
    assert!(matches!(share.outcome(), Err(SharedError::Leases(_))));

    let mut share = asked(now);
    share.answered(now, Ok(Roster::default()));
    let now = now + Duration::from_millis(HEARTBEAT);
    assert!(matches!(share.step(now), Step::Ask(_)));
    share.answered(now, Err(error()));
    assert!(matches!(share.step(now), Step::Wait(_)));
}

#[test]
fn a_partition_that_fails_ends_a_consumer_and_the_others_come_first() {
    let now = Instant::now();
    let mut share = asked(now);
    share.answered(now, Ok(Roster::default()));
    let now = now + Duration::from_millis(HEARTBEAT);
    let Step::Ask(ask) = share.step(now) else { panic!("no question") };
    assert!(ask.take.is_empty());
    share.answered(now, Ok(Roster::default()));
    let now = now + Duration::from_millis(HEARTBEAT);
    let Step::Ask(ask) = share.step(now) else { panic!("no question") };
    assert_eq!(ask.take, [1, 2]);
    let mut roster = Roster::default();
    for partition in ask.take {
        roster.leases.insert(partition, Holder::new(&*ask.consumer, partition.into()));
    }
    share.answered(now, Ok(roster));
    let [one, two] = [Lease::new(1, 1), Lease::new(2, 2)];
    assert_eq!([share.step(now), share.step(now)], [Step::Begin(one), Step::Begin(two)]);

    let fails = || SharedError::Stream { partition: 1, source: Error::NoProgress };
    share.ended(now, one, Err(fails()));
    assert_eq!(share.step(now), Step::Finish(two));
    let Step::Ask(ask) = share.step(now) else { panic!("no question") };
    assert_eq!((ask.is_leaving, ask.release), (true, vec![one]));
    share.answered(now, Ok(Roster::default()));
    share.ended(now, two, Ok(()));
    let Step::Ask(ask) = share.step(now) else { panic!("no question") };
    assert_eq!((ask.is_leaving, ask.release), (true, vec![two]));
    share.answered(now, Ok(Roster::default()));
    assert_eq!(share.step(now), Step::Done);
    assert!(matches!(share.outcome(), Err(SharedError::Stream { partition: 1, .. })));
}
