//! A stranger's judgement, both ways: xdk-rs reads, writes, pages, streams and uploads in the sandbox, and our two
//! clients ask the mock server that it publishes (`xdk::testing::MockX`, behind its feature `testing`).

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use twitter_sandbox::{Sandbox, Stream};
use twitter_types::auth::{AppToken, OAuth2User};
use twitter_types::endpoint::BaseUrl;
use twitter_types::models::{Deleted, Post, User};
use twitter_types::{Error, One, Page, posts, users};
use xdk::api::{Client, RequestOptions, RequestTarget};
use xdk::auth::{Auth, OAuth1Credential};
use xdk::config::{Config, EnvOverrides};
use xdk::testing::MockX;

#[tokio::test]
async fn xdk_rs_reads_and_pages_as_an_app() {
    let sandbox = Sandbox::start().unwrap();
    let client = app(&sandbox);
    let user = client.lookup_user("XDevelopers").send().await.unwrap();
    assert_eq!((&*user.data.id, &*user.data.name), ("2244994945", "X Developers"));
    let first = client.search_posts("the", 10).send().await.unwrap();
    assert_eq!(Some(first.data.len() as u64), first.meta.as_ref().unwrap().result_count);
    let window = client.last_rate_limit().unwrap();
    assert!(window.remaining < window.limit, "{window:?}");
    let mut names = Vec::new();
    let mut token = None;
    loop {
        let mut call = client.get_followers("2244994945", 10);
        if let Some(token) = token.take() {
            call = call.pagination_token(token);
        }
        let page = call.send().await.unwrap();
        names.extend(page.data.into_iter().map(|user| user.username));
        token = page.meta.and_then(|meta| meta.next_token);
        if token.is_none() {
            break;
        }
    }
    assert!(names.len() > 10);
    let pages = called(&sandbox, "getUsersFollowers");
    assert_eq!(pages, names.len().div_ceil(10), "{names:?}");
    let error = client.lookup_user("nobody_here").send().await.unwrap_err();
    assert!(matches!(error, xdk::Error::AccountNotFound { .. }), "{error:?}");
}

#[tokio::test]
async fn xdk_rs_signs_in_writes_and_uploads_as_a_user() {
    let sandbox = Sandbox::start().unwrap();
    let client = signed_in(&sandbox).await;
    let me = client.get_me().send().await.unwrap().data;
    assert_eq!((&*me.username, me.id), ("sandbox_owner", sandbox.owner_id().to_string()));
    let me = sandbox.owner_id().to_string();

    let picture = folder("upload").join("picture.png");
    fs::write(&picture, [7; 3000]).unwrap();
    let media = client.upload_media(&picture).send().await.unwrap();
    let post = client.create_post("Hello from xdk-rs", &[media.init.data.id]).send().await.unwrap();
    let id = &*post.data.id;
    let read = client.read_post(id).send().await.unwrap().data;
    assert!(read.text.starts_with("Hello from xdk-rs"), "{read:?}");
    assert!(client.like_post(&me, id).send().await.unwrap().data.liked);
    let liked = client.get_liked_posts(&me, 10).send().await.unwrap().data;
    assert!(liked.iter().any(|post| post.id == id), "{liked:?}");
    assert!(!client.unlike_post(&me, id).send().await.unwrap().data.liked);
    let posts = client.get_user_posts(&me, 10).send().await.unwrap().data;
    assert_eq!(posts[0].id, id);
    assert!(client.delete_post(id).send().await.unwrap().data.deleted);
    let error = client.read_post(id).send().await.unwrap_err();
    assert_eq!(error.kind(), "not-found", "{error:?}");
    for operation in ["initializeMediaUpload", "appendMediaUpload", "finalizeMediaUpload"] {
        assert_eq!(called(&sandbox, operation), 1, "{operation}");
    }
}

