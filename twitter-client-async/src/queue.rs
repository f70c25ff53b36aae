//! A stream that is read in a task of its own.

use std::{
    fmt,
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::Poll,
};

use futures_util::future::{Either, select};
use tokio::{sync::Notify, task::JoinHandle};
use twitter_types::{
    Error,
    auth::{Accepts, Credential},
    stream::{Cursor, Event, Overflow, Queue, Streamed},
};

use crate::Stream;

/// A stream that is read in a task of its own; made by [`Stream::queued`]. Dropping it ends the task.
pub struct Queued<E: Streamed> {
    shared: Arc<Shared<E>>,
    task: JoinHandle<()>,
}

struct Shared<E: Streamed> {
    queue: Mutex<Queue<E::Item>>,
    /// Something was put in, or the stream has ended.
    filled: Notify,
    /// Something was taken out.
    emptied: Notify,
    stopped: Notify,
}

impl<E: Streamed> Queued<E> {
    pub(crate) fn new<C>(stream: Stream<C, E>, capacity: usize, overflow: Overflow) -> Self
    where
        C: Credential + Send + Sync + 'static,
        E: Streamed<Auth: Accepts<C::Kind>> + Sync,
    {
        let queue = Queue::new(capacity, overflow, stream.cursor());
        let shared = Arc::new(Shared {
            queue: Mutex::new(queue),
            filled: Notify::new(),
            emptied: Notify::new(),
            stopped: Notify::new(),
        });
        let task = tokio::spawn(fill(stream, Arc::clone(&shared)));
        Self { shared, task }
    }

    /// The next event; `None` when the stream was stopped or a replay is complete. An error is the
    /// last element: X refuses for good.
    ///
    /// The future can be dropped at any point, and nothing is lost.
    pub async fn next(&mut self) -> Option<Result<Event<E::Item>, Error>> {
        loop {
            if let Poll::Ready(next) = self.shared.lock().take() {
                self.shared.emptied.notify_one();
                return next;
            }
            self.shared.filled.notified().await;
        }
    }

    /// Where the stream stands behind the last event that was taken.
    pub fn cursor(&self) -> Option<Cursor> {
        self.shared.lock().cursor()
    }

    /// Ends the stream: what has come is still handed out, and then `None`.
    pub fn stop(&self) {
        self.shared.stopped.notify_one();
    }
}

impl<E: Streamed> Drop for Queued<E> {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl<E: Streamed> fmt::Debug for Queued<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queued").field("cursor", &self.cursor()).finish_non_exhaustive()
    }
}

impl<E: Streamed> Shared<E> {
    fn lock(&self) -> MutexGuard<'_, Queue<E::Item>> {
        // The queue is whole between any two steps of those who hold the lock.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn fill<C, E>(mut stream: Stream<C, E>, shared: Arc<Shared<E>>)
where
    C: Credential + Send + Sync + 'static,
    E: Streamed<Auth: Accepts<C::Kind>> + Sync,
{
    let outcome = loop {
        let event = match select(pin!(stream.next()), pin!(shared.stopped.notified())).await {
            Either::Left((event, _)) => Some(event),
            Either::Right(_) => None,
        };
        let Some(event) = event else {
            stream.stop();
            continue;
        };
        let event = match event {
            Some(Ok(event)) => event,
            Some(Err(error)) => break Err(error),
            None => break Ok(()),
        };
        let cursor = stream.cursor();
        while !shared.lock().has_room() {
            let (emptied, stopped) = (shared.emptied.notified(), shared.stopped.notified());
            if let Either::Right(_) = select(pin!(emptied), pin!(stopped)).await {
                stream.stop();
            }
        }
        shared.lock().push(event, cursor);
        shared.filled.notify_one();
    };
    shared.lock().end(outcome);
    shared.filled.notify_one();
}
