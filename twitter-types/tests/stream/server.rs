//! A server of one stream of numbered posts, on a clock of its own.

use std::{collections::BTreeSet, time::Duration};

use proptest::prelude::Rng as _;
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::json;
use twitter_types::{
    PostId, Timestamp, endpoint,
    endpoint::{Error, Reply, Response, TransportErrorKind},
    envelope::{Matched, Page},
    models::Post,
    posts::SearchRecent,
    stream::{Cursor, Event, Gap, Machine, Step},
    streams::Filtered,
};

use crate::{moment, start};

const HOUR: i64 = 60 * 60 * 1000;

/// How long X takes to deliver a post, at most, in milliseconds.
const LATENCY: u64 = 7_000;

/// A post, in milliseconds since the start.
#[derive(Clone, Copy)]
struct Numbered {
    id: PostId,
    created: i64,
    delivered: i64,
}

pub(crate) struct World {
    rng: TestRng,
    now: i64,
    /// In the order of their delivery.
    posts: Vec<Numbered>,
    connection: Option<Connection>,
    /// How often, of 1000 reads, the connection breaks.
    breaks: u64,
    pub(crate) connects: u32,
    pub(crate) gaps: Vec<Gap>,
    pub(crate) delivered: BTreeSet<PostId>,
    pub(crate) duplicates: u32,
    pub(crate) unreadable: u32,
}

struct Connection {
    next: usize,
    /// What was sent and not yet read.
    pending: Vec<u8>,
    next_sign: i64,
    is_stalled: bool,
}

impl World {
    pub(crate) fn new(seed: u64, hours: i64, breaks: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let mut posts = Vec::new();
        let mut created = 0;
        while created < hours * HOUR {
            created += (rng.next_u64() % 10_000) as i64;
            let id = PostId::first_at(at(created)).unwrap().as_u64() + posts.len() as u64 % 4096;
            let delivered = created + (rng.next_u64() % LATENCY) as i64;
            posts.push(Numbered { id: id.into(), created, delivered });
        }
        posts.sort_by_key(|post| post.delivered);
        Self {
            rng,
            now: HOUR / 10,
            posts,
            connection: None,
            breaks,
            connects: 0,
            gaps: Vec::new(),
            delivered: BTreeSet::new(),
            duplicates: 0,
            unreadable: 0,
        }
    }

    fn chance(&mut self, of_1000: u64) -> bool {
        self.rng.next_u64() % 1000 < of_1000
    }

    /// Drives a machine for so many hours, or until it ends.
    pub(crate) fn run(&mut self, machine: &mut Machine<Filtered>, hours: i64) -> Result<(), Error> {
        let until = self.now + hours * HOUR;
        while self.now < until {
            let nonce = self.rng.next_u64().to_string();
            let step = machine.step(&moment(at(self.now), &nonce));
            match step {
                Step::Event(event) => self.take(event),
                Step::Wait(pause) => self.now += millis(pause).max(1),
                Step::Connect(operation) => self.connect(machine, &operation, &nonce),
                Step::Read(silence) => self.read(machine, silence, &nonce),
                Step::Search(search) => {
                    self.now += 300;
                    let outcome = self.search(&search);
                    machine.searched(&moment(at(self.now), &nonce), outcome);
                }
                Step::Replay(operation) => {
                    let (from, to) = (operation.start_time.unwrap(), operation.end_time.unwrap());
                    let posts = self.posts.iter().filter(|post| {
                        (from..to).contains(&at(post.created)) && post.delivered <= self.now
                    });
                    for post in posts {
                        machine.replayed(item(post.id));
                    }
                    machine.replay_ended(Ok(()));
                }
                Step::Done(outcome) => return outcome,
            }
        }
        Ok(())
    }

    fn take(&mut self, event: Event<Matched<Post>>) {
        match event {
            Event::Item(item) => {
                let is_new = self.delivered.insert(item.data.unwrap().id);
                self.duplicates += u32::from(!is_new);
            }
            Event::Gap(gap) => self.gaps.push(gap),
            Event::Unreadable(_) => self.unreadable += 1,
            _ => {}
        }
    }

    fn connect(&mut self, machine: &mut Machine<Filtered>, operation: &Filtered, nonce: &str) {
        self.connects += 1;
        self.now += 100;
        let moment = moment(at(self.now), nonce);
        if self.chance(300) {
            let error = match self.rng.next_u64() % 4 {
                0 => refusal(503),
                1 => refusal(429),
                _ => Error::Transport(TransportErrorKind::Connect.into()),
            };
            return machine.refused(&moment, error);
        }
        let now = self.now;
        let minutes = i64::from(operation.backfill_minutes.unwrap_or(0));
        let next = self.posts.partition_point(|post| post.delivered < now);
        let mut pending = Vec::new();
        for post in &self.posts[..next] {
            if minutes > 0 && post.created >= now - minutes * 60_000 {
                pending.extend(line(post.id));
            }
        }
        let sign = now + 10_000;
        self.connection = Some(Connection { next, pending, next_sign: sign, is_stalled: false });
        machine.opened(&moment, &http::HeaderMap::new());
    }

