//! Events of the X Activity API.

use super::{
    AccountMessage, ActivityEventKind, ActivityFilter, Includes, Like, Post, PublishedArticle, User,
};
use crate::id::{AppId, BroadcastId, ChatConversationId, NewsId, PostId, SpaceId, UserId};
use crate::json::Json;
use crate::model::{Form as _, Millis, QuotedMillis, Unwrapped, Wire, model};
use crate::timestamp::Timestamp;

model! {
    /// An event. [`content`](Self::content) reads its payload by its type.
    pub struct ActivityEvent {
        /// When it happened.
        created_at: Option<Timestamp>,
        /// What has happened.
        event_type: Option<ActivityEventKind>,
        /// Identifies the event, not the delivery: one post is `post.create` to one subscription
        /// and `post.mention.create` to another, under the same. Not always a positive number.
        event_uuid: Option<String>,
        /// Which events the subscription is about.
        filter: Option<ActivityFilter>,
        /// The objects that the payload refers to.
        includes: Option<Includes>,
        /// What belongs to the event, as it came.
        payload: Option<Json>,
        /// The subscription's tag.
        tag: Option<String>,
    }
}

/// What belongs to an event, by its type.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ActivityContent {
    /// Somebody posted, answered, quoted, reposted or mentioned: `post.….create`.
    Post(Box<Post>),
    /// A post was deleted: `post.delete`.
    PostDeletion(PostDeletion),
    /// Somebody liked a post: `like.create`.
    Like(Like),
    /// Somebody followed or unfollowed, subscribed or unsubscribed.
    Follow(Box<FollowEvent>),
    /// Somebody muted or unmuted: `mute.…`.
    Mute(Box<FollowEvent>),
    /// Somebody blocked or unblocked: `block.…`.
    Block(Box<FollowEvent>),
    /// A profile was changed: `profile.update.…`.
    ProfileChange(ProfileChange),
    /// A story came up: `news.new`.
    News(Box<NewsEvent>),
    /// A direct message, not encrypted: `dm.sent` and `dm.received`.
    Message(MessageEvent),
    /// A message of an encrypted conversation: `chat.sent`, `chat.received`, or somebody joined.
    Chat(Box<ChatEvent>),
    /// A Space was started or ended: `spaces.…`.
    Space(SpaceEvent),
    /// A broadcast was started or ended.
    Broadcast(Box<BroadcastEvent>),
    /// Somebody wrote in a broadcast's chat: `broadcast.chat`.
    BroadcastChat(BroadcastChatEvent),
    /// A user took the App's access back: `oauth.revoke`.
    Revocation(RevocationEvent),
    /// What X shows no form of: read receipts and typing, changes of groups and of chats, and what
    /// is to come.
    Other(Json),
}

impl ActivityEvent {
    /// What tells the event from all others that an App gets: its number alone does not.
    #[cfg(feature = "endpoints")]
    pub(crate) fn key(&self) -> Option<String> {
        let filter = serde_json::to_string(&self.filter).ok()?;
        let kind = self.event_type.as_ref()?;
        let tag = self.tag.as_deref().unwrap_or_default();
        Some(format!("activity {} {kind} {filter} {tag}", self.event_uuid.as_ref()?))
    }

    /// The payload, read by the event's type. One that does not fit its type is
    /// [`ActivityContent::Other`]: an event is never lost.
    pub fn content(&self) -> ActivityContent {
        let payload = self.payload.as_ref().unwrap_or(&Json::Null);
        let kind = self.event_type.as_ref().map_or("", ActivityEventKind::as_str);
        let typed = match kind {
            "post.delete" => read(payload).map(ActivityContent::PostDeletion),
            "like.create" => read(payload).map(ActivityContent::Like),
            "news.new" => read_boxed(payload).map(ActivityContent::News),
            "dm.sent" | "dm.received" => read(payload).map(ActivityContent::Message),
            "chat.sent" | "chat.received" | "chat.conversation.join" | "chat.conversation_join" => {
                read_boxed(payload).map(ActivityContent::Chat)
            }
            "spaces.start" | "spaces.end" => read(payload).map(ActivityContent::Space),
            "broadcast.start" | "broadcast.end" => {
                read_boxed(payload).map(ActivityContent::Broadcast)
            }
            "broadcast.chat" => read(payload).map(ActivityContent::BroadcastChat),
            "oauth.revoke" => read(payload).map(ActivityContent::Revocation),
            _ => match kind.split_once('.').map_or("", |(family, _)| family) {
                "post" => read_boxed(payload).map(ActivityContent::Post),
                "profile" => read(payload).map(ActivityContent::ProfileChange),
                "follow" | "subscriptions" => read_boxed(payload).map(ActivityContent::Follow),
                "mute" => read_boxed(payload).map(ActivityContent::Mute),
                "block" => read_boxed(payload).map(ActivityContent::Block),
                _ => None,
            },
        };
        typed.unwrap_or_else(|| ActivityContent::Other(payload.clone()))
    }
}

