//! A relation between ids that remembers in which order its pairs were made.

use std::collections::BTreeMap;

/// Pairs of ids, such as follower and followed.
#[derive(Default)]
pub(crate) struct Links {
    forward: BTreeMap<(u64, u64), u64>,
    backward: BTreeMap<(u64, u64), u64>,
    made: u64,
}

impl Links {
    /// Adds a pair; a pair that exists keeps its place.
    pub(crate) fn add(&mut self, from: u64, to: u64) {
        self.made += 1;
        self.forward.entry((from, to)).or_insert(self.made);
        self.backward.entry((to, from)).or_insert(self.made);
    }

    pub(crate) fn remove(&mut self, from: u64, to: u64) {
        self.forward.remove(&(from, to));
        self.backward.remove(&(to, from));
    }

    /// Removes every pair that ends at `to`.
    pub(crate) fn remove_to(&mut self, to: u64) {
        let pairs: Vec<_> = range(&self.backward, to).map(|(_, from)| from).collect();
        for from in pairs {
            self.remove(from, to);
        }
    }

    pub(crate) fn contains(&self, from: u64, to: u64) -> bool {
        self.forward.contains_key(&(from, to))
    }

    /// Where `from` leads, each with a number that grows with time.
    pub(crate) fn from(&self, from: u64) -> impl Iterator<Item = (u64, u64)> {
        range(&self.forward, from)
    }

    /// What leads to `to`, each with a number that grows with time.
    pub(crate) fn to(&self, to: u64) -> impl Iterator<Item = (u64, u64)> {
        range(&self.backward, to)
    }
}

fn range(map: &BTreeMap<(u64, u64), u64>, key: u64) -> impl Iterator<Item = (u64, u64)> {
    map.range((key, 0)..=(key, u64::MAX)).map(|(&(_, other), &made)| (made, other))
}
