//! What one machine may use of a limit while the server that all share is silent.

use std::time::Duration;

use serde::Deserialize;

use crate::{
    endpoint::{RateLimit, policy::budget::Room},
    timestamp::Timestamp,
};

/// For how long a machine relies on a promise, by its own clock: it holds half a second longer, since
/// answers take time.
const TRUST: Duration = Duration::from_millis(1500);

/// What the server said of one limit.
#[derive(Debug, Deserialize)]
pub(super) struct Told {
    unlimited: bool,
    limit: Option<u32>,
    share: Option<u32>,
    machines: Option<u32>,
    /// Milliseconds until then.
    reset: Option<u64>,
}

/// This machine's part of one limit.
#[derive(Debug, Default)]
pub(super) enum Share {
    /// The server never spoke of it.
    #[default]
    Unknown,
    /// X names no such limit.
    NoLimit,
    Part(Part),
}

#[derive(Debug)]
pub(super) struct Part {
    /// What one machine has of a whole window.
    whole: u32,
    machines: u32,
    left: u32,
    /// `None` from the end of a window to the first answer in the next.
    reset: Option<Timestamp>,
    told_at: Timestamp,
    /// Whether the promise held when the server fell silent; `None` while it speaks.
    held: Option<bool>,
}

impl Share {
    /// Whether it says nothing of calls to come.
    pub(super) fn is_over(&self, now: Timestamp) -> bool {
        !matches!(self, Self::Part(part) if part.reset.is_some_and(|reset| reset > now))
    }

    /// Takes what the server answered at `now` to what it was asked at `asked`.
    pub(super) fn tell(&mut self, told: &Told, asked: Timestamp, now: Timestamp) {
        *self = match (told.unlimited, told.share) {
            (true, _) => Self::NoLimit,
            (_, None) => Self::Unknown,
            (_, Some(left)) => {
                let machines = told.machines.unwrap_or(1).max(1);
                let reset =
                    told.reset.map(|pause| now.saturating_add(Duration::from_millis(pause)));
                let whole = told.limit.unwrap_or_default() / machines;
                Self::Part(Part { whole, machines, left, reset, told_at: asked, held: None })
            }
        };
    }

    /// Whether this machine may make one more call by itself, of which so many are under way, since
    /// the server fell silent at `silent_since`.
    pub(super) fn room(&mut self, now: Timestamp, silent_since: Timestamp, flying: u32) -> Room {
        let one_by_one = if flying == 0 { Room::Free } else { Room::Open };
        let part = match self {
            Self::NoLimit => return Room::Free,
            Self::Unknown => return one_by_one,
            Self::Part(part) => part,
        };
        part.turn(now, silent_since, flying);
        match (part.held, part.left, part.reset) {
            // Others may have been given it meanwhile.
            (Some(false), ..) => one_by_one,
            (_, 1.., _) => Room::Free,
            (_, 0, Some(reset)) => Room::Spent(reset),
            (_, 0, None) => one_by_one,
        }
    }

    pub(super) const fn take(&mut self) {
        if let Self::Part(part) = self {
            part.left = part.left.saturating_sub(1);
        }
    }

    pub(super) const fn give_back(&mut self) {
        if let Self::Part(part) = self {
            part.left += 1;
        }
    }

    /// X's own numbers, while the server is silent.
    pub(super) fn learn(&mut self, told: RateLimit) {
        let Self::Part(part) = self else { return };
        if part.held.is_none() || part.reset.is_some_and(|reset| told.reset < reset) {
            return;
        }
        // If X's window ended before it said, the others may have been given some of this one already:
        // the share stays what it was until the next.
        part.reset = Some(told.reset);
        part.whole = told.limit / part.machines;
        part.left = part.left.min(told.remaining);
    }
}

impl Part {
    /// Begins the next window when the last is over.
    fn turn(&mut self, now: Timestamp, silent_since: Timestamp, flying: u32) {
        if self.held.is_none() {
            let mut from = self.told_at;
            if let Some(reset) = self.reset
                && reset <= silent_since
            {
                self.begin(flying);
                from = from.max(reset);
            }
            self.held = Some(silent_since <= from.saturating_add(TRUST));
        }
        if let Some(reset) = self.reset
            && reset <= now
        {
            // Nobody has been given anything of this window, so that all have equal parts.
            self.begin(flying);
            self.held = Some(true);
        }
    }

    const fn begin(&mut self, flying: u32) {
        self.left = self.whole.saturating_sub(flying);
        self.reset = None;
    }
}
