//! Whatever a token server answers: it is tokens, or an error that shows nothing secret, and tokens survive a store.
//!
//! The first line of the input is the status, the rest is the body.
#![no_main]

use bearer::{App, Error, OAuth2Client, RedirectUri, Scopes, Stored, UserTokens};
use http::{Response, StatusCode};
use libfuzzer_sys::fuzz_target;

const NOW: u64 = 1_764_108_000;

fuzz_target!(|input: &[u8]| {
    let Some(at) = input.iter().position(|byte| *byte == b'\n') else { return };
    let (status, body) = (&input[..at], &input[at + 1..]);
    let Ok(status) = StatusCode::from_bytes(status) else { return };
    let reply = || {
        let mut response = Response::new(body);
        *response.status_mut() = status;
        response
    };
    explained(App::read_token(reply()));
    explained(App::read_invalidated(reply()));
    explained(OAuth2Client::read_revoked(reply()));

    let client = OAuth2Client::public("client").expect("visible ASCII");
    let redirect_uri: RedirectUri = "http://127.0.0.1/".parse().expect("absolute");
    let login = client.login(redirect_uri, Scopes::from_static(&["tweet.read"]), [7; 48]);
    let Some(tokens) = explained(OAuth2Client::read_exchange(&login, reply(), NOW)) else { return };
    assert!(tokens.scopes.is_some(), "a reply without scopes grants those that were asked for");
    survives(&tokens);
    let refreshed = explained(OAuth2Client::read_refresh(&tokens, reply(), NOW));
    survives(&refreshed.expect("the same reply was read"));
});

/// What came of it; an error can be shown.
fn explained<T>(outcome: Result<T, Error>) -> Option<T> {
    outcome.inspect_err(|error| assert!(!error.to_string().is_empty())).ok()
}

fn survives(tokens: &UserTokens) {
    let stored = Stored::new(tokens);
    let again = stored.tokens().expect("what was written can be read");
    assert!(stored == Stored::new(&again));
}
