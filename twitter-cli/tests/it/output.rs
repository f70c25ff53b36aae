//! What goes where: standard output, standard error, exit codes, help, manual pages, completions.

use std::io::Read as _;
use std::process::Stdio;

use twitter_sandbox::Sandbox;

use crate::support::Twitter;

#[test]
fn every_documented_exit_code() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    let nowhere = ["--base-url", "http://127.0.0.1:9", "call", "usage.posts"];
    let codes = [
        (0, twitter.run(&["call", "usage.posts"])),
        (1, twitter.run(&["--keys", "/nowhere", "call", "usage.posts"])),
        (2, twitter.run(&["call", "usage.posts", "--days", "91"])),
        (3, twitter.run(&["whoami"])),
        (4, twitter.run(&["call", "posts.by_id", "--id", "no"])),
        (5, {
            sandbox.fail_next(twitter_sandbox::Fault::CreditsDepleted);
            twitter.run(&["call", "usage.posts"])
        }),
        (6, twitter.run(&nowhere)),
    ];
    let help = twitter.run(&["--help"]);
    for (code, said) in codes {
        said.expect(code, &[]);
        assert_eq!(said.out.is_empty(), code != 0, "{said:#?}");
        assert!(help.out.contains(&format!(" {code} ")), "{code} is not documented: {}", help.out);
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    for arguments in [
        &["search", "the OR a OR of", "-n", "300"][..],
        &["call", "posts.search_recent", "--query", "the", "--max_results", "10", "--all-pages"],
        &["completions", "bash"],
        &["man"],
    ] {
        let mut child = twitter.command(arguments).stdout(Stdio::piped()).spawn().unwrap();
        // Not even the first line.
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn wrong_usage_says_nothing_on_standard_output() {
    let twitter = Twitter::new();
    for arguments in [
        &[][..],
        &["nonsense"],
        &["--base-url", "ftp://x", "whoami"],
        &["--profile", "../x", "whoami"],
        &["--profile", ".", "whoami"],
        &["search"],
        &["man", "nonsense"],
        &["completions", "dos"],
    ] {
        let said = twitter.run(arguments);
        assert_eq!(said.expect(2, &[]).out, "");
        assert!(!said.err.is_empty());
    }
}

#[test]
fn there_is_a_page_for_every_command() {
    let twitter = Twitter::new();
    let top = twitter.run(&["man"]).expect(0, &[]).out.clone();
    for words in [".TH twitter 1", "twitter\\-login(1)", "Exit codes:"] {
        assert!(top.contains(words), "{words}: {top}");
    }
    for (path, words) in [
        (&["login"][..], &[".TH twitter-login 1", "\\fBtwitter login\\fR"][..]),
        (&["call", "users.me"], &[".TH twitter-call-users.me 1", "GET /2/users/me"]),
        (&["doctor"], &["\\-\\-offline"]),
        (&["stream", "filtered"], &["GET /2/tweets/search/stream", "\\-\\-no\\-resume"]),
    ] {
        let page = twitter.run(&[&["man"], path].concat()).expect(0, &[]).out.clone();
        for words in words {
            assert!(page.contains(words), "{words}: {page}");
        }
    }
}

#[test]
fn completions_know_operations_and_parameters() {
    let twitter = Twitter::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = twitter.run(&["completions", shell]).expect(0, &[]).out.clone();
        for word in ["posts.search_recent", "max_results", "keys-from-stdin", "firehose-en"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    // As far as a shell is here, it has the last word.
    let script = twitter.home.path("completions");
    std::fs::write(&script, twitter.run(&["completions", "bash"]).out).unwrap();
    let complete = format!(
        "source '{}'; COMP_WORDS=(twitter call posts.search_r); COMP_CWORD=2; \
         _twitter twitter posts.search_r call; echo \"${{COMPREPLY[@]}}\"",
        script.display()
    );
    match std::process::Command::new("bash").args(["--norc", "-c", &complete]).output() {
        Ok(output) => {
            let found = String::from_utf8(output.stdout).unwrap();
            assert_eq!(found.trim(), "posts.search_recent");
        }
        Err(_) => println!("skipped: there is no bash"),
    }
}

#[test]
fn no_secret_is_an_argument() {
    let twitter = Twitter::new();
    for command in [
        &["login"][..],
        &["doctor"],
        &["logout"],
        &["whoami"],
        &["post"],
        &["search"],
        &["sandbox"],
        &["stream", "filtered"],
        &["rules", "add"],
        &["webhook", "listen"],
    ] {
        let help = twitter.run(&[command, &["--help"]].concat()).expect(0, &[]).out.clone();
        let options = help.split_whitespace().filter(|word| word.starts_with("--"));
        for option in options {
            let hides = ["secret", "token", "password", "client-id", "api-key"];
            assert!(!hides.iter().any(|word| option.contains(word)), "{command:?} {option}");
        }
    }
}
