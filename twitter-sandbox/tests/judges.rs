//! Judges from outside: Authlib, requests-oauthlib and tweepy, of PyPI, sign in, make requests and read a stream.
//!
//! `X_PYTHON` names a Python that has the packages of `tests/judges/requirements.txt`.

use std::env;
use std::io::{Write, stderr};
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
    let requests = sandbox.requests();
    for operation in
        ["getUsersMe", "searchPostsRecent", "createPosts", "deletePosts", "getUsersFollowers"]
    {
        let done = requests.iter().any(|r| r.operation == Some(operation) && r.status < 300);
        assert!(done, "tweepy did not call {operation}");
    }
}

#[test]
fn tweepy_reads_the_filtered_stream() {
    let Some(python) = python("tweepy") else { return };
    let sandbox = Sandbox::builder().keep_alive(Duration::from_millis(50)).start().unwrap();
    let stream = sandbox.stream(Stream::Filtered);
    let connected = || stream.wait_connected(1, Duration::from_secs(30));
    thread::scope(|scope| {
        let published = scope.spawn(|| {
            // The script reads until it has all of these, and adds its rules before.
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
        run(&python, "with_tweepy_stream.py", &sandbox);
        assert!(published.join().unwrap(), "tweepy connects again each time");
    });
}

/// Lets a script judge a new sandbox; `None` if there is no Python to run it.
fn judge(script: &str, package: &str) -> Option<Sandbox> {
    let python = python(package)?;
    let sandbox = Sandbox::start().unwrap();
    run(&python, script, &sandbox);
    Some(sandbox)
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

/// Lets a script judge a sandbox.
fn run(python: &str, script: &str, sandbox: &Sandbox) {
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
    });
    let mut process = Command::new(python)
        .arg("-B")
        .arg(format!("{SCRIPTS}/{script}"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{python} does not start: {error}"));
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
