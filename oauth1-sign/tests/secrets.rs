//! No secret shows in what a program might log.

use std::fmt::Debug;

use oauth1_sign::{
    Authorization, ClientCredentials, Request, SignatureMethod, Signer, Stamp, TokenCredentials,
    handshake::{HandshakeError, read_access_token, read_request_token, request_token},
    verify::Window,
};

const SECRET: &str = "hush";
const STAMP: Stamp<'_> = Stamp::new("nonce", 1_700_000_000);
const METHODS: [SignatureMethod; 4] = [
    SignatureMethod::HmacSha1,
    SignatureMethod::HmacSha256,
    SignatureMethod::HmacSha512,
    SignatureMethod::Plaintext,
];

#[test]
fn what_holds_a_secret_hides_it() {
    let (client, token) = credentials();
    shows_no_secret(&client);
    shows_no_secret(&token);
    shows_no_secret(&Some(token.clone()));
    for method in METHODS {
        let signer = Signer::with_method(method, &client, Some(&token));
        shows_no_secret(&signer);
        let header = signer.sign(&Request::new("GET", "https://a.example"), &STAMP).unwrap();
        shows_no_secret(&Authorization::parse(&header).unwrap());
    }
    let reply = "oauth_token=hush-token&oauth_token_secret=hush&oauth_callback_confirmed=true";
    shows_no_secret(&read_request_token(reply).unwrap());
    shows_no_secret(&read_access_token(reply).unwrap());
}

#[test]
fn a_step_of_a_login_hides_its_header() {
    let (client, token) = credentials();
    for method in METHODS {
        let signer = Signer::with_method(method, &client, Some(&token));
        shows_no_secret(&request_token(&signer, "https://a.example", "oob", &STAMP).unwrap());
    }
}

#[test]
fn errors_of_a_login_hide_the_reply() {
    for reply in ["oauth_token_secret=hush", "hush=%FF", "oauth_token=t&oauth_token_secret=hush"] {
        let error: HandshakeError = read_request_token(reply).unwrap_err();
        shows_no_secret(&error);
        shows_no_secret(&error.to_string());
    }
}

#[test]
fn errors_of_the_server_hide_the_signature() {
    let (client, token) = credentials();
    let signer = Signer::with_method(SignatureMethod::Plaintext, &client, Some(&token));
    let request = Request::new("GET", "https://a.example");
    let header = signer.sign(&request, &STAMP).unwrap();
    let window = Window { now: 0, tolerance: 0 };
    let error = Authorization::parse(&header)
        .unwrap()
        .verify(&request, &client, Some(&token), window)
        .unwrap_err();
    shows_no_secret(&error);
    let error = Authorization::parse(&format!("{header}, {header}")).unwrap_err();
    shows_no_secret(&error);
    let error = Authorization::parse(&format!("{header}, oauth_signature=\"hush\"")).unwrap_err();
    shows_no_secret(&error);
}

fn credentials() -> (ClientCredentials, TokenCredentials) {
    (ClientCredentials::new("key", SECRET), TokenCredentials::new("hush-token", SECRET))
}

fn shows_no_secret(value: &impl Debug) {
    let text = format!("{value:?} {value:#?}");
    assert!(!text.contains(SECRET), "{text}");
}
