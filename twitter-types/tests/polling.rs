//! Polling: nothing is missed and nothing comes twice, whatever the pages look like.

use std::{collections::BTreeSet, time::Duration};

use http::StatusCode;
use proptest::prelude::*;
use serde_json::{Value, json};
use twitter_types::{
    OPERATIONS, Page, PostId, Reply, Timestamp,
    endpoint::{
        self, Error, Poll, PollCursor, PollItems, PollStep, Polled, Response, Stop,
        TransportErrorKind,
    },
    models::Post,
    posts::{HomeTimeline, Mentioning, OfUser, SearchAll, SearchRecent},
};

const PAUSE: Duration = Duration::from_secs(60);

/// X with a list of posts, the newest first; a token is the id that the page lies below.
#[derive(Default)]
struct Server {
    posts: BTreeSet<u64>,
    asked: Vec<(Option<u64>, Option<String>)>,
    until: Option<u64>,
}

impl Server {
    fn answer(&mut self, search: &SearchRecent, size: usize, overlap: usize) -> Value {
        let since = search.since_id.map(PostId::as_u64);
        self.asked.push((since, search.pagination_token.clone()));
        self.until = search.until_id.map(PostId::as_u64);
        let until = self.until.unwrap_or(u64::MAX);
        let below = search.pagination_token.as_deref().map_or(until, |id| id.parse().unwrap());
        let since = since.unwrap_or(0);
        let mut older: Vec<u64> = self.posts.range(since + 1..below).rev().copied().collect();
        let more = older.len() > size;
        older.truncate(size);
        let next = more.then(|| older.last().unwrap().to_string());
        // Some that stood on the page before stand on this one again.
        let again = self.posts.range(below..until).take(overlap);
        let mut ids: Vec<u64> = again.copied().collect();
        ids.reverse();
        ids.extend(older);
        let data: Vec<_> = ids.iter().map(|id| json!({"id": id.to_string()})).collect();
        let mut meta = json!({"result_count": data.len()});
        if let Some(newest) = ids.iter().max() {
            meta["newest_id"] = newest.to_string().into();
        }
        if let Some(next) = next {
            meta["next_token"] = next.into();
        }
        if data.is_empty() { json!({"meta": meta}) } else { json!({"data": data, "meta": meta}) }
    }
}

fn reply(status: u16, body: &Value) -> Result<Reply<Page<Post>>, Error> {
    let mut response = Response::new(body.to_string().into_bytes());
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    endpoint::reply::<SearchRecent>(response)
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(1_800_000_000 + seconds).unwrap()
}

/// What happens before a request, or instead of its answer.
#[derive(Clone, Debug)]
struct Turn {
    arrivals: usize,
    size: usize,
    overlap: usize,
    fails: bool,
    /// Whether X has forgotten its tokens.
    forgets: bool,
    /// How many posts are handed out of the page until the process dies.
    dies_after: Option<usize>,
}

fn turn() -> impl Strategy<Value = Turn> {
    let dies = prop_oneof![4 => Just(None), 1 => (0..6_usize).prop_map(Some)];
    let seldom = || prop::bool::weighted(0.1);
    (0..12_usize, 1..8_usize, 0..4_usize, seldom(), seldom(), dies).prop_map(
        |(arrivals, size, overlap, fails, forgets, dies_after)| Turn {
            arrivals,
            size,
            overlap,
            fails,
            forgets,
            dies_after,
        },
    )
}

