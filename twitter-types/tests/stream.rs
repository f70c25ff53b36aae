//! Streams on a simulated clock, from a server that delivers late, out of order, and not for long.

#[path = "stream/framing.rs"]
mod framing;
#[path = "stream/losses.rs"]
mod losses;
#[path = "stream/reconnecting.rs"]
mod reconnecting;
#[path = "stream/server.rs"]
mod server;

use twitter_types::{
    Timestamp,
    endpoint::{Moment, Stamp},
};

/// 2026-01-01T00:00:00Z.
fn start() -> Timestamp {
    Timestamp::from_seconds(1_767_225_600).unwrap()
}

fn moment(now: Timestamp, nonce: &str) -> Moment<'_> {
    Moment::new(now, Stamp::new(nonce, now.as_millis() as u64 / 1000))
}
