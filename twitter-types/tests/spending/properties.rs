//! What holds of a meter after any history.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::json;
use twitter_types::{
    Timestamp, UserId, posts,
    spending::{Budget, Count, Meter, Prices, Snapshot, Totals, Usd},
    users,
};

use super::{objects, reply};

/// A call: what is asked for, the ids that come, how much later than the last, and how it ends.
#[derive(Clone, Debug)]
struct Asked {
    operation: u8,
    ids: BTreeSet<u64>,
    seconds_later: i64,
    is_lost: bool,
}

fn asked() -> impl Strategy<Value = Asked> {
    let ids = prop::collection::btree_set(0..40_u64, 0..10);
    (0..3_u8, ids, 0..20_000_i64, any::<bool>()).prop_map(
        |(operation, ids, seconds_later, is_lost)| Asked { operation, ids, seconds_later, is_lost },
    )
}

fn seconds(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds).unwrap()
}

const START: i64 = 1_795_000_000;

/// Sends a call, if the budget lets it, and says what it cost.
fn send(meter: &Meter, asked: &Asked, now: Timestamp) -> Option<Usd> {
    let body = json!({"data": objects(asked.ids.iter().copied())});
    macro_rules! send {
        ($ask:expr) => {{
            let ask = $ask;
            let held = meter.reserve(&ask, now).ok()?;
            let most = held.estimate().at_most.unwrap();
            let cost = match asked.is_lost {
                true => held.record_all(now),
                false => held.record(&reply(&ask, &body), now),
            };
            assert!(cost <= most, "{cost} > {most}");
            Some(cost)
        }};
    }
    match asked.operation {
        0 => send!(posts::SearchRecent::new("rust")),
        1 => send!(users::Followers::new(12).max_results(10)),
        _ => send!(users::ByIds::new((0..10).map(UserId::from).collect::<Vec<_>>())),
    }
}

fn is_consistent(totals: &Totals) -> bool {
    let sum = |counts: &mut dyn Iterator<Item = &Count>| counts.map(|count| count.usd).sum::<Usd>();
    totals.usd == sum(&mut totals.operations.values())
        && totals.usd == sum(&mut totals.items.values())
}

proptest! {
    #[test]
    fn budgets_hold_and_sums_agree(history in prop::collection::vec(asked(), 1..60)) {
        let (day, month) = (Usd::from_cents(30), Usd::from_cents(70));
        let budget = Budget::none().per_day(day).per_month(month);
        let meter = Meter::new(Prices::default()).with_budget(budget);
        let (mut now, mut all, mut refused) = (START, Usd::ZERO, 0);
        for asked in &history {
            now += asked.seconds_later;
            let now = seconds(now);
            match send(&meter, asked, now) {
                Some(cost) => all = all.saturating_add(cost),
                None => refused += 1,
            }
            prop_assert!(meter.today(now).usd <= day);
            prop_assert!(meter.this_month(now).usd <= month);
        }
        let snapshot = meter.snapshot();
        for totals in [&snapshot.days, &snapshot.months] {
            prop_assert_eq!(totals.values().map(|totals| totals.usd).sum::<Usd>(), all);
            prop_assert!(totals.values().all(is_consistent));
            let calls = totals.values().flat_map(|totals| totals.operations.values());
            prop_assert_eq!(calls.map(|it| it.count).sum::<u64>() + refused, history.len() as u64);
        }
        let saved = serde_json::to_string(&snapshot).unwrap();
        prop_assert_eq!(serde_json::from_str::<Snapshot>(&saved).unwrap(), snapshot);
    }

    #[test]
    fn an_id_counts_once_a_day(history in prop::collection::vec(asked(), 1..60)) {
        let meter = Meter::new(Prices::default());
        let mut now = START;
        let mut expected: BTreeMap<String, BTreeSet<(u8, u64)>> = BTreeMap::new();
        for asked in history {
            now += asked.seconds_later;
            let now = seconds(now);
            let asked = Asked { is_lost: false, ..asked };
            prop_assert!(send(&meter, &asked, now).is_some());
            let day = expected.entry(now.to_string()[..10].to_owned()).or_default();
            day.extend(asked.ids.iter().map(|id| (asked.operation, *id)));
        }
        for (day, totals) in meter.snapshot().days {
            let micros = |(operation, _): &(u8, u64)| if *operation == 0 { 5_000 } else { 10_000 };
            let sum: u64 = expected[&day].iter().map(micros).sum();
            prop_assert_eq!(totals.usd.as_micros(), sum, "{}", day);
        }
    }

    #[test]
    fn threads_share_one_budget(threads in 2..5_u64, calls in 1..20_u64) {
        let budget = Usd::from_cents(25);
        let meter = Meter::new(Prices::default()).with_budget(Budget::none().per_day(budget));
        let one = posts::ById::new(20);
        let send = |id: u64| {
            let body = json!({"data": {"id": id.to_string(), "text": ""}});
            if let Ok(held) = meter.clone().reserve(&one, seconds(START)) {
                held.record(&reply(&one, &body), seconds(START));
            }
        };
        std::thread::scope(|scope| {
            for thread in 0..threads {
                let send = &send;
                scope.spawn(move || (0..calls).for_each(|call| send(thread * 100 + call)));
            }
        });
        let wanted = Usd::from_micros(5_000).saturating_mul(threads * calls);
        // What one call holds back is spent in the end, so nothing of the budget is left over.
        prop_assert_eq!(meter.today(seconds(START)).usd, wanted.min(budget));
    }

    #[test]
    fn amounts_read_as_they_are_written(micros: u64) {
        let usd = Usd::from_micros(micros);
        prop_assert_eq!(usd.to_string().parse(), Ok(usd));
    }
}
