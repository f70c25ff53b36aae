//! When a stream connects again, and when it ends.

use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use twitter_types::{
    Timestamp,
    endpoint::{Error, TransportErrorKind},
    envelope::Matched,
    models::Post,
    stream::{Cause, Cursor, Event, Gap, Machine, Means, Options, Recovery, Step},
    streams::{Activity, Filtered, PostsCompliance, PostsSample},
};

use crate::{moment, server::refusal, start};

struct Clock {
    machine: Machine<Filtered>,
    now: Timestamp,
}

impl Clock {
    fn new() -> Self {
        Self { machine: Machine::new(Filtered::new()), now: start() }
    }

    /// The next step that is no event; waits pass.
    fn step(&mut self) -> (Step<Filtered>, Vec<Event<Matched<Post>>>, Duration) {
        let (mut events, mut waited) = (Vec::new(), Duration::ZERO);
        loop {
            match self.machine.step(&moment(self.now, "nonce")) {
                Step::Event(event) => events.push(event),
                Step::Wait(pause) => {
                    waited += pause;
                    self.now = self.now.saturating_add(pause);
                }
                step => return (step, events, waited),
            }
        }
    }

    fn open(&mut self) {
        assert!(matches!(self.step().0, Step::Connect(_)));
        self.machine.opened(&moment(self.now, "nonce"), &HeaderMap::new());
        assert!(matches!(self.step().0, Step::Read(_)));
    }

    /// The pause after each of so many failures.
    fn pauses(&mut self, error: fn() -> Error, number: usize) -> Vec<f64> {
        let mut pauses = Vec::new();
        for _ in 0..number {
            self.machine.refused(&moment(self.now, "nonce"), error());
            let (step, _, waited) = self.step();
            assert!(matches!(step, Step::Connect(_)));
            pauses.push(waited.as_secs_f64());
        }
        pauses
    }
}

fn network() -> Error {
    Error::Transport(TransportErrorKind::Connect.into())
}

/// Whether each pause is the one documented, and at most a quarter more.
fn are(pauses: &[f64], documented: &[f64]) {
    for (pause, documented) in pauses.iter().zip(documented) {
        let range = *documented - 0.01..=documented * 1.25 + 0.01;
        assert!(range.contains(pause), "{pauses:?} are not {documented:?}");
    }
}

#[test]
fn pauses_are_the_documented_ones() {
    let mut clock = Clock::new();
    assert!(matches!(clock.step().0, Step::Connect(_)));
    are(&clock.pauses(network, 4), &[0.0, 0.5, 0.75, 1.0]);
    are(&clock.pauses(network, 80)[76..], &[16.0; 4]);
    are(&clock.pauses(|| refusal(503), 8), &[5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 320.0]);
    are(&clock.pauses(|| refusal(429), 5), &[60.0, 120.0, 240.0, 480.0, 960.0]);
    are(&clock.pauses(|| refusal(420), 1), &[960.0]);
}

#[test]
fn after_a_connection_that_stood_the_first_attempt_comes_at_once() {
    let mut clock = Clock::new();
    assert!(matches!(clock.step().0, Step::Connect(_)));
    are(&clock.pauses(|| refusal(503), 3), &[5.0, 10.0, 20.0]);
    clock.machine.opened(&moment(clock.now, "nonce"), &HeaderMap::new());
    assert!(matches!(clock.step().0, Step::Read(_)));
    clock.now = clock.now.saturating_add(Duration::from_secs(60));
    clock.machine.received(&moment(clock.now, "nonce"), b"\r\n");
    assert!(matches!(clock.step().0, Step::Read(_)));
    clock.machine.closed(&moment(clock.now, "nonce"), Ok(()));
    let (step, _, waited) = clock.step();
    assert!(matches!(step, Step::Connect(_)) && waited <= Duration::from_millis(70));
}

#[test]
fn a_server_that_closes_at_once_is_not_asked_in_a_hurry() {
    let mut clock = Clock::new();
    let mut waits = Vec::new();
    for _ in 0..8 {
        clock.open();
        clock.machine.closed(&moment(clock.now, "nonce"), Ok(()));
        let before = clock.now;
        let (step, ..) = clock.step();
        assert!(matches!(step, Step::Connect(_)));
        waits.push(clock.now.saturating_since(before).as_secs_f64());
    }
    are(&waits, &[0.0, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0]);
}

#[test]
fn silence_is_death() {
    let mut clock = Clock::new();
    clock.open();
    let (step, ..) = clock.step();
    let Step::Read(silence) = step else { panic!("{step:?}") };
    assert_eq!(silence, Duration::from_secs(20));
    clock.now = clock.now.saturating_add(silence);
    clock.machine.silent(&moment(clock.now, "nonce"));
    let (step, events, _) = clock.step();
    assert!(matches!(step, Step::Connect(_)));
    assert!(matches!(events[..], [Event::Disconnected { cause: Cause::Silent, .. }]));
}

