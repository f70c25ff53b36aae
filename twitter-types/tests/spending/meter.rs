//! The sums of a meter, and its budget.

use serde_json::json;
use twitter_types::{
    OperationVisitor, Timestamp, bookmarks,
    endpoint::{self, Dynamic, Error, Payload, Response, SampleOperation},
    model::Vocabulary,
    posts,
    sample::{Sample, Sampler},
    spending::{Budget, Charge, Item, Meter, Period, Prices, Refusal, Snapshot, Usd, charge_of},
    streams, usage, users, visit_operations,
};

use super::{at, objects, reply};

const NOON: &str = "2026-11-25T12:00:00Z";

fn meter() -> Meter {
    Meter::new(Prices::default())
}

#[test]
fn a_resource_counts_once_a_day() {
    let (meter, noon) = (meter(), at(NOON));
    let search = posts::SearchRecent::new("rust");
    let page = reply(&search, &json!({"data": objects([20, 21])}));
    let record = |now| meter.reserve(&search, now).unwrap().record(&page, now).as_micros();
    assert_eq!(record(noon), 10_000);
    assert_eq!(record(at("2026-11-25T23:59:59.999Z")), 0);
    assert_eq!(record(at("2026-11-26T00:00:00Z")), 10_000);
    // A clock that goes back brings no day back.
    assert_eq!(record(noon), 0);
    let now = at("2026-11-26T01:00:00Z");
    assert_eq!(meter.today(now).usd.as_micros(), 10_000);
    let month = meter.this_month(now);
    assert_eq!(month.usd.as_micros(), 20_000);
    assert_eq!(month.operations["searchPostsRecent"].count, 4);
    assert_eq!(month.items[&Item::PostRead].count, 4);
    assert_eq!(meter.this_month(at("2026-12-01T00:00:00Z")).usd, Usd::ZERO);
}

#[test]
fn what_comes_along_counts() {
    let (meter, noon) = (meter(), at(NOON));
    let lookup = posts::ById::new(20);
    let body = json!({
        "data": {"id": "20", "text": ""},
        "includes": {
            "users": [{"id": "12"}],
            "tweets": objects([20, 30]),
            "media": [{"media_key": "3_1"}],
        },
    });
    let cost = meter.reserve(&lookup, noon).unwrap().record(&reply(&lookup, &body), noon);
    // Post 20 stands in both.
    assert_eq!(cost.as_micros(), 5_000 + 5_000 + 10_000);
    let mut dynamic = Dynamic::new("posts.by_id").unwrap();
    dynamic.set("id", "20").unwrap();
    let again = dynamic.reply(Response::new(body.to_string().into_bytes())).unwrap();
    assert_eq!(meter.reserve(&dynamic, noon).unwrap().record(&again, noon), Usd::ZERO);
    let tomorrow = at("2026-11-26T12:00:00Z");
    let cost = meter.reserve(&dynamic, tomorrow).unwrap().record(&again, tomorrow);
    assert_eq!(cost.as_micros(), 20_000);
    // What is not there costs nothing.
    let nothing = reply(&lookup, &json!({"errors": []}));
    assert_eq!(meter.reserve(&lookup, noon).unwrap().record(&nothing, noon), Usd::ZERO);
}

#[test]
fn owners_read_their_own_things_for_less() {
    let (meter, noon) = (meter().owning([12.into()]), at(NOON));
    let followers = |id: u64| users::Followers::new(id).max_results(10);
    let most = |ask: &users::Followers| meter.estimate(ask).unwrap().at_most.unwrap().as_micros();
    assert_eq!(most(&followers(12)), 10_000);
    assert_eq!(most(&followers(13)), 100_000);
    let page = reply(&followers(12), &json!({"data": objects([1, 2])}));
    let cost = |id| meter.reserve(&followers(id), noon).unwrap().record(&page, noon).as_micros();
    assert_eq!((cost(12), cost(13)), (2_000, 20_000));
    let items = meter.today(noon).items;
    assert_eq!(items[&Item::OwnFollowers].count, 2);
    assert_eq!(items[&Item::FollowRead].count, 2);
    // Not every path that begins so is an owned read.
    let folder = bookmarks::InFolder::new(12, 1).max_results(1);
    assert_eq!(meter.estimate(&folder).unwrap().at_most.unwrap().as_micros(), 5_000);
}

