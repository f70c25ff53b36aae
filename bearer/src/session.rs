//! What the tasks of one process share about a user's tokens.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use subtle::ConstantTimeEq as _;

use crate::{
    Access, AccessToken, OAuth2Client, Refresh, RefreshError, Refusal, StoreError, Stored, Swap,
    TokenStore, UserTokens,
};

/// A request takes a while to arrive, and clocks differ by seconds. Of X's two hours, 60 seconds are
/// less than one part in a hundred: nearly no refresh more.
const MARGIN: Duration = Duration::from_secs(60);

/// Seconds until a failed refresh or write is tried again, while the old token still lives.
const RETRY: u64 = 5;

/// How often somebody else may write between a read and a write. Nobody does so twice in a row.
const ATTEMPTS: usize = 10;

/// A user's tokens, kept fresh: one per user and process, cloned to every task that makes requests.
///
/// At X a refresh token works once. A program that spends it twice, or loses its successor, has to
/// send the user through the login again. So only one task of a process refreshes while the others
/// wait, and only one process by the lock of the store; each reads the store again before it
/// refreshes, and the new pair is in the store before the new access token is used.
///
/// # The window in which a pair can be lost
///
/// X ends the old refresh token when it answers; the new one is safe when [`TokenStore::swap`] has
/// returned. If the process or the machine dies between the two, or the answer is lost on its way or
/// comes later than the HTTP client waits, no copy of the new token exists, and the user must log in
/// again. No client can close this window, but a patient one loses fewer answers.
/// It is as small as it can be made: [`Refresh::receive`] itself writes the pair, with a file's sync
/// and rename and nothing else in between. A [`Refresh`] that has sent its request should be driven to
/// its end: dropping it then, as the cancellation of an async task does, loses the answer.
///
/// If the pair cannot be written (the disk is full, Redis is gone), it is kept in memory and used,
/// [`Access::warning`] says so, and later calls try to write it again: then the window lasts until
/// that succeeds.
#[derive(Clone)]
pub struct Session(Arc<Shared>);

impl Session {
    /// A session over a store, which may be empty until [`Session::save`].
    pub fn new(client: OAuth2Client, store: impl TokenStore + 'static) -> Self {
        let state = State { margin: MARGIN.as_secs(), ..State::default() };
        Self(Arc::new(Shared { client, store: Box::new(store), state: Mutex::new(state) }))
    }

    /// Refreshes this long before the access token ends, in whole seconds, instead of 60 seconds.
    #[must_use]
    pub fn with_margin(self, margin: Duration) -> Self {
        self.0.state().margin = margin.as_secs();
        self
    }

    /// The access token, if memory alone can tell that none need be obtained at the time `now`, in
    /// Unix seconds. It neither waits nor asks the store.
    pub fn recall(&self, now: u64) -> Option<Access> {
        self.0.recall(now)
    }

    /// Begins the steps to an access token that works: none but a look into memory, most of the time.
    pub fn access_token(&self) -> Refresh {
        Refresh::new(Arc::clone(&self.0))
    }

    /// Tells that the API answered 401 to a request with this token, so that the next
    /// [`Session::access_token`] obtains another. A token that has been replaced meanwhile is nothing
    /// new.
    ///
    /// Not for 403: that is about what the token may do, and the next one may not do more.
    pub fn refused(&self, token: &AccessToken) {
        let mut state = self.0.state();
        if state.held.as_ref().is_some_and(|held| same(&held.tokens.access_token, token)) {
            state.refused = true;
        }
    }

    /// Puts the tokens of a login into the store, in place of any that are there.
    ///
    /// # Errors
    ///
    /// [`StoreError`] says what to do before calling this again with the same tokens. Tokens that a
    /// newer version of the program wrote are not replaced.
    pub fn save(&self, tokens: &UserTokens) -> Result<(), StoreError> {
        let stored = Stored::new(tokens);
        self.0.replace(Some(&stored))?;
        self.0.state().adopt(Held { stored, tokens: tokens.clone() });
        Ok(())
    }

    /// Reads the store: what is known of the user's tokens, and whether there are any.
    ///
    /// # Errors
    ///
    /// [`StoreError`] says what to do.
    pub fn load(&self) -> Result<Option<UserTokens>, StoreError> {
        self.0.store.load()?.map(|stored| self.0.decode(&stored)).transpose()
    }

    /// Empties the store and returns what was there, for
    /// [`revoke_access_request`](OAuth2Client::revoke_access_request) and
    /// [`revoke_refresh_request`](OAuth2Client::revoke_refresh_request).
    ///
    /// A refresh that is under way ends with [`RefreshError::LoggedOut`]; a pair that it obtained
    /// meanwhile is dropped.
    ///
    /// # Errors
    ///
    /// [`StoreError`] says what to do before calling this again.
    pub fn log_out(&self) -> Result<Option<UserTokens>, StoreError> {
        let removed = self.0.replace(None)?;
        let mut state = self.0.state();
        let unsaved = state.held.take().filter(|_| state.is_unsaved());
        state.forget();
        let stored = removed.and_then(|stored| stored.tokens().ok());
        Ok(unsaved.map(|held| held.tokens).or(stored))
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("client", &self.0.client)
            .field("store", &self.0.store)
            .finish_non_exhaustive()
    }
}

