//! The chat beside a broadcast.

use crate::{
    endpoint::{endpoint, field_set},
    envelope::{One, Page},
    fields::{
        BroadcastChatExpansion, BroadcastChatMessageField, BroadcastChatMuteField,
        BroadcastMuteExpansion, UserField,
    },
    id::{BroadcastId, BroadcastMessageId, UserId},
    model::UnixMillis,
    models::{
        BroadcastChatMessage, BroadcastChatMute, BroadcastModerators, Deleted, Muted,
        SentBroadcastChat, User,
    },
    operations::users::UserFields,
};

endpoint! {
    /// Lists who moderates the chats of all broadcasts of the user whose credential it is.
    GET "/2/broadcasts/chat/moderators" getChatModerators
    (AnyUser: "broadcast.read" "tweet.read" "users.read") -> Page<User>;
    pub struct Moderators {
        query {
            /// What to return.
            fields: UserFields,
        }
    }
}

endpoint! {
    /// Lets a user moderate the chats of all of one's broadcasts.
    POST "/2/broadcasts/chat/moderators" addChatModerator
    (AnyUser: "broadcast.read" "broadcast.write") -> One<BroadcastModerators>;
    pub struct AddModerator {
        json {
            /// The user.
            user_id: UserId,
        }
    }
}

endpoint! {
    /// Takes a moderator's rights back.
    DELETE "/2/broadcasts/chat/moderators/{user_id}" removeChatModerator
    (AnyUser: "broadcast.read" "broadcast.write") -> One<BroadcastModerators>;
    pub struct RemoveModerator {
        path {
            /// The user.
            user_id: UserId,
        }
    }
}

endpoint! {
    /// Lists whom one has muted in the chats of one's broadcasts.
    GET "/2/broadcasts/chat/mutes" getChatMutedUsers
    (AnyUser: "broadcast.read") -> Page<BroadcastChatMute>;
    pub struct MutedUsers {
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return.
            fields: BroadcastMuteFields,
        }
    }
}

endpoint! {
    /// Mutes a user in all chats of a host.
    ///
    /// Without a broadcast that is the user whose credential it is.
    POST "/2/broadcasts/chat/mutes" muteChatUser
    (AnyUser: "broadcast.read" "broadcast.write") -> One<Muted>;
    pub struct MuteUser {
        json {
            /// The user.
            user_id: UserId,
        } optional {
            /// A broadcast of the host; one's own chats if not set.
            broadcast_id: BroadcastId,
            /// When it ends; never, if absent.
            end_at_ms: UnixMillis,
            /// A message of that broadcast to delete with it.
            message_id: String,
        }
    }
}

endpoint! {
    /// Lets a muted user write in all chats of a host again.
    ///
    /// Without a broadcast that is the user whose credential it is.
    DELETE "/2/broadcasts/chat/mutes/{user_id}" unmuteChatUser
    (AnyUser: "broadcast.read" "broadcast.write") -> One<Muted>;
    pub struct UnmuteUser {
        path {
            /// The user.
            user_id: UserId,
        }
        query {
            /// A broadcast of the host; one's own chats if not set.
            broadcast_id: BroadcastId,
        }
    }
}

endpoint! {
    /// Lists the messages of the chat of one's broadcast, newest first.
    GET "/2/broadcasts/{id}/chat" getBroadcastChat
    (AnyUser: "broadcast.read") -> Page<BroadcastChatMessage>;
    pub struct Chat {
        path {
            /// Which broadcast.
            id: BroadcastId,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=200],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return.
            fields: BroadcastChatFields,
        }
    }
}

endpoint! {
    /// Writes a message into the chat of a running broadcast.
    POST "/2/broadcasts/{id}/chat" sendBroadcastChat
    (AnyUser: "broadcast.read" "broadcast.write") -> One<SentBroadcastChat>;
    pub struct SendChat {
        path {
            /// Which broadcast.
            id: BroadcastId,
        }
        json {
            /// The text.
            text: String [1..=140],
        } optional {
            /// The message to answer, by the `timestamp` that sending it gave.
            reply_to: String,
        }
    }
}

endpoint! {
    /// Mutes a user in the chat of one broadcast.
    POST "/2/broadcasts/{id}/chat/mutes" muteBroadcastChatUser
    (AnyUser: "broadcast.read" "broadcast.write") -> One<Muted>;
    pub struct MuteInChat {
        path {
            /// Which broadcast.
            id: BroadcastId,
        }
        json {
            /// The user.
            user_id: UserId,
        } optional {
            /// When it ends; never, if absent.
            end_at_ms: UnixMillis,
            /// A message to delete with it.
            message_id: String,
        }
    }
}

endpoint! {
    /// Lets a muted user write in a broadcast's chat again.
    DELETE "/2/broadcasts/{id}/chat/mutes/{user_id}" unmuteBroadcastChatUser
    (AnyUser: "broadcast.read" "broadcast.write") -> One<Muted>;
    pub struct UnmuteInChat {
        path {
            /// Which broadcast.
            id: BroadcastId,
            /// The user.
            user_id: UserId,
        }
    }
}

endpoint! {
    /// Deletes a message from a broadcast's chat.
    DELETE "/2/broadcasts/{id}/chat/{message_id}" deleteBroadcastChatMessage
    (AnyUser: "broadcast.read" "broadcast.write") -> One<Deleted>;
    pub struct DeleteChatMessage {
        path {
            /// Which broadcast.
            id: BroadcastId,
            /// The message.
            message_id: BroadcastMessageId,
        }
    }
}

field_set! {
    /// What to return.
    pub struct BroadcastMuteFields: BroadcastChatMuteField {
        /// Of mutes:
        broadcast_chat_mute: BroadcastChatMuteField = "broadcast_chat_mute.fields",
        /// Of the users:
        user: UserField = "user.fields" without PRIVATE,
        /// What to bring along:
        expansions: BroadcastMuteExpansion = "expansions",
    }
}

field_set! {
    /// What to return.
    pub struct BroadcastChatFields: BroadcastChatMessageField {
        /// Of messages:
        broadcast_chat_message: BroadcastChatMessageField = "broadcast_chat_message.fields",
        /// Of the users:
        user: UserField = "user.fields" without PRIVATE,
        /// What to bring along:
        expansions: BroadcastChatExpansion = "expansions",
    }
}
