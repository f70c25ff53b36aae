//! Messages and other events.

use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    fields::{ChatMessageEventField, ChatPinnedMessageField, Fields},
    id::{ChatConversationId, ChatMediaKey},
    models::{
        ChatDeletion, ChatMessageEvent, ChatPinnedMessage, ChatSignature, Deleted, Done,
        SentChatMessage,
    },
};

endpoint! {
    /// Lists the events of a conversation, encrypted, newest first.
    GET "/2/chat/conversations/{id}/events" getChatConversationEvents
    (AnyUser: "dm.read" "tweet.read" "users.read") -> Page<ChatMessageEvent>;
    pub struct Events {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return.
            fields = "chat_message_event.fields": Fields<ChatMessageEventField>,
        }
    }
}

endpoint! {
    /// Sends an encrypted message.
    POST "/2/chat/conversations/{id}/messages" sendChatMessage
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<SentChatMessage>;
    pub struct SendMessage {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
            /// The message, encoded and encrypted.
            encoded_message_create_event: String,
            /// An id of the sender's own for the message.
            message_id: String,
        } optional {
            /// The conversation's token.
            conversation_token: String,
            /// The message's signature, encoded.
            encoded_message_event_signature: String,
            /// The version of the library that encrypted the message.
            xdk_version: String,
        }
    }
}

endpoint! {
    /// Deletes messages.
    POST "/2/chat/conversations/{id}/messages/delete" deleteChatMessages
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Deleted>;
    pub struct DeleteMessages {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
            /// For whom to delete.
            delete_message_action: ChatDeletion,
            /// The messages.
            sequence_ids: Vec<String>,
        } optional {
            /// Encrypted files to delete with them, if they are deleted for all.
            media_hash_keys: Vec<ChatMediaKey>,
        }
    }
}

endpoint! {
    /// Lists the pinned messages of a conversation.
    GET "/2/chat/conversations/{id}/pinned_messages" getChatConversationPinnedMessages
    (AnyUser: "dm.read" "tweet.read" "users.read") -> Page<ChatPinnedMessage>;
    pub struct PinnedMessages {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        query {
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return.
            fields = "chat_pinned_message.fields": Fields<ChatPinnedMessageField>,
        }
    }
}

endpoint! {
    /// Shows that the user is typing.
    POST "/2/chat/conversations/{id}/typing" sendChatTypingIndicator
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Done>;
    pub struct SendTyping {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
    }
}
