//! Spaces: live audio.

use crate::id::{SpaceId, TopicId, UserId};
use crate::model::{model, open_enum};
use crate::timestamp::Timestamp;

model! {
    /// A Space: live audio.
    pub struct Space {
        /// When it was made.
        created_at: Option<Timestamp>,
        /// Who made it, to be found in [`Includes`](super::Includes).
        creator_id: Option<UserId>,
        /// When it ended.
        ended_at: Option<Timestamp>,
        /// The hosts, to be found in [`Includes`](super::Includes).
        host_ids: Vec<UserId>,
        /// Identifies it.
        id: Option<SpaceId>,
        /// Who is invited to speak.
        invited_user_ids: Vec<UserId>,
        /// Whether people pay to come in.
        is_ticketed: Option<bool>,
        /// The language, as BCP 47 tag.
        lang: Option<String>,
        /// How many take part.
        participant_count: Option<u64>,
        /// When it is to start.
        scheduled_start: Option<Timestamp>,
        /// Who speaks or spoke, to be found in [`Includes`](super::Includes).
        speaker_ids: Vec<UserId>,
        /// When it started.
        started_at: Option<Timestamp>,
        /// How far it is.
        state: Option<SpaceState>,
        /// How many want to be told of it.
        subscriber_count: Option<u64>,
        /// The title.
        title: Option<String>,
        /// The topics, to be found in [`Includes`](super::Includes).
        topic_ids: Vec<TopicId>,
        /// When it last changed.
        updated_at: Option<Timestamp>,
    }
}

open_enum! {
    /// Which Spaces to find.
    pub enum SpaceFilter {
        /// `live`.
        Live = "live",
        /// `scheduled`.
        Scheduled = "scheduled",
        /// `all`.
        All = "all",
    }
}

open_enum! {
    /// How far a Space is.
    pub enum SpaceState {
        /// People talk.
        Live = "live",
        /// It is to start.
        Scheduled = "scheduled",
        /// It has ended; X soon forgets it.
        Ended = "ended",
    }
}
