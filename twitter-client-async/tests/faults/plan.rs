//! What goes wrong with which request: the same for the same seed.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use twitter_sandbox::{Mishap, Passing, Sandbox, Wire};

/// The operation that is refused by 429, all of whose calls a policy holds back for a second then.
const LIMITED: &str = "/2/users/by/username/XDevelopers";

const STATUSES: [&str; 5] = [
    "500 Internal Server Error",
    "502 Bad Gateway",
    "503 Service Unavailable",
    "504 Gateway Timeout",
    "501 Not Implemented",
];

/// How many requests to create a post came twice.
#[derive(Clone, Debug, Default)]
pub(crate) struct Repeated(Arc<AtomicUsize>);

impl Repeated {
    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

/// A relay in front of the sandbox, on which a third of all requests come to grief.
pub(crate) fn wire(sandbox: &Sandbox, seed: u64, repeated: &Repeated) -> Wire {
    let repeated = repeated.clone();
    sandbox
        .through(move |request| {
            let mishap = mishap(seed, request);
            let is_create = request.method == "POST" && request.path == "/2/tweets";
            if mishap == Mishap::Twice && is_create {
                repeated.0.fetch_add(1, Ordering::Relaxed);
            }
            mishap
        })
        .unwrap()
}

fn mishap(seed: u64, request: &Passing) -> Mishap {
    let number = request.number;
    // Any mixing will do that takes neighbours apart.
    let dice = (seed ^ number).wrapping_mul(0x2545_f491_4f6c_dd1d) >> 40;
    let is_signed = request.path == "/2/users/me" || request.path.starts_with("/2/tweets");
    match dice % 100 {
        0..30 => match Mishap::drawn(seed, number) {
            // Only the nonce of a signature tells a request from its copy.
            Mishap::Twice if !is_signed => Mishap::None,
            mishap => mishap,
        },
        30..34 => Mishap::Intercept(refusal(STATUSES[(dice / 100 % 5) as usize], "", "{}")),
        34..38 => Mishap::Replace(refusal(STATUSES[(dice / 100 % 5) as usize], "", "")),
        38..58 if request.path == LIMITED => Mishap::Intercept(too_many(dice / 100)),
        _ => Mishap::None,
    }
}

/// The three kinds of 429: a window, a day, and the cap that credits have.
fn too_many(kind: u64) -> Vec<u8> {
    const STATUS: &str = "429 Too Many Requests";
    const BLANK: &str = r#"{"title":"Too Many Requests","type":"about:blank","status":429}"#;
    const CAPPED: &str = r#"{"title":"UsageCapExceeded","period":"Monthly","scope":"Product",
        "type":"https://api.x.com/2/problems/usage-capped"}"#;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let spent =
        |name| format!("{name}-limit: 9\r\n{name}-remaining: 0\r\n{name}-reset: {}\r\n", now + 1);
    match kind % 3 {
        0 => refusal(STATUS, &spent("x-rate-limit"), BLANK),
        1 => refusal(STATUS, &spent("x-app-limit-24hour"), BLANK),
        _ => refusal(STATUS, "", CAPPED),
    }
}

fn refusal(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
         {headers}connection: close\r\n\r\n{body}"
    )
    .into_bytes()
}
