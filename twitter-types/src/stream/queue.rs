//! Between who reads a stream and who works on it.

use std::{collections::VecDeque, task::Poll};

use super::{Cursor, Event};
use crate::endpoint::Error;

/// What to do with an item for which there is no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Overflow {
    /// Read no further until there is room. X disconnects who does so for long, and what is
    /// missed then is a gap.
    Block,
    /// Drop the oldest item, and count it.
    DropOldest,
}

/// Events that were read and not yet taken: at most so many.
#[derive(Debug)]
pub struct Queue<T> {
    events: VecDeque<(Event<T>, Option<Cursor>)>,
    capacity: usize,
    overflow: Overflow,
    dropped: u64,
    /// Where the stream stands behind the last event that was taken.
    cursor: Option<Cursor>,
    /// How the stream has ended.
    outcome: Option<Result<(), Error>>,
    /// Whether the warning was given since there was room last.
    has_warned: bool,
    warning: Option<usize>,
}

impl<T> Queue<T> {
    /// An empty queue for so many events, at least four, of a stream that stands there.
    pub fn new(capacity: usize, overflow: Overflow, cursor: Option<Cursor>) -> Self {
        Self {
            events: VecDeque::new(),
            capacity: capacity.max(4),
            overflow,
            dropped: 0,
            cursor,
            outcome: None,
            has_warned: false,
            warning: None,
        }
    }

    /// Whether an event could be put in now.
    pub fn has_room(&self) -> bool {
        self.events.len() < self.capacity || self.overflow == Overflow::DropOldest
    }

    /// Puts an event in, and with it where the stream stands behind it, if it has begun. Look first
    /// whether there is room: without, the queue grows.
    pub fn push(&mut self, event: Event<T>, cursor: Option<Cursor>) {
        if let (Event::Alive, Some((_, last))) = (&event, self.events.back_mut()) {
            // Those who take the last event are as far.
            *last = cursor;
            return;
        }
        if self.events.len() >= self.capacity && self.overflow == Overflow::DropOldest {
            // What is no item tells of items that are missing: it stays.
            let oldest = self.events.iter().position(|(event, _)| matches!(event, Event::Item(_)));
            if let Some(oldest) = oldest {
                self.events.remove(oldest);
                self.dropped += 1;
            }
        }
        self.events.push_back((event, cursor));
        if self.events.len() * 4 >= self.capacity * 3 && !self.has_warned {
            (self.has_warned, self.warning) = (true, Some(self.events.len()));
        }
    }

    /// Takes the end of the stream, which comes behind all that is in the queue.
    pub fn end(&mut self, outcome: Result<(), Error>) {
        self.outcome = Some(outcome);
    }

    /// Takes the next event, or `None` at the end of the stream; an error is the last element. It is
    /// pending while there is nothing to take.
    pub fn take(&mut self) -> Poll<Option<Result<Event<T>, Error>>> {
        if let Some((event, cursor)) = self.pop() {
            self.cursor = cursor.or_else(|| self.cursor.take());
            return Poll::Ready(Some(Ok(event)));
        }
        let Some(outcome) = &mut self.outcome else { return Poll::Pending };
        Poll::Ready(std::mem::replace(outcome, Ok(())).err().map(Err))
    }

    /// Where the stream stands behind the last event that was taken.
    pub fn cursor(&self) -> Option<Cursor> {
        self.cursor.clone()
    }

    /// The next event, and where the stream stands behind it; a warning and the number of dropped items
    /// come first, and move the stream nowhere.
    fn pop(&mut self) -> Option<(Event<T>, Option<Cursor>)> {
        if let Some(waiting) = self.warning.take() {
            return Some((Event::Filling { waiting, capacity: self.capacity }, None));
        }
        if self.dropped > 0 {
            return Some((Event::Dropped(std::mem::take(&mut self.dropped)), None));
        }
        let (event, cursor) = self.events.pop_front()?;
        if self.events.len() * 2 < self.capacity {
            self.has_warned = false;
        }
        Some((event, cursor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timestamp::Timestamp;

    fn cursor() -> Option<Cursor> {
        Some(Cursor::new("streamPosts", None, Timestamp::UNIX_EPOCH))
    }

    #[test]
    fn a_queue_that_blocks_warns_before_it_is_full() {
        let mut queue = Queue::new(8, Overflow::Block, None);
        for number in 0..8 {
            assert!(queue.has_room());
            queue.push(Event::Item(number), cursor());
        }
        assert!(!queue.has_room());
        let (warning, moved) = queue.pop().unwrap();
        assert!(matches!(warning, Event::Filling { waiting: 6, capacity: 8 }) && moved.is_none());
        for number in 0..8 {
            let (event, _) = queue.pop().unwrap();
            assert!(matches!(event, Event::Item(n) if n == number));
        }
        assert!(queue.pop().is_none());
    }

    #[test]
    fn the_end_comes_last_and_the_cursor_is_that_of_what_was_taken() {
        let mut queue = Queue::new(4, Overflow::Block, None);
        assert!(queue.take().is_pending());
        queue.push(Event::Item(1), cursor());
        queue.end(Err(Error::NoProgress));
        assert_eq!(queue.cursor(), None);
        assert!(matches!(queue.take(), Poll::Ready(Some(Ok(Event::Item(1))))));
        assert_eq!(queue.cursor(), cursor());
        assert!(matches!(queue.take(), Poll::Ready(Some(Err(Error::NoProgress)))));
        assert!(matches!(queue.take(), Poll::Ready(None)));
    }

    #[test]
    fn signs_of_life_take_no_room() {
        let mut queue = Queue::new(4, Overflow::DropOldest, None);
        queue.push(Event::Item(1), cursor());
        for second in 1..9 {
            let time = Timestamp::from_seconds(second).unwrap();
            queue.push(Event::Alive, Some(Cursor::new("streamPosts", None, time)));
        }
        let (event, cursor) = queue.pop().unwrap();
        assert!(matches!(event, Event::Item(1)));
        assert_eq!(cursor.unwrap().time.as_seconds(), 8);
        assert!(queue.pop().is_none());
    }

    #[test]
    fn a_queue_that_drops_says_how_many_and_keeps_what_is_no_item() {
        let mut queue = Queue::new(4, Overflow::DropOldest, None);
        queue.push(Event::Connected, cursor());
        for number in 0..10 {
            assert!(queue.has_room());
            queue.push(Event::Item(number), cursor());
        }
        assert!(matches!(queue.pop().unwrap().0, Event::Filling { .. }));
        assert!(matches!(queue.pop().unwrap().0, Event::Dropped(7)));
        assert!(matches!(queue.pop().unwrap().0, Event::Connected));
        assert!(matches!(queue.pop().unwrap().0, Event::Item(7)));
    }
}
