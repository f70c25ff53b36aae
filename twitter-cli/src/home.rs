//! Where the command keeps keys and tokens.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};

use crate::failure::Failure;

/// The command's folder: `TWITTER_HOME`, or `twitter-cli` in the folder that the system has for
/// settings. It need not exist.
pub(crate) fn folder() -> Result<PathBuf, Failure> {
    if let Some(folder) = std::env::var_os("TWITTER_HOME").filter(|folder| !folder.is_empty()) {
        return Ok(folder.into());
    }
    let known = choose_base_strategy().map_err(|_| {
        Failure::here("there is no home folder to keep keys in: set TWITTER_HOME to a folder")
    })?;
    Ok(known.config_dir().join("twitter-cli"))
}

/// Waits until no other process writes this file, and keeps others from it until the lock is
/// dropped. The folder is made if it is missing, for its owner alone.
///
/// That it succeeds shows that something can be kept there.
pub(crate) fn lock(file: &Path) -> Result<Lock, Failure> {
    let (name, lock) = lock_file(file)?;
    lock.lock().map_err(|error| not_kept(&name, &error))?;
    Ok(Lock(lock))
}

/// The same without waiting; `None` if another process has the lock.
pub(crate) fn try_lock(file: &Path) -> Result<Option<Lock>, Failure> {
    let (name, lock) = lock_file(file)?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(Lock(lock))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(not_kept(&name, &error)),
    }
}

/// The file beside this one that is locked in its place, since this one is replaced as a whole.
fn lock_file(file: &Path) -> Result<(PathBuf, File), Failure> {
    if let Some(folder) = file.parent() {
        make(folder)?;
    }
    let mut name = OsString::from(file);
    name.push(".lock");
    let name = PathBuf::from(name);
    let lock = options().truncate(false).open(&name).map_err(|error| not_kept(&name, &error))?;
    Ok((name, lock))
}

/// Writes a file that only its owner can read, all of it or nothing.
pub(crate) fn write(file: &Path, content: &[u8]) -> Result<(), Failure> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let temporary = file.with_file_name(format!(".{name}.{}", std::process::id()));
    let written = options().truncate(true).open(&temporary).and_then(|mut open| {
        open.write_all(content)?;
        open.sync_all()?;
        fs::rename(&temporary, file)
    });
    written.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        not_kept(file, &error)
    })
}

/// The name of a file that stands for a text, the same in every version: FNV-1a, since the hashes of the
/// standard library may differ from release to release.
pub(crate) fn name_for(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// Makes a folder that only its owner can enter.
pub(crate) fn make(folder: &Path) -> Result<(), Failure> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| not_kept(folder, &error))
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn not_kept(path: &Path, error: &std::io::Error) -> Failure {
    let advice = "nothing can be kept there: make room or give yourself access, or set TWITTER_HOME \
                  to another folder";
    Failure::file(path.display(), error).and(advice)
}

/// Keeps other processes from a file until it is dropped.
pub(crate) struct Lock(File);

impl Drop for Lock {
    /// Closing would do, unless a child process has inherited the file.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::name_for;

    /// Of the algorithm's authors.
    #[test]
    fn names_are_those_of_fnv_1a() {
        assert_eq!(name_for(""), "cbf29ce484222325");
        assert_eq!(name_for("foobar"), "85944171f73967e8");
    }
}
