//! Requests, to the byte: URL, headers, body, and what a credential adds to them.

#[path = "endpoints/credentials.rs"]
mod credentials;
#[path = "endpoints/dynamic.rs"]
mod dynamic;
#[path = "endpoints/signatures.rs"]
mod signatures;

use http::Method;
use serde_json::{Value, json};
use twitter_types::{
    Id, PostId, Timestamp, Username,
    auth::{Accepts, AppToken, Credential, OAuth1User, OAuth2User},
    endpoint::{BaseUrl, Endpoint, Error, Request, Stamp, request},
    fields::{Fields, PostExpansion, PostField, UserField},
    id::PlaceId,
    models::ReplySettings,
    posts::{self, NewMedia, NewPoll, NewPost, PostFields, SortOrder},
    usage, users,
};

fn app() -> AppToken {
    AppToken::new("AAAA%2FBBBB%3D").unwrap()
}

fn user() -> OAuth2User {
    OAuth2User::new("dXNlcjox").unwrap()
}

fn build<E, C>(operation: &E, credential: &C) -> Request
where
    E: Endpoint<Auth: Accepts<C::Kind>>,
    C: Credential,
{
    request(&BaseUrl::default(), operation, credential, &Stamp::new("nonce", 1)).unwrap()
}

/// The error that keeps an operation from being built.
fn refusal<E: Endpoint<Auth: Accepts<OAuth2User>>>(operation: &E) -> Error {
    request(&BaseUrl::default(), operation, &user(), &Stamp::none()).unwrap_err()
}

#[test]
fn lookups_are_exact() {
    let urls = [
        build(&posts::ById::new(20), &app()),
        build(&posts::ByIds::new([20, 1_346_889_436_626_259_968].map(PostId::new)), &app()),
        build(&users::ById::new(u64::MAX), &app()),
        build(&users::ByUsername::new(Username::new("@X_Dev").unwrap()), &app()),
        build(&users::Followers::new(7).max_results(1000).pagination_token("7140w=="), &app()),
        build(&users::Following::new(7).fields([UserField::Description, UserField::Url]), &app()),
        build(&users::Me::new(), &user()),
        build(&usage::Posts::new().days(90), &app()),
    ]
    .map(|request| {
        assert_eq!((request.method(), request.body().as_slice()), (&Method::GET, &b""[..]));
        request.uri().to_string()
    });
    assert_eq!(
        urls,
        [
            "https://api.x.com/2/tweets/20",
            "https://api.x.com/2/tweets?ids=20%2C1346889436626259968",
            "https://api.x.com/2/users/18446744073709551615",
            "https://api.x.com/2/users/by/username/X_Dev",
            "https://api.x.com/2/users/7/followers?max_results=1000&pagination_token=7140w%3D%3D",
            "https://api.x.com/2/users/7/following?user.fields=description%2Curl",
            "https://api.x.com/2/users/me",
            "https://api.x.com/2/usage/tweets?days=90",
        ]
    );
}

#[test]
fn a_search_is_exact() {
    let mut fields = PostFields::from([PostField::CreatedAt, PostField::PublicMetrics]);
    fields.expansions = Fields::from([PostExpansion::AuthorId]);
    fields.user = Fields::from([UserField::Verified]);
    let search = posts::SearchRecent::new("from:XDevelopers -is:retweet")
        .max_results(100)
        .start_time("2026-11-01T00:00:00Z".parse::<Timestamp>().unwrap())
        .end_time("2026-11-02T12:30:00+01:00".parse::<Timestamp>().unwrap())
        .since_id(20)
        .until_id(u64::MAX)
        .sort_order(SortOrder::Relevancy)
        .fields(fields);
    assert_eq!(
        build(&search, &app()).uri(),
        "https://api.x.com/2/tweets/search/recent\
         ?query=from%3AXDevelopers%20-is%3Aretweet\
         &max_results=100\
         &start_time=2026-11-01T00%3A00%3A00.000Z\
         &end_time=2026-11-02T11%3A30%3A00.000Z\
         &since_id=20\
         &until_id=18446744073709551615\
         &sort_order=relevancy\
         &post.fields=created_at%2Cpublic_metrics\
         &expansions=author_id\
         &user.fields=verified"
    );
}

#[test]
fn empty_lists_of_fields_are_not_sent() {
    let nothing = posts::ById::new(20).fields(PostFields::default());
    assert_eq!(build(&nothing, &app()).uri(), "https://api.x.com/2/tweets/20");
    let mut only_media = PostFields::default();
    only_media.media = Fields::all();
    let url = build(&posts::ById::new(20).fields(only_media), &app()).uri().to_string();
    assert!(url.starts_with("https://api.x.com/2/tweets/20?media.fields=alt_text%2C"), "{url}");
}

#[test]
fn special_characters_are_encoded_once() {
    let search = posts::SearchRecent::new("a+b c#d %20 100% é 👋 x/y?z=&\"~*");
    assert_eq!(
        build(&search, &app()).uri(),
        "https://api.x.com/2/tweets/search/recent?query=a%2Bb%20c%23d%20%2520%20100%25%20%C3%A9%20\
         %F0%9F%91%8B%20x%2Fy%3Fz%3D%26%22~%2A"
    );
}

