//! Signing an `http::Request` in place.
#![cfg(feature = "http")]

use http::{Method, Request};
use oauth1_sign::{
    Authorization, ClientCredentials, Error, Signer, Stamp,
    verify::{VerifyError, Window},
};

const STAMP: Stamp<'_> = Stamp::new("nonce", 1_700_000_000);
const FORM: &str = "application/x-www-form-urlencoded";

#[test]
fn what_is_sent_verifies() {
    let form = "status=a+b%21&c";
    for (content_type, is_signed) in [
        (FORM, true),
        ("Application/X-WWW-Form-URLencoded; charset=UTF-8", true),
        ("application/json", false),
        ("multipart/form-data; boundary=x", false),
        ("application/x-www-form-urlencoded-not", false),
    ] {
        let mut request = request("https://API.example.com:443/a%20b?q=1", content_type, form);
        signer().sign_http(&mut request, &STAMP).unwrap();
        assert_eq!(request.body(), &form.as_bytes());
        let arrived = oauth1_sign::Request::new("POST", "https://api.example.com/a%20b?q=1");
        assert_eq!(verify(&request, arrived.form(form)).is_ok(), is_signed, "{content_type}");
        assert_eq!(verify(&request, arrived).is_ok(), !is_signed, "{content_type}");
    }
}

#[test]
fn the_header_is_replaced_and_sensitive() {
    let mut request = Request::get("https://api.example.com").body("").unwrap();
    request.headers_mut().insert("authorization", "Bearer old".parse().unwrap());
    signer().sign_http(&mut request, &STAMP).unwrap();
    let values: Vec<_> = request.headers().get_all("authorization").iter().collect();
    assert_eq!(values.len(), 1);
    assert!(values[0].is_sensitive());
    assert!(!format!("{request:?}").contains("oauth_signature"));
    let arrived = oauth1_sign::Request::new("GET", "https://api.example.com/");
    assert_eq!(verify(&request, arrived), Ok(()));
}

#[test]
fn a_form_that_is_not_utf8() {
    let mut request = request("https://api.example.com", FORM, b"status=\xff");
    assert_eq!(signer().sign_http(&mut request, &STAMP), Err(Error::FormNotUtf8));
    assert!(!request.headers().contains_key("authorization"));
    assert!(!Error::FormNotUtf8.to_string().contains('\u{fffd}'));
    // Bytes of another type are no business of the signer's.
    let mut request = self::request("https://api.example.com", "image/png", b"\xff");
    assert_eq!(signer().sign_http(&mut request, &STAMP), Ok(()));
}

#[test]
fn a_uri_without_scheme_or_host() {
    for uri in ["/2/users/me", "api.example.com", "*"] {
        let mut request = request(uri, FORM, "");
        assert_eq!(signer().sign_http(&mut request, &STAMP), Err(Error::MissingScheme), "{uri}");
    }
}

#[test]
fn a_content_type_that_is_not_ascii() {
    let mut request = Request::post("https://api.example.com").body(b"a=1").unwrap();
    let value = http::HeaderValue::from_bytes(b"application/x-www-form-urlencoded\xff").unwrap();
    request.headers_mut().insert("content-type", value);
    assert_eq!(signer().sign_http(&mut request, &STAMP), Ok(()));
}

fn signer() -> Signer {
    Signer::new(&ClientCredentials::new("key", "secret"), None)
}

fn request<B: AsRef<[u8]> + ?Sized>(
    uri: &str,
    content_type: &str,
    body: &'static B,
) -> Request<&'static [u8]> {
    Request::builder()
        .method(Method::POST)
        .uri(uri)
        .header("content-type", content_type)
        .body(body.as_ref())
        .unwrap()
}

fn verify<B>(sent: &Request<B>, arrived: oauth1_sign::Request<'_>) -> Result<(), VerifyError> {
    let header = sent.headers()["authorization"].to_str().unwrap();
    let window = Window { now: 1_700_000_000, tolerance: 0 };
    let client = ClientCredentials::new("key", "secret");
    Authorization::parse(header)?.verify(&arrived, &client, None, window).map(drop)
}
