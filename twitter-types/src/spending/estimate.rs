//! What a call will cost at most.

use std::fmt;

use serde_json::Value;

use super::{
    Charge, Item, LinkWarning, Most, Prices, Usd, charge_of,
    expansion::{Brings, brings},
};
use crate::{
    UserId,
    endpoint::{Ask, BaseUrl, Error, Request},
    operations::Place,
};

/// What a call will cost at most, as an estimate: see [`Prices::estimate()`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Estimate {
    /// The most; `None` if a price is not known, or X sets no bound to what may come.
    pub at_most: Option<Usd>,
    /// What a [`Budget`](super::Budget) holds back for the call: `at_most`, and if that is not known,
    /// what is known of it, with one of each resource that has no bound.
    pub held: Usd,
    /// How it comes about, row by row.
    pub lines: Vec<Line>,
    /// Why there is no line, if the price table has no row for the operation.
    pub unlisted: Option<&'static str>,
    /// Whether it is a post that is dearer for its link.
    pub link: Option<LinkWarning>,
}

/// A row of the price table, and how often a call meets it at most.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Line {
    /// The row.
    pub item: Item,
    /// How often at most; `None` if X sets no bound.
    pub most: Option<u64>,
    /// The price of one; `None` if the table does not say.
    pub price: Option<Usd>,
}

impl Line {
    /// What this line costs at most.
    pub fn at_most(&self) -> Option<Usd> {
        Some(self.price?.saturating_mul(self.most?))
    }

    fn held(&self) -> Usd {
        self.price.unwrap_or_default().saturating_mul(self.most.unwrap_or(1))
    }
}

impl fmt::Display for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.at_most, self.unlisted) {
            (Some(at_most), _) => write!(f, "at most an estimated {at_most}"),
            (None, Some(reason)) => write!(f, "a price that is not known: {reason}"),
            (None, None) => f.write_str("a price without a known bound"),
        }
    }
}

impl Prices {
    /// What a call will cost at most, by what it asks for: `max_results`, ids and expansions.
    ///
    /// ```
    /// use twitter_types::{fields::PostExpansion, posts, spending::Prices};
    ///
    /// let search = posts::SearchRecent::new("rust").max_results(100);
    /// let prices = Prices::default();
    /// assert_eq!(prices.estimate(&search)?.at_most.unwrap().to_string(), "$0.5000");
    ///
    /// // The authors come along, a hundred at most.
    /// let mut fields = posts::PostFields::default();
    /// fields.expansions.insert(PostExpansion::AuthorId);
    /// let search = search.fields(fields);
    /// assert_eq!(prices.estimate(&search)?.at_most.unwrap().to_string(), "$1.5000");
    ///
    /// let post = posts::Create::new(posts::NewPost::text("Hello, world!"));
    /// assert_eq!(prices.estimate(&post)?.to_string(), "at most an estimated $0.0150");
    /// # Ok::<(), twitter_types::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If it cannot be sent: a parameter is out of its range or missing.
    pub fn estimate(&self, ask: &impl Ask) -> Result<Estimate, Error> {
        let request = ask.unauthorized(&BaseUrl::default())?;
        Ok(self.estimate_request(ask.operation(), &request))
    }

    /// [`estimate()`](Self::estimate()) of a request that is made, by its `operationId`.
    pub fn estimate_request(&self, operation: &str, request: &Request) -> Estimate {
        self.estimate_as(&charge_of(operation), request)
    }

    /// The estimate, whichever row it is.
    pub(super) fn estimate_as(&self, charge: &Charge, request: &Request) -> Estimate {
        let (mut items, mut link, mut unlisted) = (Vec::new(), None, None);
        match charge {
            Charge::Resource(item, most) => {
                let most = most.of(request);
                items.push((item.clone(), most));
                items.extend(included(request, most));
            }
            Charge::Request(Item::PostCreate) => {
                let text = text_of_post(request);
                link = self.link_warning(&text);
                let has_link = super::has_link(&text);
                let item = if has_link { Item::PostCreateWithLink } else { Item::PostCreate };
                items.push((item, Some(1)));
            }
            Charge::Request(item) => items.push((item.clone(), Some(1))),
            Charge::Unlisted(reason) => unlisted = Some(*reason),
        }
        let line = |(item, most)| Line { price: self.price(&item), item, most };
        let lines: Vec<_> = items.into_iter().map(line).collect();
        let held = lines.iter().map(Line::held).sum();
        let at_most = match unlisted {
            None => lines.iter().map(Line::at_most).sum(),
            Some(_) => None,
        };
        Estimate { at_most, held, lines, unlisted, link }
    }
}

impl Most {
    fn of(self, request: &Request) -> Option<u64> {
        match self {
            Self::One => Some(1),
            Self::Listed(name) => Some(list(request, name).count() as u64),
            Self::Page(size) => {
                Some(list(request, "max_results").find_map(|it| it.parse().ok()).unwrap_or(size))
            }
            Self::Unbounded => None,
        }
    }
}

/// What comes along with so many objects.
fn included(request: &Request, objects: Option<u64>) -> Vec<(Item, Option<u64>)> {
    let with = |each: Option<u64>| Some(each?.saturating_mul(objects?));
    list(request, "expansions")
        .filter_map(|name| match brings(&name).map(Brings::item) {
            Some(item) => item.map(|(item, each)| (item, with(each))),
            None => Some((Item::Unknown(format!("expansions={name}").into()), None)),
        })
        .collect()
}

/// The values of a parameter in the query, which lists them with commas between.
fn list(request: &Request, name: &str) -> impl Iterator<Item = String> {
    let parameters = request.uri().query().unwrap_or_default().split('&');
    let value = parameters.filter_map(|pair| pair.split_once('=')).find(|(it, _)| *it == name);
    let value = value.map(|(_, value)| value.replace("%2C", ",").replace("%2c", ","));
    let values = value.map(|value| value.split(',').map(str::to_owned).collect::<Vec<_>>());
    values.unwrap_or_default().into_iter()
}

/// The text of a post that is to be created, and the link to the direct messages that it may show.
fn text_of_post(request: &Request) -> String {
    let body: Value = serde_json::from_slice(request.body()).unwrap_or_default();
    let texts =
        ["text", "direct_message_deep_link"].map(|name| body.get(name).and_then(Value::as_str));
    texts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The charge of a request: the cheaper one if it reads the own things of one of the users who own
/// the App.
pub(super) fn charge_for(
    operation: &str,
    request: &Request,
    owns: impl Fn(UserId) -> bool,
) -> Charge {
    match charge_of(operation) {
        Charge::Resource(item, most) => {
            let own = own_item(operation, request.uri().path(), owns);
            Charge::Resource(own.unwrap_or(item), most)
        }
        charge => charge,
    }
}

fn own_item(operation: &str, path: &str, owns: impl Fn(UserId) -> bool) -> Option<Item> {
    let template = Place::of(operation)?.path;
    let item = Item::owned(template)?;
    // From the end, since the base URL may have a path of its own.
    let mut segments = template.rsplit('/').zip(path.rsplit('/'));
    let (_, id) = segments.find(|(name, _)| *name == "{id}")?;
    owns(id.parse().ok()?).then_some(item)
}
