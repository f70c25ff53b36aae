//! Limits that clients share over a Redis server, as tasks of one thread.

use std::time::{Duration, Instant};

use twitter_client_async::Client;
use twitter_sandbox::Sandbox;
use twitter_types::{
    auth::AppToken,
    endpoint::policy::{Limits, Policy},
    users,
};

use crate::{
    redis_server::Redis,
    support::{Server, app_token, base_url},
};

/// Calls in a window, for all clients together.
const LIMIT: u32 = 12;
const WINDOW: Duration = Duration::from_secs(2);

fn client(sandbox: &Sandbox, redis: &str) -> Client<AppToken> {
    let limits = Limits::over_redis(redis, "limits").unwrap().waiting(4 * WINDOW);
    Client::new(app_token(sandbox))
        .with_base_url(base_url(sandbox))
        .with_policy(Policy::new().with_limits(limits))
}

#[tokio::test]
async fn clients_share_a_limit_and_none_is_refused() {
    let Some(redis) = Redis::start("async-limits", &[]) else { return };
    let sandbox =
        Sandbox::builder().rate_limit("getUsersById", LIMIT).window(WINDOW).start().unwrap();
    let begun = Instant::now();
    let clients = [(); 2].map(|()| client(&sandbox, &redis.url()));
    // A window and a half.
    let calls = clients.iter().cycle().take(LIMIT as usize * 3 / 2).cloned().map(|client| {
        tokio::spawn(async move { client.send(&users::ById::new(2244994945)).await.map(drop) })
    });
    for call in Vec::from_iter(calls) {
        call.await.unwrap().unwrap();
    }
    assert!(sandbox.requests().iter().all(|request| request.status == 200));
    assert!(begun.elapsed() < 4 * WINDOW, "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_server_that_does_not_answer_holds_up_no_other_task() {
    let silent = Server::silent();
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox, &silent.url("redis", "127.0.0.1"));
    let begun = Instant::now();
    let call =
        tokio::spawn(async move { client.send(&users::ById::new(2244994945)).await.map(drop) });
    let mut ticks = 0;
    while !call.is_finished() {
        tokio::time::sleep(Duration::from_millis(5)).await;
        ticks += 1;
    }
    call.await.unwrap().unwrap();
    // The call has waited for the server, half a second at least, and nobody else has.
    assert!(begun.elapsed() >= Duration::from_millis(500), "{:?}", begun.elapsed());
    assert!(ticks > 20, "{ticks}");
}
