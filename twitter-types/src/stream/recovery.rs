//! Getting what was missed, beside the stream that goes on.

use std::{collections::VecDeque, time::Duration, vec};

use super::{
    Gap, Item, Means, Options, Recovery, Streamed,
    schedule::{Backoff, Failure, failure_of, with_jitter},
};
use crate::{
    endpoint::{Error, Moment, Pages, Reply},
    envelope::Page,
    id::PostId,
    models::{Includes, Post},
    posts::SearchRecent,
    timestamp::Timestamp,
};

/// How far back recent search reaches, and some minutes less.
const SEARCHABLE: Duration = Duration::from_secs(7 * 24 * 60 * 60 - 10 * 60);

/// How far back a replay reaches, and some minutes less.
const REPLAYABLE: Duration = Duration::from_secs(24 * 60 * 60 - 10 * 60);

/// How many gaps are kept apart; those beyond are joined to the last.
const GAPS: usize = 16;

/// How often one request of a recovery is tried.
const TRIES: u32 = 8;

/// A time that was missed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hole {
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
}

/// What was missed and is being recovered by requests of its own.
#[derive(Debug)]
pub(super) struct Recoveries {
    holes: VecDeque<(Hole, Timestamp)>,
    active: Option<Active>,
}

#[derive(Debug)]
enum Active {
    Replay(Hole),
    Search(Box<Search>),
}

/// A walk through the pages of one search after the other.
#[derive(Debug)]
struct Search {
    hole: Hole,
    /// Which of the searches it is.
    number: usize,
    pages: Pages<SearchRecent>,
    found: vec::IntoIter<Post>,
    includes: Option<Includes>,
    backoff: Backoff,
    tries: u32,
    next_at: Timestamp,
}

/// What a recovery needs next.
pub(super) enum Work {
    Search(Box<SearchRecent>),
    Replay(Hole),
}

impl Hole {
    pub(super) const fn gap(self, recovered: Option<Means>) -> Gap {
        Gap { from: self.from, to: self.to, recovered }
    }

    /// The part that lies before a time, if there is one, and what is left.
    pub(super) fn split(self, at: Timestamp) -> (Option<Self>, Option<Self>) {
        let part = |from, to| (from < to).then_some(Self { from, to });
        (part(self.from, self.to.min(at)), part(self.from.max(at), self.to))
    }
}

impl Recoveries {
    pub(super) const fn new() -> Self {
        Self { holes: VecDeque::new(), active: None }
    }

    /// The earliest time that is not recovered yet.
    pub(super) fn missing_from(&self) -> Option<Timestamp> {
        let active = self.active.as_ref().map(|active| active.hole().from);
        self.holes.iter().map(|(hole, _)| hole.from).chain(active).min()
    }

    /// Recovers a hole when X has had the time to index what belongs in it. `now` is this machine's
    /// time.
    pub(super) fn add(&mut self, hole: Hole, now: Timestamp, options: &Options) {
        let due = now.saturating_add(options.delay.saturating_mul(2));
        let is_full = self.holes.len() >= GAPS;
        match self.holes.back_mut() {
            Some((last, _)) if is_full => last.to = hole.to,
            _ => self.holes.push_back((hole, due)),
        }
    }

    /// When there is something to do, by this machine's clock.
    pub(super) fn next_at(&self) -> Option<Timestamp> {
        match &self.active {
            Some(Active::Search(search)) => Some(search.next_at),
            Some(Active::Replay(_)) => None,
            None => self.holes.front().map(|(_, due)| *due),
        }
    }

    /// What to do now, or what there is no way to recover. `clock` is X's time, `now` this
    /// machine's.
    pub(super) fn work(
        &mut self,
        options: &Options,
        now: Timestamp,
        clock: Timestamp,
    ) -> Option<Result<Work, Gap>> {
        if let Some(Active::Search(search)) = &mut self.active {
            if now < search.next_at {
                return None;
            }
            return match search.pages.next_request() {
                Some(Ok(request)) => Some(Ok(Work::Search(Box::new(request.clone())))),
                // X names pages in a circle: what it gave is not known to be all.
                Some(Err(_)) => self.give_up().map(Err),
                None => self.next_search(options, now).map(Err),
            };
        }
        let due = self.holes.front().is_some_and(|(_, due)| *due <= now);
        if self.active.is_some() || !due {
            return None;
        }
        let (hole, _) = self.holes.pop_front()?;
        let reach =
            if let Recovery::Search(_) = options.recovery { SEARCHABLE } else { REPLAYABLE };
        let (lost, hole) = hole.split(clock.checked_sub(reach).unwrap_or(Timestamp::UNIX_EPOCH));
        if let Some(hole) = hole {
            if let Some(lost) = lost {
                self.holes.push_front((hole, now));
                return Some(Err(lost.gap(None)));
            }
            return self.begin(hole, options, now);
        }
        lost.map(|lost| Err(lost.gap(None)))
    }

