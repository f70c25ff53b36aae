//! Judges from outside: Authlib, requests-oauthlib, tweepy and xdk, of PyPI, and twitter-api-v2, of npm, sign in; the
//! last three read, write, page, stream and upload as well. xdk-rs, of crates.io, does so in `benches/tests/xdk_rs.rs`.
//!
//! `X_PYTHON` names a Python that has the packages of `tests/judges/requirements.txt`, `NODE_PATH` a
//! `node_modules` that has those of `tests/judges/npm/package.json`.

use std::env;
use std::io::{Write, stderr};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::json;
use twitter_sandbox::{Disconnect, Sandbox, Stream};

const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judges");

#[test]
fn authlib_signs_in() {
    let Some(sandbox) = judge("with_authlib.py", "authlib") else { return };
    let refreshes = sandbox.refreshes();
    assert_eq!((refreshes.rotated, refreshes.reused), (2, 2));
}

#[test]
fn requests_oauthlib_signs_in() {
    let Some(sandbox) = judge("with_requests_oauthlib.py", "requests_oauthlib") else { return };
    let refreshes = sandbox.refreshes();
    assert_eq!((refreshes.rotated, refreshes.reused), (2, 2));
}

#[test]
fn tweepy_signs_in_and_makes_requests() {
    let Some(sandbox) = judge("with_tweepy.py", "tweepy") else { return };
    called(
        &sandbox,
        &["getUsersMe", "searchPostsRecent", "createPosts", "deletePosts", "getUsersFollowers"],
    );
}

#[test]
fn xdk_signs_in_reads_writes_and_uploads() {
    let Some(sandbox) = judge("with_xdk.py", "xdk") else { return };
    called(&sandbox, &CALLED);
    called(&sandbox, &["mediaUpload", "getUsersPosts", "getUsersLikedPosts"]);
}

#[test]
fn twitter_api_v2_signs_in_reads_writes_and_uploads() {
    let Some(node) = node("twitter-api-v2") else { return };
    let sandbox = Sandbox::start().unwrap();
    run(&node, "npm/with_twitter_api_v2.js", &sandbox, false);
    called(&sandbox, &CALLED);
    let refreshes = sandbox.refreshes();
    assert_eq!((refreshes.rotated, refreshes.reused), (2, 2));
}

/// What both xdk and twitter-api-v2 do.
const CALLED: [&str; 12] = [
    "getUsersMe",
    "getUsersByUsername",
    "getUsersFollowers",
    "searchPostsRecent",
    "createPosts",
    "getPostsById",
    "deletePosts",
    "likePost",
    "unlikePost",
    "initializeMediaUpload",
    "appendMediaUpload",
    "finalizeMediaUpload",
];

/// Asserts that each of these operations was called, and answered well.
fn called(sandbox: &Sandbox, operations: &[&str]) {
    let requests = sandbox.requests();
    for operation in operations {
        let done = requests.iter().any(|r| r.operation == Some(operation) && r.status < 300);
        assert!(done, "nobody called {operation}");
    }
}

#[test]
fn tweepy_reads_the_filtered_stream() {
    let Some(python) = python("tweepy") else { return };
    stream(&python, "with_tweepy_stream.py");
}

#[test]
fn xdk_reads_the_filtered_stream() {
    let Some(python) = python("xdk") else { return };
    stream(&python, "with_xdk.py");
}

#[test]
fn twitter_api_v2_reads_the_filtered_stream() {
    let Some(node) = node("twitter-api-v2") else { return };
    stream(&node, "npm/with_twitter_api_v2.js");
}

/// Publishes 50 posts to each of four connections, the first three of which end, each in another way. The script adds
/// its rules before, and reads until it has all posts.
fn stream(program: &str, script: &str) {
    let sandbox = Sandbox::builder().keep_alive(Duration::from_millis(50)).start().unwrap();
    let stream = sandbox.stream(Stream::Filtered);
    let connected = || stream.wait_connected(1, Duration::from_secs(30));
    thread::scope(|scope| {
        let published = scope.spawn(|| {
            for end in [Some(0), Some(1), Some(2), None] {
                if !connected() {
                    return false;
                }
                sandbox.publish("not what the rules ask for");
                sandbox.publish_numbered(50);
                match end {
                    Some(0) => stream.disconnect(Disconnect::Operational),
                    Some(1) => stream.abort(),
                    Some(_) => stream.close(),
                    None => {}
                }
            }
            true
        });
        run(program, script, &sandbox, true);
        assert!(published.join().unwrap(), "{script} connects again each time");
    });
}

/// Lets a script judge a new sandbox; `None` if there is no Python to run it.
fn judge(script: &str, package: &str) -> Option<Sandbox> {
    let python = python(package)?;
    let sandbox = Sandbox::start().unwrap();
    run(&python, script, &sandbox, false);
    Some(sandbox)
}

/// A Node.js that has the package.
fn node(package: &str) -> Option<String> {
    let node = "node";
    let require = ["-e", &format!("require('{package}')")];
    let status = Command::new(node).args(require).stderr(Stdio::null()).status();
    if status.is_ok_and(|status| status.success()) {
        return Some(node.to_owned());
    }
    say(&format!(
        "skipped: {node} has no {package}. Run: cp twitter-sandbox/tests/judges/npm/package*.json \
         target && npm ci --prefix target, then set NODE_PATH=$PWD/target/node_modules"
    ));
    None
}

/// A Python that has the package.
fn python(package: &str) -> Option<String> {
    let python = env::var("X_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if has(&python, package) {
        return Some(python);
    }
    say(&format!(
        "skipped: {python} has no {package}. Run: python3 -m venv .venv && .venv/bin/pip \
         install -r twitter-sandbox/tests/judges/requirements.txt, then set \
         X_PYTHON=$PWD/.venv/bin/python"
    ));
    None
}

/// Lets a script judge a sandbox, whose stream it reads or all else.
fn run(program: &str, script: &str, sandbox: &Sandbox, streams: bool) {
    let keys = sandbox.keys();
    let told = json!({
        "base_url": sandbox.base_url(),
        "redirect_uri": sandbox.redirect_uris()[0],
        "owner_id": sandbox.owner_id().to_string(),
        "api_key": keys.api_key,
        "api_secret": keys.api_secret,
        "bearer_token": keys.bearer_token,
        "client_id": keys.client_id,
        "client_secret": keys.client_secret,
        "public_client_id": keys.public_client_id,
        "streams": streams,
    });
    let mut process = Command::new(program)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .arg(Path::new(SCRIPTS).join(script))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program} does not start: {error}"));
    write!(process.stdin.take().expect("piped"), "{told}").unwrap();
    let output = process.wait_with_output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        output.status.success(),
        "{}{}\nthe sandbox received {:#?}",
        text(&output.stdout),
        text(&output.stderr),
        sandbox.requests()
    );
}

fn has(python: &str, package: &str) -> bool {
    let import = ["-c", &format!("import {package}, requests")];
    let status = Command::new(python).args(import).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

#[expect(clippy::explicit_write, reason = "the test harness hides what `eprintln!` writes")]
fn say(text: &str) {
    writeln!(stderr(), "{text}").unwrap();
}
