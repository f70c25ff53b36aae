//! Rules of the filtered stream, made equal to a desired set, and queries as the sandbox reads them.

use twitter_client_blocking::Client;
use twitter_sandbox::Sandbox;
use twitter_types::query::{Has, Is, Target, from, has, hashtag, is, lang, phrase};
use twitter_types::{Username, auth::AppToken, models::NewRule, posts, rules::Sync};

use crate::support::{Server, app_token, base_url};

fn client(server: &Server) -> Client<AppToken> {
    Client::new(AppToken::new("AAAA%2Fexample").unwrap()).with_base_url(server.base_url())
}

#[test]
fn rules_are_read_and_changed_until_they_are_as_desired() {
    let server = Server::json(r#"{"data":[{"id":"7","value":"cat has:images","tag":"cats"}]}"#);
    let client = client(&server);
    let mut rule = NewRule::new("cat has:images".into());
    rule.tag = Some("cats".into());
    let synced = client.sync_rules(&[rule]).unwrap();
    assert_eq!((synced.kept.len(), synced.added.len(), synced.deleted.len()), (1, 0, 0));
    assert_eq!(server.received().len(), 1);

    let planned = client.sync_rules_dry_run(&[]).unwrap();
    assert_eq!(planned.deleted[0].id, Some(7.into()));
    assert_eq!(server.received().len(), 2);

    let synced = client.run_sync(Sync::new([]).with_cap(25)).unwrap();
    assert_eq!(synced, planned);
    let last = server.received().pop().unwrap();
    assert!(last.starts_with("post /2/tweets/search/stream/rules "), "{last}");
    assert!(last.ends_with(r#"{"delete":{"ids":["7"]}}"#), "{last}");
}

#[test]
fn a_built_query_is_one_that_a_search_reads() {
    let sandbox = Sandbox::start().unwrap();
    let client = Client::new(app_token(&sandbox)).with_base_url(base_url(&sandbox));
    let developers = from(Username::new("XDevelopers").unwrap());
    let query = (developers.clone() | hashtag("xapi").unwrap() & lang("en").unwrap())
        & !(is(Is::Repost) | phrase("a \"quoted\" phrase").unwrap() & has(Has::Links));
    let query = query.to_query(Target::RecentSearch).unwrap();
    let found = client.send(&posts::SearchRecent::new(query)).unwrap().body;
    assert!(!found.data.is_empty());
    let mut nobody = posts::SearchRecent::new((developers.clone() & !developers).to_string());
    nobody.max_results = Some(10);
    assert!(client.send(&nobody).unwrap().body.data.is_empty());
}
