//! The partitions of a stream, shared by consumers on several machines.
//!
//! Each consumer tells a common place, the [`Leases`], every few seconds that it is there, and
//! holds its fair share of the partitions by leases that run out unless they are renewed. When one
//! dies, the others take what it held; when one comes, they give it its part. [`Share`] is that, as
//! a machine without a socket or a clock.
//!
//! What a partition brings goes to a [`Log`], together with the [`Cursor`](super::Cursor) of where
//! its stream stands: both or none. Who takes a partition over begins where the log ends. Each
//! lease has a token that is greater than every one before, and a log takes nothing from a lower
//! one than it has seen: a consumer that only seemed to be dead cannot write behind its successor.
//!
//! ```text
//!                  one question each heartbeat
//!   Share  ------------------------------------------>  Leases   who is there, who holds what
//!     |  Begin, End
//!     v
//!   a stream per partition held  --- batches ---------->  Log      entries and a cursor, at once
//! ```
//!
//! # What is promised
//!
//! Whatever dies, everything that a [`Stream`](super::Machine) would have handed out to one program
//! is in the log at least once, or inside of a gap, which is in the log too. What comes twice,
//! since it was delivered again after a hand-over, has the same [`id`](Entry::Item) twice. That
//! holds from when a partition's stream is first connected, and as long as the log keeps what it
//! has confirmed.
//!
//! A partition whose consumer has died is read again after no more than a lease and a heartbeat,
//! and the time of a connection: 13 seconds by default, within the 20 of X's sign of life.
//!
//! `RedisLeases` and `RedisLog`, of the feature `redis`, keep both on Redis servers.

mod batch;
mod ended;
mod error;
mod leases;
mod log;
mod machine;
#[cfg(feature = "redis")]
mod redis;
pub mod trace;

pub use batch::{Batching, Tries, Writer, WriterStep};
pub use ended::SharedError;
pub use error::{ShareError, ShareErrorKind};
pub use leases::{Ask, Holder, Lease, Leases, Roster};
pub use log::{Batch, Entry, Log};
pub use machine::{Share, Step};
#[cfg(feature = "redis")]
pub use redis::{RedisLeases, RedisLog};
