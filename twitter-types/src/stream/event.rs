//! What a stream hands out.

use std::{fmt, time::Duration};

use crate::{endpoint::Error, problem::Problem, timestamp::Timestamp};

/// Something that a stream brought, or that happened to it.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<T> {
    /// An item, once.
    Item(T),
    /// The connection stands.
    Connected,
    /// Nothing came but a sign of life: a moment to save the cursor.
    Alive,
    /// The connection is lost, and the stream connects again after the pause.
    Disconnected {
        /// How it was lost.
        cause: Cause,
        /// How long the stream waits.
        pause: Duration,
    },
    /// Things may be missing, or were and have been delivered by now.
    Gap(Gap),
    /// X says something of the stream: most of the time, why it is about to close it.
    Notice(Vec<Problem>),
    /// A line that is no item. The stream goes on.
    Unreadable(Unreadable),
    /// Items come that much later than they were created: X disconnects who reads too slowly.
    Behind(Duration),
    /// A queue fills faster than it is emptied.
    Filling {
        /// How many events it held.
        waiting: usize,
        /// How many it can hold.
        capacity: usize,
    },
    /// So many items were dropped, since they were not taken in time from a queue that drops.
    Dropped(u64),
}

/// A time of which things may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// What was created from then on, inclusive,
    pub from: Timestamp,
    /// until then, may be missing: by X's clock, as far as it is known.
    pub to: Timestamp,
    /// How it was closed: everything that X gave for that time has been handed out. `None` if
    /// it was not, and things may be missing for good.
    pub recovered: Option<Means>,
}

/// How a gap was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Means {
    /// By `backfill_minutes`.
    Backfill,
    /// By a replay from `start_time` to `end_time`.
    Replay,
    /// By recent search.
    Search,
}

/// How a connection was lost, or not had.
#[derive(Debug)]
#[non_exhaustive]
pub enum Cause {
    /// X ended the reply.
    Closed,
    /// Nothing came for too long, not even a sign of life.
    Silent,
    /// The network failed, or X refused for now.
    Failed(Box<Error>),
}

/// A line that is no item.
pub struct Unreadable {
    /// The line as it came; of one that is too long, its beginning.
    pub line: Box<[u8]>,
    /// How long it was, in bytes.
    pub length: u64,
    /// Why it cannot be read.
    pub problem: String,
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to, recovered } = self;
        match recovered {
            Some(means) => write!(f, "what was missed from {from} to {to} came by {means}"),
            None => write!(f, "what was created from {from} to {to} may be missing"),
        }
    }
}

impl fmt::Display for Means {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Backfill => "backfill",
            Self::Replay => "a replay",
            Self::Search => "search",
        })
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("X closed the connection"),
            Self::Silent => f.write_str("nothing came for too long, not even a sign of life"),
            Self::Failed(error) => error.fmt(f),
        }
    }
}

impl fmt::Debug for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unreadable")
            .field("length", &self.length)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a line of {} bytes is no item: {}", self.length, self.problem)
    }
}
