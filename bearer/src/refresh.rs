//! The steps to an access token that works: a state machine that is handed times and replies.

mod error;
mod step;

use std::{fmt, mem, sync::Arc, time::Duration};

use http::Response;

pub use self::{
    error::RefreshError,
    step::{Access, NoReply, Step},
};
use crate::{
    Error, OAuth2Client, StoreError, StoreLock, Stored, Swap, UserTokens,
    session::{Held, Shared},
};

/// The first wait for others, doubled each time up to the longest.
const FIRST_WAIT: Duration = Duration::from_millis(10);
const LONGEST_WAIT: Duration = Duration::from_millis(200);

/// The wait before a request is sent again, or the store read again for what others write late.
const PAUSE: Duration = Duration::from_secs(1);

/// Seconds that others may take: two requests of a minute each.
const PATIENCE: u64 = 120;

/// How often a request is sent whose outcome stays unknown.
const SENDS: u32 = 2;

/// How often the store is read again after a refusal, where the lock is a lease.
const LATE_READS: u32 = 5;

/// The steps to an access token, from [`Session::access_token`](crate::Session::access_token).
///
/// Times are in Unix seconds. The store is called inside [`Refresh::step`] and [`Refresh::receive`],
/// which then block for as long as it does.
pub struct Refresh {
    session: Arc<Shared>,
    phase: Phase,
    /// The number of finished rounds when this task began to wait for another.
    joined: Option<u64>,
    turn: Option<Turn>,
    lock: Option<Lock>,
    began: Option<u64>,
    wait: Duration,
    sends: u32,
    late_reads: u32,
}

enum Phase {
    /// Memory may have an answer, and if it is no other task's turn, it becomes this one's.
    Recall,
    /// It is this task's turn: first without, then with the lock, the store is read.
    Read,
    /// The request for a successor of this pair is out.
    Sent(Held),
    /// The request went without a usable reply, and is sent again.
    Again,
    /// X refused the refresh token of this pair; another machine may be about to write the next.
    Late(Held, Error),
    Finished(Result<Access, RefreshError>),
}

impl Refresh {
    pub(crate) fn new(session: Arc<Shared>) -> Self {
        Self {
            session,
            phase: Phase::Recall,
            joined: None,
            turn: None,
            lock: None,
            began: None,
            wait: FIRST_WAIT,
            sends: 0,
            late_reads: 0,
        }
    }

    /// What to do at the time `now`. Once [`Step::Done`], always the same.
    ///
    /// If a request is out that [`Refresh::receive`] was not told about, it counts as one without
    /// reply.
    pub fn step(&mut self, now: u64) -> Step {
        loop {
            let next = match &self.phase {
                Phase::Recall => self.recall(now),
                Phase::Read => self.read(now),
                Phase::Sent(_) => self.unknown(RefreshError::NoReply, now),
                Phase::Again => {
                    self.phase = Phase::Read;
                    Some(Step::Wait(PAUSE))
                }
                Phase::Late(..) => self.read_late(now),
                Phase::Finished(outcome) => return Step::Done(outcome.clone()),
            };
            if let Some(step) = next {
                return step;
            }
        }
    }

    /// Takes the reply to the request of [`Step::Send`], or that there is none, at the time `now`.
    /// A new pair is in the store when this returns. Without such a request it does nothing.
    ///
    /// Give it the reply as soon as its body is complete: until then, the new refresh token exists
    /// nowhere else.
    pub fn receive(&mut self, now: u64, outcome: Result<Response<impl AsRef<[u8]>>, NoReply>) {
        let Phase::Sent(old) = &self.phase else { return };
        let old = old.clone();
        let Ok(response) = outcome else {
            self.unknown(RefreshError::NoReply, now);
            return;
        };
        match OAuth2Client::read_refresh(&old.tokens, response, now) {
            Ok(tokens) => self.write(old, tokens, now),
            Err(error) if error.is_spent_grant() => self.phase = Phase::Late(old, error),
            Err(Error::Refused(refusal)) if refusal.status.is_client_error() => {
                self.fail(RefreshError::Reply(Error::Refused(refusal)), now);
            }
            // The server may have given a new pair, and something in between spoilt the reply.
            Err(error) => {
                self.unknown(RefreshError::Reply(error), now);
            }
        }
    }

