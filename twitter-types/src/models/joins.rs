//! Finding what a reply's data refers to.

use std::collections::HashMap;

use super::{Call, Includes, List, Media, Place, Poll, Post, ReferenceKind, Space, Topic, User};
use crate::id::{CallId, MediaKey, PlaceId, PollId, PostId, TopicId, UserId};

/// The objects that replies brought along, indexed once: each is found in one lookup.
///
/// Made by [`Page::includes`](crate::Page::includes) and [`One::includes`](crate::One::includes),
/// or of several pages by [`extend`](Extend::extend) and [`FromIterator`]; of an object that came
/// several times, the last is found.
///
/// ```
/// use twitter_types::{Page, models::Post};
///
/// let reply = r#"{
///     "data": [{"id": "20", "text": "just setting up my twttr", "author_id": "12"}],
///     "includes": {"users": [{"id": "12", "name": "jack", "username": "jack"}]}
/// }"#;
/// let page: Page<Post> = serde_json::from_str(reply)?;
/// let includes = page.includes();
/// for post in &page.data {
///     let author = includes.author(post).and_then(|user| user.username.as_deref());
///     assert_eq!(author, Some("jack"));
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Joins<'a> {
    calls: HashMap<&'a CallId, &'a Call>,
    media: HashMap<&'a MediaKey, &'a Media>,
    places: HashMap<&'a PlaceId, &'a Place>,
    polls: HashMap<PollId, &'a Poll>,
    posts: HashMap<PostId, &'a Post>,
    topics: HashMap<&'a TopicId, &'a Topic>,
    users: HashMap<UserId, &'a User>,
    usernames: HashMap<String, &'a User>,
}

impl<'a> Joins<'a> {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A user by id.
    pub fn user(&self, id: UserId) -> Option<&'a User> {
        self.users.get(&id).copied()
    }

    /// A user by handle; X ignores case in it.
    pub fn user_named(&self, username: &str) -> Option<&'a User> {
        self.usernames.get(&username.to_ascii_lowercase()).copied()
    }

    /// A post by id.
    pub fn post(&self, id: PostId) -> Option<&'a Post> {
        self.posts.get(&id).copied()
    }

    /// A call by id.
    pub fn call(&self, id: &CallId) -> Option<&'a Call> {
        self.calls.get(id).copied()
    }

    /// A media item by its key.
    pub fn media_item(&self, key: &MediaKey) -> Option<&'a Media> {
        self.media.get(key).copied()
    }

    /// A topic by id.
    pub fn topic(&self, id: &TopicId) -> Option<&'a Topic> {
        self.topics.get(id).copied()
    }

    /// Who wrote a post.
    pub fn author(&self, post: &Post) -> Option<&'a User> {
        self.user(post.author_id?)
    }

    /// The user whom a post answers.
    pub fn answered_user(&self, post: &Post) -> Option<&'a User> {
        self.user(post.in_reply_to_user_id?)
    }

    /// The post that a post quotes.
    pub fn quoted(&self, post: &Post) -> Option<&'a Post> {
        self.post(post.referenced(&ReferenceKind::Quoted)?)
    }

    /// The post that a post answers.
    pub fn replied_to(&self, post: &Post) -> Option<&'a Post> {
        self.post(post.referenced(&ReferenceKind::RepliedTo)?)
    }

    /// The post that a repost repeats.
    pub fn reposted(&self, post: &Post) -> Option<&'a Post> {
        self.post(post.referenced(&ReferenceKind::Reposted)?)
    }

    /// The media of a post, in their order.
    pub fn media<'p>(&self, post: &'p Post) -> impl Iterator<Item = &'a Media> + use<'_, 'a, 'p> {
        let keys = post.attachments.iter().flat_map(|attachments| &attachments.media_keys);
        keys.filter_map(|key| self.media_item(key))
    }

    /// The poll of a post.
    pub fn poll(&self, post: &Post) -> Option<&'a Poll> {
        let id = post.attachments.as_ref()?.poll_ids.first()?;
        self.polls.get(id).copied()
    }

    /// Where a post was tagged.
    pub fn place(&self, post: &Post) -> Option<&'a Place> {
        let id = post.geo.as_ref()?.place_id.as_ref()?;
        self.places.get(id).copied()
    }

    /// The users whom a post mentions, in the order of its text, each as often as there.
    pub fn mentioned<'p>(
        &self,
        post: &'p Post,
    ) -> impl Iterator<Item = &'a User> + use<'_, 'a, 'p> {
        let mentions = post.full_entities().into_iter().flat_map(|entities| &entities.mentions);
        mentions.filter_map(|mention| {
            let by_id = mention.id.and_then(|id| self.user(id));
            by_id.or_else(|| self.user_named(mention.username.as_deref()?))
        })
    }

    /// Who owns a list.
    pub fn owner(&self, list: &List) -> Option<&'a User> {
        self.user(list.owner_id?)
    }

    /// Who made a Space.
    pub fn creator(&self, space: &Space) -> Option<&'a User> {
        self.user(space.creator_id?)
    }

    /// The hosts of a Space: those that came along.
    pub fn hosts<'s>(&self, space: &'s Space) -> impl Iterator<Item = &'a User> + use<'_, 'a, 's> {
        self.users(&space.host_ids)
    }

    /// The post that a user has pinned.
    pub fn pinned(&self, user: &User) -> Option<&'a Post> {
        self.post(user.pinned_post_id?)
    }

    /// Users by their ids, such as the speakers of a Space: those that came along.
    pub fn users<'i, I: IntoIterator<Item = &'i UserId>>(
        &self,
        ids: I,
    ) -> impl Iterator<Item = &'a User> + use<'_, 'a, 'i, I> {
        ids.into_iter().filter_map(|id| self.user(*id))
    }
}

impl<'a> Extend<&'a Includes> for Joins<'a> {
    fn extend<I: IntoIterator<Item = &'a Includes>>(&mut self, includes: I) {
        for includes in includes {
            self.calls.extend(includes.calls.iter().map(|call| (&call.id, call)));
            self.media.extend(includes.media.iter().map(|media| (&media.media_key, media)));
            self.places.extend(includes.places.iter().map(|place| (&place.id, place)));
            self.polls.extend(includes.polls.iter().map(|poll| (poll.id, poll)));
            self.posts.extend(includes.posts.iter().map(|post| (post.id, post)));
            self.topics.extend(includes.topics.iter().map(|topic| (&topic.id, topic)));
            self.users.extend(includes.users.iter().map(|user| (user.id, user)));
            self.usernames.extend(
                includes
                    .users
                    .iter()
                    .filter_map(|user| Some((user.username.as_ref()?.to_ascii_lowercase(), user))),
            );
        }
    }
}

impl<'a> FromIterator<&'a Includes> for Joins<'a> {
    fn from_iter<I: IntoIterator<Item = &'a Includes>>(includes: I) -> Self {
        let mut joins = Self::new();
        joins.extend(includes);
        joins
    }
}
