//! Any text as a reply of a handshake, or as what the browser brings back: it is read, or an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use oauth1_sign::{TokenCredentials, handshake};

fuzz_target!(|text: &str| {
    if let Ok(temporary) = handshake::read_request_token(text) {
        assert!(!temporary.token().is_empty());
        let url = handshake::authorize_url("https://api.x.com/oauth/authorize", &temporary);
        assert!(url.is_ascii());
    }
    if let Ok(token) = handshake::read_access_token(text) {
        assert!(!token.credentials.token().is_empty());
        let _ = format!("{token:?}");
    }
    // Only a callback that names this login's token brings a verifier.
    let temporary = TokenCredentials::new("NPcudxy0yU5T3tBzho7iCotZ3cnetKwcTIRlX0iwRl0", "secret");
    if handshake::read_callback(text, &temporary).is_ok() {
        let other = TokenCredentials::new("other", "secret");
        handshake::read_callback(text, &other).expect_err("it is of one login");
    }
});
