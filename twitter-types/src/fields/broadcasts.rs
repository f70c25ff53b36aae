//! Fields and expansions of broadcasts: live video, its sources and its chat.

use crate::model::open_enum;

open_enum! {
    /// What a [`BroadcastChatMessage`](crate::models::BroadcastChatMessage) can bring along:
    /// `expansions`.
    pub enum BroadcastChatExpansion {
        /// `author_id`.
        AuthorId = "author_id",
    }
}

open_enum! {
    /// Fields of a [`BroadcastChatMessage`](crate::models::BroadcastChatMessage):
    /// `broadcast_chat_message.fields`.
    pub enum BroadcastChatMessageField {
        /// `author_name`.
        AuthorName = "author_name",
        /// `author_username`.
        AuthorUsername = "author_username",
        /// `broadcast_id`.
        BroadcastId = "broadcast_id",
        /// `created_at_ms`.
        CreatedAtMs = "created_at_ms",
        /// `id`.
        Id = "id",
        /// `reply_to`.
        ReplyTo = "reply_to",
        /// `text`.
        Text = "text",
    }
}

open_enum! {
    /// Fields of a [`BroadcastChatMute`](crate::models::BroadcastChatMute):
    /// `broadcast_chat_mute.fields`.
    pub enum BroadcastChatMuteField {
        /// `end_at_ms`.
        EndAtMs = "end_at_ms",
    }
}

open_enum! {
    /// Fields of a [`Broadcast`](crate::models::Broadcast): `broadcast.fields`.
    pub enum BroadcastField {
        /// `available_for_replay`.
        AvailableForReplay = "available_for_replay",
        /// `broadcast_id`.
        BroadcastId = "broadcast_id",
        /// `chat_option`.
        ChatOption = "chat_option",
        /// `created_at_ms`.
        CreatedAtMs = "created_at_ms",
        /// `end_ms`.
        EndMs = "end_ms",
        /// `height`.
        Height = "height",
        /// `id`.
        Id = "id",
        /// `image_url`.
        ImageUrl = "image_url",
        /// `image_url_medium`.
        ImageUrlMedium = "image_url_medium",
        /// `image_url_small`.
        ImageUrlSmall = "image_url_small",
        /// `is_high_latency`.
        IsHighLatency = "is_high_latency",
        /// `language`.
        Language = "language",
        /// `media_key`.
        MediaKey = "media_key",
        /// `scheduled_end_ms`.
        ScheduledEndMs = "scheduled_end_ms",
        /// `scheduled_start_ms`.
        ScheduledStartMs = "scheduled_start_ms",
        /// `share_url`.
        ShareUrl = "share_url",
        /// `source_id`.
        SourceId = "source_id",
        /// `start_ms`.
        StartMs = "start_ms",
        /// `state`.
        State = "state",
        /// `title`.
        Title = "title",
        /// `total_watched`.
        TotalWatched = "total_watched",
        /// `total_watching`.
        TotalWatching = "total_watching",
        /// `tweet_id`.
        TweetId = "tweet_id",
        /// `twitter_user_id`.
        TwitterUserId = "twitter_user_id",
        /// `updated_at_ms`.
        UpdatedAtMs = "updated_at_ms",
        /// `width`.
        Width = "width",
    }
}

open_enum! {
    /// What a [`BroadcastChatMute`](crate::models::BroadcastChatMute) can bring along:
    /// `expansions`.
    pub enum BroadcastMuteExpansion {
        /// `user_id`.
        UserId = "user_id",
    }
}
