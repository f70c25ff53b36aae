//! How a stream behaves.

use std::time::Duration;

use crate::posts;

/// How a stream behaves; by default as X's documentation asks.
#[derive(Clone, Debug)]
#[must_use]
pub struct Options {
    pub(super) recovery: Recovery,
    pub(super) silence: Duration,
    pub(super) pauses: Pauses,
    pub(super) delay: Duration,
    pub(super) line_limit: usize,
    pub(super) remembered: usize,
}

/// How to get what was missed: as the App's access allows.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum Recovery {
    /// Not at all: a gap is reported, and remains.
    #[default]
    None,
    /// By `backfill_minutes`, up to five: Enterprise access.
    Backfill,
    /// By `start_time` and `end_time` on a second connection, up to 24 hours: Enterprise access,
    /// and not the 1 % sample.
    Replay,
    /// By recent search, up to seven days, where the items are posts: a search for what the stream
    /// delivers, such as one for each rule, without times and ids. Set its fields as the stream's.
    /// What it finds has no `matching_rules`, and each item brings the `includes` of its whole
    /// page.
    Search(Vec<posts::SearchRecent>),
}

/// How long to wait before connecting again. The first attempt after a connection that stood for a
/// while comes at once. Up to a quarter is added to each pause at random, so that many clients do
/// not come at the same moment. The defaults are X's ("Handling disconnections").
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Pauses {
    /// What each failure of the network adds: 250 ms.
    pub network_step: Duration,
    /// The longest pause after one: 16 s.
    pub network_most: Duration,
    /// The first pause after an HTTP error, doubled by each further one: 5 s.
    pub http_first: Duration,
    /// The longest pause after one: 320 s.
    pub http_most: Duration,
    /// The first pause after 429 or too many connections, doubled by each further one: 60 s.
    pub limit_first: Duration,
    /// The longest pause after one, unless X names a later time: 960 s.
    pub limit_most: Duration,
}

impl Options {
    /// X's own figures, and no recovery.
    pub const fn new() -> Self {
        Self {
            recovery: Recovery::None,
            silence: Duration::from_secs(20),
            pauses: Pauses::new(),
            delay: Duration::from_secs(10),
            line_limit: 4 << 20,
            remembered: 100_000,
        }
    }

    /// How to get what was missed.
    pub fn recovery(self, recovery: Recovery) -> Self {
        Self { recovery, ..self }
    }

    /// After how long without a byte a connection counts as dead: 20 seconds unless this is called,
    /// within which X sends a sign of life.
    pub const fn silence(mut self, silence: Duration) -> Self {
        self.silence = silence;
        self
    }

    /// How long to wait before connecting again.
    pub const fn pauses(mut self, pauses: Pauses) -> Self {
        self.pauses = pauses;
        self
    }

    /// How long X may take to deliver what was created: 10 seconds unless this is called; X names 6
    /// to 7 for 99 of 100 posts. A gap is that much wider than the interruption, since what was
    /// created just before had not been delivered yet.
    pub const fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// The longest line to take, in bytes: 4 MiB unless this is called.
    pub const fn line_limit(mut self, bytes: usize) -> Self {
        self.line_limit = bytes;
        self
    }

    /// How many of the latest items to remember at least, so that none comes twice: 100,000 unless
    /// this is called, in 4 MB or less. Five minutes of a busy stream are to be remembered for a
    /// backfill.
    pub const fn remembered(mut self, items: usize) -> Self {
        self.remembered = items;
        self
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}

impl Pauses {
    /// X's own figures.
    pub const fn new() -> Self {
        Self {
            network_step: Duration::from_millis(250),
            network_most: Duration::from_secs(16),
            http_first: Duration::from_secs(5),
            http_most: Duration::from_secs(320),
            limit_first: Duration::from_secs(60),
            limit_most: Duration::from_secs(960),
        }
    }

    /// The same pauses, so many times shorter: for tests.
    #[must_use]
    pub const fn divided_by(self, factor: u32) -> Self {
        Self {
            network_step: div(self.network_step, factor),
            network_most: div(self.network_most, factor),
            http_first: div(self.http_first, factor),
            http_most: div(self.http_most, factor),
            limit_first: div(self.limit_first, factor),
            limit_most: div(self.limit_most, factor),
        }
    }
}

impl Default for Pauses {
    fn default() -> Self {
        Self::new()
    }
}

const fn div(pause: Duration, factor: u32) -> Duration {
    match pause.checked_div(factor) {
        Some(pause) => pause,
        None => pause,
    }
}
