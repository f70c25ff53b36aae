//! Where everything goes.

use std::fmt;

use super::{Lease, ShareError};
use crate::{
    model::Vocabulary,
    stream::{Cursor, Event, Gap, Item, item::hash},
};

/// A durable log with a part for each partition, such as Redis Streams.
pub trait Log: fmt::Debug + Send + Sync {
    /// Takes nothing more of the partition from leases with a lower token, and says where its
    /// stream stands: the cursor of the last batch that had one. It can be called twice. The next
    /// batch has the number 1.
    ///
    /// # Errors
    ///
    /// [`Superseded`](super::ShareErrorKind::Superseded) if it was opened with a greater token.
    fn open(&self, lease: Lease) -> Result<Option<Cursor>, ShareError>;

    /// Appends a batch, all of it or nothing. When this returns, the batch is as safe as the log
    /// makes it. It can be called twice with the same batch, since an answer may have been lost: a
    /// batch whose [`number`](Batch::number) is not greater than the last of this lease is there
    /// already.
    ///
    /// # Errors
    ///
    /// [`Superseded`](super::ShareErrorKind::Superseded) if the partition was opened with another
    /// token since, [`Forgotten`](super::ShareErrorKind::Forgotten) if the batch before this one is
    /// not there; after any other error the batch may be there, or not.
    fn append(&self, batch: &Batch) -> Result<(), ShareError>;
}

/// What is appended at once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Batch {
    /// The lease by which the partition is read.
    pub lease: Lease,
    /// Which batch of this lease it is: 1, 2, 3 and so on.
    pub number: u64,
    /// What came, in this order; nothing if only the stream's position has moved.
    pub entries: Vec<Entry>,
    /// Where the stream stands behind it; `None` if it stands where it stood.
    pub cursor: Option<Cursor>,
}

/// One thing in a log.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Entry {
    /// An item.
    #[non_exhaustive]
    Item {
        /// The same for the same thing, whoever reads it: the id of a post, in decimal digits; for
        /// other things 16 hexadecimal digits, which are the same from programs that are built
        /// alike.
        id: String,
        /// The line as X's current vocabulary has it, with everything that X sent.
        json: Vec<u8>,
    },
    /// A time of which things may be missing, or were and are in the log by now.
    Gap(Gap),
    /// A line that is no item; of one that is too long, its beginning.
    Unreadable(Box<[u8]>),
}

impl Entry {
    /// What a log is to hold of an event, if anything.
    pub fn of<T: Item>(event: Event<T>) -> Option<Self> {
        match event {
            Event::Item(item) => {
                let json = item.encode(Vocabulary::Current);
                let id = match item.post_id() {
                    Some(id) => id.to_string(),
                    None => format!("{:016x}", item.identity().unwrap_or_else(|| hash(&json))),
                };
                Some(Self::Item { id, json })
            }
            Event::Gap(gap) => Some(Self::Gap(gap)),
            Event::Unreadable(unreadable) => Some(Self::Unreadable(unreadable.line)),
            _ => None,
        }
    }

    /// About how much room it takes, in bytes.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Item { id, json } => id.len() + json.len(),
            Self::Gap(_) => 128,
            Self::Unreadable(line) => line.len(),
        }
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item { id, json } => write!(f, "Item({id}, {} bytes)", json.len()),
            Self::Gap(gap) => write!(f, "Gap({gap})"),
            Self::Unreadable(line) => write!(f, "Unreadable({} bytes)", line.len()),
        }
    }
}
