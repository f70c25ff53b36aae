//! Going through the pages of a list.

use futures_util::{Stream, stream};
use twitter_types::{
    Error, Page, Reply,
    auth::{Accepts, Credential},
    endpoint::{self, Cursor, Paged, Stop},
};

use crate::Client;

/// The pages of a list, one request each; made by [`Client::pages`].
///
/// An error is the last element. [`stop`](Self::stop) says why a walk has ended, and
/// [`cursor`](Self::cursor) where another goes on, now or in another process:
/// [`Client::resume_pages`].
///
/// ```
/// use twitter_client_async::Client;
/// use twitter_types::{auth::AppToken, endpoint::Stop, users};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = twitter_sandbox::Sandbox::start()?;
/// # let token = &sandbox.keys().bearer_token;
/// # let client = Client::new(AppToken::new(token)?).with_base_url(sandbox.base_url().parse()?);
/// let followers = users::Followers::new(2244994945).max_results(20);
/// let mut pages = client.pages(followers.clone()).with_page_limit(2);
/// while let Some(page) = pages.next().await {
///     let page = page?;
///     println!("{} more, {:?}", page.body.data.len(), page.rate_limits.window);
/// }
/// assert_eq!(pages.stop(), Some(Stop::PageLimit));
/// let saved = pages.cursor().to_string();
///
/// // Another day:
/// let mut rest = client.resume_pages(followers, &saved.parse()?)?;
/// assert!(rest.next().await.is_some() && rest.next().await.is_none());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Pages<C, E> {
    client: Client<C>,
    state: endpoint::Pages<E>,
}

impl<C, E: Paged> Pages<C, E> {
    pub(crate) const fn new(client: Client<C>, state: endpoint::Pages<E>) -> Self {
        Self { client, state }
    }

    /// Ends the walk with the page that brings it to this many items; [`items`](Self::items) end at
    /// the very item.
    #[must_use]
    pub fn with_item_limit(self, items: u64) -> Self {
        Self { state: self.state.with_item_limit(items), ..self }
    }

    /// Ends the walk after this many pages.
    #[must_use]
    pub fn with_page_limit(self, pages: u64) -> Self {
        Self { state: self.state.with_page_limit(pages), ..self }
    }

    /// The operation that asks for the next page, also after an error.
    pub const fn endpoint(&self) -> &E {
        self.state.endpoint()
    }

    /// Where another walk goes on: after the last page, and after an error at the page that failed.
    pub fn cursor(&self) -> Cursor {
        self.state.cursor()
    }

    /// Why the walk has ended; `None` while it goes on.
    pub const fn stop(&self) -> Option<Stop> {
        self.state.stop()
    }

    /// What the pages are made of, one after the other. `includes` and rate limits stay behind:
    /// they belong to a page.
    pub fn items(self) -> Items<C, E> {
        Items { client: self.client, state: self.state.items() }
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

/// The items of a list, over all its pages; made by [`Pages::items`]. An error is the last element,
/// and a [`cursor`](Self::cursor) between any two of them names the place.
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
    client: Client<C>,
    state: endpoint::Items<E>,
}

impl<C, E: Paged> Items<C, E> {
    /// The operation that asks for the next page, also after an error.
    pub const fn endpoint(&self) -> &E {
        self.state.endpoint()
    }

    /// Where another walk goes on after the last item that came, also in the middle of a page.
    pub fn cursor(&self) -> Cursor {
        self.state.cursor()
    }

    /// Why the walk has ended; `None` while it goes on.
    pub fn stop(&self) -> Option<Stop> {
        self.state.stop()
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
            if let Some(item) = self.state.next_item() {
                return Some(Ok(item));
            }
            let reply = match self.state.next_request()? {
                Ok(endpoint) => self.client.send(endpoint).await,
                Err(error) => Err(error),
            };
            if let Err(error) = self.state.advance(reply) {
                return Some(Err(error));
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
