//! What calls cost, as an estimate: before they are sent, after they were answered, and within a
//! budget.
//!
//! X bills what a call returns or does, by a table of prices: so much for each post or user that it
//! reads, so much for each post that it creates. [`Prices`] holds that table, with its date and its
//! source, or one of your own. [`Prices::estimate()`] says what a call will cost at most, and a
//! [`Meter`] adds up what came, by day and month, by operation and by row of the table. A [`Budget`]
//! keeps it from going on, before anything is sent.
//!
//! **Every amount here is an estimate.** X's own bill is the only one that counts: see
//! [`usage::Credits`](crate::usage::Credits). Where X's table leaves open which row applies, the
//! dearer one is taken.
//!
//! - A resource is billed once a day, from midnight to midnight UTC. X calls that a soft guarantee.
//!   The meter counts an id once a day for each row, so one user who is read as a follower and by
//!   name counts twice.
//! - What came along by `expansions` counts as posts and users; media, polls, places and topics have
//!   no row, and count nothing.
//! - Only what succeeds is billed.
//! - Reading a user's own things is cheaper if that user owns the App: tell the meter
//!   [which users](Meter::owning()) those are.
//! - Operations that the table does not name [have no price](Charge::Unlisted), which is not a price
//!   of nothing.
//!
//! ```
//! use http::Response;
//! use twitter_types::{Timestamp, endpoint, posts, spending::{Budget, Meter, Prices, Usd}};
//!
//! let now: Timestamp = "2026-11-25T12:00:00Z".parse()?;
//! let budget = Budget::none().per_day(Usd::from_cents(5)).per_month(Usd::from_cents(100));
//! let meter = Meter::new(Prices::default()).with_budget(budget);
//!
//! // Before: at most ten posts. Whoever shares the meter cannot spend this once more.
//! let search = posts::SearchRecent::new("from:XDevelopers").max_results(10);
//! let reservation = meter.reserve(&search, now)?;
//! assert_eq!(reservation.estimate().at_most.unwrap().to_string(), "$0.0500");
//!
//! // After: two came. Send the request with any client; here the answer is canned.
//! let response = Response::new(br#"{"data": [{"id": "20", "text": "a"}, {"id": "21", "text": "b"}]}"#.to_vec());
//! let reply = endpoint::reply::<posts::SearchRecent>(response)?;
//! assert_eq!(reservation.record(&reply, now).to_string(), "$0.0100");
//!
//! // Once more would fit into the month, but not into what is left of the day.
//! let refusal = meter.reserve(&search, now).unwrap_err();
//! assert_eq!(
//!     refusal.to_string(),
//!     "searchPostsRecent may cost $0.0500, and of the day's budget of $0.0500 there is $0.0400 left \
//!      (estimates): ask for less, or wait until 2026-11-26T00:00:00.000Z; nothing was sent"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod budget;
mod calendar;
mod charge;
mod estimate;
mod expansion;
mod item;
mod ledger;
mod link;
mod meter;
mod prices;
mod returned;
mod seen;
mod usd;

pub use budget::{Budget, Period, Refusal};
pub use charge::{Charge, Most, charge_of};
pub use estimate::{Estimate, Line};
pub use item::{Item, Unit};
pub use ledger::{Count, Snapshot, Totals};
pub use link::{LinkWarning, has_link};
pub use meter::{Meter, Reservation};
pub use prices::{Prices, PricesError};
pub use usd::{Usd, UsdError};
