//! Adding up what calls cost, and keeping to a budget.

use std::{
    any::Any,
    collections::BTreeSet,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{
    Budget, Charge, Estimate, Item, Prices, Refusal, Snapshot, Totals, Usd, charge_of,
    estimate::charge_for,
    ledger::{Billed, Ledger},
    returned::Returned,
    seen::Key,
};
use crate::{
    Timestamp, UserId,
    endpoint::{Ask, BaseUrl, Error, Reply, Request},
};

/// Adds up what calls cost, as an estimate, and refuses those that a [`Budget`] has nothing left for.
///
/// A clone counts into the same sums, so that every thread and every client of a program can have
/// one. The times that it is given say which day it is; they should not go back.
///
/// Its memory is bounded: it keeps 62 days, 24 months, and the ids of one day, a
/// [million](Meter::ROOM) at most, which take some 36 MB if they are numbers.
#[derive(Clone, Debug)]
pub struct Meter {
    settings: Arc<Settings>,
    ledger: Arc<Mutex<Ledger>>,
}

#[derive(Clone, Debug)]
struct Settings {
    prices: Prices,
    budget: Budget,
    owners: BTreeSet<UserId>,
}

impl Meter {
    /// How many ids a meter remembers of a day. What comes beyond is counted each time.
    pub const ROOM: usize = 1_000_000;

    /// Nothing counted, no limit.
    pub fn new(prices: Prices) -> Self {
        let settings = Settings { prices, budget: Budget::none(), owners: BTreeSet::new() };
        let ledger = Arc::new(Mutex::new(Ledger::new(Self::ROOM)));
        Self { settings: Arc::new(settings), ledger }
    }

    /// Keeps to a budget. Clones made before keep to theirs.
    #[must_use]
    pub fn with_budget(mut self, budget: Budget) -> Self {
        Arc::make_mut(&mut self.settings).budget = budget;
        self
    }

    /// Takes these users for those who own the App: reading their own things with their own
    /// credential is cheaper. Whether the credential is theirs, the meter cannot see.
    #[must_use]
    pub fn owning(mut self, users: impl IntoIterator<Item = UserId>) -> Self {
        Arc::make_mut(&mut self.settings).owners.extend(users);
        self
    }

    /// Remembers so many ids of a day instead of a [million](Self::ROOM).
    #[must_use]
    pub fn with_room(self, ids: usize) -> Self {
        self.ledger().seen.room = ids;
        self
    }

    /// Goes on from a snapshot, in place of what was counted.
    #[must_use]
    pub fn restored(self, snapshot: Snapshot) -> Self {
        self.ledger().restore(snapshot);
        self
    }

    /// The table of prices.
    pub fn prices(&self) -> &Prices {
        &self.settings.prices
    }

    /// What a call will cost at most, as an estimate: as [`Prices::estimate()`], and less if it reads
    /// the own things of a user who [owns](Self::owning()) the App.
    ///
    /// # Errors
    ///
    /// If it cannot be sent: a parameter is out of its range or missing.
    pub fn estimate(&self, ask: &impl Ask) -> Result<Estimate, Error> {
        let request = ask.unauthorized(&BaseUrl::default())?;
        let charge = self.charge(ask.operation(), &request);
        Ok(self.settings.prices.estimate_as(&charge, &request))
    }

    /// Holds back what a call may cost, until its reply is recorded.
    ///
    /// # Errors
    ///
    /// [`Error::OverBudget`] if the budget has less left; and if the call cannot be sent: a parameter is
    /// out of its range or missing.
    pub fn reserve<A: Ask>(&self, ask: &A, now: Timestamp) -> Result<Reservation, Error> {
        let request = ask.unauthorized(&BaseUrl::default())?;
        Ok(self.reserve_request(ask.operation(), &request, now)?)
    }

    /// [`reserve()`](Self::reserve()) of a request that is made, by its `operationId`.
    ///
    /// # Errors
    ///
    /// If the budget has less left.
    pub fn reserve_request(
        &self,
        operation: &'static str,
        request: &Request,
        now: Timestamp,
    ) -> Result<Reservation, Refusal> {
        let Settings { prices, budget, .. } = &*self.settings;
        let charge = self.charge(operation, request);
        let estimate = prices.estimate_as(&charge, request);
        if budget.only_bounded && estimate.at_most.is_none() {
            return Err(Refusal::Unbounded { operation, reason: estimate.unlisted });
        }
        let (mut ledger, needed) = (self.ledger(), estimate.held);
        ledger.turn_to(now);
        if let Some((period, budget, left, resets)) = ledger.lacks(budget, needed) {
            return Err(Refusal::OverBudget { operation, needed, left, budget, period, resets });
        }
        ledger.held = ledger.held.saturating_add(needed);
        drop(ledger);
        Ok(Reservation { meter: self.clone(), operation, charge, estimate, held: needed })
    }

    /// Counts a body that came without a reservation, such as an item of a stream, and says what it
    /// costs. Bytes, as the streams of [`Dynamic`](crate::endpoint::Dynamic) come, count nothing: read
    /// them into items.
    ///
    /// ```
    /// use twitter_types::{One, models::Post, spending::{Meter, Prices}};
    ///
    /// let meter = Meter::new(Prices::default());
    /// let item: One<Post> = serde_json::from_str(r#"{"data": {"id": "20", "text": "a"}}"#)?;
    /// let now = "2026-11-25T12:00:00Z".parse()?;
    /// assert_eq!(meter.record_body("streamPostsSample", &item, now).to_string(), "$0.0050");
    /// assert_eq!(meter.record_body("streamPostsSample", &item, now).to_string(), "$0.0000");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn record_body<B: 'static>(&self, operation: &str, body: &B, now: Timestamp) -> Usd {
        let charge = charge_of(operation);
        self.ledger().record(&self.settings.prices, operation, &charge, body, now)
    }

    /// Counts an event that X sent to a webhook, of a kind such as `post.create`, and says what it
    /// costs. An id that comes again that day, as when X delivers an event twice, counts once.
    pub fn record_event(&self, kind: &str, id: &str, now: Timestamp) -> Usd {
        let item = Item::from(kind);
        let price = self.settings.prices.price(&item);
        let mut ledger = self.ledger();
        ledger.turn_to(now);
        let count = ledger.count_new(&item, vec![Some(Key::of(&id))]);
        ledger.add("webhook", &[(item, count, price)])
    }

    /// What was spent on a day, if it is not over, as an estimate.
    pub fn today(&self, now: Timestamp) -> Totals {
        let mut ledger = self.ledger();
        ledger.turn_to(now);
        ledger.totals_of_day()
    }

    /// What was spent in a month, if it is not over, as an estimate.
    pub fn this_month(&self, now: Timestamp) -> Totals {
        let mut ledger = self.ledger();
        ledger.turn_to(now);
        ledger.totals_of_month()
    }

    /// All that was counted. What is held back for calls on their way is not in it.
    pub fn snapshot(&self) -> Snapshot {
        self.ledger().snapshot()
    }

    fn charge(&self, operation: &str, request: &Request) -> Charge {
        charge_for(operation, request, |user| self.settings.owners.contains(&user))
    }

    /// A panic elsewhere leaves whole sums behind: each is one addition.
    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ledger {
    fn record(
        &mut self,
        prices: &Prices,
        operation: &str,
        charge: &Charge,
        body: &dyn Any,
        now: Timestamp,
    ) -> Usd {
        self.turn_to(now);
        let mut billed: Vec<Billed> = Vec::new();
        match charge {
            Charge::Resource(item, _) => {
                let Returned { data, posts, users } = Returned::of(body);
                let includes = [(Item::PostRead, posts), (Item::UserRead, users)];
                let includes = includes.into_iter().filter(|(_, keys)| !keys.is_empty());
                for (item, keys) in [(item.clone(), data)].into_iter().chain(includes) {
                    let count = self.count_new(&item, keys);
                    let price = prices.price(&item);
                    billed.push((item, count, price));
                }
            }
            Charge::Request(item) => billed.push((item.clone(), 1, prices.price(item))),
            Charge::Unlisted(_) => {}
        }
        self.add(operation, &billed)
    }
}

/// What is held back for a call on its way. Dropped, it gives that back: what fails is not billed.
#[derive(Debug)]
#[must_use = "dropped, it gives back what it holds, and the call is not counted"]
pub struct Reservation {
    meter: Meter,
    operation: &'static str,
    charge: Charge,
    estimate: Estimate,
    held: Usd,
}

impl Reservation {
    /// What the call will cost at most, as an estimate.
    pub fn estimate(&self) -> &Estimate {
        &self.estimate
    }

    /// Counts what came, and says what it costs, as an estimate; gives back the rest.
    pub fn record<B: 'static>(self, reply: &Reply<B>, now: Timestamp) -> Usd {
        let charge = match (&self.charge, self.estimate.lines.as_slice()) {
            // The row that the request has turned out to be, such as that of a post with a link.
            (Charge::Request(_), [line]) => Charge::Request(line.item.clone()),
            (charge, _) => charge.clone(),
        };
        self.settle(|ledger, prices, operation| {
            ledger.record(prices, operation, &charge, &reply.body, now)
        })
    }

    /// Counts all that was held back, and says how much that is: for a call whose outcome is not
    /// known, such as a post that was sent and never answered.
    pub fn record_all(self, now: Timestamp) -> Usd {
        let lines = self.estimate.lines.iter();
        let billed: Vec<Billed> =
            lines.map(|line| (line.item.clone(), line.most.unwrap_or(1), line.price)).collect();
        self.settle(|ledger, _, operation| {
            ledger.turn_to(now);
            ledger.add(operation, &billed)
        })
    }

    /// Gives back what is held and counts what was spent, so that nobody sees one without the other.
    fn settle(mut self, spend: impl FnOnce(&mut Ledger, &Prices, &str) -> Usd) -> Usd {
        let held = mem::take(&mut self.held);
        let mut ledger = self.meter.ledger();
        ledger.held = ledger.held.saturating_sub(held);
        spend(&mut ledger, &self.meter.settings.prices, self.operation)
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        if self.held != Usd::ZERO {
            let mut ledger = self.meter.ledger();
            ledger.held = ledger.held.saturating_sub(self.held);
        }
    }
}
