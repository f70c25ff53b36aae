//! Why a store failed, and what to do about it.

use std::{error, fmt, io, sync::Arc};

/// A store could not be read or written. What was stored before is still there, and it holds no
/// secret itself.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct StoreError {
    /// What happened.
    pub kind: StoreErrorKind,
    /// Which store, for people: the path of a file, the key on a server.
    pub place: String,
    source: Option<Arc<io::Error>>,
}

/// What kept a store from working.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// A newer version of the program wrote the tokens.
    #[non_exhaustive]
    NewerFormat {
        /// The number of the format, greater than 1.
        format: u64,
    },
    /// What is stored is not tokens.
    Corrupted,
    /// There is no room: the disk is full, a quota is used up, or the server is out of memory.
    Full,
    /// The folder is read-only, or this user may not read or write there.
    Forbidden,
    /// Other users of the machine can read the file.
    #[non_exhaustive]
    Exposed {
        /// The permissions of the file, such as `0o644`.
        mode: u32,
    },
    /// The folder of the file does not exist.
    NoFolder,
    /// The server, or the keyring of the operating system, does not answer.
    Unreachable,
    /// Anything else, in a few words without a secret.
    Other(String),
}

impl StoreError {
    /// An error of a store of your own. `place` says which store it is; it must hold no secret, such
    /// as the password in a URL.
    pub fn new(kind: StoreErrorKind, place: impl Into<String>) -> Self {
        Self { kind, place: place.into(), source: None }
    }

    pub(crate) fn is_newer_format(&self) -> bool {
        matches!(self.kind, StoreErrorKind::NewerFormat { .. })
    }

    /// Others write all the time.
    pub(crate) fn busy(place: String) -> Self {
        Self::new(StoreErrorKind::Other("others write to it all the time".to_owned()), place)
    }

    /// An error of files.
    #[cfg(any(feature = "file", feature = "keyring"))]
    pub(crate) fn io(error: io::Error, place: &std::path::Path) -> Self {
        use io::ErrorKind;
        let kind = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                StoreErrorKind::Full
            }
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                StoreErrorKind::Forbidden
            }
            ErrorKind::NotFound => StoreErrorKind::NoFolder,
            _ => StoreErrorKind::Other("the operating system refuses".to_owned()),
        };
        Self { kind, place: place.display().to_string(), source: Some(Arc::new(error)) }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        match &self.kind {
            StoreErrorKind::NewerFormat { format } => write!(
                f,
                "the tokens were written by a newer version of this program (format {format}): \
                 upgrade this one, which has left them as they are"
            ),
            StoreErrorKind::Corrupted => f.write_str(
                "what is there are not tokens: log in again, which replaces it, unless the place is \
                 the wrong one",
            ),
            StoreErrorKind::Full => f.write_str(
                "there is no room left: make room; tokens that could not be written stay in memory \
                 until they can, so let the program run on",
            ),
            StoreErrorKind::Forbidden => f.write_str(
                "this user may not read or write there, or it is read-only: give access to the file \
                 and to its folder, or choose another place; tokens that could not be written stay in \
                 memory until they can, so let the program run on",
            ),
            StoreErrorKind::Exposed { mode } => write!(
                f,
                "other users of this machine can read it (mode {mode:o}): run chmod 600 on it, and log in \
                 again if somebody could have read it"
            ),
            StoreErrorKind::NoFolder => f.write_str(
                "its folder does not exist: create it, or choose another place",
            ),
            StoreErrorKind::Unreachable => f.write_str(
                "it does not answer: check that it runs, its address and the network; tokens that \
                 could not be written stay in memory until they can, so let the program run on",
            ),
            StoreErrorKind::Other(what) => write!(f, "{what}: check that it works at all"),
        }
    }
}

impl error::Error for StoreError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_ref().map(|error| error.as_ref() as _)
    }
}
