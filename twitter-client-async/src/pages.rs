//! Going through the pages of a list.

use std::vec;

use futures_util::{Stream, stream};
use twitter_types::{
    Error, Page, Reply,
    auth::{Accepts, Credential},
    endpoint::{self, Paged},
};

use crate::Client;

/// The pages of a list, one request each; made by [`Client::pages`].
///
/// An error is the last element. What was read until then is not lost: a walk that begins with
/// [`endpoint`](Self::endpoint) goes on from there.
///
/// ```
/// use twitter_client_async::Client;
/// use twitter_types::{auth::AppToken, users};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = twitter_sandbox::Sandbox::start()?;
/// # let token = &sandbox.keys().bearer_token;
/// # let client = Client::new(AppToken::new(token)?).with_base_url(sandbox.base_url().parse()?);
/// let followers = users::Followers::new(2244994945).max_results(20);
/// let mut pages = client.pages(followers);
/// while let Some(page) = pages.next().await {
///     let page = page?;
///     println!("{} more, {:?}", page.body.data.len(), page.rate_limits.window);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Pages<C, E> {
    client: Client<C>,
    state: endpoint::Pages<E>,
}

impl<C, E: Paged> Pages<C, E> {
    pub(crate) const fn new(client: Client<C>, endpoint: E) -> Self {
        Self { client, state: endpoint::Pages::new(endpoint) }
    }

    /// The operation that asks for the next page, also after an error.
    pub const fn endpoint(&self) -> &E {
        self.state.endpoint()
    }

    /// What the pages are made of, one after the other. `includes` and rate limits stay behind:
    /// they belong to a page.
    pub fn items(self) -> Items<C, E> {
        Items { pages: self, page: Vec::new().into_iter() }
    }
}

impl<C, E> Pages<C, E>
where
    C: Credential,
    E: Paged<Auth: Accepts<C::Kind>>,
{
    /// The next page, or `None` after the last.
    ///
    /// The future can be dropped at any point: the walk then stands where it stood.
    pub async fn next(&mut self) -> Option<Result<Reply<Page<E::Item>>, Error>> {
        let reply = match self.state.next_request()? {
            Ok(endpoint) => self.client.send(endpoint).await,
            Err(error) => Err(error),
        };
        Some(self.state.advance(reply))
    }

    /// The pages as a stream.
    pub fn into_stream(
        self,
    ) -> impl Stream<Item = Result<Reply<Page<E::Item>>, Error>> + Send + Unpin + use<C, E>
    where
        C: Send + Sync,
        E: Send + Sync,
        E::Item: Send,
    {
        let next = async |mut pages: Self| Some((pages.next().await?, pages));
        Box::pin(stream::unfold(self, next))
    }
}

/// The items of a list, over all its pages; made by [`Pages::items`]. An error is the last element.
///
/// ```
/// use twitter_client_async::Client;
/// use twitter_types::{auth::AppToken, users};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = twitter_sandbox::Sandbox::start()?;
/// # let token = &sandbox.keys().bearer_token;
/// # let client = Client::new(AppToken::new(token)?).with_base_url(sandbox.base_url().parse()?);
/// let mut users = client.pages(users::Followers::new(2244994945)).items();
/// while let Some(user) = users.next().await {
///     println!("{}", user?.id);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Items<C, E: Paged> {
    pages: Pages<C, E>,
    page: vec::IntoIter<E::Item>,
}

impl<C, E: Paged> Items<C, E> {
    /// The operation that asks for the next page, also after an error.
    pub const fn endpoint(&self) -> &E {
        self.pages.endpoint()
    }
}

impl<C, E> Items<C, E>
where
    C: Credential,
    E: Paged<Auth: Accepts<C::Kind>>,
{
    /// The next item, or `None` after the last.
    ///
    /// The future can be dropped at any point: no item is lost.
    pub async fn next(&mut self) -> Option<Result<E::Item, Error>> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(Ok(item));
            }
            match self.pages.next().await? {
                Ok(reply) => self.page = reply.body.data.into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// The items as a stream.
    pub fn into_stream(
        self,
    ) -> impl Stream<Item = Result<E::Item, Error>> + Send + Unpin + use<C, E>
    where
        C: Send + Sync,
        E: Send + Sync,
        E::Item: Send,
    {
        let next = async |mut items: Self| Some((items.next().await?, items));
        Box::pin(stream::unfold(self, next))
    }
}
