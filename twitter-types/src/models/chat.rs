//! XChat: encrypted conversations.

use crate::id::{ChatConversationId, ChatMediaKey, UserId};
use crate::json::Json;
use crate::model::{model, open_enum};
use crate::timestamp::Timestamp;

model! {
    /// The answer to accepting a conversation.
    pub struct Accepted {
        /// Whether the conversation is accepted now.
        accepted: Option<bool>,
    }
}

model! {
    /// The answer to making members admins.
    pub struct Added {
        /// Whether they are admins now.
        added: Option<bool>,
    }
}

model! {
    /// The answer to making an admin of a user who asked.
    pub struct Approved {
        /// Whether the user is an admin now.
        approved: Option<bool>,
    }
}

model! {
    /// The answer to archiving a conversation, or to taking it back.
    pub struct Archived {
        /// Whether the conversation is in the archive now.
        archived: Option<bool>,
    }
}

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
    /// Who may call a user.
    pub struct ChatCallPermissions {
        /// Whether people of the address book may call.
        accept_calls_from_addressbook: Option<bool>,
        /// Whether anyone may call.
        accept_calls_from_everyone: Option<bool>,
        /// Whether those whom the user follows may call.
        accept_calls_from_following: Option<bool>,
        /// Whether verified users may call.
        accept_calls_from_verified: Option<bool>,
    }
}

