//! One connection to a stream: what it asked for, and what it is sent.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::Bytes;
use serde_json::{Map, Value, json};

use super::control::Disconnect;
use super::item::{Item, Like, line};
use super::lines::{End, Outlet};
use super::{Rules, Stream};
use crate::call::Call;
use crate::problem::Problem;
use crate::time::Time;
use crate::view::{Reader, Selection};
use crate::world::World;

/// A connection, open or closed.
pub(crate) struct Connection {
    pub(crate) id: String,
    /// Grows with each connection.
    pub(crate) number: u64,
    pub(crate) wanted: Wanted,
    pub(crate) connected: Time,
    /// Whether it is sent what was, and ends then.
    pub(crate) replay: bool,
    outlet: Outlet,
    ended: Option<(Time, String)>,
}

/// What the request of a connection asked for.
pub(crate) struct Wanted {
    pub(crate) stream: Stream,
    pub(crate) partition: Option<u64>,
    selection: Arc<Selection>,
    like_fields: BTreeSet<String>,
    expansions: Vec<String>,
}

impl Connection {
    pub(super) fn new(
        id: String,
        number: u64,
        wanted: Wanted,
        outlet: Outlet,
        connected: Time,
        replay: bool,
    ) -> Self {
        Self { id, number, wanted, connected, replay, outlet, ended: None }
    }

    pub(crate) fn is_open(&self) -> bool {
        self.end().is_none()
    }

    /// When the connection ended and why, if it has.
    pub(crate) fn end(&self) -> Option<(Time, &str)> {
        let ended = self.ended.as_ref().map(|(at, reason)| (*at, reason.as_str()));
        ended.or_else(|| self.outlet.gone().map(|at| (at, "the client closed the connection")))
    }

    /// Closes the connection as X does, with a last line that says why.
    pub(crate) fn disconnect(&mut self, reason: Disconnect, now: Time) {
        self.close(Some(&reason.line()), End::Whole, reason.name(), now);
    }

    /// Closes the connection after one last line, if there is one.
    pub(super) fn close(&mut self, last: Option<&Value>, end: End, reason: &str, now: Time) {
        if !self.is_open() {
            return;
        }
        if let Some(last) = last {
            self.outlet.push(line(&last.to_string()), usize::MAX);
        }
        self.outlet.end(end);
        self.ended = Some((now, reason.to_owned()));
    }

    pub(super) fn silence(&self, silent: bool) {
        self.outlet.silence(silent);
    }

    pub(super) fn pieces(&self, length: Option<usize>) {
        self.outlet.pieces(length);
    }

    /// The side that lines are put into, for as long as the connection is open.
    pub(super) fn outlet(&self) -> Option<&Outlet> {
        self.is_open().then_some(&self.outlet)
    }
}

impl Wanted {
    pub(crate) fn of(call: &Call<'_>, stream: Stream) -> Result<Self, Problem> {
        let partitions = stream.partitions();
        let partition = if partitions > 1 {
            call.required("partition")?;
            let last = u32::try_from(partitions).unwrap_or(u32::MAX);
            Some(u64::from(call.integer("partition", 1..=last, 1)?))
        } else {
            None
        };
        let like_fields = call.list("like_with_tweet_author.fields")?.unwrap_or_default();
        let defaults = ["id", "created_at", "liked_tweet_id", "timestamp_ms"].map(str::to_owned);
        Ok(Self {
            stream,
            partition,
            selection: Arc::new(Selection::of_stream(call)?),
            like_fields: like_fields.into_iter().chain(defaults).collect(),
            expansions: call.list("expansions")?.unwrap_or_default(),
        })
    }

    /// The posts of a filtered stream as they go to a webhook, with the fields that X sends unasked.
    pub(crate) fn of_webhook() -> Self {
        Self {
            stream: Stream::Filtered,
            partition: None,
            selection: Arc::default(),
            like_fields: BTreeSet::new(),
            expansions: Vec::new(),
        }
    }

    /// The line for an item, if the connection is to have it.
    pub(super) fn line(
        &self,
        item: &Item,
        world: &World,
        rules: &Rules,
        now: Time,
    ) -> Option<Bytes> {
        match item {
            Item::Event(event) => Some(event.bytes.clone()),
            Item::Post(id) => Some(line(&self.post(*id, world, rules, now)?.to_string())),
            Item::Like(like) => Some(line(&self.like(like, world, now).to_string())),
        }
    }

    /// A post with what was asked for; `None` if no rule of a filtered stream matches it.
    pub(crate) fn post(&self, id: u64, world: &World, rules: &Rules, now: Time) -> Option<Value> {
        let post = world.posts.get(&id)?;
        let filtered = self.stream == Stream::Filtered;
        let matching = if filtered { rules.matching(post, world) } else { Vec::new() };
        if filtered && matching.is_empty() {
            return None;
        }
        let mut reader = Reader::of_stream(Arc::clone(&self.selection), world, now);
        let data = reader.post(post);
        let (mut item, _) = reader.finish(Some(data), None);
        if filtered {
            item["matching_rules"] = Value::Array(matching);
        }
        Some(item)
    }

    fn like(&self, like: &Like, world: &World, now: Time) -> Value {
        let expands = |name: &str| self.expansions.iter().any(|wanted| wanted == name);
        let mut fields = Map::new();
        let author = like.author.to_string();
        for (name, value) in [
            ("id", json!(like.id)),
            ("created_at", json!(like.at.iso())),
            ("liked_tweet_id", json!(like.post.to_string())),
            ("timestamp_ms", json!(like.at.0)),
            ("tweet_author_id", json!(author)),
        ] {
            // The field has one name in the request and another in the reply.
            let asked = if name == "tweet_author_id" { "liked_tweet_author_id" } else { name };
            if self.like_fields.contains(asked) || expands(asked) {
                fields.insert(name.to_owned(), value);
            }
        }
        let mut reader = Reader::of_stream(Arc::clone(&self.selection), world, now);
        if expands("liked_tweet_id") {
            reader.include_post(like.post);
        }
        if expands("liked_tweet_author_id") {
            reader.include_user(like.author);
        }
        reader.finish(Some(Value::Object(fields)), None).0
    }
}
