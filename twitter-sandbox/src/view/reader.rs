//! Puts a reply together: data, what it expands to, and what could not be read.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::dialect::Dialect;
use super::expansion::Link;
use super::selection::Selection;
use super::{attachment, post, user};
use crate::call::Call;
use crate::problem::{self, Problem};
use crate::time::Time;
use crate::world::{Post, User, World};

/// Reads objects for one request, and gathers `includes` and `errors` on the way.
pub(crate) struct Reader<'a> {
    world: &'a World,
    selection: Arc<Selection>,
    viewer: Option<u64>,
    now: Time,
    users: Ordered<u64>,
    posts: Ordered<u64>,
    media: Ordered<String>,
    polls: Ordered<u64>,
    places: Ordered<&'static str>,
    errors: Vec<Value>,
    /// Posts in the reply, for the count of usage.
    pub(crate) posts_read: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(call: &Call<'_>, world: &'a World) -> Result<Self, Problem> {
        Ok(Self::with(Arc::new(Selection::of(call)?), world, call.viewer(), call.now))
    }

    /// Reads objects for a stream: no user asks.
    pub(crate) fn of_stream(selection: Arc<Selection>, world: &'a World, now: Time) -> Self {
        Self::with(selection, world, None, now)
    }

    fn with(selection: Arc<Selection>, world: &'a World, viewer: Option<u64>, now: Time) -> Self {
        Self {
            world,
            selection,
            viewer,
            now,
            users: Ordered::default(),
            posts: Ordered::default(),
            media: Ordered::default(),
            polls: Ordered::default(),
            places: Ordered::default(),
            errors: Vec::new(),
            posts_read: 0,
        }
    }

    /// A post of `data`, with its expansions.
    pub(crate) fn post(&mut self, post: &Post) -> Value {
        self.expand_post(post);
        self.bare_post(post)
    }

    /// A user of `data`, with its expansions.
    pub(crate) fn user(&mut self, user: &User) -> Value {
        if self.selection.expands(Link::Pinned) {
            self.posts.extend(user.pinned);
        }
        if self.selection.expands(Link::MostRecent) {
            self.posts.extend(user::most_recent(self.world, user, self.viewer));
        }
        if self.selection.expands(Link::Affiliation) {
            self.users.extend(user.affiliation);
        }
        self.bare_user(user)
    }

    /// Brings a post along in `includes`, with its media if they are asked for.
    pub(crate) fn include_post(&mut self, id: u64) {
        self.posts.extend([id]);
        let post = self.world.posts.get(&id).filter(|_| self.selection.expands(Link::Media));
        self.media.extend(post.into_iter().flat_map(|post| post.media.iter().cloned()));
    }

    /// Brings a user along in `includes`.
    pub(crate) fn include_user(&mut self, id: u64) {
        self.users.extend([id]);
    }

    /// Adds a partial error, once.
    pub(crate) fn error(&mut self, problem: Value) {
        if !self.errors.contains(&problem) {
            self.errors.push(problem);
        }
    }

    /// The body of the reply. Parts that are empty are left out.
    pub(crate) fn finish(mut self, data: Option<Value>, meta: Option<Value>) -> (Value, usize) {
        let includes = self.includes();
        let mut body = Map::new();
        if let Some(data) = data {
            body.insert("data".to_owned(), data);
        }
        if !includes.is_empty() {
            body.insert("includes".to_owned(), Value::Object(includes));
        }
        if !self.errors.is_empty() {
            body.insert("errors".to_owned(), Value::Array(self.errors));
        }
        if let Some(meta) = meta {
            body.insert("meta".to_owned(), meta);
        }
        (Value::Object(body), self.posts_read)
    }

    fn bare_post(&mut self, post: &Post) -> Value {
        self.posts_read += 1;
        let mut fields = post::fields(self.world, post, self.now);
        if self.viewer == Some(post.author) {
            post::add_private(&mut fields, post);
        } else {
            let id = post.id.to_string();
            for field in post::PRIVATE {
                if self.selection.post.contains(field) {
                    self.error(problem::not_authorized_for_field("tweet", &id, field));
                }
            }
        }
        pick(fields, &self.selection.post, self.selection.dialect)
    }

    fn bare_user(&self, user: &User) -> Value {
        let fields = user::fields(self.world, user, self.viewer, &self.selection.user);
        pick(fields, &self.selection.user, self.selection.dialect)
    }

    fn expand_post(&mut self, post: &Post) {
        let selection = Arc::clone(&self.selection);
        if selection.expands(Link::Author) {
            self.users.extend([post.author]);
        }
        if selection.expands(Link::InReplyTo) {
            self.users.extend(post.reply_to.map(|(_, user)| user));
        }
        if selection.expands(Link::Mentions) {
            let note = post.note.iter().flat_map(|(_, entities)| &entities.mentions);
            let names = post.entities.mentions.iter().chain(note);
            let found = names.filter_map(|mention| self.world.user_named(&mention.value));
            self.users.extend(found.map(|user| user.id));
        }
        if selection.expands(Link::Media) {
            self.media.extend(post.media.iter().cloned());
        }
        if selection.expands(Link::Polls) {
            self.polls.extend(post.poll);
        }
        if selection.expands(Link::Place) {
            self.places.extend(post.place);
        }
        if selection.expands(Link::History) {
            self.posts.extend(post.history.iter().copied());
        }
        let references = [post.reply_to.map(|(id, _)| id), post.quoted, post.reposted];
        for id in references.into_iter().flatten() {
            self.expand_reference(id);
        }
    }

    /// The current vocabulary has no expansion for the authors and the media of referenced posts:
    /// there, the plain expansions cover them.
    fn expand_reference(&mut self, id: u64) {
        let selection = Arc::clone(&self.selection);
        let plain = selection.dialect == Dialect::Post && selection.expands(Link::References);
        let authors = selection.expands(Link::ReferencedAuthors)
            || (plain && selection.expands(Link::Author));
        let media =
            selection.expands(Link::ReferencedMedia) || (plain && selection.expands(Link::Media));
        if !authors && !media && !selection.expands(Link::References) {
            return;
        }
        let parameter = match selection.dialect {
            Dialect::Post => "referenced_posts",
            Dialect::Tweet => "referenced_tweets.id",
        };
        let Some(other) = self.world.posts.get(&id) else {
            return self.error(problem::not_found("tweet", parameter, &id.to_string()));
        };
        if !self.world.sees(self.viewer, other.author) {
            return self.error(problem::not_authorized("tweet", parameter, &id.to_string()));
        }
        self.posts.extend([id]);
        if authors {
            self.users.extend([other.author]);
        }
        if media {
            self.media.extend(other.media.iter().cloned());
        }
    }

    fn includes(&mut self) -> Map<String, Value> {
        let dialect = self.selection.dialect;
        let world = self.world;
        let mut includes = Map::new();
        let mut put = |name: &str, list: Vec<Value>| {
            if !list.is_empty() {
                includes.insert(name.to_owned(), Value::Array(list));
            }
        };
        let users = self.users.list.iter().filter_map(|id| world.users.get(id));
        put("users", users.map(|user| self.bare_user(user)).collect());
        let posts = std::mem::take(&mut self.posts.list);
        let posts = posts.iter().filter_map(|id| world.posts.get(id));
        put(dialect.posts(), posts.map(|post| self.bare_post(post)).collect());
        let media = self.media.list.iter().filter_map(|key| world.media.get(key));
        let picked = |fields, names| pick(fields, names, dialect);
        put(
            "media",
            media
                .map(|media| picked(attachment::media(media, self.viewer), &self.selection.media))
                .collect(),
        );
        let polls = self.polls.list.iter().filter_map(|id| world.polls.get(id));
        put(
            "polls",
            polls
                .map(|poll| picked(attachment::poll(poll, self.now), &self.selection.poll))
                .collect(),
        );
        let places = self.places.list.iter().filter_map(|id| world.places.get(id));
        put(
            "places",
            places.map(|place| picked(attachment::place(place), &self.selection.place)).collect(),
        );
        includes
    }
}

/// The fields that were asked for, with the names of the vocabulary.
fn pick(mut fields: Map<String, Value>, names: &BTreeSet<String>, dialect: Dialect) -> Value {
    fields.retain(|name, _| names.contains(name));
    Value::Object(dialect.translate(fields))
}

/// Values without repetition, in the order in which they came.
struct Ordered<T> {
    list: Vec<T>,
    seen: BTreeSet<T>,
}

impl<T: Ord + Clone> Ordered<T> {
    fn extend(&mut self, values: impl IntoIterator<Item = T>) {
        for value in values {
            if self.seen.insert(value.clone()) {
                self.list.push(value);
            }
        }
    }
}

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self { list: Vec::new(), seen: BTreeSet::new() }
    }
}