    fn recall(&mut self, now: u64) -> Option<Step> {
        if let Some(access) = self.session.recall(now) {
            self.phase = Phase::Finished(Ok(access));
            return None;
        }
        let mut state = self.session.state();
        if state.refreshing {
            self.joined.get_or_insert(state.rounds);
            drop(state);
            return self.wait_for_others(now);
        }
        // What another task found out meanwhile, this one need not find out again.
        if self.joined.is_some_and(|joined| joined != state.rounds) {
            let outcome = match (state.living(now), state.failure.clone()) {
                (Some(token), warning) => Some(Ok(Access { token, warning })),
                (None, Some(failure)) => Some(Err(failure)),
                (None, None) => None, // refused since
            };
            if let Some(outcome) = outcome {
                self.phase = Phase::Finished(outcome);
                return None;
            }
        }
        state.refreshing = true;
        drop(state);
        self.turn = Some(Turn(Arc::clone(&self.session)));
        self.phase = Phase::Read;
        None
    }

    fn read(&mut self, now: u64) -> Option<Step> {
        let trouble = self.session.sync().err();
        let (held, is_unsaved, spent) = {
            let state = self.session.state();
            (state.held.clone(), state.is_unsaved(), state.spent.clone())
        };
        match &trouble {
            // Without the store nobody knows whether the refresh token is still the newest.
            Some(error) if !is_unsaved => return self.fail(error.clone().into(), now),
            _ => {}
        }
        let trouble = trouble.map(RefreshError::from);
        if self.session.state().fresh(now).is_some() {
            return self.finish(trouble, now);
        }
        let Some(held) = held else { return self.fail(RefreshError::LoggedOut, now) };
        if let Some(refusal) = spent {
            return self.fail(RefreshError::Spent(refusal), now);
        }
        let Some(refresh_token) = &held.tokens.refresh_token else {
            let lives = self.session.state().living(now).is_some();
            return if lives {
                self.finish(trouble, now)
            } else {
                self.fail(RefreshError::NoRefreshToken, now)
            };
        };
        match self.lock(now) {
            Ok(Locked::Already) => {}
            Ok(Locked::Newly) => return None, // read again
            Ok(Locked::ByOthers) => return self.wait_for_others(now),
            // A pair that is in no store is nobody else's.
            Err(_) if is_unsaved => {}
            Err(error) => return self.fail(error.into(), now),
        }
        let request = self.session.client.refresh_request(refresh_token);
        self.sends += 1;
        self.phase = Phase::Sent(held);
        Some(Step::Send(request))
    }

    /// Takes the lock, or makes sure that it lasts for another request.
    fn lock(&mut self, now: u64) -> Result<Locked, StoreError> {
        if let Some(lock) = &mut self.lock {
            if lock.lasts(now) {
                return Ok(Locked::Already);
            }
            if lock.lock.extend()? {
                lock.since = now;
                return Ok(Locked::Already);
            }
            self.lock = None;
        }
        Ok(match self.session.store.try_lock()? {
            Some(lock) => {
                self.lock = Some(Lock { lock, since: now });
                Locked::Newly
            }
            None => Locked::ByOthers,
        })
    }

    /// Writes the pair that X has just given in place of `old`, before anybody can use it.
    fn write(&mut self, old: Held, tokens: UserTokens, now: u64) {
        let new = Held { stored: Stored::new(&tokens), tokens };
        let outcome = self.session.store.swap(Some(&old.stored), Some(&new.stored));
        {
            let mut state = self.session.state();
            let mut replaced = mem::take(&mut state.unsaved);
            state.adopt(new);
            if !matches!(outcome, Ok(Swap::Done)) {
                replaced.push(old.stored);
                state.unsaved = replaced;
            }
        }
        let warning = match outcome {
            Ok(Swap::Done) => None,
            // The old pair was not in the store yet, or somebody has logged in or out.
            Ok(Swap::Conflict) => self.session.sync().err(),
            Err(error) => Some(error),
        };
        self.finish(warning.map(RefreshError::from), now);
    }

