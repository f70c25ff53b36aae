//! Where the command keeps keys and tokens.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};

use crate::failure::Failure;

/// The command's folder: `TWITTER_HOME`, or `twitter-cli` in the folder that the system has for
/// settings. It is made if it is missing, for its owner alone.
pub(crate) fn folder() -> Result<PathBuf, Failure> {
    let folder = match std::env::var_os("TWITTER_HOME").filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => {
            let known = choose_base_strategy().map_err(|_| {
                Failure::here("there is no home folder to keep keys in: set TWITTER_HOME")
            })?;
            known.config_dir().join("twitter-cli")
        }
    };
    make(&folder)?;
    Ok(folder)
}

/// Makes a folder that only its owner can enter.
pub(crate) fn make(folder: &Path) -> Result<(), Failure> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| Failure::file(folder.display(), &error))
}

/// Writes a file that only its owner can read, all of it or nothing.
pub(crate) fn write(file: &Path, content: &[u8]) -> Result<(), Failure> {
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty());
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let temporary =
        parent.unwrap_or_else(|| Path::new(".")).join(format!(".{name}.{}", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&temporary).and_then(|mut open| {
        open.write_all(content)?;
        open.sync_all()?;
        fs::rename(&temporary, file)
    });
    written.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        Failure::file(file.display(), &error)
    })
}
