//! Walking through pages: what is asked next, and when there is no next.

use std::collections::VecDeque;

use http::StatusCode;
use serde_json::{Value, json};
use twitter_types::{
    Page, Timestamp, UserId,
    auth::AppToken,
    endpoint::{
        self, BaseUrl, Cursor, CursorError, Endpoint, Error, Items, Paged, Pages, Reply, Response,
        Stamp, Stop, TransportErrorKind,
    },
    models::User,
    posts,
    spending::{Budget, Meter, Prices, Usd},
    users,
};

/// A page of users, and the token of the next.
fn page(ids: &[u64], next_token: Option<&str>) -> Value {
    let data: Vec<_> = ids.iter().map(|id| json!({"id": id.to_string()})).collect();
    let mut body = json!({"meta": {"result_count": ids.len()}});
    if !data.is_empty() {
        body["data"] = data.into();
    }
    if let Some(token) = next_token {
        body["meta"]["next_token"] = token.into();
    }
    body
}

/// Walks on with the replies that X would give, and lists the requests' queries and the users.
/// What ends the walk early comes last.
fn walk(
    pages: &mut Pages<users::Followers>,
    replies: impl IntoIterator<Item = Value>,
) -> (Vec<String>, Vec<u64>, Result<(), Error>) {
    let mut replies = VecDeque::from_iter(replies);
    let (mut asked, mut ids) = (Vec::new(), Vec::new());
    while let Some(operation) = pages.next_request() {
        match operation {
            Ok(operation) => asked.push(query(operation)),
            Err(error) => return (asked, ids, Err(error)),
        }
        let body = replies.pop_front().expect("the walk ends before the replies do");
        match pages.advance(endpoint::reply::<users::Followers>(response(200, &body))) {
            Ok(reply) => ids.extend(reply.body.data.iter().map(|user| user.id.as_u64())),
            Err(error) => return (asked, ids, Err(error)),
        }
    }
    assert!(replies.is_empty(), "the walk ends too early: {replies:?}");
    (asked, ids, Ok(()))
}

fn query(operation: &impl Endpoint<Auth = twitter_types::auth::Anyone>) -> String {
    let token = AppToken::new("token").unwrap();
    let request = endpoint::request(&BaseUrl::default(), operation, &token, &Stamp::none());
    request.unwrap().uri().query().unwrap_or("").to_owned()
}

fn response(status: u16, body: &Value) -> Response {
    let mut response = Response::new(body.to_string().into_bytes());
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    response
}

fn followers() -> Pages<users::Followers> {
    Pages::new(users::Followers::new(7).max_results(2))
}

#[test]
fn a_walk_goes_from_page_to_page() {
    let replies = [page(&[1, 2], Some("b+/=")), page(&[3, 4], Some("c")), page(&[5], None)];
    let (asked, ids, end) = walk(&mut followers(), replies);
    end.unwrap();
    assert_eq!(
        asked,
        [
            "max_results=2",
            "max_results=2&pagination_token=b%2B%2F%3D",
            "max_results=2&pagination_token=c",
        ]
    );
    assert_eq!(ids, [1, 2, 3, 4, 5]);
}

#[test]
fn a_list_may_be_empty() {
    for body in [page(&[], None), json!({}), json!({"meta": null}), json!({"data": []})] {
        let (asked, ids, end) = walk(&mut followers(), [body]);
        end.unwrap();
        assert!(ids.is_empty() && asked.len() == 1);
    }
}

#[test]
fn an_empty_page_is_not_the_last_if_it_names_another() {
    let replies = [
        page(&[1], Some("a")),
        page(&[], Some("b")),
        page(&[], Some("c")),
        page(&[1], Some("d")), // Not a copy of the page before it.
        page(&[2], None),
    ];
    let (asked, ids, end) = walk(&mut followers(), replies);
    end.unwrap();
    assert_eq!((asked.len(), ids), (5, vec![1, 1, 2]));
}

#[test]
fn an_empty_token_is_none() {
    let (asked, _, end) = walk(&mut followers(), [page(&[1], Some(""))]);
    end.unwrap();
    assert_eq!(asked.len(), 1);
}

#[test]
fn previous_tokens_are_not_followed() {
    let mut first = page(&[1], Some("b"));
    first["meta"]["previous_token"] = "z".into();
    let mut last = page(&[2], None);
    last["meta"]["previous_token"] = "a".into();
    let (asked, _, end) = walk(&mut followers(), [first, last]);
    end.unwrap();
    assert_eq!(asked, ["max_results=2", "max_results=2&pagination_token=b"]);
}

