//! How many posts the App has read, by day.

use std::collections::BTreeMap;

use crate::time::{DAY, Time};

/// Counters of posts served.
#[derive(Default)]
pub(crate) struct Usage {
    days: BTreeMap<i64, u64>,
}

impl Usage {
    pub(crate) fn count(&mut self, now: Time, posts: usize) {
        *self.days.entry(now.0.div_euclid(DAY)).or_default() += posts as u64;
    }

    pub(crate) fn total(&self) -> u64 {
        self.days.values().sum()
    }

    /// Each of the last `days` days, today first.
    pub(crate) fn daily(&self, now: Time, days: i64) -> impl Iterator<Item = (Time, u64)> {
        let today = now.0.div_euclid(DAY);
        (0..days).map(move |back| {
            let day = today - back;
            (Time(day * DAY), self.days.get(&day).copied().unwrap_or_default())
        })
    }
}
