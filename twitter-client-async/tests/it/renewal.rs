//! A session's token, renewed while calls go on: after refusals, by many tasks, by calls that are
//! dropped, and when a reply is lost. Processes that share a token are in the blocking client's tests.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use bearer::{ClockSkew, FileStore, MemoryStore, RefreshError, Session, TokenStore};
use futures_util::future::join_all;
use http::Request;
use tokio::time::timeout;
use twitter_client_async::{Client, Transport};
use twitter_sandbox::{Fault, Sandbox};
use twitter_types::{
    Error,
    auth::{AnyCredential, OAuth2User},
    endpoint::Dynamic,
    posts, users,
};

use crate::{
    own_client,
    support::{
        base_url,
        login::{
            self, AS_IT_SHOULD, Consent, THREE_HOURS, asked, count, now, refresh_token, stored,
            unauthorized,
        },
        told,
    },
};

async fn log_in(sandbox: &Sandbox, store: impl TokenStore + 'static) -> Session {
    let consent = Consent::new(sandbox);
    let response = Transport::default().send(consent.request()).await.unwrap();
    consent.session(response, store)
}

fn client(sandbox: &Sandbox, session: &Session) -> Client<Session> {
    Client::new(session.clone()).with_base_url(base_url(sandbox))
}

#[tokio::test]
async fn a_token_that_ended_early_is_renewed_and_the_call_repeated() {
    let sandbox = Sandbox::start().unwrap();
    let session = log_in(&sandbox, MemoryStore::new()).await;
    let client = client(&sandbox, &session);
    client.send(&users::Me::new()).await.unwrap();
    assert_eq!(asked(&sandbox), [("getUsersMe", 200)]);

    sandbox.advance(THREE_HOURS); // this machine's clock still says that it lives
    client.send(&users::Me::new()).await.unwrap();
    assert_eq!(asked(&sandbox)[1..], [("getUsersMe", 401), ("token", 200), ("getUsersMe", 200)]);
    client.send(&users::Me::new()).await.unwrap();
    assert_eq!(asked(&sandbox)[4..], [("getUsersMe", 200)]);
}

#[tokio::test]
async fn a_token_that_was_revoked_is_renewed_and_the_call_repeated() {
    let sandbox = Sandbox::start().unwrap();
    let session = log_in(&sandbox, MemoryStore::new()).await;
    let client = client(&sandbox, &session);
    let revoke = login::client(&sandbox).revoke_access_request(&stored(&session).access_token);
    client.transport().send(revoke).await.unwrap();
    client.send(&users::Me::new()).await.unwrap();
    assert_eq!(asked(&sandbox)[1..], [("getUsersMe", 401), ("token", 200), ("getUsersMe", 200)]);
}

#[tokio::test]
async fn a_403_never_renews() {
    let sandbox = Sandbox::start().unwrap();
    let session = log_in(&sandbox, MemoryStore::new()).await;
    let client = client(&sandbox, &session);
    let error = client.send(&posts::Create::new("not in the scopes")).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 403);
    sandbox.set_enrolled(false);
    let error = client.send(&users::Me::new()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 403);
    assert_eq!(asked(&sandbox), [("createPosts", 403), ("getUsersMe", 403)]);
}

#[tokio::test]
async fn a_second_401_is_the_callers() {
    let sandbox = Sandbox::start().unwrap();
    let session = log_in(&sandbox, MemoryStore::new()).await;
    let client = client(&sandbox, &session);
    for fault in [unauthorized(), AS_IT_SHOULD, unauthorized()] {
        sandbox.fail_next(fault);
    }
    let error = client.send(&users::Me::new()).await.unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error:?}");
    assert_eq!(error.status().unwrap(), 401);
    let statuses = Vec::from_iter(asked(&sandbox).into_iter().map(|(_, status)| status));
    assert_eq!(statuses, [401, 200, 401]);
    // And the next call is a call like any other.
    client.send(&users::Me::new()).await.unwrap();
}

#[tokio::test]
async fn a_call_that_cannot_be_sent_does_not_renew() {
    let sandbox = Sandbox::start().unwrap();
    let session = log_in(&sandbox, MemoryStore::new()).await;
    session.refused(&stored(&session).access_token);
    let followers = users::Followers::new(1).max_results(1001);
    let error = client(&sandbox, &session).send(&followers).await.unwrap_err();
    assert!(matches!(error, Error::OutOfRange(_)), "{error:?}");
    assert_eq!(asked(&sandbox), []);
}

