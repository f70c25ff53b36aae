//! What a test does to a stream.

use std::thread;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use serde_json::{Value, json};

use super::connection::Connection;
use super::item::{Event, Item, line};
use super::lines::End;
use super::{Hub, Stream};
use crate::problem::PREFIX;
use crate::server::Shared;
use crate::time::Time;

/// Makes one stream of a sandbox misbehave, or say what you want; made by
/// [`Sandbox::stream`](crate::Sandbox::stream).
///
/// What is done to a stream is done to every connection that is open to it, of all partitions.
#[derive(Clone)]
pub struct StreamControl {
    shared: Shared,
    stream: Stream,
}

/// Why X closes a stream: the `disconnect_type` of the problem that is its last line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Disconnect {
    /// `OperationalDisconnect`.
    Operational,
    /// `UpstreamOperationalDisconnect`.
    UpstreamOperational,
    /// `ForceDisconnect`.
    Force,
    /// `UpstreamUncleanDisconnect`.
    UpstreamUnclean,
    /// `SlowReader`.
    SlowReader,
    /// `InternalError`.
    InternalError,
    /// `ClientApplicationStateDegraded`.
    ClientApplicationStateDegraded,
    /// `InvalidRules`.
    InvalidRules,
}

impl Disconnect {
    /// Every reason that is documented.
    pub const ALL: [Self; 8] = [
        Self::Operational,
        Self::UpstreamOperational,
        Self::Force,
        Self::UpstreamUnclean,
        Self::SlowReader,
        Self::InternalError,
        Self::ClientApplicationStateDegraded,
        Self::InvalidRules,
    ];

    /// The `disconnect_type` on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Operational => "OperationalDisconnect",
            Self::UpstreamOperational => "UpstreamOperationalDisconnect",
            Self::Force => "ForceDisconnect",
            Self::UpstreamUnclean => "UpstreamUncleanDisconnect",
            Self::SlowReader => "SlowReader",
            Self::InternalError => "InternalError",
            Self::ClientApplicationStateDegraded => "ClientApplicationStateDegraded",
            Self::InvalidRules => "InvalidRules",
        }
    }

    /// The last line of the stream.
    pub(super) fn line(self) -> Value {
        let detail = match self {
            Self::SlowReader => "This stream has been disconnected because it is read too slowly.",
            Self::InvalidRules => {
                "This stream has been disconnected because its rules are invalid."
            }
            Self::UpstreamOperational | Self::UpstreamUnclean => {
                "This stream has been disconnected upstream for operational reasons."
            }
            _ => "This stream has been disconnected for operational reasons.",
        };
        json!({ "errors": [{
            "title": "operational-disconnect",
            "disconnect_type": self.name(),
            "detail": detail,
            "type": format!("{PREFIX}operational-disconnect"),
        }] })
    }
}

impl StreamControl {
    pub(crate) fn new(shared: Shared, stream: Stream) -> Self {
        Self { shared, stream }
    }

    /// How many connections are open to the stream.
    pub fn connected(&self) -> usize {
        self.hub(|hub| hub.open_connections(self.stream).count())
    }

    /// Waits until at least this many connections are open to the stream. `false` if that takes
    /// longer than the timeout.
    pub fn wait_connected(&self, connections: usize, timeout: Duration) -> bool {
        let start = Instant::now();
        while self.connected() < connections {
            if start.elapsed() >= timeout {
                return false;
            }
            thread::sleep(Duration::from_millis(2));
        }
        true
    }

    /// Sends a line, which need not be JSON. It is remembered like anything that happens: a
    /// backfill and a replay send it again.
    pub fn emit(&self, text: &str) {
        let event = Event { stream: self.stream, key: None, bytes: line(text) };
        let mut engine = self.shared.engine();
        let now = engine.now();
        engine.world.stream(&Item::Event(event), now);
    }

    /// Sends bytes as they are, without an end of line, to those who are connected now.
    pub fn emit_bytes(&self, bytes: &[u8]) {
        let bytes = Bytes::copy_from_slice(bytes);
        self.hub(|hub| hub.push_raw(self.stream, &bytes));
    }

    /// Closes the stream as X does, with a last line that says why.
    pub fn disconnect(&self, reason: Disconnect) {
        self.end(|connection, now| connection.disconnect(reason, now));
    }

    /// Ends the reply in good order, without a reason.
    pub fn close(&self) {
        self.end(|connection, now| connection.close(None, End::Whole, "closed on demand", now));
    }

    /// Breaks the connections off, after the lines that were sent before.
    pub fn abort(&self) {
        self.end(|connection, now| connection.close(None, End::Cut, "broken off on demand", now));
    }

    /// Breaks the connections off in the middle of the next item.
    pub fn cut_next(&self) {
        self.hub(|hub| hub.tricks(self.stream).cut = true);
    }

    /// Says nothing any more, not even keep-alives, and keeps the connections open.
    pub fn stall(&self) {
        self.each(|connection| connection.silence(true));
    }

    /// Ends a [`stall`](Self::stall): what has happened since is sent.
    pub fn resume(&self) {
        // Also of those that are closed and have something left to send.
        self.hub(|hub| {
            let all = hub.connections.iter().filter(|all| all.wanted.stream == self.stream);
            all.for_each(|connection| connection.silence(false));
        });
    }

    /// Sends what follows in pieces of this many bytes, each in an HTTP chunk of its own, or in whole
    /// lines again.
    pub fn pieces(&self, bytes: Option<usize>) {
        self.each(|connection| connection.pieces(bytes));
    }

    /// Sends each of the next items twice.
    pub fn duplicate_next(&self, items: usize) {
        self.hub(|hub| hub.tricks(self.stream).twice += items);
    }

    /// Holds the next items back until the last of them is there, and sends them in reverse order.
    pub fn reverse_next(&self, items: usize) {
        self.hub(|hub| hub.tricks(self.stream).hold += items);
    }

    fn end(&self, end: impl Fn(&mut Connection, Time)) {
        let mut engine = self.shared.engine();
        let now = engine.now();
        for connection in engine.world.streams.open_connections(self.stream) {
            end(connection, now);
        }
    }

    fn each(&self, act: impl Fn(&Connection)) {
        self.hub(|hub| hub.open_connections(self.stream).for_each(|connection| act(connection)));
    }

    fn hub<T>(&self, act: impl FnOnce(&mut Hub) -> T) -> T {
        act(&mut self.shared.engine().world.streams)
    }
}

impl std::fmt::Debug for StreamControl {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("StreamControl")
            .field("stream", &self.stream)
            .finish_non_exhaustive()
    }
}
