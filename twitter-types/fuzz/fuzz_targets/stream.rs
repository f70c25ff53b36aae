//! Any bytes on a stream: they give the same events however they are cut, and no line is longer than allowed.
//!
//! The first byte of the input says how the rest is cut.
#![no_main]

use http::HeaderMap;
use libfuzzer_sys::fuzz_target;
use twitter_types::{
    Timestamp,
    endpoint::{Moment, Stamp},
    stream::{Event, Frame, Frames, Machine, Options, Step},
    streams::Filtered,
};

const LIMIT: usize = 512;

fuzz_target!(|input: &[u8]| {
    let Some((&first, bytes)) = input.split_first() else { return };
    let size = usize::from(first).max(1);
    assert_eq!(frames(bytes.chunks(size)), frames(bytes.chunks(bytes.len().max(1))));
    assert_eq!(events(bytes.chunks(size)), events(bytes.chunks(bytes.len().max(1))));
});

fn frames<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Vec<String> {
    let mut frames = Frames::new(LIMIT);
    let mut found = Vec::new();
    for piece in pieces {
        frames.push(piece);
        while let Some(frame) = frames.next_frame() {
            if let Frame::Line(line) | Frame::TooLong { head: line, .. } = frame {
                assert!(line.len() <= LIMIT && !line.contains(&b'\n'));
            }
            found.push(format!("{frame:?}"));
        }
    }
    found.push(format!("{:?}", frames.finish()));
    found
}

fn events<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Vec<String> {
    let time = Timestamp::from_millis(1_793_534_400_000).expect("in the year 2026");
    let now = Moment::new(time, Stamp::new("nonce", 1_793_534_400));
    let mut machine = Machine::new(Filtered::new()).with_options(Options::new().line_limit(LIMIT));
    assert!(matches!(machine.step(&now), Step::Connect(_)));
    machine.opened(&now, &HeaderMap::new());
    let mut found = Vec::new();
    let mut take = |machine: &mut Machine<Filtered>| {
        while let Step::Event(event) = machine.step(&now) {
            if let Event::Unreadable(unreadable) = &event {
                assert!(unreadable.line.len() <= LIMIT);
            }
            found.push(format!("{event:?}"));
        }
    };
    for piece in pieces {
        machine.received(&now, piece);
        take(&mut machine);
    }
    machine.closed(&now, Ok(()));
    take(&mut machine);
    found
}
