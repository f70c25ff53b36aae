//! What one connection is sent: lines that wait, keep-alives between them, and an end.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures_util::stream;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, timeout_at};

use crate::time::Time;

/// The most bytes that are sent at once.
const CHUNK: usize = 64 * 1024;

/// The side of a connection that lines are put into.
#[derive(Clone)]
pub(crate) struct Outlet(Arc<Pipe>);

/// The side that the server library reads from. Dropping it means that the client has gone.
pub(crate) struct Feed {
    pipe: Arc<Pipe>,
    keep_alive: Duration,
    next_keep_alive: Instant,
    /// Milliseconds that the sandbox's clock is ahead of the system's.
    clock_offset: i64,
}

/// How a stream ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// After what waits, as HTTP ends a body.
    Whole,
    /// After what waits, in the middle of the body.
    Cut,
}

struct Pipe {
    state: Mutex<State>,
    news: Notify,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Bytes>,
    /// The bytes in `waiting`.
    size: usize,
    end: Option<End>,
    /// Whether nothing is sent, not even keep-alives.
    silent: bool,
    /// The most bytes of a piece, if lines are to arrive in pieces.
    piece: Option<usize>,
    /// When the client went.
    gone: Option<Time>,
}

enum Next {
    Send(Bytes),
    Wait,
    /// Nothing comes, and no keep-alive either.
    Silence,
    End(End),
}

/// Both sides of a new connection.
pub(crate) fn pipe(keep_alive: Duration, clock_offset: i64) -> (Outlet, Feed) {
    let pipe = Arc::new(Pipe { state: Mutex::default(), news: Notify::new() });
    let outlet = Outlet(Arc::clone(&pipe));
    let next_keep_alive = Instant::now() + keep_alive;
    (outlet, Feed { pipe, keep_alive, next_keep_alive, clock_offset })
}

impl Outlet {
    /// Adds bytes, unless more than `room` would wait then.
    pub(crate) fn push(&self, bytes: Bytes, room: usize) -> bool {
        let mut state = self.0.state();
        if state.size + bytes.len() > room {
            return false;
        }
        if state.end.is_none() && state.gone.is_none() {
            state.size += bytes.len();
            state.waiting.push_back(bytes);
        }
        drop(state);
        self.0.news.notify_one();
        true
    }

    /// Ends the stream; the first end counts.
    pub(crate) fn end(&self, end: End) {
        self.change(|state| {
            state.end.get_or_insert(end);
            state.silent &= end == End::Whole;
        });
    }

    pub(crate) fn silence(&self, silent: bool) {
        self.change(|state| state.silent = silent);
    }

    pub(crate) fn pieces(&self, length: Option<usize>) {
        self.change(|state| state.piece = length.map(|length| length.max(1)));
    }

    /// When the client went, if it has.
    pub(crate) fn gone(&self) -> Option<Time> {
        self.0.state().gone
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.0.state());
        self.0.news.notify_one();
    }
}

impl Feed {
    /// The body of the reply.
    pub(crate) fn into_body(mut self) -> Body {
        self.next_keep_alive = Instant::now() + self.keep_alive;
        Body::from_stream(stream::unfold(Some(self), |feed| async {
            let mut feed = feed?;
            match feed.next().await {
                Some(Ok(bytes)) => Some((Ok(bytes), Some(feed))),
                Some(Err(error)) => Some((Err(error), None)),
                None => None,
            }
        }))
    }

    async fn next(&mut self) -> Option<io::Result<Bytes>> {
        loop {
            match self.pipe.next() {
                Next::Send(bytes) => {
                    self.next_keep_alive = Instant::now() + self.keep_alive;
                    return Some(Ok(bytes));
                }
                Next::End(End::Whole) => return None,
                Next::End(End::Cut) => {
                    // Long enough for what came before to leave before the connection closes.
                    sleep(Duration::from_millis(20)).await;
                    return Some(Err(io::Error::other("cut on purpose")));
                }
                Next::Silence => self.pipe.news.notified().await,
                Next::Wait => {
                    let news = self.pipe.news.notified();
                    if timeout_at(self.next_keep_alive, news).await.is_err() {
                        self.next_keep_alive = Instant::now() + self.keep_alive;
                        return Some(Ok(Bytes::from_static(b"\r\n")));
                    }
                }
            }
        }
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        let mut state = self.pipe.state();
        state.gone = Some(Time::now(self.clock_offset));
        state.waiting.clear();
        state.size = 0;
    }
}

impl Pipe {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Next {
        let mut state = self.state();
        if state.silent {
            return Next::Silence;
        }
        match state.take() {
            Some(bytes) => Next::Send(bytes),
            None => state.end.map_or(Next::Wait, Next::End),
        }
    }
}

impl State {
    /// What goes out next: as many lines as fit, or a piece of one.
    fn take(&mut self) -> Option<Bytes> {
        let mut first = self.waiting.pop_front()?;
        if let Some(length) = self.piece.filter(|length| *length < first.len()) {
            let piece = first.split_to(length);
            self.waiting.push_front(first);
            self.size -= piece.len();
            return Some(piece);
        }
        let mut chunk = Vec::from(first);
        while self.piece.is_none()
            && let Some(line) = self.waiting.front()
            && chunk.len() + line.len() <= CHUNK
        {
            chunk.extend_from_slice(line);
            self.waiting.pop_front();
        }
        self.size -= chunk.len();
        Some(Bytes::from(chunk))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::body::Bytes;

    use super::{End, Next, pipe};

    #[test]
    fn what_waits_is_counted_until_it_is_taken() {
        let (outlet, feed) = pipe(Duration::from_secs(20), 0);
        let line = || Bytes::from_static(b"12345");
        assert!(outlet.push(line(), 10) && outlet.push(line(), 10));
        assert!(!outlet.push(line(), 10));
        outlet.pieces(Some(3));
        let taken: Vec<usize> = std::iter::from_fn(|| match feed.pipe.next() {
            Next::Send(bytes) => Some(bytes.len()),
            _ => None,
        })
        .collect();
        assert_eq!(taken, [3, 2, 3, 2]);
        assert!(outlet.push(line(), 10) && outlet.push(line(), 10));
        outlet.end(End::Cut);
        outlet.end(End::Whole);
        outlet.pieces(None);
        assert!(matches!(feed.pipe.next(), Next::Send(bytes) if bytes.len() == 10));
        assert!(matches!(feed.pipe.next(), Next::End(End::Cut)));
        assert!(outlet.gone().is_none());
        drop(feed);
        assert!(outlet.gone().is_some());
    }
}
