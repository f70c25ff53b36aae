//! Messages and their media.

use crate::id::{ChatConversationId, ChatMediaKey, UserId};
use crate::json::Json;
use crate::model::{model, open_enum};
use crate::timestamp::Timestamp;

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
    /// The answer to a message.
    pub struct SentChatMessage {
        /// The message as an event, encoded.
        encoded_message_event: Option<String>,
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