#[test]
fn writes_are_exact() {
    let like = build(&posts::Like::new(7, 20), &user());
    assert_eq!((like.method(), body(&like)), (&Method::POST, json!({"tweet_id": "20"})));
    assert_eq!(like.uri(), "https://api.x.com/2/users/7/likes");

    let unlike = build(&posts::Unlike::new(7, 20), &user());
    assert_eq!((unlike.method(), unlike.body().len()), (&Method::DELETE, 0));
    assert_eq!(unlike.uri(), "https://api.x.com/2/users/7/likes/20");

    let delete = build(&posts::Delete::new(20), &user());
    assert_eq!((delete.method(), delete.body().len()), (&Method::DELETE, 0));
    assert_eq!(delete.uri(), "https://api.x.com/2/tweets/20");

    let create = build(&posts::Create::new("Grüße \"👋\"\n"), &user());
    assert_eq!(create.method(), Method::POST);
    assert_eq!(create.uri(), "https://api.x.com/2/tweets");
    assert_eq!(create.body(), "{\"text\":\"Grüße \\\"👋\\\"\\n\"}".as_bytes());
}

#[test]
fn every_kind_of_post_is_exact() {
    let photo = NewPost::media(NewMedia::new([5, 6]).unwrap().tag([7]).unwrap()).with_text("Look!");
    let place: PlaceId = "01a9a39529b27f36".parse().unwrap();
    let poll = NewPoll::new(["Tabs", "Spaces"], 60).unwrap();
    for (post, expected) in [
        (NewPost::text(""), json!({"text": ""})),
        (
            photo,
            json!({"text": "Look!", "media": {"media_ids": ["5", "6"], "tagged_user_ids": ["7"]}}),
        ),
        (
            NewPost::poll("?", poll),
            json!({"text": "?", "poll": {"options": ["Tabs", "Spaces"], "duration_minutes": 60}}),
        ),
        (
            NewPost::quote(20).at(place),
            json!({
                "text": "", "quote_tweet_id": "20", "geo": {"place_id": "01a9a39529b27f36"},
            }),
        ),
        (
            NewPost::text("a").reply_to(20).exclude([8]),
            json!({
                "text": "a",
                "reply": {"in_reply_to_tweet_id": "20", "exclude_reply_user_ids": ["8"]},
            }),
        ),
        (
            NewPost::text("b").edit(20).reply_settings(ReplySettings::MentionedUsers),
            json!({
                "text": "b",
                "edit_options": {"previous_post_id": "20"},
                "reply_settings": "mentionedUsers",
            }),
        ),
        // X takes no word for everyone: it is what it does by itself.
        (NewPost::text("c").reply_settings(ReplySettings::Everyone), json!({"text": "c"})),
        // Nobody to leave out.
        (NewPost::text("d").exclude([8]), json!({"text": "d"})),
    ] {
        assert_eq!(body(&build(&posts::Create::new(post), &user())), expected);
    }
}

fn body(request: &Request) -> Value {
    serde_json::from_slice(request.body()).unwrap()
}

#[test]
fn headers_are_these_and_no_others() {
    let names = |request: &Request| {
        let mut names: Vec<_> = request.headers().keys().map(|name| name.to_string()).collect();
        names.sort();
        names
    };
    let read = build(&users::Me::new(), &user());
    assert_eq!(names(&read), ["accept", "authorization"]);
    assert_eq!(read.headers()["accept"], "application/json");
    assert_eq!(read.headers()["authorization"], "Bearer dXNlcjox");

    let write = build(&posts::Like::new(7, 20), &user());
    assert_eq!(names(&write), ["accept", "authorization", "content-type"]);
    assert_eq!(write.headers()["content-type"], "application/json");
    assert_eq!(names(&build(&posts::Delete::new(20), &user())), ["accept", "authorization"]);
}

#[test]
fn another_server_may_have_a_path_of_its_own() {
    for (base, url) in [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/2/tweets/20"),
        ("http://localhost/", "http://localhost/2/tweets/20"),
        ("https://proxy.example:8443/to/x/", "https://proxy.example:8443/to/x/2/tweets/20"),
    ] {
        let base: BaseUrl = base.parse().unwrap();
        let request = request(&base, &posts::ById::new(20), &app(), &Stamp::none()).unwrap();
        assert_eq!(request.uri(), url);
    }
}

#[test]
fn what_is_out_of_range_is_not_built() {
    for (error, text) in [
        (refusal(&users::Followers::new(7).max_results(0)), "max_results is 0, as a number"),
        (refusal(&users::Followers::new(7).max_results(1001)), "max_results is 1001, as a number"),
        (refusal(&posts::ByIds::new(Vec::new())), "ids is 0, as a number or a length"),
        (refusal(&posts::ByIds::new([Id::new(1); 101])), "ids is 101, as a number or a length"),
        (refusal(&posts::SearchRecent::new("")), "query is 0, as a number or a length"),
        (refusal(&posts::SearchRecent::new("é".repeat(4097))), "query is 4097, as a number"),
    ] {
        assert!(matches!(error, Error::OutOfRange(_)), "{error:?}");
        assert!(error.to_string().starts_with(text), "{error}");
    }
    // Characters are counted, not bytes.
    build(&posts::SearchRecent::new("é".repeat(4096)), &app());
}

#[test]
fn what_makes_too_long_a_url_is_not_built() {
    let error = refusal(&users::Followers::new(7).pagination_token("t".repeat(70_000)));
    assert!(matches!(error, Error::UrlTooLong), "{error:?}");
    assert!(!error.to_string().contains("ttt"), "{error}");
    // Each character of a query takes up to twelve bytes in a URL, and that still fits.
    let search = posts::SearchRecent::new("👋".repeat(4096));
    assert_eq!(build(&search, &app()).uri().to_string().len(), 49_199);
}

#[test]
fn values_of_the_future_can_be_asked_for() {
    let fields: Fields<PostField> =
        ["mood", "lang", "a b&c"].into_iter().map(PostField::from).collect();
    assert_eq!(
        build(&posts::ById::new(20).fields(fields), &app()).uri(),
        "https://api.x.com/2/tweets/20?post.fields=mood%2Clang%2Ca%20b%26c"
    );
}
