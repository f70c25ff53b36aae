//! Who holds which partition.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    time::Duration,
};

use serde::{Deserialize, Serialize, Serializer};

use super::ShareError;

/// A place that all consumers of a stream reach, and that knows who is there and who holds what.
///
/// The clock that leases run out by is its own.
pub trait Leases: fmt::Debug + Send + Sync {
    /// Does what a consumer asks, at one moment, and says how things stand then. It can be asked
    /// the same twice, since an answer may have been lost.
    ///
    /// In this order: consumers and leases whose time is over are forgotten; what is in
    /// [`release`](Ask::release) and still held by that token is free; what is in
    /// [`renew`](Ask::renew) and still held by that token is held anew; of
    /// [`take`](Ask::take), what is free is held, and what the consumer holds already is held anew,
    /// by a token that is greater than every one before.
    ///
    /// # Errors
    ///
    /// If nothing is known of what became of the question.
    fn ask(&self, ask: &Ask) -> Result<Roster, ShareError>;
}

/// What a consumer asks of the [`Leases`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Ask {
    /// Who asks: unlike every other, and every one before.
    pub consumer: String,
    /// For how long from now on it is believed to be there, and to read what it holds. Serialized
    /// in milliseconds.
    #[serde(serialize_with = "millis")]
    pub lease: Duration,
    /// It is about to end, and is not there any more.
    pub is_leaving: bool,
    /// What it holds no longer.
    pub release: Vec<Lease>,
    /// What it goes on to hold.
    pub renew: Vec<Lease>,
    /// The partitions that it wants, unless somebody else holds them.
    pub take: Vec<u8>,
}

/// The right to read a partition, for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Lease {
    /// The partition.
    pub partition: u8,
    /// Greater than that of every lease before: of two who write, the greater one is right.
    pub token: u64,
}

/// How things stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Roster {
    /// Who is there.
    pub consumers: BTreeSet<String>,
    /// Who holds which partition.
    pub leases: BTreeMap<u8, Holder>,
}

/// Who holds a partition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Holder {
    /// The consumer.
    pub consumer: String,
    /// The token of its lease.
    pub token: u64,
}

impl Lease {
    /// The lease of a partition by this token.
    pub const fn new(partition: u8, token: u64) -> Self {
        Self { partition, token }
    }
}

impl Holder {
    /// The consumer that holds a partition by this token.
    pub fn new(consumer: impl Into<String>, token: u64) -> Self {
        Self { consumer: consumer.into(), token }
    }
}

impl Roster {
    /// Whether a consumer holds its partition by just this lease.
    pub(super) fn has(&self, consumer: &str, lease: Lease) -> bool {
        self.leases
            .get(&lease.partition)
            .is_some_and(|holder| holder.consumer == consumer && holder.token == lease.token)
    }

    /// How many partitions a consumer holds.
    pub(super) fn count(&self, consumer: &str) -> usize {
        self.leases.values().filter(|holder| holder.consumer == consumer).count()
    }
}

fn millis<S: Serializer>(duration: &Duration, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u64(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
}
