//! Logins through a real browser: headless Chromium, from the click on the consent page to the token
//! that is kept.
#![cfg(unix)]

#[path = "support/chromium.rs"]
mod chromium;
mod support;

use std::fs;
use std::time::{Duration, Instant};

use twitter_sandbox::{Builder, Sandbox};

use chromium::Chromium;
use support::{Running, Said, Twitter, with_callback};

#[test]
fn a_browser_clicks_its_way_through_every_login() {
    let Some(chromium) = Chromium::start() else {
        println!("skipped: there is no chromium with chromedriver; X_CHROMIUM names another");
        return;
    };
    oauth2_consent(&chromium);
    oauth2_cancel(&chromium);
    oauth1_consent(&chromium);
    oauth1_cancel(&chromium);
    pin(&chromium);
    unregistered_redirect_uri(&chromium);
}

fn oauth2_consent(chromium: &Chromium) {
    let mut login = Login::start(Sandbox::builder(), &[]);
    chromium.open(&login.page);
    assert_eq!(chromium.text("#user"), "@sandbox_owner");
    assert!(chromium.text("#rights").contains("tweet.write"), "{}", chromium.text("#rights"));
    chromium.click("#allow");
    chromium.wait_for("Signed in. You can close this page.");
    assert!(chromium.url().starts_with(&login.uri), "{}", chromium.url());
    login.end().expect(0, &["Waiting for the browser to come back", "Logged in as @sandbox_owner"]);
    assert!(login.twitter.file("default", "oauth2.json").exists());
    assert_is_logged_in(&login.twitter);
}

fn oauth2_cancel(chromium: &Chromium) {
    let mut login = Login::start(Sandbox::builder(), &[]);
    chromium.open(&login.page);
    chromium.click("#cancel");
    chromium.wait_for("Not signed in. The terminal says why.");
    login.end().expect(4, &["consent was refused on the page"]);
    assert!(!login.twitter.file("default", "oauth2.json").exists());
}

fn oauth1_consent(chromium: &Chromium) {
    let mut login = Login::start(Sandbox::builder(), &["--oauth1"]);
    chromium.open(&login.page);
    chromium.click("#allow");
    chromium.wait_for("Signed in. You can close this page.");
    login.end().expect(0, &["Logged in as @sandbox_owner"]);
    assert_is_logged_in(&login.twitter);
}

fn oauth1_cancel(chromium: &Chromium) {
    let mut login = Login::start(Sandbox::builder(), &["--oauth1"]);
    chromium.open(&login.page);
    chromium.click("#cancel");
    chromium.wait_for("Not signed in. The terminal says why.");
    login.end().expect(4, &["the user denied access"]);
}

fn pin(chromium: &Chromium) {
    let mut login = Login::start(Sandbox::builder(), &["--pin"]);
    chromium.open(&login.page);
    chromium.click("#allow");
    let pin = chromium.text("#oauth_pin");
    login.running.as_mut().unwrap().write(&pin);
    login.end().expect(0, &["Then type the PIN", "Logged in as @sandbox_owner"]);
    assert_is_logged_in(&login.twitter);
}

/// The page tells it, and the command has said before what the App needs.
fn unregistered_redirect_uri(chromium: &Chromium) {
    let mut login = Login::start(Sandbox::builder(), &["--redirect-uri", "http://127.0.0.1:9/"]);
    chromium.open(&login.page);
    assert!(chromium.text("#error").contains("http://127.0.0.1:9/"), "{}", chromium.text("#error"));
    let mut running = login.running.take().unwrap();
    running.child.kill().unwrap();
    running.child.wait().unwrap();
}

fn assert_is_logged_in(twitter: &Twitter) {
    let me = twitter.run(&["whoami"]);
    assert_eq!(me.expect(0, &[]).json()["username"], "sandbox_owner");
}

/// A login that has opened its page.
struct Login {
    twitter: Twitter,
    running: Option<Running>,
    page: String,
    uri: String,
    _sandbox: Sandbox,
}

impl Login {
    fn start(builder: Builder, options: &[&str]) -> Self {
        let (sandbox, uri) = with_callback(builder);
        let keys = ["X_API_KEY", "X_API_SECRET", "X_CLIENT_ID", "X_CLIENT_SECRET"];
        let mut twitter = Twitter::of(&sandbox, &keys);
        let opened = twitter.home.path("opened");
        twitter.set("BROWSER", browser(&twitter));
        let uris =
            if options.contains(&"--redirect-uri") { &[][..] } else { &["--redirect-uri", &uri] };
        let running = twitter.start(&[&["login"], options, uris].concat());
        let began = Instant::now();
        let page = loop {
            match fs::read_to_string(&opened) {
                Ok(page) if page.ends_with('\n') => break page.trim().to_owned(),
                _ => assert!(began.elapsed() < Duration::from_secs(20), "no page was opened"),
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        Self { twitter, running: Some(running), page, uri, _sandbox: sandbox }
    }

    fn end(&mut self) -> Said {
        self.running.take().unwrap().end()
    }
}

/// A program for `BROWSER` that hands the page over to the test, which has the browser.
fn browser(twitter: &Twitter) -> String {
    use std::os::unix::fs::PermissionsExt as _;
    let program = twitter.home.path("browser");
    let text =
        format!("#!/bin/sh\nprintf '%s\\n' \"$1\" >'{}'\n", twitter.home.path("opened").display());
    fs::write(&program, text).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    program.to_str().unwrap().to_owned()
}