#[test]
fn a_token_that_comes_again_ends_the_walk() {
    for again in ["a", "b", "c"] {
        let mut pages = followers();
        let replies = [
            page(&[1], Some("a")),
            page(&[2], Some("b")),
            page(&[3], Some("c")),
            page(&[4], Some(again)),
        ];
        let (asked, ids, end) = walk(&mut pages, replies);
        assert!(matches!(end, Err(Error::NoProgress)), "{end:?}");
        assert!(asked.len() == 4 && pages.next_request().is_none());
        assert_eq!(ids, [1, 2, 3, 4], "what came with the token is not lost");
    }
}

#[test]
fn the_same_page_under_fresh_tokens_ends_the_walk() {
    let mut pages = followers();
    let replies = (0..9).map(|number| page(&[1], Some(&format!("fresh{number}"))));
    let (asked, ids, end) = walk(&mut pages, replies);
    assert!(matches!(end, Err(Error::NoProgress)), "{end:?}");
    assert_eq!((asked.len(), ids), (2, vec![1]));
    assert!(pages.next_request().is_none());
}

#[test]
fn an_error_ends_the_walk_and_the_operation_resumes_it() {
    let mut pages = followers();
    let page_of = |body: &Value| endpoint::reply::<users::Followers>(response(200, body));
    pages.advance(page_of(&page(&[1], Some("b")))).unwrap();

    let limited = endpoint::reply::<users::Followers>(response(429, &json!({})));
    let error = pages.advance(limited).unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::TOO_MANY_REQUESTS));
    assert!(pages.next_request().is_none());
    assert_eq!(query(pages.endpoint()), "max_results=2&pagination_token=b");

    let mut rest = Pages::new(pages.endpoint().clone());
    let (asked, ids, end) = walk(&mut rest, [page(&[2], Some("c")), page(&[3], None)]);
    end.unwrap();
    assert_eq!(asked[0], "max_results=2&pagination_token=b");
    assert_eq!(ids, [2, 3]);
}

#[test]
fn an_error_of_the_transport_ends_the_walk_too() {
    let mut pages = followers();
    let closed: Result<Reply<Page<User>>, _> =
        Err(Error::Transport(TransportErrorKind::Closed.into()));
    assert!(matches!(pages.advance(closed), Err(Error::Transport(_))));
    assert!(pages.next_request().is_none());
    assert_eq!(query(pages.endpoint()), "max_results=2");
}

#[test]
fn a_walk_may_begin_in_the_middle() {
    let mut pages = Pages::new(users::Followers::new(7).pagination_token("m"));
    let (asked, _, end) = walk(&mut pages, [page(&[1], Some("n")), page(&[2], None)]);
    end.unwrap();
    assert_eq!(asked, ["pagination_token=m", "pagination_token=n"]);
    assert_eq!(query(pages.endpoint()), "pagination_token=n");
}

#[test]
fn searches_go_by_their_pagination_token() {
    let mut pages = Pages::new(posts::SearchRecent::new("rust").since_id(20));
    let body = json!({"data": [{"id": "21"}], "meta": {"next_token": "b26v", "newest_id": "21"}});
    pages.receive(&serde_json::from_value(body).unwrap()).unwrap();
    assert_eq!(
        query(pages.next_request().unwrap().unwrap()),
        "query=rust&pagination_token=b26v&since_id=20"
    );

    // The older name of the same token would contradict it.
    let mut pages = Pages::new(posts::SearchRecent::new("rust").next_token("a1"));
    assert_eq!(query(pages.next_request().unwrap().unwrap()), "query=rust&next_token=a1");
    let body = json!({"data": [{"id": "21"}], "meta": {"next_token": "b2"}});
    pages.receive(&serde_json::from_value(body).unwrap()).unwrap();
    assert_eq!(query(pages.next_request().unwrap().unwrap()), "query=rust&pagination_token=b2");
}

#[test]
fn every_list_is_paged() {
    fn items<E: Paged>(_: &E) -> &'static str {
        std::any::type_name::<E::Item>()
    }
    let id = UserId::new(7);
    for name in [items(&users::Followers::new(id)), items(&users::Following::new(id))] {
        assert!(name.ends_with("User"), "{name}");
    }
    assert!(items(&posts::SearchRecent::new("rust")).ends_with("Post"));
}

/// X with a list of users from 1 to `count`, whose tokens are the id before the page.
fn answer(operation: &users::Followers, count: u64) -> Page<User> {
    let begin = operation.pagination_token.as_deref().map_or(0, |token| token.parse().unwrap());
    let end = count.min(begin + u64::from(operation.max_results.unwrap()));
    let next = (end < count).then(|| end.to_string());
    let ids: Vec<u64> = (begin + 1..=end).collect();
    serde_json::from_value(page(&ids, next.as_deref())).unwrap()
}

