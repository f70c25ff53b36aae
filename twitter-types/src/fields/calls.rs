//! Fields and expansions of calls: audio and video rooms that people join by a link.

use crate::model::open_enum;

open_enum! {
    /// What a [`Call`](crate::models::Call) can bring along: `expansions`.
    pub enum CallExpansion {
        /// `host_id`.
        HostId = "host_id",
    }
}

open_enum! {
    /// Fields of a [`Call`](crate::models::Call): `call.fields`.
    pub enum CallField {
        /// `conversation_id`.
        ConversationId = "conversation_id",
        /// `created_at`.
        CreatedAt = "created_at",
        /// `id`.
        Id = "id",
        /// `join_policy`.
        JoinPolicy = "join_policy",
        /// `join_url`.
        JoinUrl = "join_url",
        /// `participant_count`.
        ParticipantCount = "participant_count",
        /// `title`.
        Title = "title",
        /// `viewer_may_join`.
        ViewerMayJoin = "viewer_may_join",
    }
}

open_enum! {
    /// What a [`ScheduledCall`](crate::models::ScheduledCall) can bring along: `expansions`.
    pub enum ScheduledCallExpansion {
        /// `call_id`.
        CallId = "call_id",
        /// `invitees`.
        Invitees = "invitees",
        /// `organizer_id`.
        OrganizerId = "organizer_id",
    }
}

open_enum! {
    /// Fields of a [`ScheduledCall`](crate::models::ScheduledCall): `scheduled_call.fields`.
    pub enum ScheduledCallField {
        /// `calendar`.
        Calendar = "calendar",
        /// `call_id`.
        CallId = "call_id",
        /// `description`.
        Description = "description",
        /// `end_time`.
        EndTime = "end_time",
        /// `id`.
        Id = "id",
        /// `join_url`.
        JoinUrl = "join_url",
        /// `occurrence_start_time`.
        OccurrenceStartTime = "occurrence_start_time",
        /// `recurrence`.
        Recurrence = "recurrence",
        /// `start_time`.
        StartTime = "start_time",
        /// `status`.
        Status = "status",
        /// `time_zone`.
        TimeZone = "time_zone",
        /// `title`.
        Title = "title",
    }
}
