//! The same bytes give the same events, however they are cut.

use proptest::{collection::vec, prelude::*};
use twitter_types::{
    envelope::Matched,
    models::Post,
    stream::{Event, Frame, Frames, Machine, Options, Step},
    streams::Filtered,
};

use crate::{moment, start};

/// Lines as X sends them, and worse.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        4 => (1_u64..1000, ".{0,20}").prop_map(|(id, text)| {
            serde_json::json!({ "data": { "id": id.to_string(), "text": text } }).to_string().into_bytes()
        }),
        1 => Just(Vec::new()),
        1 => Just(b"{\"data\":".to_vec()),
        1 => Just(b"{\"errors\":[{\"title\":\"operational-disconnect\"}]}".to_vec()),
        1 => Just(b"{\"title\":\"ConnectionException\",\"connection_issue\":\"TooManyConnections\"}".to_vec()),
        1 => vec(any::<u8>(), 0..40),
        1 => (300_usize..900).prop_map(|length| vec![b'x'; length]),
    ];
    let end = prop_oneof![Just(b"\r\n".as_slice()), Just(b"\n".as_slice())];
    vec((line, end), 0..12)
        .prop_map(|lines| lines.iter().flat_map(|(line, end)| [line, *end].concat()).collect())
}

fn frames(pieces: &[&[u8]]) -> Vec<String> {
    let mut frames = Frames::new(512);
    let mut found = Vec::new();
    for piece in pieces {
        frames.push(piece);
        while let Some(frame) = frames.next_frame() {
            found.push(format!("{frame:?}"));
        }
    }
    found.push(format!("{:?}", frames.finish()));
    found
}

fn events(pieces: &[&[u8]]) -> Vec<String> {
    let now = moment(start(), "n");
    let mut machine = Machine::new(Filtered::new()).with_options(Options::new().line_limit(512));
    assert!(matches!(machine.step(&now), Step::Connect(_)));
    machine.opened(&now, &http::HeaderMap::new());
    let mut found = Vec::new();
    for piece in pieces {
        machine.received(&now, piece);
        while let Step::Event(event) = machine.step(&now) {
            found.push(format!("{event:?}"));
        }
    }
    found
}

/// Cuts bytes at these places, in any order.
fn cut<'a>(bytes: &'a [u8], places: &[prop::sample::Index]) -> Vec<&'a [u8]> {
    let mut places: Vec<_> = places.iter().map(|place| place.index(bytes.len() + 1)).collect();
    places.sort_unstable();
    let mut pieces = Vec::new();
    let mut from = 0;
    for to in places.into_iter().chain([bytes.len()]) {
        pieces.push(&bytes[from..to]);
        from = to;
    }
    pieces
}

proptest! {
    #[test]
    fn any_cut_gives_the_same(
        bytes in bytes(),
        places in vec(any::<prop::sample::Index>(), 0..20),
    ) {
        let whole = [bytes.as_slice()];
        let pieces = cut(&bytes, &places);
        prop_assert_eq!(frames(&pieces), frames(&whole));
        prop_assert_eq!(events(&pieces), events(&whole));
        let single: Vec<_> = bytes.chunks(1).collect();
        prop_assert_eq!(frames(&single), frames(&whole));
    }
}

#[test]
fn a_bad_line_is_an_event_with_its_text_and_not_the_end() {
    let now = moment(start(), "n");
    let mut machine = Machine::new(Filtered::new());
    let _ = machine.step(&now);
    machine.opened(&now, &http::HeaderMap::new());
    machine.received(
        &now,
        b"{\"data\":{\"id\":\"1\"}}\r\n{\"data\":oops}\r\n{\"data\":{\"id\":\"2\"}}\r\n",
    );
    let mut items = Vec::new();
    let mut lines = Vec::new();
    while let Step::Event(event) = machine.step(&now) {
        match event {
            Event::Item(Matched::<Post> { data, .. }) => items.push(data.unwrap().id.as_u64()),
            Event::Unreadable(line) => lines.push(line.line.to_vec()),
            _ => {}
        }
    }
    assert_eq!(items, [1, 2]);
    assert_eq!(lines, [b"{\"data\":oops}"]);
}

#[test]
fn a_keep_alive_in_two_halves_is_one() {
    let mut frames = Frames::new(100);
    frames.push(b"\r");
    assert_eq!(frames.next_frame(), None);
    frames.push(b"\n");
    assert_eq!(frames.next_frame(), Some(Frame::KeepAlive));
    assert_eq!(frames.next_frame(), None);
}
