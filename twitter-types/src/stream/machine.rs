//! A stream, step by step.

use std::{collections::VecDeque, time::Duration};

use http::{HeaderMap, header::CONTENT_TYPE};

use super::{
    Cause, Cursor, Event, Frame, Frames, Item, Options, OtherStream, Recovery, Streamed,
    item::hash,
    line::Line,
    position::{Position, back},
    recovery::{Hole, Recoveries, Work, replay},
    schedule::{Backoff, Failure, failure_by, failure_of, with_jitter},
};
use crate::{
    endpoint::{Error, Moment, Reply, TransportError, TransportErrorKind},
    envelope::Page,
    models::Post,
    posts::SearchRecent,
    problem::Problem,
    recent::Recent,
    timestamp::Timestamp,
};

/// The most minutes that X delivers once more.
const BACKFILL: u64 = 5;

/// Clocks that are closer than this are taken as one: the header that tells has whole seconds.
const TOLERANCE: Duration = Duration::from_secs(10);

/// A stream, without a socket or a clock. See the [module](super) for what it does, and how to
/// drive it.
#[derive(Debug)]
pub struct Machine<E: Streamed> {
    endpoint: E,
    options: Options,
    state: State,
    frames: Frames,
    ready: VecDeque<Event<E::Item>>,
    recent: Recent,
    backoff: Backoff,
    recoveries: Recoveries,
    position: Position,
    /// What X has said on this connection of the next attempt.
    notice: Option<Failure>,
    /// Whether this connection has brought an item that is new.
    has_news: bool,
    /// When something came after a while in which nothing did, and no item has come since.
    quiet: Option<Timestamp>,
    /// When it was last said to read: by this machine's clock.
    asked: Timestamp,
    /// Milliseconds that this machine's clock is ahead of X's.
    ahead: i64,
    is_stopping: bool,
    outcome: Option<Result<(), Error>>,
}

#[derive(Debug)]
enum State {
    Pausing(Timestamp),
    Connecting,
    /// Since when, by X's clock.
    Open(Timestamp),
    Ended,
}

/// What a stream needs next.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "who drives a stream must know every step")]
#[expect(clippy::large_enum_variant, reason = "a step is taken apart at once")]
pub enum Step<E: Streamed> {
    /// Hand this out, and ask again.
    Event(Event<E::Item>),
    /// Close the connection if there is one, open this stream, and call
    /// [`opened`](Machine::opened) when the head of a successful answer has come, or
    /// [`refused`](Machine::refused).
    Connect(E),
    /// Read from the connection, for at most so long, and call [`received`](Machine::received),
    /// [`silent`](Machine::silent) or [`closed`](Machine::closed).
    Read(Duration),
    /// There is no connection to read from: ask again after this time, or earlier.
    Wait(Duration),
    /// Send this search, by a policy that does not wait for windows, and call
    /// [`searched`](Machine::searched).
    Search(SearchRecent),
    /// Run this as another stream beside, with [`Machine::replay`]; hand each item of it to
    /// [`replayed`](Machine::replayed), and its outcome to [`replay_ended`](Machine::replay_ended).
    /// Go on with this stream meanwhile.
    Replay(E),
    /// The stream has ended: it was stopped, a replay is complete or breaks off without bringing
    /// more, or X refuses for good.
    Done(Result<(), Error>),
}

impl<E: Streamed> Machine<E> {
    /// A stream from now on, with X's own figures and no recovery; or a replay, if the operation
    /// has an `end_time`.
    pub fn new(endpoint: E) -> Self {
        let options = Options::new();
        Self {
            endpoint,
            state: State::Pausing(Timestamp::UNIX_EPOCH),
            frames: Frames::new(options.line_limit),
            ready: VecDeque::new(),
            recent: Recent::new(options.remembered),
            backoff: Backoff::default(),
            recoveries: Recoveries::new(),
            position: Position::default(),
            notice: None,
            has_news: false,
            quiet: None,
            asked: Timestamp::UNIX_EPOCH,
            ahead: 0,
            is_stopping: false,
            outcome: None,
            options,
        }
    }

