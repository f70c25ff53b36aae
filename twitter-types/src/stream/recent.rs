//! What was seen lately, so that it is not handed out again.

use std::collections::{HashSet, VecDeque};

/// Remembers so many of the latest things, and forgets the oldest first.
#[derive(Clone, Debug)]
pub(super) struct Recent {
    order: VecDeque<u64>,
    known: HashSet<u64>,
    capacity: usize,
}

impl Recent {
    pub(super) fn new(capacity: usize) -> Self {
        Self { order: VecDeque::new(), known: HashSet::new(), capacity }
    }

    /// Whether it is new; from now on it is not.
    pub(super) fn insert(&mut self, thing: u64) -> bool {
        if self.capacity == 0 {
            return true;
        }
        if !self.known.insert(thing) {
            return false;
        }
        if self.order.len() == self.capacity
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
        self.order.push_back(thing);
        true
    }
}