fn read<T: Wire>(payload: &Json) -> Option<T> {
    T::read("payload", payload.clone()).ok().flatten()
}

fn read_boxed<T: Wire>(payload: &Json) -> Option<Box<T>> {
    read(payload).map(Box::new)
}

model! {
    /// Two users, of whom one has done something to the other.
    pub struct FollowEvent {
        /// Who acts.
        source: Option<Box<User>> as Unwrapped,
        /// Who is acted upon.
        target: Option<Box<User>> as Unwrapped,
    }
}

model! {
    /// A change of a profile.
    pub struct ProfileChange {
        /// What it is now.
        after: Option<String>,
        /// What it was.
        before: Option<String>,
    }
}

model! {
    /// A news story that came up: the fields of the specification, and those that X delivers.
    pub struct NewsEvent {
        /// The kind of news.
        category: Option<String>,
        /// Posts of the story.
        cluster_posts_results: Vec<PublishedArticle>,
        /// What the story is about, of a form that X does not describe.
        contexts: Option<Json>,
        /// What X warns of.
        disclaimer: Option<String>,
        /// The headline, as the specification names it.
        headline: Option<String>,
        /// A sentence that makes people read on.
        hook: Option<String>,
        /// Identifies the story.
        id: Option<NewsId>,
        /// The headline, as X delivers it.
        name: Option<String>,
        /// The story in short.
        summary: Option<String>,
        /// When it last changed.
        updated_at: Option<Timestamp>,
    }
}

model! {
    /// A post that was deleted.
    pub struct PostDeletion {
        required {
            /// The post.
            id: PostId,
        }
        /// Who wrote it.
        author_id: Option<UserId>,
    }
}

model! {
    /// Direct messages, in the form of API v1.1.
    pub struct MessageEvent {
        /// The messages; as a rule one.
        direct_message_events: Vec<AccountMessage>,
        /// The users that they refer to, by id; [`user`](Self::user) reads one.
        users: Option<Json>,
    }
}

impl MessageEvent {
    /// A user that the messages refer to.
    pub fn user(&self, id: UserId) -> Option<User> {
        let json = self.users.as_ref()?.get(&id.to_string())?;
        let mut user = None;
        Unwrapped::read(&mut user, "user", json.clone()).ok()?;
        user
    }
}

model! {
    /// An event of an encrypted conversation: what X can read of it.
    pub struct ChatEvent {
        /// The conversation, as `A:B`.
        conversation_id: Option<ChatConversationId>,
        /// The change to the key that encrypts this event, encoded.
        conversation_key_change_event: Option<String>,
        /// The version of that key.
        conversation_key_version: Option<String>,
        /// The conversation's token.
        conversation_token: Option<String>,
        /// When it was made.
        created_at_msec: Option<Timestamp> as QuotedMillis,
        /// The event, encrypted and encoded.
        encoded_event: Option<String>,
        /// Identifies it.
        id: Option<String>,
        /// The signature, as X delivers it.
        message_event_signature: Option<Json>,
        /// Who made it.
        sender_id: Option<UserId>,
    }
}

model! {
    /// A Space was started or ended.
    pub struct SpaceEvent {
        /// The Space.
        broadcast_id: Option<SpaceId>,
        /// Which of the two: `spaces_start` or `spaces_end`.
        event_type: Option<String>,
        /// The host.
        user: Option<Box<User>> as Unwrapped,
    }
}

model! {
    /// A broadcast was started or ended.
    pub struct BroadcastEvent {
        /// Whether it can be watched afterwards.
        available_for_replay: Option<bool>,
        /// The broadcast.
        broadcast_id: Option<BroadcastId>,
        /// How far it is, such as `Ended`.
        broadcast_state: Option<String>,
        /// When it was made.
        created_timestamp_ms: Option<Timestamp> as Millis,
        /// How long it lasted, in milliseconds.
        duration_ms: Option<u64>,
        /// When it was started or ended.
        event_timestamp_ms: Option<Timestamp> as Millis,
        /// The language.
        language: Option<String>,
        /// A picture of it.
        thumbnail_url: Option<String>,
        /// The title.
        title: Option<String>,
        /// When it last changed.
        updated_timestamp_ms: Option<Timestamp> as Millis,
        /// Who broadcasts.
        user: Option<Box<User>> as Unwrapped,
    }
}

model! {
    /// Somebody wrote in a broadcast's chat.
    pub struct BroadcastChatEvent {
        /// Who wrote.
        author: Option<Box<User>> as Unwrapped,
        /// The broadcast.
        broadcast_id: Option<BroadcastId>,
        /// What was written.
        message: Option<String>,
        /// Identifies the message.
        message_id: Option<String>,
    }
}

model! {
    /// A user took the App's access back: what is kept of them has to go.
    pub struct RevocationEvent {
        /// The App.
        app_id: Option<AppId>,
        /// When.
        date_time: Option<Timestamp>,
        /// The user.
        user_id: Option<UserId>,
    }
}
