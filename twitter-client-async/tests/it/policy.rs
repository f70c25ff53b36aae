//! Policies, against the sandbox: its windows, its faults, its slowness.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use twitter_client_async::Client;
use twitter_sandbox::{Fault, Sandbox};
use twitter_types::{
    Error,
    auth::{AppToken, OAuth1User},
    endpoint::policy::{Limits, Policy, Retries},
    posts, users,
};

use crate::support::{app_token, base_url, oauth1_user, told};

const DEVELOPERS: u64 = 2244994945;

fn app(sandbox: &Sandbox, policy: Policy) -> Client<AppToken> {
    Client::new(app_token(sandbox)).with_base_url(base_url(sandbox)).with_policy(policy)
}

fn user(sandbox: &Sandbox, policy: Policy) -> Client<OAuth1User> {
    Client::new(oauth1_user(sandbox)).with_base_url(base_url(sandbox)).with_policy(policy)
}

fn retrying() -> Policy {
    let (base, cap) = (Duration::from_millis(5), Duration::from_millis(20));
    Policy::new().with_retries(Retries::default().pausing(base, cap))
}

#[tokio::test]
async fn a_read_survives_faults() {
    let sandbox = Sandbox::start().unwrap();
    // Signed each time anew: the sandbox refuses a nonce that it has seen.
    let client = user(&sandbox, retrying());
    for fault in [Fault::Html, Fault::CloseHalfWay, Fault::Status(502, String::new())] {
        sandbox.fail_next(fault);
    }
    client.send(&users::Me::new()).await.unwrap();
    assert_eq!(sandbox.requests().len(), 4);
    sandbox.fail_next(Fault::CreditsDepleted);
    assert_eq!(client.send(&users::Me::new()).await.unwrap_err().status().unwrap(), 402);
    assert_eq!(sandbox.requests().len(), 5);
}

#[tokio::test]
async fn a_post_whose_reply_is_lost_is_not_posted_again() {
    let sandbox = Sandbox::start().unwrap();
    let client = user(&sandbox, retrying());
    for fault in [Fault::LoseReply, Fault::Html] {
        sandbox.fail_next(fault);
        let error = client.send(&posts::Create::new("only once")).await.unwrap_err();
        assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
        assert!(!told(&error).contains(&*sandbox.keys().access_token_secret));
    }
    assert_eq!(sandbox.requests().len(), 2);
}

#[tokio::test]
async fn many_at_once_send_no_more_than_the_window_allows() {
    let sandbox = Sandbox::builder().rate_limit("getUsersById", 5).start().unwrap();
    let client = app(&sandbox, Policy::new().with_limits(Limits::new()));
    let ask = users::ById::new(DEVELOPERS);
    let outcomes = join_all((0..20).map(|_| client.send(&ask))).await;
    let held_back =
        outcomes.iter().filter(|outcome| matches!(outcome, Err(Error::RateLimited { .. })));
    assert_eq!((held_back.count(), sandbox.requests().len()), (15, 5));
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 5);
}

#[tokio::test]
async fn a_spent_window_is_waited_for() {
    let window = Duration::from_secs(1);
    let sandbox = Sandbox::builder().rate_limit("getUsersById", 2).window(window).start().unwrap();
    let limits = Limits::new().waiting(Duration::from_secs(30));
    let client = app(&sandbox, Policy::new().with_limits(limits));
    for _ in 0..4 {
        client.send(&users::ById::new(DEVELOPERS)).await.unwrap();
    }
    // No retry is allowed, so none of them was refused.
    assert_eq!(sandbox.requests().len(), 4);
}

#[tokio::test]
async fn a_deadline_cuts_what_is_under_way() {
    let sandbox = Sandbox::start().unwrap();
    let policy = retrying().with_deadline(Duration::from_millis(300));
    let start = Instant::now();
    sandbox.fail_next(Fault::Delay(Duration::from_secs(5)));
    let error =
        app(&sandbox, policy.clone()).send(&users::ById::new(DEVELOPERS)).await.unwrap_err();
    assert!(matches!(error, Error::DeadlinePassed { source: Some(_) }), "{error:?}");
    sandbox.fail_next(Fault::Delay(Duration::from_secs(5)));
    let error = user(&sandbox, policy).send(&posts::Create::new("too slow")).await.unwrap_err();
    assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
    assert!(start.elapsed() < Duration::from_secs(4));
}
