//! What goes out: each request, byte for byte.

use bearer::{AccessToken, App, Flaw, InvalidKey, InvalidToken, KeyPart};
use http::{
    Method,
    header::{AUTHORIZATION, CONTENT_TYPE},
};

use super::app;

const BASIC: &str = "Basic eHZ6MWV2RlM0d0VFUFRHRUZQSEJvZzpMOHFxOVBaeVJnNmllS0dFS2hab2xHQzB2SldMdzhpRUo4OERSZHlPZw==";
const FORM: &str = "application/x-www-form-urlencoded;charset=UTF-8";

#[test]
fn the_token_request_is_the_documented_one() {
    let request = app().token_request();
    assert_eq!(request.method(), Method::POST);
    assert_eq!(request.uri(), "https://api.x.com/oauth2/token");
    assert_eq!(request.headers()[AUTHORIZATION], BASIC);
    assert!(request.headers()[AUTHORIZATION].is_sensitive());
    assert_eq!(request.headers()[CONTENT_TYPE], FORM);
    assert_eq!(request.headers().len(), 2);
    assert_eq!(request.body(), "grant_type=client_credentials");
}

#[test]
fn key_and_secret_are_encoded_before_they_are_joined() {
    let request = App::new("a:b", "c+d/%").unwrap().token_request();
    // base64 of `a%3Ab:c%2Bd%2F%25`
    assert_eq!(request.headers()[AUTHORIZATION], "Basic YSUzQWI6YyUyQmQlMkYlMjU=");
}

#[test]
fn invalidation_with_key_and_secret_has_the_token_in_the_form() {
    let token = AccessToken::new("AAAA%2FAAA%3DAAAAAAAA").unwrap();
    let request = app().invalidate_request(&token);
    assert_eq!(request.method(), Method::POST);
    assert_eq!(request.uri(), "https://api.x.com/oauth2/invalidate_token");
    assert_eq!(request.headers()[AUTHORIZATION], BASIC);
    assert!(request.headers()[AUTHORIZATION].is_sensitive());
    assert_eq!(request.headers()[CONTENT_TYPE], FORM);
    assert_eq!(request.headers().len(), 2);
    let bytes: &[u8] = request.body().as_ref();
    assert_eq!(bytes, b"access_token=AAAA%2FAAA%3DAAAAAAAA");
    let text = request.map(String::from).into_body();
    assert_eq!(text, "access_token=AAAA%2FAAA%3DAAAAAAAA");
}

#[test]
fn invalidation_by_the_owner_has_the_token_in_the_query_and_is_unsigned() {
    let token = AccessToken::new("AAAA%2FAAA%3DAAAAAAAA").unwrap();
    let request = app().owner_invalidate_request(&token);
    assert_eq!(request.method(), Method::POST);
    assert_eq!(
        request.uri(),
        "https://api.x.com/oauth2/invalidate_token?access_token=AAAA%2FAAA%3DAAAAAAAA"
    );
    assert!(request.headers().is_empty());
    assert_eq!(request.body(), "");
}

#[test]
fn every_request_goes_to_the_given_server() {
    let app = app().with_base_url("http://127.0.0.1:8080/".parse().unwrap());
    let token = AccessToken::new("t").unwrap();
    assert_eq!(app.token_request().uri(), "http://127.0.0.1:8080/oauth2/token");
    assert_eq!(
        app.invalidate_request(&token).uri(),
        "http://127.0.0.1:8080/oauth2/invalidate_token"
    );
    assert_eq!(
        app.owner_invalidate_request(&token).uri(),
        "http://127.0.0.1:8080/oauth2/invalidate_token?access_token=t"
    );
}

#[test]
fn the_longest_credentials_and_base_url_still_make_requests() {
    let longest = "%".repeat(4096);
    let token = AccessToken::new(longest.as_str()).unwrap();
    let base_url = format!("https://api.x.com/{}", "a".repeat(2048 - 18));
    let app = App::new(longest.as_str(), longest.as_str())
        .unwrap()
        .with_base_url(base_url.parse().unwrap());
    app.token_request();
    app.invalidate_request(&token);
    app.owner_invalidate_request(&token);
}

#[test]
fn a_token_is_sent_verbatim() {
    let text = "AAAA%2FAAA%3D-._~+/=";
    let token = AccessToken::new(text).unwrap();
    assert_eq!(token.expose(), text);
    assert_eq!(token.authorization(), format!("Bearer {text}"));
    assert!(token.authorization().is_sensitive());
}

#[test]
fn a_token_is_checked_when_it_is_made() {
    for (text, flaw) in [
        ("", Flaw::Empty),
        (" ", Flaw::Whitespace),
        ("AAAA\n", Flaw::Whitespace),
        (" AAAA", Flaw::Whitespace),
        ("AA\tAA", Flaw::Whitespace),
        ("\"AAAA\"", Flaw::Character),
        ("AA\0AA", Flaw::Character),
        ("AAÄA", Flaw::Character),
        ("Bearer:AAAA", Flaw::Character),
        (&"A".repeat(4097), Flaw::TooLong),
    ] {
        let InvalidToken { flaw: found, .. } = AccessToken::new(text).unwrap_err();
        assert_eq!(found, flaw, "{text:.20?}");
    }
}

#[test]
fn an_error_names_the_part_of_the_keys() {
    for (key, secret, part, flaw, text) in [
        ("", "s", KeyPart::ApiKey, Flaw::Empty, "the API key is empty"),
        ("k", "", KeyPart::ApiSecret, Flaw::Empty, "the API secret is empty"),
        ("k", "s\r\n", KeyPart::ApiSecret, Flaw::Whitespace, "the API secret has white space"),
        ("k\u{7f}", "s", KeyPart::ApiKey, Flaw::Character, "the API key has a character"),
        ("k", "schlüssel", KeyPart::ApiSecret, Flaw::Character, "the API secret has a character"),
    ] {
        let error = App::new(key, secret).unwrap_err();
        let InvalidKey { part: found_part, flaw: found_flaw, .. } = error;
        assert_eq!((found_part, found_flaw), (part, flaw));
        assert!(error.to_string().starts_with(text), "{error}");
    }
}
