//! Asking again and again for what is new.

use std::{
    collections::{HashSet, VecDeque},
    fmt,
    time::Duration,
    vec,
};

use http::StatusCode;

use super::{Cursor, CursorError, List, Pages, PollCursor, Polled, Stop, cursor::Place};
use crate::{
    endpoint::{Error, Reply},
    envelope::Page,
    id::PostId,
    models::Post,
    timestamp::Timestamp,
};

/// Where a poll stands: what to ask next, and when.
///
/// A poll goes in rounds. Each walks through all pages of what is newer than the newest post of the
/// round before, by `since_id`; only when it has come to its end does the newest post of its first
/// page take that place. So nothing is missed that X lists when it is asked, and nothing comes twice:
/// a post that appears in the middle of a round comes in the next, one that stands on two pages comes
/// once, and a [`PollCursor`] keeps the place in a round for another process. The memory it takes is
/// bounded: it knows the ids of the last thousand posts.
///
/// The newest post of a round comes first, as X gives it. The first round brings all that the operation
/// lists as it is: set its `since_id` or its start time to begin later.
///
/// An error does not end a poll: the same page is asked for again after the pause. What ends it is
/// said by [`stop`](Self::stop): a page that leads back to itself, or [`Stop::Gap`], when recent
/// search no longer reaches back to the last post seen.
///
/// ```
/// use std::time::Duration;
/// use twitter_types::endpoint::{Moment, Poll, PollStep};
/// use twitter_types::posts::SearchRecent;
///
/// let search = SearchRecent::new("rust").max_results(100);
/// let mut poll = Poll::new(search, Duration::from_secs(60));
/// match poll.step(Moment::now().time) {
///     None => println!("ended: {:?}", poll.stop()),
///     Some(Err(error)) => println!("{error}"),
///     Some(Ok(PollStep::Wait(pause))) => println!("{pause:?}"), // wait so long
///     Some(Ok(PollStep::Ask(operation))) => {
///         // Send it, read the reply, and hand it to `poll.advance`.
///         assert_eq!(operation.query, "rust");
///     }
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Poll<E> {
    endpoint: E,
    list: List,
    every: Duration,
    pages: Pages<E>,
    /// Everything up to this post is done.
    since_id: Option<PostId>,
    /// The newest post of this round.
    newest_id: Option<PostId>,
    seen: Window,
    not_before: Option<Timestamp>,
    rounds_left: Option<u64>,
    stop: Option<Stop>,
}

/// What a poll needs next.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "who drives a poll must know every step")]
pub enum PollStep<'a, E> {
    /// Send this, and hand what comes of it to [`Poll::advance`].
    Ask(&'a E),
    /// Wait this long, and then ask for a step again.
    Wait(Duration),
}

impl<E: Polled> Poll<E> {
    /// Begins a first round with the operation; `every` is the pause from the end of a round to the
    /// beginning of the next, and after an error.
    pub fn new(endpoint: E, every: Duration) -> Self {
        let since_id = endpoint.since_id();
        Self {
            list: list(&endpoint),
            pages: round(&endpoint, since_id),
            endpoint,
            every,
            since_id,
            newest_id: None,
            seen: Window::default(),
            not_before: None,
            rounds_left: None,
            stop: None,
        }
    }

    /// Goes on where another poll of the same operation stood, with the same parameters.
    ///
    /// # Errors
    ///
    /// If the cursor is one of another operation, or of other parameters.
    pub fn resume(endpoint: E, every: Duration, cursor: &PollCursor) -> Result<Self, CursorError> {
        let mut poll = Self::new(endpoint, every);
        poll.list.check::<E>(&cursor.operation, cursor.list)?;
        poll.since_id = cursor.since_id;
        poll.newest_id = cursor.newest_id;
        poll.seen = Window(cursor.seen.iter().copied().collect());
        poll.pages = round(&poll.endpoint, poll.since_id);
        if let Some(token) = &cursor.token {
            let place = Place::At(token.clone());
            let first = poll.pages.into_endpoint();
            let cursor = Cursor { place, ..Cursor::start(&first) };
            poll.pages = Pages::resume(first, &cursor)?;
        }
        Ok(poll)
    }

    /// Ends with [`Stop::End`] after this many rounds, for a program that is started again and again.
    #[must_use]
    pub fn with_round_limit(mut self, rounds: u64) -> Self {
        self.rounds_left = Some(rounds);
        if rounds == 0 {
            self.stop = Some(Stop::End);
        }
        self
    }