#[test]
fn a_request_counts_by_what_it_was() {
    let (meter, noon) = (meter(), at(NOON));
    let post = |text: &str| posts::Create::new(posts::NewPost::text(text));
    for (text, micros) in [("Hello!", 15_000), ("example.com", 200_000), ("Hello!", 15_000)] {
        let answer = reply(&post(text), &json!({"data": {"id": "20", "text": text}}));
        let cost = meter.reserve(&post(text), noon).unwrap().record(&answer, noon);
        assert_eq!(cost.as_micros(), micros);
    }
    let today = meter.today(noon);
    assert_eq!(today.operations["createPosts"].count, 3);
    assert_eq!(today.items[&Item::PostCreateWithLink].usd.as_micros(), 200_000);
    // A call that fails is not billed, one whose outcome nobody knows may be.
    drop(meter.reserve(&post("Hello!"), noon).unwrap());
    assert_eq!(meter.today(noon), today);
    assert_eq!(meter.reserve(&post("Hello!"), noon).unwrap().record_all(noon).as_micros(), 15_000);
    assert_eq!(meter.today(noon).usd.as_micros(), 245_000);
}

#[test]
fn every_billed_read_is_recognized_in_its_reply() {
    struct Recognized(usize);
    impl OperationVisitor for Recognized {
        fn visit<E: SampleOperation + Send + Sync + 'static>(&mut self) {
            let Charge::Resource(item, _) = charge_of(E::OPERATION) else { return };
            let body = E::Response::sample(Sampler::new()).encode(Vocabulary::Current);
            let reply = endpoint::reply::<E>(Response::new(body)).unwrap();
            let (meter, now) = (meter(), at(NOON));
            let ask = E::least(Sampler::new());
            let cost = meter.reserve(&ask, now).unwrap().record(&reply, now);
            let items = meter.today(now).items;
            assert!(items.get(&item).is_some_and(|it| it.count > 0), "{}", E::OPERATION);
            assert!(cost > Usd::ZERO);
            self.0 += 1;
        }
    }
    let mut recognized = Recognized(0);
    visit_operations(&mut recognized);
    assert!(recognized.0 > 50, "{}", recognized.0);
}

#[test]
fn items_of_a_stream_and_events_count_one_by_one() {
    let (meter, noon) = (meter(), at(NOON));
    let line = r#"{"data": {"id": "20", "text": ""}, "matching_rules": [{"id": "1"}]}"#;
    let stream = endpoint::reply::<streams::Filtered>(Response::new(line.into())).unwrap().body;
    assert_eq!(meter.record_body("streamPosts", &stream.items[0], noon).as_micros(), 5_000);
    assert_eq!(meter.record_body("streamPosts", &stream, noon).as_micros(), 0);
    assert_eq!(meter.record_event("follow.follow", "e1", noon).as_micros(), 10_000);
    assert_eq!(meter.record_event("follow.follow", "e1", noon).as_micros(), 0);
    assert_eq!(meter.record_event("later.event", "e2", noon).as_micros(), 0);
    let today = meter.today(noon);
    assert_eq!((today.unpriced, today.operations["webhook"].count), (1, 3));
}

