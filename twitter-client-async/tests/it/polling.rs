//! Asking again and again for what is new.

use std::{collections::BTreeSet, time::Duration};

use twitter_client_async::Client;
use twitter_sandbox::{Fault, Sandbox};
use twitter_types::{
    Error, UserId,
    endpoint::{PollCursor, Stop},
    posts,
};

use crate::support::{app_token, base_url, oauth2_user};

const PAUSE: Duration = Duration::from_millis(2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_post_comes_once_while_others_post() {
    let sandbox = Sandbox::start().unwrap();
    let owner = UserId::new(sandbox.owner_id());
    let user = Client::new(oauth2_user(&sandbox)).with_base_url(base_url(&sandbox));
    let app = Client::new(app_token(&sandbox)).with_base_url(base_url(&sandbox));
    let first = user.send(&posts::Create::new("the first")).await.unwrap().body.data.unwrap().id;
    let timeline = posts::OfUser::new(owner).max_results(5).since_id(first);
    let poster = tokio::spawn(async move {
        let mut made = Vec::new();
        for number in 0..30 {
            let post = posts::Create::new(format!("number {number}"));
            made.push(user.send(&post).await.unwrap().body.data.unwrap().id);
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
        made
    });
    let (mut got, mut failed) = (Vec::new(), 0);
    let mut items = app.poll(timeline.clone(), PAUSE).items();
    while got.len() < 30 {
        match items.next().await.unwrap() {
            Ok(post) => got.push(post.id),
            Err(_) => failed += 1,
        }
        if got.len() % 7 == 3 {
            // The process ends here, and another goes on.
            let saved: PollCursor = items.cursor().to_string().parse().unwrap();
            items = app.resume_poll(timeline.clone(), PAUSE, &saved).unwrap().items();
        }
    }
    let made = poster.await.unwrap();
    assert_eq!(failed, 0);
    assert_eq!(got.iter().collect::<BTreeSet<_>>(), made.iter().collect::<BTreeSet<_>>());
    assert_eq!(items.stop(), None);
    let saved = items.cursor();
    let mut last = app.resume_poll(timeline, PAUSE, &saved).unwrap().with_round_limit(2);
    assert!(last.next().await.is_none());
    assert_eq!(last.stop(), Some(Stop::End));
}

#[tokio::test]
async fn an_error_is_no_end_but_a_gap_is() {
    let sandbox = Sandbox::start().unwrap();
    let client = Client::new(app_token(&sandbox)).with_base_url(base_url(&sandbox));
    let search = posts::SearchRecent::new("from:XDevelopers").max_results(10);
    let mut poll = client.poll(search, PAUSE).with_round_limit(2);
    sandbox.fail_next(Fault::Html);
    poll.next().await.unwrap().unwrap_err();
    assert_eq!(poll.stop(), None);
    assert!(!poll.next().await.unwrap().unwrap().body.data.is_empty());

    // A week without a round.
    let old = posts::SearchRecent::new("from:XDevelopers").since_id(1000);
    let mut poll = client.poll(old, PAUSE);
    match poll.next().await.unwrap().unwrap_err() {
        Error::Api(error) => assert_eq!(error.status, 400),
        other => panic!("{other}"),
    }
    assert!(poll.next().await.is_none());
    assert_eq!(poll.stop(), Some(Stop::Gap));
}
