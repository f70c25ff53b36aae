//! Uploading files.

use std::{
    io::{self, SeekFrom},
    ops::Range,
    path::Path,
    time::Duration,
};

use futures_util::{StreamExt as _, stream::FuturesUnordered};
use tokio::{
    fs::File,
    io::{AsyncRead, AsyncReadExt as _, AsyncSeek, AsyncSeekExt as _},
    time::{sleep, timeout},
};
use twitter_types::{
    auth::{Accepts, AnyUser, Credential},
    endpoint::Moment,
    models::UploadedMedia,
    upload::{HEAD, Options, Step, Upload, UploadError},
};

use crate::Client;

impl<C> Client<C>
where
    C: Credential,
    AnyUser: Accepts<C::Kind>,
{
    /// Uploads a file, waits until X has processed it, and adds what the options say. Its id is then
    /// good for a post or a message.
    ///
    /// A few segments of 1 MiB are on their way at once, and never more in memory; what fails for a
    /// reason that passes is sent again. The future can be dropped at any point: what
    /// [`upload_with`](Self::upload_with) has called back with is where another goes on.
    ///
    /// ```
    /// use twitter_client_async::Client;
    /// use twitter_types::posts::{Create, NewMedia, NewPost};
    /// use twitter_types::upload::{Options, Target};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = twitter_sandbox::Sandbox::start()?;
    /// # let user = twitter_types::auth::OAuth2User::new(&sandbox.keys().oauth2_user_token)?;
    /// # let client = Client::new(user).with_base_url(sandbox.base_url().parse()?);
    /// # let path = std::env::temp_dir().join(format!("async-{}.png", std::process::id()));
    /// # std::fs::write(&path, b"\x89PNG\r\n\x1a\n")?;
    /// let options = Options::new(Target::Post).alt_text("A sandcastle with a flag");
    /// let media = client.upload_file(&path, options).await?;
    /// let post = NewPost::text("Look!").with_media(NewMedia::new([media.id])?);
    /// client.send(&Create::new(post)).await?;
    /// # std::fs::remove_file(&path)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If X would not take the file, or does not, or it cannot be read.
    pub async fn upload_file(
        &self,
        path: impl AsRef<Path>,
        options: Options,
    ) -> Result<UploadedMedia, UploadError> {
        self.upload(File::open(path).await?, options).await
    }

    /// The same, from whatever can be read at any place, such as a [`Cursor`](io::Cursor) over bytes.
    ///
    /// # Errors
    ///
    /// As [`upload_file`](Self::upload_file).
    pub async fn upload<R: AsyncRead + AsyncSeek + Unpin>(
        &self,
        file: R,
        options: Options,
    ) -> Result<UploadedMedia, UploadError> {
        self.upload_with(file, options, |_| {}).await
    }

    /// The same, and calls back after every request: to show how far it is, and to keep what another
    /// process needs to go on after this one ends.
    ///
    /// ```
    /// use std::io::Cursor;
    /// use twitter_client_async::Client;
    /// use twitter_types::upload::{Options, Target};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = twitter_sandbox::Sandbox::start()?;
    /// # let user = twitter_types::auth::OAuth2User::new(&sandbox.keys().oauth2_user_token)?;
    /// # let client = Client::new(user).with_base_url(sandbox.base_url().parse()?);
    /// let film = Cursor::new(b"\0\0\0\x18ftypmp42 and so on");
    /// let mut saved = String::new();
    /// let watch = |upload: &twitter_types::upload::Upload| {
    ///     let progress = upload.progress();
    ///     println!("{:?}: {} of {} bytes", progress.stage, progress.sent, progress.total);
    ///     saved = upload.save(); // in a file, say
    /// };
    /// client.upload_with(film.clone(), Options::new(Target::Post), watch).await?;
    /// // In another process, with the same file:
    /// client.upload(film, Options::new(Target::Post).resume(saved)).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`upload_file`](Self::upload_file).
    pub async fn upload_with<R: AsyncRead + AsyncSeek + Unpin>(
        &self,
        mut file: R,
        options: Options,
        mut watch: impl FnMut(&Upload),
    ) -> Result<UploadedMedia, UploadError> {
        let size = file.seek(SeekFrom::End(0)).await?;
        let head = read(&mut file, 0..size.min(HEAD as u64)).await?;
        let mut upload = Upload::new(&head, size, options, Moment::now().time)?;
        let mut flying = FuturesUnordered::new();
        loop {
            let step = upload.step(&Moment::now());
            match step {
                Step::Done(outcome) => return outcome,
                Step::Send(job) => {
                    let number = job.number;
                    match read(&mut file, job.range.clone()).await {
                        Ok(bytes) => {
                            let request = job.into_request(bytes);
                            flying.push(async move { (number, self.exchange(&request).await) });
                        }
                        Err(error) => upload.receive(&Moment::now(), number, Err(error.into())),
                    }
                }
                Step::Wait(pause) => {
                    let Some((number, outcome)) = next(&mut flying, pause).await else { continue };
                    let outcome = outcome.map_err(UploadError::from);
                    upload.receive(&Moment::now(), number, outcome);
                    watch(&upload);
                }
            }
        }
    }
}

/// The next request that ends, in that time.
async fn next<F: Future>(
    flying: &mut FuturesUnordered<F>,
    pause: Option<Duration>,
) -> Option<F::Output> {
    match pause {
        None => flying.next().await,
        Some(pause) if flying.is_empty() => {
            sleep(pause).await;
            None
        }
        Some(pause) => timeout(pause, flying.next()).await.ok().flatten(),
    }
}

async fn read<R>(file: &mut R, range: Range<u64>) -> io::Result<Vec<u8>>
where
    R: AsyncRead + AsyncSeek + Unpin,
{
    let length = usize::try_from(range.end - range.start).map_err(io::Error::other)?;
    let mut bytes = vec![0; length];
    if length > 0 {
        file.seek(SeekFrom::Start(range.start)).await?;
        file.read_exact(&mut bytes).await?;
    }
    Ok(bytes)
}
