//! How many calls of one window are left, and how many of them are under way.

use crate::{endpoint::RateLimit, timestamp::Timestamp};

/// What is known of one limit.
#[derive(Debug, Default)]
pub(super) struct Budget {
    pub(super) known: Known,
    /// Calls that are reserved, and have no answer yet. Which of them X has counted is not known, so
    /// all of them count against what was left at the last answer.
    in_flight: u32,
}

#[derive(Debug, Default)]
pub(super) enum Known {
    /// No answer has come yet.
    #[default]
    Nothing,
    /// X names no such limit.
    NoLimit,
    /// X's numbers. `reset` is `None` from the end of a window to the first answer in the next, and
    /// `limit` after a refusal without numbers.
    Window { limit: Option<u32>, remaining: u32, reset: Option<Timestamp> },
}

/// Whether there is room for one more call.
pub(super) enum Room {
    Free,
    /// The answers under way decide it.
    Open,
    /// Not before this.
    Spent(Timestamp),
}

impl Budget {
    /// Whether there is room for one more call at this time.
    pub(super) fn room(&mut self, now: Timestamp) -> Room {
        self.turn(now);
        match self.known {
            Known::Window { remaining: 0, reset: Some(reset), .. } => Room::Spent(reset),
            Known::Window { remaining, .. } if remaining > self.in_flight => Room::Free,
            Known::Window { .. } if self.in_flight > 0 => Room::Open,
            Known::Window { .. } => {
                // Only answers that got lost: nothing is known any more.
                self.known = Known::Nothing;
                Room::Free
            }
            // The first call goes ahead, and its answer tells how many may follow.
            Known::Nothing if self.in_flight > 0 => Room::Open,
            Known::Nothing | Known::NoLimit => Room::Free,
        }
    }

    /// Whether it says nothing of calls under way or of those to come.
    pub(super) fn is_over(&self, now: Timestamp) -> bool {
        let is_spent =
            matches!(self.known, Known::Window { reset: Some(reset), .. } if reset > now);
        self.in_flight == 0 && !is_spent
    }

    pub(super) const fn reserve(&mut self) {
        self.in_flight += 1;
    }

    /// The call was not carried out, and not counted.
    pub(super) const fn release(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    /// No answer came, or one without numbers: X may have counted the call.
    pub(super) const fn lose(&mut self) {
        self.release();
        if let Known::Window { remaining, .. } = &mut self.known {
            *remaining = remaining.saturating_sub(1);
        }
    }

    /// An answer came that X counted, with these numbers or none.
    pub(super) fn learn(&mut self, limit: Option<RateLimit>, now: Timestamp) {
        let Some(limit) = limit else {
            self.lose();
            if matches!(self.known, Known::Nothing) {
                self.known = Known::NoLimit;
            }
            return;
        };
        self.release();
        self.turn(now);
        let told = |remaining| Known::Window {
            limit: Some(limit.limit),
            remaining,
            reset: Some(limit.reset),
        };
        self.known = match self.known {
            // It says nothing of the window that is.
            Known::Nothing if limit.reset <= now => Known::NoLimit,
            _ if limit.reset <= now => return,
            Known::Window { reset: Some(reset), .. } if limit.reset < reset => return,
            // Answers overtake each other, and the least that was left is true of all.
            Known::Window { reset: Some(reset), remaining, .. } if limit.reset == reset => {
                told(remaining.min(limit.remaining))
            }
            Known::Window { reset: None, remaining, .. } => told(remaining.min(limit.remaining)),
            Known::Nothing | Known::NoLimit | Known::Window { .. } => told(limit.remaining),
        };
    }

    /// X refused a call, and will until then.
    pub(super) fn spend(&mut self, until: Timestamp) {
        let limit = match self.known {
            Known::Window { limit, .. } => limit,
            Known::Nothing | Known::NoLimit => None,
        };
        self.known = Known::Window { limit, remaining: 0, reset: Some(until) };
    }

    /// Begins the next window when the last is over.
    fn turn(&mut self, now: Timestamp) {
        if let Known::Window { limit, reset: Some(reset), .. } = self.known
            && reset <= now
        {
            self.known = limit.map_or(Known::Nothing, |remaining| Known::Window {
                limit,
                remaining,
                reset: None,
            });
        }
    }
}
