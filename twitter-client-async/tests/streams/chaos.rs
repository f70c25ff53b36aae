//! Disconnected over and over, in every way.

use std::{
    thread,
    time::{Duration, Instant},
};

use twitter_types::stream::Recovery;

use crate::{
    ledger::Ledger,
    reader::{Kind, Reader},
    scene::{Plan, Scene, options},
};

/// Reads until it was disconnected as often as the plan says, and then to the end; the number of posts.
pub(crate) fn round(kind: Kind, plan: &Plan) -> usize {
    let scene = Scene::new(plan.seed);
    let begun = Instant::now();
    let ledger = thread::scope(|scope| {
        scope.spawn(|| scene.publish(plan.seed + 1));
        scope.spawn(|| scene.trouble(plan.seed + 2));
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            read(&scene, kind, plan, begun)
        }));
        // The others end whatever became of the reader.
        if !scene.is_calm() {
            scene.calm_down();
        }
        outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    let published = scene.published();
    ledger.check(&published, true);
    let lost = published.iter().filter(|id| ledger.is_lost(id.created_at().unwrap())).count();
    println!(
        "{kind:?}, {}: {} posts, {lost} of them in gaps that remain, {} disconnects, {} notices, {} \
         lines that are none, {:?}",
        name(&plan.recovery),
        published.len(),
        ledger.disconnects,
        ledger.notices,
        ledger.unreadable(),
        begun.elapsed()
    );
    // The outages are short: whoever recovers, recovers all.
    assert!(matches!(plan.recovery, Recovery::None) || lost == 0, "{:?}", ledger.gaps);
    assert!(published.len() > plan.disconnects);
    published.len()
}

fn read(scene: &Scene, kind: Kind, plan: &Plan, begun: Instant) -> Ledger {
    let options = options(plan.recovery.clone());
    let mut reader = Reader::new(kind, scene.base_url(), scene.token(), options, None);
    let mut ledger = Ledger::default();
    let mut last = None;
    while let Some(event) = reader.next() {
        ledger.take(event.unwrap());
        assert!(
            begun.elapsed() < Duration::from_secs(300),
            "it takes too long: {} disconnects",
            ledger.disconnects
        );
        if ledger.disconnects < plan.disconnects {
            continue;
        }
        let last = *last.get_or_insert_with(|| scene.calm_down());
        if reader.cursor().is_some_and(|cursor| cursor.time > last.created_at().unwrap()) {
            reader.stop();
        }
    }
    ledger
}

const fn name(recovery: &Recovery) -> &'static str {
    match recovery {
        Recovery::None => "no recovery",
        Recovery::Backfill => "backfill",
        Recovery::Replay => "replay",
        Recovery::Search(_) => "search",
        _ => "another recovery",
    }
}
