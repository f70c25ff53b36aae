//! Polls attached to posts.

use crate::id::PollId;
use crate::model::{model, open_enum};
use crate::timestamp::Timestamp;

model! {
    /// A poll.
    pub struct Poll {
        required {
            /// Identifies the poll.
            id: PollId,
        }
        /// How long the poll is open, in minutes.
        duration_minutes: Option<u64>,
        /// When the poll closes, or closed.
        end_datetime: Option<Timestamp>,
        /// The choices, two to four.
        options: Vec<PollOption>,
        /// Whether votes are still taken.
        voting_status: Option<VotingStatus>,
    }
}

model! {
    /// One choice of a [`Poll`].
    pub struct PollOption {
        /// The choice's text.
        label: Option<String>,
        /// The choice's place in the poll, from 1.
        position: Option<u32>,
        /// Votes for this choice.
        votes: Option<u64>,
    }
}

open_enum! {
    /// Whether a [`Poll`] takes votes.
    pub enum VotingStatus {
        /// It does.
        Open = "open",
        /// It does no longer.
        Closed = "closed",
    }
}
