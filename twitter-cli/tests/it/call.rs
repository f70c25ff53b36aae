//! `twitter call`: operations by name.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};

use serde_json::{Value, json};
use twitter_sandbox::{Fault, Sandbox};

use crate::support::Twitter;

#[test]
fn operations_of_every_method() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &[]);
    // POST, with the body on the command line
    let body = json!({ "text": "posted by a pipe" }).to_string();
    let said = twitter.run(&["call", "posts.create", "--body", &body]);
    let post = said.expect(0, &[]).json()["data"]["id"].as_str().unwrap().to_owned();
    // GET, by the operationId, with a parameter of the path and one of the query
    let read = ["call", "getPostsById", "--id", &post, "--post.fields", "created_at,lang"];
    let read = twitter.run(&read).expect(0, &[]).json();
    assert_eq!(read["data"]["text"], "posted by a pipe");
    assert!(read["data"]["created_at"].is_string(), "{read}");
    // PUT
    let hidden = ["call", "posts.hide_reply", "--tweet-id", &post, "--body", r#"{"hidden":true}"#];
    let hidden = twitter.run(&hidden);
    assert_eq!(hidden.expect(0, &[]).json()["data"]["hidden"], true);
    // DELETE
    let deleted = twitter.run(&["call", "posts.delete", "--id", &post]);
    assert_eq!(deleted.expect(0, &[]).json()["data"]["deleted"], true);
    let said = twitter.run(&["call", "posts.by_id", "--id", &post]);
    assert_eq!(said.expect(0, &[]).json()["errors"][0]["title"], "Not Found Error");
    let methods: Vec<_> = sandbox.requests().iter().map(|r| r.method.clone()).collect();
    assert_eq!(methods, ["POST", "GET", "PUT", "DELETE", "GET"]);
}

#[test]
fn a_body_comes_from_a_file_or_from_standard_input() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &[]);
    let file = twitter.home.path("post.json");
    fs::write(&file, r#"{"text":"from a file"}"#).unwrap();
    let body = format!("@{}", file.display());
    let said = twitter.run(&["call", "posts.create", "--body", &body]);
    assert_eq!(said.expect(0, &[]).json()["data"]["text"], "from a file");
    let said = twitter.run_with(&["call", "posts.create", "--body", "-"], r#"{"text":"piped"}"#);
    assert_eq!(said.expect(0, &[]).json()["data"]["text"], "piped");
    let said = twitter.run(&["call", "posts.create", "--body", "@/nowhere/post.json"]);
    said.expect(1, &["/nowhere/post.json: "]);
}

#[test]
fn all_pages_are_a_line_each() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    let search = ["call", "posts.search_recent", "--query", "the", "--max_results", "10"];
    let pages = twitter.run(&[&search[..], &["--all-pages"]].concat());
    let pages = pages.expect(0, &[]).lines();
    assert!(pages.len() > 2, "{}", pages.len());
    assert_eq!(pages.len(), sandbox.requests().len());
    assert!(pages.last().unwrap()["meta"].get("next_token").is_none());
    let ids = pages.iter().flat_map(|page| page["data"].as_array().unwrap());
    let mut ids: Vec<_> = ids.map(|post| post["id"].as_str().unwrap()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    // One page, unless all are asked for.
    assert_eq!(twitter.run(&search).expect(0, &[]).lines().len(), 1);
}

#[test]
fn pages_that_break_off_can_be_taken_up_again() {
    let limit = Sandbox::builder().rate_limit("searchPostsRecent", 2);
    let sandbox = limit.start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    let search = ["call", "posts.search_recent", "--query", "the", "--max_results", "10"];
    let said = twitter.run(&[&search[..], &["--all-pages"]].concat());
    said.expect(5, &["wait until the window resets", "go on later with --"]);
    let pages = said.lines();
    assert_eq!(pages.len(), 2);
    let token = pages[1]["meta"]["next_token"].as_str().unwrap();
    assert!(said.err.trim_end().ends_with(&format!("_token {token}")), "{}", said.err);
}

#[test]
fn an_interrupted_command_has_printed_whole_lines() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    let search = ["call", "posts.search_recent", "--query", "the", "--max_results", "10"];
    let arguments = [&search[..], &["--all-pages"]].concat();
    let mut child = twitter.command(&arguments).spawn().unwrap();
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    let mut out = String::new();
    reader.read_line(&mut out).unwrap();
    child.kill().unwrap();
    reader.read_to_string(&mut out).unwrap();
    child.wait().unwrap();
    assert!(out.ends_with('\n'));
    for line in out.lines() {
        serde_json::from_str::<Value>(line).expect(line);
    }
}

