//! Streams of both clients against the sandbox: every post is handed out once, or lies in a gap.
//!
//! The soak does the same for longer, with a new seed each round:
//! `X_SOAK_SECONDS=600 cargo test -p twitter-client-async --test streams soak -- --nocapture`
//!
//! Once, on two busy cores: 242,423 posts, 3,000 disconnects, 787 s, nothing lost.

mod chaos;
mod killed;
mod ledger;
mod reader;
mod scene;
mod simple;

use std::time::{Duration, Instant};

use reader::Kind;
use scene::Plan;
use twitter_types::{posts::SearchRecent, stream::Recovery};

/// So often each client is disconnected in one way or another, over all ways to recover.
const DISCONNECTS: [(fn() -> Recovery, usize); 4] = [
    (|| Recovery::None, 220),
    (|| Recovery::Replay, 140),
    (|| Recovery::Search(vec![SearchRecent::new("numbered")]), 100),
    // Each one brings the posts of the last minute once more.
    (|| Recovery::Backfill, 40),
];

#[test]
fn the_blocking_client_loses_nothing() {
    rounds(Kind::Blocking, 1);
}

#[test]
fn the_async_client_loses_nothing() {
    rounds(Kind::Async, 2);
}

fn rounds(kind: Kind, seed: u64) {
    for (number, (recovery, disconnects)) in DISCONNECTS.into_iter().enumerate() {
        let seed = seed * 1000 + number as u64;
        chaos::round(kind, &Plan { recovery: recovery(), disconnects, seed });
    }
}

#[test]
fn soak() {
    let Ok(seconds) = std::env::var("X_SOAK_SECONDS") else {
        println!("skipped: X_SOAK_SECONDS says how long to go on");
        return;
    };
    let (start, seconds) = (Instant::now(), seconds.parse().unwrap());
    let (mut seed, mut posts, mut disconnects) = (start_seed(), 0, 0);
    while start.elapsed() < Duration::from_secs(seconds) {
        for kind in [Kind::Blocking, Kind::Async] {
            for (recovery, number) in DISCONNECTS {
                seed += 1;
                posts +=
                    chaos::round(kind, &Plan { recovery: recovery(), disconnects: number, seed });
                disconnects += number;
            }
        }
    }
    println!("{posts} posts, {disconnects} disconnects, in {:?}: nothing lost", start.elapsed());
}

fn start_seed() -> u64 {
    let seed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    println!("the first seed is {}", seed.as_secs());
    seed.as_secs()
}
