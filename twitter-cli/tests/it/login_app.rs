//! `twitter login --app`, and where the App's keys come from.

use std::fs;

use twitter_sandbox::{Fault, KeyKind, Sandbox};

use crate::support::Twitter;

const KEYS: &[&str] = &["X_API_KEY", "X_API_SECRET"];

#[test]
fn the_app_gets_its_token() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, KEYS);
    let said = twitter.run(&["login", "--app"]);
    assert_eq!(said.expect(0, &["The App's own token is kept."]).out, "");
    let user = twitter.run(&["call", "users.by_username", "--username", "XDevelopers"]);
    assert_eq!(user.expect(0, &[]).json()["data"]["username"], "XDevelopers");
    twitter.run(&["whoami"]).expect(
        3,
        &[
            "this takes an OAuth 1.0a user or an OAuth 2.0 user, and there is only an app-only token",
            "`twitter login` obtains",
        ],
    );
}

#[test]
fn wrong_keys_are_told() {
    let mut sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, KEYS);
    sandbox.regenerate(KeyKind::ApiKey).unwrap();
    let words = "compare the API key and secret with the developer console";
    twitter.run(&["login", "--app"]).expect(4, &[words]);
    sandbox.fail_next(Fault::Status(429, "{}".to_owned()));
    twitter.run(&["login", "--app"]).expect(5, &["429"]);
}

#[test]
fn keys_come_by_standard_input_and_are_kept() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BASE_URL"]);
    let keys = sandbox.keys();
    let lines = format!(
        "# from a password manager\n\nexport API_KEY='{}'\nX_API_SECRET = \"{}\" # new\nOTHER=1\n",
        keys.api_key, keys.api_secret
    );
    let said = twitter.run_with(&["login", "--app", "--keys-from-stdin"], &lines);
    said.expect(0, &["The keys are kept in ", "readable by you alone", "token is kept"]);
    // The next command needs nothing of it.
    twitter.run(&["call", "usage.posts"]).expect(0, &[]);
    let file = twitter.file("default", "keys");
    let kept = fs::read_to_string(&file).unwrap();
    assert!(kept.contains(&format!("X_API_KEY={}\n", keys.api_key)), "{kept}");
    assert!(!kept.contains("OTHER"), "{kept}");
    #[cfg(unix)]
    assert_eq!(crate::support::mode(&file), "600");
}

#[test]
fn input_without_a_key_and_mixed_up_keys_are_told() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BASE_URL"]);
    let login = ["login", "--app", "--keys-from-stdin"];
    twitter.run_with(&login, "OTHER=1\n").expect(2, &["holds no key", "X_CLIENT_ID=…"]);
    // A line that a key file would not take is not taken from here either, and not quoted.
    for (line, reason) in [
        ("X_API_KEY='secret", "standard input:2: the value has no quotation mark at its end"),
        ("X API KEY=secret", "standard input:2: what stands before the `=` is no name"),
        ("secret", "standard input:2: a line is NAME=value, and this has no `=`"),
    ] {
        let said = twitter.run_with(&login, &format!("X_CLIENT_ID=a # a comment\n{line}\n"));
        assert!(!said.expect(2, &[reason]).err.contains("secret"), "{said:#?}");
    }
    let mixed_up = format!("X_API_KEY={0}\nX_API_SECRET={0}\n", sandbox.keys().api_secret);
    let said = twitter.run_with(&login, &mixed_up);
    said.expect(4, &["X_API_KEY", "looks like the API secret, X_API_SECRET: were they mixed up?"]);
}

#[test]
fn kept_keys_complete_those_of_the_environment() {
    let sandbox = Sandbox::start().unwrap();
    let mut twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    let keys = sandbox.keys();
    let lines = format!("X_CLIENT_ID={}\nX_CLIENT_SECRET={}\n", keys.client_id, keys.client_secret);
    // What the login is kept for is used up by the keys: the page is not visited.
    let uri = ["--redirect-uri", "https://app.example/"];
    let login = [&["login", "--keys-from-stdin"][..], &uri].concat();
    twitter.run_with(&login, &lines).expect(1, &["The keys are kept"]);
    twitter.log_in(&sandbox, &[]).expect(0, &["Logged in as"]);
    twitter.run(&["whoami"]).expect(0, &[]);
    // Those of another App are not mixed with them.
    twitter.set("X_BEARER_TOKEN", "AAAAAAAAAAAAAAAAAAAAAother%2Ftoken");
    twitter.run(&["whoami"]).expect(3, &[]);
}

#[test]
fn a_profile_has_an_app_of_its_own() {
    let (one, two) = (Sandbox::start().unwrap(), Sandbox::start().unwrap());
    let twitter = Twitter::of(&one, KEYS);
    twitter.run(&["login", "--app"]).expect(0, &[]);
    let lines =
        format!("X_API_KEY={}\nX_API_SECRET={}\n", two.keys().api_key, two.keys().api_secret);
    let of_two = ["--profile", "two", "--base-url", two.base_url()];
    let login = [&of_two[..], &["login", "--app", "--keys-from-stdin"]].concat();
    twitter.run_with(&login, &lines).expect(0, &[]);
    twitter.run(&[&of_two[..], &["call", "usage.posts"]].concat()).expect(0, &[]);
    twitter.run(&["call", "usage.posts"]).expect(0, &[]);
    assert_eq!((one.requests().len(), two.requests().len()), (2, 2));
}

#[test]
fn the_key_file_has_a_section_for_each_profile() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BASE_URL"]);
    let file = twitter.home.path("keys");
    let text = format!("[bot]\nX_BEARER_TOKEN={}\n", sandbox.keys().bearer_token);
    fs::write(&file, text).unwrap();
    #[cfg(unix)]
    {
        twitter.run(&["--profile", "bot", "call", "usage.posts"]).expect(1, &["chmod 600"]);
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    }
    twitter.run(&["--profile", "bot", "call", "usage.posts"]).expect(0, &[]);
    let by_variable = twitter.with("X_PROFILE", "bot");
    by_variable.run(&["call", "usage.posts"]).expect(0, &[]);
    by_variable.run(&["--profile", "nobody", "call", "usage.posts"]).expect(3, &["\"nobody\""]);
    let file = file.to_str().unwrap();
    let named = ["--keys", file, "--profile", "bot", "call", "usage.posts"];
    by_variable.run(&named).expect(0, &[]);
    let named = ["--keys", file, "--profile", "nobody", "call", "usage.posts"];
    by_variable.run(&named).expect(3, &["no section [nobody], but default, bot"]);
}