    /// X refused the refresh token of `old`: somebody else may have spent it, and then their pair is
    /// in the store, or will soon be where a lease can run out under way.
    fn read_late(&mut self, now: u64) -> Option<Step> {
        let Phase::Late(old, error) = &self.phase else { return None };
        let (old, error) = (old.clone(), error.clone());
        match self.session.sync() {
            Err(error) if !self.session.state().is_unsaved() => {
                return self.fail(error.into(), now);
            }
            _ => {}
        }
        let is_same = |held: &Held| held.stored == old.stored;
        if !self.session.state().held.as_ref().is_some_and(is_same) {
            self.phase = Phase::Read;
            return None;
        }
        let is_lease = self.lock.as_ref().is_some_and(|lock| lock.lock.lease().is_some());
        if is_lease && self.late_reads < LATE_READS {
            self.late_reads += 1;
            return Some(Step::Wait(PAUSE));
        }
        let Error::Refused(refusal) = error else {
            return self.fail(RefreshError::Reply(error), now);
        };
        self.session.state().spent = Some(refusal.clone());
        self.fail(RefreshError::Spent(refusal), now)
    }

    /// Nobody knows whether X has answered: the old pair may still work, and is tried once more.
    fn unknown(&mut self, failure: RefreshError, now: u64) -> Option<Step> {
        if self.sends >= SENDS {
            return self.fail(failure, now);
        }
        self.phase = Phase::Again;
        None
    }

    fn wait_for_others(&mut self, now: u64) -> Option<Step> {
        let began = *self.began.get_or_insert(now);
        if now.saturating_sub(began) > PATIENCE {
            return self.fail(RefreshError::Busy { place: self.session.store.place() }, now);
        }
        let wait = self.wait;
        self.wait = (2 * wait).min(LONGEST_WAIT);
        Some(Step::Wait(wait))
    }

    /// Ends with what is held, if there is something: just obtained, or fresh.
    fn finish(&mut self, warning: Option<RefreshError>, now: u64) -> Option<Step> {
        let token = self.session.state().held.as_ref().map(|held| held.tokens.access_token.clone());
        match token {
            Some(token) => self.end(Ok(Access { token, warning: warning.clone() }), warning, now),
            None => self.fail(warning.unwrap_or(RefreshError::LoggedOut), now),
        }
    }

    /// Ends without a fresh token; the old one does while it lives.
    fn fail(&mut self, failure: RefreshError, now: u64) -> Option<Step> {
        let token = self.session.state().living(now);
        let outcome = match token {
            Some(token) => Ok(Access { token, warning: Some(failure.clone()) }),
            None => Err(failure.clone()),
        };
        self.end(outcome, Some(failure), now)
    }

    fn end(
        &mut self,
        outcome: Result<Access, RefreshError>,
        failure: Option<RefreshError>,
        now: u64,
    ) -> Option<Step> {
        self.phase = Phase::Finished(outcome);
        self.lock = None;
        if let Some(turn) = self.turn.take() {
            turn.0.state().conclude(failure, now);
        }
        None
    }
}

impl fmt::Debug for Refresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let phase = match &self.phase {
            Phase::Recall => "Recall",
            Phase::Read => "Read",
            Phase::Sent(_) => "Sent",
            Phase::Again => "Again",
            Phase::Late(..) => "Late",
            Phase::Finished(_) => "Finished",
        };
        f.debug_struct("Refresh").field("phase", &phase).finish_non_exhaustive()
    }
}

enum Locked {
    Already,
    Newly,
    ByOthers,
}

struct Lock {
    lock: Box<dyn StoreLock>,
    since: u64,
}

impl Lock {
    /// Whether more than half of the lease is left, for a request and its reply.
    fn lasts(&self, now: u64) -> bool {
        let lease = self.lock.lease();
        lease.is_none_or(|lease| now.saturating_sub(self.since) < lease.as_secs() / 2)
    }
}

/// The right to refresh within a process, given back when dropped.
struct Turn(Arc<Shared>);

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.state().refreshing = false;
    }
}
