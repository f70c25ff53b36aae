//! Who reads the stream, and how.

use std::hint::black_box;

use http::HeaderMap;
use memchr::memchr;
use serde_json::{Error, Value};
use twitter_types::{
    Timestamp,
    endpoint::{Moment, Payload as _, Stamp},
    envelope::Matched,
    models::Post,
    stream::{Event, Frame, Frames, Machine, Options, Step},
    streams::Filtered,
};

/// Lines by memchr, and each decoded as ours: what framing is measured by.
pub const RAW: &str = "memchr, Payload::decode";
/// Lines by ours.
pub const FRAMES: &str = "stream::Frames, Payload::decode";
/// All that a client does but the network.
pub const MACHINE: &str = "stream::Machine";

/// As a client's reads come, in bytes.
const PIECE: usize = 16 * 1024;

/// One way to read a stream.
#[derive(Debug)]
pub struct Reader {
    /// As it stands in the table.
    pub name: &'static str,
    /// Reads all of a recording, and says how many posts are in it.
    ///
    /// # Errors
    ///
    /// If a line is not what the reader expects.
    pub read: fn(&[u8]) -> Result<usize, Error>,
}

/// All of them.
pub static READERS: [Reader; 6] = [
    Reader { name: "memchr alone", read: |recording| lines(recording, |_| Ok(())) },
    Reader { name: RAW, read: |recording| lines(recording, |line| decode(line).map(drop)) },
    Reader { name: FRAMES, read: frames },
    Reader { name: MACHINE, read: machine },
    Reader {
        name: "memchr, twitter-v2 0.1",
        read: |recording| lines(recording, |line| read::<TwitterV2>(line).map(drop)),
    },
    Reader {
        name: "memchr, serde_json::Value",
        read: |recording| lines(recording, |line| read::<Value>(line).map(drop)),
    },
];

type TwitterV2 = twitter_v2::ApiPayload<twitter_v2::Tweet, ()>;

fn lines(
    recording: &[u8],
    mut take: impl FnMut(&[u8]) -> Result<(), Error>,
) -> Result<usize, Error> {
    let (mut rest, mut posts) = (recording, 0);
    while let Some(end) = memchr(b'\n', rest) {
        let line = rest[..end].strip_suffix(b"\r").unwrap_or(&rest[..end]);
        rest = &rest[end + 1..];
        if !black_box(line).is_empty() {
            take(line)?;
            posts += 1;
        }
    }
    Ok(posts)
}

fn decode(line: &[u8]) -> Result<Matched<Post>, Error> {
    Matched::decode(line).map(black_box)
}

fn read<T: serde::de::DeserializeOwned>(line: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(line).map(black_box)
}

fn frames(recording: &[u8]) -> Result<usize, Error> {
    let (mut frames, mut posts) = (Frames::new(1 << 20), 0);
    for piece in recording.chunks(PIECE) {
        frames.push(piece);
        while let Some(frame) = frames.next_frame() {
            if let Frame::Line(line) = frame {
                decode(line)?;
                posts += 1;
            }
        }
    }
    Ok(posts)
}

fn machine(recording: &[u8]) -> Result<usize, Error> {
    let now = Moment::new(Timestamp::UNIX_EPOCH, Stamp::none());
    // So few that they are all in use: what is remembered is a matter of the options.
    let mut machine = Machine::new(Filtered::new()).with_options(Options::new().remembered(256));
    let mut posts = 0;
    let mut pieces = recording.chunks(PIECE);
    loop {
        match machine.step(&now) {
            Step::Event(Event::Item(item)) => {
                black_box(item);
                posts += 1;
            }
            Step::Connect(_) => machine.opened(&now, &HeaderMap::new()),
            Step::Read(_) => match pieces.next() {
                Some(piece) => machine.received(&now, piece),
                None => return Ok(posts),
            },
            Step::Event(_) | Step::Wait(_) => {}
            other => unreachable!("a recording needs no {other:?}"),
        }
    }
}
