//! `twitter post` and `twitter search`.

use twitter_sandbox::Sandbox;

use crate::support::Twitter;

#[test]
fn a_post_is_published_and_found() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &[]);
    let first = twitter.run(&["post", "A pangram: sphinx of black quartz, judge my vow"]);
    let first = first.expect(0, &[]).json();
    let id = first["id"].as_str().unwrap();
    let reply = twitter.run_with(&["post", "-", "--reply-to", id], "and a sphinx again\n");
    assert_eq!(reply.expect(0, &[]).json()["text"], "and a sphinx again");
    let quote = twitter.run(&["post", "the sphinx, quoted", "--quote", id]);
    quote.expect(0, &[]);
    let found = twitter.run(&["search", "sphinx", "-n", "2"]);
    let found = found.expect(0, &[]).lines();
    assert_eq!(found.len(), 2);
    assert!(found[0]["created_at"].is_string() && found[0]["public_metrics"].is_object());
    assert_eq!(twitter.run(&["search", "sphinx"]).lines().len(), 3);
}

#[test]
fn what_costs_more_or_may_be_refused_is_said() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &[]);
    twitter
        .run(&["post", "see https://example.com/"])
        .expect(0, &["A post with a link costs more"]);
    let long = "long ".repeat(60);
    let said = twitter.run(&["post", &long]);
    assert!(said.err.contains("of 280: X takes that from some accounts only"), "{said:#?}");
    let before = sandbox.requests().len();
    twitter.run(&["post", ""]).expect(2, &["the text is empty: nothing was posted"]);
    twitter.run(&["post", "a", "--reply-to", "b"]).expect(2, &["invalid value 'b'"]);
    assert_eq!(sandbox.requests().len(), before);
}

#[test]
fn a_search_has_as_many_lines_as_asked() {
    let sandbox = Sandbox::start().unwrap();
    let twitter = Twitter::of(&sandbox, &["X_BEARER_TOKEN"]);
    for (count, requests) in [("1", 1), ("0", 0), ("25", 1), ("130", 2)] {
        let before = sandbox.requests().len();
        let said = twitter.run(&["search", "the OR a OR of", "--limit", count]);
        assert_eq!(said.expect(0, &[]).lines().len().to_string(), count);
        assert_eq!(sandbox.requests().len() - before, requests, "{count}");
        if count == "130" {
            assert!(sandbox.requests()[before].query.contains("max_results=65"), "half of them");
        }
    }
    let none = twitter.run(&["search", "nobodywritesthis"]);
    assert_eq!(none.expect(0, &["No post of the last seven days matches."]).out, "");
}