/// The next `count` items of ten, or those that are left.
fn take(items: &mut Items<users::Followers>, count: usize) -> Vec<u64> {
    let mut ids = Vec::new();
    while ids.len() < count {
        if let Some(user) = items.next_item() {
            ids.push(user.id.as_u64());
        } else if let Some(operation) = items.next_request() {
            let page = answer(operation.unwrap(), 10);
            items.receive(page).unwrap();
        } else {
            break;
        }
    }
    ids
}

fn by_three() -> users::Followers {
    users::Followers::new(7).max_results(3)
}

#[test]
fn items_go_on_from_every_place() {
    for first in 0..=10 {
        for second in 0..=10 - first {
            let mut items = Pages::new(by_three()).items();
            let mut ids = take(&mut items, first);
            for count in [second, 99] {
                let saved = items.cursor();
                assert_eq!(saved.items(), ids.len() as u64);
                let text: Cursor = saved.to_string().parse().unwrap();
                let json: Cursor =
                    serde_json::from_str(&serde_json::to_string(&saved).unwrap()).unwrap();
                assert_eq!((&text, &json), (&saved, &saved));
                items = Pages::resume(by_three(), &saved).unwrap().items();
                ids.extend(take(&mut items, count));
            }
            assert_eq!(ids, (1..=10).collect::<Vec<_>>(), "{first} {second}");
            assert_eq!(items.stop(), Some(Stop::End));
            assert!(items.cursor().is_end());
        }
    }
}

#[test]
fn an_item_limit_ends_at_the_very_item() {
    for limit in 0..=12 {
        let mut items = Pages::new(by_three()).with_item_limit(limit).items();
        let ids = take(&mut items, 99);
        assert_eq!(ids.len() as u64, limit.min(10));
        let stop = if limit < 10 { Stop::ItemLimit } else { Stop::End };
        assert_eq!(items.stop(), Some(stop));
        let mut rest = Pages::resume(by_three(), &items.cursor()).unwrap().items();
        let all: Vec<_> = ids.into_iter().chain(take(&mut rest, 99)).collect();
        assert_eq!(all, (1..=10).collect::<Vec<_>>());
    }
}

#[test]
fn limits_end_pages_and_say_so() {
    let walk = |mut pages: Pages<users::Followers>| {
        let mut count = 0;
        while let Some(operation) = pages.next_request() {
            let page = answer(operation.unwrap(), 10);
            assert_eq!(pages.stop(), None);
            pages.receive(&page).unwrap();
            count += 1;
        }
        (count, pages.stop().unwrap(), pages.cursor())
    };
    let (count, stop, cursor) = walk(Pages::new(by_three()).with_page_limit(2));
    assert_eq!((count, stop), (2, Stop::PageLimit));
    assert_eq!(cursor.to_string(), "getUsersFollowers:bb473218095f70d2:6:2:0:=6");
    let rest = || Pages::resume(by_three(), &cursor).unwrap();
    assert_eq!(walk(rest().with_item_limit(3)).1, Stop::ItemLimit);
    let (count, stop, cursor) = walk(rest());
    assert_eq!((count, stop), (2, Stop::End));
    assert_eq!(cursor.to_string(), "getUsersFollowers:bb473218095f70d2:10:4:0:$");
    assert_eq!(walk(Pages::resume(by_three(), &cursor).unwrap()).0, 0);
    assert_eq!(walk(Pages::new(by_three()).with_page_limit(0)).1, Stop::PageLimit);
    assert_eq!(walk(Pages::new(by_three()).with_page_limit(4)).1, Stop::End);
}

#[test]
fn every_end_has_its_reason() {
    let stop = |error: Error| {
        let mut pages = followers();
        pages.advance(Ok(read(page(&[1], Some("b"))))).unwrap();
        pages.advance(Err(error)).unwrap_err();
        assert!(pages.next_request().is_none());
        assert_eq!(pages.cursor().to_string(), "getUsersFollowers:bb473218095f70d2:1:1:0:=b");
        pages.stop().unwrap()
    };
    let api = |status| {
        endpoint::reply::<users::Followers>(response(status, &json!({}))).map(drop).unwrap_err()
    };
    assert_eq!(stop(api(429)), Stop::RateLimit);
    assert_eq!(stop(api(503)), Stop::Error);
    assert_eq!(stop(Error::DeadlinePassed { source: None }), Stop::Deadline);
    assert_eq!(stop(Error::Transport(TransportErrorKind::Closed.into())), Stop::Error);
    assert_eq!(stop(over_budget()), Stop::Budget);

    let mut pages = followers();
    let (_, _, end) = walk(&mut pages, [page(&[1], Some("b")), page(&[2], Some("b"))]);
    end.unwrap_err();
    assert_eq!(pages.stop(), Some(Stop::NoProgress));
    let mut pages = followers();
    let (_, _, end) = walk(&mut pages, [page(&[1], Some("b")), page(&[1], Some("c"))]);
    end.unwrap_err();
    assert_eq!(pages.stop(), Some(Stop::NoProgress));
}

