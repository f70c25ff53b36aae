//! `twitter login`: a user by OAuth 2.0.

use twitter_sandbox::Sandbox;

use crate::support::{Twitter, get, parameter, with_callback};

const KEYS: &[&str] = &["X_CLIENT_ID", "X_CLIENT_SECRET"];

#[test]
fn the_pasted_callback_logs_in() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, KEYS);
    let said = twitter.log_in(&sandbox, &[]);
    said.expect(
        0,
        &[
            "must have this callback URL, to the letter: http://127.0.0.1:8080/callback",
            "Then paste here the whole address",
            "Logged in as @sandbox_owner, with media.write offline.access tweet.read tweet.write \
             users.read.",
        ],
    );
    assert_eq!(said.out, "");
    let me = twitter.run(&["whoami"]);
    assert_eq!(me.expect(0, &[]).json()["username"], "sandbox_owner");
    #[cfg(unix)]
    assert_eq!(crate::support::mode(&twitter.file("default", "oauth2.json")), "600");
}

#[test]
fn a_public_client_logs_in() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BASE_URL"])
        .with("X_CLIENT_ID", &sandbox.keys().public_client_id);
    twitter.log_in(&sandbox, &[]).expect(0, &["Logged in as @sandbox_owner"]);
}

#[test]
fn the_browser_comes_back_by_itself() {
    let (sandbox, uri) = with_callback(Sandbox::builder());
    let twitter = Twitter::of(&sandbox, KEYS);
    let mut login = twitter.start(&["login", "--no-browser", "--redirect-uri", &uri]);
    let page = login.page();
    login.wait_for("Then paste here");
    let callback = sandbox.approve_oauth2(&page).unwrap();
    // Neither an idle connection, nor an icon, nor another login's callback is in its way.
    let address = uri.strip_prefix("http://").unwrap().split('/').next().unwrap();
    let _idle = std::net::TcpStream::connect(address).unwrap();
    assert!(get(&format!("http://{address}/favicon.ico")).starts_with("HTTP/1.1 404 "));
    let wrong = get(&format!("{uri}?state=other&code=c"));
    assert!(wrong.starts_with("HTTP/1.1 400 ") && wrong.contains("not the login"), "{wrong}");
    let right = get(&callback);
    assert!(right.starts_with("HTTP/1.1 200 ") && right.contains("Signed in."), "{right}");
    assert!(right.contains("Referrer-Policy: no-referrer"), "{right}");
    login.end().expect(0, &["belongs to another login", "Logged in as @sandbox_owner"]);
}

#[test]
fn a_wrong_state_is_told_and_the_login_goes_on() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, KEYS);
    let mut login = twitter.start(&["login", "--no-browser"]);
    let page = login.page();
    let callback = sandbox.approve_oauth2(&page).unwrap();
    login.write("http://127.0.0.1:8080/callback?state=guessed&code=stolen");
    login.write("");
    login.write("hello");
    login.write(&callback);
    login.end().expect(0, &["belongs to another login", "Logged in as"]);
}

#[test]
fn refused_consent_ends_the_login() {
    let (sandbox, uri) = with_callback(Sandbox::builder());
    let twitter = Twitter::of(&sandbox, KEYS);
    let mut login = twitter.start(&["login", "--no-browser", "--redirect-uri", &uri]);
    let page = login.page();
    login.wait_for("Then paste here");
    let state = parameter(&page, "state");
    let answer = get(&format!("{uri}?error=access_denied&state={state}"));
    assert!(answer.contains("Not signed in. The terminal says why."), "{answer}");
    login.end().expect(4, &["consent was refused on the page: begin again"]);
    twitter.run(&["whoami"]).expect(3, &["`twitter login` obtains one"]);
}

#[test]
fn a_callback_without_code_and_other_refusals_name_the_redirect_uri() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, KEYS);
    for query in ["a=b", "code=", "error=invalid_scope&error_description=no"] {
        let mut login = twitter.start(&["login", "--no-browser"]);
        let page = login.page();
        let state = parameter(&page, "state");
        login.write(&format!("http://127.0.0.1:8080/callback?state={state}&{query}"));
        let uri = "must be http://127.0.0.1:8080/callback to the letter";
        login.end().expect(4, &[uri]);
    }
}

#[test]
fn a_code_works_once_and_for_30_seconds() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, KEYS);
    let mut login = twitter.start(&["login", "--no-browser"]);
    let page = login.page();
    let callback = sandbox.approve_oauth2(&page).unwrap();
    sandbox.advance(std::time::Duration::from_secs(31));
    login.write(&callback);
    login.end().expect(4, &["a code lasts 30 seconds", "log in again"]);
}

#[test]
fn the_least_scopes_are_asked_for() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, KEYS);
    for (options, scopes) in [
        (
            vec!["--for", "posts.create,users.me"],
            "offline.access tweet.read tweet.write users.read",
        ),
        (vec!["--for", "users.me"], "offline.access tweet.read users.read"),
        (vec!["--for", "getUsersMe", "--scopes", "like.read"], {
            "like.read offline.access tweet.read users.read"
        }),
        (vec!["--scopes", "dm.read,dm.write"], "dm.read dm.write offline.access"),
    ] {
        let mut login = twitter.start(&[vec!["login", "--no-browser"], options].concat());
        let page = login.page();
        assert_eq!(parameter(&page, "scope").replace("%20", " "), scopes);
        login.child.kill().unwrap();
        login.child.wait().unwrap();
    }
}

#[test]
fn wrong_wishes_are_told_before_anything_is_sent() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, KEYS);
    for (options, words) in [
        (["--for", "posts.create,users.mee"], "--for users.mee: there is no such operation"),
        (["--scopes", "tweet.read,a\"b"], "a\"b: "),
        (["--redirect-uri", "callback"], "--redirect-uri: "),
    ] {
        twitter.run(&[&["login"][..], &options].concat()).expect(2, &[words]);
    }
    let said = twitter.run(&["login", "--app", "--for", "users.me"]);
    said.expect(2, &["cannot be used with"]);
    assert_eq!(sandbox.requests(), []);
}

#[test]
fn without_input_and_browser_the_login_ends() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, KEYS);
    // Nothing can listen there.
    let uri = "https://app.example/callback";
    let said = twitter.run(&["login", "--redirect-uri", uri]);
    said.expect(
        1,
        &[
            "https://app.example/callback is not on this machine",
            "standard input ended before the login did: begin again",
        ],
    );
}

#[test]
fn the_client_id_is_asked_for_where_it_is_missing() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BASE_URL"]);
    let said = twitter.run(&["login"]);
    said.expect(3, &["X_CLIENT_ID must be set", "https://console.x.com", "--keys-from-stdin"]);
}

#[test]
fn a_renewed_token_is_kept() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, KEYS);
    sandbox.set_access_token_lifetime(std::time::Duration::from_secs(1));
    twitter.log_in(&sandbox, &[]).expect(0, &[]);
    let before = sandbox.refreshes().rotated;
    for _ in 0..3 {
        twitter.run(&["whoami"]).expect(0, &[]);
    }
    let refreshes = sandbox.refreshes();
    assert_eq!((refreshes.rotated - before, refreshes.reused), (3, 0));
}
