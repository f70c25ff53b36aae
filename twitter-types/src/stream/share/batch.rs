//! From single entries to batches, so that the way to the log does not limit the rate.

use std::time::{Duration, Instant};

use super::{Batch, Entry, Lease};
use crate::stream::Cursor;

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
    /// No batch yet, for the holder of a lease.
    pub const fn new(lease: Lease, batching: Batching) -> Self {
        let batch = Batch { lease, number: 1, entries: Vec::new(), cursor: None };
        Self { batching, batch, bytes: 0, since: None }
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

    /// How long to wait for more before the batch is appended: no time if it is full, and `None` if
    /// there is nothing to append.
    pub fn wait(&self, now: Instant) -> Option<Duration> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