#[tokio::test]
async fn a_fixed_token_is_asked_with_once() {
    let sandbox = Sandbox::start().unwrap();
    let session = log_in(&sandbox, MemoryStore::new()).await;
    sandbox.advance(THREE_HOURS);
    let user = OAuth2User::from(stored(&session).access_token);
    let client = Client::new(user).with_base_url(base_url(&sandbox));
    assert_eq!(client.send(&users::Me::new()).await.unwrap_err().status().unwrap(), 401);
    assert_eq!(asked(&sandbox), [("getUsersMe", 401)]);
}

#[tokio::test]
async fn an_operation_chosen_at_run_time_renews_too() {
    let sandbox = Sandbox::start().unwrap();
    let session = log_in(&sandbox, MemoryStore::new()).await;
    let credential = AnyCredential::new().with_session(session);
    let client = Client::new(credential).with_base_url(base_url(&sandbox));
    sandbox.advance(THREE_HOURS);
    client.call(&Dynamic::new("getUsersMe").unwrap()).await.unwrap();
    assert_eq!(asked(&sandbox), [("getUsersMe", 401), ("token", 200), ("getUsersMe", 200)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tasks_renew_once() {
    const TASKS: usize = 64;
    for is_refused in [false, true] {
        let sandbox = Sandbox::builder().rate_limit("getUsersMe", u32::MAX).start().unwrap();
        let session = log_in(&sandbox, MemoryStore::new()).await;
        let client = client(&sandbox, &session);
        if is_refused {
            sandbox.advance(THREE_HOURS); // each task learns of it, unless another has before
        } else {
            session.refused(&stored(&session).access_token);
        }
        let calls = (0..TASKS).map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(&users::Me::new()).await })
        });
        for reply in join_all(calls).await {
            reply.unwrap().unwrap();
        }
        assert_eq!((sandbox.refreshes().rotated, sandbox.refreshes().reused), (1, 0));
        assert_eq!(count(&sandbox, ("getUsersMe", 200)), TASKS);
        assert_eq!(count(&sandbox, ("getUsersMe", 401)) > 0, is_refused);
    }
}

/// By `timeout` and by `abort`, after anything from nothing to the whole length of a call.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_that_are_dropped_during_renewals_lose_no_pair() {
    const ENOUGH: u32 = 200;
    const POINTS: u32 = 47;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("renewal-dropped");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let sandbox = Sandbox::builder().rate_limit("getUsersMe", u32::MAX).start().unwrap();
    sandbox.set_access_token_lifetime(Duration::from_secs(1)); // each call renews
    let session = log_in(&sandbox, FileStore::new(folder.join("tokens.json"))).await;
    let client = client(&sandbox, &session);
    let call = || {
        let client = client.clone();
        async move { client.send(&users::Me::new()).await }
    };
    let (mut whole, mut number, mut dropped) = (Duration::ZERO, 0, 0);
    while dropped < ENOUGH || sandbox.refreshes().rotated < ENOUGH.into() {
        assert!(number < 20 * ENOUGH, "{dropped} dropped, {:?}", sandbox.refreshes());
        if number % 5 == 0 {
            let begun = Instant::now();
            call().await.unwrap();
            whole = begun.elapsed();
        }
        if number % 10 == 0 {
            sandbox.fail_next(Fault::Delay(whole)); // most often the answer with the pair
        }
        let point = whole * (number % POINTS) / POINTS;
        if number % 3 == 0 {
            dropped += u32::from(timeout(point, call()).await.is_err());
        } else {
            let task = tokio::spawn(call());
            std::thread::sleep(point); // more exactly than tokio does, and not on a worker
            task.abort();
            dropped += u32::from(task.await.is_err());
        }
        number += 1;
    }
    call().await.unwrap();
    let refreshes = sandbox.refreshes();
    assert_eq!(refreshes.reused, 0);
    assert_eq!(count(&sandbox, ("token", 200)) as u64, refreshes.rotated);
    println!("{dropped} of {number} calls dropped, {} pairs, none lost", refreshes.rotated);
}

