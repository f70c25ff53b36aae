//! `twitter login --oauth1` and `--pin`.

use twitter_sandbox::Sandbox;

use crate::support::{Twitter, get, parameter, with_callback};

const KEYS: &[&str] = &["X_API_KEY", "X_API_SECRET"];

#[test]
fn the_pasted_callback_logs_in() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, KEYS);
    let mut login = twitter.start(&["login", "--oauth1", "--no-browser"]);
    let page = login.page();
    let token = parameter(&page, "oauth_token");
    let verifier = sandbox.approve(token).unwrap();
    login.write("http://127.0.0.1:8080/callback?oauth_token=other&oauth_verifier=v");
    login.write(&format!(
        "http://127.0.0.1:8080/callback?oauth_token={token}&oauth_verifier={verifier}"
    ));
    let said = login.end();
    said.expect(0, &["belongs to another login", "Logged in as @sandbox_owner."]);
    assert_eq!(said.out, "");
    assert_eq!(twitter.run(&["whoami"]).expect(0, &[]).json()["username"], "sandbox_owner");
    #[cfg(unix)]
    assert_eq!(crate::support::mode(&twitter.file("default", "tokens")), "600");
}

#[test]
fn the_browser_comes_back_by_itself() {
    let (sandbox, uri) = with_callback(Sandbox::builder());
    let twitter = Twitter::of(&sandbox, KEYS);
    let mut login = twitter.start(&["login", "--oauth1", "--redirect-uri", &uri]);
    let page = login.page();
    login.wait_for("Then paste here");
    let token = parameter(&page, "oauth_token");
    let verifier = sandbox.approve(token).unwrap();
    let answer = get(&format!("{uri}?oauth_token={token}&oauth_verifier={verifier}"));
    assert!(answer.contains("Signed in."), "{answer}");
    login.end().expect(0, &["Logged in as @sandbox_owner."]);
}

#[test]
fn refused_consent_ends_the_login() {
    let (sandbox, uri) = with_callback(Sandbox::builder());
    let twitter = Twitter::of(&sandbox, KEYS);
    let mut login = twitter.start(&["login", "--oauth1", "--redirect-uri", &uri]);
    let page = login.page();
    login.wait_for("Then paste here");
    get(&format!("{uri}?denied={}", parameter(&page, "oauth_token")));
    login.end().expect(4, &["the user denied access"]);
}

#[test]
fn a_pin_logs_in() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, KEYS);
    twitter
        .log_in_by_pin(&sandbox)
        .expect(0, &["Then type the PIN", "Logged in as @sandbox_owner"]);
    twitter.run(&["whoami"]).expect(0, &[]);
}

#[test]
fn a_pin_is_looked_at_before_it_is_sent() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, KEYS);
    let mut login = twitter.start(&["login", "--pin", "--no-browser"]);
    let page = login.page();
    let pin = sandbox.approve(parameter(&page, "oauth_token")).unwrap();
    login.write("my PIN");
    login.write(&pin);
    login.end().expect(0, &["PIN", "Logged in as @sandbox_owner"]);
    assert_eq!(sandbox.requests().iter().filter(|r| r.path == "/oauth/access_token").count(), 1);
}

#[test]
fn a_wrong_pin_is_refused() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, KEYS);
    let mut login = twitter.start(&["login", "--pin", "--no-browser"]);
    let page = login.page();
    let pin: u32 = sandbox.approve(parameter(&page, "oauth_token")).unwrap().parse().unwrap();
    login.write(&format!("{:07}", (pin + 1) % 10_000_000));
    login.end().expect(4, &["begin the login again and type the new PIN"]);
    twitter.run(&["whoami"]).expect(3, &[]);
}

#[test]
fn an_unregistered_callback_is_named_to_the_letter() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, KEYS);
    let uri = "http://127.0.0.1:8080/callback/";
    let said = twitter.run(&["login", "--oauth1", "--redirect-uri", uri]);
    said.expect(4, &["add exactly this callback URL", "console: http://127.0.0.1:8080/callback/"]);
}

#[test]
fn a_wrong_clock_is_said() {
    let sandbox = Sandbox::builder().clock_offset(600).start().unwrap();
    let twitter = Twitter::of(&sandbox, KEYS);
    twitter.run(&["login", "--pin"]).expect(4, &["set this machine's clock, since X's says "]);
}
