//! Bad input on both sides: a typed error that names the fault, and never a panic.

use std::error::Error as _;

use oauth1_sign::{
    Authorization, ClientCredentials, Error, Request, SignatureMethod, Signer, Stamp,
    TokenCredentials, base_string_uri,
    verify::{VerifyError, Window},
};

const NOW: u64 = 1_700_000_000;
const STAMP: Stamp<'_> = Stamp::new("nonce", NOW);
const WINDOW: Window = Window { now: NOW, tolerance: 300 };
const REQUEST: Request<'_> = Request::new("GET", "https://api.example.com/me?a=1");

#[test]
fn urls_that_cannot_be_signed() {
    let cases = [
        ("", Error::MissingScheme),
        ("/2/users/me", Error::MissingScheme),
        ("api.x.com/2/users/me", Error::MissingScheme),
        ("//api.x.com/2/users/me", Error::MissingScheme),
        ("://api.x.com", Error::MissingScheme),
        ("mailto:a@example.com", Error::MissingScheme),
        ("ht tp://api.x.com", Error::MissingScheme),
        ("/path?next=https://api.x.com", Error::MissingScheme),
        ("https://", Error::MissingHost),
        ("https:///2/users/me", Error::MissingHost),
        ("https://?a=1", Error::MissingHost),
        ("https://#fragment", Error::MissingHost),
        ("https://:443/", Error::MissingHost),
        ("https://user:pass@/", Error::MissingHost),
        ("https://api.x.com:https/", Error::InvalidPort),
        ("https://api.x.com:65536/", Error::InvalidPort),
        ("https://api.x.com:-1/", Error::InvalidPort),
        ("https://api.x.com:+1/", Error::InvalidPort),
        ("https://api.x.com:4 4/", Error::InvalidPort),
    ];
    let signer = signer();
    for (url, error) in cases {
        let request = Request::new("GET", url);
        assert_eq!(base_string_uri(url), Err(error.clone()), "{url}");
        assert_eq!(signer.sign(&request, &STAMP), Err(error.clone()), "{url}");
        assert_eq!(signer.sign_url(&request, &STAMP), Err(error.clone()), "{url}");
        assert_eq!(signer.sign_form(&request, &STAMP), Err(error.clone()), "{url}");

        let arrived = authorization().verify(&request, &client(), None, WINDOW).unwrap_err();
        assert_eq!(arrived, VerifyError::Request(error.clone()), "{url}");
        assert_eq!(arrived.source().unwrap().to_string(), error.to_string());
    }
}

/// Which part of them is wrong is a matter of taste.
#[test]
fn ipv6_hosts_without_brackets() {
    for url in ["https://::1/", "https://[::1", "https://2001:db8::1/"] {
        assert!(base_string_uri(url).is_err(), "{url}");
    }
}

#[test]
fn a_header_cut_off_anywhere() {
    let header = signer().sign(&REQUEST.realm("A \"realm\", quoted"), &STAMP).unwrap();
    for end in 0..header.len() {
        let cut = &header[..end];
        let error = match Authorization::parse(cut) {
            Ok(parsed) => parsed.verify(&REQUEST, &client(), None, WINDOW).unwrap_err(),
            Err(error) => error,
        };
        let is_expected = match error {
            VerifyError::NotOAuth => end < "OAuth".len(),
            // Only where a whole parameter ends.
            VerifyError::Missing(_) => {
                cut == "OAuth" || cut.trim_end_matches([',', ' ']).ends_with(['"', 'h'])
            }
            VerifyError::Malformed { position } => position <= end,
            _ => false,
        };
        assert!(is_expected, "{error:?} for {cut}");
    }
}

#[test]
fn headers_that_are_malformed() {
    for header in ["", "Bearer abc", "Basic a2V5OnNlY3JldA==", "OAuth2 a=\"b\"", "oauth_a=\"b\""] {
        assert_eq!(parse_error(header), VerifyError::NotOAuth, "{header}");
    }
    for (header, position) in [
        ("OAuth oauth_nonce", 6),
        ("OAuth oauth_nonce=abc", 6),
        ("OAuth oauth_nonce=\"abc", 6),
        ("OAuth oauth_nonce=\"abc\" oauth_token=\"t\"", 6),
        ("OAuth =\"abc\"", 6),
        ("OAuth oauth nonce=\"abc\"", 6),
        ("OAuth oauth_é=\"abc\"", 6),
        ("OAuth a=\"1\", oauth_nonce=\"%\"", 13),
        ("OAuth a=\"1\", oauth_nonce=\"%4\"", 13),
        ("OAuth a=\"1\", oauth_nonce=\"%zz\"", 13),
        ("OAuth a=\"1\", oauth_nonce=\"%FF\"", 13),
        ("OAuth a=\"1\",%FF=\"b\"", 12),
        ("OAuth realm=\"a\\\"", 6),
    ] {
        assert_eq!(parse_error(header), VerifyError::Malformed { position }, "{header}");
    }
    assert_eq!(
        Authorization::from_form("a=%FF&oauth_nonce=%FF").unwrap_err(),
        VerifyError::Malformed { position: 6 }
    );
}

