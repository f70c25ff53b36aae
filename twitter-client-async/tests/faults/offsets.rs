//! A reply that ends at each of its bytes.

use twitter_client_async as asynchronous;
use twitter_client_blocking as blocking;
use twitter_sandbox::{Mishap, Sandbox, Wire};
use twitter_types::{Error, auth::AppToken, endpoint::TransportErrorKind, users};

use crate::{
    DEVELOPERS,
    support::{app_token, base_url, told},
};

/// A sandbox whose replies to a lookup are of one length.
fn sandbox() -> Sandbox {
    Sandbox::builder().rate_limit("getUsersById", 999_999).start().unwrap()
}

/// Ends the reply to each request one byte later than the one before, two times in a row: by a close, and by
/// a reset.
fn wire(sandbox: &Sandbox) -> Wire {
    let plan = |number: u64| {
        let at = usize::try_from(number / 2).unwrap();
        if number.is_multiple_of(2) { Mishap::Close { at } } else { Mishap::Reset { at } }
    };
    sandbox.through(move |request| plan(request.number)).unwrap()
}

/// Only a whole reply is one. How many broke off before.
fn check(outcomes: impl Iterator<Item = Result<(), Error>>) {
    let mut outcomes = outcomes.enumerate();
    let broken = outcomes.by_ref().take_while(|(_, outcome)| outcome.is_err());
    let mut count = 0;
    for (number, outcome) in broken {
        count += 1;
        let error = outcome.unwrap_err();
        let Error::Transport(error) = &error else { panic!("{number}: {error:?}") };
        assert_eq!(error.kind(), TransportErrorKind::Closed, "{number}: {}", told(error));
    }
    assert!(count > 2 * 200, "{count}");
    for (number, outcome) in outcomes.take(4) {
        // A reset may overtake the last bytes, and a connection that closes behind a reply may have
        // been taken for the next request.
        let Err(Error::Transport(error)) = outcome else { continue };
        assert_eq!(error.kind(), TransportErrorKind::Closed, "{number}: {}", told(&error));
    }
}

#[tokio::test]
async fn the_async_client_takes_no_part_for_the_whole() {
    let sandbox = sandbox();
    let wire = wire(&sandbox);
    let client: asynchronous::Client<AppToken> = asynchronous::Client::new(app_token(&sandbox));
    let client = client.with_base_url(wire.base_url().parse().unwrap());
    let mut outcomes = Vec::new();
    for _ in 0..2 * 400 {
        outcomes.push(client.send(&users::ById::new(DEVELOPERS)).await.map(drop));
    }
    check(outcomes.into_iter());
    let past = client.with_base_url(base_url(&sandbox));
    past.send(&users::ById::new(DEVELOPERS)).await.unwrap();
}

#[test]
fn the_blocking_client_takes_no_part_for_the_whole() {
    let sandbox = sandbox();
    let wire = wire(&sandbox);
    let client = blocking::Client::new(app_token(&sandbox));
    let client = client.with_base_url(wire.base_url().parse().unwrap());
    check((0..2 * 400).map(|_| client.send(&users::ById::new(DEVELOPERS)).map(drop)));
    client.with_base_url(base_url(&sandbox)).send(&users::ById::new(DEVELOPERS)).unwrap();
}
