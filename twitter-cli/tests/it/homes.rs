//! Where the command keeps things, and what if it cannot.

use std::fs;
use std::io::Write as _;

use twitter_sandbox::Sandbox;

use crate::support::Twitter;

const CLIENT: &[&str] = &["X_CLIENT_ID", "X_CLIENT_SECRET"];

#[test]
fn tokens_of_a_newer_version_are_left_alone() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, CLIENT);
    twitter.log_in(&sandbox, &[]).expect(0, &[]);
    let file = twitter.file("default", "oauth2.json");
    let newer = fs::read_to_string(&file).unwrap().replace("\"format\":1", "\"format\":2");
    fs::write(&file, &newer).unwrap();
    for command in [&["whoami"][..], &["doctor"], &["logout"], &["login", "--no-browser"]] {
        let said = twitter.run(command);
        said.expect(
            1,
            &["written by a newer version of this program (format 2): upgrade this one"],
        );
        assert!(!said.err.contains("Consent on this page"), "{said:#?}");
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), newer);
}

#[test]
fn tokens_that_are_none_are_replaced_by_a_login() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, CLIENT);
    twitter.log_in(&sandbox, &[]).expect(0, &[]);
    fs::write(twitter.file("default", "oauth2.json"), "{").unwrap();
    twitter.run(&["whoami"]).expect(1, &["log in again, which replaces it"]);
    twitter.log_in(&sandbox, &[]).expect(0, &[]);
    twitter.run(&["whoami"]).expect(0, &[]);
}

#[cfg(unix)]
#[test]
fn tokens_that_others_can_read_are_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, CLIENT);
    twitter.log_in(&sandbox, &[]).expect(0, &[]);
    let file = twitter.file("default", "oauth2.json");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    twitter.run(&["whoami"]).expect(1, &["mode 644", "chmod 600"]);
}

/// What only reads needs no home; what keeps something says so before anybody consents. Root may
/// write everywhere, and so becomes nobody.
#[cfg(unix)]
#[test]
fn a_read_only_home() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &[]);
    let home = twitter.home.path("home");
    fs::create_dir(&home).unwrap();
    fs::set_permissions(&home, fs::Permissions::from_mode(0o555)).unwrap();
    let is_root = fs::metadata(&home).unwrap().uid() == 0;
    // Where it can be reached by nobody.
    let program = twitter.home.path("twitter");
    fs::copy(env!("CARGO_BIN_EXE_twitter"), &program).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(&program);
        command.args(arguments).env_clear().envs(sandbox.variables()).env("TWITTER_HOME", &home);
        if is_root {
            command.uid(65534).gid(65534);
        }
        command.output().unwrap()
    };
    for reads in ["whoami", "doctor", "logout"] {
        let said = run(&[reads]);
        assert!(said.status.success(), "{said:?}");
    }
    for login in [&["login"][..], &["login", "--app"], &["login", "--pin"]] {
        let said = run(login);
        let words = String::from_utf8(said.stderr).unwrap();
        assert_eq!(said.status.code(), Some(1), "{words}");
        assert!(words.contains("nothing can be kept there: make room or give yourself access"));
        assert!(words.contains("set TWITTER_HOME to another folder"), "{words}");
        assert!(!words.contains("Consent"), "{words}");
    }
    assert_eq!(fs::read_dir(&home).unwrap().count(), 0);
}

#[test]
fn two_logins_at_once_do_not_harm_each_other() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &[]);
    // The second cannot listen, and is content with what is pasted.
    let mut logins = [(); 2].map(|()| twitter.start(&["login", "--no-browser"]));
    let pages = logins.each_mut().map(|login| login.page());
    for (login, page) in logins.iter_mut().zip(&pages) {
        login.write(&sandbox.approve_oauth2(page).unwrap());
    }
    for login in logins {
        login.end().expect(0, &["Logged in as @sandbox_owner"]);
    }
    twitter.run(&["whoami"]).expect(0, &[]);
}

/// The tokens of the App and of the user are in one file.
#[test]
fn logins_of_two_kinds_at_once_are_both_kept() {
    let sandbox = Sandbox::start().unwrap();
    for _ in 0..5 {
        let twitter = Twitter::of(&sandbox, &["X_API_KEY", "X_API_SECRET"]);
        let mut by_pin = twitter.start(&["login", "--pin", "--no-browser"]);
        let page = by_pin.page();
        let pin = sandbox.approve(crate::support::parameter(&page, "oauth_token")).unwrap();
        let of_app = twitter.start(&["login", "--app"]);
        writeln!(by_pin.input, "{pin}").unwrap();
        by_pin.end().expect(0, &[]);
        of_app.end().expect(0, &[]);
        let tokens = fs::read_to_string(twitter.file("default", "tokens")).unwrap();
        for name in ["X_ACCESS_TOKEN=", "X_ACCESS_TOKEN_SECRET=", "X_BEARER_TOKEN="] {
            assert!(tokens.contains(name), "{name} was lost");
        }
    }
}
