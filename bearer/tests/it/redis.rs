//! A Redis server: what it promises as a store, and what happens when it goes away.

use std::{thread, time::Duration};

use bearer::{
    RedisStore, RefreshError, Session, StoreErrorKind, StoreLock, Stored, Swap, TokenStore,
};

use super::{
    fakes::{self, NOW, Server, client, drive, request},
    redis_server::Redis,
    stores::keeps_its_promises,
};

fn lock(store: &RedisStore) -> Option<Box<dyn StoreLock>> {
    store.try_lock().unwrap()
}

#[test]
fn keeps_promises() {
    let Some(redis) = Redis::start("promises", &[]) else { return };
    keeps_its_promises(&redis.store());
    let (one, two) = (redis.store(), redis.store());
    let held = lock(&one);
    assert!(lock(&two).is_none());
    drop(held);
    assert!(lock(&two).is_some());
}

#[test]
fn stores_of_many_users_share_few_connections() {
    let Some(redis) = Redis::start("users", &[]) else { return };
    let first = redis.store();
    let stores: Vec<_> = (1..=300).map(|user| first.with_key(format!("user:{user}"))).collect();
    let tokens = |user| Stored::new(&fakes::tokens(user));
    thread::scope(|scope| {
        for stores in stores.chunks(25) {
            scope.spawn(move || {
                for (user, store) in (1..).zip(stores) {
                    assert_eq!(store.swap(None, Some(&tokens(user))).unwrap(), Swap::Done);
                    assert!(lock(store).is_some());
                }
            });
        }
    });
    for (index, store) in stores.iter().enumerate() {
        assert!(store.load().unwrap() == Some(tokens(1 + index as u64 % 25)));
        assert_eq!(store.place(), format!("Redis, key user:{}", 1 + index));
    }
    assert!(first.load().unwrap().is_none());
    let held = lock(&stores[0]).unwrap();
    assert!(lock(&stores[1]).is_some() && lock(&first.with_key("user:1")).is_none());
    drop(held);
    let mut other = redis::Client::open(redis.url()).unwrap().get_connection().unwrap();
    let clients: String = redis::cmd("CLIENT").arg("LIST").query(&mut other).unwrap();
    assert!((2..=9).contains(&clients.lines().count()), "{clients}");
}

#[test]
fn a_lease_runs_out_and_belongs_to_one() {
    let Some(redis) = Redis::start("lease", &[]) else { return };
    let lease = Duration::from_secs(2);
    let store = redis.store().with_lease(lease);
    let mut dead = lock(&store).unwrap();
    assert_eq!(dead.lease(), Some(lease));
    for _ in 0..3 {
        thread::sleep(lease / 2);
        assert!(dead.extend().unwrap());
        assert!(lock(&store).is_none());
    }
    thread::sleep(lease + lease / 4);
    let patient = redis.store();
    let next = lock(&patient).unwrap();
    assert!(!dead.extend().unwrap());
    drop(dead); // releases nothing of the other's
    assert!(lock(&store).is_none());
    drop(next);
    assert!(lock(&store).is_some());
}

#[test]
fn a_swap_whose_answer_was_lost_can_be_repeated() {
    let Some(redis) = Redis::start("repeat", &[]) else { return };
    let store = redis.store();
    let [one, two] = [1, 2].map(|generation| Stored::new(&fakes::tokens(generation)));
    assert_eq!(store.swap(None, Some(&one)).unwrap(), Swap::Done);
    assert_eq!(store.swap(None, Some(&one)).unwrap(), Swap::Done);
    assert_eq!(store.swap(Some(&one), Some(&two)).unwrap(), Swap::Done);
    assert_eq!(store.swap(Some(&one), Some(&two)).unwrap(), Swap::Done);
    assert_eq!(store.swap(None, Some(&one)).unwrap(), Swap::Conflict);
}

#[test]
fn a_server_that_was_restarted_is_found_again() {
    let Some(mut redis) = Redis::start("restart", &[]) else { return };
    let store = redis.store();
    let one = Stored::new(&fakes::tokens(1));
    assert_eq!(store.swap(None, Some(&one)).unwrap(), Swap::Done);
    redis.restart();
    assert!(store.load().unwrap() == Some(one));
}

#[test]
fn redis_gone_during_a_refresh_loses_no_token() {
    let Some(mut redis) = Redis::start("gone", &[]) else { return };
    let mut server = Server::new();
    let session = fakes::session(&server, redis.store());
    let due = NOW + 7200;
    let mut refresh = session.access_token();
    let reply = server.answer(request(&mut refresh, due));
    redis.stop();
    refresh.receive(due, Ok(reply));
    let access = fakes::done(&mut refresh, due).unwrap();
    assert_eq!(access.token.expose(), "a1");
    let Some(RefreshError::Store(error)) = access.warning else { panic!("{access:?}") };
    assert_eq!(error.kind, StoreErrorKind::Unreachable);
    assert!(error.to_string().starts_with("Redis, key tokens:1: it does not answer"), "{error}");

    // Another machine has no token that works, and is told why.
    let other = Session::new(client(), redis.store());
    let error = drive(&mut other.access_token(), due, fakes::no_request).unwrap_err();
    assert!(matches!(error, RefreshError::Store(_)));

    redis.restart();
    assert_eq!(fakes::token(&session, &mut server, due + 5), "a1");
    assert_eq!(fakes::token(&other, &mut server, due + 5), "a1");
    assert_eq!((server.generation, server.reused), (1, 0));
}

#[test]
fn a_server_without_room_says_so() {
    let Some(redis) =
        Redis::start("full", &["--maxmemory", "1", "--maxmemory-policy", "noeviction"])
    else {
        return;
    };
    let error = redis.store().swap(None, Some(&Stored::new(&fakes::tokens(1)))).unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::Full, "{error}");
}

/// Redis repeats the arguments of a command that it does not know.
#[test]
fn an_error_of_the_server_shows_no_token() {
    let Some(redis) = Redis::start("secret", &["--rename-command", "EVAL", ""]) else { return };
    let tokens = bearer::UserTokens::new(bearer::AccessToken::new("MARKED").unwrap());
    let error = redis.store().swap(None, Some(&Stored::new(&tokens))).unwrap_err();
    assert!(matches!(error.kind, StoreErrorKind::Other(_)));
    assert!(!format!("{error} {error:?}").contains("MARKED"), "{error:?}");

    let Some(redis) = Redis::start("password", &["--requirepass", "MARKED"]) else { return };
    let error = redis.store().load().unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::Forbidden, "{error}");
    for password in ["MARKED", "MARKEDtoo"] {
        let url = redis.url().replace("//", &format!("//:{password}@"));
        let store = RedisStore::open(&url, "k").unwrap();
        assert!(!format!("{store:?} {:?}", store.load()).contains("MARKED"));
        assert_eq!(store.load().is_ok(), password == "MARKED");
    }
    let error = RedisStore::open("http://:MARKED@x", "k").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("MARKED"), "{error:?}");
}