/// RFC 5849, section 3.5.1, and RFC 9110, section 5.6.1: spaces and empty elements are allowed.
#[test]
fn headers_that_are_odd_and_well_formed() {
    for header in [
        "OAuth oauth_nonce=\"a\"",
        "oauth oauth_nonce=\"a\"",
        "OAUTH   oauth_nonce=\"a\"  ",
        "OAuth realm=\"\",oauth_nonce=\"a\"",
        "OAuth realm=\"x\\\", oauth_nonce=\\\"b\" ,\toauth_nonce = \"%61\",",
        "OAuth , ,oauth%5Fnonce=\"a\"",
    ] {
        let authorization = Authorization::parse(header).unwrap();
        assert_eq!(authorization.parameter("oauth_nonce"), Some("a"), "{header}");
    }
}

/// RFC 5849, section 3.1: no parameter comes more than once.
#[test]
fn parameters_that_come_twice() {
    let duplicate = VerifyError::Duplicate("oauth_nonce".into());
    let header = "OAuth oauth_nonce=\"a\", oauth%5Fnonce=\"a\"";
    assert_eq!(parse_error(header), duplicate);
    let form = "oauth_nonce=a&b=c&b=c&oauth%5fnonce=a";
    assert_eq!(Authorization::from_form(form).unwrap_err(), duplicate);

    for name in ["oauth_consumer_key", "oauth_nonce", "oauth_signature", "oauth_version"] {
        let url = format!("https://api.example.com/?{name}=x");
        let form = name.replace('_', "%5F");
        let (in_query, in_form) = (Request::new("GET", &url), REQUEST.form(&form));
        let parameters = [(name, "x")];
        for request in [in_query, in_form, REQUEST.parameters(&parameters)] {
            let error = Error::DuplicateParameter(name.into());
            assert_eq!(signer().sign(&request, &STAMP), Err(error.clone()));
            assert_eq!(signer().sign_url(&request, &STAMP), Err(error.clone()));
            assert_eq!(signer().sign_form(&request, &STAMP), Err(error));
        }
    }
    // The signer of a client without a token adds none, and leaves out what it is told to.
    let request = REQUEST.form("oauth_token=t&oauth_version=1.0");
    assert!(signer().without_version().sign(&request, &STAMP).is_ok());
}

#[test]
fn parameters_of_the_request_that_come_twice() {
    let query = Request::new("POST", "https://api.example.com/?oauth_callback=a").callback("b");
    let form = Request::new("POST", "https://api.example.com/").form("oauth_verifier=a");
    let request = Request::new("POST", "https://api.example.com/").callback("a");
    for (request, name) in [
        (query, "oauth_callback"),
        (form.verifier("b"), "oauth_verifier"),
        (request.parameters(&[("oauth_callback", "b")]), "oauth_callback"),
        (request.parameters(&[("x_a", "1"), ("x_a", "2")]), "x_a"),
    ] {
        let error = Error::DuplicateParameter(name.into());
        assert_eq!(signer().sign(&request, &STAMP), Err(error));
    }
}

#[test]
fn a_second_signature_elsewhere() {
    let url = "https://api.example.com/me?a=1&oauth_signature=x";
    for request in [Request::new("GET", url), REQUEST.form("oauth_signature=x")] {
        let outcome = authorization().verify(&request, &client(), None, WINDOW).map(drop);
        assert_eq!(outcome, Err(VerifyError::Duplicate("oauth_signature".into())));
    }
}

/// A header that the verifying side cannot read is of no use to the client either.
#[test]
fn parameters_that_a_header_cannot_carry() {
    for name in ["", "realm", "Realm"] {
        let parameters = [(name, "x")];
        let request = REQUEST.parameters(&parameters);
        let Ok(header) = signer().sign(&request, &STAMP) else { continue };
        let outcome = Authorization::parse(&header);
        let outcome = outcome.as_ref().map_err(Clone::clone);
        let outcome = outcome.and_then(|sent| sent.verify(&REQUEST, &client(), None, WINDOW));
        assert_eq!(outcome, Ok(STAMP), "{name:?}");
    }
}

