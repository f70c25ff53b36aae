//! Fields and expansions of direct messages.

use crate::model::open_enum;

open_enum! {
    /// What a [`DmEvent`](crate::models::DmEvent) can bring along: `expansions`.
    pub enum DmEventExpansion {
        /// `attachments.media_keys`.
        AttachmentsMediaKeys = "attachments.media_keys",
        /// `participant_ids`.
        ParticipantIds = "participant_ids",
        /// `referenced_posts`.
        ReferencedPosts = "referenced_posts",
        /// `sender_id`.
        SenderId = "sender_id",
    }
}

open_enum! {
    /// Fields of a [`DmEvent`](crate::models::DmEvent): `dm_event.fields`.
    pub enum DmEventField {
        /// `attachments`.
        Attachments = "attachments",
        /// `created_at`.
        CreatedAt = "created_at",
        /// `dm_conversation_id`.
        DmConversationId = "dm_conversation_id",
        /// `entities`.
        Entities = "entities",
        /// `event_type`.
        EventType = "event_type",
        /// `id`.
        Id = "id",
        /// `text`.
        Text = "text",
    }
}