    fn begin(
        &mut self,
        hole: Hole,
        options: &Options,
        now: Timestamp,
    ) -> Option<Result<Work, Gap>> {
        match &options.recovery {
            Recovery::Replay => {
                self.active = Some(Active::Replay(hole));
                Some(Ok(Work::Replay(hole)))
            }
            Recovery::Search(searches) if !searches.is_empty() => {
                let mut search = Search::new(hole, 0, searches, options, now);
                let request = search.pages.next_request()?.ok()?.clone();
                self.active = Some(Active::Search(Box::new(search)));
                Some(Ok(Work::Search(Box::new(request))))
            }
            _ => Some(Err(hole.gap(None))),
        }
    }

    /// The walk of one search has ended: the next one, or the hole is closed.
    fn next_search(&mut self, options: &Options, now: Timestamp) -> Option<Gap> {
        let Some(Active::Search(search)) = &mut self.active else { return None };
        let Recovery::Search(searches) = &options.recovery else { return self.give_up() };
        if search.number + 1 < searches.len() {
            **search = Search::new(search.hole, search.number + 1, searches, options, now);
            return None;
        }
        let hole = search.hole;
        self.active = None;
        Some(hole.gap(Some(Means::Search)))
    }

    fn give_up(&mut self) -> Option<Gap> {
        self.active.take().map(|active| active.hole().gap(None))
    }

    /// The next post of the page at hand.
    pub(super) fn next_item<T: Item>(&mut self) -> Option<T> {
        let Some(Active::Search(search)) = &mut self.active else { return None };
        T::from_search(search.found.next()?, search.includes.as_ref())
    }

    /// Takes what came of a search; a gap if nothing can be done about it.
    pub(super) fn searched(
        &mut self,
        outcome: Result<Reply<Page<Post>>, Error>,
        options: &Options,
        moment: &Moment<'_>,
    ) -> Option<Gap> {
        let Some(Active::Search(search)) = &mut self.active else { return None };
        match outcome {
            Ok(reply) => {
                let page = reply.body;
                if search.pages.receive(&page).is_err() {
                    return self.give_up();
                }
                (search.found, search.includes) = (page.data.into_iter(), page.includes);
                (search.tries, search.next_at) = (0, moment.time);
                None
            }
            Err(error) => {
                let failure = failure_of(&error);
                search.tries += 1;
                if failure == Failure::Final || search.tries >= TRIES {
                    return self.give_up();
                }
                let pause = search.backoff.pause(failure, &options.pauses).unwrap_or_default();
                search.next_at = moment.time.saturating_add(with_jitter(pause, moment));
                None
            }
        }
    }

    /// A replay has ended.
    pub(super) fn replayed(&mut self, outcome: Result<(), Error>) -> Option<Gap> {
        let Some(Active::Replay(hole)) = &self.active else { return None };
        let gap = hole.gap(outcome.is_ok().then_some(Means::Replay));
        self.active = None;
        Some(gap)
    }
}

impl Active {
    const fn hole(&self) -> Hole {
        match self {
            Self::Replay(hole) => *hole,
            Self::Search(search) => search.hole,
        }
    }
}

impl Search {
    fn new(
        hole: Hole,
        number: usize,
        searches: &[SearchRecent],
        options: &Options,
        now: Timestamp,
    ) -> Self {
        let mut request = searches[number].clone();
        // `since_id` is exclusive, and so is `until_id`.
        let first = PostId::first_at(hole.from);
        request.since_id = first.map(|id| PostId::new(id.as_u64().saturating_sub(1)));
        request.until_id = PostId::first_at(hole.to.saturating_add(options.delay));
        request.max_results.get_or_insert(100);
        Self {
            hole,
            number,
            pages: Pages::new(request),
            found: Vec::new().into_iter(),
            includes: None,
            backoff: Backoff::default(),
            tries: 0,
            next_at: now,
        }
    }
}

/// The stream that replays a hole, and somewhat more.
pub(super) fn replay<E: Streamed>(endpoint: &E, hole: Hole, options: &Options) -> E {
    let mut replay = endpoint.clone();
    replay.set_backfill_minutes(None);
    replay.set_span(hole.from, hole.to.saturating_add(options.delay));
    replay
}
