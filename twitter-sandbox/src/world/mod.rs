//! What the sandbox knows: users, posts, who follows whom, and who likes what.

mod compliance;
mod links;
mod post;
mod seed;
mod seed_text;
mod upload;
mod usage;
mod user;

use std::collections::BTreeMap;

pub(crate) use self::compliance::{Job, JobStage, Jobs};
pub(crate) use self::links::Links;
pub(crate) use self::post::{Draft, Media, MediaKind, Place, Poll, Post};
pub(crate) use self::upload::{KEPT, Processing, Segment, Stage, Upload};
pub(crate) use self::usage::Usage;
pub(crate) use self::user::User;
use crate::activity::Subscription;
use crate::streams::{Feed, Hub, Item, Wanted};
use crate::time::{SECOND, Time};
use crate::webhooks::Webhooks;

/// Everything that operations read and change.
pub(crate) struct World {
    pub(crate) users: BTreeMap<u64, User>,
    pub(crate) posts: BTreeMap<u64, Post>,
    pub(crate) media: BTreeMap<String, Media>,
    pub(crate) uploads: BTreeMap<u64, Upload>,
    pub(crate) processing: Processing,
    pub(crate) jobs: Jobs,
    pub(crate) polls: BTreeMap<u64, Poll>,
    pub(crate) places: BTreeMap<&'static str, Place>,
    /// From follower to followed.
    pub(crate) follows: Links,
    /// From user to post.
    pub(crate) likes: Links,
    pub(crate) usage: Usage,
    pub(crate) streams: Hub,
    pub(crate) webhooks: Webhooks,
    pub(crate) activity: Vec<Subscription>,
    last_id: u64,
}

impl World {
    /// The world that every sandbox starts with; its recent posts end shortly before `now`.
    pub(crate) fn seeded(now: Time) -> Self {
        let mut world = Self {
            users: BTreeMap::new(),
            posts: BTreeMap::new(),
            media: BTreeMap::new(),
            uploads: BTreeMap::new(),
            processing: Processing { takes: SECOND, failing: 0 },
            jobs: Jobs { list: Vec::new(), takes: SECOND, failing: 0 },
            polls: BTreeMap::new(),
            places: BTreeMap::new(),
            follows: Links::default(),
            likes: Links::default(),
            usage: Usage::default(),
            streams: Hub::default(),
            webhooks: Webhooks::default(),
            activity: Vec::new(),
            last_id: 0,
        };
        seed::fill(&mut world, now);
        world
    }

    /// An id of this moment that no object has yet.
    pub(crate) fn new_id(&mut self, now: Time) -> u64 {
        let id = now.first_id().max(self.last_id.saturating_add(1));
        self.last_id = id;
        id
    }

    pub(crate) fn user_named(&self, username: &str) -> Option<&User> {
        self.users.values().find(|user| user.username.eq_ignore_ascii_case(username))
    }

    /// The user's posts, without those that an edit has replaced, oldest first.
    pub(crate) fn posts_of(&self, author: u64) -> impl DoubleEndedIterator<Item = &Post> {
        self.posts.values().filter(move |post| post.author == author && !post.superseded)
    }

    /// Whether the viewer, if there is one, may see what the user posts.
    pub(crate) fn sees(&self, viewer: Option<u64>, author: u64) -> bool {
        let protected = self.users.get(&author).is_some_and(|user| user.protected);
        let follows = |viewer| viewer == author || self.follows.contains(viewer, author);
        !protected || viewer.is_some_and(follows)
    }

    /// Adds a post and counts it where it refers to others. Returns its id.
    pub(crate) fn add_post(&mut self, draft: Draft, created: Time) -> u64 {
        let id = self.new_id(created);
        let post = Post::new(id, created, draft, &self.posts);
        self.count(&post, 1);
        for earlier in &post.history {
            if let Some(earlier) = self.posts.get_mut(earlier) {
                earlier.superseded = true;
                earlier.history.push(id);
            }
        }
        self.posts.insert(id, post);
        id
    }

    /// Sends something that happened to the streams.
    pub(crate) fn stream(&mut self, item: &Item, now: Time) {
        let mut streams = std::mem::take(&mut self.streams);
        streams.send(item, self, now);
        if let Item::Post(id) = item {
            let links = self.webhooks.links.iter();
            let matched: Vec<_> = links
                .filter_map(|link| {
                    Some((link.webhook, link.wanted.post(*id, self, &streams.rules, now)?))
                })
                .collect();
            for (webhook, post) in matched {
                self.webhooks.send(webhook, &post, now);
            }
        }
        self.streams = streams;
    }

    /// Opens a connection to a stream; see [`Hub::open`].
    pub(crate) fn connect(
        &mut self,
        wanted: Wanted,
        span: (Time, Time),
        replay: bool,
        now: Time,
    ) -> std::io::Result<Feed> {
        let mut streams = std::mem::take(&mut self.streams);
        let feed = streams.open(wanted, span, replay, self, now);
        self.streams = streams;
        feed
    }

    /// Adds a post and sends it to the streams. Returns its id.
    pub(crate) fn publish(&mut self, draft: Draft, now: Time) -> u64 {
        let id = self.add_post(draft, now);
        if self.posts.get(&id).is_some_and(|post| self.sees(None, post.author)) {
            self.stream(&Item::Post(id), now);
        }
        id
    }

    /// Removes a post with all its versions, its reposts and its likes.
    pub(crate) fn remove_post(&mut self, id: u64) {
        let Some(post) = self.posts.remove(&id) else { return };
        self.count(&post, -1);
        self.likes.remove_to(id);
        for version in post.history {
            self.remove_post(version);
        }
        let reposts: Vec<u64> = self
            .posts
            .values()
            .filter(|other| other.reposted == Some(id))
            .map(|other| other.id)
            .collect();
        for repost in reposts {
            self.remove_post(repost);
        }
    }

    fn count(&mut self, post: &Post, by: i64) {
        let mut add = |id: Option<u64>, counter: fn(&mut Post) -> &mut i64| {
            if let Some(other) = id.and_then(|id| self.posts.get_mut(&id)) {
                *counter(other) += by;
            }
        };
        add(post.reply_to.map(|(id, _)| id), |other| &mut other.replies);
        add(post.quoted, |other| &mut other.quotes);
        add(post.reposted, |other| &mut other.reposts);
    }
}