/// Takes what one page has, or as much of it as the process lives to see; whether it lives on.
fn drain(items: &mut PollItems<SearchRecent>, limit: Option<usize>, got: &mut Vec<u64>) -> bool {
    let mut left = limit.unwrap_or(usize::MAX);
    while left > 0 {
        let Some(post) = items.next_item() else { return limit.is_none() };
        got.push(post.id.as_u64());
        left -= 1;
    }
    false
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_post_comes_once(
        before in 0..30_u64,
        start in prop::option::of(0..30_u64),
        turns in prop::collection::vec(turn(), 0..80),
    ) {
        let mut server = Server { posts: (1..=before).map(|id| id * 10).collect(), ..Server::default() };
        let mut search = SearchRecent::new("rust");
        search.since_id = start.map(|start| PostId::new(start * 10));
        let mut items = Poll::new(search.clone(), PAUSE).items();
        let (mut got, mut now, mut next_id) = (Vec::new(), 0, before * 10 + 10);
        // At the end nothing goes wrong any more, for as long as two rounds may take.
        let quiet = Turn { arrivals: 0, size: 50, overlap: 1, fails: false, forgets: false, dies_after: None };
        for turn in turns.iter().chain(std::iter::repeat_n(&quiet, 60)) {
            for _ in 0..turn.arrivals {
                server.posts.insert(next_id);
                next_id += 10;
            }
            match items.step(at(now)).unwrap().unwrap() {
                PollStep::Wait(pause) => now += i64::try_from(pause.as_secs()).unwrap(),
                PollStep::Ask(operation) => {
                    let token = operation.pagination_token.clone();
                    let body = server.answer(operation, turn.size, turn.overlap);
                    if turn.forgets && token.is_some() {
                        items.advance(reply(400, &json!({})), at(now)).unwrap_err();
                    } else if turn.fails {
                        let closed = Error::Transport(TransportErrorKind::Closed.into());
                        items.advance(Err(closed), at(now)).unwrap_err();
                    } else {
                        items.advance(reply(200, &body), at(now)).unwrap();
                    }
                }
            }
            if !drain(&mut items, turn.dies_after, &mut got) {
                let saved: PollCursor = items.cursor().to_string().parse().unwrap();
                items = Poll::resume(search.clone(), PAUSE, &saved).unwrap().items();
            }
        }
        prop_assert_eq!(items.stop(), None);
        let begin = start.map_or(0, |start| start * 10);
        let expected: Vec<u64> = server.posts.range(begin + 1..).copied().collect();
        let mut sorted = got.clone();
        sorted.sort_unstable();
        prop_assert_eq!(sorted, expected);
    }
}

#[test]
fn a_round_goes_through_all_pages_before_the_next_begins() {
    let mut server = Server { posts: (1..=5).collect(), ..Server::default() };
    let start: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
    let search = SearchRecent::new("rust").start_time(start).sort_order("relevancy");
    let mut poll = Poll::new(search, PAUSE).with_round_limit(3);
    let (mut got, mut now) = (Vec::new(), 0);
    while let Some(step) = poll.step(at(now)) {
        let body = match step.unwrap() {
            PollStep::Wait(pause) => {
                assert_eq!(pause, PAUSE);
                now += 60;
                continue;
            }
            PollStep::Ask(search) => {
                assert_eq!(search.sort_order, None, "relevancy has no newest first");
                assert_eq!(search.start_time.is_some(), search.since_id.is_none());
                server.answer(search, 2, 0)
            }
        };
        let page = poll.advance(reply(200, &body), at(now)).unwrap();
        got.push(page.body.data.iter().map(|post| post.id.as_u64()).collect::<Vec<_>>());
        if got.len() == 1 {
            server.posts.extend([6, 7]);
        }
    }
    assert_eq!(got, [vec![5, 4], vec![3, 2], vec![1], vec![7, 6], vec![]]);
    let token = |token: &str| Some(token.to_owned());
    assert_eq!(
        server.asked,
        [(None, None), (None, token("4")), (None, token("2")), (Some(5), None), (Some(7), None)]
    );
    assert_eq!(poll.stop(), Some(Stop::End));
    assert_eq!(
        poll.cursor().to_string(),
        r#"{"operation":"searchPostsRecent","list":"a413cdd2d93b8f8f","since_id":"7"}"#
    );
}

#[test]
fn an_error_is_no_end() {
    let mut server = Server { posts: (1..=3).collect(), ..Server::default() };
    let mut poll = Poll::new(SearchRecent::new("rust"), PAUSE);
    let mut ask = |poll: &mut Poll<SearchRecent>, now| match poll.step(at(now)) {
        Some(Ok(PollStep::Ask(search))) => server.answer(search, 2, 0),
        other => panic!("{other:?}"),
    };
    let body = ask(&mut poll, 0);
    poll.advance(reply(200, &body), at(0)).unwrap();
    ask(&mut poll, 0);
    poll.advance(reply(503, &json!({})), at(0)).unwrap_err();
    assert!(matches!(poll.step(at(1)), Some(Ok(PollStep::Wait(pause))) if pause.as_secs() == 59));
    let body = ask(&mut poll, 60);
    let page = poll.advance(reply(200, &body), at(60)).unwrap();
    assert_eq!(page.body.data[0].id, PostId::new(1));
    assert_eq!(server.asked[1], server.asked[2]);
}

