//! Tokens in memory: for tests, and for programs whose user logs in each time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{StoreError, StoreLock, Stored, Swap, TokenStore};

/// Keeps tokens for as long as the program runs. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    stored: Option<Stored>,
    locked: bool,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// A thread that panicked cannot have left the state half changed.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TokenStore for MemoryStore {
    fn place(&self) -> String {
        "memory".to_owned()
    }

    fn load(&self) -> Result<Option<Stored>, StoreError> {
        Ok(self.state().stored.clone())
    }

    fn swap(&self, read: Option<&Stored>, new: Option<&Stored>) -> Result<Swap, StoreError> {
        let mut state = self.state();
        if state.stored.as_ref() != read {
            return Ok(Swap::Conflict);
        }
        state.stored = new.cloned();
        Ok(Swap::Done)
    }

    fn try_lock(&self) -> Result<Option<Box<dyn StoreLock>>, StoreError> {
        let mut state = self.state();
        if state.locked {
            return Ok(None);
        }
        state.locked = true;
        Ok(Some(Box::new(Lock(self.clone()))))
    }
}

#[derive(Debug)]
struct Lock(MemoryStore);

impl StoreLock for Lock {}

impl Drop for Lock {
    fn drop(&mut self) {
        self.0.state().locked = false;
    }
}
