//! The three steps of a login, and every way in which one can end early.

use oauth1_sign::{
    Authorization, ClientCredentials, Error, Request, SignatureMethod, Signer, Stamp,
    TokenCredentials,
    handshake::{
        HandshakeError, access_token, authorize_url, read_access_token, read_callback,
        read_request_token, request_token,
    },
    verify::Window,
};

const NOW: u64 = 1_700_000_000;
const STAMP: Stamp<'_> = Stamp::new("nonce", NOW);
const WINDOW: Window = Window { now: NOW, tolerance: 0 };

/// Client and server of the same login: what one signs, the other verifies.
#[test]
fn a_login_from_both_sides() {
    let client = ClientCredentials::new("key", "secret");
    let url = "https://api.example.com/oauth/request_token?x_auth_access_type=read";
    let callback = "https://app.example/back?next=%2Fhome&é";
    let post = request_token(&Signer::new(&client, None), url, callback, &STAMP).unwrap();
    assert_eq!(post.url, url);

    let authorization = Authorization::parse(&post.authorization).unwrap();
    assert_eq!(authorization.parameter("oauth_callback"), Some(callback));
    assert_eq!(authorization.token(), None);
    let request = Request::new("POST", &post.url);
    assert_eq!(authorization.verify(&request, &client, None, WINDOW), Ok(STAMP));

    let reply = "oauth_token=t%2B1&oauth_token_secret=s+%26&oauth_callback_confirmed=true\n";
    let temporary = read_request_token(reply).unwrap();
    assert_eq!((temporary.token(), temporary.expose_secret()), ("t+1", "s &"));

    let page = "https://api.example.com/oauth/authorize";
    assert_eq!(authorize_url(page, &temporary), format!("{page}?oauth_token=t%2B1"));
    let page = "https://api.example.com/oauth/authenticate?force_login=true";
    assert_eq!(authorize_url(page, &temporary), format!("{page}&oauth_token=t%2B1"));
    let verifier = read_callback("oauth_token=t%2B1&oauth_verifier=v%20w", &temporary).unwrap();
    assert_eq!(verifier, "v w");

    let url = "https://api.example.com/oauth/access_token";
    let signer = Signer::new(&client, Some(&temporary));
    let post = access_token(&signer, url, &verifier, &STAMP).unwrap();
    let authorization = Authorization::parse(&post.authorization).unwrap();
    assert_eq!(authorization.parameter("oauth_verifier"), Some("v w"));
    let request = Request::new("POST", &post.url);
    assert_eq!(authorization.verify(&request, &client, Some(&temporary), WINDOW), Ok(STAMP));

    let reply = "oauth_token=T&oauth_token_secret=S&user_id=7&screen_name=r%C3%BCst";
    let access = read_access_token(reply).unwrap();
    assert_eq!((access.credentials.token(), access.credentials.expose_secret()), ("T", "S"));
    assert_eq!(access.parameter("screen_name"), Some("rüst"));
    assert_eq!(access.parameter("oauth_token_secret"), None);
}

