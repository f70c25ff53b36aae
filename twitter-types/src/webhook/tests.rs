use proptest::prelude::*;

use super::*;

fn receiver() -> Receiver {
    Receiver::new(&Secret::new("consumer_secret")).unwrap()
}

fn headers(pairs: &[(HeaderName, &str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect()
}

#[test]
fn the_challenge_of_the_documentation_is_answered() {
    // Key and token of X's quickstart; the signature is by OpenSSL.
    let signature = "sha256=v1WdiCVwy17uGTMWveHGlqQXN/qW1bQraNXXByRO2YA=";
    let expected = format!(r#"{{"response_token":"{signature}"}}"#);
    for query in
        ["crc_token=challenge_string", "nonce=a%20b&crc_token=challenge%5Fstring&crc_token=b"]
    {
        assert_eq!(receiver().answer_crc(query).as_deref(), Ok(&*expected), "{query}");
    }
    assert_eq!(receiver().sign("challenge_string"), signature);
}

#[test]
fn only_what_looks_like_a_token_is_answered() {
    let token = "MGJmNWI1OTktZmJlNC00ZjYzLWI0MWYtYmQ1MjgzZjc5YTQ5+/-_.~=";
    assert!(receiver().answer_crc(&format!("crc_token={token}")).is_ok());
    assert!(receiver().answer_crc(&format!("crc_token={}", "a".repeat(256))).is_ok());
    let long = "a".repeat(257);
    for malformed in [
        "",
        "{}",
        "%7B%22for_user_id%22%3A%221%22%7D",
        "[]",
        "%22a%22",
        "a b",
        "a%20b",
        "a%0A",
        "a%00",
        "caf%C3%A9",
        "%",
        "a%4",
        "a%zz",
        "a%+1",
        &long,
    ] {
        let answer = receiver().answer_crc(&format!("crc_token={malformed}"));
        assert_eq!(answer, Err(CrcError::Malformed), "{malformed}");
    }
    for missing in ["", "crc_token", "nonce=crc_token=a", "CRC_TOKEN=a"] {
        assert_eq!(receiver().answer_crc(missing), Err(CrcError::Missing), "{missing}");
    }
    assert_eq!(CrcError::Malformed.status(), 400);
}

#[test]
fn no_answer_to_a_challenge_signs_an_event() {
    // Tokens that are JSON, but no objects.
    for token in ["1", "true", "null", "1e3"] {
        let answer = receiver().answer_crc(&format!("crc_token={token}")).unwrap();
        let answer: Json = serde_json::from_str(&answer).unwrap();
        let signature = answer.get("response_token").and_then(Json::as_str).unwrap();
        let read = receiver().read(&headers(&[(SIGNATURE, signature)]), token.as_bytes());
        assert_eq!(read, Err(ReceiveError::NotAnEvent), "{token}");
    }
    assert_eq!(ReceiveError::NotAnEvent.status(), 400);
}

#[test]
fn each_secret_has_its_header_and_the_newer_is_preferred() {
    let body = b"{}";
    let old = receiver();
    let new = Receiver::of_client(&Secret::new("client_secret")).unwrap();
    let both = receiver().with_client_secret(&Secret::new("client_secret")).unwrap();
    let (by_old, by_new) = (old.sign(body), new.sign(body));
    assert_eq!(both.sign(body), by_new);

    let old_only = headers(&[(SIGNATURE, &by_old)]);
    let new_only = headers(&[(OAUTH2_SIGNATURE, &by_new)]);
    let two = headers(&[(SIGNATURE, &by_old), (OAUTH2_SIGNATURE, &by_new)]);
    let missing = Err(ReceiveError::MissingSignature);
    assert_eq!(
        [&old_only, &new_only, &two].map(|it| old.verify(it, body)),
        [Ok(()), missing, Ok(())]
    );
    assert_eq!(
        [&old_only, &new_only, &two].map(|it| new.verify(it, body)),
        [missing, Ok(()), Ok(())]
    );
    assert_eq!([&old_only, &new_only, &two].map(|it| both.verify(it, body)), [Ok(()); 3]);

    let wrong = headers(&[(SIGNATURE, &by_old), (OAUTH2_SIGNATURE, &by_old)]);
    assert_eq!(both.verify(&wrong, body), Err(ReceiveError::WrongSignature));
    assert_eq!(old.verify(&HeaderMap::new(), body), missing);
    assert_eq!(ReceiveError::WrongSignature.status(), 401);
}

#[test]
fn a_signature_is_whole_or_wrong() {
    let body = b"{}";
    let signature = receiver().sign(body);
    let digest = signature.strip_prefix(PREFIX).unwrap();
    for wrong in [
        "",
        "sha256=",
        digest,
        &signature[..signature.len() - 1],
        &signature[..20],
        &format!("SHA256={digest}"),
        &format!("sha1={digest}"),
        &format!("sha256= {digest}"),
        &format!("sha256={digest}{digest}"),
        &format!("{signature}="),
    ] {
        let verified = receiver().verify(&headers(&[(SIGNATURE, wrong)]), body);
        assert_eq!(verified, Err(ReceiveError::WrongSignature), "{wrong}");
    }
}

#[test]
fn secrets_are_neither_empty_nor_shown() {
    assert!(Receiver::new(&Secret::new("")).is_err());
    assert!(Receiver::of_client(&Secret::new("a b")).is_err());
    assert_eq!(
        format!("{:?}", receiver()),
        "Receiver { api_secret: Some([redacted]), client_secret: None }"
    );
}

proptest! {
    #[test]
    fn any_flipped_bit_is_refused(body in "\\{[ -~]{0,60}\\}", at in any::<prop::sample::Index>()) {
        let signature = receiver().sign(&body);
        let signed = headers(&[(SIGNATURE, &signature)]);
        prop_assert_eq!(receiver().verify(&signed, body.as_bytes()), Ok(()));

        let mut flipped = body.clone().into_bytes();
        let bit = at.index(flipped.len() * 8);
        flipped[bit / 8] ^= 1 << (bit % 8);
        let refused = Err(ReceiveError::WrongSignature);
        prop_assert_eq!(receiver().verify(&signed, &flipped), refused);

        let mut mac = STANDARD.decode(&signature[PREFIX.len()..]).unwrap();
        let bit = at.index(mac.len() * 8);
        mac[bit / 8] ^= 1 << (bit % 8);
        let other = format!("{PREFIX}{}", STANDARD.encode(mac));
        let signed = headers(&[(SIGNATURE, &other)]);
        prop_assert_eq!(receiver().verify(&signed, body.as_bytes()), refused);
    }

    #[test]
    fn no_query_and_no_body_panics(query in ".*", body in any::<Vec<u8>>()) {
        let _ = receiver().answer_crc(&query);
        let _ = receiver().answer_crc(&format!("crc_token={query}"));
        let signed = headers(&[(SIGNATURE, &receiver().sign(&body))]);
        let _ = receiver().read(&signed, &body);
    }
}
