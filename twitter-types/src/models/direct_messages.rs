//! Direct messages.

use serde::de::Deserializer;
use serde::ser::Serializer;

use super::{Entities, PostStub};
use crate::id::{DmConversationId, DmEventId, MediaId, MediaKey, UserId};
use crate::model::{Vocabulary, Wire, model, open_enum, serde_by_wire};
use crate::timestamp::Timestamp;
use contents::Contents;

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
        event_type: Option<DmEventKind>,
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

/// A message to be sent: a text, a file, or both.
///
/// ```
/// use twitter_types::models::NewDm;
///
/// let hello = NewDm::text("Hello!");
/// let photo = NewDm::media(1146654567674912769).with_text("Look!");
/// # let _ = (hello, photo);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct NewDm(Contents);

mod contents {
    #![allow(unreachable_pub, reason = "the macro declares what is public")]

    use super::DmMedia;

    crate::model::model! {
        /// What a message is made of.
        pub struct Contents {
            /// What is attached.
            attachments: Vec<DmMedia>,
            /// The text.
            text: Option<String>,
        }
    }
}

impl NewDm {
    /// A message of a text, not an empty one: X refuses that.
    pub fn text(text: impl Into<String>) -> Self {
        Self(Contents::new()).with_text(text)
    }

    /// A message that shows an uploaded file. X takes one, of the sender's own, within 24 hours.
    pub fn media(file: impl Into<MediaId>) -> Self {
        Self(Contents { attachments: vec![DmMedia::new(file.into())], ..Contents::new() })
    }

    /// Sets the text.
    #[must_use]
    pub fn with_text(mut self, text: impl Into<String>) -> Self {
        self.0.text = Some(text.into());
        self
    }
}

impl Wire for NewDm {
    fn read<'de, D: Deserializer<'de>>(
        field: &'static str,
        from: D,
    ) -> Result<Option<Self>, D::Error> {
        Ok(Contents::read(field, from)?.map(Self))
    }

    fn write<S: Serializer>(&self, vocabulary: Vocabulary, to: S) -> Result<S::Ok, S::Error> {
        self.0.write(vocabulary, to)
    }
}

serde_by_wire!(NewDm);

#[cfg(feature = "samples")]
crate::sample::sample! {
    NewDm: |from| Self(Contents::sample(from));
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
