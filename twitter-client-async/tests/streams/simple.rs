//! What a stream does when all goes well, by either client.

use std::{
    thread,
    time::{Duration, Instant},
};

use twitter_client_async as asynchronous;
use twitter_client_blocking as blocking;
use twitter_sandbox::{Sandbox, Stream};
use twitter_types::{
    Error,
    auth::AppToken,
    stream::{Event, Options, Overflow, Streamed},
    streams,
};

fn sandbox() -> Sandbox {
    Sandbox::builder().keep_alive(Duration::from_millis(30)).whole_samples().start().unwrap()
}

fn blocking_client(sandbox: &Sandbox) -> blocking::Client<AppToken> {
    let token = AppToken::new(&sandbox.keys().bearer_token).unwrap();
    blocking::Client::new(token).with_base_url(sandbox.base_url().parse().unwrap())
}

fn async_client(sandbox: &Sandbox) -> asynchronous::Client<AppToken> {
    let token = AppToken::new(&sandbox.keys().bearer_token).unwrap();
    asynchronous::Client::new(token).with_base_url(sandbox.base_url().parse().unwrap())
}

fn text(event: Event<twitter_types::One<twitter_types::models::Post>>) -> Option<String> {
    match event {
        Event::Item(item) => item.data?.text,
        _ => None,
    }
}

#[test]
fn the_blocking_client_hands_out_posts() {
    let sandbox = sandbox();
    let mut stream = blocking_client(&sandbox).stream(streams::PostsSample::new());
    assert!(matches!(stream.next(), Some(Ok(Event::Connected))));
    sandbox.publish_numbered(3);
    let texts: Vec<_> = stream.by_ref().filter_map(|event| text(event.unwrap())).take(3).collect();
    assert_eq!(texts, ["numbered post 1", "numbered post 2", "numbered post 3"]);
    stream.stop();
    assert!(stream.all(|event| !matches!(event, Ok(Event::Item(_)))));
}

#[tokio::test]
async fn the_async_client_hands_out_posts() {
    let sandbox = sandbox();
    let mut stream = async_client(&sandbox).stream(streams::PostsSample::new());
    assert!(matches!(stream.next().await, Some(Ok(Event::Connected))));
    sandbox.publish_numbered(3);
    let mut texts = Vec::new();
    while texts.len() < 3 {
        texts.extend(text(stream.next().await.unwrap().unwrap()));
    }
    assert_eq!(texts, ["numbered post 1", "numbered post 2", "numbered post 3"]);
    stream.stop();
    assert!(stream.next().await.is_none());
}

/// Every stream opens, and brings what is sent.
#[tokio::test]
async fn all_fifteen_streams_bring_lines() {
    async fn one<E>(sandbox: &Sandbox, stream: Stream, operation: E, line: &str)
    where
        E: Streamed<Auth = twitter_types::auth::AppOnly> + Sync,
    {
        let control = sandbox.stream(stream);
        let mut by_async = async_client(sandbox).stream(operation.clone());
        assert!(matches!(by_async.next().await, Some(Ok(Event::Connected))), "{stream:?}");
        assert!(control.wait_connected(1, Duration::from_secs(5)));
        control.emit(line);
        let asynchronous = loop {
            match by_async.next().await.unwrap().unwrap() {
                Event::Item(item) => break format!("{item:?}"),
                Event::Alive => {}
                other => panic!("{stream:?}: {other:?}"),
            }
        };
        drop(by_async);
        let mut by_blocking = blocking_client(sandbox).stream(operation);
        assert!(matches!(by_blocking.next(), Some(Ok(Event::Connected))), "{stream:?}");
        control.emit(line);
        let blocking = by_blocking.find_map(|event| match event.unwrap() {
            Event::Item(item) => Some(format!("{item:?}")),
            _ => None,
        });
        assert_eq!(blocking.unwrap(), asynchronous);
    }

    let sandbox = Sandbox::builder()
        .keep_alive(Duration::from_millis(30))
        .whole_samples()
        .stream_connections(2)
        .start()
        .unwrap();
    let rule = twitter_types::models::NewRule::new("numbered".into());
    async_client(&sandbox).send(&twitter_types::rules::Update::add([rule])).await.unwrap();
    let post = r#"{"data":{"id":"1","text":"a"},"matching_rules":[{"id":"2"}]}"#;
    let like = r#"{"data":{"id":"8f","liked_tweet_id":"1"}}"#;
    let event = r#"{"data":{"event_uuid":"-1","event_type":"post.create"}}"#;
    let deleted = r#"{"data":{"delete":{"tweet":{"id":"1","author_id":"2"},"event_at":"2026-01-01T00:00:00Z"}}}"#;
    let user = r#"{"data":{"user_suspend":{"user":{"id":"1"},"event_at":"2026-01-01T00:00:00Z"}}}"#;
    let label = r#"{"data":{"public_post_label":{"post_id":"1"}}}"#;
    one(&sandbox, Stream::Filtered, streams::Filtered::new(), post).await;
    one(&sandbox, Stream::Sample, streams::PostsSample::new(), post).await;
    one(&sandbox, Stream::Sample10, streams::PostsSample10::new(1), post).await;
    one(&sandbox, Stream::Firehose, streams::PostsFirehose::new(20), post).await;
    one(&sandbox, Stream::FirehoseEn, streams::PostsFirehoseEn::new(8), post).await;
    one(&sandbox, Stream::FirehoseJa, streams::PostsFirehoseJa::new(1), post).await;
    one(&sandbox, Stream::FirehoseKo, streams::PostsFirehoseKo::new(1), post).await;
    one(&sandbox, Stream::FirehosePt, streams::PostsFirehosePt::new(1), post).await;
    one(&sandbox, Stream::LikesFirehose, streams::LikesFirehose::new(1), like).await;
    one(&sandbox, Stream::LikesSample10, streams::LikesSample10::new(1), like).await;
    one(&sandbox, Stream::PostsCompliance, streams::PostsCompliance::new(1), deleted).await;
    one(&sandbox, Stream::UsersCompliance, streams::UsersCompliance::new(1), user).await;
    one(&sandbox, Stream::LikesCompliance, streams::LikesCompliance::new(), like).await;
    one(&sandbox, Stream::Labels, streams::LabelsCompliance::new(), label).await;
    one(&sandbox, Stream::Activity, streams::Activity::new(), event).await;
}

