//! Going through the pages of a list, without sending anything.

mod cursor;
mod items;
mod list;
mod poll;
mod poll_cursor;
mod poll_items;
mod polled;
mod progress;
mod stop;

pub use cursor::{Cursor, CursorError};
pub use items::Items;
pub use poll::{Poll, PollStep};
pub use poll_cursor::PollCursor;
pub use poll_items::PollItems;
pub use polled::Polled;
pub(crate) use progress::{Progress, fingerprint};
pub use stop::Stop;

use self::{cursor::Place, list::List};
use serde::Serialize;

use crate::{
    endpoint::{Endpoint, Error, Reply},
    envelope::Page,
};

/// An operation whose answer comes in pages.
pub trait Paged: Endpoint<Response = Page<Self::Item>> {
    /// What the pages are made of.
    type Item: Serialize;

    /// Asks for the page that an earlier one named.
    fn set_pagination_token(&mut self, token: String);
}

/// Where a walk through pages stands: which request is next, or why none is.
///
/// ```
/// use twitter_types::{endpoint::{Pages, Stop}, users};
///
/// let mut pages = Pages::new(users::Followers::new(2244994945)).with_page_limit(10);
/// while let Some(operation) = pages.next_request() {
///     let _operation = operation?;
///     // Send it, and read the reply; here is one without a next page:
///     let page = serde_json::from_str(r#"{"data":[{"id":"1","name":"a","username":"a"}]}"#)?;
///     pages.receive(&page)?;
/// }
/// assert_eq!(pages.stop(), Some(Stop::End));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// It holds no page, and as much for a million of them as for a few hundred.
#[derive(Clone, Debug)]
pub struct Pages<E> {
    endpoint: E,
    progress: Progress,
    /// Where to go on.
    cursor: Cursor,
    item_limit: Option<u64>,
    page_limit: Option<u64>,
    /// Of this walk, since it began or was resumed.
    items: u64,
    pages: u64,
    stop: Option<Stop>,
}

impl<E: Paged> Pages<E> {
    /// Begins with the operation as it is: set its pagination token to begin elsewhere.
    pub fn new(endpoint: E) -> Self {
        Self {
            cursor: Cursor::start(&endpoint),
            endpoint,
            progress: Progress::new(),
            item_limit: None,
            page_limit: None,
            items: 0,
            pages: 0,
            stop: None,
        }
    }

    /// Goes on where another walk of the same operation stood, with the same parameters.
    ///
    /// A cursor in the middle of a page begins that page anew; [`items`](Self::items) goes on in its
    /// middle, behind as many items as were handed out of it. X's tokens stand for a place in the list,
    /// so what is new comes before it. If items of that very page have gone since, as many of those
    /// behind are passed over.
    ///
    /// # Errors
    ///
    /// If the cursor is one of another operation, or of other parameters.
    pub fn resume(mut endpoint: E, cursor: &Cursor) -> Result<Self, CursorError> {
        List::of(&endpoint).check::<E>(&cursor.operation, cursor.list)?;
        let mut progress = Progress::new();
        let mut stop = None;
        match &cursor.place {
            Place::Start => {}
            Place::At(token) => {
                progress.pass(fingerprint(token));
                endpoint.set_pagination_token(token.clone());
            }
            Place::End => {
                progress.end();
                stop = Some(Stop::End);
            }
        }
        Ok(Self { progress, cursor: cursor.clone(), stop, ..Self::new(endpoint) })
    }

    /// Ends the walk with the page that brings it to this many items since it began or was resumed;
    /// [`items`](Self::items) end at the very item.
    #[must_use]
    pub fn with_item_limit(mut self, items: u64) -> Self {
        self.item_limit = Some(items);
        self.check_limits();
        self
    }

    /// Ends the walk after this many pages since it began or was resumed.
    #[must_use]
    pub fn with_page_limit(mut self, pages: u64) -> Self {
        self.page_limit = Some(pages);
        self.check_limits();
        self
    }

    /// What the pages are made of, one after the other.
    pub fn items(self) -> Items<E> {
        Items::new(self)
    }

    /// The operation to send next, or `None` when the walk has ended. A walk that goes in circles ends
    /// with an error, [`Error::NoProgress`].
    pub fn next_request(&mut self) -> Option<Result<&E, Error>> {
        if self.stop.is_some() {
            return None;
        }
        let next = self.progress.next()?;
        Some(next.inspect_err(|error| self.stop = Some(Stop::of(error))).map(|()| &self.endpoint))
    }

    /// The operation that was or would be sent next, also after the end.
    pub const fn endpoint(&self) -> &E {
        &self.endpoint
    }

    pub(super) fn into_endpoint(self) -> E {
        self.endpoint
    }

    /// Where another walk goes on: after the last page, and after an error at the page that failed.
    pub fn cursor(&self) -> Cursor {
        self.cursor.clone()
    }

    /// Why the walk has ended; `None` while it goes on.
    pub const fn stop(&self) -> Option<Stop> {
        self.stop
    }

    /// Takes a page, which says what comes next. A page without items is not the last if it names
    /// another; one that names a page that was asked for before is.
    ///
    /// # Errors
    ///
    /// [`Error::NoProgress`] if the page is a copy of the one before it; the walk has then ended.
    pub fn receive(&mut self, page: &Page<E::Item>) -> Result<(), Error> {
        let next = page.next_token();
        // The last page needs no comparison.
        let items = next.filter(|_| !page.data.is_empty()).map(|_| fingerprint(&page.data));
        let token = self.progress.receive(next, items);
        let token = token.inspect_err(|error| self.end(error))?;
        let length = page.data.len() as u64;
        self.items += length;
        self.pages += 1;
        self.cursor.before = self.cursor.before.saturating_add(length);
        self.cursor.pages = self.cursor.pages.saturating_add(1);
        self.cursor.skip = 0;
        if let Some(token) = token {
            self.cursor.place = Place::At(token.clone());
            self.endpoint.set_pagination_token(token);
        } else if self.progress.has_ended() {
            self.cursor.place = Place::End;
            self.stop = Some(Stop::End);
        }
        self.check_limits();
        Ok(())
    }

    /// Takes what became of the request: a page, as [`receive`](Self::receive) does, or an error,
    /// which ends the walk.
    ///
    /// # Errors
    ///
    /// The one that was handed in, or [`Error::NoProgress`].
    pub fn advance(
        &mut self,
        reply: Result<Reply<Page<E::Item>>, Error>,
    ) -> Result<Reply<Page<E::Item>>, Error> {
        let reply = reply.inspect_err(|error| self.end(error))?;
        self.receive(&reply.body)?;
        Ok(reply)
    }

    fn end(&mut self, error: &Error) {
        self.progress.end();
        self.stop = Some(Stop::of(error));
    }

    fn check_limits(&mut self) {
        let is_spent = |limit: Option<u64>, count| limit.is_some_and(|limit| count >= limit);
        if self.stop.is_some() {
        } else if is_spent(self.item_limit, self.items) {
            self.stop = Some(Stop::ItemLimit);
        } else if is_spent(self.page_limit, self.pages) {
            self.stop = Some(Stop::PageLimit);
        }
    }
}
