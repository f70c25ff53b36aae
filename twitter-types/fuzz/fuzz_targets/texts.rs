//! Any text where a file, a database, a person or a browser hands one over: keys, cursors, recordings, logins, posts.
//! It is what it should be, or an error; and what was read is written as it can be read again.
#![no_main]

use http::Response;
use libfuzzer_sys::fuzz_target;
use twitter_types::{
    Username,
    auth::{Keys, OAuth1App, OAuth1Callback, OAuth1Login},
    endpoint::{Cursor, PollCursor, Recording},
    stream, text,
};

fuzz_target!(|input: &str| {
    if let Ok(keys) = Keys::from_text(input, "a file", None) {
        let _ = format!("{keys:?}");
    }
    let _ = Keys::from_text(input, "a file", Some("work"));

    if let Ok(cursor) = input.parse::<Cursor>() {
        assert_eq!(cursor.to_string().parse().as_ref(), Ok(&cursor));
    }
    if let Ok(cursor) = input.parse::<PollCursor>() {
        assert_eq!(cursor.to_string().parse().as_ref(), Ok(&cursor));
    }
    if let Ok(cursor) = serde_json::from_str::<stream::Cursor>(input) {
        let written = serde_json::to_string(&cursor).expect("a text, an id and a time");
        assert_eq!(serde_json::from_str::<stream::Cursor>(&written).ok(), Some(cursor));
    }
    if let Ok(recording) = input.parse::<Recording>() {
        assert!(recording.left().len() < input.lines().count());
    }
    if let Ok(username) = input.parse::<Username>() {
        assert_eq!(username.as_str().parse().as_ref(), Ok(&username));
    }
    let measured = text::measure(input);
    assert_eq!(measured.weighted_length, text::weighted_length(input));
    for url in text::urls(input) {
        let _ = format!("{url:?}");
    }
    logins(input);
});

fn logins(input: &str) {
    if let Ok(login) = OAuth1Login::restore(input) {
        let saved = login.save();
        let again = OAuth1Login::restore(saved.expose()).expect("what was written can be read");
        assert_eq!(saved.expose(), again.save().expose());
    }
    let _ = OAuth1Login::token_of(input);
    let app = OAuth1App::new("key", "secret").expect("visible ASCII");
    let callback = OAuth1Callback::url("http://127.0.0.1/").expect("absolute");
    if let Ok(login) = app.read_login(&callback, Response::new(input)) {
        let _ = login.read_callback(input);
    }
    let _ = app.read_tokens(Response::new(input));
    let _ = app.read_invalidated(Response::new(input));
}