model! {
    /// A user's settings for calls.
    pub struct ChatCallSettings {
        /// Who may call the user.
        av_call_permissions: Option<ChatCallPermissions>,
        /// Whether the user takes calls.
        has_av_calls_enabled: Option<bool>,
        /// Whether calls hide the user's address.
        has_enhanced_call_privacy_enabled: Option<bool>,
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
    /// The signature over an event.
    pub struct ChatEventSignature {
        required {
            /// The version of the key that signed.
            public_key_version: String,
            /// The signature.
            signature: String,
            /// The version of the way of signing.
            signature_version: String,
        }
        /// The keys that may have signed.
        message_signing_key_info_list: Vec<ChatSigningKey>,
        /// The key that checks signatures, in Base64.
        signing_public_key: Option<String>,
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
    /// The answer to making or changing a conversation.
    pub struct ChatKeyChange {
        /// The conversation.
        conversation_id: Option<ChatConversationId>,
        /// The event that changed the conversation's key.
        conversation_key_change_sequence_id: Option<String>,
        /// The change, as an event.
        sequence_id: Option<String>,
        /// Whether it was changed.
        updated: Option<bool>,
    }
}

model! {
    /// A new key for those who stay in a group.
    pub struct ChatKeyRotation {
        /// The change of the key tree, in Base64.
        base64_encoded_key_rotation: Option<String>,
        /// The version of the conversation's key.
        conversation_key_version: Option<String>,
        /// The conversation's key, encrypted for each participant.
        conversation_participant_keys: Vec<ChatParticipantKey>,
        /// The group's picture, encrypted by the new key.
        encrypted_avatar: Option<String>,
        /// The group's description, encrypted by the new key.
        encrypted_description: Option<String>,
        /// The group's name, encrypted by the new key.
        encrypted_title: Option<String>,
        /// The keys of messages, encrypted by the new key.
        rotated_pmk_bundle: Vec<ChatMessageKey>,
    }
}

model! {
    /// missing ChatMessage
    pub struct ChatMessage {
        /// The conversation.
        conversation_id: Option<ChatConversationId>,
        /// Events that change the conversation's key, encoded.
        conversation_key_events: Vec<String>,
        /// The message, encoded and encrypted.
        encoded_message_create_event: Option<String>,
        /// Whether there are older events.
        has_more_events: Option<bool>,
        /// The newest messages, encoded.
        message_events: Vec<String>,
        /// Who sent it.
        sender_id: Option<UserId>,
        /// Whether the sender has a new name or picture.
        sender_recently_modified_profile: Option<bool>,
        /// People whom the user follows and who follow the sender.
        social_proof_user_ids: Vec<UserId>,
    }
}

model! {
    /// An event of a conversation, encrypted.
    pub struct ChatMessageEvent {
        /// The conversation.
        conversation_id: Option<ChatConversationId>,
        /// The version of the key that the event is encrypted by; absent if it is not encrypted.
        conversation_key_version: Option<String>,
        /// The conversation's token, which some events have.
        conversation_token: Option<String>,
        /// When it was made.
        created_at: Option<Timestamp>,
        /// The event, encoded.
        encoded_event: Option<String>,
        /// Identifies it.
        id: Option<String>,
        /// Whether X trusts the sender.
        is_trusted: Option<bool>,
        /// The signature. An encrypted event without one is not to be trusted.
        message_event_signature: Option<Json>,
        /// The event before.
        previous_id: Option<String>,
        /// Who sent it.
        sender_id: Option<UserId>,
    }
}

model! {
    /// The key of a message, encrypted by a conversation's new key.
    pub struct ChatMessageKey {
        required {
            /// The message's key, encrypted by the conversation's new one, in Base64.
            base64_encoded_encrypted_pmk: String,
            /// The message.
            message_sequence_id: String,
        }
        /// The event that the message's key is from.
        pme_sequence_id: Option<String>,
    }
}

model! {
    /// A conversation that waits to be accepted.
    pub struct ChatMessageRequest {
        /// The conversation.
        conversation_id: Option<ChatConversationId>,
        /// Events that change the conversation's key, encoded.
        conversation_key_events: Vec<String>,
        /// Whether there are older events.
        has_more_events: Option<bool>,
        /// The newest messages, encoded.
        message_events: Vec<String>,
        /// Who asked whom.
        message_request_state: Option<ChatRequestState>,
        /// The other user.
        participant_id: Option<UserId>,
    }
}

model! {
    /// A conversation's key, encrypted for one participant.
    pub struct ChatParticipantKey {
        /// The key, encrypted for the participant.
        encrypted_conversation_key: Option<String>,
        /// The version of the participant's public key.
        public_key_version: Option<String>,
        /// The participant.
        user_id: Option<UserId>,
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

model! {
    /// A user's settings for messages.
    pub struct ChatSettings {
        /// Who may write to the user.
        allow_dms_from: Option<ChatAudience>,
        /// Whether subscribers may write in any case.
        always_allow_dms_from_subscribers: Option<bool>,
        /// The settings for calls.
        av_settings: Option<ChatCallSettings>,
        /// Whether low-quality requests are filtered.
        dm_quality_filter: Option<ChatQualityFilter>,
        /// Whether the user sends and receives read receipts.
        dm_receipt_settings: Option<ChatReceipts>,
    }
}

model! {
    /// The signature over a change of a conversation.
    pub struct ChatSignature {
        required {
            /// What is signed, encoded.
            encoded_message_event_detail: String,
            /// The signature.
            message_event_signature: ChatEventSignature,
            /// The message, by an id of the sender's own.
            message_id: String,
        }
        /// What was signed, for X's log.
        signature_payload: Option<String>,
    }
}

model! {
    /// A key that may have signed.
    pub struct ChatSigningKey {
        /// Whose key it is.
        member_id: Option<UserId>,
        /// The version of the key.
        public_key_version: Option<String>,
        /// The key that checks signatures, in Base64.
        signing_public_key: Option<String>,
    }
}

model! {
    /// The upload of an encrypted file.
    pub struct ChatUpload {
        /// The conversation.
        conversation_id: Option<ChatConversationId>,
        /// The key of the encrypted file.
        media_hash_key: Option<ChatMediaKey>,
        /// The upload.
        session_id: Option<String>,
    }
}

model! {
    /// The answer to turning off a link.
    pub struct Disabled {
        /// Whether the link is off now.
        disabled: Option<bool>,
    }
}

model! {
    /// A public key to be registered.
    pub struct NewPublicKey {
        /// The signature over the identity's key.
        identity_public_key_signature: Option<String>,
        /// The key of the identity, in Base64.
        public_key: Option<String>,
        /// The fingerprint of the key.
        public_key_fingerprint: Option<String>,
        /// How the key is registered.
        registration_method: Option<String>,
        /// The key that checks signatures, in Base64.
        signing_public_key: Option<String>,
        /// The signature over that key.
        signing_public_key_signature: Option<String>,
    }
}

model! {
    /// A public key of a user.
    pub struct PublicKey {
        /// The signature over the identity's key.
        identity_public_key_signature: Option<String>,
        /// Where the key is kept safe, of a form that X does not describe.
        juicebox_config: Option<Json>,
        /// The key of the identity, in Base64.
        public_key: Option<String>,
        /// The version of the key.
        public_key_version: Option<String>,
        /// The key that checks signatures, in Base64.
        signing_public_key: Option<String>,
    }
}

model! {
    /// The answer to turning users down.
    pub struct Rejected {
        /// Whether they are turned down.
        rejected: Option<bool>,
    }
}

model! {
    /// The answer to removing users.
    pub struct Removed {
        /// Whether they are removed.
        removed: Option<bool>,
    }
}

model! {
    /// The answer to asking to join, or to become an admin.
    pub struct Requested {
        /// Whether it is asked for now.
        requested: Option<bool>,
    }
}

model! {
    /// The answer to a message.
    pub struct SentChatMessage {
        /// The message as an event, encoded.
        encoded_message_event: Option<String>,
    }
}

open_enum! {
    /// Who may write to a user.
    pub enum ChatAudience {
        /// `all`.
        All = "all",
        /// `verified`.
        Verified = "verified",
        /// `following`.
        Following = "following",
    }
}

open_enum! {
    /// For whom messages are deleted.
    pub enum ChatDeletion {
        /// `delete_for_all`.
        DeleteForAll = "delete_for_all",
        /// `delete_for_self`.
        DeleteForSelf = "delete_for_self",
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
    /// A list of conversations that wait to be accepted.
    pub enum ChatInbox {
        /// `you_may_know`: the apps' tab Priority.
        YouMayKnow = "you_may_know",
        /// `low_quality`: the apps' tab Hidden.
        LowQuality = "low_quality",
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

open_enum! {
    /// Whether low-quality requests are filtered.
    pub enum ChatQualityFilter {
        /// `enabled`.
        Enabled = "enabled",
        /// `disabled`.
        Disabled = "disabled",
    }
}

open_enum! {
    /// Whether read receipts are sent and received.
    pub enum ChatReceipts {
        /// `all_enabled`.
        AllEnabled = "all_enabled",
        /// `all_disabled`.
        AllDisabled = "all_disabled",
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
    /// Who waits for whom.
    pub enum ChatRequestState {
        /// The other user waits for this one.
        Received = "received",
        /// This user waits for the other one.
        Sent = "sent",
        /// Nobody waits.
        None = "none",
    }
}
