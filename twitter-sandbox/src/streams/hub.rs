//! Brings what happens to the connections that wait for it.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use axum::body::Bytes;

use super::connection::{Connection, Wanted};
use super::control::Disconnect;
use super::item::Item;
use super::lines::{End, Feed, pipe};
use super::{Rules, Stream};
use crate::random;
use crate::time::{DAY, Time};
use crate::world::World;

/// What the settings of a sandbox say about streams.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) keep_alive: Duration,
    /// The most bytes that may wait for a reader.
    pub(crate) room: usize,
    /// Connections to each stream, or to each partition of it; X's numbers if not given.
    pub(crate) connections: Option<usize>,
    /// Whether the samples carry everything.
    pub(crate) whole_samples: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            keep_alive: Duration::from_secs(20),
            room: 32 * 1024 * 1024,
            connections: None,
            whole_samples: false,
        }
    }
}

/// Every connection, and what happened.
#[derive(Default)]
pub(crate) struct Hub {
    pub(crate) settings: Settings,
    /// Oldest first, closed ones included.
    pub(crate) connections: Vec<Connection>,
    pub(crate) rules: Rules,
    /// How many connections were opened.
    opened: u64,
    /// How many numbered posts were published.
    pub(crate) numbered: u64,
    /// Events and likes of the last day; posts are in the world.
    past: VecDeque<(Time, Item)>,
    tricks: BTreeMap<Stream, Tricks>,
}

/// How many events and likes, and how many closed connections, are remembered.
const REMEMBERED: usize = 100_000;
const REMEMBERED_CONNECTIONS: usize = 1_000;

/// What a stream does to its next items on demand.
#[derive(Default)]
pub(super) struct Tricks {
    /// Items that are still to be sent twice.
    pub(super) twice: usize,
    /// Items that are still to be held back, and those that are.
    pub(super) hold: usize,
    held: Vec<Item>,
    /// Whether the next line ends half way.
    pub(super) cut: bool,
}

impl Hub {
    /// Sends an item to every connection that is to have it.
    pub(crate) fn send(&mut self, item: &Item, world: &World, now: Time) {
        if !matches!(item, Item::Post(_)) {
            self.past.push_back((now, item.clone()));
            let old = |(at, _): &(Time, Item)| *at < now.plus(-DAY);
            while self.past.len() > REMEMBERED || self.past.front().is_some_and(old) {
                self.past.pop_front();
            }
        }
        for stream in Stream::all().filter(|stream| item.is_for(*stream, world)) {
            for item in self.tricks(stream).apply(item.clone()) {
                self.deliver(stream, &item, world, now);
            }
        }
    }

    fn deliver(&mut self, stream: Stream, item: &Item, world: &World, now: Time) {
        let cut = self.tricks.get(&stream).is_some_and(|tricks| tricks.cut);
        let mut was_cut = false;
        let Self { connections, rules, settings, .. } = self;
        for connection in connections.iter_mut() {
            let wanted = &connection.wanted;
            if wanted.stream != stream || connection.replay || !settings.carries(item, wanted) {
                continue;
            }
            let Some(outlet) = connection.outlet() else { continue };
            let Some(bytes) = wanted.line(item, world, rules, now) else { continue };
            if cut {
                outlet.push(bytes.slice(..bytes.len() / 2), usize::MAX);
                connection.close(None, End::Cut, "cut on demand", now);
                was_cut = true;
            } else if !outlet.push(bytes, settings.room) {
                connection.disconnect(Disconnect::SlowReader, now);
            }
        }
        if was_cut {
            self.tricks(stream).cut = false;
        }
    }

    /// Opens a connection, which is sent what happened between the two times first; a replay is
    /// sent nothing else.
    pub(crate) fn open(
        &mut self,
        wanted: Wanted,
        span: (Time, Time),
        replay: bool,
        world: &World,
        now: Time,
    ) -> std::io::Result<Feed> {
        let (outlet, feed) = pipe(self.settings.keep_alive, now.0.saturating_sub(Time::now(0).0));
        for item in self.between(wanted.stream, span, world) {
            if self.settings.carries(&item, &wanted)
                && let Some(line) = wanted.line(&item, world, &self.rules, now)
            {
                outlet.push(line, usize::MAX);
            }
        }
        if replay {
            outlet.end(End::Whole);
        }
        let closed = self.connections.iter().filter(|connection| !connection.is_open()).count();
        if closed >= REMEMBERED_CONNECTIONS {
            let oldest = self.connections.iter().position(|connection| !connection.is_open());
            oldest.map(|at| self.connections.remove(at));
        }
        self.opened += 1;
        self.connections.push(Connection::new(uuid()?, self.opened, wanted, outlet, now, replay));
        Ok(feed)
    }

    /// What the stream carried from the first time until before the second.
    fn between(&self, stream: Stream, (from, to): (Time, Time), world: &World) -> Vec<Item> {
        let posts = world.posts.range(from.first_id()..to.first_id().max(from.first_id()));
        let posts = posts.filter(|(_, post)| world.sees(None, post.author));
        let past = self.past.iter().filter(|(at, _)| (from..to).contains(at));
        posts
            .map(|(id, _)| Item::Post(*id))
            .chain(past.map(|(_, item)| item.clone()))
            .filter(|item| item.is_for(stream, world))
            .collect()
    }

    /// The open connections to a stream.
    pub(crate) fn open_connections(
        &mut self,
        stream: Stream,
    ) -> impl Iterator<Item = &mut Connection> {
        let open = move |connection: &&mut Connection| {
            connection.wanted.stream == stream && connection.is_open()
        };
        self.connections.iter_mut().filter(open)
    }

    pub(super) fn tricks(&mut self, stream: Stream) -> &mut Tricks {
        self.tricks.entry(stream).or_default()
    }

    /// Sends bytes to every connection of a stream as they are.
    pub(super) fn push_raw(&mut self, stream: Stream, bytes: &Bytes) {
        for connection in self.open_connections(stream) {
            if let Some(outlet) = connection.outlet() {
                outlet.push(bytes.clone(), usize::MAX);
            }
        }
    }
}

impl Settings {
    fn carries(&self, item: &Item, wanted: &Wanted) -> bool {
        item.is_in(wanted.stream, wanted.partition)
            && (self.whole_samples || item.is_sampled(wanted.stream))
    }
}

impl Tricks {
    /// What is sent in the place of an item.
    fn apply(&mut self, item: Item) -> Vec<Item> {
        let items = if self.hold > 0 {
            self.hold -= 1;
            self.held.push(item);
            if self.hold > 0 {
                return Vec::new();
            }
            self.held.drain(..).rev().collect()
        } else {
            vec![item]
        };
        let mut out = Vec::with_capacity(items.len());
        for item in items {
            if self.twice > 0 {
                self.twice -= 1;
                out.push(item.clone());
            }
            out.push(item);
        }
        out
    }
}

/// A random UUID.
fn uuid() -> std::io::Result<String> {
    let digits = random::hexadecimal()? + &random::hexadecimal()?;
    let (a, b, c, d) = (&digits[..8], &digits[8..12], &digits[13..16], &digits[17..20]);
    Ok(format!("{a}-{b}-4{c}-8{d}-{}", &digits[20..]))
}