#[test]
fn a_refusal_for_good_is_the_end() {
    let sandbox = sandbox();
    // There are no rules.
    let mut stream = blocking_client(&sandbox).stream(streams::Filtered::new());
    let Some(Err(Error::Api(error))) = stream.next() else { panic!("no error") };
    assert_eq!(error.status.as_u16(), 409);
    assert!(stream.next().is_none());
}

#[test]
fn a_blocking_stream_stops_at_once_from_another_thread() {
    let sandbox = Sandbox::builder().keep_alive(Duration::from_secs(20)).whole_samples().start();
    let sandbox = sandbox.unwrap();
    let mut stream = blocking_client(&sandbox).stream(streams::PostsSample::new());
    assert!(matches!(stream.next(), Some(Ok(Event::Connected))));
    let stop = stream.stopper();
    let waiting = thread::spawn(move || stream.filter_map(Result::ok).count());
    thread::sleep(Duration::from_millis(50));
    let begun = Instant::now();
    stop.stop();
    waiting.join().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_blocking_queue_goes_on_while_its_reader_works() {
    let sandbox = sandbox();
    let stream = blocking_client(&sandbox).stream(streams::PostsSample::new());
    let mut queue = stream.queued(8, Overflow::DropOldest);
    assert!(matches!(queue.next(), Some(Ok(Event::Connected))));
    sandbox.publish_numbered(40);
    thread::sleep(Duration::from_millis(500));
    let (mut posts, mut dropped, mut warned) = (0, 0, false);
    while posts + dropped < 40 {
        match queue.next().unwrap().unwrap() {
            Event::Item(_) => posts += 1,
            Event::Dropped(number) => dropped += number,
            Event::Filling { .. } => warned = true,
            _ => {}
        }
    }
    assert!(dropped > 0 && posts > 0 && warned, "{posts} {dropped} {warned}");
    assert!(queue.cursor().is_some());
    queue.stopper().stop();
    assert!(queue.all(|event| !matches!(event, Ok(Event::Item(_)))));
}

#[tokio::test]
async fn an_async_queue_goes_on_while_its_reader_works() {
    let sandbox = sandbox();
    let stream = async_client(&sandbox).stream(streams::PostsSample::new());
    let mut queue = stream.queued(8, Overflow::Block);
    assert!(matches!(queue.next().await, Some(Ok(Event::Connected))));
    sandbox.publish_numbered(40);
    tokio::time::sleep(Duration::from_millis(300)).await;
    let (mut posts, mut warned) = (0, false);
    while posts < 40 {
        match queue.next().await.unwrap().unwrap() {
            Event::Item(_) => posts += 1,
            Event::Filling { .. } => warned = true,
            _ => {}
        }
    }
    assert!(warned && queue.cursor().is_some());
    queue.stop();
    while let Some(event) = queue.next().await {
        assert!(!matches!(event, Ok(Event::Item(_))));
    }
}

/// A future of `next` that is dropped over and over loses nothing, and does not keep silence from being
/// noticed.
#[tokio::test]
async fn a_dropped_future_loses_nothing() {
    let sandbox = sandbox();
    let options = Options::new().silence(Duration::from_millis(300));
    let client = async_client(&sandbox);
    let mut stream = client.stream(streams::PostsSample::new()).with_options(options);
    let short = Duration::from_millis(3);
    let mut texts = Vec::new();
    let mut is_silent = false;
    let begun = Instant::now();
    while (texts.len() < 10 || !is_silent) && begun.elapsed() < Duration::from_secs(60) {
        let Ok(event) = tokio::time::timeout(short, stream.next()).await else { continue };
        match event.unwrap().unwrap() {
            Event::Connected if texts.is_empty() => drop(sandbox.publish_numbered(10)),
            Event::Disconnected { cause, .. } => {
                is_silent |= matches!(cause, twitter_types::stream::Cause::Silent);
            }
            event => {
                texts.extend(text(event));
                if texts.len() == 10 {
                    sandbox.stream(Stream::Sample).stall();
                }
            }
        }
    }
    assert_eq!(texts.len(), 10);
    assert!(is_silent);
}