#[test]
fn unknown_words_are_met_with_alike_ones() {
    let twitter = Twitter::new();
    twitter.run(&["call", "posts.serch_recent"]).expect(2, &["posts.search_recent"]);
    let said = twitter.run(&["call", "users.mee"]);
    said.expect(2, &["subcommands exist: 'users.me', "]);
    assert_eq!(said.err.matches("users.").count(), 1 + 3, "{said:#?}");
    twitter.run(&["call", "users.by_id", "--ids", "1"]).expect(2, &["--id"]);
    twitter.run(&["cal"]).expect(2, &["call"]);
    let said = twitter.run(&["call"]);
    said.expect(2, &["users.me", "posts.create"]);
    assert_eq!(said.out, "");
}

#[test]
fn wrong_values_are_told_before_anything_is_sent() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &[]);
    let search = ["call", "posts.search_recent", "--query", "x"];
    for (more, words) in [
        (["--max_results", "101"], "from 10 to 100"),
        (["--max_results", "many"], "a whole number"),
    ] {
        twitter.run(&[&search[..], &more].concat()).expect(2, &[words]);
    }
    twitter.run(&["call", "posts.search_recent"]).expect(2, &["--query <TEXT>"]);
    let create = ["call", "posts.create", "--body"];
    twitter.run(&[&create[..], &["{"]].concat()).expect(2, &["the body is not what"]);
    twitter.run(&["call", "users.me", "--body", "{}"]).expect(2, &["--body"]);
    assert_eq!(sandbox.requests(), []);
}

/// X may have added them: it is asked all the same.
#[test]
fn values_that_nobody_knows_are_sent_with_a_word() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    let call = ["call", "users.by_id", "--id", "2244994945", "--user.fields"];
    let said = twitter.run(&[&call[..], &["created_at,creatd_at"]].concat());
    said.expect(0, &["--user.fields: \"creatd_at\" is not among the values"]);
    assert!(said.json()["data"]["created_at"].is_string(), "{said:#?}");
    assert_eq!(twitter.run(&[&call[..], &["created_at,id"]].concat()).err, "");
}

#[test]
fn what_begins_with_a_hyphen_is_a_value() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    let said = twitter.run(&["call", "posts.search_recent", "--query", "-is:reply the"]);
    said.expect(0, &[]);
    assert!(sandbox.requests()[0].query.starts_with("query=-is"), "{:?}", sandbox.requests());
}

#[test]
fn an_operation_without_credential_needs_none() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BASE_URL"]);
    let open = twitter_types::OPERATIONS.iter().find(|o| o.credentials.is_empty()).unwrap();
    twitter.run(&["call", &open.name()]).expect(0, &[]);
}

#[test]
fn every_operation_has_a_help_of_its_own() {
    let twitter = Twitter::new();
    let said = twitter.run(&["call", "posts.create", "--help"]);
    said.expect(0, &[]);
    for words in [
        "POST /2/tweets",
        "operationId: createPosts",
        "Credentials: OAuth 1.0a user, OAuth 2.0 user",
        "Scopes of OAuth 2.0: tweet.read tweet.write users.read",
        "--body <JSON>",
        "\"quote_tweet_id\": \"",
    ] {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }
    assert!(!said.out.contains("--all-pages"));
    let said = twitter.run(&["call", "users.followers", "--help"]);
    assert!(said.out.contains("--all-pages"), "{}", said.out);
}

#[test]
fn a_file_comes_as_it_is() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_CLIENT_ID", "X_CLIENT_SECRET"]);
    let name = "direct_messages.download_media";
    twitter.log_in(&sandbox, &["--for", name]).expect(0, &[]);
    let call = ["call", name, "--dm_id", "1", "--media_id", "1", "--resource_id", "a.jpg"];
    let mut output = twitter.command(&call).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    // No line is ended that the file did not end.
    assert!(output.stdout.pop().is_some_and(|last| last != b'\n'), "{output:?}");
}

#[test]
fn refusals_have_exit_codes_and_leave_standard_output_empty() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    let call = ["call", "users.by_id", "--id", "2244994945"];
    for (fault, code) in [
        (Fault::CreditsDepleted, 5),
        (Fault::Status(429, "{}".into()), 5),
        (Fault::Status(401, "{}".into()), 4),
        (Fault::Html, 4),
        (Fault::HtmlOk, 4),
        (Fault::TruncatedJson, 4),
        (Fault::CloseHalfWay, 6),
        (Fault::Redirect("http://127.0.0.1:9/".into()), 4),
    ] {
        sandbox.fail_next(fault);
        let said = twitter.run(&call);
        assert_eq!(said.expect(code, &["twitter: "]).out, "");
    }
    let said = twitter.run(&call);
    let Value::Object(user) = said.expect(0, &[]).json() else { panic!("{said:#?}") };
    assert!(user.contains_key("data"));
}
