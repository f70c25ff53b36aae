//! `twitter --sandbox …` and `twitter sandbox`.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use twitter_sandbox::Sandbox;

use crate::support::Twitter;

/// Nothing is set: this is what somebody types who has just heard of the command.
#[test]
fn everything_can_be_tried_without_an_account() {
    let twitter = Twitter::new();
    let login = twitter.run(&["--sandbox", "login"]);
    login.expect(
        0,
        &[
            "A sandbox started",
            "the sandbox's user consents by himself",
            "Logged in as @sandbox_owner",
        ],
    );
    assert_eq!(login.out, "");
    let me = twitter.run(&["--sandbox", "whoami"]);
    assert_eq!(me.expect(0, &[]).json()["username"], "sandbox_owner");
    assert!(!me.err.contains("started"), "{me:#?}");
    let report = twitter.run(&["doctor", "--sandbox"]).expect(0, &[]).json();
    assert_eq!(report["credentials"].as_array().unwrap().len(), 3);
    for login in [&["--sandbox", "login", "--pin"][..], &["--sandbox", "login", "--oauth1"]] {
        twitter.run(login).expect(0, &["Logged in as @sandbox_owner"]);
    }
    twitter.run(&["--sandbox", "login", "--app"]).expect(0, &[]);
    assert!(!login.err.contains("console.x.com"), "{login:#?}");
    // What is to be typed next leads to the sandbox, too.
    let stream = ["--sandbox", "call", "bookmarks.all", "--id", "1480263945017876480"];
    let lacking = "the login lacks bookmark.read: `twitter --sandbox login --scopes bookmark.read,";
    twitter.run(&stream).expect(4, &[lacking]);
    let call = twitter.run(&["--sandbox", "call", "users.by_id", "--id", "2244994945"]);
    assert_eq!(call.expect(0, &[]).json()["data"]["username"], "XDevelopers");
    twitter.run(&["--sandbox", "post", "hello"]).expect(0, &[]);
    twitter.run(&["--sandbox", "logout"]).expect(0, &["revoked", "invalidated"]);

    // Without the sandbox there is nobody.
    twitter.run(&["whoami"]).expect(3, &["there is no credential"]);

    // It ends when its keys are deleted.
    let keys = twitter.file("sandbox", "keys");
    let address = address(&fs::read_to_string(&keys).unwrap());
    assert!(TcpStream::connect(&address).is_ok());
    fs::remove_file(keys).unwrap();
    assert_ends(&address);
}

/// Its keys and tokens are worth nothing beside those of a profile of the same name.
#[test]
fn what_was_obtained_from_x_is_left_alone() {
    let x = Sandbox::start().unwrap();
    let twitter = Twitter::of(&x, &["X_BASE_URL"]).with("X_PROFILE", "work");
    let keys = x.variables().map(|(name, value)| format!("{name}={value}\n")).concat();
    twitter.run_with(&["login", "--app", "--keys-from-stdin"], &keys).expect(0, &[]);
    twitter.log_in(&x, &[]).expect(0, &[]);
    let files = ["keys", "tokens", "oauth2.json"].map(|name| twitter.file("work", name));
    let before = files.each_ref().map(|file| fs::read(file).unwrap());
    for login in [&["login"][..], &["login", "--app"], &["login", "--pin"], &["logout"]] {
        twitter.run(&[&["--sandbox"], login].concat()).expect(0, &[]);
    }
    assert_eq!(files.each_ref().map(|file| fs::read(file).unwrap()), before);
    twitter.run(&["whoami"]).expect(0, &[]);
    twitter.run(&["--sandbox", "--base-url", x.base_url(), "whoami"]).expect(2, &["--base-url"]);
}

#[test]
fn commands_that_begin_at_once_share_one_sandbox() {
    let twitter = Twitter::new();
    let commands = [(); 4].map(|()| twitter.start(&["--sandbox", "whoami"]));
    let said = commands.map(|command| command.end());
    let started = said.iter().filter(|said| said.expect(0, &[]).err.contains("A sandbox started"));
    assert_eq!(started.count(), 1);
}

#[test]
fn a_redirect_uri_that_the_sandbox_does_not_know_is_named() {
    let twitter = Twitter::new();
    twitter.run(&["--sandbox", "whoami"]).expect(0, &[]);
    let uri = "http://127.0.0.1:8081/elsewhere";
    let said = twitter.run(&["--sandbox", "login", "--redirect-uri", uri]);
    said.expect(4, &[uri, "http://127.0.0.1:8080/callback"]);
}

#[test]
fn in_the_foreground_it_prints_its_keys() {
    let twitter = Twitter::new();
    let mut child = twitter.command(&["sandbox", "--idle", "1"]).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let lines: Vec<_> = lines.take(8).map(Result::unwrap).collect();
    let mut with_keys = Twitter::new();
    for line in &lines {
        let (name, value) = line.strip_prefix("export ").unwrap().split_once('=').unwrap();
        with_keys.set(name, value.trim_matches('\''));
    }
    with_keys.run(&["whoami"]).expect(0, &[]);
    let address = address(&lines.join("\n"));
    assert!(child.wait().unwrap().success());
    assert_ends(&address);
}

fn address(keys: &str) -> String {
    let line = keys.lines().find_map(|line| line.strip_prefix("export X_BASE_URL='http://"));
    line.unwrap().trim_end_matches('\'').to_owned()
}

fn assert_ends(address: &str) {
    let began = Instant::now();
    while TcpStream::connect(address).is_ok() {
        assert!(began.elapsed() < Duration::from_secs(20), "the sandbox lives on");
        std::thread::sleep(Duration::from_millis(50));
    }
}
