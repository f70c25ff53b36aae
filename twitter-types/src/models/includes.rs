//! What a reply brings along: the objects that its data refers to.

use super::{Call, Media, Place, Poll, Post, Topic, User};
use crate::id::{CallId, MediaKey, PlaceId, PollId, PostId, TopicId, UserId};
use crate::model::model;

model! {
    /// The objects that a reply's data refers to, as asked for by `expansions`; each once, in no
    /// order. X's page is "Expansions".
    pub struct Includes {
        /// Calls.
        calls: Vec<Call>,
        /// Media items.
        media: Vec<Media>,
        /// Places.
        places: Vec<Place>,
        /// Polls.
        polls: Vec<Poll>,
        /// Posts.
        posts | tweets: Vec<Post>,
        /// Topics.
        topics: Vec<Topic>,
        /// Users.
        users: Vec<User>,
    }
}

impl Includes {
    /// A call by its id.
    pub fn call(&self, id: &CallId) -> Option<&Call> {
        self.calls.iter().find(|call| call.id == *id)
    }

    /// A media item by its key, as in `post.attachments.media_keys`.
    pub fn media(&self, key: &MediaKey) -> Option<&Media> {
        self.media.iter().find(|media| media.media_key == *key)
    }

    /// A place by its id, as in `post.geo.place_id`.
    pub fn place(&self, id: &PlaceId) -> Option<&Place> {
        self.places.iter().find(|place| place.id == *id)
    }

    /// A poll by its id, as in `post.attachments.poll_ids`.
    pub fn poll(&self, id: PollId) -> Option<&Poll> {
        self.polls.iter().find(|poll| poll.id == id)
    }

    /// A post by its id, as in `post.referenced_posts`.
    pub fn post(&self, id: PostId) -> Option<&Post> {
        self.posts.iter().find(|post| post.id == id)
    }

    /// A topic by its id.
    pub fn topic(&self, id: &TopicId) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == *id)
    }

    /// A user by id, as in `post.author_id`.
    pub fn user(&self, id: UserId) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// A user by handle, as in `mention.username`; X ignores case in it.
    pub fn user_named(&self, username: &str) -> Option<&User> {
        let named = |user: &&User| {
            user.username.as_ref().is_some_and(|name| name.eq_ignore_ascii_case(username))
        };
        self.users.iter().find(named)
    }

    /// Whether nothing came along.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
