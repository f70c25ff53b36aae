//! The same script of replies makes both clients send the same requests.

use std::{
    io::Cursor,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use bearer::{AccessToken, MemoryStore, OAuth2Client, RefreshToken, Session, UserTokens};
use twitter_client_async as asynchronous;
use twitter_client_blocking as blocking;
use twitter_types::{
    Error,
    auth::OAuth1User,
    endpoint::{
        BaseUrl,
        policy::{Limits, Policy, Retries},
    },
    posts,
    upload::{Options, Target},
    users,
};

use crate::script::{Line, Script};

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Scene {
    Walk,
    Read,
    ReadBySession,
    Write,
    Delete,
    Search,
    Upload,
}

const USER: &str = r#"{"data":{"id":"1","name":"a","username":"a"}}"#;
const MEDIA: &str = r#"{"data":{"id":"7","media_key":"3_7"}}"#;
const TOKENS: &str = r#"{"token_type":"bearer","access_token":"second","refresh_token":"later",
    "expires_in":7200,"scope":"users.read tweet.read offline.access"}"#;

fn line(status: &'static str, body: &'static str) -> Line {
    (status, String::new(), body)
}

/// A scene, its replies, and how many requests it takes.
fn scripts() -> Vec<(Scene, Vec<Line>, usize)> {
    let ok = || line("200 OK", USER);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let window = format!(
        "x-rate-limit-limit: 5\r\nx-rate-limit-remaining: 0\r\nx-rate-limit-reset: {}",
        now + 2
    );
    let page = |token| match token {
        1 => line("200 OK", r#"{"data":[{"id":"1"}],"meta":{"next_token":"two"}}"#),
        2 => line("200 OK", r#"{"data":[],"meta":{"next_token":"three & more"}}"#),
        _ => line("200 OK", r#"{"data":[{"id":"3"}],"meta":{}}"#),
    };
    let broken = || line("503 Service Unavailable", "<!DOCTYPE html>");
    vec![
        (Scene::Walk, vec![page(1), page(2), page(3)], 3),
        (Scene::Walk, vec![page(1), broken(), page(2), page(3)], 4),
        (Scene::Read, vec![broken(), line("502 Bad Gateway", ""), ok()], 3),
        (Scene::Read, vec![broken(), broken(), broken(), broken(), ok()], 4),
        (Scene::Read, vec![line("200 OK", "<!DOCTYPE html>"), ok()], 1),
        (Scene::Read, vec![line("402 Payment Required", "{}"), ok()], 1),
        (Scene::Read, vec![("429 Too Many Requests", window, "{}"), ok()], 2),
        (Scene::Read, vec![("307 Moved", "location: /elsewhere".to_owned(), ""), ok()], 1),
        (Scene::Read, vec![("503 Unavailable", "retry-after: 1".to_owned(), ""), ok()], 2),
        (
            Scene::ReadBySession,
            vec![line("401 Unauthorized", "{}"), line("200 OK", TOKENS), ok()],
            3,
        ),
        (
            Scene::ReadBySession,
            vec![line("401 Unauthorized", "{}"), line("400 Bad Request", r#"{"error":"no"}"#)],
            2,
        ),
        (Scene::Write, vec![line("201 Created", r#"{"data":{"id":"1","text":"a"}}"#)], 1),
        (Scene::Write, vec![broken(), ok()], 1),
        (Scene::Write, vec![line("200 OK", "<!DOCTYPE html>"), ok()], 1),
        (Scene::Delete, vec![broken(), line("200 OK", r#"{"data":{"deleted":true}}"#)], 2),
        (Scene::Search, vec![line("200 OK", r#"{"data":[],"meta":{"result_count":0}}"#)], 1),
        (
            Scene::Upload,
            vec![
                line("200 OK", MEDIA),
                line("504 Gateway Timeout", ""),
                line("200 OK", MEDIA),
                line("200 OK", MEDIA),
                line("200 OK", r#"{"data":{"id":"7"}}"#),
            ],
            5,
        ),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_clients_send_the_same_requests() {
    for (scene, lines, count) in scripts() {
        let name = format!("{scene:?} {lines:?}");
        let (one, other) = (Script::start(lines.clone()), Script::start(lines));
        let of_async = by_async(scene, one.base_url()).await;
        let base_url = other.base_url();
        let work = move || by_blocking(scene, base_url);
        let of_blocking = tokio::task::spawn_blocking(work).await.unwrap();
        assert_eq!(one.asked(), other.asked(), "{name}");
        assert_eq!(of_async, of_blocking, "{name}");
        assert_eq!(one.asked().len(), count, "{name}: {of_async}");
    }
}

async fn by_async(scene: Scene, base_url: BaseUrl) -> String {
    let client = asynchronous::Client::new(user()).with_base_url(base_url.clone());
    let client = client.with_policy(policy());
    match scene {
        Scene::Walk => {
            let mut items = client.pages(walk()).items();
            let mut ids = Vec::new();
            while let Some(user) = items.next().await {
                ids.push(user.map(|user| user.id).map_err(told));
            }
            format!("{ids:?}")
        }
        Scene::Read => outcome(client.send(&users::Me::new()).await),
        Scene::ReadBySession => {
            let client = asynchronous::Client::new(session(&base_url)).with_base_url(base_url);
            outcome(client.send(&users::Me::new()).await)
        }
        Scene::Write => outcome(client.send(&posts::Create::new("é & \"a\"")).await),
        Scene::Delete => outcome(client.send(&posts::Delete::new(1)).await),
        Scene::Search => outcome(client.send(&search()).await),
        Scene::Upload => {
            format!("{:?}", client.upload(picture(), options()).await.map_err(|e| e.to_string()))
        }
    }
}

fn by_blocking(scene: Scene, base_url: BaseUrl) -> String {
    let client = blocking::Client::new(user()).with_base_url(base_url.clone());
    let client = client.with_policy(policy());
    match scene {
        Scene::Walk => {
            let items = client.pages(walk()).items();
            let ids = items.map(|user| user.map(|user| user.id).map_err(told));
            format!("{:?}", Vec::from_iter(ids))
        }
        Scene::Read => outcome(client.send(&users::Me::new())),
        Scene::ReadBySession => {
            let client = blocking::Client::new(session(&base_url)).with_base_url(base_url);
            outcome(client.send(&users::Me::new()))
        }
        Scene::Write => outcome(client.send(&posts::Create::new("é & \"a\""))),
        Scene::Delete => outcome(client.send(&posts::Delete::new(1))),
        Scene::Search => outcome(client.send(&search())),
        Scene::Upload => {
            format!("{:?}", client.upload(picture(), options()).map_err(|e| e.to_string()))
        }
    }
}

fn user() -> OAuth1User {
    OAuth1User::new("key", "secret", "token", "token-secret").unwrap()
}

fn session(base_url: &BaseUrl) -> Session {
    let client = OAuth2Client::public("client").unwrap().with_base_url(base_url.clone());
    let session = Session::new(client, MemoryStore::new());
    let tokens = UserTokens::new(AccessToken::new("first").unwrap());
    session.save(&tokens.refresh_token(RefreshToken::new("once").unwrap())).unwrap();
    session
}

fn policy() -> Policy {
    let pause = Duration::from_millis(5);
    let limits = Limits::new().waiting(Duration::from_secs(10));
    Policy::new().with_retries(Retries::default().pausing(pause, pause)).with_limits(limits)
}

fn walk() -> users::Followers {
    users::Followers::new(1).max_results(10)
}

fn search() -> posts::SearchRecent {
    posts::SearchRecent::new("(from:a OR \"b c\") -é %").max_results(10)
}

fn picture() -> Cursor<Vec<u8>> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.resize(20, 7);
    Cursor::new(bytes)
}

fn options() -> Options {
    Options::new(Target::Post).alt_text("A sandcastle")
}

fn outcome<T: std::fmt::Debug>(outcome: Result<twitter_types::Reply<T>, Error>) -> String {
    format!("{:?}", outcome.map(|reply| reply.body).map_err(told))
}

/// All that an error says, but for the words of the library below.
fn told(error: Error) -> String {
    format!("{error}, {:?}", error.status())
}