#[test]
fn a_budget_refuses_before_it_is_exceeded() {
    let budget = Budget::none().per_day(Usd::from_cents(2)).per_month(Usd::from_cents(3));
    let (meter, noon) = (meter().with_budget(budget), at(NOON));
    let one = posts::ById::new(20);
    let refusal = |now| meter.reserve(&one, now).unwrap_err().to_string();
    // Calls on their way hold back what they may cost, also for other threads.
    let held: Vec<_> = (0..4).map(|_| meter.clone().reserve(&one, noon).unwrap()).collect();
    assert!(refusal(noon).contains("$0.0000 left"));
    drop(held);
    let record = |id: u64, now| {
        let body = reply(&one, &json!({"data": {"id": id.to_string(), "text": ""}}));
        meter.reserve(&one, now).map(|held| held.record(&body, now).as_micros())
    };
    for id in 0..4 {
        assert_eq!(record(id, noon).unwrap(), 5_000);
    }
    let Error::OverBudget(refused) = record(5, noon).unwrap_err() else { panic!() };
    assert!(matches!(*refused, Refusal::OverBudget { period: Period::Day, left: Usd::ZERO, .. }));
    let next = at("2026-11-26T00:00:00Z");
    assert_eq!((record(5, next).unwrap(), record(6, next).unwrap()), (5_000, 5_000));
    assert_eq!(
        refusal(next),
        "getPostsById may cost $0.0050, and of the month's budget of $0.0300 there is $0.0000 left \
         (estimates): ask for less, or wait until 2026-12-01T00:00:00.000Z; nothing was sent"
    );
    assert_eq!(record(7, at("2026-12-01T00:00:00Z")).unwrap(), 5_000);
}

#[test]
fn a_strict_budget_takes_no_call_without_a_bound() {
    let noon = at(NOON);
    let (usage, sample) = (usage::Posts::new(), streams::PostsSample::new());
    let loose = meter().with_budget(Budget::none().per_day(Usd::ZERO));
    assert!(loose.reserve(&usage, noon).is_ok());
    assert!(loose.reserve(&sample, noon).is_err(), "one post is one too many");
    let strict = loose.with_budget(Budget::none().only_bounded());
    assert_eq!(
        strict.reserve(&usage, noon).unwrap_err().to_string(),
        "what getUsage may cost has no known bound (X's price table has no row for usage), and the \
         budget takes no such call; nothing was sent"
    );
    assert!(strict.reserve(&sample, noon).is_err());
    assert!(strict.reserve(&posts::ById::new(20), noon).is_ok());
}

#[test]
fn a_snapshot_reads_well_and_goes_on() {
    let (meter, noon) = (meter(), at(NOON));
    let search = posts::SearchRecent::new("rust");
    let page = reply(&search, &json!({"data": objects([20])}));
    meter.reserve(&search, noon).unwrap().record(&page, noon);
    let snapshot = meter.snapshot();
    let totals = json!({
        "usd": "$0.0050",
        "unpriced": 0,
        "operations": {"searchPostsRecent": {"count": 1, "usd": "$0.0050"}},
        "items": {"Posts: Read": {"count": 1, "usd": "$0.0050"}},
    });
    let expected = json!({
        "days": {"2026-11-25": totals},
        "months": {"2026-11": totals},
        "today": "2026-11-25",
        "seen": {"Posts: Read": ["20"]},
    });
    assert_eq!(serde_json::to_value(&snapshot).unwrap(), expected);
    let read: Snapshot = serde_json::from_str(&expected.to_string()).unwrap();
    assert_eq!(read, snapshot);
    let restored = Meter::new(Prices::default()).restored(read);
    assert_eq!(restored.snapshot(), snapshot);
    assert_eq!(restored.reserve(&search, noon).unwrap().record(&page, noon), Usd::ZERO);
    assert_eq!(restored.this_month(noon).usd.as_micros(), 5_000);
    // What somebody broke keeps its sums, and forgets its ids.
    let mut broken = snapshot.clone();
    broken.today = "zzzz".into();
    let restored = Meter::new(Prices::default()).restored(broken);
    assert_eq!(restored.reserve(&search, noon).unwrap().record(&page, noon).as_micros(), 5_000);
    assert_eq!(restored.today(noon).usd.as_micros(), 10_000);
}

#[test]
fn memory_is_bounded() {
    let meter = meter().with_room(10);
    for day in 0..1000 {
        let now = Timestamp::from_seconds(1_780_000_000 + day * 86_400).unwrap();
        for id in 0..20 {
            meter.record_event("post.create", &format!("{id}"), now);
        }
        assert_eq!(meter.record_event("post.create", "1", now).as_micros(), 0);
        assert_eq!(meter.record_event("post.create", "15", now).as_micros(), 5_000);
    }
    let snapshot = meter.snapshot();
    assert_eq!((snapshot.days.len(), snapshot.months.len()), (62, 24));
    assert_eq!(snapshot.seen[&Item::PostCreateEvent].len(), 10);
}
