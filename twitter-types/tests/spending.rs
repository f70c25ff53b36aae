//! What calls cost: the table, the estimate before, the sums after, and the budget.

#[path = "spending/meter.rs"]
mod meter;
#[path = "spending/properties.rs"]
mod properties;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use twitter_types::{
    PostId, Timestamp, direct_messages,
    endpoint::{self, Ask, Dynamic, Endpoint, Reply, Response},
    fields::{PostExpansion, UserExpansion},
    id::MediaKey,
    lists, media,
    posts::{self, PostFields},
    spending::{Charge, Item, Most, Prices, PricesError, Unit, Usd, charge_of, has_link},
    streams,
    users::{self, UserFields},
};

pub(crate) fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

/// The reply that X would give.
pub(crate) fn reply<E: Endpoint>(_: &E, body: &Value) -> Reply<E::Response> {
    endpoint::reply::<E>(Response::new(body.to_string().into_bytes())).unwrap()
}

/// A list of objects with these ids.
pub(crate) fn objects(ids: impl IntoIterator<Item = u64>) -> Value {
    let object = |id: u64| json!({"id": id.to_string(), "text": ""});
    Value::Array(ids.into_iter().map(object).collect())
}

fn at_most(ask: &impl Ask) -> Option<String> {
    let estimate = Prices::default().estimate(ask).unwrap();
    assert_eq!(estimate.at_most.is_some(), estimate.to_string().contains("at most"));
    estimate.at_most.map(|usd| usd.to_string())
}

fn with<const N: usize>(expansions: [PostExpansion; N]) -> PostFields {
    let mut fields = PostFields::default();
    fields.expansions = expansions.into();
    fields
}

/// A file of the folder beside the checkout, if it is there.
fn shared(file: &str) -> Option<String> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let folder = std::env::var_os("X_SHARED").map_or_else(beside, PathBuf::from);
    let file = folder.join(file);
    let text = std::fs::read_to_string(&file).ok();
    if text.is_none() {
        println!("skipped: no {} (set X_SHARED to the shared folder)", file.display());
    }
    text
}

#[test]
fn the_table_is_that_of_x() {
    let ours = Prices::default();
    assert_eq!(ours.rows().len(), Item::ALL.len());
    let Some(csv) = shared("x-api/prices.csv") else { return };
    let theirs = Prices::from_csv(ours.date(), ours.source(), &csv).unwrap();
    assert_eq!(ours, theirs);
    let lines = csv.lines().skip(1).map(|line| line.splitn(4, ',').skip(1));
    let per = lines.map(|mut it| (Item::from(it.next().unwrap()), it.nth(1).unwrap()));
    let per: BTreeMap<_, _> = per.collect();
    for (item, _) in ours.rows() {
        let unit = match item.unit() {
            Unit::Resource => "per resource",
            Unit::Request => "per request",
            _ => "per event",
        };
        assert!(per[item].contains(unit), "{item}: {}", per[item]);
    }
}

/// Where the specification says how long a page is by default, the estimate says so too; elsewhere it
/// takes the longest.
#[test]
fn pages_are_as_long_as_the_specification_says() {
    let Some(api) = shared("x-api/openapi.json") else { return };
    let api: Value = serde_json::from_str(&api).unwrap();
    let methods = api["paths"].as_object().unwrap().values().flat_map(|it| it.as_object().unwrap());
    let mut compared = 0;
    for (_, operation) in methods {
        let id = operation["operationId"].as_str().unwrap_or_default();
        let Charge::Resource(_, Most::Page(size)) = charge_of(id) else { continue };
        let parameters = operation["parameters"].as_array().unwrap();
        let page = parameters.iter().find(|it| it["name"] == "max_results").unwrap();
        let [default, most] = ["default", "maximum"].map(|name| page["schema"][name].as_u64());
        assert_eq!(default.or(most), Some(size), "{id}");
        compared += 1;
    }
    assert!(compared > 30, "{compared}");
}

#[test]
fn an_estimate_counts_what_is_asked_for() {
    let recent = posts::SearchRecent::new("rust");
    assert_eq!(at_most(&recent).unwrap(), "$0.0500");
    assert_eq!(at_most(&recent.max_results(100)).unwrap(), "$0.5000");
    assert_eq!(at_most(&posts::ById::new(20)).unwrap(), "$0.0050");
    assert_eq!(
        at_most(&posts::ByIds::new([20, 21, 22].map(PostId::from).to_vec())).unwrap(),
        "$0.0150"
    );
    assert_eq!(at_most(&users::Followers::new(12)).unwrap(), "$10.0000");
    assert_eq!(at_most(&users::MutedUsers::new(12)).unwrap(), "$0.1000");
    assert_eq!(at_most(&posts::Like::new(12, 20)).unwrap(), "$0.0150");
    assert_eq!(at_most(&posts::CountAll::new("rust")).unwrap(), "$0.0100");
    assert_eq!(at_most(&direct_messages::Delete::new(1)).unwrap(), "$0.0100");
}

