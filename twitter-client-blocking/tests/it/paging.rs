//! Lists that come in pages.

use std::collections::BTreeSet;

use twitter_client_blocking::Client;
use twitter_sandbox::{Fault, Sandbox};
use twitter_types::{Error, UserId, auth::AppToken, endpoint::Stop, users};

use crate::support::{Server, app_token, base_url};

const DEVELOPERS: u64 = 2244994945;

fn client(sandbox: &Sandbox) -> Client<AppToken> {
    Client::new(app_token(sandbox)).with_base_url(base_url(sandbox))
}

fn assert_everyone_once(ids: &[UserId]) {
    // In the sandbox, all of 60 users follow this account, but for itself.
    assert_eq!(ids.len(), 59);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 59);
}

#[test]
fn every_follower_comes_once_by_pages() {
    let sandbox = Sandbox::start().unwrap();
    let mut pages = client(&sandbox).pages(users::Followers::new(DEVELOPERS).max_results(7));
    assert!(sandbox.requests().is_empty());
    let mut ids = Vec::new();
    for page in pages.by_ref() {
        let page = page.unwrap();
        assert!(page.body.data.len() <= 7 && page.rate_limits.window.is_some());
        ids.extend(page.body.data.iter().map(|user| user.id));
    }
    assert_everyone_once(&ids);
    assert!(pages.next().is_none());
    assert_eq!(sandbox.requests().len(), 9);
}

#[test]
fn every_follower_comes_once_by_items() {
    let sandbox = Sandbox::start().unwrap();
    let followers = users::Followers::new(DEVELOPERS).max_results(7);
    let mut items = client(&sandbox).pages(followers).items();
    let mut ids = Vec::new();
    for user in items.by_ref() {
        ids.push(user.unwrap().id);
    }
    assert_everyone_once(&ids);
    assert!(items.next().is_none());
}

#[test]
fn a_list_that_breaks_off_goes_on_where_it_stood() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let mut pages = client.pages(users::Followers::new(DEVELOPERS).max_results(20));
    let mut ids = Vec::new();
    let mut take = |page: Option<Result<_, Error>>| {
        let page: twitter_types::Reply<twitter_types::Page<_>> = page.unwrap().unwrap();
        ids.extend(page.body.data.iter().map(|user: &twitter_types::models::User| user.id));
    };
    take(pages.next());
    sandbox.fail_next(Fault::Html);
    let error = pages.next().unwrap().unwrap_err();
    assert_eq!(error.status(), Some(http::StatusCode::SERVICE_UNAVAILABLE));
    assert!(pages.next().is_none());

    let mut rest = client.pages(pages.endpoint().clone());
    take(rest.next());
    take(rest.next());
    assert!(rest.next().is_none());
    assert_everyone_once(&ids);
}

#[test]
fn an_error_is_the_last_item() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fail_next(Fault::Empty);
    let mut items = client(&sandbox).pages(users::Followers::new(DEVELOPERS)).items();
    assert!(matches!(items.next().unwrap(), Err(Error::Decode(_))));
    assert!(items.next().is_none());
}

#[test]
fn a_list_may_be_empty() {
    let server = Server::json(r#"{"meta":{"result_count":0}}"#);
    let client = Client::new(AppToken::new("AAAA").unwrap()).with_base_url(server.base_url());
    assert!(client.pages(users::Followers::new(1)).items().next().is_none());
}

#[test]
fn a_list_that_goes_in_circles_ends_with_an_error() {
    let server = Server::json(r#"{"data":[{"id":"1"}],"meta":{"next_token":"again"}}"#);
    let client = Client::new(AppToken::new("AAAA").unwrap()).with_base_url(server.base_url());
    let mut pages = client.pages(users::Followers::new(1));
    assert!(pages.next().unwrap().is_ok());
    assert!(matches!(pages.next().unwrap(), Err(Error::NoProgress)));
    assert!(pages.next().is_none());
}

#[test]
fn items_go_on_in_the_middle_of_a_page() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let followers = users::Followers::new(DEVELOPERS).max_results(20);
    let mut items = client.pages(followers.clone()).with_item_limit(25).items();
    let mut ids = Vec::new();
    for user in items.by_ref() {
        ids.push(user.unwrap().id);
    }
    assert_eq!((ids.len(), items.stop()), (25, Some(Stop::ItemLimit)));
    let saved = items.cursor().to_string();
    assert!(!saved.contains(&sandbox.keys().bearer_token));

    // It fails where it goes on, and is not worse off.
    sandbox.fail_next(Fault::Html);
    let mut items =
        client.resume_pages(followers.clone(), &saved.parse().unwrap()).unwrap().items();
    items.next().unwrap().unwrap_err();
    assert!(items.next().is_none());
    assert_eq!((items.stop(), items.cursor().to_string()), (Some(Stop::Error), saved));

    let mut items = client.resume_pages(followers, &items.cursor()).unwrap().items();
    for user in items.by_ref() {
        ids.push(user.unwrap().id);
    }
    assert_everyone_once(&ids);
    assert_eq!((items.stop(), items.cursor().items()), (Some(Stop::End), 59));
    client.resume_pages(users::Following::new(DEVELOPERS), &items.cursor()).unwrap_err();
}
