//! Direct messages.

use crate::{
    endpoint::{Bytes, endpoint, field_set},
    envelope::{One, Page},
    fields::{DmEventExpansion, DmEventField, MediaField, PostField, UserField},
    id::{DmConversationId, DmEventId, DmResourceId, UserId},
    models::{Deleted, DmConversationKind, DmEvent, DmEventKind, NewDm, SentDm},
};

endpoint! {
    /// Makes a group conversation, and sends its first message.
    POST "/2/dm_conversations" createDirectMessagesConversation
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<SentDm>;
    pub struct CreateGroup {
        json {
            /// What to make: `Group`.
            conversation_type: DmConversationKind,
            /// The first message.
            message: NewDm,
            /// Who takes part besides the sender.
            participant_ids: Vec<UserId> [2..=49],
        }
    }
}

endpoint! {
    /// Downloads a file from a message.
    GET "/2/dm_conversations/media/{dm_id}/{media_id}/{resource_id}" dmConversationsMediaDownload
    (OAuth2UserOnly: "dm.read") -> Bytes;
    pub struct DownloadMedia {
        path {
            /// The message.
            dm_id: DmEventId,
            /// The file.
            media_id: DmResourceId,
            /// The name of the file.
            resource_id: DmResourceId,
        }
    }
}

endpoint! {
    /// Lists the events of the conversation with a user.
    GET "/2/dm_conversations/with/{participant_id}/dm_events" getDirectMessagesEventsByParticipantId
    (AnyUser: "dm.read" "tweet.read" "users.read") -> Page<DmEvent>;
    pub struct EventsWith {
        path {
            /// The other user.
            participant_id: UserId,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// These kinds of event alone.
            event_types: Vec<DmEventKind>,
            /// What to return.
            fields: DmEventFields,
        }
    }
}

endpoint! {
    /// Sends a message to a user.
    POST "/2/dm_conversations/with/{participant_id}/messages" createDirectMessagesByParticipantId
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<SentDm>;
    pub struct SendTo {
        path {
            /// The other user.
            participant_id: UserId,
        }
        body {
            /// The message.
            message: NewDm,
        }
    }
}

endpoint! {
    /// Sends a message into a conversation.
    POST "/2/dm_conversations/{dm_conversation_id}/messages" createDirectMessagesByConversationId
    (AnyUser: "dm.write" "tweet.read" "users.read") -> One<SentDm>;
    pub struct Send {
        path {
            /// The conversation.
            dm_conversation_id: DmConversationId,
        }
        body {
            /// The message.
            message: NewDm,
        }
    }
}

endpoint! {
    /// Lists the events of a conversation.
    GET "/2/dm_conversations/{id}/dm_events" getDirectMessagesEventsByConversationId
    (AnyUser: "dm.read" "tweet.read" "users.read") -> Page<DmEvent>;
    pub struct EventsOf {
        path {
            /// Which conversation.
            id: DmConversationId,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// These kinds of event alone.
            event_types: Vec<DmEventKind>,
            /// What to return.
            fields: DmEventFields,
        }
    }
}

endpoint! {
    /// Lists the events of all conversations of the last 30 days.
    GET "/2/dm_events" getDirectMessagesEvents
    (AnyUser: "dm.read" "tweet.read" "users.read") -> Page<DmEvent>;
    pub struct Events {
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// These kinds of event alone.
            event_types: Vec<DmEventKind>,
            /// What to return.
            fields: DmEventFields,
        }
    }
}

endpoint! {
    /// Deletes a message for the user whose credential it is.
    DELETE "/2/dm_events/{event_id}" deleteDirectMessagesEvents
    (AnyUser: "dm.read" "dm.write") -> One<Deleted>;
    pub struct Delete {
        path {
            /// Which message.
            event_id: DmEventId,
        }
    }
}

endpoint! {
    /// Looks up an event.
    GET "/2/dm_events/{event_id}" getDirectMessagesEventsById
    (AnyUser: "dm.read" "tweet.read" "users.read") -> One<DmEvent>;
    pub struct EventById {
        path {
            /// Which event.
            event_id: DmEventId,
        }
        query {
            /// What to return.
            fields: DmEventFields,
        }
    }
}

field_set! {
    /// What to return.
    pub struct DmEventFields: DmEventField {
        /// Of events:
        dm_event: DmEventField = "dm_event.fields",
        /// Of the users:
        user: UserField = "user.fields" without PRIVATE,
        /// Of the posts:
        post: PostField = "post.fields" without PRIVATE,
        /// Of the media:
        media: MediaField = "media.fields" without PRIVATE,
        /// What to bring along:
        expansions: DmEventExpansion = "expansions",
    }
}