    /// What to do next, or `None` when the poll has ended.
    ///
    /// # Errors
    ///
    /// [`Error::NoProgress`] if the pages of a round lead back to one of them; it ends the poll.
    pub fn step(&mut self, now: Timestamp) -> Option<Result<PollStep<'_, E>, Error>> {
        if self.stop.is_some() {
            return None;
        }
        let pause = self.not_before.map_or(Duration::ZERO, |time| time.saturating_since(now));
        if !pause.is_zero() {
            return Some(Ok(PollStep::Wait(pause)));
        }
        let next = self.pages.next_request()?;
        let stop = &mut self.stop;
        Some(next.inspect_err(|error| *stop = Some(Stop::of(error))).map(PollStep::Ask))
    }

    /// Takes what became of the request, and gives the page with what is new on it, perhaps nothing.
    ///
    /// # Errors
    ///
    /// The one that was handed in, or [`Error::NoProgress`]; [`stop`](Self::stop) tells whether it ends
    /// the poll.
    pub fn advance(
        &mut self,
        reply: Result<Reply<Page<Post>>, Error>,
        now: Timestamp,
    ) -> Result<Reply<Page<Post>>, Error> {
        self.not_before = None;
        let mut reply = reply.inspect_err(|error| {
            if self.since_id.is_some() && is_too_old(error) {
                self.stop = Some(Stop::Gap);
            } else {
                self.not_before = Some(now.saturating_add(self.every));
            }
        })?;
        let received = self.pages.receive(&reply.body);
        received.inspect_err(|error| self.stop = Some(Stop::of(error)))?;
        self.newest_id = self.newest_id.or_else(|| newest(&reply.body));
        self.seen.drop_seen(&mut reply.body.data, self.since_id, self.newest_id);
        if self.pages.stop() == Some(Stop::End) {
            self.end_round(now);
        }
        Ok(reply)
    }

    fn end_round(&mut self, now: Timestamp) {
        self.since_id = self.newest_id.take().max(self.since_id);
        self.seen = Window::default();
        self.pages = round(&self.endpoint, self.since_id);
        self.not_before = Some(now.saturating_add(self.every));
        self.rounds_left = self.rounds_left.map(|rounds| rounds.saturating_sub(1));
        if self.rounds_left == Some(0) {
            self.stop = Some(Stop::End);
        }
    }

    /// The posts themselves, one after the other.
    pub fn items(self) -> PollItems<E> {
        PollItems { begin: self.cursor(), poll: self, page: Vec::new().into_iter() }
    }

    /// Where another poll goes on: behind the last page.
    pub fn cursor(&self) -> PollCursor {
        PollCursor {
            operation: E::OPERATION.into(),
            list: self.list,
            since_id: self.since_id,
            newest_id: self.newest_id,
            token: match self.pages.cursor().place {
                Place::At(token) => Some(token),
                Place::Start | Place::End => None,
            },
            seen: self.seen.0.iter().copied().collect(),
        }
    }

    /// Why the poll has ended; `None` while it goes on.
    pub const fn stop(&self) -> Option<Stop> {
        self.stop
    }
}

/// The first page of a round.
fn round<E: Polled>(endpoint: &E, since_id: Option<PostId>) -> Pages<E> {
    let mut endpoint = endpoint.clone();
    endpoint.begin_round(since_id);
    Pages::new(endpoint)
}

/// The list, wherever in it a round begins.
fn list<E: Polled>(endpoint: &E) -> List {
    let mut endpoint = endpoint.clone();
    endpoint.begin_round(Some(PostId::new(0)));
    List::of(&endpoint)
}

fn newest(page: &Page<Post>) -> Option<PostId> {
    let told = page.meta.as_ref().and_then(|meta| meta.newest_id);
    page.data.iter().map(|post| post.id).chain(told).max()
}

/// Whether X does not reach back that far: `'since_id' must be a tweet id created after …`.
fn is_too_old(error: &Error) -> bool {
    let Error::Api(error) = error else { return false };
    error.status == StatusCode::BAD_REQUEST
        && error.problems.iter().any(|problem| {
            problem.parameter.as_deref() == Some("since_id")
                || problem.parameters.as_ref().is_some_and(|names| names.get("since_id").is_some())
        })
}

/// The last posts of a round.
#[derive(Clone, Debug, Default)]
struct Window(VecDeque<PostId>);

impl Window {
    /// Twice the largest page of X's.
    const SIZE: usize = 1000;

    /// Leaves of a page what is new, belongs to this round, and has not come in it yet.
    fn drop_seen(&mut self, posts: &mut Vec<Post>, since: Option<PostId>, newest: Option<PostId>) {
        let mut seen: HashSet<PostId> = self.0.iter().copied().collect();
        posts.retain(|post| {
            let is_new = since.is_none_or(|since| post.id > since)
                && newest.is_none_or(|newest| post.id <= newest);
            is_new && seen.insert(post.id)
        });
        self.0.extend(posts.iter().map(|post| post.id));
        let surplus = self.0.len().saturating_sub(Self::SIZE);
        self.0.drain(..surplus);
    }
}

/// A poll whose posts are handed out one by one; made by [`Poll::items`].
#[derive(Clone)]
pub struct PollItems<E> {
    poll: Poll<E>,
    /// Where the page at hand begins, and what was handed out of it.
    begin: PollCursor,
    page: vec::IntoIter<Post>,
}

impl<E: Polled> PollItems<E> {
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