    /// The same stream, before it has begun, with other options.
    #[must_use]
    pub fn with_options(self, options: Options) -> Self {
        let frames = Frames::new(options.line_limit);
        Self { frames, recent: Recent::new(options.remembered), options, ..self }
    }

    /// The same stream, before it has begun, from where an earlier one was: what was created since
    /// then is recovered, as the options say, or reported as missing.
    ///
    /// # Errors
    ///
    /// If the cursor is of another operation.
    pub fn since(self, cursor: &Cursor) -> Result<Self, OtherStream> {
        if cursor.operation != E::OPERATION {
            let cursor = cursor.operation.clone().into_owned();
            return Err(OtherStream { cursor, stream: E::OPERATION });
        }
        Ok(Self { position: Position::at(cursor), ..self })
    }

    /// The replay of [`Step::Replay`], which knows what this stream knows of reconnecting.
    pub fn replay(&self, endpoint: E) -> Self {
        Self::new(endpoint).with_options(self.options.clone().recovery(Recovery::None))
    }

    /// After how long without a byte a connection counts as dead.
    pub const fn silence(&self) -> Duration {
        self.options.silence
    }

    /// Where the stream stands behind what was handed out last; `None` if it has not begun.
    pub fn cursor(&self) -> Option<Cursor> {
        let complete = self.position.complete_until(self.options.delay);
        let time = [complete, self.recoveries.missing_from()].into_iter().flatten().min()?;
        Some(Cursor::new(E::OPERATION, self.position.last_id, time))
    }

    /// Ends the stream when what has come in whole lines is handed out.
    pub fn stop(&mut self) {
        self.is_stopping = true;
    }

    /// What to do next. After [`Step::Done`] there is no further step.
    pub fn step(&mut self, moment: &Moment<'_>) -> Step<E> {
        loop {
            if let Some(event) = self.next_event(moment) {
                return Step::Event(event);
            }
            if self.is_stopping {
                self.state = State::Ended;
            }
            if let State::Ended = self.state {
                return Step::Done(self.outcome.take().unwrap_or(Ok(())));
            }
            let clock = self.clock(moment.time);
            match self.recoveries.work(&self.options, moment.time, clock) {
                Some(Ok(Work::Search(search))) => return Step::Search(*search),
                Some(Ok(Work::Replay(hole))) => {
                    return Step::Replay(replay(&self.endpoint, hole, &self.options));
                }
                Some(Err(gap)) => {
                    self.ready.push_back(Event::Gap(gap));
                    continue;
                }
                None => {}
            }
            match self.state {
                State::Pausing(until) if moment.time < until => {
                    let until = self.recoveries.next_at().map_or(until, |next| next.min(until));
                    let least = Duration::from_millis(1);
                    return Step::Wait(until.saturating_since(moment.time).max(least));
                }
                State::Open(_) => {
                    self.asked = moment.time;
                    return Step::Read(self.options.silence);
                }
                _ => {
                    self.state = State::Connecting;
                    return Step::Connect(self.request(clock));
                }
            }
        }
    }

