//! The posts of a poll, one after the other.

use std::{fmt, vec};

use super::{Poll, PollCursor, PollStep, Polled, Stop, poll::newest};
use crate::{
    endpoint::{Error, Reply},
    envelope::Page,
    models::Post,
    timestamp::Timestamp,
};

/// A poll whose posts are handed out one by one; made by [`Poll::items`].
#[derive(Clone)]
pub struct PollItems<E> {
    poll: Poll<E>,
    /// Where the page at hand begins, and what was handed out of it.
    begin: PollCursor,
    page: vec::IntoIter<Post>,
}

impl<E: Polled> PollItems<E> {
    pub(super) fn new(poll: Poll<E>) -> Self {
        Self { begin: poll.cursor(), poll, page: Vec::new().into_iter() }
    }

    /// The next post of the page at hand, if there is one.
    pub fn next_item(&mut self) -> Option<Post> {
        let post = self.page.next()?;
        self.begin.seen.push(post.id);
        Some(post)
    }

    /// What to do next, once [`next_item`](Self::next_item) has no more to give.
    ///
    /// # Errors
    ///
    /// As [`Poll::step`].
    pub fn step(&mut self, now: Timestamp) -> Option<Result<PollStep<'_, E>, Error>> {
        self.poll.step(now)
    }

    /// Takes what became of the request.
    ///
    /// # Errors
    ///
    /// As [`Poll::advance`].
    pub fn advance(
        &mut self,
        reply: Result<Reply<Page<Post>>, Error>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut begin = self.poll.cursor();
        let reply = self.poll.advance(reply, now)?;
        // Another process has to know the round, even if it gets another first page.
        begin.newest_id = begin.newest_id.or_else(|| newest(&reply.body));
        self.begin = begin;
        self.page = reply.body.data.into_iter();
        Ok(())
    }

    /// Where another poll goes on after the last post that was handed out.
    pub fn cursor(&self) -> PollCursor {
        if self.page.len() > 0 { self.begin.clone() } else { self.poll.cursor() }
    }

    /// Why the poll has ended; `None` while it goes on.
    pub fn stop(&self) -> Option<Stop> {
        if self.page.len() > 0 { None } else { self.poll.stop() }
    }
}

impl<E: Polled> fmt::Debug for PollItems<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PollItems")
            .field("cursor", &self.cursor())
            .field("stop", &self.stop())
            .finish_non_exhaustive()
    }
}
