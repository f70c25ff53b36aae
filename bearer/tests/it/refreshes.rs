//! The refresh of a user's tokens, case by case, with a simulated clock.

use std::time::Duration;

use bearer::{
    AccessToken, MemoryStore, NoReply, RefreshError, Session, StoreErrorKind, Stored, Swap,
    TokenStore, UserTokens,
};

use super::{
    fakes::{
        Faulty, NOW, Server, client, done, drive, no_request, request, session, stored, token,
        tokens, wait,
    },
    json, response,
};

/// When the first pair is due for a refresh, and when it has ended.
const DUE: u64 = NOW + 7200 - 60;
const ENDED: u64 = NOW + 7200;

#[test]
fn threads_share_a_session_and_move_a_refresh() {
    fn shared<T: Send + Sync + Clone + 'static>() {}
    fn moved<T: Send + 'static>() {}
    shared::<Session>();
    moved::<bearer::Refresh>();
    moved::<bearer::Step>();
}

#[test]
fn a_fresh_token_costs_nothing() {
    let mut server = Server::new();
    let session = session(&server, MemoryStore::new());
    assert_eq!(token(&session, &mut server, NOW), "a0");
    assert_eq!(token(&session, &mut server, DUE - 1), "a0");
    assert_eq!(server.generation, 0);
    // Another session finds it in the store, without a lock.
    let store = Faulty::default();
    let _ = self::session(&server, store.clone());
    assert_eq!(token(&Session::new(client(), store.clone()), &mut server, NOW), "a0");
    assert_eq!(store.faults.lock().unwrap().locked, 0);
}

#[test]
fn a_token_is_renewed_shortly_before_it_ends() {
    let mut server = Server::new();
    let session = session(&server, MemoryStore::new());
    assert_eq!(token(&session, &mut server, DUE), "a1");
    assert_eq!(token(&session, &mut server, DUE), "a1");
    assert_eq!(server.generation, 1);

    let session = session.with_margin(Duration::from_secs(600));
    assert_eq!(token(&session, &mut server, DUE + 7200 - 601), "a1");
    assert_eq!(token(&session, &mut server, DUE + 7200 - 600), "a2");
}

#[test]
fn the_new_pair_is_stored_before_it_can_be_used() {
    let mut server = Server::new();
    let store = MemoryStore::new();
    let session = session(&server, store.clone());
    let mut refresh = session.access_token();
    let reply = server.answer(request(&mut refresh, DUE));
    assert!(store.try_lock().unwrap().is_none(), "locked while the request is out");
    assert_eq!(stored(&store).unwrap(), "a0");
    refresh.receive(DUE, Ok(reply));
    assert_eq!(stored(&store).unwrap(), "a1");
    assert!(store.try_lock().unwrap().is_some());
    assert_eq!(done(&mut refresh, DUE).unwrap().token.expose(), "a1");
    assert_eq!(done(&mut refresh, DUE).unwrap().token.expose(), "a1", "the same again");
}

#[test]
fn one_task_refreshes_while_the_others_wait() {
    let mut server = Server::new();
    server.lifetime = 30; // less than the margin: no token is ever fresh
    let session = session(&server, MemoryStore::new());
    let mut first = session.access_token();
    let mut second = session.access_token();
    let reply = server.answer(request(&mut first, NOW));
    let waits: Vec<u128> = (0..8).map(|_| wait(&mut second, NOW).as_millis()).collect();
    assert_eq!(waits, [10, 20, 40, 80, 160, 200, 200, 200]);
    first.receive(NOW, Ok(reply));
    // The second takes what the first obtained, fresh or not.
    assert_eq!(done(&mut second, NOW).unwrap().token.expose(), "a1");
    assert_eq!(done(&mut first, NOW).unwrap().token.expose(), "a1");
    assert_eq!((server.generation, server.reused), (1, 0));
}

