//! `twitter whoami` and `twitter logout`.

use std::fs;

use twitter_sandbox::{Fault, KeyKind, Sandbox};

use crate::support::{Twitter, write_private};

#[test]
fn whoami_prints_a_user() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &[]);
    let me = twitter.run(&["whoami"]).expect(0, &[]).json();
    assert_eq!(me["username"], "sandbox_owner");
    assert!(me["created_at"].is_string() && me["public_metrics"].is_object(), "{me}");
}

#[test]
fn every_login_is_ended_at_x() {
    let sandbox = Sandbox::start().unwrap();
    let names = ["X_API_KEY", "X_API_SECRET", "X_CLIENT_ID", "X_CLIENT_SECRET"];
    let twitter = Twitter::of(&sandbox, &names);
    twitter.log_in(&sandbox, &[]).expect(0, &[]);
    twitter.log_in_by_pin(&sandbox).expect(0, &[]);
    twitter.run(&["login", "--app"]).expect(0, &[]);
    let files = ["oauth2.json", "tokens"].map(|name| twitter.file("default", name));
    let kept = files.each_ref().map(|file| fs::read(file).unwrap());

    let said = twitter.run(&["logout"]);
    said.expect(
        0,
        &[
            "the OAuth 2.0 tokens are revoked",
            "the OAuth 1.0a token is invalidated",
            "the App's own token is invalidated",
        ],
    );
    assert_eq!(said.out, "");
    twitter.run(&["whoami"]).expect(3, &["there is no credential"]);
    twitter.run(&["logout"]).expect(0, &["Nobody is logged in"]);

    // Whoever had a copy has nothing.
    for (file, content) in files.iter().zip(kept) {
        write_private(file, content);
    }
    let said = twitter.run(&["doctor"]);
    let report = said.expect(4, &[]).json();
    let problems = report["credentials"].as_array().unwrap().iter().map(|c| &c["problem"]);
    assert_eq!(problems.filter(|problem| problem.is_string()).count(), 3, "{report}");
    assert_eq!(sandbox.refreshes().rotated, 0);
}

#[test]
fn without_an_answer_the_login_stays() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_CLIENT_ID", "X_CLIENT_SECRET"]);
    twitter.log_in(&sandbox, &[]).expect(0, &[]);
    sandbox.fail_next(Fault::CloseHalfWay);
    twitter.run(&["logout"]).expect(6, &["nothing has changed: try again"]);
    twitter.run(&["whoami"]).expect(0, &[]);
    twitter.run(&["logout"]).expect(0, &[]);
}

#[test]
fn a_refusal_says_what_is_left_to_do_and_stops_no_other() {
    let mut sandbox = Sandbox::start().unwrap();
    let names = ["X_API_KEY", "X_API_SECRET", "X_CLIENT_ID", "X_CLIENT_SECRET"];
    let twitter = Twitter::of(&sandbox, &names);
    twitter.log_in(&sandbox, &[]).expect(0, &[]);
    twitter.run(&["login", "--app"]).expect(0, &[]);
    sandbox.regenerate(KeyKind::ClientSecret).unwrap();
    twitter.run(&["logout"]).expect(
        4,
        &[
            "forgotten here, but it may live on at X",
            "https://x.com/settings/connected_apps",
            "the App's own token is invalidated",
        ],
    );
    twitter.run(&["logout"]).expect(0, &["Nobody is logged in"]);
}

#[test]
fn a_token_that_cannot_be_ended_is_kept() {
    let sandbox = Sandbox::start().unwrap();
    let mut twitter = Twitter::of(&sandbox, &["X_API_KEY", "X_API_SECRET"]);
    twitter.run(&["login", "--app"]).expect(0, &[]);
    let secret = sandbox.keys().api_secret.clone();
    twitter.unset("X_API_SECRET");
    twitter.unset("X_API_KEY");
    twitter.run(&["logout"]).expect(3, &["set them, then log out again"]);
    twitter.set("X_API_KEY", &sandbox.keys().api_key);
    twitter.set("X_API_SECRET", secret);
    twitter.run(&["logout"]).expect(0, &["invalidated"]);
}