pub(crate) struct Shared {
    pub(crate) client: OAuth2Client,
    pub(crate) store: Box<dyn TokenStore>,
    state: Mutex<State>,
}

impl Shared {
    /// Held for moments only, never while the store works.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        // Every change is made in one piece: a thread that panicked has left nothing half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn decode(&self, stored: &Stored) -> Result<UserTokens, StoreError> {
        stored.tokens().map_err(|mut error| {
            error.place = self.store.place();
            error
        })
    }

    /// What memory alone can answer, if it can.
    pub(crate) fn recall(&self, now: u64) -> Option<Access> {
        let state = self.state();
        let waits = now < state.retry_at;
        if state.is_unsaved() && !waits {
            return None;
        }
        let token = if waits { state.living(now)? } else { state.fresh(now)? };
        Some(Access { token, warning: state.failure.clone().filter(|_| waits) })
    }

    /// Brings memory and store together: a pair that could not be written is written, and anything
    /// else in the store is newer than what is held.
    pub(crate) fn sync(&self) -> Result<(), StoreError> {
        for _ in 0..ATTEMPTS {
            let found = self.store.load()?;
            let Some(new) = self.compare(found.as_ref())? else { return Ok(()) };
            if self.store.swap(found.as_ref(), Some(&new))? == Swap::Done {
                self.state().unsaved.clear();
                return Ok(());
            }
        }
        Err(StoreError::busy(self.store.place()))
    }

    /// What is to replace what was found in the store; `None` if it is to stay.
    fn compare(&self, found: Option<&Stored>) -> Result<Option<Stored>, StoreError> {
        let mut state = self.state();
        match (found, state.held.as_ref().map(|held| held.stored.clone())) {
            (None, _) => state.forget(),
            (Some(found), Some(held)) if *found == held => state.unsaved.clear(),
            (Some(found), Some(held)) if state.unsaved.contains(found) => return Ok(Some(held)),
            (Some(found), _) => {
                let tokens = self.decode(found)?;
                state.adopt(Held { stored: found.clone(), tokens });
            }
        }
        Ok(None)
    }

    /// Replaces whatever there is, and returns it.
    fn replace(&self, new: Option<&Stored>) -> Result<Option<Stored>, StoreError> {
        for _ in 0..ATTEMPTS {
            let read = self.store.load()?;
            match read.as_ref().map(|stored| self.decode(stored)) {
                Some(Err(error)) if error.is_newer_format() => return Err(error),
                _ => {}
            }
            if self.store.swap(read.as_ref(), new)? == Swap::Done {
                return Ok(read);
            }
        }
        Err(StoreError::busy(self.store.place()))
    }
}

/// A pair, and the text that stands for it in the store.
#[derive(Clone)]
pub(crate) struct Held {
    pub(crate) stored: Stored,
    pub(crate) tokens: UserTokens,
}

/// What one process knows.
#[derive(Default)]
pub(crate) struct State {
    /// The newest pair.
    pub(crate) held: Option<Held>,
    /// The API answered 401 to its access token.
    refused: bool,
    /// X does not take its refresh token any more.
    pub(crate) spent: Option<Refusal>,
    /// If it could not be written yet, what it replaces: the texts that the store may hold.
    pub(crate) unsaved: Vec<Stored>,
    /// A task refreshes.
    pub(crate) refreshing: bool,
    /// How many tasks have done so.
    pub(crate) rounds: u64,
    /// What kept the last of them from it.
    pub(crate) failure: Option<RefreshError>,
    /// Until then, in Unix seconds, a token that lives is used without trying again.
    retry_at: u64,
    /// In seconds.
    margin: u64,
}

impl State {
    /// The access token, if it was not refused and lives until `time`.
    pub(crate) fn living(&self, time: u64) -> Option<AccessToken> {
        let held = self.held.as_ref().filter(|held| !self.refused && held.tokens.lives_at(time))?;
        Some(held.tokens.access_token.clone())
    }

    /// The access token, if it needs no refresh.
    pub(crate) fn fresh(&self, now: u64) -> Option<AccessToken> {
        self.living(now.saturating_add(self.margin))
    }

    pub(crate) fn is_unsaved(&self) -> bool {
        !self.unsaved.is_empty()
    }

    /// Takes a pair that is in the store.
    pub(crate) fn adopt(&mut self, held: Held) {
        self.forget();
        self.held = Some(held);
    }

    pub(crate) fn forget(&mut self) {
        (self.held, self.spent, self.refused) = (None, None, false);
        self.unsaved.clear();
    }

    /// Ends a round.
    pub(crate) fn conclude(&mut self, failure: Option<RefreshError>, now: u64) {
        self.rounds = self.rounds.wrapping_add(1);
        self.retry_at = if failure.is_some() { now.saturating_add(RETRY) } else { 0 };
        self.failure = failure;
    }
}

fn same(a: &AccessToken, b: &AccessToken) -> bool {
    a.expose().as_bytes().ct_eq(b.expose().as_bytes()).into()
}
