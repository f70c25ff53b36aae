//! X's price table, dated, or one of your own.

use std::{collections::BTreeMap, error, fmt};

use super::{Item, Usd, UsdError};

/// A table of prices: how much each [`Item`] costs, as of a date.
///
/// [`Prices::default()`] is X's table of pay-per-use as this crate knows it. Prices change: replace
/// one with [`with()`](Self::with()), or all with [`from_csv()`](Self::from_csv()).
///
/// ```
/// use twitter_types::spending::{Item, Prices, Usd};
///
/// let prices = Prices::default();
/// assert_eq!(prices.date(), "2026-08-22");
/// assert_eq!(prices.price(&Item::PostRead).unwrap().to_string(), "$0.0050");
///
/// let prices = prices.with(Item::PostRead, Usd::from_cents(1));
/// assert_eq!(prices.price(&Item::PostRead).unwrap().to_string(), "$0.0100");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prices {
    date: String,
    source: String,
    rows: BTreeMap<Item, Usd>,
}

impl Prices {
    /// A table without rows, of a date such as `2026-08-22`, from a source such as the address of a
    /// page.
    pub fn new(date: impl Into<String>, source: impl Into<String>) -> Self {
        Self { date: date.into(), source: source.into(), rows: BTreeMap::new() }
    }

    /// A table in CSV (RFC 4180). Its first line names the columns, of which `action`, as
    /// [`Item::as_str()`], and `usd` are read; the others may be what they like.
    ///
    /// ```
    /// use twitter_types::spending::{Item, Prices};
    ///
    /// let csv = "action,usd,per\nPosts: Read,0.004,resource\nPost: Create,0.015,\"request, sent\"\n";
    /// let prices = Prices::from_csv("2027-01-01", "our contract", csv)?;
    /// assert_eq!(prices.price(&Item::PostRead).unwrap().to_string(), "$0.0040");
    /// assert_eq!(prices.price(&Item::UserRead), None);
    /// # Ok::<(), twitter_types::spending::PricesError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If a column or a value is missing, or a price is no amount.
    pub fn from_csv(
        date: impl Into<String>,
        source: impl Into<String>,
        csv: &str,
    ) -> Result<Self, PricesError> {
        let mut prices = Self::new(date, source);
        let mut lines = (1..).zip(csv.lines()).filter(|(_, line)| !line.trim().is_empty());
        let columns = lines.next().map(|(_, line)| values(line)).unwrap_or_default();
        let column = |name: &'static str| {
            let place = columns.iter().position(|column| column.trim() == name);
            place.ok_or(PricesError::Column(name))
        };
        let (action, usd) = (column("action")?, column("usd")?);
        for (number, line) in lines {
            let values = values(line);
            let (Some(action), Some(usd)) = (values.get(action), values.get(usd)) else {
                return Err(PricesError::Line(number));
            };
            let price = usd.trim().parse().map_err(|error| PricesError::Price(number, error))?;
            prices.rows.insert(action.trim().into(), price);
        }
        Ok(prices)
    }

    /// Sets one price.
    #[must_use]
    pub fn with(mut self, item: Item, price: Usd) -> Self {
        self.rows.insert(item, price);
        self
    }

    /// Takes one price out: it is not known.
    #[must_use]
    pub fn without(mut self, item: &Item) -> Self {
        self.rows.remove(item);
        self
    }

    /// As of which day this table is, as `YYYY-MM-DD`.
    pub fn date(&self) -> &str {
        &self.date
    }

    /// Where it is from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What one costs; `None` if the table does not say.
    pub fn price(&self, item: &Item) -> Option<Usd> {
        self.rows.get(item).copied()
    }

    /// Every row.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = (&Item, Usd)> {
        self.rows.iter().map(|(item, price)| (item, *price))
    }
}

