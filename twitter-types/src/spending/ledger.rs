//! What was spent, by day and by month.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Budget, Item, Period, Usd,
    calendar::{day, is_day, month, next_day, next_month},
    seen::{Key, Seen},
};
use crate::Timestamp;

/// What was spent in a day or a month, as an estimate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Totals {
    /// All of it.
    pub usd: Usd,
    /// How many calls had a price that is not known, which `usd` therefore leaves out.
    pub unpriced: u64,
    /// By `operationId`, or `webhook` for the events that one got: how many calls or events.
    pub operations: BTreeMap<String, Count>,
    /// By row of the price table: how many resources, requests or events were billed.
    pub items: BTreeMap<Item, Count>,
}

/// How often, and for how much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Count {
    /// How often.
    pub count: u64,
    /// For how much, as an estimate.
    pub usd: Usd,
}

/// All that a [`Meter`](super::Meter) knows, to be shown, saved and restored. Its keys are days such
/// as `2026-11-25` and months such as `2026-11`, of UTC.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Snapshot {
    /// The last 62 days on which anything was counted.
    pub days: BTreeMap<String, Totals>,
    /// The last 24 months in which anything was counted.
    pub months: BTreeMap<String, Totals>,
    /// The day that `seen` is of.
    pub today: String,
    /// The ids that were billed on that day. Clear it to save a short snapshot: then what comes again
    /// that day counts again.
    pub seen: BTreeMap<Item, Vec<String>>,
}

/// The days that are kept.
const DAYS: usize = 62;

/// The months that are kept.
const MONTHS: usize = 24;

/// What was spent, and what is held back for calls on their way.
#[derive(Debug)]
pub(super) struct Ledger {
    days: BTreeMap<String, Totals>,
    months: BTreeMap<String, Totals>,
    today: String,
    pub(super) seen: Seen,
    pub(super) held: Usd,
}

/// One line of a bill: how many of which row, at which price.
pub(super) type Billed = (Item, u64, Option<Usd>);

impl Ledger {
    pub(super) fn new(room: usize) -> Self {
        Self {
            days: BTreeMap::new(),
            months: BTreeMap::new(),
            today: String::new(),
            seen: Seen::new(room),
            held: Usd::ZERO,
        }
    }

    /// Turns to a day. A clock that goes back does not bring a day back: its ids are forgotten.
    pub(super) fn turn_to(&mut self, now: Timestamp) {
        let day = day(now);
        if day > self.today {
            self.today = day;
            self.seen.clear();
        }
    }

    /// The resources that are not billed yet today.
    pub(super) fn count_new(&mut self, item: &Item, keys: Vec<Option<Key>>) -> u64 {
        let is_new = |key| match key {
            Some(key) => self.seen.is_new(item, key),
            None => true,
        };
        keys.into_iter().map(is_new).filter(|is_new| *is_new).count() as u64
    }

    /// Adds a call to its day and month, and says what it costs.
    pub(super) fn add(&mut self, operation: &str, billed: &[Billed]) -> Usd {
        let month = month(&self.today).to_owned();
        self.months.entry(month).or_default().add(operation, billed);
        let usd = self.days.entry(self.today.clone()).or_default().add(operation, billed);
        for (totals, most) in [(&mut self.days, DAYS), (&mut self.months, MONTHS)] {
            while totals.len() > most {
                totals.pop_first();
            }
        }
        usd
    }

    /// The first budget that has less left than is needed, and how much that is.
    pub(super) fn lacks(
        &self,
        budget: &Budget,
        needed: Usd,
    ) -> Option<(Period, Usd, Usd, Timestamp)> {
        let spent = |totals: Option<&Totals>| totals.map_or(Usd::ZERO, |totals| totals.usd);
        let day = spent(self.days.get(&self.today));
        let month = spent(self.months.get(month(&self.today)));
        let periods = [
            (Period::Day, budget.day, day, next_day(&self.today)),
            (Period::Month, budget.month, month, next_month(&self.today)),
        ];
        let lacking = |(period, budget, spent, resets): (_, Option<Usd>, Usd, _)| {
            let left = budget?.saturating_sub(spent).saturating_sub(self.held);
            (left < needed).then_some((period, budget?, left, resets))
        };
        // The one that is longest in the way.
        periods.into_iter().rev().find_map(lacking)
    }

    pub(super) fn totals_of_day(&self) -> Totals {
        self.days.get(&self.today).cloned().unwrap_or_default()
    }

    pub(super) fn totals_of_month(&self) -> Totals {
        self.months.get(month(&self.today)).cloned().unwrap_or_default()
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot {
            days: self.days.clone(),
            months: self.months.clone(),
            today: self.today.clone(),
            seen: self.seen.to_lists(),
        }
    }

    /// Puts a snapshot in the place of what was counted. One that is of no day, as when somebody
    /// edited it, begins a new one.
    pub(super) fn restore(&mut self, snapshot: Snapshot) {
        self.days = snapshot.days;
        self.months = snapshot.months;
        self.seen.clear();
        self.today = String::new();
        if is_day(&snapshot.today) {
            self.today = snapshot.today;
            self.seen.extend(snapshot.seen);
        }
    }
}

impl Totals {
    fn add(&mut self, operation: &str, billed: &[Billed]) -> Usd {
        let mut sum = Usd::ZERO;
        for (item, count, price) in billed {
            let usd = price.unwrap_or_default().saturating_mul(*count);
            sum = sum.saturating_add(usd);
            if *count > 0 {
                self.items.entry(item.clone()).or_default().add(*count, usd);
            }
        }
        let is_unpriced = billed.is_empty() || billed.iter().any(|(_, _, price)| price.is_none());
        self.unpriced += u64::from(is_unpriced);
        self.operations.entry(operation.to_owned()).or_default().add(1, sum);
        self.usd = self.usd.saturating_add(sum);
        sum
    }
}

impl Count {
    fn add(&mut self, count: u64, usd: Usd) {
        self.count = self.count.saturating_add(count);
        self.usd = self.usd.saturating_add(usd);
    }
}
