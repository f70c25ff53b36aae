//! Fields and expansions of XChat: encrypted conversations.

use crate::model::open_enum;

open_enum! {
    /// What a [`ChatConversation`](crate::models::ChatConversation) can bring along: `expansions`.
    pub enum ChatConversationExpansion {
        /// `admin_ids`.
        AdminIds = "admin_ids",
        /// `member_ids`.
        MemberIds = "member_ids",
        /// `participant_ids`.
        ParticipantIds = "participant_ids",
    }
}

open_enum! {
    /// Fields of a [`ChatConversation`](crate::models::ChatConversation):
    /// `chat_conversation.fields`.
    pub enum ChatConversationField {
        /// `admin_settings`.
        AdminSettings = "admin_settings",
        /// `created_at`.
        CreatedAt = "created_at",
        /// `group_avatar_url`.
        GroupAvatarUrl = "group_avatar_url",
        /// `group_description`.
        GroupDescription = "group_description",
        /// `group_description_key_version`.
        GroupDescriptionKeyVersion = "group_description_key_version",
        /// `group_name`.
        GroupName = "group_name",
        /// `id`.
        Id = "id",
        /// `invite`.
        Invite = "invite",
        /// `is_archived`.
        IsArchived = "is_archived",
        /// `is_muted`.
        IsMuted = "is_muted",
        /// `last_read_event_id`.
        LastReadEventId = "last_read_event_id",
        /// `message_ttl_ms`.
        MessageTtlMs = "message_ttl_ms",
        /// `newest_event_id`.
        NewestEventId = "newest_event_id",
        /// `pending_member_ids`.
        PendingMemberIds = "pending_member_ids",
        /// `screen_capture_blocking_enabled`.
        ScreenCaptureBlockingEnabled = "screen_capture_blocking_enabled",
        /// `screen_capture_detection_enabled`.
        ScreenCaptureDetectionEnabled = "screen_capture_detection_enabled",
        /// `type`.
        Type = "type",
        /// `unread`.
        Unread = "unread",
        /// `updated_at`.
        UpdatedAt = "updated_at",
    }
}

open_enum! {
    /// Fields of a [`ChatInvite`](crate::models::ChatInvite): `chat_group_invite.fields`.
    pub enum ChatGroupInviteField {
        /// `conversation_id`.
        ConversationId = "conversation_id",
        /// `expires_at`.
        ExpiresAt = "expires_at",
        /// `group_avatar_url`.
        GroupAvatarUrl = "group_avatar_url",
        /// `group_name`.
        GroupName = "group_name",
        /// `invite_url`.
        InviteUrl = "invite_url",
        /// `join_state`.
        JoinState = "join_state",
        /// `member_count`.
        MemberCount = "member_count",
        /// `token`.
        Token = "token",
        /// `welcome_message`.
        WelcomeMessage = "welcome_message",
    }
}

open_enum! {
    /// Fields of a [`ChatMessageEvent`](crate::models::ChatMessageEvent):
    /// `chat_message_event.fields`.
    pub enum ChatMessageEventField {
        /// `conversation_id`.
        ConversationId = "conversation_id",
        /// `conversation_key_version`.
        ConversationKeyVersion = "conversation_key_version",
        /// `conversation_token`.
        ConversationToken = "conversation_token",
        /// `created_at`.
        CreatedAt = "created_at",
        /// `encoded_event`.
        EncodedEvent = "encoded_event",
        /// `id`.
        Id = "id",
        /// `is_trusted`.
        IsTrusted = "is_trusted",
        /// `message_event_signature`.
        MessageEventSignature = "message_event_signature",
        /// `previous_id`.
        PreviousId = "previous_id",
        /// `sender_id`.
        SenderId = "sender_id",
    }
}

open_enum! {
    /// Fields of a [`ChatMessageRequestDetail`](crate::models::ChatMessageRequestDetail):
    /// `chat_message_request_detail.fields`.
    pub enum ChatMessageRequestDetailField {
        /// `conversation_id`.
        ConversationId = "conversation_id",
        /// `conversation_key_events`.
        ConversationKeyEvents = "conversation_key_events",
        /// `has_more_events`.
        HasMoreEvents = "has_more_events",
        /// `message_events`.
        MessageEvents = "message_events",
        /// `message_request_state`.
        MessageRequestState = "message_request_state",
        /// `participant_id`.
        ParticipantId = "participant_id",
    }
}

open_enum! {
    /// Fields of a [`ChatMessageRequest`](crate::models::ChatMessageRequest):
    /// `chat_message_request.fields`.
    pub enum ChatMessageRequestField {
        /// `conversation_id`.
        ConversationId = "conversation_id",
        /// `conversation_key_events`.
        ConversationKeyEvents = "conversation_key_events",
        /// `encoded_message_create_event`.
        EncodedMessageCreateEvent = "encoded_message_create_event",
        /// `has_more_events`.
        HasMoreEvents = "has_more_events",
        /// `message_events`.
        MessageEvents = "message_events",
        /// `sender_id`.
        SenderId = "sender_id",
        /// `sender_recently_modified_profile`.
        SenderRecentlyModifiedProfile = "sender_recently_modified_profile",
        /// `social_proof_user_ids`.
        SocialProofUserIds = "social_proof_user_ids",
    }
}

open_enum! {
    /// Fields of a [`ChatPinnedMessage`](crate::models::ChatPinnedMessage):
    /// `chat_pinned_message.fields`.
    pub enum ChatPinnedMessageField {
        /// `encoded_event`.
        EncodedEvent = "encoded_event",
    }
}

open_enum! {
    /// Fields of [`ChatSettings`](crate::models::ChatSettings): `chat_settings.fields`.
    pub enum ChatSettingsField {
        /// `allow_dms_from`.
        AllowDmsFrom = "allow_dms_from",
        /// `always_allow_dms_from_subscribers`.
        AlwaysAllowDmsFromSubscribers = "always_allow_dms_from_subscribers",
        /// `av_settings`.
        AvSettings = "av_settings",
        /// `dm_quality_filter`.
        DmQualityFilter = "dm_quality_filter",
        /// `dm_receipt_settings`.
        DmReceiptSettings = "dm_receipt_settings",
    }
}

open_enum! {
    /// Fields of a [`PublicKey`](crate::models::PublicKey): `public_key.fields`.
    pub enum PublicKeyField {
        /// `identity_public_key_signature`.
        IdentityPublicKeySignature = "identity_public_key_signature",
        /// `juicebox_config`.
        JuiceboxConfig = "juicebox_config",
        /// `public_key`.
        PublicKey = "public_key",
        /// `public_key_version`.
        PublicKeyVersion = "public_key_version",
        /// `signing_public_key`.
        SigningPublicKey = "signing_public_key",
    }
}
