//! Conversations that wait to be accepted.

use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    fields::{ChatMessageRequestDetailField, ChatMessageRequestField, Fields},
    id::ChatConversationId,
    models::{Accepted, ChatInbox, ChatMessageRequest, ChatMessageRequestDetail},
};

endpoint! {
    /// Lists conversations that wait to be accepted.
    ///
    /// A page may be empty, and not the last.
    GET "/2/chat/message_requests" getChatMessageRequests
    (AnyUser: "dm.read" "tweet.read" "users.read") -> Page<ChatMessageRequest>;
    pub struct MessageRequests {
        query {
            /// Results per page.
            max_results: u16 [1..=50],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// Which list of requests; `you_may_know` if not set.
            inbox_type: ChatInbox,
            /// What to return.
            fields = "chat_message_request.fields": Fields<ChatMessageRequestField>,
        }
    }
}

endpoint! {
    /// Looks up a conversation that waits to be accepted.
    ///
    /// That marks its messages as delivered.
    GET "/2/chat/message_requests/{id}" getChatMessageRequest
    (AnyUser: "dm.read" "tweet.read" "users.read") -> One<ChatMessageRequestDetail>;
    pub struct MessageRequestById {
        path {
            /// Which conversation, also by the other user alone.
            id: ChatConversationId,
        }
        query {
            /// What to return.
            fields = "chat_message_request_detail.fields": Fields<ChatMessageRequestDetailField>,
        }
    }
}

endpoint! {
    /// Accepts a conversation.
    POST "/2/chat/message_requests/{id}/accept" acceptChatMessageRequest
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<Accepted>;
    pub struct AcceptMessageRequest {
        path {
            /// Which conversation, also by the other user alone.
            id: ChatConversationId,
        }
    }
}