fn over_budget() -> Error {
    let budget = Budget::none().per_day(Usd::from_cents(0));
    let meter = Meter::new(Prices::default()).with_budget(budget);
    let now = "2026-11-25T12:00:00Z".parse().unwrap();
    meter.reserve(&posts::SearchRecent::new("rust").max_results(10), now).map(drop).unwrap_err()
}

fn read(body: Value) -> Reply<Page<User>> {
    endpoint::reply::<users::Followers>(response(200, &body)).unwrap()
}

#[test]
fn what_is_no_cursor_of_the_operation_is_refused() {
    for text in [
        "",
        "getUsersFollowers",
        "getUsersFollowers:1:1:0:=b",
        "getUsersFollowers:0123456789ABCDEF:1:1:0:=b",
        "getUsersFollowers:123:1:1:0:=b",
        "getUsersFollowers:0123456789abcdef:1:1:0:",
        "getUsersFollowers:0123456789abcdef:1:1:0:=",
        "getUsersFollowers:0123456789abcdef:1:1:0:b",
        "getUsersFollowers:0123456789abcdef:1:1:2:=b",
        "getUsersFollowers:0123456789abcdef:-1:1:0:=b",
        "getUsersFollowers:0123456789abcdef:99999999999999999999:1:0:=b",
        ":0123456789abcdef:1:1:0:=b",
    ] {
        assert_eq!(text.parse::<Cursor>(), Err(CursorError::Unreadable), "{text}");
    }
    let cursor: Cursor = "getUsersFollowing:0123456789abcdef:1:1:0:=a:b=:$^".parse().unwrap();
    assert_eq!(cursor.to_string(), "getUsersFollowing:0123456789abcdef:1:1:0:=a:b=:$^");
    let error = Pages::resume(by_three(), &cursor).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the cursor is one of \"getUsersFollowing\", and cannot go on with getUsersFollowers: \
         begin anew"
    );
}

#[test]
fn a_cursor_is_one_of_its_parameters() {
    let search = || posts::SearchRecent::new("rust");
    let cursor = Pages::new(search()).cursor();
    // Another page, or more of it, is still that list.
    for same in [
        search(),
        search().pagination_token("b"),
        search().next_token("b"),
        search().max_results(100),
        search().fields(posts::PostFields::all()),
    ] {
        Pages::resume(same, &cursor).unwrap();
    }
    for other in [
        posts::SearchRecent::new("rus"),
        search().since_id(20),
        search().end_time(Timestamp::UNIX_EPOCH),
        search().sort_order("relevancy"),
    ] {
        let error = Pages::resume(other, &cursor).unwrap_err();
        assert_eq!(error, CursorError::OtherParameters { operation: "searchPostsRecent" });
    }
    let error = Pages::resume(users::Followers::new(8), &followers().cursor()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the cursor is one of getUsersFollowers with other parameters: hand in those that it was kept \
         with, or begin anew"
    );
}

#[test]
fn a_page_that_has_shrunk_is_no_end() {
    let cursor = "getUsersFollowers:bb473218095f70d2:6:1:3:=3".parse().unwrap();
    let mut items = Pages::resume(by_three(), &cursor).unwrap().items();
    items.next_request().unwrap().unwrap();
    items.receive(serde_json::from_value(page(&[4, 5], Some("6"))).unwrap()).unwrap();
    assert!(items.next_item().is_none());
    assert_eq!(items.next_request().unwrap().unwrap().pagination_token.as_deref(), Some("6"));
}

#[test]
fn a_million_items_take_no_more_room_than_a_few() {
    let mut pages = Pages::new(users::Followers::new(7).max_results(20));
    let (mut count, mut rooms) = (0, Vec::new());
    while let Some(operation) = pages.next_request() {
        let page = answer(operation.unwrap(), 1_000_000);
        pages.receive(&page).unwrap();
        count += page.data.len();
        // All that it holds shows up in here.
        rooms.push(format!("{pages:?}").len());
    }
    assert_eq!((count, pages.stop()), (1_000_000, Some(Stop::End)));
    assert_eq!(pages.cursor().to_string(), "getUsersFollowers:bb473218095f70d2:1000000:50000:0:$");
    let (few, many) = (rooms[300], *rooms.last().unwrap());
    assert!(few < 10_000 && many < few + 100, "{few} {many}");
}
