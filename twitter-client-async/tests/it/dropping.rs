//! What only async code does: dropping a call half way, streams, and tasks on other threads.

use std::time::Duration;

use futures_util::{StreamExt as _, TryStreamExt as _};
use tokio::time::timeout;
use twitter_client_async::{Client, Transport};
use twitter_sandbox::{Fault, Sandbox};
use twitter_types::{
    UserId,
    auth::{AppToken, OAuth1User},
    endpoint::{Endpoint as _, Paged as _},
    posts, users,
};

use crate::support::{app_token, base_url};

const DEVELOPERS: u64 = 2244994945;
const LONG: Fault = Fault::Delay(Duration::from_secs(60));
const SHORT: Duration = Duration::from_millis(100);

fn client(sandbox: &Sandbox) -> Client<AppToken> {
    Client::new(app_token(sandbox)).with_base_url(base_url(sandbox))
}

#[tokio::test]
async fn a_call_can_be_dropped() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let lookup = users::ById::new(DEVELOPERS);
    for _ in 0..3 {
        sandbox.fail_next(LONG);
        assert!(timeout(SHORT, client.send(&lookup)).await.is_err());
        client.send(&lookup).await.unwrap();
    }
    // One that was never polled sends nothing.
    let before = sandbox.requests().len();
    drop(client.send(&lookup));
    client.send(&lookup).await.unwrap();
    assert_eq!(sandbox.requests().len(), before + 1);
}

#[tokio::test]
async fn a_walk_stands_where_it_stood_when_a_call_is_dropped() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let followers = users::Followers::new(DEVELOPERS).max_results(10);
    let whole: Vec<UserId> = ids(client.pages(followers.clone()).items().into_stream()).await;

    let mut pages = client.pages(followers.clone());
    let mut by_pages = Vec::new();
    loop {
        sandbox.fail_next(LONG);
        assert!(timeout(SHORT, pages.next()).await.is_err());
        let Some(page) = pages.next().await else { break };
        by_pages.extend(page.unwrap().body.data.iter().map(|user| user.id));
        if by_pages.len() == whole.len() {
            break;
        }
    }
    assert_eq!(by_pages, whole);

    let mut items = client.pages(followers).items();
    let mut by_items = Vec::new();
    for index in 0..whole.len() {
        if index % 10 == 0 {
            sandbox.fail_next(LONG);
            assert!(timeout(SHORT, items.next()).await.is_err());
        }
        by_items.push(items.next().await.unwrap().unwrap().id);
    }
    assert!(items.next().await.is_none());
    assert_eq!(by_items, whole);
}

async fn ids(
    users: impl futures_util::Stream<Item = Result<twitter_types::models::User, twitter_types::Error>>,
) -> Vec<UserId> {
    users.map_ok(|user| user.id).try_collect().await.unwrap()
}

#[tokio::test]
async fn pages_and_items_are_streams() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let followers = users::Followers::new(DEVELOPERS).max_results(25);
    let items = ids(client.pages(followers.clone()).items().into_stream()).await;
    assert_eq!(items.len(), 59);

    let mut pages = client.pages(followers).into_stream();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.unwrap().body.data.len());
    }
    assert_eq!(sizes, [25, 25, 9]);

    sandbox.fail_next(Fault::Html);
    let broken = client.pages(users::Followers::new(DEVELOPERS)).items().into_stream();
    assert!(broken.try_collect::<Vec<_>>().await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_tasks_share_a_client() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let lookups = futures_util::stream::iter(0..40).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.send(&users::ById::new(DEVELOPERS)).await })
    });
    let replies: Vec<_> = lookups.buffer_unordered(8).collect().await;
    assert!(replies.into_iter().all(|reply| reply.unwrap().is_ok()));
}

/// Compiles only if the futures can move between threads.
#[test]
fn the_futures_are_send() {
    fn send<T: Send>(_: T) {}
    let client = Client::new(AppToken::new("AAAA").unwrap());
    send(client.send(&users::ById::new(1)));
    let mut pages = client.pages(users::Followers::new(1));
    send(pages.next());
    send(pages.into_stream());
    let mut items = client.pages(users::Followers::new(1)).items();
    send(items.next());
    send(items.into_stream());
    let user = Client::new(OAuth1User::new("a", "b", "c", "d").unwrap());
    send(user.send(&posts::Create::new("text")));
    send(Transport::default().send(http::Request::new("")));
}

/// The pages of an operation that is known by its traits only are a stream too.
#[test]
fn generic_pages_are_streams() {
    fn all<E>(client: &Client<AppToken>, operation: E) -> impl futures_util::Stream + Send
    where
        E: twitter_types::endpoint::Paged<Auth: twitter_types::auth::Accepts<AppToken>, Item: Send>
            + Send
            + Sync,
    {
        client.pages(operation).into_stream()
    }
    let client = Client::new(AppToken::new("AAAA").unwrap());
    let mut operation = users::Following::new(1);
    operation.set_pagination_token("a".into());
    assert_eq!(operation.path(), "/2/users/1/following");
    drop(all(&client, operation));
}
