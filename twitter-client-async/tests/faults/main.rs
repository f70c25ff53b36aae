//! Both clients on a wire that fails: whatever happens to their requests and replies, nothing is sent
//! beyond a limit, no post is created twice, none is said to be there that is not, none is there whose
//! call said that it is not, and no call goes on behind its deadline.
//!
//! The soak does the same for longer, with a new seed each round:
//! `X_SOAK_SECONDS=600 cargo test -p twitter-client-async --test faults soak -- --nocapture`
//!
//! On 2 busy cores, 10 minutes of it were 160,000 calls and 170,185 requests: 27,961 posts created and known
//! to be, 14,899 writes of unknown outcome, none wrong. The longest call took 2.73 seconds, where 2.5 were
//! allowed; the process never had more than 87 MiB.

#[path = "../../../twitter-client-blocking/tests/support/mod.rs"]
mod support;

mod callers;
mod ledger;
mod offsets;
mod plan;

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use callers::{by_async, by_blocking};
use ledger::Scene;
use twitter_client_async::Client;
use twitter_sandbox::Sandbox;
use twitter_types::{PostId, posts};

use support::{app_token, base_url, resident_peak};

/// By each client, in the two scenes together.
const CALLS: usize = 5000;

/// Of them, to a sandbox whose clock is wrong.
const SKEWED: usize = 400;

const SEED: u64 = 20_261_126;

const TIMEOUT: Duration = Duration::from_millis(300);

const OWNER: u64 = 1_480_263_945_017_876_480;
const DEVELOPERS: u64 = 2_244_994_945;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_async_client_keeps_its_word() {
    round(SEED, by_async).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_blocking_client_keeps_its_word() {
    round(SEED + 1, by_blocking).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn soak() {
    let Ok(seconds) = std::env::var("X_SOAK_SECONDS") else {
        println!("skipped: X_SOAK_SECONDS says how long to go on");
        return;
    };
    let (start, seconds) = (Instant::now(), seconds.parse().unwrap());
    let mut rounds = 0;
    while start.elapsed().as_secs() < seconds {
        round(SEED + 2 + 2 * rounds, by_async).await;
        round(SEED + 3 + 2 * rounds, by_blocking).await;
        rounds += 1;
        let calls = rounds * 2 * CALLS as u64;
        let memory = resident_peak() / 1024 / 1024;
        println!("{rounds} rounds, {calls} calls, {:?}, {memory} MiB", start.elapsed());
    }
}

/// All calls of one client, and the check.
async fn round<F: Future<Output = ()>>(seed: u64, run: impl Fn(Arc<Scene>, usize) -> F) {
    let straight = Arc::new(Scene::new(seed, 0));
    let skewed = Arc::new(Scene::new(!seed, 600));
    run(Arc::clone(&straight), CALLS - SKEWED).await;
    run(Arc::clone(&skewed), SKEWED).await;
    for scene in [&straight, &skewed] {
        println!("seed {seed}: {}", scene.report());
        scene.check(&posts_of_owner(&scene.sandbox).await);
    }
    for outcome in ["ok", "OutcomeUnknown", "Api 429"] {
        assert!(straight.outcomes().contains_key(outcome), "no {outcome}");
    }
    for outcome in ["ok", "Api 401 clock"] {
        assert!(skewed.outcomes().contains_key(outcome), "no {outcome}");
    }
}

/// The owner's posts, past the relay.
async fn posts_of_owner(sandbox: &Sandbox) -> HashMap<PostId, String> {
    let client = Client::new(app_token(sandbox)).with_base_url(base_url(sandbox));
    let mut posts = client.pages(posts::OfUser::new(OWNER).max_results(100)).items();
    let mut there = HashMap::new();
    while let Some(post) = posts.next().await {
        let post = post.unwrap();
        let text = post.text.unwrap();
        if text.starts_with("post number ") {
            there.insert(post.id, text);
        }
    }
    there
}
