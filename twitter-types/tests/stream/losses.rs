//! Nothing is lost without a word, whatever the network does.

use proptest::prelude::*;
use twitter_types::{
    posts::SearchRecent,
    stream::{Machine, Options, Recovery},
    streams::Filtered,
};

use crate::server::World;

fn recovery() -> impl Strategy<Value = Recovery> {
    prop_oneof![
        Just(Recovery::None),
        Just(Recovery::Backfill),
        Just(Recovery::Replay),
        Just(Recovery::Search(vec![SearchRecent::new("cat"), SearchRecent::new("dog")])),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Every post is delivered once, or lies in a gap.
    #[test]
    fn each_post_is_delivered_once_or_in_a_gap(
        seed: u64,
        breaks in 1_u64..60,
        recovery in recovery(),
    ) {
        let mut world = World::new(seed, 5, breaks);
        let mut machine = Machine::new(Filtered::new())
            .with_options(Options::new().recovery(recovery.clone()));
        world.run(&mut machine, 1).unwrap();
        let first = machine.cursor();
        world.run(&mut machine, 3).unwrap();
        let last = machine.cursor().unwrap();
        if let Some(first) = &first {
            world.check(first, &last).map_err(TestCaseError::fail)?;
        }
        prop_assert_eq!(world.duplicates, 0);
        prop_assert_eq!(world.unreadable, 0);
        prop_assert!(world.connects > 1);
        // Those reach further back than any of these interruptions.
        if matches!(recovery, Recovery::Replay | Recovery::Search(_)) {
            prop_assert_eq!(world.lost(), 0);
        }
    }

    /// The same for a program that dies now and then, and begins again with the cursor that it saved.
    #[test]
    fn a_program_that_dies_goes_on_with_its_cursor(
        seed: u64,
        breaks in 1_u64..40,
        recovery in recovery(),
    ) {
        let mut world = World::new(seed, 6, breaks);
        let options = Options::new().recovery(recovery);
        let mut machine = Machine::new(Filtered::new()).with_options(options.clone());
        world.run(&mut machine, 1).unwrap();
        let Some(first) = machine.cursor() else { return Ok(()) };
        let mut last = first.clone();
        for _ in 0..4 {
            let cursor = machine.cursor().unwrap_or(last);
            machine = Machine::new(Filtered::new()).with_options(options.clone()).since(&cursor).unwrap();
            world.run(&mut machine, 1).unwrap();
            last = cursor;
        }
        let last = machine.cursor().unwrap();
        world.check(&first, &last).map_err(TestCaseError::fail)?;
    }
}

#[test]
fn a_quiet_stream_that_stands_has_no_gap() {
    let mut world = World::new(7, 3, 0);
    let mut machine = Machine::new(Filtered::new());
    world.run(&mut machine, 2).unwrap();
    assert!(world.gaps.is_empty());
    assert_eq!(world.duplicates, 0);
}