#[test]
fn expansions_bring_along_what_costs() {
    let lookup = posts::ByIds::new([20, 21].map(PostId::from).to_vec());
    let lookup = lookup.fields(with([
        PostExpansion::AuthorId,
        PostExpansion::ReferencedPosts,
        PostExpansion::AttachmentsMediaKeys,
    ]));
    // Two posts, two authors, and up to three posts that each refers to; media has no row.
    assert_eq!(at_most(&lookup).unwrap(), "$0.0600");
    let user = users::Me::new();
    let mut fields = UserFields::default();
    fields.expansions = [UserExpansion::PinnedPostId].into();
    assert_eq!(at_most(&user.fields(fields)).unwrap(), "$0.0150");
}

#[test]
fn what_has_no_bound_says_so() {
    let lookup = posts::ById::new(20);
    let mentions = lookup.clone().fields(with([PostExpansion::EntitiesMentionsUsername]));
    for (estimate, held) in [
        (Prices::default().estimate(&mentions), "$0.0150"),
        (Prices::default().estimate(&streams::PostsSample::new()), "$0.0050"),
        (Prices::default().estimate(&lists::PinnedBy::new(12)), "$0.0050"),
    ] {
        let estimate = estimate.unwrap();
        assert_eq!((estimate.at_most, estimate.unlisted), (None, None));
        assert_eq!(estimate.held.to_string(), held);
    }
    let later = lookup.fields(with([PostExpansion::from("later")]));
    let estimate = Prices::default().estimate(&later).unwrap();
    assert_eq!((estimate.at_most, estimate.held.to_string()), (None, "$0.0050".into()));
}

#[test]
fn what_has_no_price_says_so() {
    let estimate =
        Prices::default().estimate(&media::ByKey::new(MediaKey::new("3_1").unwrap())).unwrap();
    assert_eq!((estimate.at_most, estimate.held), (None, Usd::ZERO));
    assert!(estimate.unlisted.unwrap().contains("media"));
    let prices = Prices::default().without(&Item::PostRead);
    let estimate = prices.estimate(&posts::ById::new(20)).unwrap();
    assert_eq!((estimate.at_most, estimate.unlisted), (None, None));
    assert_eq!(estimate.to_string(), "a price without a known bound");
}

#[test]
fn a_link_makes_a_post_dearer() {
    let post = |text: &str| posts::Create::new(posts::NewPost::text(text));
    assert_eq!(at_most(&post("Hello, world!")).unwrap(), "$0.0150");
    assert_eq!(at_most(&post("Hello, https://example.com!")).unwrap(), "$0.2000");
    let estimate = Prices::default().estimate(&post("Hello, example.com!")).unwrap();
    let warning = estimate.link.unwrap();
    assert_eq!((warning.with, warning.without), (Usd::from_cents(20), Usd::from_micros(15_000)));
    assert!(Prices::default().link_warning("No link.").is_none());
    assert!(has_link("see example.com") && !has_link("Well. Yes."));
    let mut contact = posts::NewPost::text("Write to us");
    contact.direct_message_deep_link = Some("https://x.com/messages/compose".into());
    assert_eq!(at_most(&posts::Create::new(contact)).unwrap(), "$0.2000");
    // With the price of the other row gone, no warning, and no price.
    let prices = Prices::default().without(&Item::PostCreateWithLink);
    let estimate = prices.estimate(&post("example.com")).unwrap();
    assert_eq!((estimate.at_most, estimate.link), (None, None));
}

#[test]
fn an_operation_chosen_at_run_time_costs_the_same() {
    let mut search = Dynamic::new("posts.search_recent").unwrap();
    search.set("query", "rust").unwrap();
    search.set("max_results", "100").unwrap();
    search.set("expansions", "author_id,geo.place_id").unwrap();
    assert_eq!(at_most(&search).unwrap(), "$1.5000");
    let unsendable = Dynamic::new("posts.search_recent").unwrap();
    assert!(Prices::default().estimate(&unsendable).is_err());
}

#[test]
fn a_table_of_ones_own() {
    let read = |csv: &str| Prices::from_csv("2027-01-01", "a test", csv);
    let prices = read("usd, action\n$1.5,\"A \"\"new\"\", row\"\n\n0.000001,Bookmark\r\n").unwrap();
    let rows: Vec<_> = prices.rows().map(|(item, usd)| (item.as_str(), usd.to_string())).collect();
    assert_eq!(rows, [("Bookmark", "$0.000001".into()), ("A \"new\", row", "$1.5000".into())]);
    assert_eq!((prices.date(), prices.source()), ("2027-01-01", "a test"));
    assert_eq!(read("").unwrap_err(), PricesError::Column("action"));
    assert_eq!(read("action,price\n").unwrap_err(), PricesError::Column("usd"));
    assert_eq!(read("action,usd\nBookmark\n").unwrap_err(), PricesError::Line(2));
    let long = "99999999999999999999";
    for wrong in ["", "-1", "1,5", "0.0000001", "$", "1.", ".5", long, "1e3", "٣"] {
        let csv = format!("action,usd\n\nBookmark,\"{wrong}\"\n");
        assert_eq!(
            read(&csv).unwrap_err().to_string(),
            "line 3 of the prices: not an amount: write US dollars like 0.005, with six decimals at \
             most",
            "{wrong}"
        );
    }
}
