//! Conversations and groups.

use crate::id::{ChatConversationId, UserId};
use crate::model::{model, open_enum};
use crate::timestamp::Timestamp;

model! {
    /// What only admins of a group may do.
    pub struct ChatAdminSettings {
        /// Whether only admins add members.
        add_member: Option<bool>,
        /// Whether only admins prevent screenshots. By the API they alone do, whatever this says.
        block_screen_capture: Option<bool>,
        /// Whether only admins change name, picture and description.
        edit_group_info: Option<bool>,
        /// Whether only admins change how long messages stay.
        edit_message_ttl: Option<bool>,
        /// Whether only admins write.
        send_message: Option<bool>,
        /// Whether only admins call.
        start_call: Option<bool>,
    }
}

model! {
    /// A conversation.
    pub struct ChatConversation {
        /// The admins.
        admin_ids: Vec<UserId>,
        /// What only admins may do.
        admin_settings: Option<ChatAdminSettings>,
        /// When it was made.
        created_at: Option<Timestamp>,
        /// The group's picture.
        group_avatar_url: Option<String>,
        /// The group's description, encrypted as `group_name` is.
        group_description: Option<String>,
        /// The version of the key that the description is encrypted by.
        group_description_key_version: Option<String>,
        /// The group's name.
        group_name: Option<String>,
        /// Identifies it.
        id: Option<String>,
        /// The link by which people join.
        invite: Option<Box<ChatInvite>>,
        /// Whether it is in the archive.
        is_archived: Option<bool>,
        /// Whether it is silenced.
        is_muted: Option<bool>,
        /// The newest event that the user has read; absent if none was.
        last_read_event_id: Option<String>,
        /// The members.
        member_ids: Vec<UserId>,
        /// How long messages stay, in milliseconds.
        message_ttl_ms: Option<u64>,
        /// The newest message that notifies.
        newest_event_id: Option<String>,
        /// Who takes part.
        participant_ids: Vec<UserId>,
        /// Who asks to join; shown to those who can add members.
        pending_member_ids: Vec<UserId>,
        /// Whether screenshots are prevented.
        screen_capture_blocking_enabled: Option<bool>,
        /// Whether participants are told of screenshots.
        screen_capture_detection_enabled: Option<bool>,
        /// The kind.
        kind = "type": Option<ChatKind>,
        /// Whether the newest message that notifies is by somebody else and not read yet.
        unread: Option<bool>,
        /// When it last changed.
        updated_at: Option<Timestamp>,
    }
}

model! {
    /// A link by which people join a group.
    pub struct ChatInvite {
        /// The admin who turned the link on.
        admin_user_id: Option<UserId>,
        /// The conversation.
        conversation_id: Option<ChatConversationId>,
        /// Until when it lasts; for ever, if absent.
        expires_at: Option<Timestamp>,
        /// The group's picture.
        group_avatar_url: Option<String>,
        /// The group's name.
        group_name: Option<String>,
        /// The link by which people join.
        invite_url: Option<String>,
        /// How the user stands to the group.
        join_state: Option<ChatJoinState>,
        /// How many members there are.
        member_count: Option<u64>,
        /// The token of the link.
        token: Option<String>,
        /// What people read who open the link.
        welcome_message: Option<String>,
    }
}

model! {
    /// A pinned message.
    pub struct ChatPinnedMessage {
        /// The event that pinned it, encoded and encrypted.
        encoded_event: Option<String>,
    }
}

model! {
    /// Whether screenshots of a conversation are prevented, and told of.
    pub struct ChatScreenCapture {
        /// Whether screenshots are prevented, if that was changed.
        blocking: Option<bool>,
        /// Whether participants are told of screenshots, if that was changed.
        detection: Option<bool>,
    }
}

open_enum! {
    /// What of a group changes.
    pub enum ChatGroupValue {
        /// `group_name`.
        GroupName = "group_name",
        /// `group_avatar_url`.
        GroupAvatarUrl = "group_avatar_url",
        /// `group_description`.
        GroupDescription = "group_description",
    }
}

open_enum! {
    /// How the user stands to a group.
    pub enum ChatJoinState {
        /// The user takes part.
        Member = "member",
        /// The user takes no part.
        NotMember = "not_member",
        /// The user was removed.
        Removed = "removed",
        /// The user asks to join.
        Requested = "requested",
    }
}

open_enum! {
    /// The kind of a conversation.
    pub enum ChatKind {
        /// `direct`.
        Direct = "direct",
        /// `group`.
        Group = "group",
    }
}
