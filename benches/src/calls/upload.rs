//! A large file that is uploaded.

use std::{
    fs::{self, File},
    io::{Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use twitter_sandbox::Sandbox;
use twitter_types::{
    auth::OAuth2User,
    upload::{Options, Target},
};

use super::contestants::{ASYNC, BLOCKING, Problem, runtime};

/// What X takes at most.
pub const UPLOAD: u64 = 512 * 1024 * 1024;

/// A sandbox, and a file to upload to it, which takes no place on the disk.
#[derive(Debug)]
pub struct Upload {
    sandbox: Sandbox,
    path: PathBuf,
}

impl Upload {
    /// Starts the sandbox, and writes the file into a folder.
    ///
    /// # Errors
    ///
    /// If there is no port to be had, or the folder cannot be written to.
    pub fn start(folder: &Path) -> Result<Self, Problem> {
        let path = folder.join("upload.mp4");
        let mut file = File::create(&path)?;
        file.write_all(b"\0\0\0\x18ftypisom")?;
        file.seek(SeekFrom::Start(UPLOAD - 1))?;
        file.write_all(b"!")?;
        Ok(Self { sandbox: Sandbox::start()?, path })
    }

    /// Where the sandbox is, the token for it, and the file.
    pub fn arguments(&self) -> [String; 3] {
        let token = self.sandbox.keys().oauth2_user_token.clone();
        [self.sandbox.base_url().to_owned(), token, self.path.display().to_string()]
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        // A file that cannot be removed is empty but for its ends.
        let _ = fs::remove_file(&self.path);
    }
}

/// Who uploads: the clients.
pub const UPLOADERS: [&str; 2] = [BLOCKING, ASYNC];

/// Uploads the file by one of them.
///
/// # Errors
///
/// If the upload fails.
pub fn upload(uploader: &str, base_url: &str, token: &str, path: &str) -> Result<(), Problem> {
    let (user, base_url) = (OAuth2User::new(token)?, base_url.parse()?);
    let options = Options::new(Target::Post);
    if uploader == BLOCKING {
        let client = twitter_client_blocking::Client::new(user).with_base_url(base_url);
        client.upload_file(path, options)?;
    } else {
        let client = twitter_client_async::Client::new(user).with_base_url(base_url);
        runtime()?.block_on(client.upload_file(path, options))?;
    }
    Ok(())
}
