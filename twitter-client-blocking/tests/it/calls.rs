//! Calls that succeed, with each kind of credential.

use bearer::App;
use twitter_client_blocking::{Client, Transport};
use twitter_sandbox::{CredentialKind, Sandbox};
use twitter_types::{Username, auth::AppToken, posts, users};

use crate::support::{GZIP, Server, app_token, base_url, oauth1_user, oauth2_user, response};

const DEVELOPERS: u64 = 2244994945;

#[test]
fn an_app_looks_up_a_user() {
    let sandbox = Sandbox::start().unwrap();
    let client = Client::new(app_token(&sandbox)).with_base_url(base_url(&sandbox));
    let username = Username::new("XDevelopers").unwrap();
    let reply = client.send(&users::ByUsername::new(username)).unwrap();
    assert_eq!(reply.status, 200);
    assert_eq!(reply.body.data.unwrap().id, DEVELOPERS.into());
    assert_eq!(sandbox.requests()[0].credential, CredentialKind::AppOnly);
}

#[test]
fn a_user_signs_by_oauth1() {
    let sandbox = Sandbox::start().unwrap();
    let client = Client::new(oauth1_user(&sandbox)).with_base_url(base_url(&sandbox));
    let me = client.send(&users::Me::new().fields(users::UserFields::all())).unwrap();
    assert_eq!(me.body.data.unwrap().id, sandbox.owner_id().into());
    assert_eq!(sandbox.requests()[0].credential, CredentialKind::OAuth1);
}

#[test]
fn a_user_has_an_oauth2_token() {
    let sandbox = Sandbox::start().unwrap();
    let client = Client::new(oauth2_user(&sandbox)).with_base_url(base_url(&sandbox));
    let me = client.send(&users::Me::new()).unwrap();
    assert_eq!(me.body.data.unwrap().id, sandbox.owner_id().into());
    assert_eq!(sandbox.requests()[0].credential, CredentialKind::OAuth2User);
}

#[test]
fn a_post_is_written_read_liked_and_deleted() {
    let sandbox = Sandbox::start().unwrap();
    let client = Client::new(oauth1_user(&sandbox)).with_base_url(base_url(&sandbox));
    let created = client.send(&posts::Create::new("one & two + 100% café")).unwrap();
    assert_eq!(created.status, 201);
    let id = created.body.data.unwrap().id;
    let read = client.send(&posts::ById::new(id)).unwrap();
    assert_eq!(read.body.data.unwrap().text.unwrap(), "one & two + 100% café");
    let liked = client.send(&posts::Like::new(sandbox.owner_id(), id)).unwrap();
    assert_eq!(liked.body.data.unwrap().liked, Some(true));
    let unliked = client.send(&posts::Unlike::new(sandbox.owner_id(), id)).unwrap();
    assert_eq!(unliked.body.data.unwrap().liked, Some(false));
    let deleted = client.send(&posts::Delete::new(id)).unwrap();
    assert_eq!(deleted.body.data.unwrap().deleted, Some(true));
    assert!(client.send(&posts::ById::new(id)).unwrap().body.data.is_none());
}

#[test]
fn a_signed_query_arrives_as_it_was_signed() {
    let sandbox = Sandbox::start().unwrap();
    let client = Client::new(oauth1_user(&sandbox)).with_base_url(base_url(&sandbox));
    let search = posts::SearchRecent::new("(from:XDevelopers OR \"a b\") -is:retweet é'*~!")
        .fields(posts::PostFields::all());
    client.send(&search).unwrap();
}

#[test]
fn keys_become_a_token() {
    let sandbox = Sandbox::start().unwrap();
    let (base_url, keys) = (base_url(&sandbox), sandbox.keys());
    let transport = Transport::default();
    let app = App::new(&*keys.api_key, &*keys.api_secret).unwrap().with_base_url(base_url.clone());
    let token = App::read_token(transport.send(app.token_request()).unwrap()).unwrap();
    let client = Client::new(AppToken::from(token.clone()))
        .with_base_url(base_url)
        .with_transport(transport.clone());
    client.send(&users::ById::new(DEVELOPERS)).unwrap();
    // Its body is a type of its own, since it holds a secret.
    let ended = transport.send(app.invalidate_request(&token)).unwrap();
    assert_eq!(App::read_invalidated(ended).unwrap().expose(), token.expose());
    let error = client.send(&users::ById::new(DEVELOPERS)).unwrap_err();
    assert_eq!(error.status(), Some(http::StatusCode::UNAUTHORIZED));
}

#[test]
fn a_reply_says_how_many_calls_are_left() {
    let sandbox = Sandbox::start().unwrap();
    let client = Client::new(app_token(&sandbox)).with_base_url(base_url(&sandbox));
    let left = [(); 3].map(|()| {
        let reply = client.send(&users::ById::new(DEVELOPERS)).unwrap();
        reply.rate_limits.window.unwrap().remaining
    });
    assert_eq!([left[0] - 1, left[0] - 2], [left[1], left[2]]);
}

#[test]
fn an_answer_may_be_compressed() {
    let server = Server::new(response("200 OK", "content-encoding: gzip", GZIP));
    let client = Client::new(AppToken::new("AAAA").unwrap()).with_base_url(server.base_url());
    let reply = client.send(&users::ById::new(1)).unwrap();
    assert_eq!(reply.body.data.unwrap().id, 1.into());
    assert!(server.received()[0].contains("accept-encoding: gzip\r\n"));
}

#[test]
fn one_client_serves_many_at_once() {
    let sandbox = Sandbox::start().unwrap();
    let client = Client::new(oauth1_user(&sandbox)).with_base_url(base_url(&sandbox));
    let calls: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || client.send(&users::Me::new()).map(|reply| reply.status))
        })
        .collect();
    for call in calls {
        assert_eq!(call.join().unwrap().unwrap(), 200);
    }
}
