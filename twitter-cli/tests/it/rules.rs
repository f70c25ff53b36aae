//! `twitter rules`: listed, added, deleted, and made equal to a file.

use std::fs;

use serde_json::Value;
use twitter_sandbox::Sandbox;

use crate::support::Twitter;

fn values(lines: &[Value]) -> Vec<&str> {
    let mut values: Vec<_> = lines.iter().map(|rule| rule["value"].as_str().unwrap()).collect();
    values.sort_unstable();
    values
}

#[test]
fn rules_are_added_listed_and_deleted() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    assert_eq!(twitter.run(&["rules", "list"]).expect(0, &["The App has no rule."]).out, "");
    let said = twitter.run(&["rules", "add", "cats has:images", "dogs", "--tag", "pets"]);
    let added = said.expect(0, &[]).lines();
    assert_eq!(values(&added), ["cats has:images", "dogs"]);
    assert_eq!(added[1]["tag"], "pets");
    assert_eq!(twitter.run(&["rules", "list"]).expect(0, &[]).lines(), added);
    let alone = "X refuses \"has:images\": operators such as has:";
    twitter.run(&["rules", "add", "has:images"]).expect(4, &[alone]);
    let id = added[1]["id"].as_str().unwrap();
    let known = format!("X refuses \"dogs\": there is such a rule, {id}");
    twitter.run(&["rules", "add", "dogs"]).expect(4, &[&known]);
    let missing = "X did not delete every rule: \"12\": Rule does not exist";
    twitter.run(&["rules", "delete", "12"]).expect(4, &[missing]);
    let id = added[0]["id"].as_str().unwrap();
    let said = twitter.run(&["rules", "delete", id]);
    assert_eq!(said.expect(0, &[]).json()["summary"]["deleted"], 1);
    assert_eq!(values(&twitter.run(&["rules", "list"]).lines()), ["dogs"]);
    twitter.run(&["rules", "delete", "--all"]).expect(0, &[]).json();
    assert_eq!(twitter.run(&["rules", "list"]).expect(0, &[]).out, "");
    for wrong in [&["rules", "delete"][..], &["rules", "delete", "cats"], &["rules", "add"]] {
        twitter.run(wrong).expect(2, &[]);
    }
}

#[test]
fn rules_are_made_equal_to_a_file() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    let (file, path) = (twitter.home.path("rules"), twitter.home.path("rules"));
    let sync = ["rules", "sync", path.to_str().unwrap()];
    fs::write(&file, "# pets\n{\"value\":\"cats\",\"tag\":\"pets\"}\n\n{\"value\":\"dogs\"}\n")
        .unwrap();
    let dry = twitter.run(&[&sync[..], &["--dry-run"]].concat()).expect(0, &[]).json();
    assert_eq!(values(dry["added"].as_array().unwrap()), ["cats", "dogs"]);
    assert_eq!(twitter.run(&["rules", "list"]).expect(0, &[]).out, "");
    let done = twitter.run(&sync).expect(0, &[]).json();
    assert_eq!(values(done["added"].as_array().unwrap()), ["cats", "dogs"]);
    let again = twitter.run(&sync).expect(0, &[]).json();
    assert_eq!((&again["kept"], &again["added"]), (&2.into(), &Value::Array(Vec::new())));

    // What is listed is a file with rules, too.
    let listed = twitter.run(&["rules", "list"]).out;
    let piped = twitter.run_with(&["rules", "sync", "-"], &listed);
    assert_eq!(piped.expect(0, &[]).json()["kept"], 2);
    let fewer: String = listed.lines().skip(1).collect();
    let piped = twitter.run_with(&["rules", "sync", "-"], &fewer).expect(0, &[]).json();
    assert_eq!(values(piped["deleted"].as_array().unwrap()), ["cats"]);

    // A rule that X refuses holds up no other.
    fs::write(&file, "{\"value\":\"has:images\"}\n{\"value\":\"birds\"}\n").unwrap();
    let said = twitter.run(&sync);
    let refused = said.expect(4, &["X refused 1, and did not delete 0"]).json();
    assert_eq!(refused["refused"][0]["rule"]["value"], "has:images");
    assert!(refused["refused"][0]["problem"].is_object(), "{refused}");
    assert_eq!(values(&twitter.run(&["rules", "list"]).lines()), ["birds"]);

    // Nothing is deleted for a file that is not what it should be.
    let sent = sandbox.requests().len();
    for (text, words) in
        [("", "nothing was changed"), ("cats\n", "line 1 of the rules"), ("{\"valu\":1}", "`valu`")]
    {
        twitter.run_with(&["rules", "sync", "-"], text).expect(2, &[words]);
    }
    twitter.run(&["rules", "sync", "/nowhere"]).expect(1, &["/nowhere: "]);
    assert_eq!(sandbox.requests().len(), sent);
}
