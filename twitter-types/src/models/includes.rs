//! What a reply brings along: the objects that its data refers to.

use super::{Call, Media, Place, Poll, Post, Topic, User};
use crate::model::model;

model! {
    /// The objects that a reply's data refers to, as asked for by `expansions`; each once, in no
    /// order; [`Joins`](super::Joins) finds them. X's page is "Expansions".
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
    /// Whether nothing came along.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
