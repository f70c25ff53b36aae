//! Going through the pages of a list.

use std::{iter::FusedIterator, vec};

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
/// use twitter_client_blocking::Client;
/// use twitter_types::{auth::AppToken, users};
///
/// # let sandbox = twitter_sandbox::Sandbox::start()?;
/// # let token = &sandbox.keys().bearer_token;
/// # let client = Client::new(AppToken::new(token)?).with_base_url(sandbox.base_url().parse()?);
/// let followers = users::Followers::new(2244994945).max_results(20);
/// for page in client.pages(followers) {
///     let page = page?;
///     println!("{} more, {:?}", page.body.data.len(), page.rate_limits.window);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
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

/// The items of a list, over all its pages; made by [`Pages::items`]. An error is the last element.
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
    pages: Pages<C, E>,
    page: vec::IntoIter<E::Item>,
}

impl<C, E: Paged> Items<C, E> {
    /// The operation that asks for the next page, also after an error.
    pub const fn endpoint(&self) -> &E {
        self.pages.endpoint()
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
            if let Some(item) = self.page.next() {
                return Some(Ok(item));
            }
            match self.pages.next()? {
                Ok(reply) => self.page = reply.body.data.into_iter(),
                Err(error) => return Some(Err(error)),
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
