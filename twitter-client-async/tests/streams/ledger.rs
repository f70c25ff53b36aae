//! What was published, and what became of it.

use std::collections::{HashMap, HashSet};

use twitter_types::{
    PostId, Timestamp,
    envelope::Matched,
    models::Post,
    stream::{Event, Gap},
};

#[derive(Default)]
pub(crate) struct Ledger {
    pub(crate) delivered: HashMap<PostId, u32>,
    pub(crate) gaps: Vec<Gap>,
    pub(crate) disconnects: usize,
    pub(crate) notices: usize,
    unreadable: HashSet<Vec<u8>>,
}

impl Ledger {
    pub(crate) fn take(&mut self, event: Event<Matched<Post>>) {
        match event {
            Event::Item(item) => {
                let id = item.data.unwrap().id;
                *self.delivered.entry(id).or_default() += 1;
            }
            Event::Gap(gap) => self.gaps.push(gap),
            Event::Disconnected { .. } => self.disconnects += 1,
            Event::Notice(_) => self.notices += 1,
            Event::Unreadable(line) => {
                assert!(self.unreadable.insert(line.line.to_vec()), "{line} comes again");
            }
            _ => {}
        }
    }

    pub(crate) fn unreadable(&self) -> usize {
        self.unreadable.len()
    }

    /// Every post was handed out once, or lies in a gap.
    pub(crate) fn check(&self, published: &[PostId], at_most_once: bool) {
        for &id in published {
            let number = self.delivered.get(&id).copied().unwrap_or_default();
            assert!(number <= 1 || !at_most_once, "{id} was handed out {number} times");
            let time = id.created_at().unwrap();
            assert!(
                number > 0 || self.is_lost(time),
                "{id} of {time} was neither handed out nor reported: {:?}",
                self.gaps
            );
        }
    }

    pub(crate) fn is_lost(&self, time: Timestamp) -> bool {
        let lost = |gap: &Gap| gap.recovered.is_none() && gap.from <= time && time < gap.to;
        self.gaps.iter().any(lost)
    }
}
