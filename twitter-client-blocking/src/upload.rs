//! Uploading files.

use std::{
    collections::HashMap,
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    ops::Range,
    panic,
    path::Path,
    sync::mpsc,
    thread,
    time::Duration,
};

use tracing::Span;
use twitter_types::{
    auth::{Accepts, AnyUser, Credential},
    endpoint::Moment,
    models::UploadedMedia,
    upload::{HEAD, Options, Step, Upload, UploadError},
};

use crate::Client;

impl<C> Client<C>
where
    C: Credential + Send + Sync,
    AnyUser: Accepts<C::Kind>,
{
    /// Uploads a file, waits until X has processed it, and adds what the options say. Its id is then
    /// good for a post or a message.
    ///
    /// A few segments of 1 MiB are on their way at once, and never more in memory; what fails for a
    /// reason that passes is sent again.
    ///
    /// ```
    /// use twitter_client_blocking::Client;
    /// use twitter_types::posts::{Create, NewMedia, NewPost};
    /// use twitter_types::upload::{Options, Target};
    ///
    /// # let sandbox = twitter_sandbox::Sandbox::start()?;
    /// # let user = twitter_types::auth::OAuth2User::new(&sandbox.keys().oauth2_user_token)?;
    /// # let client = Client::new(user).with_base_url(sandbox.base_url().parse()?);
    /// # let path = std::env::temp_dir().join(format!("blocking-{}.png", std::process::id()));
    /// # std::fs::write(&path, b"\x89PNG\r\n\x1a\n")?;
    /// let options = Options::new(Target::Post).alt_text("A sandcastle with a flag");
    /// let media = client.upload_file(&path, options)?;
    /// let post = NewPost::text("Look!").with_media(NewMedia::new([media.id])?);
    /// client.send(&Create::new(post))?;
    /// # std::fs::remove_file(&path)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If X would not take the file, or does not, or it cannot be read.
    pub fn upload_file(
        &self,
        path: impl AsRef<Path>,
        options: Options,
    ) -> Result<UploadedMedia, UploadError> {
        self.upload(File::open(path)?, options)
    }

    /// The same, from whatever can be read at any place, such as a [`Cursor`](io::Cursor) over bytes.
    ///
    /// # Errors
    ///
    /// As [`upload_file`](Self::upload_file).
    pub fn upload<R: Read + Seek>(
        &self,
        file: R,
        options: Options,
    ) -> Result<UploadedMedia, UploadError> {
        self.upload_with(file, options, |_| {})
    }

    /// The same, and calls back after every request: to show how far it is, and to keep what another
    /// process needs to go on after this one ends.
    ///
    /// ```
    /// use std::io::Cursor;
    /// use twitter_client_blocking::Client;
    /// use twitter_types::upload::{Options, Target};
    ///
    /// # let sandbox = twitter_sandbox::Sandbox::start()?;
    /// # let user = twitter_types::auth::OAuth2User::new(&sandbox.keys().oauth2_user_token)?;
    /// # let client = Client::new(user).with_base_url(sandbox.base_url().parse()?);
    /// let film = Cursor::new(b"\0\0\0\x18ftypmp42 and so on");
    /// let mut saved = String::new();
    /// client.upload_with(film.clone(), Options::new(Target::Post), |upload| {
    ///     let progress = upload.progress();
    ///     println!("{:?}: {} of {} bytes", progress.stage, progress.sent, progress.total);
    ///     saved = upload.save(); // in a file, say
    /// })?;
    /// // In another process, with the same file:
    /// client.upload(film, Options::new(Target::Post).resume(saved))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`upload_file`](Self::upload_file).
    pub fn upload_with<R: Read + Seek>(
        &self,
        mut file: R,
        options: Options,
        mut watch: impl FnMut(&Upload),
    ) -> Result<UploadedMedia, UploadError> {
        let size = file.seek(SeekFrom::End(0))?;
        let head = read(&mut file, 0..size.min(HEAD as u64))?;
        let mut upload = Upload::new(&head, size, options, Moment::now().time)?;
        let (ended, ends) = mpsc::channel();
        thread::scope(|scope| {
            let mut flying = HashMap::new();
            loop {
                match upload.step(&Moment::now()) {
                    Step::Done(outcome) => return outcome,
                    Step::Send(job) => {
                        let number = job.number;
                        let bytes = match read(&mut file, job.range.clone()) {
                            Ok(bytes) => bytes,
                            Err(error) => {
                                upload.receive(&Moment::now(), number, Err(error.into()));
                                continue;
                            }
                        };
                        let request = job.into_request(bytes);
                        let (end, span) = (End(number, ended.clone()), Span::current());
                        let thread = scope.spawn(move || {
                            let _end = end;
                            span.in_scope(|| self.exchange(&request))
                        });
                        flying.insert(number, thread);
                    }
                    Step::Wait(pause) => {
                        let Some(number) = next(&ends, pause) else { continue };
                        let Some(thread) = flying.remove(&number) else { continue };
                        let outcome =
                            thread.join().unwrap_or_else(|panic| panic::resume_unwind(panic));
                        let outcome = outcome.map_err(UploadError::from);
                        upload.receive(&Moment::now(), number, outcome);
                        watch(&upload);
                    }
                }
            }
        })
    }
}

/// Tells that a thread has ended, also by a panic.
struct End(u64, mpsc::Sender<u64>);

impl Drop for End {
    fn drop(&mut self) {
        // Fails only if nobody waits for it any more.
        let _ = self.1.send(self.0);
    }
}

/// The next thread that ends, in that time.
fn next(ends: &mpsc::Receiver<u64>, pause: Option<Duration>) -> Option<u64> {
    match pause {
        Some(pause) => ends.recv_timeout(pause).ok(),
        None => ends.recv().ok(),
    }
}

fn read(file: &mut (impl Read + Seek), range: Range<u64>) -> io::Result<Vec<u8>> {
    let length = usize::try_from(range.end - range.start).map_err(io::Error::other)?;
    let mut bytes = vec![0; length];
    if length > 0 {
        file.seek(SeekFrom::Start(range.start))?;
        file.read_exact(&mut bytes)?;
    }
    Ok(bytes)
}