#[test]
fn a_round_begins_again_when_x_has_forgotten_its_token() {
    for (pages, until) in [(2, None), (12, Some(1201))] {
        let mut server = Server { posts: (1..=1400).collect(), ..Server::default() };
        let mut poll = Poll::new(SearchRecent::new("rust"), PAUSE);
        let (mut got, mut now) = (Vec::new(), 0);
        while poll.cursor().since_id().is_none() {
            match poll.step(at(now)).unwrap().unwrap() {
                PollStep::Wait(pause) => now += i64::try_from(pause.as_secs()).unwrap(),
                PollStep::Ask(search) if server.asked.len() == pages => {
                    server.asked.push((None, search.pagination_token.clone()));
                    poll.advance(reply(400, &json!({})), at(now)).unwrap_err();
                    assert_eq!(poll.stop(), None);
                }
                PollStep::Ask(search) => {
                    let body = server.answer(search, 100, 3);
                    let page = poll.advance(reply(200, &body), at(now)).unwrap();
                    got.extend(page.body.data.iter().map(|post| post.id.as_u64()));
                    // The process ends here, and another goes on.
                    let saved = poll.cursor().to_string().parse().unwrap();
                    poll = Poll::resume(SearchRecent::new("rust"), PAUSE, &saved).unwrap();
                }
            }
        }
        assert_eq!(server.asked[pages + 1], (None, None));
        // Not from its very beginning, if that is long ago.
        assert_eq!((server.until, now), (until, 60));
        assert_eq!(got, (1..=1400).rev().collect::<Vec<_>>());
        assert_eq!(poll.cursor().since_id(), Some(PostId::new(1400)));
    }
}

/// The posts that a poll with a lag misses, and how many come twice. Each second has a post, which X lists
/// so many seconds late.
fn missed(lag: u64, late: &[i64]) -> (Vec<u64>, usize) {
    let id = |second| PostId::first_at(at(second)).unwrap().as_u64();
    let last = i64::try_from(late.len()).unwrap();
    let mut server = Server::default();
    let mut poll = Poll::new(SearchRecent::new("rust"), PAUSE).with_lag(Duration::from_secs(lag));
    let (mut got, mut now) = (Vec::new(), 0);
    while now < last + 300 {
        let listed = (0..).zip(late).filter(|(second, late)| second + *late <= now);
        server.posts = listed.map(|(second, _)| id(second)).collect();
        let body = match poll.step(at(now)).unwrap().unwrap() {
            PollStep::Wait(pause) => {
                now += i64::try_from(pause.as_secs()).unwrap();
                continue;
            }
            PollStep::Ask(search) => server.answer(search, 7, 1),
        };
        let page = poll.advance(reply(200, &body), at(now)).unwrap();
        got.extend(page.body.data.iter().map(|post| post.id.as_u64()));
        // Each page takes two seconds.
        now += 2;
        let saved = poll.cursor().to_string().parse().unwrap();
        let paused =
            poll.step(at(now)).unwrap().is_ok_and(|step| matches!(step, PollStep::Wait(_)));
        if !paused {
            poll = Poll::resume(SearchRecent::new("rust"), PAUSE, &saved).unwrap();
            poll = poll.with_lag(Duration::from_secs(lag));
        }
    }
    let came = BTreeSet::from_iter(got.iter().copied());
    let missed = (0..last).map(id).filter(|id| !came.contains(id)).collect();
    (missed, got.len() - came.len())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn with_a_lag_what_is_listed_late_comes_too(late in prop::collection::vec(0..=30_i64, 0..300)) {
        prop_assert_eq!(missed(30, &late), (vec![], 0));
    }
}

#[test]
fn without_a_lag_what_is_listed_late_is_missed() {
    let late: Vec<i64> = (0..200).map(|second| if second % 10 == 0 { 20 } else { 0 }).collect();
    let (missed_without, twice) = missed(0, &late);
    assert!(!missed_without.is_empty() && twice == 0);
    assert_eq!(missed(20, &late), (vec![], 0));
}

