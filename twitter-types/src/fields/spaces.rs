//! Fields and expansions of Spaces: live audio.

use crate::model::open_enum;

open_enum! {
    /// What a [`Space`](crate::models::Space) can bring along: `expansions`.
    pub enum SpaceExpansion {
        /// `creator_id`.
        CreatorId = "creator_id",
        /// `host_ids`.
        HostIds = "host_ids",
        /// `invited_user_ids`.
        InvitedUserIds = "invited_user_ids",
        /// `speaker_ids`.
        SpeakerIds = "speaker_ids",
        /// `topic_ids`.
        TopicIds = "topic_ids",
    }
}

open_enum! {
    /// Fields of a [`Space`](crate::models::Space): `space.fields`.
    pub enum SpaceField {
        /// `created_at`.
        CreatedAt = "created_at",
        /// `ended_at`.
        EndedAt = "ended_at",
        /// `id`.
        Id = "id",
        /// `is_ticketed`.
        IsTicketed = "is_ticketed",
        /// `lang`.
        Lang = "lang",
        /// `participant_count`.
        ParticipantCount = "participant_count",
        /// `scheduled_start`.
        ScheduledStart = "scheduled_start",
        /// `started_at`.
        StartedAt = "started_at",
        /// `state`.
        State = "state",
        /// `subscriber_count`.
        SubscriberCount = "subscriber_count",
        /// `title`.
        Title = "title",
        /// `updated_at`.
        UpdatedAt = "updated_at",
    }
}

open_enum! {
    /// Fields of a [`Topic`](crate::models::Topic): `topic.fields`.
    pub enum TopicField {
        /// `description`.
        Description = "description",
        /// `id`.
        Id = "id",
        /// `name`.
        Name = "name",
    }
}
