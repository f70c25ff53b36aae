//! Any text as an `Authorization` header: it parses or not, it verifies or not, and what it says can
//! be signed and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use oauth1_sign::{
    Authorization, ClientCredentials, Error, Request, SignatureMethod, Signer, Stamp,
    TokenCredentials, verify::Window,
};

const REQUEST: Request<'_> = Request::new("POST", "http://example.com/request?b5=%3D%253D&a3=a");
const WINDOW: Window = Window { now: 137_131_201, tolerance: 300 };

fuzz_target!(|data: &[u8]| {
    let Ok(text) = core::str::from_utf8(data) else { return };
    if let Ok(Some(authorization)) = Authorization::from_form(text) {
        verify(&authorization);
    }
    if let Ok(authorization) = Authorization::parse(text) {
        verify(&authorization);
        sign_again(&authorization);
    }
});

fn verify(authorization: &Authorization) {
    let client = ClientCredentials::new(authorization.consumer_key().unwrap_or(""), "secret");
    let token = authorization.token().map(|token| TokenCredentials::new(token, "secret"));
    let _ = authorization.verify(&REQUEST, &client, token.as_ref(), WINDOW);
    let _ = authorization.verify_body(b"body");
    authorization.base_string(&REQUEST).expect("the URL is absolute");
}

/// Signs with what the header names: that must parse, say the same, and verify.
fn sign_again(sent: &Authorization) {
    let part = |name| sent.parameter(name).unwrap_or("");
    let client = ClientCredentials::new(part("oauth_consumer_key"), "secret");
    let token = sent.token().map(|token| TokenCredentials::new(token, "secret"));
    let method = match part("oauth_signature_method") {
        "HMAC-SHA256" => SignatureMethod::HmacSha256,
        "HMAC-SHA512" => SignatureMethod::HmacSha512,
        "PLAINTEXT" => SignatureMethod::Plaintext,
        _ => SignatureMethod::HmacSha1,
    };
    let stamp = Stamp::new(part("oauth_nonce"), WINDOW.now);
    let request = REQUEST.callback(part("oauth_callback")).verifier(part("oauth_verifier"));
    let request = sent.realm().map_or(request, |realm| request.realm(realm));
    let header = match Signer::with_method(method, &client, token.as_ref()).sign(&request, &stamp) {
        Err(Error::InvalidRealm) => return,
        outcome => outcome.expect("nothing else can be wrong"),
    };
    let signed = Authorization::parse(&header).expect("what is signed parses");
    for name in ["oauth_consumer_key", "oauth_nonce", "oauth_callback", "oauth_verifier"] {
        assert_eq!(signed.parameter(name), Some(part(name)));
    }
    assert_eq!(signed.realm(), sent.realm());
    assert_eq!(signed.verify(&REQUEST, &client, token.as_ref(), WINDOW), Ok(stamp));
}