#[test]
fn a_clock_that_goes_back_does_not_turn_a_round_around() {
    let search =
        SearchRecent::new("rust").since_id(PostId::first_at(at(0)).unwrap()).end_time(at(9));
    let mut poll = Poll::new(search, PAUSE).with_lag(PAUSE);
    for (now, end) in [(-99, 0), (60, 0), (65, 5), (99, 9)] {
        let Some(Ok(PollStep::Ask(search))) = poll.step(at(now)) else { panic!("{poll:?}") };
        let least = search.since_id.unwrap().as_u64() + 1;
        let expected = PostId::first_at(at(end)).unwrap().max(PostId::new(least));
        assert_eq!((search.until_id, search.end_time), (Some(expected), None));
        poll.advance(reply(200, &json!({})), at(now - 60)).unwrap();
    }
}

#[test]
fn a_gap_is_said_and_ends_the_poll() {
    let body = json!({
        "errors": [{
            "parameters": {"since_id": ["12"]},
            "message": "Invalid 'since_id':'12'. 'since_id' must be a tweet id created after \
                        2026-11-18T12:00Z."
        }],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": "https://api.twitter.com/2/problems/invalid-request",
    });
    let mut poll = Poll::new(SearchRecent::new("rust").since_id(12), PAUSE);
    poll.advance(reply(400, &body), at(0)).unwrap_err();
    assert_eq!(poll.stop(), Some(Stop::Gap));
    assert!(poll.step(at(999)).is_none());

    // Another parameter is not the gap, and neither is another status.
    for (status, name) in [(400, "query"), (403, "since_id")] {
        let body = json!({"errors": [{"parameters": {name: ["12"]}}]});
        let mut poll = Poll::new(SearchRecent::new("rust").since_id(12), PAUSE);
        poll.advance(reply(status, &body), at(0)).unwrap_err();
        assert_eq!(poll.stop(), None);
    }
}

#[test]
fn a_round_that_goes_in_circles_ends_the_poll() {
    let page = |id: &str| json!({"data": [{"id": id}], "meta": {"next_token": "again"}});
    let mut poll = Poll::new(SearchRecent::new("rust"), PAUSE);
    poll.advance(reply(200, &page("2")), at(0)).unwrap();
    poll.advance(reply(200, &page("1")), at(0)).unwrap();
    assert!(matches!(poll.step(at(0)), Some(Err(Error::NoProgress))));
    assert_eq!(poll.stop(), Some(Stop::NoProgress));
    assert!(poll.step(at(0)).is_none());
}

#[test]
fn a_cursor_stays_small_and_belongs_to_one_list() {
    let mut server = Server { posts: (1..=20_000).collect(), ..Server::default() };
    let mut poll = Poll::new(SearchRecent::new("rust"), PAUSE);
    while let Some(Ok(PollStep::Ask(search))) = poll.step(at(0)) {
        let body = server.answer(search, 100, 3);
        poll.advance(reply(200, &body), at(0)).unwrap();
        assert!(poll.cursor().to_string().len() < 24_000);
    }
    assert_eq!(server.asked.len(), 200);
    let cursor = poll.cursor();
    assert_eq!(cursor.since_id(), Some(PostId::new(20_000)));
    Poll::resume(Mentioning::new(7), PAUSE, &cursor).unwrap_err();
    Poll::resume(SearchRecent::new("rus"), PAUSE, &cursor).unwrap_err();
    // Where it begins is no matter once it has.
    let search = SearchRecent::new("rust").max_results(10).start_time(at(0)).since_id(12);
    Poll::resume(search, PAUSE, &cursor).unwrap();
    "{".parse::<PollCursor>().unwrap_err();
}

#[test]
fn every_list_of_posts_with_a_since_id_can_be_polled() {
    fn name<E: Polled>() -> &'static str {
        E::OPERATION
    }
    let polled = [
        name::<HomeTimeline>(),
        name::<Mentioning>(),
        name::<OfUser>(),
        name::<SearchAll>(),
        name::<SearchRecent>(),
    ];
    let all = OPERATIONS.iter().filter(|operation| {
        operation.parameters().iter().any(|parameter| parameter.name == "since_id")
            && !operation.response.name().contains("PostCount")
    });
    let all: BTreeSet<_> = all.map(|operation| operation.id).collect();
    assert_eq!(all, BTreeSet::from(polled));
}