#[test]
fn the_others_need_not_fail_for_themselves() {
    let server = Server::new();
    let session = session(&server, MemoryStore::new());
    let (mut first, mut second) = (session.access_token(), session.access_token());
    request(&mut first, ENDED);
    wait(&mut second, ENDED);
    first.receive(ENDED, Ok(json(401, r#"{"error":"invalid_client"}"#.to_owned())));
    for refresh in [&mut first, &mut second] {
        assert!(matches!(done(refresh, ENDED), Err(RefreshError::Reply(_))));
    }
}

#[test]
fn a_task_that_is_dropped_gives_its_turn_back() {
    let mut server = Server::new();
    let session = session(&server, MemoryStore::new());
    let (mut first, mut second) = (session.access_token(), session.access_token());
    request(&mut first, DUE);
    wait(&mut second, DUE);
    drop(first);
    let access = drive(&mut second, DUE, |request| Ok(server.answer(request))).unwrap();
    assert_eq!(access.token.expose(), "a1");
}

#[test]
fn a_process_adopts_what_another_has_renewed() {
    let mut server = Server::new();
    let store = MemoryStore::new();
    let one = session(&server, store.clone());
    let two = Session::new(client(), store);
    assert_eq!(token(&two, &mut server, NOW), "a0");
    let (mut first, mut second) = (one.access_token(), two.access_token());
    let reply = server.answer(request(&mut first, DUE));
    wait(&mut second, DUE);
    first.receive(DUE, Ok(reply));
    assert_eq!(done(&mut second, DUE).unwrap().token.expose(), "a1");
    assert_eq!((server.generation, server.reused), (1, 0));
}

#[test]
fn the_store_is_read_again_under_the_lock() {
    let mut server = Server::new();
    let store = Faulty::default();
    let session = session(&server, store.clone());
    server.generation = 1;
    store.faults.lock().unwrap().foreign = Some(Stored::new(&server.tokens(ENDED)));
    assert_eq!(token(&session, &mut server, ENDED), "a1");
    assert_eq!((server.generation, server.reused), (1, 0));
}

#[test]
fn a_token_that_the_api_refused_is_renewed_once() {
    let mut server = Server::new();
    let session = session(&server, MemoryStore::new());
    let old = AccessToken::new("a0").unwrap();
    session.refused(&old);
    assert_eq!(token(&session, &mut server, NOW), "a1");
    // Other tasks learn of the same 401 late.
    session.refused(&old);
    assert_eq!(token(&session, &mut server, NOW), "a1");
    assert_eq!(server.generation, 1);
}

#[test]
fn tokens_without_expiry_are_used_until_refused() {
    let mut server = Server::new();
    let session = Session::new(client(), MemoryStore::new());
    session.save(&tokens(0)).unwrap();
    assert_eq!(token(&session, &mut server, u64::MAX), "a0");
    session.refused(&AccessToken::new("a0").unwrap());
    assert_eq!(token(&session, &mut server, NOW), "a1");
}

#[test]
fn without_a_refresh_token_the_token_is_used_to_its_end() {
    let session = Session::new(client(), MemoryStore::new());
    session.save(&UserTokens::new(AccessToken::new("a").unwrap()).expires_at(ENDED)).unwrap();
    let access = drive(&mut session.access_token(), ENDED - 1, no_request).unwrap();
    assert_eq!(access.token.expose(), "a");
    let error = drive(&mut session.access_token(), ENDED, no_request).unwrap_err();
    assert!(matches!(error, RefreshError::NoRefreshToken));
    assert!(error.to_string().contains("offline.access"), "{error}");
}

#[test]
fn an_empty_store_says_to_log_in() {
    let store = MemoryStore::new();
    let session = Session::new(client(), store.clone());
    let error = drive(&mut session.access_token(), NOW, no_request).unwrap_err();
    assert!(matches!(error, RefreshError::LoggedOut));
    assert!(error.to_string().ends_with("log in"), "{error}");
    // Somebody does, in another process.
    let mut server = Server::new();
    let _ = self::session(&server, store);
    assert_eq!(token(&session, &mut server, NOW), "a0");
}

#[test]
fn a_spent_token_whose_successor_is_stored_logs_nobody_out() {
    let mut server = Server::new();
    let store = MemoryStore::new();
    let session = session(&server, store.clone());
    let mut refresh = session.access_token();
    let late = request(&mut refresh, DUE);
    // A program that takes no lock is faster.
    server.generation = 1;
    let read = store.load().unwrap();
    let new = Stored::new(&server.tokens(DUE));
    assert_eq!(store.swap(read.as_ref(), Some(&new)).unwrap(), Swap::Done);
    refresh.receive(DUE, Ok(server.answer(late)));
    assert_eq!(server.reused, 1);
    assert_eq!(done(&mut refresh, DUE).unwrap().token.expose(), "a1");
    assert_eq!(stored(&store).unwrap(), "a1");
}

#[test]
fn a_spent_token_is_kept_and_not_sent_again() {
    for refusal in [
        r#"{"error":"invalid_grant"}"#,
        r#"{"error":"invalid_request","error_description":"Value passed for the token was invalid."}"#,
    ] {
        let mut server = Server::new();
        let store = MemoryStore::new();
        let session = session(&server, store.clone());
        let refuse = |_| Ok(json(400, refusal.to_owned()));
        // The access token works until it ends; the warning comes early.
        let access = drive(&mut session.access_token(), DUE, refuse).unwrap();
        assert!(matches!(access.warning, Some(RefreshError::Spent(_))));
        let error = drive(&mut session.access_token(), ENDED, no_request).unwrap_err();
        assert!(matches!(error, RefreshError::Spent(_)));
        assert!(error.to_string().ends_with("so log in again"), "{error}");
        assert_eq!(stored(&store).unwrap(), "a0", "nothing is deleted");
        // The user logs in again, in another process.
        server.generation = 7;
        let other = Session::new(client(), store);
        other.save(&server.tokens(ENDED)).unwrap();
        assert_eq!(token(&session, &mut server, ENDED), "a7");
    }
}

#[test]
fn a_pair_that_cannot_be_written_is_kept_used_and_written_later() {
    for (swapped, kind) in [
        (false, StoreErrorKind::Full),
        (false, StoreErrorKind::Unreachable),
        (true, StoreErrorKind::Unreachable), // written, but the confirmation is lost
    ] {
        let mut server = Server::new();
        let store = Faulty::default();
        let session = session(&server, store.clone());
        (store.faults.lock().unwrap().swap, store.faults.lock().unwrap().swapped) =
            (Some(kind.clone()), swapped);
        // Three generations long.
        for generation in 1..=3 {
            let now = NOW + generation * 7200;
            let mut refresh = session.access_token();
            let access = drive(&mut refresh, now, |request| Ok(server.answer(request))).unwrap();
            assert_eq!(access.token.expose(), format!("a{generation}"));
            match access.warning {
                Some(RefreshError::Store(error)) => {
                    assert_eq!(error.kind, kind);
                    assert!(error.to_string().contains("stay in memory"), "{error}");
                }
                warning => panic!("{warning:?}"),
            }
            let again = drive(&mut session.access_token(), now + 1, no_request).unwrap();
            assert!(again.warning.is_some() && again.token.expose() == access.token.expose());
        }
        assert_eq!(stored(&store).unwrap(), if swapped { "a3" } else { "a0" });
        store.faults.lock().unwrap().swap = None;
        assert_eq!(token(&session, &mut server, NOW + 3 * 7200 + 10), "a3");
        assert_eq!(stored(&store).unwrap(), "a3");
        assert_eq!((server.generation, server.reused), (3, 0));
    }
}

/// The store is away altogether, but whoever holds an unwritten pair is its only owner. When the store
/// is back, it has any of the pairs that somebody tried to write.
#[test]
fn an_unwritten_pair_outlives_its_store() {
    for (first_swapped, second_swapped) in
        [(false, false), (false, true), (true, false), (true, true)]
    {
        let mut server = Server::new();
        let store = Faulty::default();
        let session = session(&server, store.clone());
        let mut refresh = session.access_token();
        let reply = server.answer(request(&mut refresh, DUE));
        let gone = || Some(StoreErrorKind::Unreachable);
        {
            let mut faults = store.faults.lock().unwrap();
            (faults.load, faults.swap, faults.lock) = (gone(), gone(), gone());
            faults.swapped = first_swapped;
        }
        refresh.receive(DUE, Ok(reply));
        assert!(done(&mut refresh, DUE).unwrap().warning.is_some());
        store.faults.lock().unwrap().swapped = second_swapped;
        let later = DUE + 7200;
        let mut refresh = session.access_token();
        let access = drive(&mut refresh, later, |request| Ok(server.answer(request))).unwrap();
        assert_eq!(access.token.expose(), "a2");
        *store.faults.lock().unwrap() = Default::default();
        assert_eq!(token(&session, &mut server, later + 10), "a2");
        assert_eq!(stored(&store).unwrap(), "a2");
        assert_eq!((server.generation, server.reused), (2, 0));
    }
}

#[test]
fn without_its_store_a_token_is_used_but_not_renewed() {
    for at in 0..2 {
        let mut server = Server::new();
        let store = Faulty::default();
        let session = session(&server, store.clone());
        {
            let mut faults = store.faults.lock().unwrap();
            let fault = if at == 0 { &mut faults.load } else { &mut faults.lock };
            *fault = Some(StoreErrorKind::Unreachable);
        }
        let access = drive(&mut session.access_token(), DUE, no_request).unwrap();
        assert!(matches!(access.warning, Some(RefreshError::Store(_))));
        let error = drive(&mut session.access_token(), ENDED, no_request).unwrap_err();
        let RefreshError::Store(error) = error else { panic!("{error}") };
        assert_eq!(error.kind, StoreErrorKind::Unreachable);
        *store.faults.lock().unwrap() = Default::default();
        assert_eq!(token(&session, &mut server, ENDED), "a1");
    }
}

#[test]
fn an_unknown_outcome_is_tried_once_more() {
    for (what, arrives) in [("the request is lost", false), ("the reply is lost", true)] {
        let mut server = Server::new();
        let store = MemoryStore::new();
        let session = session(&server, store.clone());
        let mut refresh = session.access_token();
        let first = request(&mut refresh, ENDED);
        if arrives {
            server.answer(first);
        }
        refresh.receive(ENDED, Err::<http::Response<String>, _>(NoReply::new()));
        assert_eq!(wait(&mut refresh, ENDED), Duration::from_secs(1), "{what}");
        let second = request(&mut refresh, ENDED + 1);
        refresh.receive(ENDED + 1, Ok(server.answer(second)));
        let outcome = done(&mut refresh, ENDED + 1);
        if arrives {
            assert!(matches!(outcome, Err(RefreshError::Spent(_))), "{what}: {outcome:?}");
            assert_eq!(stored(&store).unwrap(), "a0");
        } else {
            assert_eq!(outcome.unwrap().token.expose(), "a1", "{what}");
        }
    }
}

#[test]
fn a_server_in_trouble_is_asked_twice_and_no_more() {
    let mut server = Server::new();
    let store = MemoryStore::new();
    let session = session(&server, store.clone());
    let mut replies = vec![
        Err(NoReply::new()),
        Err(NoReply::new()),
        Ok(json(503, String::new())),
        Ok(response(502, "text/html", "<html>".to_owned())),
        Ok(json(200, r#"{"token_type":"bearer","access_to"#.to_owned())),
        Ok(json(200, "{}".to_owned())),
    ];
    for kind in [2, 1, 0] {
        let mut sent = 0;
        let error = drive(&mut session.access_token(), ENDED, |_| {
            sent += 1;
            replies.pop().unwrap()
        })
        .unwrap_err();
        assert_eq!(sent, 2);
        match kind {
            0 => assert!(matches!(error, RefreshError::NoReply)),
            _ => assert!(matches!(error, RefreshError::Reply(_))),
        }
        assert!(error.to_string().contains("again"), "{error}");
        assert_eq!(stored(&store).unwrap(), "a0");
    }
    assert_eq!(token(&session, &mut server, ENDED), "a1", "the old pair still works");
}

#[test]
fn a_plain_refusal_is_not_repeated() {
    for (status, body, advice) in [
        (401, r#"{"error":"invalid_client"}"#, "Client Secret"),
        (429, "", "wait until"),
        (400, r#"{"error":"invalid_request"}"#, "check the request"),
    ] {
        let server = Server::new();
        let store = MemoryStore::new();
        let session = session(&server, store.clone());
        let mut sent = 0;
        let error = drive(&mut session.access_token(), ENDED, |_| {
            sent += 1;
            Ok(json(status, body.to_owned()))
        })
        .unwrap_err();
        assert_eq!(sent, 1);
        assert!(error.to_string().contains(advice), "{error}");
        assert_eq!(stored(&store).unwrap(), "a0");
    }
}

#[test]
fn a_failure_is_not_repeated_for_each_request_while_the_token_lives() {
    let mut server = Server::new();
    let session = session(&server, MemoryStore::new());
    let access = drive(&mut session.access_token(), DUE, |_| Ok(json(429, String::new()))).unwrap();
    assert!(access.warning.is_some());
    let access = drive(&mut session.access_token(), DUE + 4, no_request).unwrap();
    assert!(access.warning.is_some() && access.token.expose() == "a0");
    assert_eq!(token(&session, &mut server, DUE + 5), "a1");
}

#[test]
fn a_request_that_nobody_tells_about_counts_as_unanswered() {
    let server = Server::new();
    let session = session(&server, MemoryStore::new());
    let mut refresh = session.access_token();
    request(&mut refresh, ENDED);
    wait(&mut refresh, ENDED);
    request(&mut refresh, ENDED + 1);
    assert!(matches!(done(&mut refresh, ENDED + 1), Err(RefreshError::NoReply)));
    refresh.receive(ENDED, Err::<http::Response<String>, _>(NoReply::new())); // too late
    assert!(matches!(done(&mut refresh, ENDED + 1), Err(RefreshError::NoReply)));
}

#[test]
fn a_lock_that_others_hold_is_waited_for_but_not_for_ever() {
    let mut server = Server::new();
    let store = MemoryStore::new();
    let session = session(&server, store.clone());
    let lock = store.try_lock().unwrap();
    let mut refresh = session.access_token();
    for second in 0..=120 {
        wait(&mut refresh, ENDED + second);
    }
    let error = done(&mut refresh, ENDED + 121).unwrap_err();
    assert!(matches!(&error, RefreshError::Busy { place, .. } if place == "memory"), "{error:?}");
    assert!(error.to_string().contains("end it if it hangs"), "{error}");
    drop(lock);
    assert_eq!(token(&session, &mut server, ENDED), "a1");
}

#[test]
fn a_lease_is_extended_or_taken_again_before_a_request() {
    for (lost, locked) in [(false, 1), (true, 2)] {
        let mut server = Server::new();
        let store = Faulty::default();
        store.faults.lock().unwrap().lease = Some(Duration::from_secs(60));
        let session = session(&server, store.clone());
        let mut refresh = session.access_token();
        request(&mut refresh, ENDED);
        store.faults.lock().unwrap().lost = lost;
        // No reply for more than half of the lease.
        refresh.receive(ENDED + 40, Err::<http::Response<String>, _>(NoReply::new()));
        wait(&mut refresh, ENDED + 40);
        let second = request(&mut refresh, ENDED + 41);
        refresh.receive(ENDED + 41, Ok(server.answer(second)));
        assert_eq!(done(&mut refresh, ENDED + 41).unwrap().token.expose(), "a1");
        let faults = store.faults.lock().unwrap();
        assert_eq!((faults.extended, faults.locked), (1, locked));
    }
}

/// Another machine lost its lease while its request was out, and writes late.
#[test]
fn with_a_lease_a_late_pair_is_waited_for() {
    let mut server = Server::new();
    let store = Faulty::default();
    store.faults.lock().unwrap().lease = Some(Duration::from_secs(60));
    let session = session(&server, store.clone());
    server.generation = 1;
    let mut refresh = session.access_token();
    let spent = request(&mut refresh, ENDED);
    refresh.receive(ENDED, Ok(server.answer(spent)));
    wait(&mut refresh, ENDED);
    wait(&mut refresh, ENDED + 1);
    let read = store.load().unwrap();
    let new = Stored::new(&server.tokens(ENDED));
    assert_eq!(store.swap(read.as_ref(), Some(&new)).unwrap(), Swap::Done);
    assert_eq!(done(&mut refresh, ENDED + 2).unwrap().token.expose(), "a1");
}

#[test]
fn a_logout_wins_over_a_refresh() {
    let mut server = Server::new();
    let store = MemoryStore::new();
    let session = session(&server, store.clone());
    let mut refresh = session.access_token();
    let reply = server.answer(request(&mut refresh, ENDED));
    let removed = Session::new(client(), store.clone()).log_out().unwrap().unwrap();
    assert_eq!(removed.refresh_token.unwrap().expose(), "r0");
    refresh.receive(ENDED, Ok(reply));
    assert!(matches!(done(&mut refresh, ENDED), Err(RefreshError::LoggedOut)));
    assert!(store.load().unwrap().is_none());
    assert!(session.log_out().unwrap().is_none());
}

#[test]
fn a_logout_hands_out_the_newest_pair() {
    let mut server = Server::new();
    let store = Faulty::default();
    let session = session(&server, store.clone());
    store.faults.lock().unwrap().swap = Some(StoreErrorKind::Full);
    drive(&mut session.access_token(), ENDED, |request| Ok(server.answer(request))).unwrap();
    session.log_out().unwrap_err();
    store.faults.lock().unwrap().swap = None;
    assert_eq!(session.log_out().unwrap().unwrap().access_token.expose(), "a1");
    assert!(store.load().unwrap().is_none());
}

#[test]
fn a_login_wins_over_a_refresh() {
    let mut server = Server::new();
    let store = MemoryStore::new();
    let session = session(&server, store.clone());
    let mut refresh = session.access_token();
    let reply = server.answer(request(&mut refresh, ENDED));
    Session::new(client(), store.clone()).save(&tokens(9)).unwrap();
    refresh.receive(ENDED, Ok(reply));
    assert_eq!(done(&mut refresh, ENDED).unwrap().token.expose(), "a9");
    assert_eq!(stored(&store).unwrap(), "a9");
}

#[test]
fn what_a_newer_version_wrote_is_left_alone() {
    let store = MemoryStore::new();
    let newer = Stored::from_text(r#"{"format":2,"tokens":[]}"#);
    assert_eq!(store.swap(None, Some(&newer)).unwrap(), Swap::Done);
    let session = Session::new(client(), store.clone());
    let error = drive(&mut session.access_token(), NOW, no_request).unwrap_err();
    let RefreshError::Store(error) = error else { panic!("{error}") };
    assert!(matches!(error.kind, StoreErrorKind::NewerFormat { format: 2, .. }));
    assert!(error.to_string().starts_with("memory: "), "{error}");
    assert!(error.to_string().contains("upgrade this one"), "{error}");
    session.save(&tokens(0)).unwrap_err();
    session.log_out().unwrap_err();
    assert!(store.load().unwrap() == Some(newer));
}

#[test]
fn what_is_no_token_is_replaced_by_a_login() {
    for text in ["", "{", "[]", r#"{"format":1}"#, r#"{"format":1,"access_token":"a b"}"#] {
        let store = MemoryStore::new();
        let _ = store.swap(None, Some(&Stored::from_text(text))).unwrap();
        let session = Session::new(client(), store.clone());
        let error = drive(&mut session.access_token(), NOW, no_request).unwrap_err();
        assert!(error.to_string().contains("log in again, which replaces it"), "{error}");
        session.save(&tokens(3)).unwrap();
        assert_eq!(stored(&store).unwrap(), "a3");
    }
}
