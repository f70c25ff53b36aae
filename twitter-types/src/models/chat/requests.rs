//! Conversations that wait to be accepted.

use crate::id::{ChatConversationId, UserId};
use crate::model::{model, open_enum};

model! {
    /// A conversation that waits to be accepted, as the list shows it.
    pub struct ChatMessageRequest {
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
    /// A conversation that waits to be accepted, looked up alone.
    pub struct ChatMessageRequestDetail {
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