impl Default for Prices {
    /// X's prices of pay-per-use, as of 2026-08-22.
    fn default() -> Self {
        let rows = TABLE.iter().map(|(item, micros)| (item.clone(), Usd::from_micros(*micros)));
        Self { rows: rows.collect(), ..Self::new(DATE, SOURCE) }
    }
}

/// The values of one line of CSV.
fn values(line: &str) -> Vec<String> {
    let (mut values, mut quoted) = (vec![String::new()], false);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let last = values.last_mut().expect("there is one value from the start");
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => last.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => values.push(String::new()),
            _ => last.push(letter),
        }
    }
    values
}

/// Why a table of prices was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PricesError {
    /// The first line does not name this column.
    Column(&'static str),
    /// This line, counted from 1, has too few values.
    Line(usize),
    /// The price in this line, counted from 1, is no amount.
    Price(usize, UsdError),
}

impl fmt::Display for PricesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Column(name) => write!(f, "the first line of the prices names no column {name}"),
            Self::Line(number) => write!(f, "line {number} of the prices has too few values"),
            Self::Price(number, error) => write!(f, "line {number} of the prices: {error}"),
        }
    }
}

impl error::Error for PricesError {}

/// The day on which X's page said so.
const DATE: &str = "2026-08-22";

/// X's page "Pricing".
const SOURCE: &str = "https://docs.x.com/x-api/getting-started/pricing";

/// X's table, in millionths of a US dollar.
#[rustfmt::skip]
const TABLE: &[(Item, u64)] = &[
    (Item::PostRead, 5_000),
    (Item::UserRead, 10_000),
    (Item::DmEventRead, 10_000),
    (Item::FollowRead, 10_000),
    (Item::ListRead, 5_000),
    (Item::SpaceRead, 5_000),
    (Item::CommunityRead, 5_000),
    (Item::NoteRead, 5_000),
    (Item::LikeRead, 1_000),
    (Item::MuteRead, 1_000),
    (Item::BlockRead, 1_000),
    (Item::ProfileUpdateRead, 5_000),
    (Item::PostCreate, 15_000),
    (Item::PostCreateWithLink, 200_000),
    (Item::PostCreateSummoned, 10_000),
    (Item::DmCreate, 15_000),
    (Item::InteractionCreate, 15_000),
    (Item::InteractionDelete, 10_000),
    (Item::ContentManage, 5_000),
    (Item::ListCreate, 10_000),
    (Item::ListManage, 5_000),
    (Item::Bookmark, 5_000),
    (Item::MediaMetadata, 5_000),
    (Item::PrivacyUpdate, 10_000),
    (Item::MuteDelete, 5_000),
    (Item::CountsRecent, 5_000),
    (Item::CountsAll, 10_000),
    (Item::Trends, 10_000),
    (Item::PostCreateEvent, 5_000),
    (Item::FollowFollowEvent, 10_000),
    (Item::FollowUnfollowEvent, 10_000),
    (Item::MuteMuteEvent, 1_000),
    (Item::MuteUnmuteEvent, 1_000),
    (Item::BlockBlockEvent, 1_000),
    (Item::BlockUnblockEvent, 1_000),
    (Item::ChatReceivedEvent, 10_000),
    (Item::DmReceivedEvent, 10_000),
    (Item::NewsNewEvent, 5_000),
    (Item::SpacesStartEvent, 5_000),
    (Item::SpacesEndEvent, 5_000),
    (Item::OwnPosts, 1_000),
    (Item::OwnMentions, 1_000),
    (Item::OwnLikes, 1_000),
    (Item::OwnBookmarks, 1_000),
    (Item::OwnFollowers, 1_000),
    (Item::OwnFollowing, 1_000),
    (Item::OwnBlocks, 1_000),
    (Item::OwnMutes, 1_000),
    (Item::OwnLists, 1_000),
    (Item::OwnFollowedLists, 1_000),
    (Item::OwnMemberships, 1_000),
    (Item::OwnPinnedLists, 1_000),
];
