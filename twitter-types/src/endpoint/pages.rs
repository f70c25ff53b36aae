//! Going through the pages of a list, without sending anything.

use std::{
    hash::{DefaultHasher, Hasher},
    io,
};

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

/// Where a walk through pages stands: which request is next, or that none is.
///
/// ```
/// use twitter_types::{endpoint::Pages, users};
///
/// let mut pages = Pages::new(users::Followers::new(2244994945));
/// while let Some(operation) = pages.next_request() {
///     let _operation = operation?;
///     // Send it, and read the reply; here is one without a next page:
///     let page = serde_json::from_str(r#"{"data":[{"id":"1","name":"a","username":"a"}]}"#)?;
///     pages.receive(&page)?;
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Pages<E> {
    endpoint: E,
    progress: Progress,
}

impl<E: Paged> Pages<E> {
    /// Begins with the operation as it is: set its pagination token to go on from an earlier walk.
    pub const fn new(endpoint: E) -> Self {
        Self { endpoint, progress: Progress::new() }
    }

    /// The operation to send next, or `None` when the walk has ended. A walk that goes in circles ends
    /// with an error, [`Error::NoProgress`].
    pub fn next_request(&mut self) -> Option<Result<&E, Error>> {
        let next = self.progress.next()?;
        Some(next.map(|()| &self.endpoint))
    }

    /// The operation that was or would be sent next, also after the end: a walk that an error ended
    /// goes on from here.
    pub const fn endpoint(&self) -> &E {
        &self.endpoint
    }

    /// Takes a page, which says what comes next. A page without items is not the last if it names
    /// another; one that names a page that was asked for before is.
    ///
    /// # Errors
    ///
    /// [`Error::NoProgress`] if the page is a copy of the one before it; the walk has then ended.
    pub fn receive(&mut self, page: &Page<E::Item>) -> Result<(), Error> {
        let items = (!page.data.is_empty()).then(|| fingerprint(&page.data));
        if let Some(token) = self.progress.receive(page.next_token(), items)? {
            self.endpoint.set_pagination_token(token);
        }
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
        let reply = reply.inspect_err(|_| self.progress.end())?;
        self.receive(&reply.body)?;
        Ok(reply)
    }
}

/// Whether a walk goes on, by the tokens and pages that it has seen.
#[derive(Clone, Debug)]
pub(crate) struct Progress {
    tokens: Vec<u64>,
    last_items: Option<u64>,
    state: State,
}

#[derive(Clone, Copy, Debug)]
enum State {
    GoesOn,
    /// The page after the last one is one that was asked for before.
    GoesInCircles,
    Ended,
}

impl Progress {
    pub(crate) const fn new() -> Self {
        Self { tokens: Vec::new(), last_items: None, state: State::GoesOn }
    }

    /// Whether there is a page to ask for; an error once, if the walk goes in circles.
    pub(crate) fn next(&mut self) -> Option<Result<(), Error>> {
        match self.state {
            State::GoesOn => Some(Ok(())),
            State::GoesInCircles => {
                self.end();
                Some(Err(Error::NoProgress))
            }
            State::Ended => None,
        }
    }

    pub(crate) const fn end(&mut self) {
        self.state = State::Ended;
    }

    /// Takes the next page's token and a fingerprint of this page's items, if it has any; gives the
    /// token to go on with.
    pub(crate) fn receive(
        &mut self,
        next_token: Option<&str>,
        items: Option<u64>,
    ) -> Result<Option<String>, Error> {
        let Some(token) = next_token else {
            self.end();
            return Ok(None);
        };
        if items.is_some() && items == self.last_items {
            self.end();
            return Err(Error::NoProgress);
        }
        self.last_items = items;
        let hash = fingerprint(token);
        if self.tokens.contains(&hash) {
            self.state = State::GoesInCircles;
            return Ok(None);
        }
        self.tokens.push(hash);
        Ok(Some(token.into()))
    }
}

/// A number that is the same for the same value, and hardly ever for two.
pub(crate) fn fingerprint(value: &(impl Serialize + ?Sized)) -> u64 {
    let mut hasher = Fingerprint(DefaultHasher::new());
    serde_json::to_writer(&mut hasher, value).expect("hashing cannot fail");
    hasher.0.finish()
}

struct Fingerprint(DefaultHasher);

impl io::Write for Fingerprint {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
