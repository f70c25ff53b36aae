//! Conversations.

use crate::{
    endpoint::{endpoint, field_set},
    envelope::{One, Page},
    fields::{ChatConversationExpansion, ChatConversationField, UserField},
    id::{ChatConversationId, UserId},
    model::Digits,
    models::{
        Archived, ChatConversation, ChatKeyChange, ChatKind, ChatParticipantKey, ChatScreenCapture,
        ChatSignature, Deleted, Done, Muted, Updated,
    },
    timestamp::Timestamp,
};

endpoint! {
    /// Lists the conversations of the user whose credential it is.
    ///
    /// The last active one comes first.
    GET "/2/chat/conversations" getChatConversations
    (AnyUser: "dm.read" "users.read") -> Page<ChatConversation>;
    pub struct Conversations {
        query {
            /// Results per page.
            max_results: u16 [1..=1000],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// Unread conversations alone. A page may be short, and not the last.
            unread_only: bool,
            /// Conversations of this kind alone.
            kind = "type": ChatKind,
            /// Those in the archive alone, or those that are not.
            is_archived: bool,
            /// Silenced ones alone, or those that are not.
            is_muted: bool,
            /// Conversations that all of these take part in.
            participant_ids: Vec<UserId> [1..=10],
            /// The beginning of a name: conversations with such people alone.
            participant_query: String [1..=50],
            /// Whose newest message is of then or later.
            start_time: Timestamp,
            /// Whose newest message is from before.
            end_time: Timestamp,
            /// What to return.
            fields: ChatConversationFields,
        }
    }
}

endpoint! {
    /// Makes a group conversation.
    POST "/2/chat/conversations/group" createChatConversation
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<ChatKeyChange>;
    pub struct CreateGroup {
        json {
            /// The id that `InitializeGroup` gave.
            conversation_id: ChatConversationId,
            /// The version of the conversation's key.
            conversation_key_version: String,
            /// The conversation's key, encrypted for each participant.
            conversation_participant_keys: Vec<ChatParticipantKey>,
            /// The members.
            group_members: Vec<UserId>,
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
            /// The change of the key tree, in Base64.
            base64_encoded_key_rotation: String,
            /// The admins; the creator if not set.
            group_admins: Vec<UserId>,
            /// The group's picture.
            group_avatar_url: String,
            /// The group's description.
            group_description: String,
            /// The group's name.
            group_name: String,
            /// How long messages stay, in milliseconds.
            ttl_msec: Digits,
        }
    }
}

endpoint! {
    /// Deletes a conversation for the user whose credential it is; the others keep it.
    DELETE "/2/chat/conversations/{id}" deleteChatConversation
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Deleted>;
    pub struct DeleteConversation {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
        }
    }
}

endpoint! {
    /// Looks up a conversation.
    GET "/2/chat/conversations/{id}" getChatConversation
    (AnyUser: "dm.read" "tweet.read" "users.read") -> One<ChatConversation>;
    pub struct ConversationById {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        query {
            /// What to return.
            fields: ChatConversationFields,
        }
    }
}

endpoint! {
    /// Takes a conversation out of the archive.
    DELETE "/2/chat/conversations/{id}/archive" unarchiveChatConversation
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Archived>;
    pub struct Unarchive {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
        }
    }
}

endpoint! {
    /// Puts a conversation into the archive.
    POST "/2/chat/conversations/{id}/archive" archiveChatConversation
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Archived>;
    pub struct Archive {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
        }
    }
}

endpoint! {
    /// Lets new messages of a conversation stay, for all who take part.
    DELETE "/2/chat/conversations/{id}/message_ttl" deleteChatConversationMessageTtl
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Deleted>;
    pub struct DeleteMessageTtl {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
        }
    }
}

endpoint! {
    /// Lets new messages of a conversation disappear after a time, for all who take part.
    PUT "/2/chat/conversations/{id}/message_ttl" updateChatConversationMessageTtl
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Updated>;
    pub struct UpdateMessageTtl {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
            /// How long new messages stay, in milliseconds.
            message_ttl_ms: Digits,
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
        }
    }
}

endpoint! {
    /// Lets a conversation notify again.
    DELETE "/2/chat/conversations/{id}/mute" unmuteChatConversation
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Muted>;
    pub struct Unmute {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
        }
    }
}

endpoint! {
    /// Silences a conversation.
    POST "/2/chat/conversations/{id}/mute" muteChatConversation
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Muted>;
    pub struct Mute {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
        }
    }
}

endpoint! {
    /// Marks a conversation as read.
    POST "/2/chat/conversations/{id}/read" markChatConversationRead
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Done>;
    pub struct MarkRead {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
        } optional {
            /// Signatures over the change, sent on in this order; most clients have to send them.
            action_signatures: Vec<ChatSignature>,
        }
    }
}

endpoint! {
    /// Prevents screenshots of a conversation, or tells of them.
    ///
    /// X takes one of the two at a time.
    PUT "/2/chat/conversations/{id}/screen_capture" updateChatConversationScreenCapture
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<ChatScreenCapture>;
    pub struct UpdateScreenCapture {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
        json {
        } optional {
            /// Whether to prevent screenshots.
            blocking: bool,
            /// Signatures over the change of `blocking`.
            blocking_action_signatures: Vec<ChatSignature>,
            /// Whether to tell participants of screenshots.
            detection: bool,
            /// Signatures over the change of `detection`.
            detection_action_signatures: Vec<ChatSignature>,
        }
    }
}

endpoint! {
    /// Marks a conversation as unread.
    POST "/2/chat/conversations/{id}/unread" markChatConversationUnread
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Done>;
    pub struct MarkUnread {
        path {
            /// Which conversation.
            id: ChatConversationId,
        }
    }
}

field_set! {
    /// What to return.
    pub struct ChatConversationFields: ChatConversationField {
        /// Of conversations:
        chat_conversation: ChatConversationField = "chat_conversation.fields",
        /// Of the users:
        user: UserField = "user.fields" without PRIVATE,
        /// What to bring along:
        expansions: ChatConversationExpansion = "expansions",
    }
}
