//! What X's refusals do to a session: a 401 renews, once; a 403 never does.

use std::thread;

use bearer::MemoryStore;
use twitter_client_blocking::Client;
use twitter_sandbox::Sandbox;
use twitter_types::{
    Error,
    auth::{AnyCredential, OAuth2User},
    endpoint::Dynamic,
    posts, users,
};

use crate::{
    client, log_in,
    support::{
        base_url,
        login::{self, AS_IT_SHOULD, THREE_HOURS, asked, count, stored, unauthorized},
    },
};

#[test]
fn a_token_that_ended_early_is_renewed_and_the_call_repeated() {
    let sandbox = Sandbox::start().unwrap();
    let session = log_in(&sandbox, MemoryStore::new());
    let client = client(&sandbox, &session);
    client.send(&users::Me::new()).unwrap();
    assert_eq!(asked(&sandbox), [("getUsersMe", 200)]);

    sandbox.advance(THREE_HOURS); // this machine's clock still says that it lives
    client.send(&users::Me::new()).unwrap();
    assert_eq!(asked(&sandbox)[1..], [("getUsersMe", 401), ("token", 200), ("getUsersMe", 200)]);
    client.send(&users::Me::new()).unwrap();
    assert_eq!(asked(&sandbox)[4..], [("getUsersMe", 200)]);
}

#[test]
fn a_token_that_was_revoked_is_renewed_and_the_call_repeated() {
    let sandbox = Sandbox::start().unwrap();
    let session = log_in(&sandbox, MemoryStore::new());
    let client = client(&sandbox, &session);
    let revoke = login::client(&sandbox).revoke_access_request(&stored(&session).access_token);
    client.transport().send(revoke).unwrap();
    client.send(&users::Me::new()).unwrap();
    assert_eq!(asked(&sandbox)[1..], [("getUsersMe", 401), ("token", 200), ("getUsersMe", 200)]);
}

#[test]
fn a_403_never_renews() {
    let sandbox = Sandbox::start().unwrap();
    let session = log_in(&sandbox, MemoryStore::new());
    let client = client(&sandbox, &session);
    let error = client.send(&posts::Create::new("not in the scopes")).unwrap_err();
    assert_eq!(error.status().unwrap(), 403);
    sandbox.set_enrolled(false);
    let error = client.send(&users::Me::new()).unwrap_err();
    assert_eq!(error.status().unwrap(), 403);
    assert_eq!(asked(&sandbox), [("createPosts", 403), ("getUsersMe", 403)]);
}

#[test]
fn a_second_401_is_the_callers() {
    let sandbox = Sandbox::start().unwrap();
    let session = log_in(&sandbox, MemoryStore::new());
    let client = client(&sandbox, &session);
    for fault in [unauthorized(), AS_IT_SHOULD, unauthorized()] {
        sandbox.fail_next(fault);
    }
    let error = client.send(&users::Me::new()).unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error:?}");
    assert_eq!(error.status().unwrap(), 401);
    let statuses = Vec::from_iter(asked(&sandbox).into_iter().map(|(_, status)| status));
    assert_eq!(statuses, [401, 200, 401]);
    // And the next call is a call like any other.
    client.send(&users::Me::new()).unwrap();
}

#[test]
fn a_call_that_cannot_be_sent_does_not_renew() {
    let sandbox = Sandbox::start().unwrap();
    let session = log_in(&sandbox, MemoryStore::new());
    session.refused(&stored(&session).access_token);
    let followers = users::Followers::new(1).max_results(1001);
    let error = client(&sandbox, &session).send(&followers).unwrap_err();
    assert!(matches!(error, Error::OutOfRange(_)), "{error:?}");
    assert_eq!(asked(&sandbox), []);
}

#[test]
fn a_fixed_token_is_asked_with_once() {
    let sandbox = Sandbox::start().unwrap();
    let session = log_in(&sandbox, MemoryStore::new());
    sandbox.advance(THREE_HOURS);
    let user = OAuth2User::from(stored(&session).access_token);
    let client = Client::new(user).with_base_url(base_url(&sandbox));
    assert_eq!(client.send(&users::Me::new()).unwrap_err().status().unwrap(), 401);
    assert_eq!(asked(&sandbox), [("getUsersMe", 401)]);
}

#[test]
fn an_operation_chosen_at_run_time_renews_too() {
    let sandbox = Sandbox::start().unwrap();
    let session = log_in(&sandbox, MemoryStore::new());
    let credential = AnyCredential::new().with_session(session);
    let client = Client::new(credential).with_base_url(base_url(&sandbox));
    sandbox.advance(THREE_HOURS);
    client.call(&Dynamic::new("getUsersMe").unwrap()).unwrap();
    assert_eq!(asked(&sandbox), [("getUsersMe", 401), ("token", 200), ("getUsersMe", 200)]);
}

#[test]
fn threads_that_are_refused_together_renew_once() {
    const THREADS: usize = 32;
    let sandbox = Sandbox::start().unwrap();
    let session = log_in(&sandbox, MemoryStore::new());
    let client = client(&sandbox, &session);
    sandbox.advance(THREE_HOURS);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| client.send(&users::Me::new()).unwrap());
        }
    });
    assert_eq!((sandbox.refreshes().rotated, sandbox.refreshes().reused), (1, 0));
    assert_eq!(count(&sandbox, ("getUsersMe", 200)), THREADS);
    assert!((1..=THREADS).contains(&count(&sandbox, ("getUsersMe", 401))));
}
