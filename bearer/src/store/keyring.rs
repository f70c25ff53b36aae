//! Tokens in the keyring of the operating system: for a person's own machine.

use std::{fmt, path::Path};

use keyring::{Entry, Error};

use super::{
    StoreError, StoreErrorKind, StoreLock, Stored, Swap, TokenStore, lock_file::LockFiles,
};

/// Keeps the tokens of one user in the Keychain of macOS, the Credential Manager of Windows, or the
/// Secret Service of other systems (GNOME Keyring, KWallet).
///
/// A keyring has no locks and cannot compare before it writes: both are done by locking files, which
/// hold nothing. Windows takes at most 2,560 bytes, enough for X's tokens.
pub struct KeyringStore {
    service: String,
    user: String,
    locks: LockFiles,
}

impl KeyringStore {
    /// A store in the entry with these names. `lock` is a path whose folder exists and is this user's
    /// alone; beside it, `LOCK.lock` and `LOCK.write` are made and locked. All processes that use the
    /// entry must give the same path.
    pub fn new(
        service: impl Into<String>,
        user: impl Into<String>,
        lock: impl AsRef<Path>,
    ) -> Self {
        let locks = LockFiles::beside(lock.as_ref());
        Self { service: service.into(), user: user.into(), locks }
    }

    /// A new entry each time: it is a name, and its store is opened once per process.
    fn entry(&self) -> Result<Entry, StoreError> {
        Entry::new(&self.service, &self.user).map_err(|error| self.error(&error))
    }

    /// The error without its text: it can hold what was read.
    fn error(&self, error: &Error) -> StoreError {
        let kind = match error {
            Error::NoDefaultStore | Error::NoStorageAccess(_) | Error::PlatformFailure(_) => {
                StoreErrorKind::Unreachable
            }
            Error::BadEncoding(_) | Error::BadDataFormat(..) => StoreErrorKind::Corrupted,
            Error::TooLong(..) => StoreErrorKind::Full,
            Error::Ambiguous(_) => {
                StoreErrorKind::Other("it has the entry more than once".to_owned())
            }
            _ => StoreErrorKind::Other("the keyring refuses".to_owned()),
        };
        StoreError::new(kind, self.place())
    }
}

impl fmt::Debug for KeyringStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyringStore")
            .field("service", &self.service)
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

impl TokenStore for KeyringStore {
    fn place(&self) -> String {
        format!("the system's keyring, entry {} of {}", self.user, self.service)
    }

    fn load(&self) -> Result<Option<Stored>, StoreError> {
        match self.entry()?.get_password() {
            Ok(text) => Ok(Some(Stored::from_text(text))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(self.error(&error)),
        }
    }

    fn swap(&self, read: Option<&Stored>, new: Option<&Stored>) -> Result<Swap, StoreError> {
        let _lock = self.locks.write()?;
        if self.load()?.as_ref() != read {
            return Ok(Swap::Conflict);
        }
        let entry = self.entry()?;
        match new {
            Some(new) => entry.set_password(new.expose()),
            None if read.is_some() => entry.delete_credential(),
            None => Ok(()),
        }
        .map_err(|error| self.error(&error))?;
        Ok(Swap::Done)
    }

    fn try_lock(&self) -> Result<Option<Box<dyn StoreLock>>, StoreError> {
        self.locks.try_refresh()
    }
}
