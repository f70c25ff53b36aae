//! Any text where a person, a browser or a store hands one over: it is what it should be, or an error; and what
//! was read is written as it can be read again.
#![no_main]

use bearer::{BaseUrl, Login, OAuth2Client, RedirectUri, Scopes, Stored, callback_state};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(tokens) = Stored::from_text(text).tokens() {
        let stored = Stored::new(&tokens);
        let again = stored.tokens().expect("what was written can be read");
        assert!(stored == Stored::new(&again));
    }
    if let Ok(login) = Login::restore(text) {
        let saved = login.save();
        let again = Login::restore(saved.expose()).expect("what was written can be read");
        assert_eq!(saved.expose(), again.save().expose());
    }
    if let Ok(url) = text.parse::<BaseUrl>() {
        assert_eq!(
            url.to_string().parse::<BaseUrl>().as_ref().map(ToString::to_string),
            Ok(url.to_string())
        );
        let _ = url.join("/2/users/me");
    }
    if let Ok(uri) = text.parse::<RedirectUri>() {
        assert_eq!(uri.as_str(), text);
    }
    if let Ok(scopes) = text.parse::<Scopes>() {
        assert_eq!(scopes.to_string().parse().as_ref(), Ok(&scopes));
    }
    callbacks(text);
});

/// Nothing of a callback is believed that does not bring this login's state.
fn callbacks(text: &str) {
    let client = OAuth2Client::public("client").expect("visible ASCII");
    let redirect_uri: RedirectUri = "http://127.0.0.1/".parse().expect("absolute");
    let login = client.login(redirect_uri, Scopes::from_static(&["tweet.read"]), [7; 48]);
    let is_ours = callback_state(text).is_some_and(|state| state == login.state());
    let outcome = login.read_callback(text);
    assert!(is_ours || outcome.is_err());

    let answered = format!("/callback?state={}&{text}", login.state());
    if let Ok(code) = login.read_callback(&answered) {
        assert!(!code.expose().is_empty());
    }
}