    fn next_event(&mut self, moment: &Moment<'_>) -> Option<Event<E::Item>> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            if let Some(item) = self.recoveries.next_item::<E::Item>() {
                if let Some(item) = self.unless_known(item) {
                    return Some(Event::Item(item));
                }
                continue;
            }
            let State::Open(_) = self.state else { return None };
            match Line::of(self.frames.next_frame()?) {
                Line::KeepAlive => {
                    // A line that is slow may hold back old signs of life, but then items too.
                    self.position.reach(self.quiet);
                    self.ready.extend(self.position.settle().map(Event::Gap));
                    self.ready.push_back(Event::Alive);
                }
                Line::Item(item) => {
                    // Whatever X said before, it goes on.
                    (self.quiet, self.notice) = (None, None);
                    if let Some(item) = self.unless_known(item) {
                        self.note_time(&item, moment);
                        return Some(Event::Item(item));
                    }
                }
                Line::Notice(problems) => return Some(self.noticed(problems)),
                Line::Unreadable(unreadable) => {
                    if self.recent.insert(hash(&unreadable.line)) {
                        return Some(Event::Unreadable(unreadable));
                    }
                }
            }
        }
    }

    /// The item, if it was not handed out before.
    fn unless_known(&mut self, item: E::Item) -> Option<E::Item> {
        if item.identity().is_some_and(|identity| !self.recent.insert(identity)) {
            return None;
        }
        self.has_news = true;
        self.position.pass(&item);
        Some(item)
    }

    fn noticed(&mut self, problems: Vec<Problem>) -> Event<E::Item> {
        self.notice = Some(failure_by(&problems));
        Event::Notice(problems)
    }

    /// How far the stream is, whether the backfill is over, and whether the stream is late.
    fn note_time(&mut self, item: &E::Item, moment: &Moment<'_>) {
        let Some(happened) = item.happened_at() else { return };
        let is_settling = self.position.settling.is_some();
        self.ready.extend(self.position.reach(Some(happened)).map(Event::Gap));
        if is_settling || self.endpoint.span().is_some() {
            return;
        }
        let late = self.clock(moment.time).saturating_since(happened);
        self.ready.extend(self.position.lateness(late).map(Event::Behind));
    }

    fn request(&self, clock: Timestamp) -> E {
        let mut endpoint = self.endpoint.clone();
        if let Some((start, end)) = self.endpoint.span() {
            // X gives them roughly in order.
            let newest = self.position.newest.map(|newest| back(newest, Duration::from_secs(60)));
            if let Some(start) = newest.max(start) {
                endpoint.set_span(start.min(end), end);
            }
        } else if let (Some(from), Recovery::Backfill) =
            (self.position.missing, &self.options.recovery)
        {
            let minutes = clock.saturating_since(from).as_secs() / 60 + 1;
            endpoint.set_backfill_minutes(Some(minutes.min(BACKFILL) as u8));
        }
        endpoint
    }

    /// The connection stands: X has answered 200 with these headers.
    pub fn opened(&mut self, moment: &Moment<'_>, headers: &HeaderMap) {
        let is_page = headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.trim_start().starts_with("text/html"));
        if is_page {
            let page = TransportError::new(
                TransportErrorKind::Other,
                "the answer is a web page, of somebody between this machine and X",
            );
            return self.lost(moment, Cause::Failed(Box::new(page.into())), Failure::Http);
        }
        let skew = bearer::ClockSkew::find(headers, moment.seconds(), TOLERANCE);
        self.ahead = skew.map_or(0, |skew| skew.seconds.saturating_mul(1000));
        let now = self.clock(moment.time);
        self.state = State::Open(now);
        (self.notice, self.has_news) = (None, false);
        self.ready.push_back(Event::Connected);
        // From here on the connection delivers; what was missed before is the hole's matter.
        if let Some(from) = self.position.open(now) {
            self.close(from.min(now), now, moment.time);
        }
    }

    /// Does about what was missed until `clock` what can be done. `now` is this machine's time: its
    /// clock may be behind X's without being known to be, so the hole reaches somewhat further.
    fn close(&mut self, from: Timestamp, clock: Timestamp, now: Timestamp) {
        if self.endpoint.span().is_some() {
            return;
        }
        let hole = Hole { from, to: clock.saturating_add(self.options.delay) };
        match self.options.recovery {
            Recovery::None => self.ready.push_back(Event::Gap(hole.gap(None))),
            Recovery::Backfill => {
                let reach = Duration::from_secs(BACKFILL * 60);
                let (lost, hole) = hole.split(back(clock, reach));
                self.ready.extend(lost.map(|hole| Event::Gap(hole.gap(None))));
                self.position.settling = hole;
            }
            Recovery::Replay | Recovery::Search(_) => self.recoveries.add(hole, now, &self.options),
        }
    }

    /// X refused the connection, or none was made.
    pub fn refused(&mut self, moment: &Moment<'_>, error: Error) {
        match failure_of(&error) {
            Failure::Final => {
                (self.state, self.outcome) = (State::Ended, Some(Err(error)));
            }
            failure => self.lost(moment, Cause::Failed(Box::new(error)), failure),
        }
    }

    /// Takes what came from the connection.
    pub fn received(&mut self, moment: &Moment<'_>, bytes: &[u8]) {
        let State::Open(_) = self.state else { return };
        let waited = moment.time.saturating_since(self.asked);
        self.quiet = (waited >= self.options.silence / 8).then(|| self.clock(moment.time));
        self.frames.push(bytes);
    }

    /// Nothing came for as long as [`Step::Read`] says.
    pub fn silent(&mut self, moment: &Moment<'_>) {
        self.lost(moment, Cause::Silent, Failure::Network);
    }

    /// The connection has ended: as X meant it, or by an error.
    pub fn closed(&mut self, moment: &Moment<'_>, outcome: Result<(), Error>) {
        if let Err(error) = outcome {
            return self.lost(moment, Cause::Failed(Box::new(error)), Failure::Network);
        }
        let rest = self.frames.finish();
        let is_cut = match rest.as_deref().map(|rest| Line::of(Frame::Line(rest))) {
            Some(Line::Item(item)) => {
                self.replayed(item);
                false
            }
            Some(Line::Notice(problems)) => {
                let notice = self.noticed(problems);
                self.ready.push_back(notice);
                true
            }
            Some(Line::Unreadable(_)) => true,
            Some(Line::KeepAlive) | None => self.notice.is_some(),
        };
        if self.endpoint.span().is_none() || (is_cut && self.has_news) {
            return self.lost(moment, Cause::Closed, Failure::Network);
        }
        let error = is_cut.then(|| {
            TransportError::new(TransportErrorKind::Closed, "X ended the replay before its end")
        });
        (self.state, self.outcome) = (State::Ended, error.map(|error| Err(error.into())));
    }

    fn lost(&mut self, moment: &Moment<'_>, cause: Cause, failure: Failure) {
        let mut failure = failure;
        if let State::Open(since) = self.state {
            self.position.lose(self.options.delay);
            if self.clock(moment.time).saturating_since(since) >= self.options.silence {
                self.backoff.reset();
            }
            failure = self.notice.take().unwrap_or(failure);
        }
        self.frames.finish();
        let pause = self.backoff.pause(failure, &self.options.pauses);
        let told = reset_of(&cause).map(|reset| reset.saturating_since(self.clock(moment.time)));
        let pause = pause.max(told).unwrap_or_default();
        let pause = with_jitter(pause, moment);
        self.state = State::Pausing(moment.time.saturating_add(pause));
        self.ready.push_back(Event::Disconnected { cause, pause });
    }

    /// Takes what came of the search of [`Step::Search`].
    pub fn searched(&mut self, moment: &Moment<'_>, outcome: Result<Reply<Page<Post>>, Error>) {
        let gap = self.recoveries.searched(outcome, &self.options, moment);
        self.ready.extend(gap.map(Event::Gap));
    }

    /// Takes an item of a replay.
    pub fn replayed(&mut self, item: E::Item) {
        let item = self.unless_known(item);
        self.ready.extend(item.map(Event::Item));
    }

    /// The replay of [`Step::Replay`] has ended.
    pub fn replay_ended(&mut self, outcome: Result<(), Error>) {
        self.ready.extend(self.recoveries.replayed(outcome).map(Event::Gap));
    }

    /// X's time, as far as it is known.
    fn clock(&self, now: Timestamp) -> Timestamp {
        let ahead = Duration::from_millis(self.ahead.unsigned_abs());
        if self.ahead > 0 { back(now, ahead) } else { now.saturating_add(ahead) }
    }
}

/// When a window ends that a refusal names.
fn reset_of(cause: &Cause) -> Option<Timestamp> {
    let Cause::Failed(error) = cause else { return None };
    let Error::Api(api) = &**error else { return None };
    let window = api.rate_limits.window.filter(|window| window.remaining == 0)?;
    (api.status.as_u16() == 429).then_some(window.reset)
}
