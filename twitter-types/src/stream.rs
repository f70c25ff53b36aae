//! Streams that go on for months, and say of everything: delivered, or known to be missing.
//!
//! A [`Machine`] is handed bytes and times, and says what to do: connect, read, wait, recover. It
//! finds lines in the bytes, items in the lines, and what was missed between two connections; it
//! hands everything out once, as [`Event`]s. Both clients drive it by their `stream`, and so can
//! others:
//!
//! ```
//! use twitter_types::endpoint::Moment;
//! use twitter_types::stream::{Event, Machine, Step};
//! use twitter_types::streams;
//!
//! let mut machine = Machine::new(streams::Filtered::new());
//! // `Step::Connect`: send the request that the step brings, and then
//! # assert!(matches!(machine.step(&Moment::now()), Step::Connect(_)));
//! machine.opened(&Moment::now(), &http::HeaderMap::new());
//! # assert!(matches!(machine.step(&Moment::now()), Step::Event(Event::Connected)));
//! // `Step::Read`: read, and then
//! # assert!(matches!(machine.step(&Moment::now()), Step::Read(_)));
//! machine.received(&Moment::now(), b"{\"data\":{\"id\":\"1\",\"text\":\"caf\xc3\xa9\"}}\r\n");
//! let Step::Event(Event::Item(item)) = machine.step(&Moment::now()) else { panic!("no item") };
//! assert_eq!(item.data.unwrap().text.as_deref(), Some("café"));
//! ```
//!
//! # What is promised
//!
//! An item is handed out once, as long as it is among those [remembered](Options::remembered), and
//! in no particular order. After an interruption there is an [`Event::Gap`]: of a time of which
//! everything has come by [the way that the App's access allows](Recovery), or of one of which
//! things may be missing. A [`Cursor`], saved by the program when it is done with an item, carries
//! that across its own end: a program that begins again with it gets the items since once more, or
//! a gap; to drop those that it had, it knows them by their ids.
//!
//! X's own delivery is outside of that promise: it says that it may leave posts out.

mod cursor;
mod event;
mod framing;
mod item;
mod line;
mod machine;
mod options;
mod position;
mod queue;
mod recovery;
mod schedule;
pub mod share;

pub use cursor::{Cursor, OtherStream};
pub use event::{Cause, Event, Gap, Means, Unreadable};
pub use framing::{Frame, Frames};
pub use item::{Datum, Item, Streamed};
pub use machine::{Machine, Step};
pub use options::{Options, Pauses, Recovery};
pub use queue::{Overflow, Queue};
