//! Where a user's tokens are kept between runs and between machines.

mod error;
mod memory;
mod stored;

#[cfg(feature = "file")]
#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the edge: a store of tokens in a file"
)]
mod file;
#[cfg(feature = "keyring")]
mod keyring;
#[cfg(any(feature = "file", feature = "keyring"))]
#[expect(clippy::disallowed_types, reason = "the edge: a lock among processes is a file")]
mod lock_file;
#[cfg(feature = "redis")]
mod redis;

use std::{fmt, sync::Arc, time::Duration};

#[cfg(feature = "file")]
pub use self::file::FileStore;
#[cfg(feature = "keyring")]
pub use self::keyring::KeyringStore;
#[cfg(feature = "redis")]
pub use self::redis::RedisStore;
pub use self::{
    error::{StoreError, StoreErrorKind},
    memory::MemoryStore,
    stored::Stored,
};

/// A place for the tokens of one user.
///
/// A store knows nothing of tokens: it keeps one text, [`Stored`], and compares it with the text that
/// was read before it replaces it. What makes a refresh safe is in [`Session`](crate::Session).
///
/// The methods block, for as long as a disk or a server takes. An async program drives a
/// [`Refresh`](crate::Refresh) off its executor, for example in `spawn_blocking`.
pub trait TokenStore: fmt::Debug + Send + Sync {
    /// Which store it is, for people: the path of a file, the key on a server. No secret.
    fn place(&self) -> String;

    /// Reads what is there; `None` if nothing is.
    ///
    /// # Errors
    ///
    /// [`StoreError`] says what to do; what is stored stays as it is.
    fn load(&self) -> Result<Option<Stored>, StoreError>;

    /// Replaces `read`, if that is still what is there, by `new`, in one step and for good: when this
    /// returns [`Swap::Done`], a crash of the machine no longer loses `new`. `None` stands for
    /// nothing, both ways. It does not need the lock.
    ///
    /// # Errors
    ///
    /// [`StoreError`] says what to do. Afterwards either is there, complete: `read` or `new`.
    fn swap(&self, read: Option<&Stored>, new: Option<&Stored>) -> Result<Swap, StoreError>;

    /// Takes the lock, without waiting; `None` if it is taken. Who holds it may refresh. It spans
    /// processes and machines as far as the store does, and ends when it is dropped, when the
    /// process ends, or, if it is a lease, when its time is over.
    ///
    /// # Errors
    ///
    /// [`StoreError`] says what to do.
    fn try_lock(&self) -> Result<Option<Box<dyn StoreLock>>, StoreError>;
}

/// For a store that is chosen at run time, or shared.
impl<T: TokenStore + ?Sized> TokenStore for Arc<T> {
    fn place(&self) -> String {
        (**self).place()
    }

    fn load(&self) -> Result<Option<Stored>, StoreError> {
        (**self).load()
    }

    fn swap(&self, read: Option<&Stored>, new: Option<&Stored>) -> Result<Swap, StoreError> {
        (**self).swap(read, new)
    }

    fn try_lock(&self) -> Result<Option<Box<dyn StoreLock>>, StoreError> {
        (**self).try_lock()
    }
}

/// What became of a [`TokenStore::swap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "after a conflict the new text is not stored"]
#[non_exhaustive]
pub enum Swap {
    /// The new text is stored.
    Done,
    /// Something else than `read` was there, and still is.
    Conflict,
}

/// The lock of a store, released when it is dropped.
pub trait StoreLock: fmt::Debug + Send {
    /// How long the lock holds from when it was taken or extended; `None` for as long as the process
    /// lives.
    fn lease(&self) -> Option<Duration> {
        None
    }

    /// Begins the lease anew. `false` if the lock was lost meanwhile.
    ///
    /// # Errors
    ///
    /// [`StoreError`] says what to do.
    fn extend(&mut self) -> Result<bool, StoreError> {
        Ok(true)
    }
}
