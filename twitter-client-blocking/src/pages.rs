//! Going through the pages of a list.

use std::iter::FusedIterator;

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
/// use twitter_client_blocking::Client;
/// use twitter_types::{auth::AppToken, endpoint::Stop, users};
///
/// # let sandbox = twitter_sandbox::Sandbox::start()?;
/// # let token = &sandbox.keys().bearer_token;
/// # let client = Client::new(AppToken::new(token)?).with_base_url(sandbox.base_url().parse()?);
/// let followers = users::Followers::new(2244994945).max_results(20);
/// let mut pages = client.pages(followers.clone()).with_page_limit(2);
/// for page in pages.by_ref() {
///     let page = page?;
///     println!("{} more, {:?}", page.body.data.len(), page.rate_limits.window);
/// }
/// assert_eq!(pages.stop(), Some(Stop::PageLimit));
/// let saved = pages.cursor().to_string();
///
/// // Another day:
/// let rest = client.resume_pages(followers, &saved.parse()?)?;
/// assert_eq!(rest.count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
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

impl<C, E> Iterator for Pages<C, E>
where
    C: Credential,
    E: Paged<Auth: Accepts<C::Kind>>,
{
    type Item = Result<Reply<Page<E::Item>>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let reply = match self.state.next_request()? {
            Ok(endpoint) => self.client.send(endpoint),
            Err(error) => Err(error),
        };
        Some(self.state.advance(reply))
    }
}

impl<C, E> FusedIterator for Pages<C, E>
where
    C: Credential,
    E: Paged<Auth: Accepts<C::Kind>>,
{
}

/// The items of a list, over all its pages; made by [`Pages::items`]. An error is the last element,
/// and a [`cursor`](Self::cursor) between any two of them names the place.
///
/// ```
/// use twitter_client_blocking::Client;
/// use twitter_types::{auth::AppToken, users};
///
/// # let sandbox = twitter_sandbox::Sandbox::start()?;
/// # let token = &sandbox.keys().bearer_token;
/// # let client = Client::new(AppToken::new(token)?).with_base_url(sandbox.base_url().parse()?);
/// for user in client.pages(users::Followers::new(2244994945)).items() {
///     println!("{}", user?.id);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
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

impl<C, E> Iterator for Items<C, E>
where
    C: Credential,
    E: Paged<Auth: Accepts<C::Kind>>,
{
    type Item = Result<E::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.state.next_item() {
                return Some(Ok(item));
            }
            let reply = match self.state.next_request()? {
                Ok(endpoint) => self.client.send(endpoint),
                Err(error) => Err(error),
            };
            if let Err(error) = self.state.advance(reply) {
                return Some(Err(error));
            }
        }
    }
}

impl<C, E> FusedIterator for Items<C, E>
where
    C: Credential,
    E: Paged<Auth: Accepts<C::Kind>>,
{
}
