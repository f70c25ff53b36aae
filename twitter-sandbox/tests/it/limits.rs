//! Rate limits.

use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::json;
use twitter_sandbox::Sandbox;

use crate::client::{As, delete, get, post};

#[test]
fn every_reply_of_an_operation_says_what_is_left() {
    let sandbox = Sandbox::start().unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    for (who, limit) in [(As::App, "300"), (As::OAuth1, "900"), (As::OAuth2, "900")] {
        let reply = get(&sandbox, who, "/2/users/2244994945");
        assert_eq!(reply.header("x-rate-limit-limit"), limit);
        let reset: u64 = reply.header("x-rate-limit-reset").parse().unwrap();
        assert!((now + 890..now + 910).contains(&reset), "{now} {reset}");
    }
    // Both user credentials stand for one user, whose pool they share.
    let reply = get(&sandbox, As::OAuth1, "/2/users/2244994945");
    assert_eq!(reply.header("x-rate-limit-remaining"), "897");
    let refused = get(&sandbox, As::App, "/2/users/x");
    assert_eq!((refused.status, refused.header("x-rate-limit-remaining")), (400, "298"));
    assert_eq!(refused.header("content-type"), "application/problem+json");
    assert_eq!(refused.header("x-transaction-id").len(), 16);
}

#[test]
fn a_spent_window_is_a_429_and_opens_again() {
    let sandbox = Sandbox::builder()
        .rate_limit("getUsersById", 2)
        .window(Duration::from_millis(300))
        .start()
        .unwrap();
    let ask = || get(&sandbox, As::App, "/2/users/2244994945");
    assert_eq!((ask().status, ask().status), (200, 200));
    let reply = ask();
    assert_eq!((reply.status, reply.header("x-rate-limit-remaining")), (429, "0"));
    let body = json!({
        "title": "Too Many Requests", "detail": "Too Many Requests", "type": "about:blank",
        "status": 429,
    });
    assert_eq!(reply.json, body);
    assert_eq!(get(&sandbox, As::OAuth1, "/2/users/2244994945").status, 200, "another pool");
    assert_eq!(get(&sandbox, As::App, "/2/users?ids=2244994945").status, 200, "another operation");
    sleep(Duration::from_millis(320));
    assert_eq!(ask().status, 200);
}

#[test]
fn days_have_limits_too() {
    let sandbox = Sandbox::builder().daily_limit("createPosts", 1).start().unwrap();
    let reply = post(&sandbox, As::OAuth1, "/2/tweets", &json!({ "text": "the one of today" }));
    assert_eq!(reply.status, 201);
    assert_eq!(reply.header("x-app-limit-24hour-limit"), "10000");
    assert_eq!(reply.header("x-app-limit-24hour-remaining"), "9999");
    assert_eq!(reply.header("x-user-limit-24hour-limit"), "1");
    assert_eq!(reply.header("x-user-limit-24hour-remaining"), "0");
    let reply = post(&sandbox, As::OAuth1, "/2/tweets", &json!({ "text": "one more" }));
    assert_eq!((reply.status, reply.header("x-rate-limit-remaining")), (429, "99"));
    assert_eq!(delete(&sandbox, As::OAuth1, "/2/tweets/1").status, 200);
}