#[test]
fn a_refusal_for_good_is_the_end() {
    for status in [400, 401, 402, 403, 404, 409] {
        let mut clock = Clock::new();
        assert!(matches!(clock.step().0, Step::Connect(_)));
        clock.machine.refused(&moment(clock.now, "nonce"), refusal(status));
        let (step, ..) = clock.step();
        let Step::Done(Err(Error::Api(error))) = step else { panic!("{status}: {step:?}") };
        assert_eq!(error.status.as_u16(), status);
    }
}

#[test]
fn a_web_page_is_no_stream() {
    let mut clock = Clock::new();
    assert!(matches!(clock.step().0, Step::Connect(_)));
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    let headers = HeaderMap::from_iter([(http::header::CONTENT_TYPE, html)]);
    clock.machine.opened(&moment(clock.now, "nonce"), &headers);
    let (step, events, waited) = clock.step();
    assert!(matches!(step, Step::Connect(_)));
    assert!(matches!(events[..], [Event::Disconnected { .. }]));
    are(&[waited.as_secs_f64()], &[5.0]);
}

#[test]
fn an_end_that_x_announces_is_a_notice() {
    let mut clock = Clock::new();
    clock.open();
    let line = br#"{"errors":[{"title":"operational-disconnect","disconnect_type":"ForceDisconnect","type":"https://api.twitter.com/2/problems/operational-disconnect"}]}"#;
    clock.machine.received(&moment(clock.now, "nonce"), &[line.as_slice(), b"\r\n"].concat());
    let (_, events, _) = clock.step();
    let [Event::Notice(problems)] = &events[..] else { panic!("{events:?}") };
    assert_eq!(problems[0].disconnect_type.as_deref(), Some("ForceDisconnect"));
    // Another connection took its place: it is not taken back at once.
    clock.machine.closed(&moment(clock.now, "nonce"), Ok(()));
    are(&[clock.step().2.as_secs_f64()], &[5.0]);
}

#[test]
fn too_many_connections_is_waited_for_as_a_limit() {
    let body = br#"{"title":"ConnectionException","detail":"This stream is currently at the maximum allowed connection limit.","connection_issue":"TooManyConnections","type":"https://api.x.com/2/problems/streaming-connection"}"#;
    let response = http::Response::builder().status(403).body(body.to_vec()).unwrap();
    let error = twitter_types::endpoint::reply::<Filtered>(response).unwrap_err();
    let mut clock = Clock::new();
    assert!(matches!(clock.step().0, Step::Connect(_)));
    clock.machine.refused(&moment(clock.now, "nonce"), error);
    are(&[clock.step().2.as_secs_f64()], &[60.0]);
}

#[test]
fn a_window_that_x_names_is_waited_for() {
    let reset = start().as_seconds() + 600;
    let response = http::Response::builder()
        .status(429)
        .header("x-rate-limit-limit", "50")
        .header("x-rate-limit-remaining", "0")
        .header("x-rate-limit-reset", reset.to_string())
        .body(Vec::new())
        .unwrap();
    let error = twitter_types::endpoint::reply::<Filtered>(response).unwrap_err();
    let mut clock = Clock::new();
    assert!(matches!(clock.step().0, Step::Connect(_)));
    clock.machine.refused(&moment(clock.now, "nonce"), error);
    are(&[clock.step().2.as_secs_f64()], &[600.0]);
}

#[test]
fn a_replay_ends_when_x_closes_it() {
    let mut replay = Filtered::new();
    let minute = Duration::from_secs(60);
    replay.start_time = Some(start());
    replay.end_time = Some(start().saturating_add(10 * minute));
    let now = moment(start(), "nonce");
    let mut machine = Machine::new(replay);
    assert!(matches!(machine.step(&now), Step::Connect(_)));
    machine.opened(&now, &HeaderMap::new());
    assert!(matches!(machine.step(&now), Step::Event(Event::Connected)));
    let id = twitter_types::PostId::first_at(start().saturating_add(5 * minute)).unwrap();
    machine
        .received(&now, format!("{{\"data\":{{\"id\":\"{id}\",\"text\":\"\"}}}}\r\n").as_bytes());
    assert!(matches!(machine.step(&now), Step::Event(Event::Item(_))));
    // One that breaks off goes on with a minute of what it had, and reports no gap.
    assert!(matches!(machine.step(&now), Step::Read(_)));
    machine.closed(&now, Err(network()));
    assert!(matches!(machine.step(&now), Step::Event(Event::Disconnected { .. })));
    let again = moment(start().saturating_add(minute), "nonce");
    let Step::Connect(rest) = machine.step(&again) else { panic!("no connection") };
    assert_eq!(rest.start_time, Some(start().saturating_add(4 * minute)));
    machine.opened(&again, &HeaderMap::new());
    assert!(matches!(machine.step(&again), Step::Event(Event::Connected)));
    machine.closed(&again, Ok(()));
    assert!(matches!(machine.step(&again), Step::Done(Ok(()))));
}