/// X has ended the old refresh token and given a new one, which nobody has: no client can help that.
#[tokio::test]
async fn a_lost_reply_means_another_login() {
    let sandbox = Sandbox::start().unwrap();
    let session = log_in(&sandbox, MemoryStore::new()).await;
    let (client, before) = (client(&sandbox, &session), stored(&session));
    session.refused(&before.access_token);

    sandbox.fail_next(Fault::LoseReply);
    let error = client.send(&users::Me::new()).await.unwrap_err();
    assert!(matches!(error, Error::Renewal(RefreshError::Spent(_))), "{error:?}");
    assert!(error.to_string().ends_with("so log in again"), "{error}");
    assert!(!told(&error).contains(refresh_token(&before)));
    // It was tried once more, for the reply could have been lost before X did anything.
    assert_eq!(asked(&sandbox), [("token", 200), ("token", 400)]);
    assert_eq!((sandbox.refreshes().rotated, sandbox.refreshes().reused), (1, 1));
    assert_eq!(refresh_token(&stored(&session)), refresh_token(&before));

    // Nobody asks again with what is known to be spent, and a login is the cure.
    client.send(&users::Me::new()).await.unwrap_err();
    assert_eq!(asked(&sandbox).len(), 2);
    let again = log_in(&sandbox, MemoryStore::new()).await;
    session.save(&stored(&again)).unwrap();
    client.send(&users::Me::new()).await.unwrap();
}

#[tokio::test]
async fn a_reply_that_is_none_costs_a_second() {
    for fault in [Fault::Html, Fault::CloseHalfWay, Fault::Empty, Fault::TruncatedJson] {
        let sandbox = Sandbox::start().unwrap();
        let session = log_in(&sandbox, MemoryStore::new()).await;
        session.refused(&stored(&session).access_token);
        sandbox.fail_next(fault.clone());
        let begun = Instant::now();
        client(&sandbox, &session).send(&users::Me::new()).await.unwrap();
        assert!(begun.elapsed() >= Duration::from_secs(1));
        assert_eq!(asked(&sandbox)[1..], [("token", 200), ("getUsersMe", 200)], "{fault:?}");
        assert_eq!((sandbox.refreshes().rotated, sandbox.refreshes().reused), (1, 0));
    }
}

/// A reply that comes too late is as lost as one that does not come.
#[tokio::test]
async fn an_impatient_client_waits_for_a_renewal() {
    let timeout = Duration::from_millis(600);
    let agent = own_client().timeout(timeout).build().unwrap();
    for transport in [Transport::default().with_timeout(timeout), Transport::from(agent)] {
        let sandbox = Sandbox::start().unwrap();
        let session = log_in(&sandbox, MemoryStore::new()).await;
        session.refused(&stored(&session).access_token);
        // Enough for what is asked, and too short for tokens.
        let transport = transport.with_body_limit(200);
        let client = client(&sandbox, &session).with_transport(transport);
        sandbox.fail_next(Fault::Delay(2 * timeout));
        client.send(&users::Me::new()).await.unwrap();
        assert_eq!(asked(&sandbox), [("token", 200), ("getUsersMe", 200)]);
        sandbox.fail_next(Fault::Delay(2 * timeout));
        client.send(&users::Me::new()).await.unwrap_err();
    }
}

/// Lifetimes are counted from the reply on, by this machine's clock alone.
#[tokio::test]
async fn a_clock_that_is_ten_minutes_off_renews_neither_early_nor_late() {
    for offset in [600, -600] {
        let sandbox = Sandbox::builder().clock_offset(offset).start().unwrap();
        let session = log_in(&sandbox, MemoryStore::new()).await;
        let client = client(&sandbox, &session);
        client.send(&users::Me::new()).await.unwrap();
        client.send(&users::Me::new()).await.unwrap();
        assert_eq!(asked(&sandbox), [("getUsersMe", 200), ("getUsersMe", 200)]);

        // The headers of any reply tell.
        let request = Request::get(sandbox.base_url()).body("").unwrap();
        let response = Transport::default().send(request).await.unwrap();
        let skew = ClockSkew::find(response.headers(), now(), Duration::from_secs(60)).unwrap();
        assert!((skew.seconds + offset).abs() <= 5, "{skew:?}");
    }
}