/// xdk-rs leaves the port out of what it signs, which X does not notice: RFC 5849, section 3.4.1.2, leaves out
/// the default ports alone.
#[tokio::test]
async fn xdk_rs_signs_for_no_port_but_the_default() {
    let sandbox = Sandbox::start().unwrap();
    let keys = sandbox.keys();
    let credential = OAuth1Credential {
        consumer_key: keys.api_key.clone(),
        consumer_secret: keys.api_secret.clone(),
        access_token: keys.access_token.clone(),
        token_secret: keys.access_token_secret.clone(),
    };
    let builder = Client::builder().base_url(sandbox.base_url()).oauth1(credential);
    builder.build().unwrap().get_me().send().await.unwrap_err();
    let request = sandbox.requests().pop().unwrap();
    assert_eq!(request.status, 401);
    assert!(request.reason.unwrap().contains("signature"));
}

#[tokio::test]
async fn xdk_rs_reads_the_filtered_stream() {
    let sandbox = Sandbox::builder().keep_alive(Duration::from_millis(50)).start().unwrap();
    let client = app(&sandbox);
    let added = client.add_stream_rule("numbered post", Some("numbered"), false);
    let added = added.send().await.unwrap().data.unwrap();
    assert_eq!(added[0].value.as_deref(), Some("numbered post"));
    let rules = client.get_stream_rules(10).send().await.unwrap().data;
    assert_eq!(rules[0].tag.as_deref(), Some("numbered"));
    let target = RequestTarget::Template {
        path: "/2/tweets/search/stream".to_owned(),
        path_params: HashMap::new(),
        query: vec![("tweet.fields".to_owned(), "created_at".to_owned())],
    };
    let options = RequestOptions { method: "GET".to_owned(), target, ..RequestOptions::default() };
    let mut lines = client.stream_request(&options).await.unwrap();
    assert!(sandbox.stream(Stream::Filtered).wait_connected(1, Duration::from_secs(10)));
    sandbox.publish("not what the rule asks for");
    sandbox.publish_numbered(100);
    for number in 1..=100 {
        let line = lines.next_line().await.unwrap().unwrap(); // It skips keep-alives.
        let item: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(item["data"]["text"], format!("numbered post {number}"));
        assert_eq!(item["matching_rules"][0]["tag"], "numbered");
    }
}

#[tokio::test]
async fn our_async_client_asks_the_mock_of_xdk_rs() {
    use twitter_client_async::Client;

    let mock = MockX::start().await;
    let base_url: BaseUrl = mock.base_url().parse().unwrap();
    let app = Client::new(AppToken::new("app").unwrap()).with_base_url(base_url.clone());
    let user = Client::new(OAuth2User::new("user").unwrap()).with_base_url(base_url);
    let found = app.send(&posts::SearchRecent::new("rust")).await.unwrap();
    assert_eq!(found.rate_limits.window.unwrap().remaining, 449);
    let me = user.send(&users::Me::new()).await.unwrap();
    let created = user.send(&posts::Create::new("text")).await.unwrap();
    let deleted = user.send(&posts::Delete::new(created.body.data.unwrap().id)).await.unwrap();
    let followers = user.send(&users::Followers::new(12)).await.unwrap();
    told(&found.body, &me.body, &deleted.body, &followers.body);
    asked(&mock).await;
    refuse(&mock).await;
    refused(&user.send(&users::Me::new()).await.unwrap_err());
}

#[tokio::test]
async fn our_blocking_client_asks_the_mock_of_xdk_rs() {
    use twitter_client_blocking::Client;

    let mock = MockX::start().await;
    let base_url: BaseUrl = mock.base_url().parse().unwrap();
    let app = Client::new(AppToken::new("app").unwrap()).with_base_url(base_url.clone());
    let user = Client::new(OAuth2User::new("user").unwrap()).with_base_url(base_url);
    let found = app.send(&posts::SearchRecent::new("rust")).unwrap();
    assert_eq!(found.rate_limits.window.unwrap().remaining, 449);
    let me = user.send(&users::Me::new()).unwrap();
    let created = user.send(&posts::Create::new("text")).unwrap();
    let deleted = user.send(&posts::Delete::new(created.body.data.unwrap().id)).unwrap();
    let followers = user.send(&users::Followers::new(12)).unwrap();
    told(&found.body, &me.body, &deleted.body, &followers.body);
    asked(&mock).await;
    refuse(&mock).await;
    refused(&user.send(&users::Me::new()).unwrap_err());
}