#[test]
fn a_pin_instead_of_a_callback() {
    let signer = Signer::new(&ClientCredentials::new("key", "secret"), None);
    let post = request_token(&signer, "https://api.example.com/token", "oob", &STAMP).unwrap();
    assert!(post.authorization.contains(r#"oauth_callback="oob""#));
}

#[test]
fn a_url_that_is_not_absolute() {
    let signer = Signer::new(&ClientCredentials::new("key", "secret"), None);
    let post = request_token(&signer, "/oauth/request_token", "oob", &STAMP);
    assert_eq!(post.unwrap_err(), Error::MissingScheme);
    let post = access_token(&signer, "https:///oauth/access_token", "1234567", &STAMP);
    assert_eq!(post.unwrap_err(), Error::MissingHost);
    let post = request_token(&signer, "https://api.example.com/token", "oob", &Stamp::none());
    assert_eq!(post.unwrap_err(), Error::MissingStamp);
}

/// RFC 5849, section 2.1: a server of OAuth 1.0, before revision A, confirms nothing.
#[test]
fn a_callback_that_is_not_confirmed() {
    let token = "oauth_token=t&oauth_token_secret=s";
    for confirmed in
        ["", "&oauth_callback_confirmed", "&oauth_callback_confirmed=false", "&confirmed=true"]
    {
        let reply = format!("{token}{confirmed}");
        let error = read_request_token(&reply).unwrap_err();
        assert_eq!(error, HandshakeError::CallbackNotConfirmed, "{reply}");
    }
}

#[test]
fn a_reply_without_credentials() {
    for (reply, name) in [
        ("oauth_callback_confirmed=true", "oauth_token"),
        ("oauth_callback_confirmed=true&oauth_token=&oauth_token_secret=s", "oauth_token"),
        ("oauth_callback_confirmed=true&oauth_token=t", "oauth_token_secret"),
        ("oauth_callback_confirmed=true&oauth_token=t&oauth_token_secret", "oauth_token_secret"),
    ] {
        assert_eq!(read_request_token(reply).unwrap_err(), HandshakeError::Missing(name));
        assert_eq!(read_access_token(reply).unwrap_err(), HandshakeError::Missing(name));
    }
}

const PAGES: [&str; 5] = [
    "",
    " \r\n",
    "<!DOCTYPE html><html><a href=\"/?a=1&b=2\">100% down</a></html>",
    r#"{"errors":[{"code":215,"message":"Bad Authentication data."}]}"#,
    "Reverse auth credentials are invalid",
];

#[test]
fn an_error_page_instead_of_an_access_token() {
    let huge = "<p>sorry</p>&".repeat(4_000_000 / 13);
    for page in PAGES.into_iter().chain([&*huge]) {
        let error = read_access_token(page).unwrap_err();
        assert_eq!(error, HandshakeError::Missing("oauth_token"));
        assert!(!format!("{error} {error:?}").contains("html"));
    }
}

#[test]
fn an_error_page_instead_of_a_request_token() {
    for page in PAGES {
        let error = read_request_token(page).unwrap_err();
        assert_eq!(error, HandshakeError::Missing("oauth_token"), "{page}");
    }
}

#[test]
fn a_reply_that_is_not_utf8() {
    for text in ["oauth_token=%FF", "%C3=1", "oauth_token=t&x=%80"] {
        assert_eq!(read_request_token(text).unwrap_err(), HandshakeError::NotUtf8);
        assert_eq!(read_access_token(text).unwrap_err(), HandshakeError::NotUtf8);
        let temporary = TokenCredentials::new("t", "s");
        assert_eq!(read_callback(text, &temporary).unwrap_err(), HandshakeError::NotUtf8);
    }
}

/// A connection that closes half way leaves any prefix of a reply.
#[test]
fn a_reply_cut_off_anywhere() {
    let reply = "oauth_token=t%20t&oauth_token_secret=s&oauth_callback_confirmed=true";
    for end in 0..reply.len() {
        assert!(read_request_token(&reply[..end]).is_err(), "{}", &reply[..end]);
    }
}

#[test]
fn a_callback_that_does_not_belong_to_the_login() {
    let temporary = TokenCredentials::new("t", "s");
    let error = |query| read_callback(query, &temporary).unwrap_err();
    assert_eq!(error("denied=t"), HandshakeError::Denied);
    assert_eq!(error("oauth_token=t&oauth_verifier=v&denied=t"), HandshakeError::Denied);
    assert_eq!(error("oauth_token=other&oauth_verifier=v"), HandshakeError::OtherToken);
    assert_eq!(error("oauth_verifier=v"), HandshakeError::Missing("oauth_token"));
    assert_eq!(error("oauth_token=t"), HandshakeError::Missing("oauth_verifier"));
    assert_eq!(error("oauth_token=t&oauth_verifier="), HandshakeError::Missing("oauth_verifier"));
    assert_eq!(error(""), HandshakeError::Missing("oauth_token"));
}

/// RFC 5849, section 3.4.4: both secrets travel in clear, with neither nonce nor timestamp.
#[test]
fn a_login_in_plain_text() {
    let client = ClientCredentials::new("key", "a&b");
    let signer = Signer::with_method(SignatureMethod::Plaintext, &client, None);
    let url = "https://api.example.com/token";
    let post = request_token(&signer, url, "oob", &Stamp::none()).unwrap();
    let authorization = Authorization::parse(&post.authorization).unwrap();
    assert_eq!(authorization.parameter("oauth_signature"), Some("a%26b&"));
    assert_eq!(authorization.parameter("oauth_nonce"), None);
    let request = Request::new("POST", url);
    assert_eq!(authorization.verify(&request, &client, None, WINDOW), Ok(Stamp::none()));
}
