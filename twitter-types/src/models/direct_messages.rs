//! Direct messages.

use super::{Entities, PostStub};
use crate::id::{DmConversationId, DmEventId, MediaId, MediaKey, UserId};
use crate::model::{model, open_enum};
use crate::timestamp::Timestamp;

model! {
    /// An event of a conversation: a message, or that somebody came or went.
    pub struct DmEvent {
        /// What is attached to the message.
        attachments: Option<DmEventAttachments>,
        /// When it was made.
        created_at: Option<Timestamp>,
        /// The conversation.
        dm_conversation_id: Option<DmConversationId>,
        /// What X has found in the text.
        entities: Option<Entities>,
        /// The kind of event.
        event_type: Option<String>,
        /// Identifies it.
        id: Option<DmEventId>,
        /// Who takes part.
        participant_ids: Vec<UserId>,
        /// The posts that the message shows.
        referenced_posts | referenced_tweets: Vec<PostStub>,
        /// Who sent it.
        sender_id: Option<UserId>,
        /// The text.
        text: Option<String>,
    }
}

model! {
    /// What is attached to a message.
    pub struct DmEventAttachments {
        /// Cards.
        card_ids: Vec<String>,
        /// The media items.
        media_keys: Vec<MediaKey>,
    }
}

model! {
    /// A file in a message.
    pub struct DmMedia {
        required {
            /// The file.
            media_id: MediaId,
        }
    }
}

model! {
    /// A message to be sent: a text, files, or both.
    pub struct NewDm {
        /// What is attached to the message.
        attachments: Vec<DmMedia>,
        /// The text.
        text: Option<String>,
    }
}

model! {
    /// The answer to a message.
    pub struct SentDm {
        /// The conversation.
        dm_conversation_id: Option<DmConversationId>,
        /// The message, as an event.
        dm_event_id: Option<DmEventId>,
    }
}

open_enum! {
    /// What conversation to make.
    pub enum DmConversationKind {
        /// `Group`.
        Group = "Group",
    }
}

open_enum! {
    /// The kind of an event of a conversation.
    pub enum DmEventKind {
        /// `MessageCreate`.
        MessageCreate = "MessageCreate",
        /// `ParticipantsJoin`.
        ParticipantsJoin = "ParticipantsJoin",
        /// `ParticipantsLeave`.
        ParticipantsLeave = "ParticipantsLeave",
    }
}
