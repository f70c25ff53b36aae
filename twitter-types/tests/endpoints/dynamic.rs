//! Operations that are chosen at run time.

use http::Response;
use twitter_types::{
    auth::{AnyCredential, AppToken, OAuth2User},
    endpoint::{BaseUrl, Dynamic, DynamicBody, DynamicError, Error, Stamp},
    json::Json,
};

fn credential() -> AnyCredential {
    let credential = AnyCredential::new().with_app(AppToken::new("app").unwrap());
    credential.with_oauth2(OAuth2User::new("user").unwrap())
}

fn request(operation: &Dynamic) -> http::Request<Vec<u8>> {
    operation.request(&BaseUrl::default(), &credential(), &Stamp::none()).unwrap()
}

#[test]
fn a_name_gives_the_same_request_as_its_type() {
    let mut like = Dynamic::new("posts.like").unwrap();
    like.set("id", "12").unwrap();
    like.set_body(r#"{"tweet_id":"20"}"#).unwrap();
    let typed = twitter_types::endpoint::request(
        &BaseUrl::default(),
        &twitter_types::posts::Like::new(12, 20),
        &credential(),
        &Stamp::none(),
    )
    .unwrap();
    let request = request(&like);
    assert_eq!(request.uri(), typed.uri());
    assert_eq!(request.method(), typed.method());
    assert_eq!(request.headers(), typed.headers());
    assert_eq!(request.body(), typed.body());
}

#[test]
fn what_goes_into_a_path_stays_in_its_segment() {
    let mut user = Dynamic::new("getUsersByUsername").unwrap();
    user.set("username", "../me?x#y").unwrap();
    assert_eq!(request(&user).uri().path(), "/2/users/by/username/..%2Fme%3Fx%23y");
    for segment in ["", ".", ".."] {
        let error = user.set("username", segment).unwrap_err();
        let text = format!("username is {segment:?}, where an id or a name belongs");
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn what_cannot_be_sent_is_an_error_that_says_why() {
    let wrong = |error: Result<(), DynamicError>| error.unwrap_err().to_string();
    assert_eq!(
        Dynamic::new("users.mee").unwrap_err().to_string(),
        "there is no operation \"users.mee\"; did you mean users.me, users.mute, users.by_id?"
    );
    let mut search = Dynamic::new("posts.search_recent").unwrap();
    assert_eq!(search.missing().map(|info| info.name).collect::<Vec<_>>(), ["query"]);
    let unsent = search.request(&BaseUrl::default(), &credential(), &Stamp::none());
    assert!(matches!(unsent, Err(Error::MissingParameter("query"))));
    assert_eq!(
        wrong(search.set("max_result", "10")),
        "posts.search_recent has no parameter \"max_result\"; did you mean max_results?"
    );
    assert_eq!(
        wrong(search.set("max_results", "ten")),
        "max_results is \"ten\", where a whole number belongs"
    );
    assert!(wrong(search.set("max_results", "5")).starts_with("max_results is 5,"));
    assert_eq!(wrong(search.set_body("{}")), "posts.search_recent takes no body");
    let mut create = Dynamic::new("posts.create").unwrap();
    assert!(
        wrong(create.set_body(r#"{"text":7}"#))
            .starts_with("the body is not what the operation takes:")
    );
    let lookup = Dynamic::new("usage.posts").unwrap();
    let user = AnyCredential::new().with_oauth2(OAuth2User::new("user").unwrap());
    let unsent = lookup.request(&BaseUrl::default(), &user, &Stamp::none());
    assert!(matches!(unsent, Err(Error::NoCredential { .. })));
}

#[test]
fn pages_follow_each_other_until_they_go_in_circles() {
    let mut followers = Dynamic::new("users.followers").unwrap();
    followers.set("id", "12").unwrap();
    let page = |text: &str| {
        let reply = Dynamic::new("users.followers").unwrap();
        reply.reply(Response::new(text.into())).unwrap().body
    };
    let second = r#"{"data":[{"id":"1"}],"meta":{"next_token":"b"}}"#;
    assert!(followers.next_page(&page(second)).unwrap());
    assert_eq!(request(&followers).uri().query(), Some("pagination_token=b"));
    let again = followers.next_page(&page(r#"{"data":[{"id":"2"}],"meta":{"next_token":"b"}}"#));
    assert!(matches!(again, Err(Error::NoProgress)));
    let mut followers = Dynamic::new("users.followers").unwrap();
    assert!(!followers.next_page(&page(r#"{"meta":{"result_count":0}}"#)).unwrap());
}

#[test]
fn a_reply_is_kept_as_it_came() {
    let me = Dynamic::new("users.me").unwrap();
    let reply = me.reply(Response::new(br#"{"data":{"new":[1]}}"#.to_vec())).unwrap();
    let DynamicBody::Json(body) = reply.body else { panic!("not JSON") };
    assert_eq!(
        body.get("data").and_then(|data| data.get("new")).and_then(Json::as_array).unwrap().len(),
        1
    );
    let file = Dynamic::new("direct_messages.download_media").unwrap();
    let reply = file.reply(Response::new(b"\xff\x00".to_vec())).unwrap();
    assert!(matches!(reply.body, DynamicBody::Bytes(bytes) if bytes == b"\xff\x00"));
}
