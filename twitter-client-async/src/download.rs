//! Downloading files.

use tokio::io::AsyncWrite;
use twitter_types::{
    Reply,
    auth::{Accepts, Credential},
    endpoint::{Bytes, DownloadError, Endpoint},
};

use crate::Client;

impl<C: Credential> Client<C> {
    /// Asks for a file, and writes it as it comes, without keeping it in memory; the reply says how many
    /// bytes it has.
    ///
    /// A policy holds until the first byte: nothing that was written is asked for again. A body that is
    /// shorter than announced is an error, as is one that is longer than the transport's
    /// [`with_download_limit`](crate::Transport::with_download_limit).
    ///
    /// The future can be dropped at any point: what was written until then is a part.
    ///
    /// ```
    /// use twitter_client_async::Client;
    /// use twitter_types::{auth::OAuth2User, direct_messages::DownloadMedia, id::DmResourceId};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = twitter_sandbox::Sandbox::start()?;
    /// # let user = OAuth2User::new(&sandbox.keys().oauth2_user_token)?;
    /// # let client = Client::new(user).with_base_url(sandbox.base_url().parse()?);
    /// let media = DownloadMedia::new(1810, DmResourceId::new("1811")?, DmResourceId::new("photo")?);
    /// let mut file = Vec::new(); // or a `File`
    /// let reply = client.download(&media, &mut file).await?;
    /// assert_eq!(reply.body, file.len() as u64);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send) while nothing was written; after that, if the body breaks off or cannot be
    /// written.
    pub async fn download<E>(
        &self,
        endpoint: &E,
        writer: impl AsyncWrite + Unpin,
    ) -> Result<Reply<u64>, DownloadError>
    where
        E: Endpoint<Response = Bytes, Auth: Accepts<C::Kind>>,
    {
        let (reply, written) = self.transport().run_download(self.flow(endpoint), writer).await?;
        Ok(reply?.map(|_| written))
    }
}
