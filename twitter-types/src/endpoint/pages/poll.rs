//! Asking again and again for what is new.

use std::{
    collections::{HashSet, VecDeque},
    mem,
    time::Duration,
};

use http::StatusCode;

use super::{Cursor, CursorError, List, Pages, PollCursor, PollItems, Polled, Stop, cursor::Place};
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
/// A post that X lists behind newer ones that have come is missed: [`with_lag`](Self::with_lag) waits for
/// such.
///
/// The newest post of a round comes first, as X gives it. The first round brings all that the operation
/// lists as it is: set its `since_id` or its start time to begin later.
///
/// An error does not end a poll: the same page is asked for again after the pause. If X refuses by 400 a
/// page that is not the first, its token may have expired: the round begins again, and what has come of it
/// does not come twice. What ends a poll is said by [`stop`](Self::stop): a page that leads back to
/// itself, or [`Stop::Gap`], when recent search no longer reaches back to the last post seen.
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
    lag: Duration,
    /// Whether the round has yet to begin.
    is_between: bool,
    pages: Pages<E>,
    /// Everything up to this post is done.
    since_id: Option<PostId>,
    /// The newest post of this round.
    newest_id: Option<PostId>,
    /// What this round asks for is older than this post.
    until_id: Option<PostId>,
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
            // Wherever in the list a round begins.
            list: first_page(&endpoint, Some(PostId::new(0)), None).cursor().list,
            pages: first_page(&endpoint, since_id, None),
            endpoint,
            every,
            lag: Duration::ZERO,
            is_between: true,
            since_id,
            newest_id: None,
            until_id: None,
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
        poll.until_id = cursor.until_id;
        poll.is_between = cursor.is_between();
        poll.seen = Window(cursor.seen.iter().copied().collect());
        match &cursor.token {
            None => poll.begin_again(),
            Some(token) => {
                let first = first_page(&poll.endpoint, poll.since_id, poll.until_id);
                let next = Cursor { place: Place::At(token.clone()), ..first.cursor() };
                poll.pages = Pages::resume(first.into_endpoint(), &next)?;
            }
        }
        Ok(poll)
    }

    /// Asks for no post that is younger than this: it comes in a later round.
    ///
    /// X lists some posts late, when newer ones have come already, and no round looks behind those again.
    /// With a lag nothing is missed that X lists within that time. How late it lists, X does not say; its
    /// filtered stream brings 99 of 100 posts within some 7 seconds, and a lag of half a minute is far
    /// beyond that. No post is read twice for it.
    #[must_use]
    pub fn with_lag(self, lag: Duration) -> Self {
        Self { lag, ..self }
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
        if mem::take(&mut self.is_between) && !self.lag.is_zero() {
            self.until_id = self.end_by_lag(now);
            self.begin_again();
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
        let mut reply = reply.inspect_err(|error| self.fail(error, now))?;
        let received = self.pages.receive(&reply.body);
        received.inspect_err(|error| self.stop = Some(Stop::of(error)))?;
        self.newest_id = self.newest_id.or_else(|| newest(&reply.body));
        self.seen.drop_seen(&mut reply.body.data, self.since_id, self.newest_id);
        if self.pages.stop() == Some(Stop::End) {
            self.end_round(now);
        }
        Ok(reply)
    }

    fn fail(&mut self, error: &Error, now: Timestamp) {
        if self.since_id.is_some() && is_too_old(error) {
            self.stop = Some(Stop::Gap);
            return;
        }
        self.not_before = Some(now.saturating_add(self.every));
        // X took the other parameters for the page before.
        if self.token().is_some() && error.status() == Some(StatusCode::BAD_REQUEST) {
            self.begin_again();
        }
    }

    /// The post at which this round ends: never before it begins, also after a change of the clock.
    fn end_by_lag(&self, now: Timestamp) -> Option<PostId> {
        let id = PostId::first_at(now.checked_sub(self.lag)?)?;
        let least = self.since_id.map_or(0, |since| since.as_u64().saturating_add(1));
        Some(id.max(PostId::new(least)))
    }

    /// Begins the round again, behind what has come of it.
    fn begin_again(&mut self) {
        self.until_id = self.seen.bound().or(self.until_id);
        self.pages = first_page(&self.endpoint, self.since_id, self.until_id);
    }

    fn end_round(&mut self, now: Timestamp) {
        self.since_id = self.newest_id.take().max(self.since_id);
        self.until_id = None;
        self.is_between = true;
        self.seen = Window::default();
        self.begin_again();
        self.not_before = Some(now.saturating_add(self.every));
        self.rounds_left = self.rounds_left.map(|rounds| rounds.saturating_sub(1));
        if self.rounds_left == Some(0) {
            self.stop = Some(Stop::End);
        }
    }

    /// The posts themselves, one after the other.
    pub fn items(self) -> PollItems<E> {
        PollItems::new(self)
    }

    /// Where another poll goes on: behind the last page.
    pub fn cursor(&self) -> PollCursor {
        PollCursor {
            operation: E::OPERATION.into(),
            list: self.list,
            since_id: self.since_id,
            newest_id: self.newest_id,
            until_id: self.until_id,
            token: self.token(),
            seen: self.seen.0.iter().copied().collect(),
        }
    }

    /// The token of the page that is next, if that is not the first.
    fn token(&self) -> Option<String> {
        match self.pages.cursor().place {
            Place::At(token) => Some(token),
            Place::Start | Place::End => None,
        }
    }

    /// Why the poll has ended; `None` while it goes on.
    pub const fn stop(&self) -> Option<Stop> {
        self.stop
    }
}

/// The first page of a round.
fn first_page<E: Polled>(
    endpoint: &E,
    since_id: Option<PostId>,
    until_id: Option<PostId>,
) -> Pages<E> {
    let mut endpoint = endpoint.clone();
    endpoint.begin_round(since_id, until_id);
    Pages::new(endpoint)
}

pub(super) fn newest(page: &Page<Post>) -> Option<PostId> {
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

    /// Every post from this one on has come, if they are more than it holds: X lists the newest first.
    fn bound(&self) -> Option<PostId> {
        let newest = self.0.iter().max().filter(|_| self.0.len() >= Self::SIZE)?;
        Some(PostId::new(newest.as_u64().saturating_add(1)))
    }
}