/// RFC 5849, section 3.4.1.1: a custom method is encoded. RFC 9110 lets it hold these characters.
#[test]
fn a_custom_method() {
    let request = Request::new("x!#$%&'*+^`|", "https://api.example.com");
    let base_string = signer().base_string(&request, &STAMP).unwrap();
    assert!(base_string.starts_with("X%21%23%24%25%26%27%2A%2B%5E%60%7C&https%3A%2F%2F"));
    assert_eq!(base_string.matches('&').count(), 2);
}

#[test]
fn a_realm_that_would_end_the_header() {
    for realm in ["a\r\nX-Admin: 1", "a\nb", "a\0", "tab\t", "é", "\u{7f}"] {
        let request = REQUEST.realm(realm);
        assert_eq!(signer().sign(&request, &STAMP), Err(Error::InvalidRealm), "{realm:?}");
    }
    let header = signer().sign(&REQUEST.realm(r#"a", oauth_token="b\"#), &STAMP).unwrap();
    let authorization = Authorization::parse(&header).unwrap();
    assert_eq!(authorization.realm(), Some(r#"a", oauth_token="b\"#));
    assert_eq!(authorization.token(), None);
}

/// Everything but the realm is percent-encoded, and so cannot end the header.
#[test]
fn values_that_would_end_the_header() {
    let text = "a\r\nX-Admin: 1\", b=\"é\0";
    let client = ClientCredentials::new(text, text);
    let token = TokenCredentials::new(text, text);
    let parameters = [("x\r\né", text)];
    let request = REQUEST.callback(text).verifier(text).body_hash(text).parameters(&parameters);
    let stamp = Stamp::new(text, NOW);
    let header = Signer::new(&client, Some(&token)).sign(&request, &stamp).unwrap();
    assert!(header.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{header}");
    let authorization = Authorization::parse(&header).unwrap();
    assert_eq!(authorization.consumer_key(), Some(text));
    assert_eq!(authorization.parameter("x\r\né"), Some(text));
    assert_eq!(authorization.verify(&REQUEST, &client, Some(&token), WINDOW), Ok(stamp));
}

#[test]
fn a_stamp_is_missing() {
    let methods =
        [SignatureMethod::HmacSha1, SignatureMethod::HmacSha256, SignatureMethod::HmacSha512];
    for method in methods {
        let signer = Signer::with_method(method, &client(), None);
        assert_eq!(signer.sign(&REQUEST, &Stamp::none()), Err(Error::MissingStamp));
        assert_eq!(signer.base_string(&REQUEST, &Stamp::none()), Err(Error::MissingStamp));
    }
}

#[test]
fn a_buffer_is_empty_after_an_error() {
    for (request, stamp) in [
        (Request::new("GET", "nowhere"), STAMP),
        (REQUEST.realm("\n"), STAMP),
        (REQUEST.form("oauth_nonce=x"), STAMP),
        (REQUEST, Stamp::none()),
    ] {
        let mut buffer = String::from("before");
        assert!(signer().sign_into(&request, &stamp, &mut buffer).is_err());
        assert_eq!(buffer, "");
    }
}

#[test]
fn empty_secrets_sign() {
    let client = ClientCredentials::new("key", "");
    let token = TokenCredentials::new("token", "");
    let header = Signer::new(&client, Some(&token)).sign(&REQUEST, &STAMP).unwrap();
    let authorization = Authorization::parse(&header).unwrap();
    assert_eq!(authorization.verify(&REQUEST, &client, Some(&token), WINDOW), Ok(STAMP));
    // An empty token is as good as none, on either side.
    let empty = TokenCredentials::new("", "");
    let header = Signer::new(&client, Some(&empty)).sign(&REQUEST, &STAMP).unwrap();
    assert!(!header.contains("oauth_token"));
    let authorization = Authorization::parse(&header).unwrap();
    assert_eq!(authorization.verify(&REQUEST, &client, None, WINDOW), Ok(STAMP));
    assert_eq!(authorization.verify(&REQUEST, &client, Some(&empty), WINDOW), Ok(STAMP));
}

#[test]
fn the_timestamp_window() {
    for (now, taken) in [
        (NOW - 301, false),
        (NOW - 300, true),
        (NOW, true),
        (NOW + 300, true),
        (NOW + 301, false),
        (0, false),
        (u64::MAX, false),
    ] {
        let window = Window { now, tolerance: 300 };
        let outcome = authorization().verify(&REQUEST, &client(), None, window).map(drop);
        let outside = VerifyError::OutsideWindow { timestamp: NOW, now };
        assert_eq!(outcome, if taken { Ok(()) } else { Err(outside) }, "{now}");
    }
}

#[test]
fn timestamps_that_are_no_numbers() {
    let header = signer().sign(&REQUEST, &STAMP).unwrap();
    for timestamp in ["", "now", "-1", "%2B1700000000", "17e8", "1.7", "18446744073709551616"] {
        let header = header.replace("1700000000", timestamp);
        let outcome = Authorization::parse(&header)
            .unwrap()
            .verify(&REQUEST, &client(), None, WINDOW)
            .map(drop);
        assert_eq!(outcome, Err(VerifyError::InvalidTimestamp), "{timestamp}");
    }
}

/// The caller remembers nonces: the same message verifies again, and gives the same stamp.
#[test]
fn a_replay_is_left_to_the_caller() {
    let authorization = authorization();
    let first = authorization.verify(&REQUEST, &client(), None, WINDOW);
    assert_eq!(first, authorization.verify(&REQUEST, &client(), None, WINDOW));
    assert_eq!(first.unwrap().nonce(), Some("nonce"));
}

#[test]
fn each_part_that_is_missing() {
    let header = signer().sign(&REQUEST, &STAMP).unwrap();
    for name in [
        "oauth_consumer_key",
        "oauth_nonce",
        "oauth_signature_method",
        "oauth_timestamp",
        "oauth_signature",
    ] {
        let header = header.replace(&format!("{name}="), "x=");
        let outcome = Authorization::parse(&header)
            .unwrap()
            .verify(&REQUEST, &client(), None, WINDOW)
            .map(drop);
        assert_eq!(outcome, Err(VerifyError::Missing(name)));
    }
}

#[test]
fn signatures_that_are_wrong() {
    for (from, to, error) in [
        ("HMAC-SHA1", "RSA-SHA1", VerifyError::UnsupportedSignatureMethod),
        ("HMAC-SHA1", "hmac-sha1", VerifyError::UnsupportedSignatureMethod),
        ("HMAC-SHA1", "HMAC-SHA512", VerifyError::WrongSignature),
        ("HMAC-SHA1", "PLAINTEXT", VerifyError::WrongSignature),
        ("\"1.0\"", "\"2.0\"", VerifyError::UnsupportedVersion),
        ("oauth_signature=\"", "oauth_signature=\"%20", VerifyError::WrongSignature),
        ("oauth_signature=\"", "oauth_signature=\"%00", VerifyError::WrongSignature),
        ("oauth_signature=\"", "x=\"\", oauth_signature=\"", VerifyError::WrongSignature),
        ("%3D\"", "\"", VerifyError::WrongSignature),
        ("\"key\"", "\"Key\"", VerifyError::OtherClient),
    ] {
        let header = signer().sign(&REQUEST, &STAMP).unwrap().replace(from, to);
        let outcome = Authorization::parse(&header)
            .unwrap()
            .verify(&REQUEST, &client(), None, WINDOW)
            .map(drop);
        assert_eq!(outcome, Err(error), "{from} to {to}");
    }
    let token = TokenCredentials::new("t", "s");
    let outcome = authorization().verify(&REQUEST, &client(), Some(&token), WINDOW).map(drop);
    assert_eq!(outcome, Err(VerifyError::OtherToken));
}

#[test]
fn a_body_that_was_exchanged() {
    let hash = SignatureMethod::HmacSha1.body_hash(b"{}");
    let header = signer().sign(&REQUEST.body_hash(&hash), &STAMP).unwrap();
    let authorization = Authorization::parse(&header).unwrap();
    assert!(authorization.verify(&REQUEST, &client(), None, WINDOW).is_ok());
    assert_eq!(authorization.verify_body(b"{}"), Ok(()));
    assert_eq!(authorization.verify_body(b"{ }"), Err(VerifyError::WrongBodyHash));
    assert_eq!(authorization.verify_body(b"\xff"), Err(VerifyError::WrongBodyHash));
    assert_eq!(self::authorization().verify_body(b"anything"), Ok(()));
}

fn client() -> ClientCredentials {
    ClientCredentials::new("key", "secret")
}

fn signer() -> Signer {
    Signer::new(&client(), None)
}

fn authorization() -> Authorization {
    Authorization::parse(&signer().sign(&REQUEST, &STAMP).unwrap()).unwrap()
}

fn parse_error(header: &str) -> VerifyError {
    Authorization::parse(header).unwrap_err()
}