    fn read(&mut self, machine: &mut Machine<Filtered>, silence: Duration, nonce: &str) {
        let breaks = self.chance(self.breaks);
        let how = self.rng.next_u64();
        let Some(connection) = &mut self.connection else { panic!("there is no connection") };
        if breaks && how.is_multiple_of(4) {
            // What was under way is lost with it.
            connection.is_stalled = true;
        }
        if connection.is_stalled {
            self.now += millis(silence);
            self.connection = None;
            return machine.silent(&moment(at(self.now), nonce));
        }
        if connection.pending.is_empty() {
            let next = self.posts.get(connection.next);
            match next.filter(|post| post.delivered <= connection.next_sign) {
                Some(post) => {
                    self.now = self.now.max(post.delivered);
                    connection.next += 1;
                    connection.pending.extend(line(post.id));
                }
                None => {
                    self.now = connection.next_sign;
                    connection.pending.extend(b"\r\n");
                }
            }
            connection.next_sign = self.now + 10_000;
        }
        if breaks {
            let told = br#"{"errors":[{"title":"operational-disconnect","disconnect_type":"UpstreamOperationalDisconnect","type":"https://api.x.com/2/problems/operational-disconnect"}]}"#;
            let length = connection.pending.len();
            // What X says stands on a line of its own.
            let cut = if how % 3 == 2 { length } else { how as usize % (length + 1) };
            let part = connection.pending[..cut].to_vec();
            self.connection = None;
            let moment = moment(at(self.now), nonce);
            machine.received(&moment, &part);
            // The machine reads lines before it learns of the end, as it does from a client.
            while let Step::Event(event) = machine.step(&moment) {
                self.take(event);
            }
            return match how % 3 {
                0 => machine.closed(&moment, Ok(())),
                1 => machine
                    .closed(&moment, Err(Error::Transport(TransportErrorKind::Closed.into()))),
                _ => {
                    machine.received(&moment, told);
                    machine.received(&moment, b"\r\n");
                    while let Step::Event(event) = machine.step(&moment) {
                        self.take(event);
                    }
                    machine.closed(&moment, Ok(()));
                }
            };
        }
        let length = 1 + how as usize % connection.pending.len();
        let part: Vec<u8> = connection.pending.drain(..length).collect();
        machine.received(&moment(at(self.now), nonce), &part);
    }

    fn search(&mut self, search: &SearchRecent) -> Result<Reply<Page<Post>>, Error> {
        if self.chance(200) {
            return Err(refusal(503));
        }
        let (since, until) = (search.since_id.unwrap(), search.until_id.unwrap());
        assert!(at(self.now).saturating_since(since.created_at().unwrap()).as_secs() < 7 * 86400);
        let mut ids: Vec<_> = self
            .posts
            .iter()
            .filter(|post| post.created + 15_000 <= self.now && post.id > since && post.id < until)
            .map(|post| post.id)
            .collect();
        ids.sort();
        ids.reverse();
        let offset: usize =
            search.pagination_token.as_ref().map_or(0, |token| token.parse().unwrap());
        let size = usize::from(search.max_results.unwrap());
        let page: Vec<_> = ids.iter().skip(offset).take(size).collect();
        let data: Vec<_> = page.iter().map(|id| json!({ "id": id, "text": "" })).collect();
        let next = (offset + size < ids.len()).then(|| (offset + size).to_string());
        let mut body = json!({ "data": data, "meta": { "result_count": page.len() } });
        if let Some(next) = next {
            body["meta"]["next_token"] = next.into();
        }
        let response = Response::new(body.to_string().into_bytes());
        endpoint::reply::<SearchRecent>(response)
    }

    /// What became of every post that was created between two cursors' times: it was delivered, or lies
    /// in a gap that was not recovered.
    pub(crate) fn check(&self, from: &Cursor, to: &Cursor) -> Result<(), String> {
        for post in &self.posts {
            let time = at(post.created);
            let lost = |gap: &&Gap| gap.recovered.is_none() && gap.from <= time && time < gap.to;
            let is_due = from.time <= time && time < to.time;
            if is_due
                && !self.delivered.contains(&post.id)
                && !self.gaps.iter().any(|gap| lost(&gap))
            {
                return Err(format!("{} of {time} is neither delivered nor in a gap", post.id));
            }
        }
        Ok(())
    }

    pub(crate) fn lost(&self) -> usize {
        self.gaps.iter().filter(|gap| gap.recovered.is_none()).count()
    }
}

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(start().as_millis() + millis).unwrap()
}

fn millis(duration: Duration) -> i64 {
    duration.as_millis() as i64
}

fn line(id: PostId) -> Vec<u8> {
    format!("{{\"data\":{{\"id\":\"{id}\",\"text\":\"caf\u{e9} \u{1f600}\"}}}}\r\n").into_bytes()
}

fn item(id: PostId) -> Matched<Post> {
    serde_json::from_slice(&line(id)).unwrap()
}

pub(crate) fn refusal(status: u16) -> Error {
    let response = http::Response::builder().status(status).body(b"{}".to_vec()).unwrap();
    endpoint::reply::<Filtered>(response).unwrap_err()
}
