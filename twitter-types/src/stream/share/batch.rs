//! From single entries to batches, so that the way to the log does not limit the rate.

use std::time::{Duration, Instant};

use super::{Batch, Entry, Lease, ShareError, ShareErrorKind, trace};
use crate::{endpoint::Error, stream::Cursor};

/// When a batch is appended: as soon as one of these is reached.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Batching {
    entries: usize,
    bytes: usize,
    time: Duration,
}

/// Collects what one partition brings into batches.
#[derive(Debug)]
pub struct Writer {
    batching: Batching,
    batch: Batch,
    bytes: usize,
    /// When the first thing was put into the batch.
    since: Option<Instant>,
    /// How the stream has ended.
    outcome: Option<Result<(), Error>>,
}

/// What a writer does next.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "who drives a writer must know every step")]
pub enum WriterStep {
    /// Append [`Writer::batch`] until the log has it, by [`Tries`], and call [`Writer::appended`].
    Append,
    /// Take what the stream brings within this time, and then ask for a step again: look first whether
    /// the partition was lost.
    Take(Duration),
    /// The stream has ended like this, and all that came is in the log.
    Done(Result<(), Error>),
}

/// How long to go on with a log that fails.
#[derive(Debug)]
pub struct Tries {
    pause: Duration,
}

impl Batching {
    /// 500 entries, 1 MiB, or 20 milliseconds.
    pub const fn new() -> Self {
        Self { entries: 500, bytes: 1 << 20, time: Duration::from_millis(20) }
    }

    /// So many entries.
    pub const fn entries(mut self, entries: usize) -> Self {
        self.entries = entries;
        self
    }

    /// So many bytes; a single entry may be larger.
    pub const fn bytes(mut self, bytes: usize) -> Self {
        self.bytes = bytes;
        self
    }

    /// So much time since the first thing that is not appended yet.
    pub const fn time(mut self, time: Duration) -> Self {
        self.time = time;
        self
    }
}

impl Default for Batching {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// How often to look whether the partition was lost.
    const LOOK: Duration = Duration::from_millis(100);

    /// No batch yet, for the holder of a lease.
    pub const fn new(lease: Lease, batching: Batching) -> Self {
        let batch = Batch { lease, number: 1, entries: Vec::new(), cursor: None };
        Self { batching, batch, bytes: 0, since: None, outcome: None }
    }

    /// Takes an entry, if there is one, and where the stream stands behind it, if it says so.
    pub fn push(&mut self, now: Instant, entry: Option<Entry>, cursor: Option<Cursor>) {
        if entry.is_none() && cursor.is_none() {
            return;
        }
        self.since.get_or_insert(now);
        self.bytes += entry.as_ref().map_or(0, Entry::size);
        self.batch.entries.extend(entry);
        self.batch.cursor = cursor.or_else(|| self.batch.cursor.take());
    }

    /// Takes the end of the stream.
    pub fn end(&mut self, outcome: Result<(), Error>) {
        self.outcome = Some(outcome);
    }

    /// What to do next. After [`WriterStep::Done`] there is no further step.
    pub fn step(&mut self, now: Instant) -> WriterStep {
        let wait = self.wait(now);
        if wait.is_some_and(|wait| wait.is_zero() || self.outcome.is_some()) {
            return WriterStep::Append;
        }
        match self.outcome.take() {
            Some(outcome) => WriterStep::Done(outcome),
            None => WriterStep::Take(wait.unwrap_or(Self::LOOK).min(Self::LOOK)),
        }
    }

    /// How long to wait for more before the batch is appended: no time if it is full, and `None` if
    /// there is nothing to append.
    fn wait(&self, now: Instant) -> Option<Duration> {
        let since = self.since?;
        let Batching { entries, bytes, time } = self.batching;
        if self.batch.entries.len() >= entries || self.bytes >= bytes {
            return Some(Duration::ZERO);
        }
        Some((since + time).saturating_duration_since(now))
    }

