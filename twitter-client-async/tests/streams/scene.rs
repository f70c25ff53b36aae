//! A sandbox whose stream gets into every trouble there is.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use twitter_client_blocking::Client;
use twitter_sandbox::{Disconnect, Fault, Mishap, Sandbox, Stream, Wire};
use twitter_types::{
    PostId,
    auth::AppToken,
    models::NewRule,
    rules,
    stream::{Options, Pauses, Recovery},
};

/// A round of troubles.
pub(crate) struct Plan {
    pub(crate) recovery: Recovery,
    /// So often the stream is disconnected.
    pub(crate) disconnects: usize,
    pub(crate) seed: u64,
}

/// X is quick here, and so is everything that depends on it.
pub(crate) const KEEP_ALIVE: Duration = Duration::from_millis(100);

pub(crate) fn options(recovery: Recovery) -> Options {
    Options::new()
        .recovery(recovery)
        .silence(6 * KEEP_ALIVE)
        .pauses(Pauses::new().divided_by(4000))
        .delay(Duration::from_millis(100))
}

/// A sandbox behind a wire, somebody who publishes, and somebody who makes trouble.
pub(crate) struct Scene {
    pub(crate) sandbox: Sandbox,
    wire: Wire,
    calm: Arc<AtomicBool>,
    published: Mutex<Vec<PostId>>,
}

impl Scene {
    pub(crate) fn new(seed: u64) -> Self {
        let sandbox = Sandbox::builder()
            .keep_alive(KEEP_ALIVE)
            .stream_connections(4)
            .rate_limit("streamPosts", u32::MAX)
            .rate_limit("searchPostsRecent", u32::MAX)
            .start()
            .unwrap();
        let token = AppToken::new(&sandbox.keys().bearer_token).unwrap();
        let client = Client::new(token).with_base_url(sandbox.base_url().parse().unwrap());
        let rule = NewRule::new("numbered".into());
        client.send(&rules::Update::add([rule])).unwrap();
        let calm = Arc::new(AtomicBool::new(false));
        let (is_calm, draw) = (Arc::clone(&calm), Draw::new(seed));
        let plan = move |passing: &twitter_sandbox::Passing| {
            if is_calm.load(Ordering::Relaxed) || !passing.path.ends_with("/search/stream") {
                return Mishap::None;
            }
            // The head of the reply has some 300 bytes.
            let at = draw.below(40_000) as usize;
            match draw.below(6) {
                0 => Mishap::Reset { at },
                1 => Mishap::Close { at },
                2 => Mishap::Stall { at },
                3 => Mishap::Slow { bytes: 2000 + at, every: Duration::from_millis(1) },
                _ => Mishap::None,
            }
        };
        let wire = sandbox.through(plan).unwrap();
        Self { sandbox, wire, calm, published: Mutex::default() }
    }

    pub(crate) fn base_url(&self) -> &str {
        self.wire.base_url()
    }

    pub(crate) fn token(&self) -> &str {
        &self.sandbox.keys().bearer_token
    }

    /// No more trouble, and nothing more to read, but for one last post.
    pub(crate) fn calm_down(&self) -> PostId {
        self.calm.store(true, Ordering::Relaxed);
        self.sandbox.stream(Stream::Filtered).resume();
        thread::sleep(2 * KEEP_ALIVE);
        let last = PostId::from(self.sandbox.publish_numbered(1)[0]);
        self.published.lock().unwrap().push(last);
        last
    }

    pub(crate) fn is_calm(&self) -> bool {
        self.calm.load(Ordering::Relaxed)
    }

    pub(crate) fn published(&self) -> Vec<PostId> {
        self.published.lock().unwrap().clone()
    }

    /// Publishes until there is calm, when somebody listens.
    pub(crate) fn publish(&self, seed: u64) {
        let draw = Draw::new(seed);
        let stream = self.sandbox.stream(Stream::Filtered);
        while !self.is_calm() && !stream.wait_connected(1, KEEP_ALIVE) {}
        while !self.is_calm() {
            let ids = self.sandbox.publish_numbered(1 + draw.below(3) as usize);
            self.published.lock().unwrap().extend(ids.into_iter().map(PostId::from));
            thread::sleep(Duration::from_millis(draw.below(12)));
        }
    }

    /// Makes trouble until there is calm.
    pub(crate) fn trouble(&self, seed: u64) {
        let draw = Draw::new(seed);
        let stream = self.sandbox.stream(Stream::Filtered);
        while !self.is_calm() {
            if !stream.wait_connected(1, KEEP_ALIVE) {
                continue;
            }
            thread::sleep(Duration::from_millis(draw.below(60)));
            match draw.below(14) {
                0 => stream.abort(),
                1 | 2 => stream.cut_next(),
                3 => stream.close(),
                4 => stream.stall(),
                5..=7 => {
                    let reasons = Disconnect::ALL;
                    stream.disconnect(reasons[draw.below(reasons.len() as u64) as usize]);
                }
                8 => stream.duplicate_next(3),
                9 => stream.reverse_next(3),
                10 => stream.emit(&format!("{{\"data\": no JSON {}", draw.below(u64::MAX))),
                // Smaller ones hold a backfill up for minutes.
                11 => stream.pieces(Some(64 + draw.below(1000) as usize)),
                12 => self.sandbox.fail_next(Fault::Status(503, "{}".to_owned())),
                _ => self.sandbox.fail_next(Fault::HtmlOk),
            }
        }
    }
}

/// Numbers that a seed gives.
pub(crate) struct Draw(AtomicU64);

impl Draw {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    /// By splitmix64.
    pub(crate) fn below(&self, limit: u64) -> u64 {
        let step = 0x9e37_79b9_7f4a_7c15;
        let mut number = self.0.fetch_add(step, Ordering::Relaxed).wrapping_add(step);
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (number ^ (number >> 31)) % limit
    }
}
