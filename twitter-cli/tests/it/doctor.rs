//! `twitter doctor`: what it finds, and what it says to do.

use serde_json::Value;
use twitter_sandbox::{AppPermission, Fault, KeyKind, Sandbox};

use crate::support::{Said, Twitter};

const CLIENT: &[&str] = &["X_CLIENT_ID", "X_CLIENT_SECRET"];
const USER: &[&str] = &["X_API_KEY", "X_API_SECRET", "X_ACCESS_TOKEN", "X_ACCESS_TOKEN_SECRET"];

/// What is wrong with the only credential.
#[track_caller]
fn problem(said: &Said) -> String {
    let report = said.json();
    let [credential] = &report["credentials"].as_array().unwrap()[..] else { panic!("{report}") };
    let problem = credential["problem"].as_str().unwrap_or_else(|| panic!("{report}")).to_owned();
    assert!(said.err.contains(&format!("  ! {problem}")), "{said:#?}");
    if let Some(cause) = credential["cause"].as_str() {
        assert!(said.err.contains(&format!("    cause: {cause}\n")), "{said:#?}");
        assert!(twitter_types::endpoint::Cause::named(cause).is_some(), "{cause}");
    }
    problem
}

/// The name of the cause of what is wrong with the only credential.
#[track_caller]
fn cause(said: &Said) -> String {
    problem(said);
    let report = said.json();
    report["credentials"][0]["cause"].as_str().unwrap_or_else(|| panic!("{report}")).to_owned()
}

#[test]
fn healthy_credentials_are_all_there() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &[]);
    twitter.log_in(&sandbox, &[]).expect(0, &[]);
    let said = twitter.run(&["doctor"]);
    said.expect(
        0,
        &[
            "X_API_KEY              from X_API_KEY",
            "app-only token, from X_BEARER_TOKEN",
            "OAuth 2.0 user, from twitter login",
            "OAuth 1.0a user, from X_ACCESS_TOKEN",
            "works: users.me was answered",
            "works: the App has this callback URL",
        ],
    );
    let report = said.json();
    let credentials = report["credentials"].as_array().unwrap();
    let kinds: Vec<_> = credentials.iter().map(|c| c["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["app-only token", "OAuth 2.0 user", "OAuth 1.0a user"]);
    // By the specification: 42 take the App's token alone, 36 anything, 10 the App's or OAuth 2.0.
    assert_eq!(credentials[0]["unlocks"], 42 + 36 + 10);
    assert_eq!(credentials[2]["unlocks"], 159 + 36);
    assert_eq!(credentials[2]["access"], "read-write-directmessages");
    for credential in credentials {
        assert_eq!(credential["problem"], Value::Null, "{report}");
        assert_eq!(credential["clock_skew_seconds"], Value::Null, "{report}");
    }
    assert_eq!(report["warnings"], Value::Array(vec![]));
}

#[test]
fn offline_sends_nothing() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &[]);
    let said = twitter.run(&["doctor", "--offline"]);
    assert_eq!(said.expect(0, &["not tried"]).json()["credentials"][0]["tried"], Value::Null);
    assert_eq!(sandbox.requests(), []);
}

#[test]
fn without_a_credential_the_next_step_is_said() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BASE_URL"]);
    let said = twitter.run(&["doctor"]);
    said.expect(
        3,
        &[
            "X_API_KEY              not set",
            "No credential yet: `twitter login`",
            "with X_CLIENT_ID",
        ],
    );
    assert_eq!(said.json()["credentials"], Value::Array(vec![]));
}

#[test]
fn a_login_without_its_client_id_is_not_forgotten() {
    let sandbox = Sandbox::start().unwrap();
    let mut twitter = Twitter::of(&sandbox, CLIENT);
    twitter.log_in(&sandbox, &[]).expect(0, &[]);
    twitter.unset("X_CLIENT_ID");
    twitter.unset("X_CLIENT_SECRET");
    twitter.run(&["doctor"]).expect(3, &["X_CLIENT_ID is not set now"]);
    twitter.run(&["whoami"]).expect(3, &["X_CLIENT_ID is not set now"]);
}

#[test]
fn an_app_outside_of_projects() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &[]);
    sandbox.set_enrolled(false);
    let said = twitter.run(&["doctor"]);
    said.expect(4, &["attach the App to a Project", "not every credential works: see above"]);
    let report = said.json();
    for credential in report["credentials"].as_array().unwrap() {
        assert!(credential["problem"].as_str().unwrap().contains("attach the App"), "{report}");
        assert_eq!(credential["cause"], "client-not-enrolled");
    }
}

#[test]
fn regenerated_keys() {
    for (kind, id) in
        [(KeyKind::ApiKey, "oauth1-not-accepted"), (KeyKind::AccessToken, "access-token-ended")]
    {
        let mut sandbox = Sandbox::start().unwrap();
        let twitter = Twitter::of(&sandbox, USER);
        sandbox.regenerate(kind).unwrap();
        let said = twitter.run(&["doctor"]);
        assert!(problem(said.expect(4, &[])).contains("regenerat"), "{said:#?}");
        assert_eq!(cause(&said), id);
    }
    let mut sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    sandbox.regenerate(KeyKind::BearerToken).unwrap();
    assert_eq!(cause(twitter.run(&["doctor"]).expect(4, &["regenerated"])), "token-ended");
    let mut sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, CLIENT);
    sandbox.set_access_token_lifetime(std::time::Duration::from_secs(1));
    twitter.log_in(&sandbox, &[]).expect(0, &[]);
    sandbox.regenerate(KeyKind::ClientSecret).unwrap();
    // As long as the access token lives, nobody asks for the secret.
    std::thread::sleep(std::time::Duration::from_millis(1500));
    let said = twitter.run(&["doctor"]);
    assert_eq!(cause(said.expect(4, &["Client Secret"])), "client-secret-missing");
}

