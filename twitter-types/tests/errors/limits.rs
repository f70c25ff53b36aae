//! Rate limits: which one is spent, and what does not count as one.

use serde_json::json;
use twitter_types::{Timestamp, endpoint::RateLimits, problem::ProblemKind, users};

use super::{ApiError, endpoint, refused};

type Header = (&'static str, &'static str);

const WINDOW_SPENT: [Header; 3] = [
    ("x-rate-limit-limit", "75"),
    ("x-rate-limit-remaining", "0"),
    ("x-rate-limit-reset", "1790000900"),
];
const WINDOW_LEFT: [Header; 3] = [
    ("x-rate-limit-limit", "75"),
    ("x-rate-limit-remaining", "74"),
    ("x-rate-limit-reset", "1790000900"),
];
const USER_DAY_SPENT: [Header; 3] = [
    ("x-user-limit-24hour-limit", "100"),
    ("x-user-limit-24hour-remaining", "0"),
    ("x-user-limit-24hour-reset", "1790080000"),
];
const APP_DAY_LEFT: [Header; 3] = [
    ("x-app-limit-24hour-limit", "500"),
    ("x-app-limit-24hour-remaining", "3"),
    ("x-app-limit-24hour-reset", "1790080000"),
];

const TOO_MANY: &str = r#"{"title":"Too Many Requests","detail":"Too Many Requests","type":"about:blank","status":429}"#;
const CODE_88: &str = r#"{"errors":[{"code":88,"message":"Rate limit exceeded"}]}"#;

fn too_many(headers: &[&[Header]], body: &str) -> ApiError {
    refused(429, &headers.concat(), body)
}

#[test]
fn the_kinds_of_429_can_be_told_apart() {
    for body in [TOO_MANY, CODE_88, "", "Too many requests\n"] {
        let window = too_many(&[&WINDOW_SPENT, &APP_DAY_LEFT], body);
        assert_eq!(window.rate_limits.window.unwrap().remaining, 0);
        assert_eq!(window.rate_limits.exhausted().unwrap(), window.rate_limits.window.unwrap());
        assert_eq!(window.explain(), "wait until the window resets, then send it again");

        for day in [
            too_many(&[&WINDOW_LEFT, &USER_DAY_SPENT, &APP_DAY_LEFT], body),
            too_many(&[&WINDOW_SPENT, &USER_DAY_SPENT], body),
        ] {
            assert_eq!(day.rate_limits.user_day.unwrap().remaining, 0);
            let reset = day.rate_limits.exhausted().unwrap().reset;
            assert_eq!(reset, Timestamp::from_seconds(1_790_080_000).unwrap());
            assert_eq!(day.why().id, "user-day-spent");
        }

        let unnamed = too_many(&[&WINDOW_LEFT], body);
        assert!(unnamed.rate_limits.exhausted().is_none());
        assert_eq!(unnamed.why().id, "cap-spent");

        let silent = too_many(&[], body);
        assert_eq!(silent.rate_limits, RateLimits::default());
        assert_eq!(silent.explain(), window.explain());
    }
}

#[test]
fn a_cap_is_no_window() {
    let body = json!({
        "title": "UsageCapExceeded", "detail": "Usage cap exceeded: Monthly product cap",
        "period": "Monthly", "scope": "Product", "account_id": 1,
        "type": "https://api.twitter.com/2/problems/usage-capped",
    });
    let error = too_many(&[&WINDOW_LEFT], &body.to_string());
    assert!(error.is(&ProblemKind::UsageCapped) && !error.is(&ProblemKind::RateLimitExceeded));
    assert_eq!(error.problems[0].period.as_deref(), Some("Monthly"));
    assert_eq!(error.why().id, "cap-of-cycle-spent");
}

#[test]
fn a_typed_rate_limit_goes_by_the_headers_too() {
    let body = r#"{"type":"https://api.x.com/2/problems/rate-limit-exceeded"}"#;
    assert_eq!(too_many(&[&WINDOW_SPENT], body).why().id, "window-spent");
    assert_eq!(too_many(&[&USER_DAY_SPENT], body).why().id, "user-day-spent");
}

#[test]
fn invalid_limits_are_none() {
    for (index, value) in [
        (0, ""),
        (0, "many"),
        (0, "-1"),
        (0, "4294967296"),
        (1, "0.5"),
        (1, "0, 0"),
        (2, "soon"),
        (2, "Tue, 24 Nov 2026 04:00:00 GMT"),
        (2, "99999999999999999999"),
        (1, "0\u{e9}"),
    ] {
        let mut headers = WINDOW_SPENT;
        headers[index].1 = value;
        let error = too_many(&[&headers, &USER_DAY_SPENT], TOO_MANY);
        assert_eq!(error.rate_limits.window, None, "{value:?}");
        assert!(error.rate_limits.user_day.is_some());
    }
    for missing in 0..3 {
        let mut headers = WINDOW_SPENT.to_vec();
        headers.remove(missing);
        assert_eq!(too_many(&[&headers], TOO_MANY).rate_limits.window, None);
    }
}

#[test]
fn a_reply_names_its_limits_too() {
    let mut response = http::Response::new(br#"{"data":{"id":"1"}}"#.to_vec());
    for (name, value) in WINDOW_LEFT.into_iter().chain([("x-transaction-id", "a1b2")]) {
        response.headers_mut().insert(name, value.parse().unwrap());
    }
    let reply = endpoint::reply::<users::Me>(response).unwrap();
    let window = reply.rate_limits.window.unwrap();
    assert_eq!(
        (window.limit, window.remaining, window.reset.as_seconds()),
        (75, 74, 1_790_000_900)
    );
    assert_eq!(reply.transaction_id.as_deref(), Some("a1b2"));
    assert_eq!(reply.map(|user| user.data.unwrap().id).body, 1.into());
}