    /// What to append; `None` if there is nothing.
    pub fn batch(&self) -> Option<&Batch> {
        self.since.map(|_| &self.batch)
    }

    /// The batch is in the log: the next one begins.
    pub fn appended(&mut self) {
        let Self { batch, bytes, since, .. } = self;
        batch.entries.clear();
        (batch.number, batch.cursor) = (batch.number + 1, None);
        (*bytes, *since) = (0, None);
    }
}

impl Tries {
    const FIRST: Duration = Duration::from_millis(64);
    const MOST: Duration = Duration::from_secs(1);

    /// Nothing has failed yet.
    pub const fn new() -> Self {
        Self { pause: Self::FIRST }
    }

    /// How long to wait after a failure, between 64 milliseconds and a second; `None` if the partition is
    /// another consumer's by now, or has to be opened again.
    pub fn failed(&mut self, error: &ShareError) -> Option<Duration> {
        trace::log_fails(error);
        if matches!(error.kind, ShareErrorKind::Superseded | ShareErrorKind::Forgotten) {
            return None;
        }
        let pause = self.pause;
        self.pause = (pause * 2).min(Self::MOST);
        Some(pause)
    }
}

impl Default for Tries {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_is_appended_before_the_end() {
        let now = Instant::now();
        let slow = Batching::new().time(Duration::from_secs(9));
        let mut writer = Writer::new(Lease::new(1, 1), slow);
        let take = |writer: &mut Writer| match writer.step(now) {
            WriterStep::Take(pause) => pause,
            other => panic!("{other:?}"),
        };
        assert_eq!(take(&mut writer), Writer::LOOK);
        writer.push(now, entry(10), None);
        // However long a batch may wait, a partition that was lost is not written to for so long.
        assert_eq!(take(&mut writer), Writer::LOOK);
        writer.end(Err(Error::NoProgress));
        assert!(matches!(writer.step(now), WriterStep::Append));
        writer.appended();
        assert!(matches!(writer.step(now), WriterStep::Done(Err(Error::NoProgress))));
    }

    #[test]
    fn a_log_that_fails_is_tried_again_unless_the_partition_is_lost() {
        let error = |kind| ShareError::new(kind, "nowhere");
        let mut tries = Tries::new();
        let pauses = [64, 128, 256, 512, 1000, 1000].map(Duration::from_millis);
        let unreachable = error(ShareErrorKind::Unreachable);
        assert_eq!(pauses.map(|_| tries.failed(&unreachable)), pauses.map(Some));
        for kind in [ShareErrorKind::Superseded, ShareErrorKind::Forgotten] {
            assert_eq!(tries.failed(&error(kind)), None);
        }
    }

    fn entry(bytes: usize) -> Option<Entry> {
        Some(Entry::Unreadable(vec![b'x'; bytes].into()))
    }

    #[test]
    fn a_batch_is_due_by_number_bytes_or_time() {
        let now = Instant::now();
        let batching = Batching::new().entries(3).bytes(100);
        let mut writer = Writer::new(Lease::new(1, 1), batching);
        assert_eq!((writer.wait(now), writer.batch()), (None, None));
        writer.push(now, None, None);
        assert_eq!(writer.wait(now), None);

        for _ in 0..2 {
            writer.push(now, entry(10), None);
        }
        assert_eq!(writer.wait(now), Some(Duration::from_millis(20)));
        assert_eq!(writer.wait(now + Duration::from_millis(21)), Some(Duration::ZERO));
        writer.push(now, entry(10), None);
        assert_eq!(writer.wait(now), Some(Duration::ZERO));
        assert_eq!(writer.batch().map(|batch| (batch.number, batch.entries.len())), Some((1, 3)));

        writer.appended();
        assert_eq!(writer.wait(now), None);
        writer.push(now, entry(100), None);
        assert_eq!(writer.wait(now), Some(Duration::ZERO));
        assert_eq!(writer.batch().map(|batch| (batch.number, batch.entries.len())), Some((2, 1)));
    }
}
