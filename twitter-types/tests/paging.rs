//! Walking through pages: what is asked next, and when there is no next.

use std::collections::VecDeque;

use http::StatusCode;
use serde_json::{Value, json};
use twitter_types::{
    Page, UserId,
    auth::AppToken,
    endpoint::{
        self, BaseUrl, Endpoint, Error, Paged, Pages, Reply, Response, Stamp, TransportErrorKind,
    },
    models::User,
    posts, users,
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
