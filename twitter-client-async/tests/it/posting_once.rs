//! Posts whose answers get lost, and what is found out about them.

use std::time::Duration;

use twitter_client_async::Client;
use twitter_sandbox::{Fault, Sandbox};
use twitter_types::{
    Error, UserId,
    auth::OAuth1User,
    endpoint::policy::{Policy, Retries},
    posts::{ById, NewPoll, NewPost, OfUser, Once, Posted},
};

use crate::support::{base_url, oauth1_user};

fn client(sandbox: &Sandbox) -> Client<OAuth1User> {
    Client::new(oauth1_user(sandbox)).with_base_url(base_url(sandbox))
}

/// Three looks, soon.
fn once(post: impl Into<NewPost>) -> Once {
    Once::new(post).looking([5, 10, 20].map(Duration::from_millis))
}

/// How often a path was asked for.
fn requests(sandbox: &Sandbox, operation: &str) -> usize {
    sandbox.requests().iter().filter(|request| request.operation == Some(operation)).count()
}

#[tokio::test]
async fn a_post_whose_answer_is_lost_is_found() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let Posted::Created(reply) = client.post_once(&once("told")).await.unwrap() else { panic!() };
    let other = reply.body.data.unwrap().id;
    let poll = NewPoll::new(["this", "that"], 60).unwrap();
    for post in [
        NewPost::text("  see https://example.com/a, & docs.x.com\n again "),
        NewPost::text("an answer to @XDevelopers").reply_to(other),
        NewPost::text("look").with_quote(other),
        NewPost::text("better").edit(other),
        NewPost::poll("which?", poll),
    ] {
        sandbox.fail_next(Fault::LoseReply);
        let posted = client.post_once(&once(post.clone())).await.unwrap();
        let Posted::Found(found) = &posted else { panic!("{post:?}: {posted:?}") };
        assert_ne!(found.id, other);
        client.send(&ById::new(found.id)).await.unwrap();
    }
    assert_eq!(requests(&sandbox, "createPosts"), 6);
}

#[tokio::test]
async fn a_post_that_is_not_there_is_said_not_to_be() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    for fault in [Fault::Html, Fault::CloseHalfWay, Fault::HtmlOk] {
        sandbox.fail_next(fault);
        let error = client.post_once(&once("never there")).await.unwrap_err();
        assert!(matches!(error, Error::NotPosted { looks: 3, .. }), "{error:?}");
    }
    assert_eq!((requests(&sandbox, "createPosts"), sandbox.requests().len()), (0, 3 * 5));
    // X's word is not doubted.
    sandbox.fail_next(Fault::CreditsDepleted);
    let error = client.post_once(&once("too dear")).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 402);
}

#[tokio::test]
async fn what_cannot_be_found_out_stays_unknown() {
    let sandbox = Sandbox::start().unwrap();
    let me = UserId::from(sandbox.owner_id());
    let retries = Retries::new(1).pausing(Duration::ZERO, Duration::ZERO);
    let client = client(&sandbox).with_policy(Policy::new().with_retries(retries));
    let once = once("who knows").by(me);
    // Three looks of two attempts, and none of it works.
    for fault in [vec![Fault::LoseReply], vec![Fault::Html; 6]].concat() {
        sandbox.fail_next(fault);
    }
    let error = client.post_once(&once).await.unwrap_err();
    assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
    // Without a look there is nothing to find.
    sandbox.fail_next(Fault::Html);
    let error = client.post_once(&once.looking([])).await.unwrap_err();
    assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
    assert_eq!(requests(&sandbox, "getUsersMe"), 0);
    let posts = client.send(&OfUser::new(me)).await.unwrap().body.data;
    assert_eq!(posts.iter().filter(|post| post.full_text() == "who knows").count(), 1);
}