#[test]
fn a_missing_scope_is_named() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, CLIENT);
    twitter.log_in(&sandbox, &["--scopes", "tweet.read"]).expect(0, &["Logged in, with"]);
    let said = twitter.run(&["doctor"]);
    let words = "the login lacks users.read: `twitter login --scopes tweet.read,users.read`";
    assert_eq!(cause(said.expect(4, &[words])), "oauth2-forbidden");
    twitter.run(&["whoami"]).expect(4, &[words]);
}

#[test]
fn a_token_that_may_only_read() {
    let builder = Sandbox::builder().app_permission(AppPermission::Read);
    let sandbox = builder.start().unwrap();
    let twitter = Twitter::of(&sandbox, USER);
    // Permissions of the App reach a token only when it is made.
    sandbox.set_app_permission(AppPermission::ReadWrite);
    let said = twitter.run(&["doctor"]);
    said.expect(0, &["access: read", "it cannot write: set the App's permission"]);
    assert_eq!(said.json()["credentials"][0]["access"], "read");
    twitter.run(&["post", "hello"]).expect(4, &["permission", "log the user in again"]);
}

#[test]
fn an_unregistered_redirect_uri_is_named_to_the_letter() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, USER);
    let uri = "http://localhost:8080/callback";
    let said = twitter.run(&["doctor", "--redirect-uri", uri]);
    // The credential works all the same.
    said.expect(0, &["add exactly this callback URL", uri]);
    let report = said.json();
    assert_eq!(report["login"]["redirect_uri"], uri);
    assert!(report["login"]["problem"].as_str().unwrap().ends_with(uri), "{report}");
    assert_eq!(report["login"]["cause"], "callback-not-approved");
    twitter.run(&["doctor", "--redirect-uri", "hm"]).expect(2, &["--redirect-uri: "]);
}

#[test]
fn spent_credits() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    sandbox.fail_next(Fault::CreditsDepleted);
    let said = twitter.run(&["doctor"]);
    said.expect(5, &["buy credits in the developer console"]);
    assert_eq!(cause(&said), "credits-depleted");
}

#[test]
fn a_clock_that_is_ten_minutes_off() {
    for (offset, words) in [(600, "behind"), (-600, "ahead of")] {
        let sandbox = Sandbox::builder().clock_offset(offset).start().unwrap();
        let twitter = Twitter::of(&sandbox, USER);
        let said = twitter.run(&["doctor"]);
        said.expect(4, &["this machine's clock is ", words, "set it by a time server"]);
        assert_eq!(cause(&said), "clock-off");
        assert_eq!(said.err.matches("this machine's clock is ").count(), 1, "{said:#?}");
        let skew = said.json()["credentials"][0]["clock_skew_seconds"].as_i64().unwrap();
        assert!((-offset - 5..=-offset + 5).contains(&skew), "{skew}");
        // Where no signature depends on it, it is said all the same.
        let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
        twitter.run(&["doctor"]).expect(0, &["this machine's clock is ", words]);
    }
}

#[test]
fn a_revoked_login() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, CLIENT);
    twitter.log_in(&sandbox, &[]).expect(0, &[]);
    sandbox.advance(std::time::Duration::from_secs(3 * 3600));
    // The access token looks alive by this machine's clock, and X has ended it.
    let said = twitter.run(&["doctor"]);
    assert!(problem(said.expect(4, &[])).ends_with("log in again: `twitter login`"), "{said:#?}");
}

#[test]
fn half_of_a_pair_hides_nothing_else() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN", "X_ACCESS_TOKEN", "X_API_KEY"]);
    let said = twitter.run(&["doctor"]);
    let missing =
        "X_ACCESS_TOKEN_SECRET and X_API_SECRET are missing beside X_ACCESS_TOKEN: set them";
    said.expect(3, &["works: usage.posts was answered", missing]);
    let report = said.json();
    assert_eq!(report["credentials"][0]["problem"], Value::Null, "{report}");
    assert_eq!(report["credentials"][1]["kind"], "OAuth 1.0a user");
}

#[test]
fn half_of_the_app_is_told() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_API_KEY"]);
    let said = twitter.run(&["doctor"]);
    let missing = "X_API_SECRET is missing beside X_API_KEY";
    said.expect(3, &[missing]);
    assert!(said.json()["login"]["problem"].as_str().unwrap().contains(missing), "{said:#?}");
}

#[test]
fn no_answer() {
    let twitter = Twitter::new().with("X_BASE_URL", "http://127.0.0.1:9");
    let twitter = twitter.with("X_BEARER_TOKEN", "AAAAAAAAAAAAAAAAAAAAAexample%2Ftoken");
    assert_eq!(cause(twitter.run(&["doctor"]).expect(6, &[])), "no-connection");
}

#[test]
fn mixed_up_keys_are_noticed() {
    let sandbox = Sandbox::start().unwrap();
    let twitter =
        Twitter::of(&sandbox, &["X_BASE_URL"]).with("X_CLIENT_ID", &sandbox.keys().api_key);
    let said = twitter.run(&["doctor", "--offline"]);
    said.expect(3, &["! X_CLIENT_ID looks like the API key, X_API_KEY: were they mixed up?"]);
    assert_eq!(said.json()["warnings"].as_array().unwrap().len(), 1);
}
