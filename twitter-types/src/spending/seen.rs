//! Which resources were billed today.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt,
};

use super::Item;

/// The ids of a day, as many as there is room for.
#[derive(Debug)]
pub(super) struct Seen {
    ids: HashMap<Item, HashSet<Key>>,
    count: usize,
    pub(super) room: usize,
}

/// An id in 16 bytes, and none more if it is a number.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Number(u64),
    Text(Box<str>),
}

impl Seen {
    pub(super) fn new(room: usize) -> Self {
        Self { ids: HashMap::new(), count: 0, room }
    }

    /// Whether an id is new today. One that there is no room for is new each time.
    pub(super) fn is_new(&mut self, item: &Item, key: Key) -> bool {
        if self.ids.get(item).is_some_and(|ids| ids.contains(&key)) {
            return false;
        }
        if self.count < self.room {
            self.ids.entry(item.clone()).or_default().insert(key);
            self.count += 1;
        }
        true
    }

    pub(super) fn clear(&mut self) {
        *self = Self::new(self.room);
    }

    pub(super) fn to_lists(&self) -> BTreeMap<Item, Vec<String>> {
        let list = |ids: &HashSet<Key>| {
            let mut list: Vec<_> = ids.iter().map(Key::to_string).collect();
            list.sort_unstable();
            list
        };
        self.ids.iter().map(|(item, ids)| (item.clone(), list(ids))).collect()
    }

    pub(super) fn extend(&mut self, lists: BTreeMap<Item, Vec<String>>) {
        for (item, ids) in lists {
            for id in ids {
                self.is_new(&item, Key::of(&id));
            }
        }
    }
}

impl Key {
    pub(super) fn of(id: &impl ToString) -> Self {
        let text = id.to_string();
        match text.parse::<u64>() {
            Ok(number) if number.to_string() == text => Self::Number(number),
            _ => Self::Text(text.into()),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_room_is_new_each_time() {
        let mut seen = Seen::new(2);
        let mut is_new = |id: &str| seen.is_new(&Item::SpaceRead, Key::of(&id));
        assert_eq!(
            ["1", "01", "1", "2", "2", "01"].map(&mut is_new),
            [true, true, false, true, true, false]
        );
        assert_eq!(size_of::<Key>(), 16);
    }
}