/// What the mock server's fixtures say.
fn told(found: &Page<Post>, me: &One<User>, deleted: &One<Deleted>, followers: &Page<User>) {
    let texts: Vec<_> = found.data.iter().filter_map(|post| post.text.as_deref()).collect();
    assert_eq!(texts, ["First result", "Second result"]);
    assert_eq!(me.data.as_ref().unwrap().username.as_deref(), Some("TwitterDev"));
    assert_eq!(deleted.data.as_ref().unwrap().deleted, Some(true));
    assert_eq!(followers.data[0].username.as_deref(), Some("TwitterDev"));
}

/// What arrived at the mock server.
async fn asked(mock: &MockX) {
    let requests = mock.requests().await;
    let lines: Vec<_> = requests.iter().map(|r| format!("{} {}", r.method, r.path)).collect();
    let post = "DELETE /2/tweets/1346889436626259968";
    let search = "GET /2/tweets/search/recent";
    let expected = [search, "GET /2/users/me", "POST /2/tweets", post, "GET /2/users/12/followers"];
    assert_eq!(lines, expected);
    assert_eq!(requests[0].query.as_deref(), Some("query=rust"));
    assert_eq!(requests[2].body, br#"{"text":"text"}"#);
    let token = |at: usize| {
        let mut headers = requests[at].headers.iter();
        headers.find(|(name, _)| name == "authorization").map(|(_, value)| &**value)
    };
    assert_eq!((token(0), token(1)), (Some("Bearer app"), Some("Bearer user")));
}

async fn refuse(mock: &MockX) {
    let problem = MockX::fixture("api_problem").unwrap();
    mock.stub("GET", "^/2/users/me$", 403, problem).await;
}

fn refused(error: &Error) {
    let Error::Api(refusal) = error else { panic!("{error}") };
    assert_eq!(refusal.status, 403);
    assert!(error.to_string().contains("does not accept Direct Messages"), "{error}");
}

fn app(sandbox: &Sandbox) -> Client {
    let builder = Client::builder().base_url(sandbox.base_url());
    builder.bearer(&sandbox.keys().bearer_token).build().unwrap()
}

/// Signs in by OAuth 2.0, in the two steps that it has for a machine without a browser.
async fn signed_in(sandbox: &Sandbox) -> Client {
    let base_url = sandbox.base_url();
    let overrides = EnvOverrides {
        client_id: Some(sandbox.keys().client_id.clone()),
        client_secret: Some(sandbox.keys().client_secret.clone()),
        redirect_uri: Some(sandbox.redirect_uris()[0].clone()),
        auth_url: Some(format!("{base_url}/i/oauth2/authorize")),
        token_url: Some(format!("{base_url}/2/oauth2/token")),
        api_base_url: Some(base_url.to_owned()),
        ..EnvOverrides::default()
    };
    let config = Config::from_overrides(&overrides);
    let folder = folder("store");
    let store = folder.join("auth.yml");
    let auth = Auth::new_with_store_path_and_overrides(&config, &store, &overrides);
    let client = Client::new(&config, auth).unwrap();
    let pending = folder.join("pending");
    let url = client.auth().await.unwrap().remote_oauth2_step1(&pending).unwrap();
    let callback = sandbox.approve_oauth2(&url).unwrap();
    let token = client.remote_oauth2_step2(&callback, "", &pending).await.unwrap();
    assert!(!token.is_empty());
    client
}

/// A new folder.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// How often an operation was called, and answered well.
fn called(sandbox: &Sandbox, operation: &str) -> usize {
    let requests = sandbox.requests();
    requests.iter().filter(|r| r.operation == Some(operation) && r.status < 300).count()
}
