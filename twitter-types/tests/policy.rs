//! Policies on a simulated clock: what is sent, when, and how a call ends.

#[path = "policy/budgets.rs"]
mod budgets;
#[path = "policy/deadlines.rs"]
mod deadlines;
#[cfg(feature = "metrics")]
#[path = "policy/metrics.rs"]
mod metrics;
#[path = "policy/properties.rs"]
mod properties;
#[path = "policy/retries.rs"]
mod retries;
#[path = "policy/sharing.rs"]
mod sharing;
#[path = "policy/windows.rs"]
mod windows;

use std::{collections::VecDeque, time::Duration};

use http::header::AUTHORIZATION;
use proptest::prelude::ProptestConfig;
use twitter_types::{
    Timestamp,
    auth::OAuth1User,
    endpoint::{
        Ask, BaseUrl, Call, Error, Flow as _, Moment, Reply, Response, Stamp, Step, TransportError,
        TransportErrorKind,
        policy::{Limits, Policy, Retries, TimeLeft},
    },
    posts, users,
};

/// 2026-01-01T00:00:00Z, in seconds.
const START: i64 = 1_767_225_600;

const MINUTE: Duration = Duration::from_secs(60);

/// What becomes of one request, and how long that takes.
struct Scripted {
    takes: Duration,
    outcome: Result<Response, TransportError>,
}

/// A clock, and the outcomes of the requests to come.
struct World {
    now: Timestamp,
    moments: u64,
    script: VecDeque<Scripted>,
    /// When each request was sent, and how it was authorized.
    sent: Vec<(Timestamp, String)>,
    waits: Vec<Duration>,
}

impl World {
    fn new(script: impl IntoIterator<Item = Scripted>) -> Self {
        Self {
            now: Timestamp::from_seconds(START).unwrap(),
            moments: 0,
            script: script.into_iter().collect(),
            sent: Vec::new(),
            waits: Vec::new(),
        }
    }

    /// Goes through a call to its end.
    fn call<A: Ask>(&mut self, ask: &A, policy: &Policy) -> Result<Reply<A::Body>, Error> {
        let (base, user) = (BaseUrl::default(), user());
        let mut call = Call::new(&base, ask, &user).with_policy(policy);
        loop {
            let nonce = self.nonce();
            match call.step(&moment(&nonce, self.now)) {
                Step::Wait(pause) => {
                    self.waits.push(pause);
                    self.pass(pause);
                }
                Step::Send(request) => {
                    let authorization = request.headers()[AUTHORIZATION].to_str().unwrap();
                    self.sent.push((self.now, authorization.to_owned()));
                    let Scripted { takes, outcome } = self.script.pop_front().expect("a reply");
                    let nonce = self.nonce();
                    match TimeLeft::of(&request).filter(|left| *left < takes) {
                        Some(left) => {
                            self.pass(left);
                            let error = TransportErrorKind::Timeout.into();
                            call.receive(&moment(&nonce, self.now), Err(error));
                        }
                        None => {
                            self.pass(takes);
                            call.receive(&moment(&nonce, self.now), outcome);
                        }
                    }
                }
                Step::Done(outcome) => return outcome,
                Step::Renew(_) | Step::Work(_) => {
                    panic!("this credential needs no token, and nothing blocks")
                }
            }
        }
    }

    fn pass(&mut self, time: Duration) {
        // A clock never shows less than the time that has passed.
        self.now = self.now.saturating_add(time + Duration::from_nanos(999_999));
    }

    fn nonce(&mut self) -> String {
        self.moments += 1;
        format!("nonce{}", self.moments)
    }

    /// The time since the beginning.
    fn elapsed(&self) -> Duration {
        self.now.saturating_since(Timestamp::from_seconds(START).unwrap())
    }
}

fn moment(nonce: &str, now: Timestamp) -> Moment<'_> {
    Moment::new(now, Stamp::new(nonce, now.as_seconds().unsigned_abs()))
}

fn user() -> OAuth1User {
    OAuth1User::new("key", "secret", "1-token", "secret").unwrap()
}

fn answer(status: u16, headers: &[(&str, String)], body: &str) -> Scripted {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, value);
    }
    let outcome = Ok(response.body(body.as_bytes().to_vec()).unwrap());
    Scripted { takes: Duration::from_millis(100), outcome }
}

fn failure(kind: TransportErrorKind) -> Scripted {
    Scripted { takes: Duration::from_millis(100), outcome: Err(kind.into()) }
}

const OK: &str = r#"{"data":{"id":"1","name":"a","username":"a","text":"a","deleted":true}}"#;

fn ok() -> Scripted {
    answer(200, &[], OK)
}

fn status(status: u16) -> Scripted {
    answer(status, &[], "{}")
}

/// The headers of a window that resets so many seconds after the beginning.
fn window(prefix: &str, limit: u32, remaining: u32, reset: i64) -> Vec<(&'static str, String)> {
    let names: [&str; 3] = match prefix {
        "rate" => ["x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-reset"],
        "app" => {
            ["x-app-limit-24hour-limit", "x-app-limit-24hour-remaining", "x-app-limit-24hour-reset"]
        }
        _ => [
            "x-user-limit-24hour-limit",
            "x-user-limit-24hour-remaining",
            "x-user-limit-24hour-reset",
        ],
    };
    let values = [limit.to_string(), remaining.to_string(), (START + reset).to_string()];
    names.into_iter().zip(values).collect()
}

fn read() -> users::ById {
    users::ById::new(1)
}

fn write() -> posts::Create {
    posts::Create::new("hello")
}

fn retrying() -> Policy {
    Policy::new().with_retries(Retries::default())
}

fn waiting() -> Policy {
    retrying().with_limits(Limits::new().waiting(16 * MINUTE))
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}
