//! Advisory locks on files that hold nothing (`flock` on Unix, `LockFileEx` on Windows). The operating
//! system releases them when a process ends, however it ends.

use std::{
    ffi::OsString,
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
};

use super::{StoreError, StoreLock};

/// The two locks beside a path: a long one for who refreshes, a short one for who writes. One lock
/// for both would be taken twice by who refreshes and writes.
#[derive(Debug)]
pub(super) struct LockFiles {
    refresh: PathBuf,
    write: PathBuf,
}

impl LockFiles {
    pub(super) fn beside(path: &Path) -> Self {
        let with = |suffix| {
            let mut name = OsString::from(path);
            name.push(suffix);
            PathBuf::from(name)
        };
        Self { refresh: with(".lock"), write: with(".write") }
    }

    /// The lock of [`TokenStore::try_lock`](super::TokenStore::try_lock).
    pub(super) fn try_refresh(&self) -> Result<Option<Box<dyn StoreLock>>, StoreError> {
        let file = open(&self.refresh)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Box::new(Lock(file)))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(StoreError::io(error, &self.refresh)),
        }
    }

    /// Waits until nobody else writes, which takes milliseconds.
    pub(super) fn write(&self) -> Result<impl Drop + use<>, StoreError> {
        let file = open(&self.write)?;
        file.lock().map_err(|error| StoreError::io(error, &self.write))?;
        Ok(Lock(file))
    }
}

fn open(path: &Path) -> Result<File, StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    // Who can open a file can lock it: nobody else should hold up a refresh.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| StoreError::io(error, path))
}

#[derive(Debug)]
struct Lock(File);

impl StoreLock for Lock {}

impl Drop for Lock {
    /// Closing would do, unless a child process has inherited the file.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}