#[test]
fn a_stream_stops_when_told_and_hands_out_what_has_come() {
    let mut clock = Clock::new();
    clock.open();
    clock
        .machine
        .received(&moment(clock.now, "nonce"), b"{\"data\":{\"id\":\"1\",\"text\":\"\"}}\r\n{\"da");
    clock.machine.stop();
    let (step, events, _) = clock.step();
    assert!(matches!(step, Step::Done(Ok(()))));
    assert!(matches!(events[..], [Event::Item(_)]));
}

#[test]
fn a_cursor_is_of_one_stream() {
    let text = r#"{"operation":"streamPosts","time":"2026-01-01T00:00:00Z"}"#;
    let cursor: Cursor = serde_json::from_str(text).unwrap();
    assert!(Machine::new(Filtered::new()).since(&cursor).is_ok());
    let error = Machine::new(PostsSample::new()).since(&cursor).unwrap_err();
    assert_eq!((error.cursor.as_str(), error.stream), ("streamPosts", "streamPostsSample"));
}

#[test]
fn what_x_delivers_late_is_told() {
    let mut clock = Clock::new();
    clock.open();
    for (minutes, is_told) in [(0, false), (1, true), (1, false), (3, true), (0, false), (1, true)]
    {
        let created = clock.now.checked_sub(Duration::from_secs(minutes * 60)).unwrap();
        let id = twitter_types::PostId::first_at(created).unwrap();
        let line = format!("{{\"data\":{{\"id\":\"{id}\",\"text\":\"\"}}}}\r\n");
        clock.now = clock.now.saturating_add(Duration::from_secs(1));
        clock.machine.received(&moment(clock.now, "nonce"), line.as_bytes());
        let (_, events, _) = clock.step();
        let told = events.iter().any(|event| matches!(event, Event::Behind(_)));
        assert_eq!(told, is_told, "{minutes} minutes: {events:?}");
    }
}

#[test]
fn a_clock_that_is_wrong_does_not_move_a_gap() {
    let mut clock = Clock::new();
    let text = r#"{"operation":"streamPosts","time":"2025-12-31T23:00:00Z"}"#;
    let cursor: Cursor = serde_json::from_str(text).unwrap();
    clock.machine = Machine::new(Filtered::new()).since(&cursor).unwrap();
    assert!(matches!(clock.step().0, Step::Connect(_)));
    // This machine is ten minutes ahead.
    let date = HeaderValue::from_static("Wed, 31 Dec 2025 23:50:00 GMT");
    let headers = HeaderMap::from_iter([(http::header::DATE, date)]);
    clock.machine.opened(&moment(clock.now, "nonce"), &headers);
    let (_, events, _) = clock.step();
    let gap = gap_of(&events);
    assert_eq!(gap.from, cursor.time);
    assert_eq!(gap.to.to_string(), "2025-12-31T23:50:10.000Z");
}

fn gap_of(events: &[Event<Matched<Post>>]) -> Gap {
    let mut gaps = events.iter().filter_map(|event| match event {
        Event::Gap(gap) => Some(*gap),
        _ => None,
    });
    gaps.next_back().unwrap()
}

/// Whoever goes on from there, though nothing has come yet, learns of everything since.
#[test]
fn a_stream_has_a_cursor_as_soon_as_it_is_connected() {
    let mut clock = Clock::new();
    assert!(matches!(clock.step().0, Step::Connect(_)));
    assert_eq!(clock.machine.cursor(), None);
    clock.machine.opened(&moment(clock.now, "nonce"), &HeaderMap::new());
    let connected = clock.machine.step(&moment(clock.now, "nonce"));
    assert!(matches!(connected, Step::Event(Event::Connected)));
    let cursor = clock.machine.cursor().unwrap();
    assert_eq!(start().saturating_since(cursor.time), Duration::from_secs(10));
}

