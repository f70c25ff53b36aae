//! Events of the X Activity API.

use super::{ActivityEventKind, ActivityFilter, Includes, Like, Post, User};
use crate::id::{PostId, UserId};
use crate::json::Json;
use crate::model::{Unwrapped, Wire, model};
use crate::timestamp::Timestamp;

model! {
    /// An event. [`content`](Self::content) reads its payload by its type.
    pub struct ActivityEvent {
        /// When it happened.
        created_at: Option<Timestamp>,
        /// What has happened.
        event_type: Option<ActivityEventKind>,
        /// Identifies the delivery: to be ignored if it comes again. Not always a positive number.
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
    /// A profile was changed: `profile.update.…`.
    ProfileChange(ProfileChange),
    /// A story came up: `news.new`.
    News(NewsEvent),
    /// What X gives no form for: encrypted conversations, direct messages, Spaces, broadcasts and
    /// what is to come.
    Other(Json),
}

impl ActivityEvent {
    /// The payload, read by the event's type. One that does not fit its type is
    /// [`ActivityContent::Other`]: an event is never lost.
    pub fn content(&self) -> ActivityContent {
        let payload = self.payload.as_ref().unwrap_or(&Json::Null);
        let kind = self.event_type.as_ref().map_or("", ActivityEventKind::as_str);
        let typed = match kind {
            "post.delete" => read(payload).map(ActivityContent::PostDeletion),
            "like.create" => read(payload).map(ActivityContent::Like),
            "news.new" => read(payload).map(ActivityContent::News),
            _ if kind.starts_with("post.") => {
                read(payload).map(|post| ActivityContent::Post(Box::new(post)))
            }
            _ if kind.starts_with("profile.update.") => {
                read(payload).map(ActivityContent::ProfileChange)
            }
            _ if kind.starts_with("follow.") || kind.starts_with("subscriptions.") => {
                read(payload).map(|event| ActivityContent::Follow(Box::new(event)))
            }
            _ => None,
        };
        typed.unwrap_or_else(|| ActivityContent::Other(payload.clone()))
    }
}

fn read<T: Wire>(payload: &Json) -> Option<T> {
    T::read("payload", payload.clone()).ok().flatten()
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
    /// A news story that came up.
    pub struct NewsEvent {
        /// The kind of news.
        category: Option<String>,
        /// The headline.
        headline: Option<String>,
        /// A sentence that makes people read on.
        hook: Option<String>,
        /// The story in short.
        summary: Option<String>,
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
