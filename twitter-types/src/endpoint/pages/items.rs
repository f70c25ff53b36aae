//! The items of the pages, one after the other.

use std::{fmt, vec};

use super::{Cursor, Paged, Pages, Stop};
use crate::{
    endpoint::{Error, Reply},
    envelope::Page,
};

/// A walk through the items of a list: asks for a page when the one before it is handed out.
///
/// ```
/// use twitter_types::{endpoint::Pages, users};
///
/// let pages = Pages::new(users::Followers::new(2244994945)).with_item_limit(1);
/// let mut items = pages.items();
/// while let Some(operation) = items.next_request() {
///     let _operation = operation?;
///     // Send it, and read the reply; here is one that has more than is wanted:
///     let body = r#"{"data":[{"id":"1"},{"id":"2"}],"meta":{"next_token":"b"}}"#;
///     items.receive(serde_json::from_str(body)?)?;
///     while let Some(user) = items.next_item() {
///         println!("{}", user.id);
///     }
/// }
/// assert_eq!(items.cursor().to_string(), "getUsersFollowers:9f71614ab694d72b:1:0:1:^");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Items<E: Paged> {
    pages: Pages<E>,
    /// Where the page at hand begins.
    begin: Cursor,
    page: vec::IntoIter<E::Item>,
    /// How many more to hand out.
    left: Option<u64>,
}

impl<E: Paged> Items<E> {
    pub(super) fn new(mut pages: Pages<E>) -> Self {
        let left = pages.item_limit.take().map(|limit| limit.saturating_sub(pages.items));
        let begin = pages.cursor();
        Self { pages, begin, page: Vec::new().into_iter(), left }
    }

    /// The next item of the page at hand, if there is one.
    pub fn next_item(&mut self) -> Option<E::Item> {
        if self.left == Some(0) {
            return None;
        }
        let item = self.page.next()?;
        self.begin.skip += 1;
        self.left = self.left.map(|left| left - 1);
        Some(item)
    }

    /// The operation to send next, once [`next_item`](Self::next_item) has no more to give; `None` when
    /// the walk has ended. A walk that goes in circles ends with an error, [`Error::NoProgress`].
    pub fn next_request(&mut self) -> Option<Result<&E, Error>> {
        if self.left == Some(0) || self.page.len() > 0 { None } else { self.pages.next_request() }
    }

    /// The operation that was or would be sent next, also after the end.
    pub const fn endpoint(&self) -> &E {
        self.pages.endpoint()
    }

    /// Takes a page.
    ///
    /// # Errors
    ///
    /// As [`Pages::receive`].
    pub fn receive(&mut self, page: Page<E::Item>) -> Result<(), Error> {
        let mut begin = self.cursor();
        self.pages.receive(&page)?;
        self.page = page.data.into_iter();
        // A page that has shrunk since has nothing left behind what is done of it.
        let done = begin.skip.min(self.page.len() as u64);
        self.page.by_ref().take(usize::try_from(done).unwrap_or(usize::MAX)).for_each(drop);
        begin.skip = done;
        self.begin = begin;
        Ok(())
    }

    /// Takes what became of the request: a page, or an error, which ends the walk.
    ///
    /// # Errors
    ///
    /// The one that was handed in, or [`Error::NoProgress`].
    pub fn advance(&mut self, reply: Result<Reply<Page<E::Item>>, Error>) -> Result<(), Error> {
        let reply = reply.inspect_err(|error| self.pages.end(error))?;
        self.receive(reply.body)
    }

    /// Where another walk goes on after the last item that was handed out.
    pub fn cursor(&self) -> Cursor {
        if self.page.len() > 0 { self.begin.clone() } else { self.pages.cursor() }
    }

    /// Why the walk has ended; `None` while it goes on.
    pub fn stop(&self) -> Option<Stop> {
        match self.pages.stop() {
            Some(stop) if self.page.len() == 0 => Some(stop),
            _ if self.left == Some(0) => Some(Stop::ItemLimit),
            _ => None,
        }
    }
}

impl<E: Paged> fmt::Debug for Items<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("cursor", &self.cursor())
            .field("stop", &self.stop())
            .finish_non_exhaustive()
    }
}
