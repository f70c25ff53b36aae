//! How far a stream is.

use std::time::Duration;

use super::{Cursor, Gap, Item, Means, recovery::Hole};
use crate::{id::PostId, timestamp::Timestamp};

/// Items that are so much late are worth a warning.
const LATE: Duration = Duration::from_secs(30);

/// How far a stream is, and what it lacks: by X's clock.
#[derive(Debug, Default)]
pub(super) struct Position {
    /// From when on things may be missing, as long as there is no connection.
    pub(super) missing: Option<Timestamp>,
    /// What the backfill is to deliver that this connection began with.
    pub(super) settling: Option<Hole>,
    /// What X delivered before that time has been received.
    synced: Option<Timestamp>,
    /// The newest post.
    pub(super) last_id: Option<PostId>,
    /// When the newest item happened.
    pub(super) newest: Option<Timestamp>,
    /// The delay that was warned of last.
    late: Option<Duration>,
}

impl Position {
    pub(super) fn at(cursor: &Cursor) -> Self {
        Self { missing: Some(cursor.time), last_id: cursor.last_id, ..Self::default() }
    }

    /// Up to when nothing is missing that X delivers within `delay`.
    pub(super) fn complete_until(&self, delay: Duration) -> Option<Timestamp> {
        let settling = self.settling.map(|hole| hole.from);
        let synced = self.synced.map(|time| back(time, delay));
        [self.missing, settling, synced].into_iter().flatten().min()
    }

    /// A connection delivers from now on; from when on things were missed before.
    pub(super) fn open(&mut self, now: Timestamp) -> Option<Timestamp> {
        self.synced = Some(now);
        self.missing.take()
    }

    pub(super) fn lose(&mut self, delay: Duration) {
        self.missing = self.complete_until(delay);
        self.settling = None;
    }

    pub(super) fn pass(&mut self, item: &impl Item) {
        self.last_id = self.last_id.max(item.post_id());
        self.newest = self.newest.max(item.happened_at());
    }

    /// What happened before that time has been received, if it was delivered; also what a backfill
    /// was to deliver, if it ends before.
    pub(super) fn reach(&mut self, time: Option<Timestamp>) -> Option<Gap> {
        self.synced = self.synced.max(time);
        let is_settled = self.settling.is_some_and(|hole| time > Some(hole.to));
        if is_settled { self.settle() } else { None }
    }

    /// Nothing is left of what a backfill was to deliver.
    pub(super) fn settle(&mut self) -> Option<Gap> {
        Some(self.settling.take()?.gap(Some(Means::Backfill)))
    }

    /// A delay that is worth a warning: one that is long, and twice as long as the last.
    pub(super) fn lateness(&mut self, late: Duration) -> Option<Duration> {
        let threshold = self.late.map_or(LATE, |late| late.saturating_mul(2));
        if late >= threshold {
            self.late = Some(late);
            return self.late;
        }
        if late < LATE / 2 {
            self.late = None;
        }
        None
    }
}

pub(super) fn back(time: Timestamp, by: Duration) -> Timestamp {
    time.checked_sub(by).unwrap_or(Timestamp::UNIX_EPOCH)
}
