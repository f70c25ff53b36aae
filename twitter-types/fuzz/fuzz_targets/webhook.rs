//! Whatever is sent to a webhook's address: a challenge is answered only if it is none but a challenge, and a
//! delivery is read only if it is signed; a signed one is an event or no object.
//!
//! The first line of the input is a query and a signature too, the rest is a body.
#![no_main]

use http::{HeaderMap, HeaderValue};
use libfuzzer_sys::fuzz_target;
use twitter_types::{
    auth::Secret,
    webhook::{OAUTH2_SIGNATURE, ReceiveError, Receiver, SIGNATURE},
};

fuzz_target!(|input: &[u8]| {
    let at = input.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (line, body) = input.split_at(at);
    let receiver = Receiver::new(&Secret::new("L8qq9PZyRg6ieKGEKhZolGC0vJWLw8iEJ88DRdyOg"))
        .expect("visible ASCII");

    if let Ok(query) = std::str::from_utf8(line)
        && let Ok(answer) = receiver.answer_crc(query)
    {
        // The key that answers also signs events: no body of an event may be answered.
        assert!(!query.is_empty() && !answer.contains(&receiver.sign("{}")));
        assert!(
            !answer.contains(&receiver.sign(body))
                || serde_json::from_slice::<Object>(body).is_err()
        );
    }
    let mut headers = HeaderMap::new();
    if let Ok(signature) = HeaderValue::from_bytes(line) {
        headers.insert(OAUTH2_SIGNATURE, signature.clone());
        headers.insert(SIGNATURE, signature);
    }
    let is_signed = line == receiver.sign(body).as_bytes();
    assert!(is_signed || receiver.read(&headers, body).is_err());

    let signature = receiver.sign(body).parse().expect("Base64");
    headers.insert(SIGNATURE, signature);
    match receiver.read(&headers, body) {
        Ok(event) => drop(event.id()),
        Err(error) => assert!(matches!(error, ReceiveError::NotAnEvent), "{error}"),
    }
});

type Object = serde_json::Map<String, serde_json::Value>;
