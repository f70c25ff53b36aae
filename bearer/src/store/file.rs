//! Tokens in a file: for one machine, with any number of processes.

use std::{
    ffi::{OsStr, OsString},
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use super::{
    StoreError, StoreErrorKind, StoreLock, Stored, Swap, TokenStore, lock_file::LockFiles,
};

/// Far longer than any tokens: a file that is larger is something else.
const MAX_LENGTH: usize = 1 << 20;

/// Keeps the tokens of one user in a file that only this user of the machine can read (mode 600).
///
/// A write goes to `PATH.new`, which is synced and then renamed to `PATH`, and the folder is synced: a
/// crash leaves the old tokens or the new ones, never half a file. Beside it are the empty files
/// `PATH.lock` and `PATH.write`, which are locked and never removed. All processes must see the same
/// local file system: over a network file system the locks are as good as its `flock`.
///
/// A symbolic link at `PATH` is replaced, not followed. A file that other users can read is refused ([`StoreErrorKind::Exposed`]). On Windows, the access
/// rights are those of the folder.
#[derive(Debug)]
pub struct FileStore {
    path: PathBuf,
    locks: LockFiles,
}

impl FileStore {
    /// A store at this path. Its folder must exist; the file need not, until it is written.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let locks = LockFiles::beside(&path);
        Self { path, locks }
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn error(&self, error: io::Error) -> StoreError {
        StoreError::io(error, &self.path)
    }

    fn open(&self) -> Result<Option<File>, StoreError> {
        match File::open(&self.path) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.error(error)),
        }
    }

    fn read(&self, file: File) -> Result<Stored, StoreError> {
        let length = file.metadata().map_err(|error| self.error(error))?.len();
        let Some(capacity) = usize::try_from(length).ok().filter(|length| *length <= MAX_LENGTH)
        else {
            return Err(StoreError::new(StoreErrorKind::Corrupted, self.place()));
        };
        // With room for all, so that no copy is left behind by growing.
        let mut bytes = Zeroizing::new(Vec::with_capacity(capacity + 1));
        file.take(length).read_to_end(&mut bytes).map_err(|error| self.error(error))?;
        // What is not UTF-8 is not tokens either, but can still be compared and replaced.
        Ok(Stored::from_text(String::from_utf8_lossy(&bytes)))
    }

    /// Afterwards the new text is there for good, or the old one is.
    fn replace(&self, stored: &Stored) -> io::Result<()> {
        let mut new = OsString::from(&self.path);
        new.push(".new");
        // What a crash has left there may have other permissions.
        match fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        if let Err(error) = write(&new, stored).and_then(|()| fs::rename(&new, &self.path)) {
            let _ = fs::remove_file(&new);
            return Err(error);
        }
        self.sync_folder()
    }

    /// Makes a rename or a removal survive a crash of the machine. Windows does so by itself.
    fn sync_folder(&self) -> io::Result<()> {
        if cfg!(unix) {
            let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
            File::open(folder.unwrap_or_else(|| Path::new(".")))?.sync_all()?;
        }
        Ok(())
    }
}

impl TokenStore for FileStore {
    fn place(&self) -> String {
        self.path.display().to_string()
    }

    fn load(&self) -> Result<Option<Stored>, StoreError> {
        let Some(file) = self.open()? else { return Ok(None) };
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let mode = file.metadata().map_err(|error| self.error(error))?.mode() & 0o777;
            if mode & 0o077 != 0 {
                return Err(StoreError::new(StoreErrorKind::Exposed { mode }, self.place()));
            }
        }
        self.read(file).map(Some)
    }

    fn swap(&self, read: Option<&Stored>, new: Option<&Stored>) -> Result<Swap, StoreError> {
        let _lock = self.locks.write()?;
        // Not by `load`: that the file has been opened to others is no reason to lose new tokens, and
        // writing closes it again.
        let found = self.open()?.map(|file| self.read(file)).transpose()?;
        if found.as_ref() != read {
            return Ok(Swap::Conflict);
        }
        match new {
            Some(new) => self.replace(new),
            None if found.is_some() => {
                fs::remove_file(&self.path).and_then(|()| self.sync_folder())
            }
            None => Ok(()),
        }
        .map_err(|error| self.error(error))?;
        Ok(Swap::Done)
    }

    fn try_lock(&self) -> Result<Option<Box<dyn StoreLock>>, StoreError> {
        self.locks.try_refresh()
    }
}

/// Writes a file that only this user can read, down to the disk.
fn write(path: &OsStr, stored: &Stored) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(stored.expose().as_bytes())?;
    file.sync_all()
}
