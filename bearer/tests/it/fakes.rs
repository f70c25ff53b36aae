//! A token server whose refresh tokens work once, a store that fails on demand, and a driver.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use bearer::{
    Access, AccessToken, MemoryStore, NoReply, OAuth2Client, Refresh, RefreshError, RefreshToken,
    SecretForm, Session, Step, StoreError, StoreErrorKind, StoreLock, Stored, Swap, TokenStore,
    UserTokens,
};
use http::{Request, Response};

use super::json;

pub(crate) const NOW: u64 = 1_764_100_000;

/// X's, in what matters here: one pair lives, `a7` and `r7` for example, and refreshing ends it.
#[derive(Debug)]
pub(crate) struct Server {
    /// Of the pair that lives; also how often it was refreshed.
    pub(crate) generation: u64,
    /// How often a refresh token came that does not live.
    pub(crate) reused: u64,
    pub(crate) lifetime: u64,
}

impl Server {
    pub(crate) fn new() -> Self {
        Self { generation: 0, reused: 0, lifetime: 7200 }
    }

    /// The pair that lives, as if obtained now.
    pub(crate) fn tokens(&self, now: u64) -> UserTokens {
        tokens(self.generation).expires_at(now + self.lifetime)
    }

    pub(crate) fn answer(&mut self, request: Request<SecretForm>) -> Response<String> {
        let body = self.answer_form(&request.map(String::from).into_body());
        json(if body.contains("access_token") { 200 } else { 400 }, body)
    }

    pub(crate) fn answer_form(&mut self, form: &str) -> String {
        let living =
            format!("grant_type=refresh_token&refresh_token=r{}&client_id=id", self.generation);
        if form != living {
            self.reused += 1;
            return r#"{"error":"invalid_request","error_description":"Value passed for the token was invalid."}"#
                .to_owned();
        }
        self.generation += 1;
        let (n, lifetime) = (self.generation, self.lifetime);
        format!(
            r#"{{"token_type":"bearer","expires_in":{lifetime},"access_token":"a{n}","refresh_token":"r{n}","scope":"tweet.read"}}"#
        )
    }
}

pub(crate) fn tokens(generation: u64) -> UserTokens {
    UserTokens::new(AccessToken::new(format!("a{generation}")).unwrap())
        .refresh_token(RefreshToken::new(format!("r{generation}")).unwrap())
}

pub(crate) fn client() -> OAuth2Client {
    OAuth2Client::public("id").unwrap()
}

/// A session with the server's tokens in the store, obtained now.
pub(crate) fn session(server: &Server, store: impl TokenStore + 'static) -> Session {
    let session = Session::new(client(), store);
    session.save(&server.tokens(NOW)).unwrap();
    session
}

pub(crate) fn stored(store: &impl TokenStore) -> Option<String> {
    let tokens = store.load().unwrap()?.tokens().unwrap();
    Some(tokens.access_token.expose().to_owned())
}

/// Drives a refresh to its end. Waits advance the clock.
pub(crate) fn drive(
    refresh: &mut Refresh,
    mut now: u64,
    mut send: impl FnMut(Request<SecretForm>) -> Result<Response<String>, NoReply>,
) -> Result<Access, RefreshError> {
    for _ in 0..10_000 {
        match refresh.step(now) {
            Step::Send(request) => refresh.receive(now, send(request)),
            Step::Wait(wait) => now += wait.as_secs().max(1),
            Step::Done(outcome) => return outcome,
        }
    }
    panic!("no end")
}

/// The token that a session hands out, refreshed if need be.
pub(crate) fn token(session: &Session, server: &mut Server, now: u64) -> String {
    let access =
        drive(&mut session.access_token(), now, |request| Ok(server.answer(request))).unwrap();
    assert!(access.warning.is_none(), "{access:?}");
    access.token.expose().to_owned()
}

pub(crate) fn no_request(request: Request<SecretForm>) -> Result<Response<String>, NoReply> {
    panic!("{request:?}")
}

/// Steps that must come next.
pub(crate) fn request(refresh: &mut Refresh, now: u64) -> Request<SecretForm> {
    match refresh.step(now) {
        Step::Send(request) => request,
        step => panic!("{step:?}"),
    }
}

pub(crate) fn wait(refresh: &mut Refresh, now: u64) -> Duration {
    match refresh.step(now) {
        Step::Wait(wait) => wait,
        step => panic!("{step:?}"),
    }
}

pub(crate) fn done(refresh: &mut Refresh, now: u64) -> Result<Access, RefreshError> {
    match refresh.step(now) {
        Step::Done(outcome) => outcome,
        step => panic!("{step:?}"),
    }
}

/// A memory that fails as it is told, and whose lock is a lease if it is told so.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faulty {
    pub(crate) memory: MemoryStore,
    pub(crate) faults: Arc<Mutex<Faults>>,
}

#[derive(Debug, Default)]
pub(crate) struct Faults {
    pub(crate) load: Option<StoreErrorKind>,
    pub(crate) swap: Option<StoreErrorKind>,
    /// A swap that fails has been made all the same.
    pub(crate) swapped: bool,
    pub(crate) lock: Option<StoreErrorKind>,
    pub(crate) lease: Option<Duration>,
    /// The lease runs out.
    pub(crate) lost: bool,
    /// What another process writes at the last moment before the lock is taken.
    pub(crate) foreign: Option<Stored>,
    pub(crate) extended: u32,
    pub(crate) locked: u32,
}

fn fail(kind: &Option<StoreErrorKind>) -> Result<(), StoreError> {
    kind.as_ref().map_or(Ok(()), |kind| Err(StoreError::new(kind.clone(), "faulty")))
}

impl TokenStore for Faulty {
    fn place(&self) -> String {
        "faulty".to_owned()
    }

    fn load(&self) -> Result<Option<Stored>, StoreError> {
        fail(&self.faults.lock().unwrap().load)?;
        self.memory.load()
    }

    fn swap(&self, read: Option<&Stored>, new: Option<&Stored>) -> Result<Swap, StoreError> {
        let faults = self.faults.lock().unwrap();
        if faults.swapped {
            let _ = self.memory.swap(read, new)?;
        }
        fail(&faults.swap)?;
        self.memory.swap(read, new)
    }

    fn try_lock(&self) -> Result<Option<Box<dyn StoreLock>>, StoreError> {
        let mut faults = self.faults.lock().unwrap();
        fail(&faults.lock)?;
        if let Some(foreign) = faults.foreign.take() {
            let read = self.memory.load()?;
            assert_eq!(self.memory.swap(read.as_ref(), Some(&foreign))?, Swap::Done);
        }
        let Some(lock) = self.memory.try_lock()? else { return Ok(None) };
        faults.locked += 1;
        Ok(Some(Box::new(Lease(lock, Arc::clone(&self.faults)))))
    }
}

#[derive(Debug)]
struct Lease(#[expect(dead_code, reason = "held")] Box<dyn StoreLock>, Arc<Mutex<Faults>>);

impl StoreLock for Lease {
    fn lease(&self) -> Option<Duration> {
        self.1.lock().unwrap().lease
    }

    fn extend(&mut self) -> Result<bool, StoreError> {
        let mut faults = self.1.lock().unwrap();
        faults.extended += 1;
        Ok(!std::mem::take(&mut faults.lost))
    }
}
