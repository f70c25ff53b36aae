//! Which ids came lately: for deliveries that X may repeat.

use std::{
    collections::HashSet,
    fmt,
    hash::{BuildHasher as _, Hash, RandomState},
    mem,
};

/// The ids that came lately, in bounded memory.
///
/// X delivers some events twice: to a webhook, to the second of two connections, after a
/// reconnection with a backfill, and in a replay. This remembers at least the last `capacity` ids
/// and at most twice as many, in some 20 bytes each: hashes of 64 bits, so that a new id is taken
/// for one that came before only by a coincidence that nobody will see.
///
/// ```
/// use twitter_types::recent::Recent;
///
/// let mut recent = Recent::new(100_000);
/// assert!(recent.insert("-6850472171600526495"));
/// assert!(!recent.insert("-6850472171600526495"));
/// ```
///
/// An id may be anything that can be hashed, but the same type each time: a `&str` and a `String`
/// are the same, a [`PostId`](crate::PostId) and its digits are not.
#[derive(Clone)]
pub struct Recent {
    hasher: RandomState,
    /// The ids since the last change of generations.
    young: HashSet<u64>,
    /// The `capacity` ids before those.
    old: HashSet<u64>,
    capacity: usize,
}

impl Recent {
    /// Remembers that many ids, but at least one.
    pub fn new(capacity: usize) -> Self {
        Self {
            hasher: RandomState::new(),
            young: HashSet::new(),
            old: HashSet::new(),
            capacity: capacity.max(1),
        }
    }

    /// Remembers an id, and says whether it is new.
    ///
    /// Who must not lose an event inserts its id once it is dealt with, and asks
    /// [`contains`](Self::contains) before; or takes it back by [`remove`](Self::remove).
    pub fn insert(&mut self, id: impl Hash) -> bool {
        let hash = self.hasher.hash_one(id);
        if self.knows(hash) {
            return false;
        }
        if self.young.len() == self.capacity {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(hash)
    }

    /// Whether an id came lately.
    pub fn contains(&self, id: impl Hash) -> bool {
        self.knows(self.hasher.hash_one(id))
    }

    /// Forgets an id, so that it is new when it comes again.
    pub fn remove(&mut self, id: impl Hash) {
        let hash = self.hasher.hash_one(id);
        self.young.remove(&hash);
        self.old.remove(&hash);
    }

    fn knows(&self, hash: u64) -> bool {
        self.young.contains(&hash) || self.old.contains(&hash)
    }
}

impl fmt::Debug for Recent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recent")
            .field("len", &(self.young.len() + self.old.len()))
            .field("capacity", &self.capacity)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_ids_are_known_and_memory_is_bounded() {
        let mut recent = Recent::new(100);
        for id in 0..10_000_u64 {
            assert!(recent.insert(id), "{id}");
            for known in id.saturating_sub(99)..=id {
                assert!(recent.contains(known), "{known} after {id}");
            }
            assert!(recent.young.len() + recent.old.len() <= 200);
        }
        assert!(!recent.contains(0_u64));
        assert!(recent.insert(0_u64));
    }

    #[test]
    fn what_comes_again_is_not_new_until_it_is_forgotten() {
        let mut recent = Recent::new(0);
        assert!(recent.insert("a"));
        assert!(!recent.insert(String::from("a")));
        recent.remove("a");
        assert!(recent.insert("a"));
        assert_eq!(format!("{recent:?}"), "Recent { len: 1, capacity: 1, .. }");
    }
}