/// A stream that is never quiet, of events without ids: what it delivers tells how far it is.
#[test]
fn a_busy_compliance_stream_moves_on() {
    let mut now = start();
    let cursor = r#"{"operation":"streamPostsCompliance","time":"2025-12-31T23:59:00Z"}"#;
    let options = Options::new().recovery(Recovery::Backfill);
    let mut machine = Machine::new(PostsCompliance::new(1)).with_options(options);
    machine = machine.since(&serde_json::from_str(cursor).unwrap()).unwrap();
    assert!(matches!(machine.step(&moment(now, "nonce")), Step::Connect(_)));
    machine.opened(&moment(now, "nonce"), &HeaderMap::new());
    let mut gaps = Vec::new();
    for kind in ["delete", "of_tomorrow"].repeat(20) {
        now = now.saturating_add(Duration::from_secs(1));
        let line = format!(
            "{{\"data\":{{\"{kind}\":{{\"tweet\":{{\"id\":\"1\"}},\"event_at\":\"{now}\"}}}}}}\r\n"
        );
        machine.received(&moment(now, "nonce"), line.as_bytes());
        while let Step::Event(event) = machine.step(&moment(now, "nonce")) {
            match event {
                Event::Gap(gap) => gaps.push(gap.recovered),
                event => assert!(matches!(event, Event::Item(_) | Event::Connected), "{event:?}"),
            }
        }
    }
    assert_eq!(gaps, [Some(Means::Backfill)]);
    let behind = now.saturating_since(machine.cursor().unwrap().time);
    assert_eq!(behind, Duration::from_secs(10));
}

/// One post is an event to each of the subscriptions that it fits, and X gives all of them its id.
#[test]
fn an_event_of_two_subscriptions_is_two() {
    let mut machine = Machine::new(Activity::new());
    let moment = moment(start(), "nonce");
    assert!(matches!(machine.step(&moment), Step::Connect(_)));
    machine.opened(&moment, &HeaderMap::new());
    for (kind, user) in [
        ("post.create", "1"),
        ("post.mention.create", "1"),
        ("post.create", "2"),
        ("post.create", "1"),
    ] {
        let line = format!(
            "{{\"data\":{{\"event_uuid\":\"20\",\"event_type\":\"{kind}\",\
             \"filter\":{{\"user_id\":\"{user}\"}},\"payload\":{{\"id\":\"20\"}}}}}}\r\n"
        );
        machine.received(&moment, line.as_bytes());
    }
    let mut delivered = Vec::new();
    while let Step::Event(event) = machine.step(&moment) {
        if let Event::Item(item) = event {
            let event = item.data.unwrap();
            delivered.push((event.event_type.unwrap().to_string(), event.filter.unwrap().user_id));
        }
    }
    let expected = [("post.create", 1), ("post.mention.create", 1), ("post.create", 2)];
    assert_eq!(delivered, expected.map(|(kind, user)| (kind.to_owned(), Some(user.into()))));
}

/// What X says last may lack the end of its line.
#[test]
fn a_notice_without_an_end_is_one() {
    let mut clock = Clock::new();
    clock.open();
    let line =
        br#"{"errors":[{"title":"operational-disconnect","disconnect_type":"ForceDisconnect"}]}"#;
    clock.machine.received(&moment(clock.now, "nonce"), line);
    clock.machine.closed(&moment(clock.now, "nonce"), Ok(()));
    let (step, events, waited) = clock.step();
    assert!(matches!(step, Step::Connect(_)));
    assert!(matches!(events[..], [Event::Notice(_), Event::Disconnected { .. }]), "{events:?}");
    are(&[waited.as_secs_f64()], &[5.0]);
}

/// X closes a replay that is complete, and also one that it cuts off: then it says so before.
#[test]
fn a_replay_that_x_cuts_off_is_not_complete() {
    let told = b"{\"errors\":[{\"title\":\"operational-disconnect\"}]}\r\n".as_slice();
    for end in [told, b"{\"data\":{\"id\""] {
        let mut replay = Filtered::new();
        let minute = Duration::from_secs(60);
        (replay.start_time, replay.end_time) =
            (Some(start()), Some(start().saturating_add(10 * minute)));
        let mut machine = Machine::new(replay);
        let mut now = start();
        let mut connect = |machine: &mut Machine<Filtered>, bytes: &[u8]| {
            let step = loop {
                match machine.step(&moment(now, "nonce")) {
                    Step::Event(_) => {}
                    Step::Wait(pause) => now = now.saturating_add(pause),
                    step => break step,
                }
            };
            if matches!(step, Step::Connect(_)) {
                machine.opened(&moment(now, "nonce"), &HeaderMap::new());
                machine.received(&moment(now, "nonce"), bytes);
                while let Step::Event(_) = machine.step(&moment(now, "nonce")) {}
                machine.closed(&moment(now, "nonce"), Ok(()));
            }
            step
        };
        let first = b"{\"data\":{\"id\":\"1\",\"text\":\"\"}}\r\n".as_slice();
        assert!(matches!(connect(&mut machine, &[first, end].concat()), Step::Connect(_)));
        // It is asked again, as long as that brings something.
        assert!(matches!(connect(&mut machine, &[first, end].concat()), Step::Connect(_)));
        let Step::Done(outcome) = connect(&mut machine, first) else { panic!("it goes on") };
        assert!(matches!(outcome, Err(Error::Transport(_))), "{outcome:?}");
    }
}
