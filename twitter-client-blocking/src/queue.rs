//! A stream that is read in a thread of its own.

use std::{
    fmt,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    task::Poll,
    thread,
};

use twitter_types::{
    Error,
    auth::{Accepts, Credential},
    stream::{Cursor, Event, Overflow, Queue, Streamed},
};

use crate::{Stop, Stream};

/// A stream that is read in a thread of its own; made by [`Stream::queued`]. Dropping it ends the
/// thread.
pub struct Queued<E: Streamed> {
    shared: Arc<Shared<E>>,
    stop: Stop,
}

struct Shared<E: Streamed> {
    state: Mutex<State<E>>,
    /// Something was put in or taken out, or the stream has ended.
    changed: Condvar,
}

struct State<E: Streamed> {
    queue: Queue<E::Item>,
    /// Nobody takes anything any more.
    is_left: bool,
}

impl<E: Streamed> Queued<E> {
    pub(crate) fn new<C>(stream: Stream<C, E>, capacity: usize, overflow: Overflow) -> Self
    where
        C: Credential + Send + Sync + 'static,
        E: Streamed<Auth: Accepts<C::Kind>>,
    {
        let queue = Queue::new(capacity, overflow, stream.cursor());
        let state = Mutex::new(State { queue, is_left: false });
        let shared = Arc::new(Shared { state, changed: Condvar::new() });
        let stop = stream.stopper();
        let filled = Arc::clone(&shared);
        thread::spawn(move || fill(stream, &filled));
        Self { shared, stop }
    }

    /// Where the stream stands behind the last event that was taken.
    pub fn cursor(&self) -> Option<Cursor> {
        self.shared.lock().queue.cursor()
    }

    /// What ends the stream, also from another thread.
    pub fn stopper(&self) -> Stop {
        self.stop.clone()
    }
}

impl<E: Streamed> Iterator for Queued<E> {
    type Item = Result<Event<E::Item>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut state = self.shared.lock();
        loop {
            if let Poll::Ready(next) = state.queue.take() {
                drop(state);
                self.shared.changed.notify_all();
                return next;
            }
            state = self.shared.wait(state);
        }
    }
}

impl<E: Streamed> Drop for Queued<E> {
    fn drop(&mut self) {
        self.shared.lock().is_left = true;
        self.shared.changed.notify_all();
        self.stop.stop();
    }
}

impl<E: Streamed> fmt::Debug for Queued<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queued").field("cursor", &self.cursor()).finish_non_exhaustive()
    }
}

impl<E: Streamed> Shared<E> {
    fn lock(&self) -> MutexGuard<'_, State<E>> {
        // The queue is whole between any two steps of those who hold the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State<E>>) -> MutexGuard<'a, State<E>> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }
}

fn fill<C, E>(mut stream: Stream<C, E>, shared: &Shared<E>)
where
    C: Credential + Send + Sync + 'static,
    E: Streamed<Auth: Accepts<C::Kind>>,
{
    let outcome = loop {
        let event = match stream.next() {
            Some(Ok(event)) => event,
            Some(Err(error)) => break Err(error),
            None => break Ok(()),
        };
        let cursor = stream.cursor();
        let mut state = shared.lock();
        while !state.queue.has_room() && !state.is_left {
            state = shared.wait(state);
        }
        if state.is_left {
            return;
        }
        state.queue.push(event, cursor);
        drop(state);
        shared.changed.notify_all();
    };
    shared.lock().queue.end(outcome);
    shared.changed.notify_all();
}
